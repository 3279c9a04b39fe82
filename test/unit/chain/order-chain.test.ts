import { describe, expect, it } from 'vitest';
import { checkArrangement } from '../../../src/chain/check-arrangement.js';
import { orderChain, orderChains, type ChainResult } from '../../../src/chain/order-chain.js';
import { fingerprint } from '../../../src/crypto/fingerprint.js';
import { importPublicKey } from '../../../src/crypto/public-key.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import { shortName } from '../../../src/x509/name.js';
import { encodeCertificates } from '../../../src/report/certificates-pem.js';
import { asCertificate, asCertificates } from '../../support/parsed.js';
import { issueCertificate, makeChain, makeKeyPair } from '../../support/pki.js';

const at = new Date('2026-11-21T00:00:00Z');

function namesOf(certificates: readonly Certificate[]): string[] {
  return certificates.map(({ tbsCertificate }) => shortName(tbsCertificate.subject));
}

function codesOf({ findings }: ChainResult): string[] {
  return findings.map(({ code, subject }) => `${code} ${subject.name}`);
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, position) => permutations(items.toSpliced(position, 1)).map((rest) => [item, ...rest]));
}

const five = asCertificates(makeChain(5));
const root = issueCertificate(undefined, { subject: 'CN=Root CA', ca: true });
const issuing = issueCertificate(root, { subject: 'CN=Issuing CA', ca: true });
const server = issueCertificate(issuing, { subject: 'CN=server.example.com', san: ['server.example.com'] });

describe('orderChain', () => {
  it('gives the same bytes for each of the 120 orders of a five-certificate chain', () => {
    const expected = encodeCertificates(five);
    const orders = permutations(five);
    expect(orders).toHaveLength(120);
    for (const order of orders) {
      const result = orderChain(order, { at });
      expect(encodeCertificates(result.chain)).toBe(expected);
      expect(result.ok).toBe(true);
    }
  });

  it('says nothing about a chain that is arranged already', () => {
    const result = orderChain(five, { at });
    expect(result.findings).toEqual([]);
    expect(result.positions).toEqual([1, 2, 3, 4, 5]);
    expect(checkArrangement(result)).toEqual([]);
  });

  it('says where each certificate stood when it had to be moved', () => {
    const result = orderChain(five.toReversed(), { at });
    expect(result.positions).toEqual([5, 4, 3, 2, 1]);
    expect(codesOf(result)).toEqual(['chain/reordered CN=leaf.example.com']);
    expect(checkArrangement(result).map(({ code }) => code)).toEqual(['chain/not-arranged']);
  });

  it('names the issuer that is missing with its key identifier and where it is published', () => {
    const urls = ['http://pki.example.com/issuing.cer'];
    const leaf = issueCertificate(issuing, {
      subject: 'CN=leaf',
      authorityInfoAccess: { caIssuers: urls },
    });
    const result = orderChain([asCertificate(leaf.certificate)], { at });
    expect(codesOf(result)).toEqual(['chain/missing-issuer CN=leaf']);
    expect(result.findings[0]?.params).toEqual({
      issuer: 'CN=Issuing CA',
      keyIdentifier: Buffer.from(issuing.key.keyIdentifier).toString('hex'),
      urls,
    });
    expect(result.ok).toBe(false);
  });

  it('tells of a certificate that has the name of the issuer but another key', () => {
    const impostor = issueCertificate(root, { subject: 'CN=Issuing CA', ca: true });
    const result = orderChain(asCertificates([server, impostor, root]), { at });
    expect(codesOf(result)).toEqual([
      'chain/missing-issuer CN=server.example.com',
      'chain/near-miss CN=Issuing CA',
      'chain/unrelated CN=Issuing CA',
      'chain/unrelated CN=Root CA',
    ]);
    expect(result.ok).toBe(false);
  });

  it('takes the issuer with the right key where two bear one name', () => {
    const impostor = issueCertificate(root, { subject: 'CN=Issuing CA', ca: true });
    const pile = asCertificates([impostor, server, root, issuing]);
    const result = orderChain(pile, { at });
    expect(result.chain).toEqual([pile[1], pile[3], pile[2]]);
    expect(result.leftOut).toEqual([{ certificate: pile[0], reason: 'unrelated' }]);
  });

  it('leaves duplicates out and says of which certificate they are copies', () => {
    const pile = [...asCertificates([server, issuing, root]), asCertificate(issuing.certificate, 'again.pem', 7)];
    const result = orderChain(pile, { at });
    expect(codesOf(result)).toEqual(['chain/duplicate CN=Issuing CA']);
    expect(result.findings[0]?.origin).toEqual({ file: 'again.pem', line: 7 });
    expect(result.findings[0]?.params).toEqual({ first: 'CN=Issuing CA (pile.pem:21)' });
    expect(result.leftOut).toEqual([{ certificate: pile[3], reason: 'duplicate' }]);
  });

  it('accounts for every certificate given, in the chain or left out', () => {
    const other = asCertificates(makeChain(3), 'other.pem').slice(1);
    const pile = [...asCertificates([root, server, issuing, server]), ...other];
    const result = orderChain(pile, { at });
    expect(result.chain.length + result.leftOut.length).toBe(pile.length);
    expect(result.leftOut.map(({ reason }) => reason).sort()).toEqual(['duplicate', 'unrelated', 'unrelated']);
  });

  it('refuses to choose between two end entities and names both', () => {
    const second = issueCertificate(issuing, { subject: 'CN=second.example.com' });
    const result = orderChain(asCertificates([server, second, issuing, root]), { at });
    expect(codesOf(result)).toEqual(['chain/several-leaves the input']);
    expect(result.findings[0]?.params).toEqual({
      leaves: ['CN=server.example.com (pile.pem:1)', 'CN=second.example.com (pile.pem:21)'],
    });
    expect(result.chain).toEqual([]);
  });

  it('finds the end entity by the selector, by position, thumbprint or subject', () => {
    const second = issueCertificate(issuing, { subject: 'CN=second.example.com' });
    const pile = asCertificates([server, second, issuing, root]);
    const print = fingerprint(second.certificate, 'sha1').toUpperCase().match(/../g)?.join(':') ?? '';
    for (const leaf of ['#2', print, 'SECOND']) expect(orderChain(pile, { at, leaf }).leaf).toBe(pile[1]);
    expect(codesOf(orderChain(pile, { at, leaf: 'nobody' }))).toEqual(['chain/leaf-not-found --leaf']);
    expect(codesOf(orderChain(pile, { at, leaf: 'example.com' }))).toEqual(['chain/leaf-ambiguous --leaf']);
  });

  it('finds the end entity by its key', () => {
    const second = issueCertificate(issuing, { subject: 'CN=second.example.com' });
    const pile = asCertificates([server, second, issuing, root]);
    const keyOf = (publicKey: typeof server.key.publicKey) => ({
      name: 'server.key',
      matches: (certificate: Certificate) =>
        importPublicKey(certificate.tbsCertificate.subjectPublicKeyInfo)?.equals(publicKey) ?? false,
    });
    expect(orderChain(pile, { at, key: keyOf(second.key.publicKey) }).leaf).toBe(pile[1]);
    const stranger = orderChain(pile, { at, key: keyOf(makeKeyPair().publicKey) });
    expect(codesOf(stranger)).toEqual(['chain/key-matches-none server.key']);
    expect(stranger.chain).toEqual([]);
  });

  it('completes the chain from the pool and says what it added', () => {
    const result = orderChain(asCertificates([server]), { at, issuers: asCertificates([root, issuing], 'pool.pem') });
    expect(namesOf(result.chain)).toEqual(['CN=server.example.com', 'CN=Issuing CA', 'CN=Root CA']);
    expect(result.positions).toEqual([1, 0, 0]);
    expect(codesOf(result)).toEqual(['chain/completed CN=Issuing CA', 'chain/completed CN=Root CA']);
    expect(checkArrangement(result)[0]?.params).toEqual({ reason: 'CN=Issuing CA, CN=Root CA is not in the file' });
  });

  it('never arranges a certificate of the pool for its own sake', () => {
    const pool = asCertificates(makeChain(3), 'pool.pem');
    const result = orderChain(asCertificates([server, issuing, root]), { at, issuers: pool });
    expect(result.findings).toEqual([]);
    expect(result.leftOut).toEqual([]);
  });

  it('leaves the root out when asked, and says so', () => {
    const pile = asCertificates([root, issuing, server]);
    const result = orderChain(pile, { at, root: 'omit' });
    expect(namesOf(result.chain)).toEqual(['CN=server.example.com', 'CN=Issuing CA']);
    expect(result.leftOut).toEqual([{ certificate: pile[0], reason: 'root-omitted' }]);
    expect(codesOf(result)).toContain('chain/root-omitted CN=Root CA');
  });

  it('keeps a lone self-signed certificate although the root is to be left out', () => {
    expect(namesOf(orderChain(asCertificates([root]), { at, root: 'omit' }).chain)).toEqual(['CN=Root CA']);
  });

  it('reports expired and not yet valid members with both instants', () => {
    const old = issueCertificate(root, { subject: 'CN=Old CA', ca: true, notAfter: new Date('2026-01-01') });
    const early = issueCertificate(old, { subject: 'CN=early', notBefore: new Date('2027-01-01') });
    const result = orderChain(asCertificates([early, old, root]), { at });
    expect(codesOf(result)).toEqual(['certificate/not-yet-valid CN=early', 'certificate/expired CN=Old CA']);
    expect(result.findings[1]?.params).toEqual({ notAfter: '2026-01-01T00:00:00.000Z', at: at.toISOString() });
    expect(result.ok).toBe(false);
  });

  it('takes both bounds of a validity as inside it', () => {
    const bounds = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2026-02-01T00:00:00Z') };
    const pile = asCertificates([issueCertificate(undefined, { subject: 'CN=short', ...bounds })]);
    for (const instant of [bounds.notBefore, bounds.notAfter]) {
      expect(orderChain(pile, { at: instant }).findings).toEqual([]);
    }
    expect(orderChain(pile, { at: new Date('2026-02-01T00:00:01Z') }).ok).toBe(false);
    expect(orderChain(pile, { at: new Date('2025-12-31T23:59:59Z') }).ok).toBe(false);
  });

  it('refuses an issuer that is no CA, and one whose key usage forbids it', () => {
    const noCA = issueCertificate(root, { subject: 'CN=No CA', ca: false });
    const bare = issueCertificate(root, { subject: 'CN=Bare CA' });
    const noSigner = issueCertificate(root, { subject: 'CN=No Signer', ca: true, keyUsage: ['cRLSign'] });
    const underBy = (issuer: typeof noCA) =>
      orderChain(asCertificates([issueCertificate(issuer, { subject: 'CN=leaf' }), issuer, root]), { at });
    expect(codesOf(underBy(noCA))).toEqual(['chain/issuer-is-no-ca CN=No CA']);
    expect(codesOf(underBy(bare))).toEqual(['chain/issuer-is-no-ca CN=Bare CA']);
    expect(codesOf(underBy(noSigner))).toEqual(['chain/issuer-may-not-sign CN=No Signer']);
  });

  it('reports a signer that the key identifier does not name, which OpenSSL would not take', () => {
    const leaf = issueCertificate(issuing, { subject: 'CN=leaf', aki: Uint8Array.of(1, 2, 3) });
    const result = orderChain(asCertificates([leaf, issuing, root]), { at });
    expect(codesOf(result)).toEqual(['chain/key-identifier-mismatch CN=Issuing CA']);
    expect(result.findings[0]?.params.wanted).toBe('010203');
  });

  it('reports a signature that nobody can check', () => {
    const unknown = Uint8Array.from([0x30, 0x05, 0x06, 0x03, 0x2a, 0x03, 0x04]);
    const leaf = issueCertificate(issuing, { subject: 'CN=leaf', signatureAlgorithm: unknown });
    const result = orderChain(asCertificates([leaf, issuing, root]), { at });
    expect(codesOf(result)).toEqual(['chain/signature-not-checked CN=leaf']);
    expect(result.ok).toBe(false);
  });

  it('does not follow a signature that another key made', () => {
    const leaf = issueCertificate(issuing, { subject: 'CN=leaf', signature: 'broken' });
    const result = orderChain(asCertificates([leaf, issuing, root]), { at });
    expect(result.chain).toHaveLength(1);
    expect(codesOf(result)).toContain('chain/bad-signature CN=leaf');
    expect(result.findings[0]?.params).toEqual({ issuer: 'CN=Issuing CA (pile.pem:21)' });
  });

  it('counts the CAs below a path length constraint, self-issued ones apart', () => {
    const top = issueCertificate(undefined, { subject: 'CN=Top', ca: true, pathLen: 1 });
    const first = issueCertificate(top, { subject: 'CN=First', ca: true });
    const firstAgain = issueCertificate(first, { subject: 'CN=First', ca: true, aki: true });
    const second = issueCertificate(firstAgain, { subject: 'CN=Second', ca: true });
    const within = [issueCertificate(firstAgain, { subject: 'CN=leaf' }), firstAgain, first, top];
    expect(codesOf(orderChain(asCertificates(within), { at }))).toEqual([]);
    const beyond = [issueCertificate(second, { subject: 'CN=leaf' }), second, firstAgain, first, top];
    const result = orderChain(asCertificates(beyond), { at });
    expect(codesOf(result)).toEqual(['chain/path-too-long CN=Top']);
    expect(result.findings[0]?.params).toEqual({ allowed: 1, found: 2 });
  });

  it('warns of keys and signatures that OpenSSL refuses at security level 2', () => {
    const weak = issueCertificate(issuing, { subject: 'CN=weak', key: makeKeyPair('rsa1024', 'weak'), hash: 'sha1' });
    const result = orderChain(asCertificates([weak, issuing, root]), { at });
    expect(codesOf(result)).toEqual(['certificate/weak-key CN=weak', 'certificate/weak-signature CN=weak']);
    expect(result.ok).toBe(true);
  });

  it('keeps a certificate with an unreadable extension out of everything and names it', () => {
    const damaged = issueCertificate(root, {
      subject: 'CN=Damaged CA',
      extensions: [Uint8Array.from([0x30, 0x09, 0x06, 0x03, 0x55, 0x1d, 0x13, 0x04, 0x02, 0x30, 0x05])],
    });
    const pile = asCertificates([server, damaged, issuing, root]);
    const result = orderChain(pile, { at });
    expect(codesOf(result)).toEqual(['certificate/malformed-extension CN=Damaged CA']);
    expect(result.leftOut).toEqual([{ certificate: pile[1], reason: 'malformed' }]);
    expect(namesOf(result.chain)).toEqual(['CN=server.example.com', 'CN=Issuing CA', 'CN=Root CA']);
  });

  it('takes the lowest CA for the end entity where nothing else is there', () => {
    expect(namesOf(orderChain(asCertificates([root, issuing]), { at }).chain)).toEqual(['CN=Issuing CA', 'CN=Root CA']);
  });

  it('says that there is nothing to arrange', () => {
    expect(codesOf(orderChain([], { at }))).toEqual(['chain/no-certificates the input']);
    expect(codesOf(orderChains([], { at })[0] ?? orderChain([], { at }))).toEqual(['chain/no-certificates the input']);
  });

  it('wants the root among the trusted ones where some are given', () => {
    const pile = asCertificates([server, issuing, root]);
    const stranger = asCertificates([issueCertificate(undefined, { subject: 'CN=Stranger', ca: true })]);
    expect(codesOf(orderChain(pile, { at, trusted: stranger }))).toEqual(['chain/root-not-trusted CN=Root CA']);
    expect(orderChain(pile, { at, trusted: [...stranger, ...asCertificates([root])] }).ok).toBe(true);
  });
});

describe('orderChain with several paths', () => {
  const otherRoot = issueCertificate(undefined, {
    subject: 'CN=Other Root',
    ca: true,
    notAfter: new Date('2050-01-01'),
  });
  const crossed = issueCertificate(otherRoot, { subject: 'CN=Issuing CA', ca: true, key: issuing.key });

  it('takes the path that is valid longest and counts the others', () => {
    const long = issueCertificate(issuing, { subject: 'CN=long', notAfter: new Date('2049-01-01') });
    const lasting = issueCertificate(otherRoot, {
      subject: 'CN=Issuing CA',
      ca: true,
      key: issuing.key,
      notAfter: new Date('2049-06-01'),
    });
    const result = orderChain(asCertificates([long, issuing, lasting, root, otherRoot]), { at });
    expect(namesOf(result.chain)).toEqual(['CN=long', 'CN=Issuing CA', 'CN=Other Root']);
    expect(result.paths.map(({ endsFirst }) => shortName(endsFirst.tbsCertificate.subject))).toEqual([
      'CN=long',
      'CN=Issuing CA',
    ]);
    expect(codesOf(result)).toContain('chain/several-paths CN=long');
    expect(result.leftOut.map(({ reason }) => reason)).toEqual(['on-another-path', 'on-another-path']);
  });

  it('takes the trusted root before all else', () => {
    const pile = asCertificates([server, issuing, crossed, root, otherRoot]);
    for (const [trusted, name] of [
      [root, 'CN=Root CA'],
      [otherRoot, 'CN=Other Root'],
    ] as const) {
      const result = orderChain(pile, { at, trusted: asCertificates([trusted]) });
      expect(namesOf(result.chain).at(-1)).toBe(name);
      expect(result.ok).toBe(true);
    }
  });

  it('takes a path that is valid now before one that ends later but is not', () => {
    const future = issueCertificate(otherRoot, {
      subject: 'CN=Issuing CA',
      ca: true,
      key: issuing.key,
      notBefore: new Date('2027-01-01'),
      notAfter: new Date('2049-01-01'),
    });
    const result = orderChain(asCertificates([server, future, issuing, root, otherRoot]), { at });
    expect(namesOf(result.chain).at(-1)).toBe('CN=Root CA');
    expect(result.ok).toBe(true);
  });

  it('chooses the same path whatever the order of the input', () => {
    const pile = asCertificates([server, issuing, crossed, root, otherRoot]);
    const chains = permutations(pile).map((order) => encodeCertificates(orderChain(order, { at }).chain));
    expect(new Set(chains).size).toBe(1);
  });

  it('is not led in circles by CAs that sign each other', () => {
    const a = issueCertificate(undefined, { subject: 'CN=A', ca: true });
    const b = issueCertificate(undefined, { subject: 'CN=B', ca: true });
    const aByB = issueCertificate(b, { subject: 'CN=A', ca: true, key: a.key });
    const bByA = issueCertificate(a, { subject: 'CN=B', ca: true, key: b.key });
    const leaf = issueCertificate(a, { subject: 'CN=leaf' });
    const result = orderChain(asCertificates([leaf, aByB, bByA]), { at });
    expect(result.paths.map(({ complete }) => complete)).toEqual([false]);
    expect(namesOf(result.chain)).toEqual(['CN=leaf', 'CN=A', 'CN=B']);
  });

  it('cuts the search short in a mesh where all sign all, and says so', () => {
    const cas = Array.from({ length: 10 }, (_, n) =>
      issueCertificate(undefined, { subject: `CN=Mesh ${n}`, ca: true }),
    );
    const crosses = cas.flatMap((issuer) =>
      cas
        .filter((subject) => subject !== issuer)
        .map((subject) => issueCertificate(issuer, { subject: subject.subject, ca: true, key: subject.key })),
    );
    const [first] = cas;
    if (!first) throw new Error('no CA was made');
    const leaf = issueCertificate(first, { subject: 'CN=leaf' });
    const result = orderChain(asCertificates([leaf, ...crosses]), { at });
    expect(codesOf(result)).toContain('chain/search-cut-short CN=leaf');
    expect(result.chain[0]).toBeDefined();
  });
});

describe('orderChains', () => {
  it('arranges a chain for each end entity, and reports what none of them took once', () => {
    const second = issueCertificate(issuing, { subject: 'CN=second.example.com' });
    const stray = issueCertificate(undefined, { subject: 'CN=Stray Root', ca: true });
    const results = orderChains(asCertificates([root, server, stray, second, issuing]), { at });
    expect(results.map(({ chain }) => namesOf(chain))).toEqual([
      ['CN=server.example.com', 'CN=Issuing CA', 'CN=Root CA'],
      ['CN=second.example.com', 'CN=Issuing CA', 'CN=Root CA'],
    ]);
    const strays = results.flatMap(codesOf).filter((code) => code.startsWith('chain/unrelated'));
    expect(strays).toEqual(['chain/unrelated CN=Stray Root']);
  });
});
