/** What became of a CRL, in a few words that follow its name: `is stale`. */
import type { CRLOutcome } from '../../revocation/judged-crl.js';

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
  'signer-missing': 'is signed by somebody whose certificate is not here',
  'signer-not-accepted': 'is signed by somebody who may not speak for its issuer',
  malformed: 'is damaged',
  'unhandled-critical-extension': 'has a critical extension that is not understood',
  delta: 'is a delta CRL without the complete CRL that it updates',
  indirect: 'has entries of other issuers without being an indirect CRL',
  'not-indirect': 'is of another issuer and no indirect CRL',
  'partial-reasons': 'is for some reasons only',
  'out-of-scope': 'is for other certificates of this issuer',
  'not-yet-valid': 'is not valid yet',
  stale: 'is stale',
};

export function describeOutcome(outcome: CRLOutcome): string {
  return words[outcome];
}
