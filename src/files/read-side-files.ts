/**
 * Reads the files that the options of one side name, each as a program would open it: the path as it is, no directory, no
 * wildcard; `certificate` alone may hold several, apart by commas. With --root the absolute paths of the target machine
 * are looked up in a copy.
 */
import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { ObjectKind } from '../containers/input-object.js';
import { importPrivateKey, type PrivateKey } from '../crypto/private-key.js';
import { withSetting, type Finding, type SettingOrigin } from '../finding/finding.js';
import type { OptionFile, OptionFiles, SideFiles, SideOptions } from '../security-pack/configuration.js';
import type { Platform, Setting, Side } from '../security-pack/setting.js';
import {
  gatherNamedFile,
  type Gathering,
  type PrivateKeyInput,
  type ReadFile,
  type ReadInputsOptions,
} from './read-inputs.js';

export interface ReadSideFilesOptions {
  readonly side: Side;
  /** On Windows `certificate` is a thumbprint: no file is read for it. */
  readonly platform: Platform;
  /** Where the absolute paths of the target machine stand in a copy; the machine itself unless given. */
  readonly root?: string | undefined;
  readonly passwordFor?: ReadInputsOptions['passwordFor'];
  readonly onProgress?: ReadInputsOptions['onProgress'];
  /** Keep the bytes of the files too, as a handshake needs them. */
  readonly keepBytes?: boolean | undefined;
}

/** Below --root an absolute path is the target machine's; a relative one is looked for beside the file that names it. */
function locate(path: string, { origin, source }: Setting, root: string | undefined): string {
  if (isAbsolute(path)) return root === undefined ? path : join(root, path);
  return source === 'flag' ? path : resolve(dirname(origin.file), path);
}

async function readOptionFile(
  path: string,
  setting: Setting,
  options: ReadSideFilesOptions,
  expect: readonly ObjectKind[],
  readFileOf?: ReadFile,
): Promise<{ file: OptionFile; inputs: Gathering }> {
  const readAs = locate(path, setting, options.root);
  const { passwordFor, onProgress } = options;
  const openKeys = expect.includes('private-key');
  const inputs = await gatherNamedFile(readAs, { passwordFor, onProgress, expect, openKeys }, readFileOf);
  const stats = await stat(readAs).catch(() => undefined);
  const isRead = inputs.files.length > 0;
  const bytes = options.keepBytes && isRead ? await readFile(readAs).catch(() => undefined) : undefined;
  const mode = process.platform === 'win32' || !isRead ? undefined : stats && stats.mode & 0o777;
  return { file: { path, readAs, bytes, mode, isCopy: options.root !== undefined && isAbsolute(path) }, inputs };
}

async function readOption(
  name: 'certificate' | 'certificateKey' | 'trustedCA' | 'tlsCRL',
  settings: SideOptions,
  options: ReadSideFilesOptions,
  expect: readonly ObjectKind[],
  readFileOf?: ReadFile,
): Promise<(OptionFiles & { readonly privateKeys: readonly PrivateKeyInput[] }) | undefined> {
  const setting = settings[name];
  if (setting === undefined || setting.value === '') return undefined;
  // Of the options only `certificate` is a list.
  const paths = name === 'certificate' ? setting.value.split(',') : [setting.value];
  const read: { file: OptionFile; inputs: Gathering }[] = [];
  for (const path of paths) {
    if (path.trim() !== '') read.push(await readOptionFile(path.trim(), setting, options, expect, readFileOf));
  }
  const place: SettingOrigin = { side: options.side, option: setting.name, origin: setting.origin };
  const all = <T>(take: (inputs: Gathering) => readonly T[]): T[] => read.flatMap(({ inputs }) => take(inputs));
  return {
    setting,
    files: read.map(({ file }) => file),
    certificates: all(({ certificates }) => certificates),
    crls: all(({ crls }) => crls),
    objects: all(({ objects }) => objects),
    findings: all(({ findings }): readonly Finding[] => findings.map((finding) => withSetting(finding, place))),
    privateKeys: all(({ privateKeys }) => privateKeys),
  };
}

/** The one key among them, as OpenSSL holds it. */
function openOnlyKey(keys: readonly PrivateKeyInput[]): PrivateKey | undefined {
  const [only, ...others] = keys;
  if (!only || others.length > 0 || only.key.encrypted || only.key.encoding === 'encrypted-pkcs8') return undefined;
  return importPrivateKey({ der: only.der, encoding: only.key.encoding });
}

/**
 * Reads what `certificate`, `certificate-key` and `trusted-ca` name; `tls-crl` is left to `readTLSCRL`.
 *
 * @returns findings in each option, with the option that led there: areas `input`, `pem`, `key`, `der`. Never throws for
 * what the files are. Not checked: whether what they hold belongs together.
 */
export async function readSideFiles(settings: SideOptions, options: ReadSideFilesOptions): Promise<SideFiles> {
  const isThumbprint = options.platform === 'windows';
  const certificate = isThumbprint
    ? undefined
    : await readOption('certificate', settings, options, ['certificate', 'private-key']);
  const certificateKey = await readOption('certificateKey', settings, options, ['private-key', 'certificate']);
  const trustedCA = await readOption('trustedCA', settings, options, ['certificate']);
  return {
    certificate,
    certificateKey,
    key: certificateKey && openOnlyKey(certificateKey.privateKeys),
    trustedCA,
    tlsCRL: undefined,
  };
}

/** The same for `tls-crl`. @param readFileOf reads the file another way: its CRLs may be too large to be held. */
export function readTLSCRL(
  settings: SideOptions,
  options: ReadSideFilesOptions,
  readFileOf?: ReadFile,
): Promise<OptionFiles | undefined> {
  return readOption('tlsCRL', settings, options, ['crl'], readFileOf);
}
