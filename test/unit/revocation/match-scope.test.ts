import { describe, expect, it } from 'vitest';
import { matchScope, relateIssuers, type CRLRelation } from '../../../src/revocation/match-scope.js';
import { missingReasons } from '../../../src/revocation/reasons.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import type { TBSCertList } from '../../../src/x509/crl.js';
import { tlv } from '../../support/der.js';
import {
  makeIssuerAltName,
  type DistributionPointInput,
  type IssuingDistributionPointInput,
} from '../../support/extensions.js';
import type { CRLOptions } from '../../support/pki.js';
import { crl, issue } from '../../support/revocation.js';

const url = 'URI:http://crl.fly.example.com/1.crl';
const others = 'dirName:CN=CRL Issuer,O=Fly';

const listOf = (scope?: IssuingDistributionPointInput, options: Partial<CRLOptions> = {}): TBSCertList =>
  crl({ ...(scope && { issuingDistributionPoint: scope }), ...options }).tbsCertList;
const withPoints = (...distributionPoints: DistributionPointInput[]): Certificate => issue({ distributionPoints });

/** The reasons that are not covered, or why nothing is. */
function match(
  scope: IssuingDistributionPointInput | undefined,
  certificate: Certificate,
  options: Partial<CRLOptions> = {},
): string | readonly string[] {
  const list = listOf(scope, options);
  const found = matchScope(list, certificate, relateIssuers(list, certificate));
  if (found.covers) return missingReasons(found.reasons);
  const { code, params } = found.objection;
  return 'scope' in params ? params.scope : code;
}

describe('relateIssuers: RFC 5280 6.3.3 step (b)(1)', () => {
  it.each<[string, Certificate, Partial<CRLOptions>, CRLRelation]>([
    ['the issuer of the certificate', issue(), {}, 'own'],
    ['the same name in other letters', issue(), { issuer: 'CN=ISSUING  ca 1' }, 'own'],
    ['somebody else', issue(), { issuer: 'CN=CRL Issuer,O=Fly' }, 'none'],
    ['a cRLIssuer', withPoints({ cRLIssuer: [others] }), { issuer: 'CN=CRL Issuer,O=Fly' }, 'delegated'],
    [
      'the second of two',
      withPoints({ cRLIssuer: ['dirName:CN=A', others] }),
      { issuer: 'CN=CRL Issuer,O=Fly' },
      'delegated',
    ],
    ['a cRLIssuer that is no directory name', withPoints({ cRLIssuer: ['DNS:fly'] }), { issuer: 'CN=fly' }, 'none'],
    ['the issuer, although there is a cRLIssuer', withPoints({ cRLIssuer: [others] }), {}, 'own'],
  ])('%s', (_, certificate, options, relation) => {
    expect(relateIssuers(listOf(undefined, options), certificate)).toBe(relation);
  });
});

describe('matchScope: names of distribution points', () => {
  const relative = { nameRelativeToCRLIssuer: 'CN=crl 1' };
  const whole = { fullName: ['dirName:CN=Issuing CA 1,CN=CRL 1'] };

  it.each<[string, IssuingDistributionPointInput, DistributionPointInput]>([
    ['full and full', whole, whole],
    ['full in the CRL, relative in the certificate', whole, relative],
    ['relative in the CRL, full in the certificate', relative, whole],
    ['relative and relative', relative, relative],
    ['one of several', { fullName: ['URI:ldap://x', url] }, { fullName: ['URI:http://y', url] }],
  ])('%s match', (_, scope, point) => {
    expect(match(scope, withPoints({ fullName: ['URI:http://elsewhere/'] }, point))).toEqual([]);
  });

  it.each<[string, IssuingDistributionPointInput, DistributionPointInput]>([
    ['another relative name', relative, { nameRelativeToCRLIssuer: 'CN=crl 2' }],
    ['a relative name as a whole one', relative, { fullName: ['dirName:CN=CRL 1'] }],
    ['the same text in another form', { fullName: ['DNS:crl.example.com'] }, { fullName: ['URI:crl.example.com'] }],
    ['a URI in other letters', { fullName: [url.toUpperCase()] }, { fullName: [url] }],
    ['another otherName', { fullName: ['UPN:a@b'] }, { fullName: ['UPN:a@c'] }],
    ['a point with reasons alone', whole, { reasons: [1] }],
  ])('%s do not match', (_, scope, point) => {
    expect(match(scope, withPoints(point))).toBe('distribution-point');
  });

  it.each(['UPN:a@b', 'RID:1.2.3', 'IP:192.0.2.1', 'email:crl@example.com'])('%s matches itself', (name) => {
    expect(match({ fullName: [name] }, withPoints({ fullName: [name] }))).toEqual([]);
  });

  it('x400Address compares by its octets', () => {
    const [a, b] = [1, 2].map((octet) => tlv(0xa3, tlv(0x04, Uint8Array.of(octet)))) as [Uint8Array, Uint8Array];
    expect(match({ fullName: [a] }, withPoints({ fullName: [a] }))).toEqual([]);
    expect(match({ fullName: [a] }, withPoints({ fullName: [b] }))).toBe('distribution-point');
  });

  it('a CRL without distribution point covers certificates whatever theirs', () => {
    expect(match(undefined, withPoints({ fullName: [url] }))).toEqual([]);
  });

  it('a CRL with a distribution point does not cover a certificate without', () => {
    expect(match({ fullName: [url] }, issue())).toBe('distribution-point');
  });

  it('the name of the issuer is a distribution point that RFC 5280 assumes', () => {
    const list = listOf({ fullName: ['dirName:CN=Issuing CA 1'] });
    expect(matchScope(list, issue(), 'own')).toMatchObject({ covers: true, byIssuerName: true });
    const named = withPoints({ fullName: ['dirName:CN=Issuing CA 1'] });
    expect(matchScope(list, named, 'own')).toMatchObject({ covers: true, byIssuerName: false });
  });

  it('so are its alternative names', () => {
    const certificate = issue({ extensions: [makeIssuerAltName([url])] });
    expect(match({ fullName: [url] }, certificate)).toEqual([]);
  });
});

describe('matchScope: cRLIssuer', () => {
  const indirect = { indirectCRL: true };
  const byOthers = { issuer: 'CN=CRL Issuer,O=Fly' };

  it('the CRL of a cRLIssuer must say that it is indirect', () => {
    expect(match(indirect, withPoints({ cRLIssuer: [others] }), byOthers)).toEqual([]);
    expect(match(undefined, withPoints({ cRLIssuer: [others] }), byOthers)).toBe('not-indirect');
    expect(match({ fullName: [url] }, withPoints({ fullName: [url], cRLIssuer: [others] }), byOthers)).toBe(
      'not-indirect',
    );
  });

  it('its distribution point must be that of the same entry', () => {
    const certificate = withPoints({ fullName: [url] }, { fullName: ['URI:http://2'], cRLIssuer: [others] });
    expect(match({ ...indirect, fullName: ['URI:http://2'] }, certificate, byOthers)).toEqual([]);
    expect(match({ ...indirect, fullName: [url] }, certificate, byOthers)).toBe('distribution-point');
  });

  it('without a distribution point in the certificate the cRLIssuer stands for it', () => {
    const certificate = withPoints({ cRLIssuer: [others] });
    expect(match({ ...indirect, fullName: [others] }, certificate, byOthers)).toEqual([]);
    expect(match({ ...indirect, fullName: [url] }, certificate, byOthers)).toBe('distribution-point');
  });

  it('a relative name is relative to the cRLIssuer', () => {
    const point = { nameRelativeToCRLIssuer: 'CN=crl 1', cRLIssuer: [others] };
    const scope = { ...indirect, fullName: ['dirName:CN=CRL Issuer,O=Fly,CN=CRL 1'] };
    expect(match(scope, withPoints(point), byOthers)).toEqual([]);
  });

  it('relative to several cRLIssuers is relative to none', () => {
    const point = { nameRelativeToCRLIssuer: 'CN=crl 1', cRLIssuer: ['dirName:CN=A', others] };
    expect(match({ ...indirect, nameRelativeToCRLIssuer: 'CN=crl 1' }, withPoints(point), byOthers)).toBe(
      'distribution-point',
    );
  });

  it('the CRL of the issuer does not serve a distribution point that is left to others', () => {
    const certificate = withPoints({ fullName: [url], cRLIssuer: [others] });
    const list = listOf({ fullName: [url] });
    expect(matchScope(list, certificate, 'own')).toMatchObject({
      covers: false,
      objection: { code: 'out-of-scope', params: { scope: 'left-to-others', points: ['O=Fly,CN=CRL Issuer'] } },
    });
    expect(match(undefined, certificate)).toEqual([]);
  });

  it('the issuer as its own cRLIssuer must be indirect, too', () => {
    const certificate = withPoints({ fullName: [url], cRLIssuer: ['dirName:CN=Issuing CA 1'] });
    expect(match({ ...indirect, fullName: [url] }, certificate)).toEqual([]);
    expect(match({ fullName: [url] }, certificate)).toBe('left-to-others');
  });
});

describe('matchScope: reasons, RFC 5280 6.3.3 step (d)', () => {
  const all = missingReasons(new Set());
  const without = (...covered: string[]): string[] => all.filter((reason) => !covered.includes(reason));

  it.each<[string, IssuingDistributionPointInput, DistributionPointInput[], readonly string[]]>([
    ['neither names any', { fullName: [url] }, [{ fullName: [url] }], []],
    ['the CRL', { onlySomeReasons: [1, 2] }, [], without('keyCompromise', 'cACompromise')],
    ['the point', { fullName: [url] }, [{ fullName: [url], reasons: [1] }], without('keyCompromise')],
    [
      'both',
      { fullName: [url], onlySomeReasons: [1, 2] },
      [{ fullName: [url], reasons: [2, 3] }],
      without('cACompromise'),
    ],
    [
      'both, and have none in common',
      { fullName: [url], onlySomeReasons: [1] },
      [{ fullName: [url], reasons: [3] }],
      all,
    ],
    [
      'two points, which add up',
      { fullName: [url] },
      [
        { fullName: [url], reasons: [1, 2, 3, 4] },
        { fullName: [url], reasons: [5, 6, 7, 8] },
      ],
      [],
    ],
    ['the unused bit, which is no reason', { onlySomeReasons: [0, 1] }, [], without('keyCompromise')],
    ['all but the unused bit', { onlySomeReasons: [1, 2, 3, 4, 5, 6, 7, 8] }, [], []],
    ['no bit at all', { onlySomeReasons: [] }, [], all],
  ])('%s', (_, scope, points, missing) => {
    expect(match(scope, points.length > 0 ? withPoints(...points) : issue())).toEqual(missing);
  });

  it('reasons of a point that the CRL does not need do not bind it', () => {
    expect(match(undefined, withPoints({ fullName: [url], reasons: [1] }))).toEqual([]);
  });
});

describe('matchScope: kinds of certificates', () => {
  it.each<[IssuingDistributionPointInput, Certificate, string | readonly string[]]>([
    [{ onlyContainsUserCerts: true }, issue(), []],
    [{ onlyContainsUserCerts: true }, issue({ ca: false }), []],
    [{ onlyContainsUserCerts: true }, issue({ ca: true }), 'user-certificates'],
    [{ onlyContainsCACerts: true }, issue({ ca: true }), []],
    [{ onlyContainsCACerts: true }, issue(), 'ca-certificates'],
    [{ onlyContainsAttributeCerts: true }, issue(), 'attribute-certificates'],
    [{ onlyContainsUserCerts: true, onlyContainsCACerts: true }, issue(), 'ca-certificates'],
    [{ onlyContainsUserCerts: true, onlyContainsCACerts: true }, issue({ ca: true }), 'user-certificates'],
  ])('%j', (scope, certificate, expected) => {
    expect(match(scope, certificate)).toEqual(expected);
  });
});
