/** What only both sides together can say: a version that both allow, a certificate where one is asked for, SIP ports. */
import type { Finding } from '../../finding/finding.js';
import { createFinding } from '../../finding/catalogue.js';
import { concludeCheck, type Check } from '../check.js';
import { checkCommonCipher } from './check-common-cipher.js';
import { checkProxyTogether } from './check-sip.js';
import type { ProtocolRange, SideConfiguration } from '../configuration.js';
import { reportBetween } from './report-setting.js';

type Settled = Pick<SideConfiguration, 'options' | 'platform' | 'application' | 'sip'>;

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

function checkVersions(server: Settled, client: Settled): Check {
  const [ours, theirs] = [server.options.protocols, client.options.protocols];
  const version = findCommonVersion(ours, theirs);
  const params = { server: nameRange(ours), client: nameRange(theirs) };
  const settings = [server.options.protocolSetting, client.options.protocolSetting] as const;
  const findings =
    version === undefined ? [reportBetween('option/no-common-protocol', 'sec-protocol', settings, params)] : [];
  return concludeCheck({ name: 'protocol/common-version', side: 'server', params: { ...params, version }, findings });
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
 * @returns checks of the group `protocol`, where the server asks for a certificate of `options`, and where it is a SIP
 * Proxy of `sip`. Not checked: whether the certificates suit each other.
 */
export function checkTogether(server: Settled, client: Settled, options: CheckTogetherOptions = {}): readonly Check[] {
  return [
    ...(server.options.mutual ? [checkClientCertificate(client)] : []),
    checkVersions(server, client),
    checkCommonCipher(
      server,
      client,
      findCommonVersion(server.options.protocols, client.options.protocols),
      options.keyType,
    ),
    ...checkProxyTogether(server, client),
  ];
}
