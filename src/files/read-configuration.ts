/**
 * From what an administrator has — INI files, a SIP Endpoint XML, transport parameters, single options — to a
 * configuration that `preflight` and `rehearse` judge: sources read, options settled, the files that they name read.
 */
import { importPrivateKey, type PrivateKey } from '../crypto/private-key.js';
import type { Finding } from '../finding/finding.js';
import {
  listCertificates,
  type Configuration,
  type SideConfiguration,
  type WindowsStore,
} from '../security-pack/configuration.js';
import { listTargets } from '../security-pack/options/list-targets.js';
import { readFlags } from '../security-pack/options/read-flags.js';
import type { Platform, SettingsSource, Side } from '../security-pack/setting.js';
import { settleSide } from '../security-pack/options/settle-side.js';
import { judgeByFiles } from './judge-by-crls.js';
import { readInputs, type ReadFile, type ReadInputsOptions } from './read-inputs.js';
import { readSideFiles, readTLSCRL, type ReadSideFilesOptions } from './read-side-files.js';
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
  /** See `JudgeByCRLsOptions`. */
  readonly largeFrom?: number | undefined;
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
  const files = await readSideFiles(settled.options, fileOptions(settled, options));
  return { ...settled, files };
}

function fileOptions(
  { side, platform }: Pick<SideConfiguration, 'side' | 'platform'>,
  { root, passwordFor, onProgress, keepBytes }: ReadConfigurationOptions,
): ReadSideFilesOptions {
  return { side, platform, root, passwordFor, onProgress, keepBytes };
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
 * Reads one side or both, every file whole.
 *
 * @returns the configuration with what was checked of its options, and findings about what was given
 * beside the options; what is wrong with the files that they name stands in `SideFiles`. Never throws for their contents.
 */
export async function readConfiguration(options: ReadConfigurationOptions): Promise<ReadConfigurationResult> {
  return addCRLs(await readWithoutCRLs(options), options);
}

/**
 * Reads the same, a large `tls-crl` in blocks, and judges it: see `judgeByCRLs`.
 *
 * @param judge is called again where another pass was needed, with the CRLs of that pass: what it wants to keep, such as the
 * contents of a mended file, it has to ask for before it changes anything. It must not catch what it does not know.
 */
export async function judgeConfiguration<Judgement>(
  options: ReadConfigurationOptions,
  judge: (read: ReadConfigurationResult) => Judgement | Promise<Judgement>,
): Promise<Judgement> {
  const read = await readWithoutCRLs(options);
  const { passwordFor, onProgress, largeFrom } = options;
  const certificates = listCertificates(read.configuration);
  const reading = { passwordFor, onProgress, expect: ['crl'] as const, certificates, largeFrom };
  const { judgement } = await judgeByFiles(reading, (readFile) => addCRLs(read, options, readFile), judge);
  return judgement;
}

async function addCRLs(
  { configuration, findings }: ReadConfigurationResult,
  options: ReadConfigurationOptions,
  readFile?: ReadFile,
): Promise<ReadConfigurationResult> {
  const addTo = async (side: SideConfiguration | undefined): Promise<SideConfiguration | undefined> => {
    if (!side) return undefined;
    const tlsCRL = await readTLSCRL(side.options, fileOptions(side, options), readFile);
    return { ...side, files: { ...side.files, tlsCRL } };
  };
  const server = await addTo(configuration.server);
  const client = await addTo(configuration.client);
  return { configuration: { ...configuration, server, client }, findings };
}

async function readWithoutCRLs(options: ReadConfigurationOptions): Promise<ReadConfigurationResult> {
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
