/**
 * The search for a path in meshes that nobody would build: three CA names and three keys that sign each other as they like,
 * self-issued, expired and revoked ones, path lengths and name constraints. A certificate is accepted if and only if one
 * of all the ways up, tried one after the other, is good.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { validatePath } from '../../src/path/validate-path.js';
import { verifyCertificate } from '../../src/verify.js';
import type { Certificate } from '../../src/x509/certificate.js';
import { asCertificate } from '../support/parsed.js';
import { issueCertificate, makeCRL, makeKeyPair, type Holder } from '../support/pki.js';

const at = new Date('2030-01-01T00:00:00Z');
const three = [0, 1, 2] as const;
const keys = three.map((number) => makeKeyPair('p256', `mesh ${number}`));

const oneIn = (times: number): fc.Arbitrary<boolean> => fc.nat({ max: times - 1 }).map((each) => each === 0);
const entity = fc.record({ name: fc.constantFrom(...three), key: fc.constantFrom(...three) });
const authority = fc.record({
  subject: entity,
  issuer: entity,
  isCA: oneIn(10).map((is) => !is),
  isExpired: oneIn(10),
  isRevoked: oneIn(4),
  isTrusted: oneIn(4),
  pathLen: fc.constantFrom(undefined, undefined, 0, 1),
  permitted: fc.constantFrom(undefined, undefined, undefined, 'example.com', 'example.org'),
});
const mesh = fc.array(authority, { minLength: 3, maxLength: 12 });
type Entity = typeof entity extends fc.Arbitrary<infer T> ? T : never;
type Authority = typeof authority extends fc.Arbitrary<infer T> ? T : never;

const holder = ({ name, key }: Entity): Pick<Holder, 'subject' | 'key'> => ({
  subject: `CN=CA ${name}`,
  key: keys[key] ?? makeKeyPair(),
});

function makeAuthority({ subject, issuer, isCA, isExpired, pathLen, permitted }: Authority): Certificate {
  const { certificate } = issueCertificate(holder(issuer), {
    ...holder(subject),
    ca: isCA,
    aki: true,
    ...(isCA ? pathLen !== undefined && { pathLen } : { keyUsage: ['digitalSignature'] }),
    ...(isExpired && { notAfter: new Date('2026-01-01') }),
    ...(isCA && permitted !== undefined && { nameConstraints: { permitted: [permitted] } }),
  });
  return asCertificate(certificate);
}

const makeLeaf = (issuer: Entity): Certificate =>
  asCertificate(
    issueCertificate(holder(issuer), {
      subject: 'CN=sip.example.com',
      san: ['sip.example.com'],
      keyUsage: ['digitalSignature'],
      key: makeKeyPair('p256', 'leaf'),
    }).certificate,
  );

const areSame = (a: Entity, b: Entity): boolean => a.name === b.name && a.key === b.key;

/** All ways up from an entity to an anchor, no certificate twice. */
function* waysUp(from: Entity, all: readonly Authority[], path: readonly Authority[] = []): Generator<Authority[]> {
  for (const above of all) {
    if (!areSame(above.subject, from) || path.includes(above)) continue;
    const longer = [...path, above];
    if (above.isTrusted) yield longer;
    yield* waysUp(above.issuer, all, longer);
  }
}

/** RFC 5280 6.1 as far as these certificates go; the anchor is held to what it says of itself. */
function isGood(way: readonly Authority[]): boolean {
  const [anchor, ...below] = way.toReversed();
  if (way.some(({ isCA, isExpired, permitted }) => !isCA || isExpired || permitted === 'example.org')) return false;
  let left = anchor?.pathLen ?? Infinity;
  return below.every(({ subject, issuer, pathLen = Infinity }) => {
    const isFit = subject.name === issuer.name || left-- > 0;
    left = Math.min(left, pathLen);
    return isFit;
  });
}

const isRevokedBelow = (way: readonly Authority[]): boolean => way.some((each) => each.isRevoked && !each.isTrusted);

it('finds a good path where there is one, and no other', () => {
  fc.assert(
    fc.property(mesh, entity, (all, issuer) => {
      const pool = all.map(makeAuthority);
      const trustAnchors = pool.filter((_, position) => all[position]?.isTrusted);
      const result = validatePath({ certificate: makeLeaf(issuer), pool }, { trustAnchors, at });
      expect(result.ok).toBe([...waysUp(issuer, all)].some(isGood));
      expect(result.findings.some(({ severity }) => severity === 'error')).toBe(!result.ok);
    }),
    { numRuns: 1000 },
  );
});

it('passes over a path with a revoked CA where there is another', () => {
  fc.assert(
    fc.property(mesh, entity, entity, (some, root, issuer) => {
      const all = [
        ...some,
        ...some.slice(0, 1).map((each) => ({ ...each, subject: root, issuer: root, isTrusted: true })),
      ];
      const intermediates = all.map(makeAuthority);
      const trustAnchors = intermediates.filter((_, position) => all[position]?.isTrusted);
      const crls = three.flatMap((name) =>
        three.map((key) => {
          const isListed = (each: Authority | undefined): boolean =>
            each !== undefined && each.isRevoked && !each.isTrusted && areSame(each.issuer, { name, key });
          const listed = intermediates.filter((_, position) => isListed(all[position]));
          const { subject, key: issuerKey } = holder({ name, key });
          return makeCRL({
            issuer: subject,
            issuerKey,
            thisUpdate: new Date('2029-12-01'),
            nextUpdate: new Date('2030-02-01'),
            entries: listed.map(({ tbsCertificate: { serialNumber } }) => ({ serialNumber })),
          });
        }),
      );
      const result = verifyCertificate({ certificate: makeLeaf(issuer), intermediates, trustAnchors, crls, at });
      expect(result.ok).toBe([...waysUp(issuer, all)].some((way) => isGood(way) && !isRevokedBelow(way)));
    }),
    { numRuns: 400 },
  );
});
