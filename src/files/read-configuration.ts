/**
 * From what an administrator has — INI files, a SIP Endpoint XML, transport parameters, single options — to a
 * configuration that `preflight` and `rehearse` judge: sources read, options settled, the files that they name read.
 */
import { importPrivateKey, type PrivateKey } from '../crypto/private-key.js';
import type { Finding } from '../finding/finding.js';
import type { Configuration, SideConfiguration, WindowsStore } from '../security-pack/configuration.js';
import { listTargets } from '../security-pack/options/list-targets.js';
import { readFlags } from '../security-pack/options/read-flags.js';
import type { Platform, SettingsSource, Side } from '../security-pack/setting.js';
import { settleSide } from '../security-pack/options/settle-side.js';
import { readInputs, type ReadInputsOptions } from './read-inputs.js';
import { readSideFiles } from './read-side-files.js';
import { readSettingsFile } from './read-settings-file.js';

/** Where the options of one side are. */
export interface SideSources {
  /** INI or SIP Endpoint XML files. */
  readonly files?: readonly string[] | undefined;
  /** Transport parameters of the port: `tls=1;tls-mutual=1`. */
  readonly transport?: string | undefined;
  /** Single options by their names; they replace those of the files. */
  readonly flags?: Readonly<Record<string, string>> | undefined;
  /** `unix` unless given. */
  readonly platform?: Platform | undefined;
  /** Of the Security Pack: `8.5.100.23`. */
  readonly packVersion?: string | undefined;
}

export interface ReadConfigurationOptions {
  readonly server?: SideSources | undefined;
  readonly client?: SideSources | undefined;
  /** What the peer of a side alone sends. */
  readonly peerCertificates?: readonly string[] | undefined;
  readonly windowsStore?: readonly string[] | undefined;
  /** Hosts that the client connects to; those of the configuration unless given. */
  readonly targets?: readonly string[] | undefined;
  /** See `ReadSideFilesOptions`. */
  readonly root?: string | undefined;
  /** `chain` unless given. */
  readonly revocation?: 'leaf' | 'chain' | undefined;
  readonly passwordFor?: ReadInputsOptions['passwordFor'];
  readonly onProgress?: ReadInputsOptions['onProgress'];
  /** Keep the bytes of the files too, as a handshake needs them. */
  readonly keepBytes?: boolean | undefined;
}

export interface ReadConfigurationResult {
  readonly configuration: Configuration;
  /** About the peer's certificates and the store; what is wrong with the options is in their checks. */
  readonly findings: readonly Finding[];
}

async function readSide(
  side: Side,
  sources: SideSources,
  options: ReadConfigurationOptions,
): Promise<SideConfiguration> {
  const { platform = 'unix', packVersion, transport, flags = {} } = sources;
  const read: SettingsSource[] = [];
  for (const file of sources.files ?? []) read.push(await readSettingsFile(file));
  read.push(readFlags({ ...flags, transport }));
  const settled = settleSide(read, { side, platform, packVersion });
  const { root, passwordFor, onProgress, keepBytes } = options;
  const reading = { side, platform, root, passwordFor, onProgress, keepBytes };
  const files = await readSideFiles(settled.options, reading);
  return { ...settled, files };
}

async function readWindowsStore(
  sources: readonly string[] | undefined,
  { passwordFor }: ReadConfigurationOptions,
): Promise<WindowsStore | undefined> {
  if (!sources) return undefined;
  const { certificates, privateKeys, findings } = await readInputs(sources, {
    passwordFor,
    openKeys: true,
    expect: ['certificate', 'private-key'],
  });
  const keys = privateKeys.flatMap(({ der, key: { encoding, encrypted } }): PrivateKey[] => {
    const key = encrypted || encoding === 'encrypted-pkcs8' ? undefined : importPrivateKey({ der, encoding });
    return key ? [key] : [];
  });
  return { certificates, keys, findings };
}

/**
 * Reads one side or both.
 *
 * @returns the configuration with what was checked of its options, and findings about what was given
 * beside the options; what is wrong with the files that they name stands in `SideFiles`. Never throws for their contents.
 */
export async function readConfiguration(options: ReadConfigurationOptions): Promise<ReadConfigurationResult> {
  const { passwordFor, revocation = 'chain' } = options;
  const server = options.server && (await readSide('server', options.server, options));
  const client = options.client && (await readSide('client', options.client, options));
  const windowsStore = await readWindowsStore(options.windowsStore, options);
  const peer = await readInputs(options.peerCertificates ?? [], {
    passwordFor,
    expect: ['certificate', 'private-key'],
  });
  const configured = client ? listTargets(client).map(({ host }) => host) : [];
  return {
    configuration: {
      server,
      client,
      peerCertificates: peer.certificates,
      targets: options.targets ?? configured,
      windowsStore,
      revocation,
    },
    findings: [...peer.findings, ...(windowsStore?.findings ?? [])],
  };
}
