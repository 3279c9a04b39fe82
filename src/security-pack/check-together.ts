/** What only both sides together can say: a version and a cipher that both allow, a certificate where one is asked for. */
import { defaultCipherList, listCiphers } from '../crypto/cipher-list.js';
import type { Finding } from '../finding/finding.js';
import { createFinding } from '../finding/catalogue.js';
import { concludeCheck, skipCheck, type Check } from './check.js';
import { readCiphersuites } from './check-protocols.js';
import type { ProtocolRange, SideConfiguration } from './configuration.js';
import { defaultCiphersuites } from './options.js';
import { reportSetting } from './report-setting.js';
import type { Setting } from './setting.js';

type Settled = Pick<SideConfiguration, 'options' | 'platform' | 'application'>;

const versions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

export interface CheckTogetherOptions {
  /** Of the server's certificate: RSA, RSA-PSS, EC, Ed25519 …; any unless given. Before TLS 1.3 it decides which ciphers can be used. */
  readonly keyType?: string | undefined;
}

function nameRange({ min, max }: ProtocolRange): string {
  return min === max ? min : `${min} to ${max}`;
}

/** The highest version that both accept, which the handshake takes; undefined where there is none. */
function findCommonVersion(a: ProtocolRange, b: ProtocolRange): ProtocolRange['max'] | undefined {
  const accepts = ({ min, max }: ProtocolRange, version: ProtocolRange['max']): boolean =>
    versions.indexOf(version) >= versions.indexOf(min) && versions.indexOf(version) <= versions.indexOf(max);
  return versions.findLast((version) => accepts(a, version) && accepts(b, version));
}

/** Makes the finding at an option of the server, else of the client; of neither where both have defaults. */
function reportBetween(
  code: 'option/no-common-protocol' | 'option/no-common-cipher',
  name: string,
  [server, client]: readonly [Setting | undefined, Setting | undefined],
  params: Parameters<typeof createFinding<typeof code>>[2],
): Finding {
  if (server) return reportSetting(code, 'server', server, params);
  if (client) return reportSetting(code, 'client', client, params);
  return createFinding(code, { kind: 'option', name }, params);
}

function checkVersions(server: Settled, client: Settled): Check {
  const [ours, theirs] = [server.options.protocols, client.options.protocols];
  const version = findCommonVersion(ours, theirs);
  const params = { server: nameRange(ours), client: nameRange(theirs) };
  const settings = [server.options.protocolSetting, client.options.protocolSetting] as const;
  const findings =
    version === undefined ? [reportBetween('option/no-common-protocol', 'sec-protocol', settings, params)] : [];
  return concludeCheck({ name: 'protocol/common-version', side: 'server', params: { ...params, version }, findings });
}

const listSuites = ({ options }: Settled): readonly string[] =>
  options.ciphersuites ? readCiphersuites(options.ciphersuites.value).known : defaultCiphersuites;

/** The version is settled before the cipher: with TLS 1.3 in common, a cipher of TLS 1.2 in common does not help. */
function checkCiphers(server: Settled, client: Settled, { keyType }: CheckTogetherOptions): Check {
  const name = 'protocol/common-cipher';
  const version = findCommonVersion(server.options.protocols, client.options.protocols);
  if (version === undefined) return skipCheck(name, 'server');
  const isNew = version === 'TLSv1.3';
  const listOf = (side: Settled, key?: string): readonly string[] =>
    isNew ? listSuites(side) : listCiphers(side.options.cipherList?.value ?? defaultCipherList, key);
  const settingOf = ({ options }: Settled): Setting | undefined => (isNew ? options.ciphersuites : options.cipherList);
  const [ours, theirs] = [listOf(server), listOf(client)];
  // A list that selects nothing is an error of its own.
  if (ours.length === 0 || theirs.length === 0) return skipCheck(name, 'server', { version });
  const common = ours.filter((cipher) => theirs.includes(cipher));
  const usable = isNew || keyType === undefined ? common : listOf(server, keyType).filter((c) => common.includes(c));
  const settings = [settingOf(server), settingOf(client)] as const;
  const params = {
    version,
    server: ours,
    client: theirs,
    keyType: common.length > 0 ? keyType : undefined,
  };
  const option = isNew ? 'ciphersuites' : 'cipher-list';
  const findings = usable.length > 0 ? [] : [reportBetween('option/no-common-cipher', option, settings, params)];
  return concludeCheck({ name, side: 'server', params: { version, common: usable }, findings });
}

/** A server with tls-mutual=1 refuses a client that sends no certificate. */
function checkClientCertificate(client: Settled): Check {
  const { certificate, certificateKey, trustedCA } = client.options;
  const inStore = client.platform === 'windows' && client.application !== 'endpoint';
  const lacks = [...(certificate ? [] : ['certificate']), ...(certificateKey || inStore ? [] : ['certificate-key'])];
  const findings: Finding[] = [];
  if (lacks.length > 0) {
    const there = certificate ?? certificateKey ?? trustedCA;
    const origin = there && { file: there.origin.file };
    const subject = { kind: 'option', name: lacks[0] ?? '' } as const;
    findings.push(createFinding('option/client-certificate-missing', subject, { lacks }, { origin }));
  }
  return concludeCheck({ name: 'options/client-certificate', side: 'client', params: {}, findings });
}

/**
 * Holds the options of the two sides against each other.
 *
 * @returns checks of the groups `protocol` and, where the server asks for a certificate, `options`. Not checked: whether
 * the certificates suit each other.
 */
export function checkTogether(server: Settled, client: Settled, options: CheckTogetherOptions = {}): readonly Check[] {
  return [
    ...(server.options.mutual ? [checkClientCertificate(client)] : []),
    checkVersions(server, client),
    checkCiphers(server, client, options),
  ];
}
