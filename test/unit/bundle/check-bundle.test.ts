import { describe, expect, it } from 'vitest';
import { checkBundle, explainFileContents, type BundleCheck } from '../../../src/bundle/check-bundle.js';
import type { InputObject } from '../../../src/containers/input-object.js';
import type { Finding } from '../../../src/finding/finding.js';
import { shortName } from '../../../src/x509/name.js';
import { makeExtension } from '../../support/extensions.js';
import { asCertificates } from '../../support/parsed.js';
import { issueCertificate, makeKeyPair, type Holder } from '../../support/pki.js';

const at = new Date('2026-11-21T00:00:00Z');
const expired = { notBefore: new Date('2025-01-01'), notAfter: new Date('2026-01-01') };
const ca = (issuer: Holder | undefined, subject: string, options: object = {}): Holder =>
  issueCertificate(issuer, { subject, ca: true, ...options });

const root = ca(undefined, 'CN=Root CA');
const other = ca(undefined, 'CN=Other Root');
const issuing = ca(root, 'CN=Issuing CA');
const lower = ca(issuing, 'CN=Lower CA');
const narrow = ca(undefined, 'CN=Narrow Root', { pathLen: 1 });
const narrowUpper = ca(narrow, 'CN=Narrow Upper');
const narrowLower = ca(narrowUpper, 'CN=Narrow Lower');
const server = issueCertificate(issuing, { subject: 'CN=server' });

const codesOf = (findings: readonly Finding[]): string[] =>
  findings.map(({ code, severity, subject, origin }) => `${severity} ${code} ${subject.name} ${origin?.file ?? ''}`);

function check(bundle: readonly Holder[], ...peers: (readonly Holder[])[]): BundleCheck {
  const sent = peers.map((peer) => asCertificates(peer, 'peer.pem'));
  return checkBundle(asCertificates(bundle, 'ca.pem'), { at, name: 'ca.pem', peers: sent });
}

/** Each peer's certificate, the verdict and the path that was taken. */
const verdictsOf = ({ peers }: BundleCheck): string[] =>
  peers.map(({ leaf, trusted, fault, path }) => {
    const names = path.map(({ tbsCertificate }) => shortName(tbsCertificate.subject)).join(' ');
    return `${shortName(leaf.tbsCertificate.subject)} ${fault ?? trusted}: ${names}`;
  });

describe('checkBundle', () => {
  it('finds a bundle of roots and their intermediates fit', () => {
    const result = check([root, issuing, other]);
    expect(result).toMatchObject({ ok: true, fit: true, findings: [], peers: [] });
    expect(result.members.roots).toHaveLength(2);
    expect(result.members.intermediates).toHaveLength(1);
  });

  it.each<[string, Holder[], string[]]>([
    ['nothing', [], ['error bundle/no-root ca.pem ']],
    [
      'an intermediate alone',
      [issuing],
      ['error bundle/missing-root CN=Issuing CA ca.pem', 'error bundle/no-root ca.pem '],
    ],
    ['an intermediate without its root', [other, issuing], ['error bundle/missing-root CN=Issuing CA ca.pem']],
    ['an expired root', [root, ca(undefined, 'CN=Old', expired)], ['error certificate/expired CN=Old ca.pem']],
  ])('finds %s not fit', (_, bundle, codes) => {
    const result = check(bundle);
    expect(codesOf(result.findings)).toEqual(codes);
    expect(result).toMatchObject({ ok: false, fit: false });
  });

  it.each<[string, Holder[], string[]]>([
    ['an end entity', [root, server], ['warning bundle/not-a-ca CN=server ca.pem']],
    ['a duplicate', [root, root], ['info bundle/duplicate CN=Root CA ca.pem']],
    [
      'an expired certificate beside its successor',
      [root, ca(undefined, 'CN=Root CA', { key: root.key, ...expired })],
      ['warning certificate/expired CN=Root CA ca.pem', 'warning bundle/same-key-new-validity CN=Root CA ca.pem'],
    ],
    [
      'two keys under one name',
      [root, ca(undefined, 'CN=Root CA')],
      ['warning bundle/same-name-other-key CN=Root CA ca.pem'],
    ],
    [
      'a weak key',
      [ca(undefined, 'CN=Weak', { key: makeKeyPair('rsa1024', 'check') })],
      ['warning certificate/weak-key CN=Weak ca.pem'],
    ],
  ])('mentions %s and finds the bundle fit', (_, bundle, codes) => {
    const result = check(bundle);
    expect(codesOf(result.findings)).toEqual(codes);
    expect(result).toMatchObject({ ok: true, fit: true });
  });

  it('finds a bundle with an unreadable extension not fit, and judges the rest', () => {
    const extensions = [makeExtension('2.5.29.19', Uint8Array.of(0x04, 0x00), true)];
    const broken = issueCertificate(undefined, { subject: 'CN=Broken', extensions });
    const result = check([broken, root, issuing], [server]);
    expect(codesOf(result.findings)).toEqual(['error certificate/malformed-extension CN=Broken ca.pem']);
    expect(verdictsOf(result)).toEqual(['CN=server true: CN=server CN=Issuing CA CN=Root CA']);
  });
});

describe('checkBundle with peers', () => {
  it.each<[string, Holder[], Holder[], string]>([
    [
      'a chain whose root is in the bundle',
      [root],
      [server, issuing],
      'CN=server true: CN=server CN=Issuing CA CN=Root CA',
    ],
    [
      'a chain that sends its root too',
      [other, root],
      [server, issuing, root],
      'CN=server true: CN=server CN=Issuing CA CN=Root CA',
    ],
    [
      'an end entity alone, its chain in the bundle',
      [root, issuing],
      [server],
      'CN=server true: CN=server CN=Issuing CA CN=Root CA',
    ],
    ['a self-signed certificate that is in the bundle', [root, other], [other], 'CN=Other Root true: CN=Other Root'],
  ])('trusts %s', (_, bundle, sent, verdict) => {
    const result = check(bundle, sent);
    expect(verdictsOf(result)).toEqual([verdict]);
    expect(result.ok).toBe(true);
  });

  it.each<[string, Holder[], Holder[], string, string[]]>([
    [
      'a chain whose root is another',
      [other],
      [server, issuing, root],
      'CN=server root-not-in-bundle: CN=server CN=Issuing CA CN=Root CA',
      [],
    ],
    ['a chain that lacks its intermediate', [root], [server], 'CN=server issuer-missing: CN=server', []],
    [
      'a chain whose end entity has expired',
      [root],
      [issueCertificate(issuing, { subject: 'CN=old', ...expired }), issuing],
      'CN=old not-valid: CN=old CN=Issuing CA CN=Root CA',
      ['error certificate/expired CN=old peer.pem'],
    ],
    [
      'a chain that was issued by an end entity',
      [root],
      [issueCertificate(server, { subject: 'CN=below' }), server, issuing],
      'CN=below issuer-is-no-ca: CN=below CN=server CN=Issuing CA CN=Root CA',
      ['error chain/issuer-is-no-ca CN=server peer.pem'],
    ],
    [
      'a chain with more CAs than the root allows',
      [narrow],
      [issueCertificate(narrowLower, { subject: 'CN=deep' }), narrowLower, narrowUpper],
      'CN=deep path-too-long: CN=deep CN=Narrow Lower CN=Narrow Upper CN=Narrow Root',
      ['error chain/path-too-long CN=Narrow Root ca.pem'],
    ],
  ])('does not trust %s', (_, bundle, sent, verdict, details) => {
    const result = check(bundle, sent);
    expect(verdictsOf(result)).toEqual([verdict]);
    const leaf = verdict.split(' ')[0] ?? '';
    expect(codesOf(result.findings)).toEqual([`error bundle/peer-not-trusted ${leaf} peer.pem`, ...details]);
    expect(result).toMatchObject({ ok: false, fit: true });
  });

  it('names an expired certificate of the bundle that OpenSSL prefers to the one that is sent', () => {
    const stale = ca(root, 'CN=Issuing CA', { key: issuing.key, ...expired });
    const result = check([root, stale], [server, issuing]);
    expect(verdictsOf(result)).toEqual(['CN=server not-valid: CN=server CN=Issuing CA CN=Root CA']);
    expect(codesOf(result.findings)).toEqual([
      'error certificate/expired CN=Issuing CA ca.pem',
      'error bundle/peer-not-trusted CN=server peer.pem',
      'error bundle/stale-issuer-preferred CN=Issuing CA ca.pem',
    ]);
  });

  it('names a certificate of the bundle with the right name and the wrong key', () => {
    const impostor = ca(root, 'CN=Issuing CA', { ski: false });
    const result = check([root, impostor], [server, issuing]);
    expect(verdictsOf(result)).toEqual(['CN=server bad-signature: CN=server CN=Issuing CA CN=Root CA']);
    expect(codesOf(result.findings)).toEqual([
      'error bundle/peer-not-trusted CN=server peer.pem',
      'error bundle/impostor-preferred CN=Issuing CA ca.pem',
    ]);
  });

  it('names the intermediate of the peer that OpenSSL ignores, because the one below it is in the bundle', () => {
    const leaf = issueCertificate(lower, { subject: 'CN=leaf' });
    const result = check([root, lower], [leaf, lower, issuing]);
    expect(verdictsOf(result)).toEqual(['CN=leaf issuer-ignored: CN=leaf CN=Lower CA']);
    expect(codesOf(result.findings)).toEqual([
      'error bundle/missing-root CN=Lower CA ca.pem',
      'error bundle/peer-not-trusted CN=leaf peer.pem',
      'error bundle/peer-intermediate-ignored CN=Issuing CA peer.pem',
    ]);
  });

  it('names the root that a peer sends, where the bundle has the intermediate only', () => {
    const result = check([other, issuing], [server, issuing, root]);
    expect(verdictsOf(result)).toEqual(['CN=server root-not-in-bundle: CN=server CN=Issuing CA']);
    expect(codesOf(result.findings)).toEqual([
      'error bundle/missing-root CN=Issuing CA ca.pem',
      'error bundle/peer-not-trusted CN=server peer.pem',
    ]);
    expect(result.findings[1]?.params).toMatchObject({ about: 'CN=Root CA' });
  });

  it('judges each end entity, and each peer by what it sends itself', () => {
    const second = issueCertificate(other, { subject: 'CN=second' });
    const result = check([root, other], [server, second, issuing], [server]);
    expect(verdictsOf(result)).toEqual([
      'CN=server true: CN=server CN=Issuing CA CN=Root CA',
      'CN=second true: CN=second CN=Other Root',
      'CN=server issuer-missing: CN=server',
    ]);
  });

  it.each<[string, Holder[], string]>([
    ['sends nothing', [], 'error chain/no-certificates the input '],
    [
      'sends only what cannot be read',
      [
        issueCertificate(undefined, {
          subject: 'CN=Broken',
          extensions: [makeExtension('2.5.29.19', Uint8Array.of(0x04, 0x00), true)],
        }),
      ],
      'error certificate/malformed-extension CN=Broken peer.pem',
    ],
  ])('does not call a peer good that %s', (_, sent, finding) => {
    const result = check([root], sent);
    expect(result).toMatchObject({ ok: false, peers: [] });
    expect(codesOf(result.findings)).toContain(finding);
  });

  it('says once what several peers meet', () => {
    const stale = ca(root, 'CN=Issuing CA', { key: issuing.key, ...expired });
    const result = check([root, stale], [server, issuing], [server, issuing]);
    const codes = codesOf(result.findings);
    expect(codes).toHaveLength(new Set(codes).size);
    expect(result.peers).toHaveLength(2);
  });
});

describe('explainFileContents', () => {
  const object = (kind: InputObject['kind'], container: InputObject['container'], file: string): InputObject => ({
    kind,
    container,
    der: new Uint8Array(),
    origin: { file, line: 7 },
    ...(container === 'pem' && { label: kind.toUpperCase() }),
  });

  it('says nothing of certificates in PEM', () => {
    expect(explainFileContents([object('certificate', 'pem', 'a'), object('certificate', 'pem', 'a')])).toEqual([]);
  });

  it('names each file that is not PEM once', () => {
    const objects = [
      object('certificate', 'pkcs7', 'a.p7b'),
      object('certificate', 'pkcs7', 'a.p7b'),
      object('certificate', 'der', 'b.cer'),
    ];
    const findings = explainFileContents(objects);
    expect(codesOf(findings)).toEqual(['error bundle/not-pem a.p7b a.p7b', 'error bundle/not-pem b.cer b.cer']);
    expect(findings.map(({ params }) => params.container)).toEqual(['PKCS#7', 'DER']);
  });

  it('names private keys and CRLs where they stand', () => {
    const findings = explainFileContents([object('private-key', 'pem', 'a'), object('crl', 'pem', 'a')]);
    expect(codesOf(findings)).toEqual([
      'warning bundle/holds-private-key PRIVATE-KEY a',
      'info bundle/holds-crl CRL a',
    ]);
    expect(findings[0]?.origin).toEqual({ file: 'a', line: 7 });
  });
});
