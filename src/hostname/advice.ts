/** What to do about a host that does not match: the name to connect with, or the entry to ask the CA for. */
import { findHostNameFault, foldCase, toALabels, withoutTrailingDot } from '../names/dns-name.js';
import { canonicalIPAddress } from '../names/ip-address.js';
import { hasMatch, judgeHost } from './judge-host.js';
import type { PresentedIdentity } from './presented-identity.js';
import type { HostProfile } from './verdict.js';

export interface HostAdvice {
  /** Names of the certificate that match as they stand: connect with one of these. */
  readonly connectWith: readonly string[];
  /**
   * Value for `tls-target-name`, when connecting with another name is not wanted; UNIX Security Pack 8.5.100.23 or
   * later. Undefined for other verifiers and when no name of the certificate would do.
   */
  readonly targetName: string | undefined;
  /** subjectAltName entry that would make the host match, as OpenSSL writes it (`DNS:sip1.example.com`). */
  readonly askFor: string | undefined;
}

/** So many names to connect with are enough. */
const mostNames = 5;

function findUsableNames(identity: PresentedIdentity, profile: HostProfile): string[] {
  const { subjectAltNames = [], commonNames } = identity;
  const dnsNames = subjectAltNames.filter(({ type }) => type === 'dns').map(({ value }) => value);
  const usable: string[] = [];
  for (const name of new Set([...dnsNames, ...commonNames])) {
    if (usable.length === mostNames) break;
    const fault = findHostNameFault(name);
    if (fault !== undefined && fault !== 'underscore') continue;
    if (hasMatch(judgeHost(identity, name, profile))) usable.push(name);
  }
  return usable;
}

function findEntryToAskFor(host: string, profile: HostProfile, connectWith: readonly string[]): string | undefined {
  const address = canonicalIPAddress(host);
  const comparesAddresses = profile !== 'rfc5922' && !profile.startsWith('security-pack');
  if (address !== undefined) return comparesAddresses ? `IP:${address}` : undefined;
  const name = foldCase(withoutTrailingDot(toALabels(host.trim()) ?? ''));
  if (findHostNameFault(name) !== undefined) return undefined;
  // The certificate already has it, or the FQDN of this short name.
  const isThere = connectWith.some((usable) => foldCase(usable) === name || foldCase(usable).startsWith(`${name}.`));
  return isThere ? undefined : `DNS:${name}`;
}

/** Says how `host` could be made to match under the rules of `profile`; nothing is looked up. */
export function adviseOnHost(identity: PresentedIdentity, host: string, profile: HostProfile): HostAdvice {
  const connectWith = findUsableNames(identity, profile);
  return {
    connectWith,
    targetName: profile === 'security-pack' ? connectWith[0] : undefined,
    askFor: findEntryToAskFor(host, profile, connectWith),
  };
}
