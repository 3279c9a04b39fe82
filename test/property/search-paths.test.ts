/**
 * The search for a path in meshes (test/support/meshes.ts): a certificate is accepted if and only if one of all the ways up,
 * tried one after the other, is good; and by the profile `security-pack` where OpenSSL accepts it.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { validatePath } from '../../src/path/validate-path.js';
import { verifyCertificate } from '../../src/verify.js';
import { compareWithOpenssl } from '../support/compare-openssl.js';
import {
  areSame,
  authority,
  entity,
  list,
  makeAuthority,
  makeCRLs,
  makeLeafUnder,
  makeList,
  mesh,
  meshAt as at,
  type Authority,
  type Entity,
} from '../support/meshes.js';
import { opensslVerify } from '../support/openssl-verify.js';
import { makeScratch } from '../support/scratch.js';

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
      const result = validatePath({ certificate: makeLeafUnder(issuer), pool }, { trustAnchors, at });
      expect(result.ok).toBe([...waysUp(issuer, all)].some(isGood));
      expect(result.findings.some(({ severity }) => severity === 'error')).toBe(!result.ok);
    }),
    { numRuns: 1000 },
  );
});

it('passes over a path with a revoked CA where there is another', () => {
  fc.assert(
    fc.property(mesh, authority, entity, (some, root, issuer) => {
      const all = [...some, { ...root, issuer: root.subject, isTrusted: true }].map((each) => {
        return { ...each, lacksCRLSign: false };
      });
      const intermediates = all.map(makeAuthority);
      const trustAnchors = intermediates.filter((_, position) => all[position]?.isTrusted);
      const crls = makeCRLs(all, intermediates);
      const result = verifyCertificate({ certificate: makeLeafUnder(issuer), intermediates, trustAnchors, crls, at });
      expect(result.ok).toBe([...waysUp(issuer, all)].some((way) => isGood(way) && !isRevokedBelow(way)));
    }),
    { numRuns: 400 },
  );
});

it.skipIf(!opensslVerify.available)(
  `says of the profile security-pack what OpenSSL says, down to the error${opensslVerify.skipReason}`,
  () => {
    const { directory } = makeScratch();
    fc.assert(
      fc.property(mesh, entity, fc.boolean(), (all, issuer, withCRLs) => {
        const certificates = all.map(makeAuthority);
        const isTrusted = certificates.map((_, position) => all[position]?.isTrusted);
        const [comparison] = compareWithOpenssl(directory, {
          targets: [makeLeafUnder(issuer).der],
          trusted: certificates.filter((_, position) => isTrusted[position]).map(({ der }) => der),
          pool: certificates.filter((_, position) => !isTrusted[position]).map(({ der }) => der),
          at,
          crls: withCRLs ? makeCRLs(all, certificates) : [],
          revocation: withCRLs ? 'chain' : 'off',
        });
        expect(comparison?.predicted).toBe(comparison?.observed);
      }),
      { numRuns: 400 },
    );
  },
);

it.skipIf(!opensslVerify.available)(
  `says so of CRLs of any kind below such a root, too${opensslVerify.skipReason}`,
  () => {
    const { directory } = makeScratch();
    const plain = { isCA: true, isExpired: false, pathLen: undefined, permitted: undefined };
    const lists = fc.array(list, { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(mesh, authority, fc.boolean(), lists, (some, root, isDirect, all) => {
        const below = some.map((each) => ({ ...each, ...plain }));
        const cas = [...below, { ...root, ...plain, issuer: root.subject, isTrusted: true }];
        const authorities = cas.map((each) => ({ ...each, certificate: makeAuthority(each) }));
        const issuer = isDirect ? root.subject : (some[0]?.subject ?? root.subject);
        const leaf = { issuer, certificate: makeLeafUnder(issuer) };
        const ders = (isTrusted: boolean): Uint8Array[] =>
          authorities.filter((each) => each.isTrusted === isTrusted).map(({ certificate }) => certificate.der);
        const [comparison] = compareWithOpenssl(directory, {
          targets: [leaf.certificate.der],
          trusted: ders(true),
          pool: ders(false),
          at,
          crls: all.map((each) => makeList(each, [...authorities, leaf])),
          revocation: 'chain',
        });
        expect(comparison?.predicted).toBe(comparison?.observed);
      }),
      { numRuns: 600 },
    );
  },
);
