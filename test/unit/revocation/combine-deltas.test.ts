import { describe, expect, it } from 'vitest';
import type { WholeCRL } from '../../../src/x509/crl.js';
import { integer, tlv } from '../../support/der.js';
import { makeExtension } from '../../support/extensions.js';
import { issueCertificate, type CRLOptions, type RevokedEntry } from '../../support/pki.js';
import { asCertificate } from '../../support/parsed.js';
import { at, ca, check, codes, crl, issuer, leaf, listed, outcomes, serialNumber } from '../../support/revocation.js';
import { checkRevocation } from '../../../src/revocation/check-revocation.js';

const hold: RevokedEntry = { serialNumber, reason: 'certificateHold' };
const lifted: RevokedEntry = { serialNumber, reason: 'removeFromCRL' };
const other: RevokedEntry = { serialNumber: 3 };

/** Number 4, unless told otherwise. */
const complete = (options: Partial<CRLOptions> = {}): WholeCRL => crl({ crlNumber: 4, ...options }, 'complete.crl');
/** Number 6 to base 4, unless told otherwise. */
const delta = (options: Partial<CRLOptions> = {}, file = 'delta.crl'): WholeCRL =>
  crl({ deltaCRLIndicator: 4, crlNumber: 6, thisUpdate: new Date('2026-09-01'), ...options }, file);
const listing = (...entries: RevokedEntry[]): Partial<CRLOptions> => ({ entries });

describe('deltas: what they change', () => {
  it('a delta that does not list the certificate keeps it good; both are used', () => {
    const result = check([complete(), delta(listing(other))]);
    expect([result.status, outcomes(result), result.findings]).toEqual(['good', ['used', 'used'], []]);
  });

  it('a delta that lists the certificate revokes it, with its own date', () => {
    const revocationDate = new Date('2026-08-30');
    const result = check([complete(), delta(listing({ ...listed, revocationDate }))]);
    expect([result.status, outcomes(result), result.revokedAt]).toEqual([
      'revoked',
      ['overruled', 'used'],
      revocationDate,
    ]);
    expect(result.crl?.origin?.file).toBe('delta.crl');
  });

  it('a hold of the complete CRL stays where the delta says nothing', () => {
    expect(check([complete(listing(hold)), delta(listing(other))])).toMatchObject({
      status: 'revoked',
      reason: 'certificateHold',
    });
  });

  it('a hold is lifted by removeFromCRL', () => {
    const result = check([complete(listing(hold)), delta(listing(lifted))]);
    expect([result.status, outcomes(result)]).toEqual(['good', ['used', 'used']]);
  });

  it('a hold becomes a revocation for good', () => {
    expect(check([complete(listing(hold)), delta(listing(listed))])).toMatchObject({
      status: 'revoked',
      reason: 'keyCompromise',
    });
  });

  it('removeFromCRL for a certificate that is not listed changes nothing', () => {
    expect(check([complete(), delta(listing(lifted))]).status).toBe('good');
  });

  it.each(['keyCompromise', 'superseded', undefined] as const)(
    'a revocation for %s is lifted by no delta',
    (reason) => {
      const entry: RevokedEntry = { serialNumber, ...(reason && { reason }) };
      expect(check([complete(listing(entry)), delta(listing(lifted))]).status).toBe('revoked');
    },
  );

  it('of two entries in a delta the one that revokes counts', () => {
    expect(check([complete(), delta(listing(lifted, listed))]).status).toBe('revoked');
  });

  it('the order in which they are given makes no difference', () => {
    const crls = [complete(listing(hold)), delta(listing(lifted)), delta({ crlNumber: 8, ...listing(hold) })];
    expect([crls, crls.toReversed()].map((each) => check(each).status)).toEqual(['revoked', 'revoked']);
  });
});

describe('deltas: numbers', () => {
  it.each<[string, RevokedEntry[], RevokedEntry[], RevokedEntry[], string]>([
    ['one that lists the certificate and one that does not', [], [listed], [other], 'revoked'],
    ['one that revokes for good and one that releases', [hold], [listed], [lifted], 'revoked'],
    ['one that keeps silent and one that releases', [hold], [other], [lifted], 'revoked'],
    ['one that releases and one just like it', [hold], [lifted], [lifted, other], 'good'],
  ])('of two under one number the worse counts: %s', (_, base, one, another, status) => {
    const twins = [delta(listing(...one), 'one.crl'), delta(listing(...another), 'another.crl')];
    const results = [twins, twins.toReversed()].map((each) => check([complete(listing(...base)), ...each]));
    expect(results.map((result) => result.status)).toEqual([status, status]);
  });

  it.each([
    ['the base itself', { crlNumber: 4 }, 'good'],
    ['a complete CRL between base and delta', { crlNumber: 5 }, 'good'],
  ])('%s goes with the delta', (_, options, status) => {
    const result = check([complete({ ...options, ...listing(hold) }), delta(listing(lifted))]);
    expect([result.status, outcomes(result)]).toEqual([status, ['used', 'used']]);
  });

  it('a complete CRL older than the base does not go with the delta', () => {
    const result = check([complete({ crlNumber: 3 }), delta(listing(other))]);
    expect([result.status, outcomes(result)]).toEqual(['good', ['used', 'delta']]);
    expect(result.findings.map(({ code, severity, params }) => [code, severity, params.misfit])).toEqual([
      ['crl/delta', 'info', 'complete-crl-too-old'],
    ]);
  });

  it('a complete CRL as new as the delta supersedes it', () => {
    const result = check([complete({ crlNumber: 6 }), delta(listing(listed))]);
    expect([result.status, outcomes(result)]).toEqual(['good', ['used', 'superseded']]);
  });

  it('the furthest of several deltas makes those between superfluous', () => {
    const between = delta({ crlNumber: 5, ...listing(hold) }, 'between.crl');
    const result = check([complete(), between, delta({ crlNumber: 7 })]);
    expect([result.status, outcomes(result)]).toEqual(['good', ['used', 'superseded', 'used']]);
  });

  it('a delta may begin where another delta ends', () => {
    const next = delta({ deltaCRLIndicator: 6, crlNumber: 9, ...listing(lifted) }, 'next.crl');
    const chained = check([complete(), delta(listing(hold)), next]);
    expect([chained.status, outcomes(chained)]).toEqual(['good', ['used', 'used', 'used']]);
    const gap = delta({ deltaCRLIndicator: 7, crlNumber: 9, ...listing(listed) }, 'gap.crl');
    expect(outcomes(check([complete(), delta(), gap]))).toEqual(['overruled', 'overruled', 'delta']);
  });

  it.each([
    ['the delta', { crlNumber: null }, {}],
    ['the complete CRL', {}, { crlNumber: null }],
  ])('%s without number does not go with the other', (_, deltaOptions, completeOptions) => {
    const result = check([complete(completeOptions), delta({ ...deltaOptions, ...listing(listed) })]);
    expect([result.status, outcomes(result)[1]]).toEqual(['unknown', 'delta']);
    expect(result.considered[1]?.objection?.params).toMatchObject({ base: '4', misfit: 'not-numbered' });
  });

  it('numbers beyond 64 bits compare as numbers', () => {
    const big = 2n ** 70n;
    const numbered = { deltaCRLIndicator: big, crlNumber: big + 2n, ...listing(lifted) };
    expect(check([complete({ crlNumber: big + 1n, ...listing(hold) }), delta(numbered)]).status).toBe('good');
    expect(check([complete({ crlNumber: big - 1n, ...listing(hold) }), delta(numbered)]).status).toBe('revoked');
  });
});

/** One thing each that keeps the delta from the complete CRL. */
const strangers: readonly (readonly [string, string, () => Partial<CRLOptions>])[] = [
  ['another scope', 'other-scope', () => ({ issuingDistributionPoint: { onlyContainsUserCerts: true } })],
  ['another key identifier', 'other-key-identifier', () => ({ aki: false })],
  ['no complete CRL', 'no-complete-crl', () => ({})],
];

describe('deltas: whose they are', () => {
  it.each(strangers)('%s: the delta does not apply', (_, misfit, options) => {
    const crls = misfit === 'no-complete-crl' ? [] : [complete(listing(hold))];
    const result = check([...crls, delta({ ...options(), ...listing(lifted) })]);
    expect(result.status).toBe(misfit === 'no-complete-crl' ? 'unknown' : 'revoked');
    expect(result.considered.at(-1)).toMatchObject({ outcome: 'delta', objection: { params: { misfit } } });
  });

  it.each(strangers)('%s: a delta that lists the certificate takes a good away', (_, misfit, options) => {
    const crls = misfit === 'no-complete-crl' ? [] : [complete()];
    const result = check([...crls, delta({ ...options(), ...listing(listed) })]);
    expect(result.status).toBe('unknown');
    expect(codes(result.findings, 'error')).toEqual(['crl/listed-in-unusable', 'crl/delta']);
  });

  it('another key of the issuer: the delta does not apply', () => {
    const rekeyed = issueCertificate(ca, { subject: ca.subject, ca: true, serialNumber: 9 });
    const crls = [
      complete({ aki: false, ...listing(hold) }),
      delta({ issuerKey: rekeyed.key, aki: false, ...listing(lifted) }),
    ];
    const result = checkRevocation({
      certificate: leaf,
      issuer,
      crls,
      at,
      signers: [asCertificate(rekeyed.certificate)],
    });
    expect([result.status, result.considered[1]?.objection?.params]).toEqual([
      'revoked',
      { base: '4', misfit: 'other-key' },
    ]);
  });

  it('the same scope is the same octets of issuingDistributionPoint', () => {
    const users = { issuingDistributionPoint: { onlyContainsUserCerts: true } };
    expect(check([complete({ ...users, ...listing(hold) }), delta({ ...users, ...listing(lifted) })]).status).toBe(
      'good',
    );
  });
});

describe('deltas: dates', () => {
  const stale = { nextUpdate: new Date('2026-11-01') };

  it('a current delta makes a stale complete CRL current', () => {
    const result = check([complete(stale), delta()]);
    expect([result.status, outcomes(result), codes(result.findings)]).toEqual(['good', ['used', 'used'], []]);
  });

  it('a current delta that does not go with it leaves a stale complete CRL stale', () => {
    const result = check([complete({ ...stale, crlNumber: 3 }), delta()]);
    expect([result.status, outcomes(result)]).toEqual(['unknown', ['stale', 'delta']]);
  });

  it('a stale delta leaves a current complete CRL its say, and lifts nothing', () => {
    const result = check([complete(), delta({ ...stale, ...listing(other) })]);
    expect([result.status, outcomes(result)]).toEqual(['good', ['used', 'stale']]);
    expect(check([complete(listing(hold)), delta({ ...stale, ...listing(lifted) })]).status).toBe('revoked');
  });

  it('a stale delta still revokes what it lists', () => {
    const result = check([complete(), delta({ ...stale, ...listing(listed) })]);
    expect([result.status, outcomes(result)]).toEqual(['revoked', ['overruled', 'used']]);
  });

  it('a stale delta does not make a stale complete CRL current', () => {
    expect(outcomes(check([complete(stale), delta(stale)]))).toEqual(['stale', 'stale']);
  });

  it('a delta that is not valid yet does not apply', () => {
    const result = check([complete(listing(hold)), delta({ thisUpdate: new Date('2044-01-01'), ...listing(lifted) })]);
    expect([result.status, outcomes(result)]).toEqual(['revoked', ['used', 'not-yet-valid']]);
  });

  it('warnBefore warns of a delta only where the complete CRL cannot do without it', () => {
    const ending = delta({ nextUpdate: new Date('2026-11-22') });
    const warn = (base: WholeCRL): string[] =>
      codes(checkRevocation({ certificate: leaf, issuer, crls: [base, ending], at, warnBefore: 9e9 }).findings);
    expect([warn(complete()), warn(complete(stale))]).toEqual([[], ['crl/expires-soon']]);
  });
});

describe('deltas: damage', () => {
  it('a delta with an unknown critical extension does not apply, but takes a good away where it lists', () => {
    const extensions = [makeExtension('1.2.3.4', tlv(0x05), true)];
    expect(check([complete(listing(hold)), delta({ extensions, ...listing(lifted) })]).status).toBe('revoked');
    expect(check([complete(), delta({ extensions, ...listing(other) })]).status).toBe('good');
    expect(check([complete(), delta({ extensions, ...listing(listed) })]).status).toBe('unknown');
  });

  it('a delta with a damaged entry takes a good away, for nobody knows what it lists', () => {
    const entries = [{ serialNumber: 3, revocationDate: tlv(0x04, Uint8Array.of(1)) }];
    expect(check([complete(), delta({ entries })]).status).toBe('unknown');
  });

  it('a delta with a forged signature changes nothing', () => {
    const result = check([complete(listing(hold)), delta({ signature: 'broken', ...listing(lifted) })]);
    expect([result.status, outcomes(result)]).toEqual(['revoked', ['used', 'bad-signature']]);
  });

  it('a base number that is no number is damage', () => {
    const extensions = [makeExtension('2.5.29.27', tlv(0x04), true), makeExtension('2.5.29.20', integer(6))];
    expect(outcomes(check([complete(), crl({ crlNumber: null, extensions })]))).toEqual(['used', 'malformed']);
  });
});
