import { describe, expect, it } from 'vitest';
import { CRLPile } from '../../../src/revocation/crl-pile.js';
import { issueCertificate, makeCRL } from '../../support/pki.js';
import { asCRL } from '../../support/parsed.js';
import { crl, issue, leaf } from '../../support/revocation.js';

const other = issueCertificate(undefined, { subject: 'CN=Other CA', ca: true });
const crlOfOther = asCRL(makeCRL({ issuer: other.subject, issuerKey: other.key }), 'other.crl');
const own = crl();
const newer = crl({ crlNumber: 9 });

describe('a pile of CRLs', () => {
  it('finds those of the issuer, in the order given, however the name is written', () => {
    const shouted = crl({ issuer: 'CN=ISSUING  CA 1' });
    expect(new CRLPile([newer, crlOfOther, shouted, own]).relatedTo(leaf)).toEqual([newer, shouted, own]);
  });

  it('finds those of whom a distribution point names as cRLIssuer, in the order given', () => {
    const delegating = issue({ distributionPoints: [{ cRLIssuer: ['dirName:CN=Other CA'] }] });
    expect(new CRLPile([newer, crlOfOther, own]).relatedTo(delegating)).toEqual([newer, crlOfOther, own]);
  });

  it('says of every CRL what became of it, at its place', () => {
    const twice = crl({ crlNumber: 9 }, 'twice.crl');
    const copy = { ...newer };
    const pile = new CRLPile([crlOfOther, newer, copy, own]);
    const outcomes = pile.complete([{ crl: own, outcome: 'used' }]).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['other-issuer', 'other-issuer', 'duplicate', 'used']);
    // Another signature over the same: another CRL.
    expect(new CRLPile([newer, twice]).relatedTo(leaf)).toEqual([newer, twice]);
    expect(new CRLPile([newer, newer]).complete([]).map(({ outcome }) => outcome)).toEqual([
      'other-issuer',
      'duplicate',
    ]);
  });
});
