import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findWeakness, type SecurityLevel } from '../../../src/crypto/strength.js';
import { parseCertificate } from '../../../src/x509/certificate.js';
import { nullValue, oid, sequence } from '../../support/der.js';
import { openssl, runOpenSSL } from '../../support/openssl.js';
import { asCertificate } from '../../support/parsed.js';
import { issueCertificate, makeKeyPair } from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';

const root = issueCertificate(undefined, { subject: 'CN=Root CA', ca: true });

function weaknessOf(der: Uint8Array): string[] {
  return findWeakness(asCertificate(der)).map(({ code, params }) => `${code} ${Object.values(params).join(' < ')}`);
}

/** A self-signed certificate for a kind of key that the maker of the tests does not have. */
function selfSign(...keyArguments: string[]): Uint8Array {
  const scratch = makeScratch();
  const out = scratch.path('certificate.der');
  const { status, stderr } = runOpenSSL([
    ...['req', '-x509', '-newkey', ...keyArguments, '-nodes', '-subj', '/CN=Weak', '-days', '30'],
    ...['-keyout', scratch.path('key.pem'), '-outform', 'DER', '-out', out],
  ]);
  if (status !== 0) throw new Error(stderr);
  return readFileSync(out);
}

describe('findWeakness', () => {
  it.each(['rsa2048', 'p256', 'p384', 'ed25519', 'ed448'] as const)('says nothing of %s with a good digest', (kind) => {
    const { certificate } = issueCertificate(root, { subject: 'CN=leaf', key: makeKeyPair(kind, 'strength') });
    expect(weaknessOf(certificate)).toEqual([]);
  });

  it('names an RSA key of 1024 bits and what is expected', () => {
    const key = makeKeyPair('rsa1024', 'strength');
    const { certificate } = issueCertificate(root, { subject: 'CN=leaf', key });
    expect(weaknessOf(certificate)).toEqual(['certificate/weak-key RSA 1024 < RSA 2048']);
  });

  it.skipIf(!openssl.installed).each([
    ['prime192v1', true],
    ['secp160r1', true],
    ['brainpoolP192t1', true],
    ['sect163k1', true],
    ['secp224r1', false],
    ['brainpoolP224t1', false],
    ['sect283k1', false],
  ])(`finds the curve %s weak: %s${openssl.skipReason}`, (curve, weak) => {
    const der = selfSign('ec', '-pkeyopt', `ec_paramgen_curve:${curve}`);
    expect(weaknessOf(der)).toEqual(weak ? [`certificate/weak-key EC ${curve} < EC 224`] : []);
  });

  it('names a DSA key of 1024 bits', () => {
    const { publicKey } = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
    const key = { ...makeKeyPair(), spki: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })) };
    const { certificate } = issueCertificate(root, { subject: 'CN=leaf', key });
    expect(weaknessOf(certificate)).toEqual(['certificate/weak-key DSA 1024 < DSA 2048']);
  });

  it.each(['md5', 'sha1'] as const)('names a signature over %s', (hash) => {
    const ca = issueCertificate(undefined, { subject: 'CN=CA', ca: true, key: makeKeyPair('rsa2048', 'ca') });
    const { certificate } = issueCertificate(ca, { subject: 'CN=leaf', hash });
    expect(weaknessOf(certificate)).toEqual([`certificate/weak-signature ${hash}WithRSAEncryption`]);
  });

  it('names ECDSA with SHA-1', () => {
    const { certificate } = issueCertificate(root, { subject: 'CN=leaf', hash: 'sha1' });
    expect(weaknessOf(certificate)).toEqual(['certificate/weak-signature ecdsa-with-SHA1']);
  });

  it.each([
    ['1.2.840.113549.1.1.2', 'md2WithRSAEncryption'],
    ['1.3.14.3.2.29', 'sha1WithRSA'],
  ])('knows %s, which OpenSSL cannot check, as %s', (algorithm, name) => {
    const { certificate } = issueCertificate(root, {
      subject: 'CN=leaf',
      signatureAlgorithm: sequence(oid(algorithm), nullValue()),
    });
    expect(weaknessOf(certificate)).toEqual([`certificate/weak-signature ${name}`]);
  });

  it('passes over the signature of a self-signed root, which nobody rests on', () => {
    const { certificate } = issueCertificate(undefined, { subject: 'CN=Old Root', ca: true, hash: 'sha1' });
    expect(weaknessOf(certificate)).toEqual([]);
  });

  it('does not pass over a self-issued certificate that another key signed', () => {
    const { certificate } = issueCertificate(root, { subject: root.subject, ca: true, hash: 'sha1' });
    expect(weaknessOf(certificate)).toEqual(['certificate/weak-signature ecdsa-with-SHA1']);
  });

  it('says nothing of a key that OpenSSL cannot read', () => {
    const { certificate } = issueCertificate(root, { subject: 'CN=leaf' });
    const mangled = Buffer.from(certificate);
    // ecPublicKey becomes 1.2.840.10045.2.9, which is nothing.
    mangled[mangled.indexOf(Buffer.from('2a8648ce3d0201', 'hex')) + 6] = 9;
    expect(findWeakness(parseCertificate(mangled))).toEqual([]);
  });
});

describe('findWeakness at a security level', () => {
  const severities = (der: Uint8Array, level: SecurityLevel): string[] =>
    findWeakness(parseCertificate(der), level).map(({ code, severity }) => `${severity} ${code}`);

  it.each([
    ['rsa1024', 0, ['warning certificate/weak-key']],
    ['rsa1024', 1, ['warning certificate/weak-key']],
    ['rsa1024', 2, ['error certificate/weak-key']],
    ['rsa2048', 2, []],
    ['rsa2048', 3, ['error certificate/weak-key']],
    ['rsa3072', 3, []],
    ['p256', 3, []],
    ['p256', 4, ['error certificate/weak-key']],
    ['ed25519', 3, []],
  ] as const)('%s at level %i', (kind, level, expected) => {
    const { certificate } = issueCertificate(undefined, { subject: 'CN=leaf', key: makeKeyPair(kind, 'level') });
    expect(severities(certificate, level)).toEqual(expected);
  });

  it('SHA-1 is refused from level 1 on', () => {
    const { certificate } = issueCertificate(root, { subject: 'CN=leaf', hash: 'sha1' });
    expect(severities(certificate, 0)).toEqual(['warning certificate/weak-signature']);
    expect(severities(certificate, 1)).toEqual(['error certificate/weak-signature']);
  });
});
