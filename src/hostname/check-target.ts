/** Everything there is to say about one target and one certificate: the host in it, the verdict, the others, and advice. */
import type { Finding } from '../finding/finding.js';
import { adviseOnHost, type HostAdvice } from './advice.js';
import { compareVerifiers, matchHost, type VerifierRow } from './match-host.js';
import { parseTarget, type Target } from './parse-target.js';
import type { PresentedIdentity } from './presented-identity.js';
import type { HostProfile, HostVerdict } from './verdict.js';

export interface TargetCheck {
  readonly target: Target;
  readonly profile: HostProfile;
  /** False for a malformed target too. */
  readonly matched: boolean;
  /** Undefined where the target is malformed: there was nothing to compare. */
  readonly verdict: HostVerdict | undefined;
  readonly verifiers: readonly VerifierRow[];
  readonly advice: HostAdvice | undefined;
  /** Those of the target, then those of the verdict. */
  readonly findings: readonly Finding[];
}

/**
 * Takes the host out of a target and says whether the certificate names it, under the rules of `profile`.
 *
 * @param text what `parseTarget` takes. Never throws; see `parseTarget` and `matchHost` for what is not checked.
 */
export function checkTarget(identity: PresentedIdentity, text: string, profile: HostProfile): TargetCheck {
  const target = parseTarget(text);
  const { host, findings } = target;
  if (host === undefined) {
    return { target, profile, matched: false, verdict: undefined, verifiers: [], advice: undefined, findings };
  }
  const verdict = matchHost(identity, host, { profile });
  return {
    target,
    profile,
    matched: verdict.matched,
    verdict,
    verifiers: compareVerifiers(identity, host),
    advice: adviseOnHost(identity, host, profile),
    findings: [...findings, ...verdict.findings],
  };
}
