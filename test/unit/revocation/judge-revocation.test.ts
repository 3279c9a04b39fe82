import { describe, expect, it } from 'vitest';
import { checkRevocation } from '../../../src/revocation/check-revocation.js';
import type { WholeCRL } from '../../../src/x509/crl.js';
import { tlv } from '../../support/der.js';
import { makeExtension } from '../../support/extensions.js';
import { asCRL, asCertificate } from '../../support/parsed.js';
import { issueCertificate, type CRLOptions } from '../../support/pki.js';
import { at, ca, check, codes, crl, issue, leaf, listed, outcomes, issuer, renewed } from '../../support/revocation.js';

describe('judgeRevocation: stale CRLs', () => {
  const stale = { nextUpdate: new Date('2026-11-01') };

  it('a stale CRL that does not list the certificate proves nothing', () => {
    const result = check([crl(stale)]);
    expect([result.status, outcomes(result)]).toEqual(['unknown', ['stale']]);
    expect(result.findings[0]?.params).toMatchObject({
      nextUpdate: '2026-11-01T00:00:00.000Z',
      at: '2026-11-21T12:00:00.000Z',
    });
  });

  it('a certificate that a stale CRL lists is revoked, and the CRL is still stale', () => {
    const result = check([crl({ ...stale, entries: [listed] })]);
    expect([result.status, outcomes(result)]).toEqual(['revoked', ['used']]);
    expect(result.findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['crl/revoked', 'error'],
      ['crl/stale', 'warning'],
    ]);
  });

  it('at an instant when the CRL was current it is not stale', () => {
    expect(check([crl(stale)], leaf, new Date('2026-10-31')).status).toBe('good');
  });

  it('a stale CRL that is newer by number still revokes beside a current one', () => {
    const newer = crl({ ...stale, crlNumber: 9, entries: [listed] });
    expect(check([crl({ crlNumber: 3 }), newer]).status).toBe('revoked');
  });

  it('a stale CRL that is older is superseded, whatever it lists', () => {
    const older = crl({ ...stale, crlNumber: 2, entries: [listed] });
    const result = check([older, crl({ crlNumber: 3 })]);
    expect([result.status, outcomes(result)]).toEqual(['good', ['superseded', 'used']]);
    expect(codes(result.findings)).toEqual(['crl/superseded']);
  });

  it('of two stale CRLs the newer one speaks', () => {
    const older = crl({ ...stale, crlNumber: 2, entries: [listed] });
    expect(outcomes(check([older, crl({ ...stale, crlNumber: 3 })]))).toEqual(['superseded', 'stale']);
  });

  it('a stale CRL beside a current one of another scope is a warning', () => {
    const users = crl({ ...stale, issuingDistributionPoint: { onlyContainsUserCerts: true } });
    const result = check([users, crl()]);
    expect(result.status).toBe('good');
    expect(result.findings.map(({ code, severity }) => [code, severity])).toEqual([['crl/stale', 'warning']]);
  });
});

describe('judgeRevocation: several CRLs of one issuer', () => {
  it.each([
    ['the higher number', { crlNumber: 10 }, { crlNumber: 9 }],
    ['the higher number with a later date', { crlNumber: 10, thisUpdate: new Date('2026-09-01') }, { crlNumber: 9 }],
    ['the later thisUpdate where numbers are equal', { thisUpdate: new Date('2026-09-01') }, {}],
    ['the later thisUpdate where one has no number', { crlNumber: null, thisUpdate: new Date('2026-09-01') }, {}],
    ['a number beyond 64 bits', { crlNumber: 2n ** 70n }, { crlNumber: 2n ** 70n - 1n }],
  ])('%s wins, in either order', (_, newer: Partial<CRLOptions>, older: Partial<CRLOptions>) => {
    const lifted = [crl({ ...older, entries: [listed] }), crl(newer)];
    expect([check(lifted).status, check(lifted.toReversed()).status]).toEqual(['good', 'good']);
    const revoking = [crl(older), crl({ ...newer, entries: [listed] })];
    expect([check(revoking).status, check(revoking.toReversed()).status]).toEqual(['revoked', 'revoked']);
    expect(outcomes(check(revoking))).toEqual(['superseded', 'used']);
  });

  it('two different CRLs with one number and date revoke together', () => {
    expect(check([crl(), crl({ entries: [listed] })]).status).toBe('revoked');
  });

  it('where number and date disagree neither is newer, and what either lists is revoked', () => {
    const [higher, later] = [{ crlNumber: 10 }, { crlNumber: 9, thisUpdate: new Date('2026-09-01') }];
    expect(outcomes(check([crl(higher), crl(later)]))).toEqual(['used', 'used']);
    expect(check([crl({ ...higher, entries: [listed] }), crl(later)]).status).toBe('revoked');
    expect(check([crl(higher), crl({ ...later, entries: [listed] })]).status).toBe('revoked');
  });

  it('each superseded one is named with the newest of all', () => {
    const crls = [crl({ crlNumber: 1 }, 'a'), crl({ crlNumber: 2 }, 'b'), crl({ crlNumber: 3 }, 'c')];
    const { considered } = check(crls);
    expect(considered.map(({ instead }) => instead?.origin?.file)).toEqual(['c', 'c', undefined]);
  });

  it('numbers and dates that would run in a circle do not: the dates decide where one has no number', () => {
    const dated = (day: string): Partial<CRLOptions> => ({ thisUpdate: new Date(day) });
    const crls = [
      crl({ ...dated('2026-01-01'), crlNumber: 5 }),
      crl({ ...dated('2026-03-01'), crlNumber: 4 }),
      crl({ ...dated('2026-02-01'), crlNumber: null }),
    ];
    const result = check(crls);
    expect([result.status, outcomes(result)]).toEqual(['good', ['superseded', 'used', 'superseded']]);
  });

  it('the superseded one is named with both numbers', () => {
    const result = check([crl({ crlNumber: 41 }, 'old.crl'), crl({ crlNumber: 42 }, 'new.crl')]);
    const [superseded] = result.findings;
    expect([superseded?.code, superseded?.origin?.file]).toEqual(['crl/superseded', 'old.crl']);
    expect(superseded?.params).toMatchObject({ by: 'CN=Issuing CA 1 (new.crl:1)', number: '41', newerNumber: '42' });
  });

  it('the same CRL twice is a duplicate of the first', () => {
    const twice = crl({}, 'first.crl');
    const again = asCRL(twice.der, 'second.crl');
    const result = check([twice, again]);
    expect([result.status, outcomes(result)]).toEqual(['good', ['used', 'duplicate']]);
    expect(result.findings.map(({ code, origin }) => [code, origin?.file])).toEqual([['crl/duplicate', 'second.crl']]);
  });

  it('one object given twice is a duplicate of itself', () => {
    const twice = crl();
    expect(outcomes(check([twice, twice]))).toEqual(['used', 'duplicate']);
  });

  it('a CRL that is not valid yet supersedes nothing', () => {
    const next = crl({ crlNumber: 5, thisUpdate: new Date('2044-01-01'), entries: [listed] });
    const result = check([crl({ crlNumber: 4 }), next]);
    expect([result.status, outcomes(result)]).toEqual(['good', ['used', 'not-yet-valid']]);
    expect(codes(result.findings, 'info')).toEqual(['crl/not-yet-valid']);
  });

  it('a newer CRL that the issuer did not sign supersedes nothing, but is warned of', () => {
    const forged = crl({ crlNumber: 99, signature: 'broken' }, 'forged.crl');
    const result = check([crl({ crlNumber: 4, entries: [listed] }), forged]);
    expect([result.status, outcomes(result)]).toEqual(['revoked', ['used', 'bad-signature']]);
    const warning = result.findings.find(({ code }) => code === 'crl/bad-signature');
    expect([warning?.severity, warning?.origin?.file, warning?.params.certificates]).toEqual([
      'warning',
      'forged.crl',
      [],
    ]);
  });

  it('a CRL of another scope does not supersede the complete one, but it revokes', () => {
    const users = { issuingDistributionPoint: { onlyContainsUserCerts: true }, crlNumber: 9 };
    expect(outcomes(check([crl({ crlNumber: 1 }), crl(users)]))).toEqual(['used', 'used']);
    const result = check([crl({ crlNumber: 1 }), crl({ ...users, entries: [listed] })]);
    expect([result.status, outcomes(result)]).toEqual(['revoked', ['overruled', 'used']]);
  });

  it('a genuine CRL that cannot be used takes a good away where it lists the certificate', () => {
    const newer = { thisUpdate: new Date('2026-09-01'), extensions: [makeExtension('1.2.3.4', tlv(0x05), true)] };
    expect(check([crl(), crl(newer)]).status).toBe('good');
    const result = check([crl(), crl({ ...newer, entries: [listed] }, 'odd.crl')]);
    expect([result.status, outcomes(result)]).toEqual(['unknown', ['overruled', 'unhandled-critical-extension']]);
    expect(codes(result.findings, 'error')).toEqual(['crl/listed-in-unusable', 'crl/unhandled-critical-extension']);
  });

  it('an older CRL that cannot be used takes nothing away', () => {
    const extensions = [makeExtension('1.2.3.4', tlv(0x05), true)];
    const older = crl({ thisUpdate: new Date('2025-06-01'), extensions, entries: [listed] });
    expect(check([crl(), older]).status).toBe('good');
  });

  it('an older CRL that cannot be used takes a good away where only another key of the issuer cleared it later', () => {
    const rekeyed = asCertificate(
      issueCertificate(ca, { subject: ca.subject, key: renewed.key, ca: true }).certificate,
    );
    const later = crl({ issuerKey: renewed.key, thisUpdate: new Date('2026-09-01') });
    const extensions = [makeExtension('1.2.3.4', tlv(0x05), true)];
    const statusWith = (older: WholeCRL): string =>
      checkRevocation({
        certificate: leaf,
        issuer,
        crls: [later, older],
        at,
        signers: [rekeyed],
        signerStatus: 'not-revoked',
      }).status;
    expect(statusWith(crl({ extensions }))).toBe('good');
    expect(statusWith(crl({ extensions, entries: [listed] }))).toBe('unknown');
  });

  it('a newer CRL with a damaged entry takes a good away, for nobody knows what it lists', () => {
    const damaged = crl({
      thisUpdate: new Date('2026-09-01'),
      entries: [{ serialNumber: 3, revocationDate: tlv(0x04, Uint8Array.of(1)) }],
    });
    expect(check([crl(), damaged]).status).toBe('unknown');
  });
});

describe('judgeRevocation: scopes', () => {
  const url = 'URI:http://crl.fly.example.com/1.crl';
  const scope = (issuingDistributionPoint: CRLOptions['issuingDistributionPoint']): WholeCRL =>
    crl(issuingDistributionPoint && { issuingDistributionPoint });

  it.each([
    ['user', true, 'unknown', 'good'],
    ['user', false, 'good', 'unknown'],
    ['user', undefined, 'good', 'unknown'],
  ] as const)('onlyContains… is decided by cA (%s %s)', (_, isCA, forUsers, forCAs) => {
    const certificate = issue(isCA === undefined ? {} : { ca: isCA });
    expect(check([scope({ onlyContainsUserCerts: true })], certificate).status).toBe(forUsers);
    expect(check([scope({ onlyContainsCACerts: true })], certificate).status).toBe(forCAs);
  });

  it('a distribution point that the certificate names exactly is in scope', () => {
    const certificate = issue({ crlDistributionPoints: ['URI:http://elsewhere.example.com/', url] });
    expect(check([scope({ fullName: ['URI:ldap://x', url] })], certificate).status).toBe('good');
    const [different] = [scope({ fullName: ['URI:http://crl.fly.example.com/2.crl'] })];
    const result = check([different], certificate);
    expect([result.status, result.findings[0]?.params]).toEqual([
      'unknown',
      {
        scope: 'distribution-point',
        points: ['http://crl.fly.example.com/2.crl'],
        certificates: ['CN=sip1.fly.example.com'],
      },
    ]);
  });

  it('directory names of distribution points compare as names', () => {
    const certificate = issue({ crlDistributionPoints: ['dirName:CN=crl 1,O=Fly'] });
    expect(check([scope({ fullName: ['dirName:CN=CRL  1,O=fly'] })], certificate).status).toBe('good');
    expect(check([scope({ fullName: ['dirName:CN=CRL 2,O=fly'] })], certificate).status).toBe('unknown');
  });

  it('a CRL for some reasons only revokes, but does not clear', () => {
    const some = { issuingDistributionPoint: { onlySomeReasons: [1, 2] } };
    expect(check([crl({ ...some, entries: [listed] })]).status).toBe('revoked');
    const result = check([crl(some)]);
    expect([result.status, outcomes(result)]).toEqual(['unknown', ['partial-reasons']]);
    expect(result.findings[0]?.params.reasons).toEqual(['keyCompromise', 'cACompromise']);
  });

  it('CRLs for some reasons add up, with a warning that OpenSSL passes over them', () => {
    const parts = [
      [1, 2, 3],
      [3, 4, 5, 6],
      [7, 8],
    ].map((onlySomeReasons) => scope({ onlySomeReasons }));
    const result = check(parts);
    expect([result.status, outcomes(result)]).toEqual(['good', ['used', 'used', 'used']]);
    expect(result.findings.map(({ code, params }) => [code, params.features])).toEqual(
      parts.map(() => ['crl/extended-support-needed', ['partial-reasons']]),
    );
    const open = check(parts.slice(1));
    expect([open.status, outcomes(open)]).toEqual(['unknown', ['partial-reasons', 'partial-reasons']]);
    expect(open.findings[0]?.params).toEqual({
      reasons: ['affiliationChanged', 'superseded', 'cessationOfOperation', 'certificateHold'],
      missing: ['keyCompromise', 'cACompromise'],
      certificates: ['CN=sip1.fly.example.com'],
    });
  });

  it('a CRL for some reasons does not add up where it is stale, or of other certificates', () => {
    const first = scope({ onlySomeReasons: [1, 2, 3] });
    const rest = { issuingDistributionPoint: { onlySomeReasons: [4, 5, 6, 7, 8] } };
    expect(check([first, crl(rest)]).status).toBe('good');
    expect(check([first, crl({ ...rest, nextUpdate: new Date('2026-11-01') })]).status).toBe('unknown');
    const cas = { issuingDistributionPoint: { onlySomeReasons: [4, 5, 6, 7, 8], onlyContainsCACerts: true } };
    expect(check([first, crl(cas)]).status).toBe('unknown');
  });

  it('a CRL for some reasons is brought up to date by deltas of the same scope', () => {
    const some = { issuingDistributionPoint: { onlySomeReasons: [1, 2, 3] } };
    const rest = { issuingDistributionPoint: { onlySomeReasons: [4, 5, 6, 7, 8] } };
    const delta = { ...some, deltaCRLIndicator: 1, crlNumber: 2 };
    expect(check([crl(some), crl(rest), crl(delta)]).status).toBe('good');
    expect(check([crl(some), crl(rest), crl({ ...delta, entries: [listed] })]).status).toBe('revoked');
  });

  it('a plain CRL beside one for some reasons needs no warning', () => {
    expect(check([scope({ onlySomeReasons: [1] }), crl()]).findings).toEqual([]);
  });

  it('a key identifier that names another key revokes, but does not clear, as OpenSSL passes over it', () => {
    const odd = { aki: Uint8Array.of(1, 2, 3) };
    expect(check([crl({ ...odd, entries: [listed] })]).status).toBe('revoked');
    const result = check([crl(odd)]);
    expect([result.status, outcomes(result)]).toEqual(['unknown', ['key-identifier-mismatch']]);
    expect(result.findings[0]?.params.found).toBe('010203');
  });
});
