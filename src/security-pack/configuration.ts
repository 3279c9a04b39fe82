/**
 * A configuration whose options are settled and whose files are read: what `preflight` and `rehearse` judge. Everything
 * in it is at hand, so that both are free of the disk.
 */
import type { InputObject } from '../containers/input-object.js';
import type { PrivateKey } from '../crypto/private-key.js';
import type { Finding } from '../finding/finding.js';
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import type { Check } from './check.js';
import type { Platform, Setting, Side, SIPSetting } from './setting.js';

/** `sec-protocol` (Security Deployment Guide): the lowest and the highest version that a side accepts. */
export interface ProtocolRange {
  readonly min: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  readonly max: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
}

/** The options of one side that are in force: of one level, aliases resolved, values read. */
export interface SideOptions {
  /** Each as written; undefined where it is not set at the level in force. */
  readonly certificate: Setting | undefined;
  readonly certificateKey: Setting | undefined;
  readonly trustedCA: Setting | undefined;
  readonly tlsCRL: Setting | undefined;
  readonly tlsTargetName: Setting | undefined;
  /** False unless `tls-mutual=1`; only a server's counts. */
  readonly mutual: boolean;
  readonly mutualSetting?: Setting | undefined;
  readonly nameCheck: 'no' | 'host';
  readonly nameCheckSetting: Setting | undefined;
  readonly protocols: ProtocolRange;
  readonly protocolSetting?: Setting | undefined;
  /** OpenSSL's cipher string for TLS 1.2 and earlier; undefined for the default. */
  readonly cipherList: Setting | undefined;
  /** TLS 1.3 suites, colon-separated; undefined for the default. */
  readonly ciphersuites: Setting | undefined;
}

/** What the files of one path option hold. */
export interface OptionFiles {
  readonly setting: Setting;
  /** The files in the order of the option, as they were read (below --root, where one is given). */
  readonly files: readonly OptionFile[];
  readonly certificates: readonly Certificate[];
  readonly crls: readonly CertificateList[];
  readonly objects: readonly InputObject[];
  /** What reading them gave; each carries the setting. */
  readonly findings: readonly Finding[];
}

export interface OptionFile {
  /** As the option names it. */
  readonly path: string;
  /** As it was read. */
  readonly readAs: string;
  /** The whole file, where it was asked for and could be read. */
  readonly bytes: Uint8Array | undefined;
  /** Permission bits, on systems that have them. */
  readonly mode: number | undefined;
  /** The file is a copy below --root: its permissions are those of the copy. */
  readonly isCopy: boolean;
}

export interface SideFiles {
  readonly certificate: OptionFiles | undefined;
  readonly certificateKey: OptionFiles | undefined;
  /** The one key of `certificate-key`, opened; undefined where there is none, it is encrypted, or there are several. */
  readonly key: PrivateKey | undefined;
  readonly trustedCA: OptionFiles | undefined;
  readonly tlsCRL: OptionFiles | undefined;
}

/** What stands in for the Windows certificate store (--windows-store). */
export interface WindowsStore {
  readonly certificates: readonly Certificate[];
  readonly keys: readonly PrivateKey[];
  readonly findings: readonly Finding[];
}

export interface SideConfiguration {
  readonly side: Side;
  readonly platform: Platform;
  /** `8.5.100.23`; undefined where it is not said. */
  readonly packVersion: string | undefined;
  readonly application: 'any' | 'endpoint' | 'sip-proxy';
  readonly options: SideOptions;
  /** Every option of every level, as written. */
  readonly settings: readonly Setting[];
  readonly sip: readonly SIPSetting[];
  /** What was checked of the options themselves, groups `options`, `protocol` and `sip`. */
  readonly checks: readonly Check[];
  readonly files: SideFiles;
}

/** What `preflight` and `rehearse` take: both sides, or one with what is known of its peer. */
export interface Configuration {
  readonly server: SideConfiguration | undefined;
  readonly client: SideConfiguration | undefined;
  /** What the peer of the one side sends, its certificate with its chain; for a side alone. */
  readonly peerCertificates: readonly Certificate[];
  /** Hosts that the client connects to: `--target`, else `tls-target-name`, SIP contact, the endpoint's server. */
  readonly targets: readonly string[];
  readonly windowsStore: WindowsStore | undefined;
  /** Which certificates must have a CRL that does not list them, where tls-crl is set; `chain` is OpenSSL's CRL_CHECK_ALL. */
  readonly revocation: 'leaf' | 'chain';
}

/** The sides that are given, the server first. */
export function listSides({ server, client }: Configuration): SideConfiguration[] {
  return [server, client].filter((side) => side !== undefined);
}

/** Every certificate at hand, whatever it is there for. */
export function listCertificates(configuration: Configuration): Certificate[] {
  const own = listSides(configuration).flatMap(({ files }) => [
    ...(files.trustedCA?.certificates ?? []),
    ...(files.certificate?.certificates ?? []),
  ]);
  return [...own, ...configuration.peerCertificates, ...(configuration.windowsStore?.certificates ?? [])];
}
