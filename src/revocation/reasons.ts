/** Sets of revocation reasons: what a CRL covers, and what several cover together (RFC 5280 6.3.2: the reasons mask). */
import type { ReasonFlag, ReasonFlags } from '../x509/extensions/distribution-points.js';

/**
 * RFC 5280 6.3.2 (a): a status has been found for all of these or it has not been found. `unused` is no reason, and whether
 * a CRL names it makes no difference.
 */
const reasons: readonly ReasonFlag[] = [
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
];
export const allReasons: ReasonFlags = new Set(reasons);

/** What both cover; an absent set stands for all reasons. */
export function intersectReasons(a: ReasonFlags | undefined, b: ReasonFlags | undefined): ReasonFlags {
  if (!a && !b) return allReasons;
  return new Set(reasons.filter((reason) => (a?.has(reason) ?? true) && (b?.has(reason) ?? true)));
}

/** What any of them covers. */
export function uniteReasons(sets: readonly ReasonFlags[]): ReasonFlags {
  const [only] = sets;
  if (sets.length === 1 && only) return only;
  return new Set(sets.flatMap((set) => [...set]));
}

/** The reasons that are missing from a set; none where it covers everything. */
export function missingReasons(covered: ReasonFlags): readonly ReasonFlag[] {
  return reasons.filter((reason) => !covered.has(reason));
}
