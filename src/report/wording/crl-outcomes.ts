/** What became of a CRL, in a few words that follow its name: `is stale`. */
import type { CRLOutcome } from '../../revocation/judge-revocation.js';

const words: Readonly<Record<CRLOutcome, string>> = {
  used: 'covers it',
  overruled: 'is overruled by another CRL',
  'other-issuer': 'is of another issuer',
  duplicate: 'is given twice',
  superseded: 'is superseded by a newer one',
  'wrong-key': 'is signed with another key of that name',
  'key-identifier-mismatch': 'names another key than it is signed with',
  'bad-signature': 'has a bad signature',
  'signature-not-checked': 'has a signature that cannot be checked',
  'issuer-may-not-sign': 'is signed by a CA that may not sign CRLs',
  malformed: 'is damaged',
  'unhandled-critical-extension': 'has a critical extension that is not understood',
  delta: 'is a delta CRL',
  indirect: 'is an indirect CRL',
  'partial-reasons': 'is for some reasons only',
  'relative-distribution-point': 'has a distribution point relative to its issuer',
  'out-of-scope': 'is for other certificates of this issuer',
  'not-yet-valid': 'is not valid yet',
  stale: 'is stale',
};

export function describeOutcome(outcome: CRLOutcome): string {
  return words[outcome];
}
