import { describe, expect, it } from 'vitest';
import { judgePeer } from '../../../src/bundle/judge-peer.js';
import { separateMalformed } from '../../../src/chain/pile.js';
import { toPEM } from '../../support/der.js';
import { openssl, runOpenSSL } from '../../support/openssl.js';
import { asCertificates } from '../../support/parsed.js';
import { issueCertificate, makeKeyPair, type Holder } from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';

const at = new Date('2026-11-21T00:00:00Z');
const expired = { notBefore: new Date('2025-01-01'), notAfter: new Date('2026-01-01') };
const longer = { notAfter: new Date('2048-01-01') };

type Options = Partial<Parameters<typeof issueCertificate>[1]>;
const ca = (issuer: Holder | undefined, subject: string, options: Options = {}): Holder =>
  issueCertificate(issuer, { subject, ca: true, ...options });

/** Roots and intermediates with their renewals, cross-signs and impostors. */
function makeMesh(): { cas: readonly Holder[]; leaves: readonly Holder[] } {
  const root1 = ca(undefined, 'CN=Root 1');
  const root2 = ca(undefined, 'CN=Root 2');
  const upper = ca(root1, 'CN=Upper');
  const lower = ca(upper, 'CN=Lower');
  const bare = ca(root2, 'CN=Bare', { ski: false, aki: false });
  const rsaRoot = ca(undefined, 'CN=Root 2', { key: makeKeyPair('rsa2048', 'mesh'), ski: false });
  const cas = [
    root1,
    root2,
    upper,
    lower,
    bare,
    rsaRoot,
    ca(undefined, 'CN=Root 1', { key: root1.key, ...expired }),
    ca(undefined, 'CN=Root 1', { key: root1.key, ...longer }),
    ca(undefined, 'CN=Root 1', { key: root1.key, pathLen: 0 }),
    ca(root1, 'CN=Upper', { key: upper.key, pathLen: 0 }),
    ca(undefined, 'CN=Root 1'),
    ca(undefined, 'CN=Root 2', { ski: false }),
    ca(root2, 'CN=Root 1', { key: root1.key }),
    ca(root1, 'CN=Root 2', { key: root2.key }),
    ca(root1, 'CN=Upper', { key: upper.key, ...expired }),
    ca(root2, 'CN=Upper', { key: upper.key }),
    ca(root1, 'CN=Upper'),
    ca(upper, 'CN=Lower', { key: lower.key, ...expired }),
    ca(upper, 'CN=Lower', { ski: false }),
    ca(root2, 'CN=Bare', { key: bare.key, ski: false, aki: false, ...expired }),
    ca(root2, 'CN=Bare', { ski: false, aki: false }),
  ];
  const leaf = (issuer: Holder, name: string, options: Options = {}): Holder =>
    issueCertificate(issuer, { subject: `CN=${name}`, ...options });
  const leaves = [
    leaf(upper, 'below-upper'),
    leaf(lower, 'below-lower'),
    leaf(lower, 'below-lower-without-aki', { aki: false }),
    leaf(bare, 'below-bare', { aki: false }),
    leaf(root1, 'below-root-1'),
    leaf(root2, 'below-root-2', { aki: false }),
    leaf(upper, 'expired', expired),
    issueCertificate(undefined, { subject: 'CN=self-signed' }),
  ];
  return { cas, leaves };
}

/** A small generator with a seed (mulberry32): the same cases each time. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const toFile = (holders: readonly Holder[]): string => holders.map(({ certificate }) => toPEM(certificate)).join('');

describe('judgePeer', () => {
  const { cas, leaves } = makeMesh();
  const [root] = cas as [Holder];
  const isTrusted = (leaf: Holder, sent: readonly Holder[], bundle: readonly Holder[]): boolean | undefined => {
    const members = separateMalformed(asCertificates(bundle, 'bundle.pem')).wellFormed;
    const { verdicts } = judgePeer(asCertificates([leaf, ...sent], 'peer.pem'), members, { at, name: 'bundle.pem' });
    return verdicts.find((verdict) => Buffer.compare(verdict.leaf.der, leaf.certificate) === 0)?.trusted;
  };

  it.skipIf(!openssl.installed).each([1, 2])(
    `trusts whom openssl verify trusts, in meshes of renewals, cross-signs and impostors, seed %i${openssl.skipReason}`,
    (seed) => {
      const random = makeRandom(seed);
      const pickOne = (holders: readonly Holder[]): Holder[] => holders.slice(random(holders.length)).slice(0, 1);
      const pick = (most: number): Holder[] => [
        ...new Set(Array.from({ length: random(most + 1) }, () => pickOne(cas)).flat()),
      ];
      const scratch = makeScratch();
      const seen = { true: 0, false: 0 };
      for (let round = 0; round < 60; round++) {
        const [leaf = root] = pickOne(leaves);
        const [sent, bundle] = [pick(6), pick(14)];
        if (random(8) === 0) bundle.push(leaf);
        const args = [
          ...['verify', '-attime', String(at.getTime() / 1000)],
          ...['-CAfile', scratch.write('bundle.pem', toFile(bundle)), '-no-CApath', '-no-CAstore'],
          ...['-untrusted', scratch.write('sent.pem', toFile(sent)), scratch.write('leaf.pem', toFile([leaf]))],
        ];
        // An empty -CAfile or -untrusted is an error of its own.
        if (bundle.length === 0 || sent.length === 0) continue;
        const { status, stdout, stderr } = runOpenSSL(args);
        const expected = status === 0;
        seen[`${expected}`]++;
        const names = (holders: readonly Holder[]): string => holders.map((holder) => cas.indexOf(holder)).join();
        const label = `round ${round}: bundle ${names(bundle)} sent ${names(sent)} leaf ${leaves.indexOf(leaf)}\n`;
        expect(`${label}${isTrusted(leaf, sent, bundle)}`, stdout + stderr).toBe(`${label}${expected}`);
      }
      expect(Math.min(seen.true, seen.false)).toBeGreaterThan(5);
    },
  );
});
