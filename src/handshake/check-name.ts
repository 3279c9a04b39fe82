/** Which name the client sends and compares, and what its pack makes of the certificate that came. */
import { parseTarget } from '../hostname/parse-target.js';
import { parseIPAddress } from '../names/ip-address.js';
import { hostProfileOf, namesToCheck } from '../security-pack/verdicts/check-name.js';
import type { SideConfiguration } from '../security-pack/configuration.js';
import { checkHost, type HostOutcome } from '../verify/check-host.js';
import { parseSentCertificates } from './sent-certificates.js';
import type { MetError } from './side-error.js';

export interface ConnectionNames {
  /** tls-target-name where the pack heeds it, else the target: what is compared. */
  readonly name: string | undefined;
  /** What is sent as Server Name Indication, which takes DNS names only (RFC 6066 3). */
  readonly serverName: string | undefined;
}

export function chooseNames(client: SideConfiguration | undefined, target: string | undefined): ConnectionNames {
  const [name] = namesToCheck({ client, targets: target === undefined ? [] : [target] });
  const host = name === undefined ? undefined : parseTarget(name).host;
  return { name, serverName: host === undefined || parseIPAddress(host) ? undefined : host };
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
