/** The verifiers by profile, and what each makes of every name of a certificate. */
import { considerNames, describeHost, type Verifier } from './consider.js';
import { judgeAsJava } from './java.js';
import { judgeAsNode } from './node.js';
import { judgeAsOpenSSL } from './openssl.js';
import type { PresentedIdentity } from './presented-identity.js';
import { judgeAsRFC5922 } from './rfc5922.js';
import { judgeAsRFC9525 } from './rfc9525.js';
import { judgeAsSecurityPack, judgeAsSecurityPack81 } from './security-pack.js';
import type { Consideration, HostProfile } from './verdict.js';

const verifiers: Readonly<Record<HostProfile, Verifier>> = {
  'security-pack': judgeAsSecurityPack,
  'security-pack-8.1': judgeAsSecurityPack81,
  openssl: judgeAsOpenSSL,
  rfc9525: judgeAsRFC9525,
  rfc5922: judgeAsRFC5922,
  java: judgeAsJava,
  node: judgeAsNode,
};

/** Every name of the certificate with its outcome; the host matches when one of them does. */
export function judgeHost(identity: PresentedIdentity, host: string, profile: HostProfile): Consideration[] {
  return considerNames(verifiers[profile], identity, describeHost(host));
}

export function hasMatch(considered: readonly Consideration[]): boolean {
  return considered.some(({ outcome }) => outcome === 'match');
}
