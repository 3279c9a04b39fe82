/** Which name the client sends and compares, and what its pack makes of the certificate that came. */
import { parseTarget } from '../hostname/parse-target.js';
import type { HostProfile } from '../hostname/verdict.js';
import { parseIPAddress } from '../names/ip-address.js';
import type { SideConfiguration } from '../security-pack/configuration.js';
import { checkHost, type HostOutcome } from '../verify/check-host.js';
import { parseSentCertificates } from './sent-certificates.js';
import type { MetError } from './side-error.js';

export interface ConnectionNames {
  /** tls-target-name, else the target: what is compared. */
  readonly name: string | undefined;
  /** What is sent as Server Name Indication, which takes DNS names only (RFC 6066 3). */
  readonly serverName: string | undefined;
}

export function chooseNames(client: SideConfiguration | undefined, target: string | undefined): ConnectionNames {
  const override = client?.options.tlsTargetName?.value;
  const name = override === undefined || override === '' ? target : override;
  const host = name === undefined ? undefined : parseTarget(name).host;
  return { name, serverName: host === undefined || parseIPAddress(host) ? undefined : host };
}

/** Packs up to 8.1 compare letters by their case. */
function hostProfileOf({ packVersion }: SideConfiguration): HostProfile {
  const [major = 0, minor = 0] = (packVersion ?? '').split('.').map(Number);
  const isOld = packVersion !== undefined && (major < 8 || (major === 8 && minor <= 1));
  return isOld ? 'security-pack-8.1' : 'security-pack';
}

/** The first certificate received, held to the name; undefined where nothing is compared. */
export function checkReceivedName(
  client: SideConfiguration | undefined,
  name: string | undefined,
  [first]: readonly Uint8Array[],
): HostOutcome | undefined {
  if (client?.options.nameCheck !== 'host' || name === undefined || !first) return undefined;
  const { certificates, findings } = parseSentCertificates([first], 'sent by the server');
  const [certificate] = certificates;
  return certificate ? checkHost(certificate, name, hostProfileOf(client)) : { check: undefined, findings };
}

/** The client's objection to the name; undefined where it has none. */
export function makeNameError(outcome: HostOutcome | undefined, name = ''): MetError | undefined {
  const cause = outcome?.findings.find(({ severity }) => severity === 'error');
  if (!cause) return undefined;
  const message = `the certificate does not name ${outcome?.check?.target.host ?? name}: ${cause.code}`;
  return { side: 'client', stage: 'name', error: { code: 'ERR_TLS_CERT_ALTNAME_INVALID', message } };
}
