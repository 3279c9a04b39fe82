/**
 * Meshes of CAs that nobody would build: three names and three keys that sign each other as they like, self-issued,
 * expired and revoked ones, path lengths and name constraints, with and without key identifiers.
 */
import fc from 'fast-check';
import type { Certificate } from '../../src/x509/certificate.js';
import { asCertificate } from './parsed.js';
import { issueCertificate, makeCRL, makeKeyPair, type Holder } from './pki.js';

/** Everything is judged by it. */
export const meshAt = new Date('2030-01-01T00:00:00Z');

const three = [0, 1, 2] as const;
const keys = three.map((number) => makeKeyPair('p256', `mesh ${number}`));

const oneIn = (times: number): fc.Arbitrary<boolean> => fc.nat({ max: times - 1 }).map((each) => each === 0);

/** A CA: certificates of one name and key are good for the same signatures. */
export const entity = fc.record({ name: fc.constantFrom(...three), key: fc.constantFrom(...three) });
export type Entity = typeof entity extends fc.Arbitrary<infer T> ? T : never;

/** One certificate of a CA. */
export const authority = fc.record({
  subject: entity,
  issuer: entity,
  isCA: oneIn(10).map((is) => !is),
  isExpired: oneIn(10),
  isRevoked: oneIn(4),
  isTrusted: oneIn(4),
  lacksKeyIdentifiers: oneIn(3),
  lacksCRLSign: oneIn(8),
  pathLen: fc.constantFrom(undefined, undefined, 0, 1),
  permitted: fc.constantFrom(undefined, undefined, undefined, 'example.com', 'example.org'),
});
export type Authority = typeof authority extends fc.Arbitrary<infer T> ? T : never;

export const mesh = fc.array(authority, { minLength: 3, maxLength: 12 });

export const areSame = (a: Entity, b: Entity): boolean => a.name === b.name && a.key === b.key;

const holder = ({ name, key }: Entity): Pick<Holder, 'subject' | 'key'> => ({
  subject: `CN=CA ${name}`,
  key: keys[key] ?? makeKeyPair(),
});

export function makeAuthority(each: Authority): Certificate {
  const { subject, issuer, isCA, isExpired, lacksKeyIdentifiers, lacksCRLSign, pathLen, permitted } = each;
  const { certificate } = issueCertificate(holder(issuer), {
    ...holder(subject),
    ca: isCA,
    aki: !lacksKeyIdentifiers,
    ski: !lacksKeyIdentifiers,
    keyUsage: isCA ? ['keyCertSign', ...(lacksCRLSign ? [] : ['cRLSign' as const])] : ['digitalSignature'],
    ...(isCA && pathLen !== undefined && { pathLen }),
    ...(isExpired && { notAfter: new Date('2026-01-01') }),
    ...(isCA && permitted !== undefined && { nameConstraints: { permitted: [permitted] } }),
  });
  return asCertificate(certificate);
}

/** Of sip.example.com. */
export const makeLeafUnder = (issuer: Entity): Certificate =>
  asCertificate(
    issueCertificate(holder(issuer), {
      subject: 'CN=sip.example.com',
      san: ['sip.example.com'],
      keyUsage: ['digitalSignature'],
      key: makeKeyPair('p256', 'leaf'),
    }).certificate,
  );

/** Any CRL that such a CA may have put out. */
export const list = fc.record({
  issuer: entity,
  validity: fc.constantFrom('current', 'current', 'current', 'stale', 'future'),
  lists: fc.constantFrom('nothing', 'nothing', 'all', 'certificateHold', 'removeFromCRL'),
  isBroken: oneIn(10),
  lacksKeyIdentifier: fc.boolean(),
  crlNumber: fc.constantFrom(1, 2, 3, null),
  isDelta: oneIn(4),
  day: fc.nat({ max: 3 }),
  issuingDistributionPoint: fc.constantFrom(
    undefined,
    undefined,
    undefined,
    { onlyContainsUserCerts: true },
    { onlyContainsCACerts: true },
    { onlySomeReasons: [1] },
    { fullName: ['URI:http://crl.example.com/a.crl'] },
  ),
});
export type List = typeof list extends fc.Arbitrary<infer T> ? T : never;

/** @param issued what each CA has issued, which the CRL lists or not. */
export function makeList(each: List, issued: readonly { issuer: Entity; certificate: Certificate }[]): Uint8Array {
  const { issuer, validity, lists, isBroken, lacksKeyIdentifier, crlNumber, isDelta, day } = each;
  const { subject, key } = holder(issuer);
  const own = lists === 'nothing' ? [] : issued.filter((other) => areSame(other.issuer, issuer));
  return makeCRL({
    issuer: subject,
    issuerKey: key,
    aki: !lacksKeyIdentifier,
    crlNumber,
    ...(isDelta && { deltaCRLIndicator: 1 }),
    ...(each.issuingDistributionPoint && { issuingDistributionPoint: each.issuingDistributionPoint }),
    ...(isBroken && { signature: 'broken' as const }),
    thisUpdate: new Date(Date.UTC(validity === 'future' ? 2031 : 2029, 5, 1 + day)),
    nextUpdate: new Date(Date.UTC(validity === 'stale' ? 2029 : 2032, 8, 1 + day)),
    entries: own.map(({ certificate: { tbsCertificate } }) => ({
      serialNumber: tbsCertificate.serialNumber,
      ...(lists !== 'nothing' && lists !== 'all' && { reason: lists }),
    })),
  });
}

/** A current CRL of every CA that there may be; anchors are listed by none. */
export function makeCRLs(all: readonly Authority[], certificates: readonly Certificate[]): Uint8Array[] {
  const issued = certificates.flatMap((certificate, position) => {
    const each = all[position];
    return each?.isRevoked && !each.isTrusted ? [{ issuer: each.issuer, certificate }] : [];
  });
  const current = { validity: 'current', lists: 'all', crlNumber: 1, isDelta: false, day: 0 } as const;
  const sound = { isBroken: false, lacksKeyIdentifier: false, issuingDistributionPoint: undefined };
  const entities = three.flatMap((name) => three.map((key) => ({ name, key })));
  return entities.map((issuer) => makeList({ issuer, ...current, ...sound }, issued));
}
