import { describe, expect, it } from 'vitest';
import { buildBundle, type BundleResult } from '../../../src/bundle/build-bundle.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import { shortName } from '../../../src/x509/name.js';
import { makeExtension } from '../../support/extensions.js';
import { asCertificates } from '../../support/parsed.js';
import { issueCertificate, makeChain, makeKeyPair } from '../../support/pki.js';

const at = new Date('2026-11-21T00:00:00Z');
const past = { notBefore: new Date('2020-01-01'), notAfter: new Date('2025-01-01') };

const namesOf = (certificates: readonly Certificate[]): string[] =>
  certificates.map(({ tbsCertificate }) => shortName(tbsCertificate.subject));
const findingsOf = ({ findings }: Pick<BundleResult, 'findings'>): string[] =>
  findings.map(({ code, severity, subject }) => `${severity} ${code} ${subject.name}`);
const leftOutOf = ({ leftOut }: BundleResult): string[] =>
  leftOut.map(({ certificate, reason }) => `${reason} ${namesOf([certificate])[0] ?? ''}`);

/** basicConstraints that hold an OCTET STRING. */
const brokenExtension = makeExtension('2.5.29.19', Uint8Array.of(0x04, 0x00), true);

const root = issueCertificate(undefined, { subject: 'CN=Root CA', ca: true });
const other = issueCertificate(undefined, { subject: 'CN=Other Root', ca: true });
const issuing = issueCertificate(root, { subject: 'CN=Issuing CA', ca: true });
const server = issueCertificate(issuing, { subject: 'CN=server.example.com', san: ['server.example.com'] });

describe('buildBundle', () => {
  it('keeps roots and intermediates in the order given and says nothing of them', () => {
    const result = buildBundle(asCertificates([issuing, other, root]), { at });
    expect(namesOf(result.certificates)).toEqual(['CN=Issuing CA', 'CN=Other Root', 'CN=Root CA']);
    expect(result).toMatchObject({ ok: true, leftOut: [], findings: [] });
  });

  it('keeps the first of two that are the same, and names it', () => {
    const result = buildBundle(asCertificates([root, other, root]), { at });
    expect(namesOf(result.certificates)).toEqual(['CN=Root CA', 'CN=Other Root']);
    expect(leftOutOf(result)).toEqual(['duplicate CN=Root CA']);
    expect(findingsOf(result)).toEqual(['info bundle/duplicate CN=Root CA']);
    expect(result.findings[0]).toMatchObject({
      origin: { file: 'pile.pem', line: 41 },
      params: { first: 'CN=Root CA (pile.pem:1)', treatment: 'left-out' },
    });
  });

  it('leaves out an end entity', () => {
    const result = buildBundle(asCertificates([root, issuing, server]), { at });
    expect(leftOutOf(result)).toEqual(['not-a-ca CN=server.example.com']);
    expect(findingsOf(result)).toEqual(['warning bundle/not-a-ca CN=server.example.com']);
    expect(result.findings[0]?.params).toEqual({
      reason: 'it has no basic constraints',
      selfSigned: false,
      treatment: 'left-out',
    });
    expect(result.ok).toBe(true);
  });

  it.each<[string, Parameters<typeof issueCertificate>[1], string]>([
    ['says cA FALSE', { subject: 'CN=Phone', ca: false }, 'its basic constraints say cA FALSE'],
    ['has no basic constraints', { subject: 'CN=Phone' }, 'it has no basic constraints'],
    ['may not sign', { subject: 'CN=Phone', ca: true, keyUsage: ['cRLSign'] }, 'its key usage lacks keyCertSign'],
  ])('leaves out a self-signed certificate that %s, unless it is allowed', (_, options, reason) => {
    const phone = issueCertificate(undefined, options);
    const denied = buildBundle(asCertificates([root, phone]), { at });
    expect(leftOutOf(denied)).toEqual(['not-a-ca CN=Phone']);
    expect(denied.findings[0]?.params).toEqual({ reason, selfSigned: true, treatment: 'left-out' });
    const allowed = buildBundle(asCertificates([root, phone]), { at, nonCA: 'allow' });
    expect(namesOf(allowed.certificates)).toEqual(['CN=Root CA', 'CN=Phone']);
    expect(allowed.findings.map(({ params }) => params)).toEqual([{ reason, selfSigned: true, treatment: 'kept' }]);
  });

  it('takes a self-signed certificate of version 1 for a root, and one that is not self-signed for none', () => {
    const old = issueCertificate(undefined, { subject: 'CN=Old Root', version: 1 });
    const below = issueCertificate(old, { subject: 'CN=Old Issuing', version: 1 });
    const result = buildBundle(asCertificates([old, below]), { at });
    expect(namesOf(result.certificates)).toEqual(['CN=Old Root']);
    expect(result.findings.map(({ params }) => params.reason)).toEqual(['it is of version 1 and not self-signed']);
  });

  describe('with a certificate that has expired', () => {
    const expired = issueCertificate(undefined, { subject: 'CN=Expired Root', ca: true, ...past });
    const given = asCertificates([expired, root]);

    it('drops it unless told otherwise', () => {
      const result = buildBundle(given, { at });
      expect(namesOf(result.certificates)).toEqual(['CN=Root CA']);
      expect(leftOutOf(result)).toEqual(['expired CN=Expired Root']);
      expect(findingsOf(result)).toEqual(['warning bundle/expired-left-out CN=Expired Root']);
      expect(result.findings[0]?.params).toEqual({
        notAfter: '2025-01-01T00:00:00.000Z',
        at: at.toISOString(),
        successor: undefined,
      });
    });

    it('keeps it with a warning', () => {
      const result = buildBundle(given, { at, expired: 'keep' });
      expect(namesOf(result.certificates)).toEqual(['CN=Expired Root', 'CN=Root CA']);
      expect(findingsOf(result)).toEqual(['warning certificate/expired CN=Expired Root']);
      expect(result.ok).toBe(true);
    });

    it('fails where it is to fail', () => {
      const result = buildBundle(given, { at, expired: 'fail' });
      expect(findingsOf(result)).toEqual(['error certificate/expired CN=Expired Root']);
      expect(result.ok).toBe(false);
    });

    it('does not mind it where its successor is there', () => {
      const renewed = issueCertificate(undefined, { subject: 'CN=Expired Root', ca: true, key: expired.key });
      const result = buildBundle(asCertificates([expired, renewed]), { at });
      expect(findingsOf(result)).toEqual(['info bundle/expired-left-out CN=Expired Root']);
      expect(result.findings[0]?.params.successor).toBe('CN=Expired Root (pile.pem:21)');
    });

    it('counts the last second as valid and the next as expired', () => {
      const end = new Date('2025-01-01T00:00:00Z');
      expect(buildBundle(given, { at: end }).leftOut).toEqual([]);
      expect(buildBundle(given, { at: new Date(end.getTime() + 1000) }).leftOut).toHaveLength(1);
    });

    it('misses it as the root of the intermediates below it', () => {
      const below = issueCertificate(expired, { subject: 'CN=Below', ca: true });
      const result = buildBundle(asCertificates([expired, root, below]), { at });
      expect(findingsOf(result)).toEqual([
        'warning bundle/expired-left-out CN=Expired Root',
        'warning bundle/missing-root CN=Below',
      ]);
    });
  });

  it('warns of a certificate that is not valid yet, and keeps it', () => {
    const future = issueCertificate(undefined, {
      subject: 'CN=Next Root',
      ca: true,
      notBefore: new Date('2030-01-01'),
    });
    const result = buildBundle(asCertificates([root, future]), { at });
    expect(namesOf(result.certificates)).toEqual(['CN=Root CA', 'CN=Next Root']);
    expect(findingsOf(result)).toEqual(['warning certificate/not-yet-valid CN=Next Root']);
  });

  it('leaves out a certificate with an extension that cannot be read', () => {
    const broken = issueCertificate(undefined, { subject: 'CN=Broken', ski: false, extensions: [brokenExtension] });
    const result = buildBundle(asCertificates([root, broken]), { at });
    expect(leftOutOf(result)).toEqual(['malformed CN=Broken']);
    expect(findingsOf(result)).toEqual(['warning certificate/malformed-extension CN=Broken']);
    expect(result.ok).toBe(true);
  });

  it.each<[string, Certificate[], number]>([
    ['nothing was given', [], 0],
    ['everything was left out', asCertificates([server, server]), 2],
  ])('is an error when %s', (_, given, leftOut) => {
    const result = buildBundle(given, { at });
    expect(result).toMatchObject({ ok: false, certificates: [] });
    expect(result.findings.at(-1)).toMatchObject({
      code: 'bundle/empty',
      severity: 'error',
      params: { leftOut, removed: 0 },
    });
  });

  describe('with an intermediate whose root is not there', () => {
    it('names the root, its key and what lies between', () => {
      const lower = issueCertificate(issuing, { subject: 'CN=Lower CA', ca: true });
      const result = buildBundle(asCertificates([lower, issuing, other]), { at });
      expect(findingsOf(result)).toEqual([
        'warning bundle/missing-root CN=Lower CA',
        'warning bundle/missing-root CN=Issuing CA',
      ]);
      const keyIdentifier = Buffer.from(root.key.keyIdentifier).toString('hex');
      expect(result.findings.map(({ params }) => params)).toEqual([
        { issuer: 'CN=Root CA', keyIdentifier, through: ['CN=Issuing CA'], nearMisses: [] },
        { issuer: 'CN=Root CA', keyIdentifier, through: [], nearMisses: [] },
      ]);
      expect(result.ok).toBe(true);
    });

    it('tells of a root with the right name and another key', () => {
      const impostor = issueCertificate(undefined, { subject: 'CN=Root CA', ca: true });
      const result = buildBundle(asCertificates([issuing, impostor]), { at });
      expect(findingsOf(result)).toEqual(['warning bundle/missing-root CN=Issuing CA']);
      expect(result.findings[0]?.params.nearMisses).toEqual([
        'CN=Root CA (pile.pem:21) has that name, but another key made the signature',
      ]);
    });

    it('is not led in circles by cross-signs', () => {
      const [a, b] = [makeKeyPair(), makeKeyPair()];
      const left = issueCertificate({ subject: 'CN=B', key: b }, { subject: 'CN=A', key: a, ca: true });
      const right = issueCertificate({ subject: 'CN=A', key: a }, { subject: 'CN=B', key: b, ca: true });
      const result = buildBundle(asCertificates([left, right]), { at });
      expect(findingsOf(result)).toEqual(['warning bundle/missing-root CN=A', 'warning bundle/missing-root CN=B']);
    });

    it('is content with one of several ways to a root', () => {
      const cross = issueCertificate({ subject: 'CN=Gone', key: makeKeyPair() }, { ...root, ca: true });
      const result = buildBundle(asCertificates([cross, root, issuing]), { at });
      expect(findingsOf(result)).toEqual([
        'warning bundle/missing-root CN=Root CA',
        'info bundle/cross-sign CN=Root CA',
      ]);
    });

    it('says so of a self-signed certificate whose signature is damaged', () => {
      const damaged = issueCertificate(undefined, { subject: 'CN=Damaged Root', ca: true, signature: 'broken' });
      const result = buildBundle(asCertificates([root, damaged]), { at });
      expect(findingsOf(result)).toEqual(['warning bundle/missing-root CN=Damaged Root']);
      expect(result.findings[0]?.params.nearMisses).toEqual([
        'it bears its own name as issuer, but its own key did not sign it',
      ]);
    });
  });

  describe('with certificates of one name', () => {
    it('warns of another key', () => {
      const twin = issueCertificate(undefined, { subject: 'cn=ROOT  ca'.toUpperCase(), ca: true });
      const result = buildBundle(asCertificates([root, twin]), { at });
      expect(findingsOf(result)).toEqual(['warning bundle/same-name-other-key CN=ROOT  CA']);
      expect(result.findings[0]?.params).toEqual({ other: 'CN=Root CA (pile.pem:1)' });
    });

    it('warns of the same key with another validity', () => {
      const renewed = issueCertificate(undefined, { ...root, ca: true, notAfter: new Date('2050-01-01') });
      const result = buildBundle(asCertificates([root, renewed]), { at });
      expect(findingsOf(result)).toEqual(['warning bundle/same-key-new-validity CN=Root CA']);
      expect(result.findings[0]?.params).toEqual({
        notAfter: '2050-01-01T00:00:00.000Z',
        other: 'CN=Root CA (pile.pem:1)',
        otherNotAfter: '2045-01-01T00:00:00.000Z',
      });
    });

    it('mentions a cross-sign', () => {
      const cross = issueCertificate(other, { ...root, ca: true });
      const result = buildBundle(asCertificates([root, other, cross]), { at });
      expect(findingsOf(result)).toEqual(['info bundle/cross-sign CN=Root CA']);
      expect(result.findings[0]?.params).toEqual({
        issuer: 'CN=Other Root',
        other: 'CN=Root CA (pile.pem:1)',
        otherIssuer: 'CN=Root CA',
      });
    });

    it('gives one finding for each further certificate, not one for each pair', () => {
      const twins = Array.from({ length: 12 }, () => issueCertificate(undefined, { subject: 'CN=Twin', ca: true }));
      const { findings } = buildBundle(asCertificates(twins), { at });
      expect(findings.map(({ params }) => params.other)).toEqual(Array(11).fill('CN=Twin (pile.pem:1)'));
    });
  });

  it('warns of a weak key and of a weak signature', () => {
    const weak = issueCertificate(undefined, { subject: 'CN=Weak', ca: true, key: makeKeyPair('rsa1024', 'weak') });
    const below = issueCertificate(weak, { subject: 'CN=Below', ca: true, hash: 'sha1' });
    const result = buildBundle(asCertificates([weak, below]), { at });
    expect(findingsOf(result)).toEqual([
      'warning certificate/weak-key CN=Weak',
      'warning certificate/weak-signature CN=Below',
    ]);
  });

  describe('sorted', () => {
    const members = asCertificates([
      issueCertificate(undefined, { subject: 'CN=b', ca: true, notAfter: new Date('2041-01-01') }),
      issueCertificate(undefined, { subject: 'CN=A', ca: true, notAfter: new Date('2042-01-01') }),
      issueCertificate(undefined, { subject: 'CN=c', ca: true, notAfter: new Date('2040-01-01') }),
    ]);

    it('by subject, upper and lower case alike', () => {
      expect(namesOf(buildBundle(members, { at, sort: 'subject' }).certificates)).toEqual(['CN=A', 'CN=b', 'CN=c']);
    });

    it('by expiry, what ends first first', () => {
      expect(namesOf(buildBundle(members, { at, sort: 'expiry' }).certificates)).toEqual(['CN=c', 'CN=b', 'CN=A']);
    });

    it('gives one order whatever order they came in', () => {
      const twins = asCertificates(
        Array.from({ length: 6 }, () => issueCertificate(undefined, { subject: 'CN=Twin', ca: true })),
      );
      for (const sort of ['subject', 'expiry'] as const) {
        const forwards = buildBundle(twins, { at, sort }).certificates;
        expect(buildBundle(twins.toReversed(), { at, sort }).certificates).toEqual(forwards);
      }
    });
  });

  it('accounts for every certificate once, in the bundle or left out', () => {
    const expired = issueCertificate(undefined, { subject: 'CN=Expired', ca: true, ...past });
    const given = asCertificates([...makeChain(4), root, root, expired, server]);
    const { certificates, leftOut } = buildBundle(given, { at });
    expect(new Set([...certificates, ...leftOut.map(({ certificate }) => certificate)])).toEqual(new Set(given));
    expect(certificates.length + leftOut.length).toBe(given.length);
  });
});
