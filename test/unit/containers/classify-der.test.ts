import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyDer } from '../../../src/containers/classify-der.js';
import { bitString, concat, explicit, integer, nullValue, octetString, oid, sequence, set } from '../../support/der.js';
import { exportPKCS8, makeKeyPair } from '../../support/keys.js';
import { makeName } from '../../support/names.js';
import { issueCertificate, makeCRL } from '../../support/pki.js';

const { certificate, key } = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
const v1 = issueCertificate(undefined, { subject: 'CN=Old', version: 1 });
const algorithm = sequence(oid('1.2.840.113549.1.1.11'), nullValue());
const request = (...attributes: Uint8Array[]): Uint8Array =>
  sequence(sequence(integer(0), makeName('CN=x'), key.spki, ...attributes), algorithm, bitString(new Uint8Array(8)));
const crlOptions = { issuer: 'CN=Root', issuerKey: key };
const rsa = makeKeyPair('rsa1024').privateKey;
const dsaKey = sequence(...[0, 1, 2, 3, 4, 5].map(integer));

describe('told by structure', () => {
  test.each([
    ['a certificate', certificate, { kind: 'certificate' }],
    ['a certificate of version 1', v1.certificate, { kind: 'certificate' }],
    ['a CRL', makeCRL(crlOptions), { kind: 'crl' }],
    ['a CRL of version 1', makeCRL({ ...crlOptions, version: 1 }), { kind: 'crl' }],
    ['a request', request(explicit(0)), { kind: 'certification-request' }],
    ['a request without attributes', request(), { kind: 'certification-request' }],
    ['a public key', key.spki, { kind: 'public-key' }],
    ['PKCS#8', exportPKCS8(key), { kind: 'private-key', encoding: 'pkcs8' }],
    ['PKCS#8 of Ed25519', exportPKCS8(makeKeyPair('ed25519')), { kind: 'private-key', encoding: 'pkcs8' }],
    [
      'encrypted PKCS#8',
      sequence(algorithm, octetString(new Uint8Array(16))),
      { kind: 'private-key', encoding: 'encrypted-pkcs8' },
    ],
    ['SEC1', key.privateKey.export({ type: 'sec1', format: 'der' }), { kind: 'private-key', encoding: 'sec1' }],
    ['PKCS#1', rsa.export({ type: 'pkcs1', format: 'der' }), { kind: 'private-key', encoding: 'pkcs1' }],
    [
      'PKCS#1 with three primes',
      sequence(...Array<Uint8Array>(9).fill(integer(1)), sequence()),
      { kind: 'private-key', encoding: 'pkcs1' },
    ],
    ['a DSA key of OpenSSL', dsaKey, { kind: 'private-key', encoding: 'dsa' }],
    ['PKCS#7', sequence(oid('1.2.840.113549.1.7.2'), explicit(0, sequence())), { kind: 'pkcs7' }],
    ['PKCS#7 in BER', concat(Uint8Array.of(0x30, 0x80), oid('1.2.840.113549.1.7.2')), { kind: 'pkcs7' }],
    ['PKCS#12', sequence(integer(3), sequence(oid('1.2.840.113549.1.7.1'))), { kind: 'pkcs12' }],
    ['PKCS#12 in BER', concat(Uint8Array.of(0x30, 0x80), integer(3), Uint8Array.of(0x30, 0x80)), { kind: 'pkcs12' }],
  ])('%s', (_, der, kind) => {
    expect(classifyDer(der)).toEqual(kind);
  });
  test.each([
    ['an empty SEQUENCE', sequence()],
    ['a SET', set(integer(1))],
    ['numbers', sequence(integer(1), integer(2))],
    ['a signed something', sequence(sequence(integer(1)), algorithm, bitString(new Uint8Array(8)))],
    ['BER of something else', Uint8Array.of(0x30, 0x80, 0x02, 0x01, 0x01, 0, 0)],
    ['an integer and a text', sequence(integer(1), Uint8Array.of(0x0c, 0))],
    ['nothing', new Uint8Array()],
  ])('%s is none', (_, der) => {
    expect(classifyDer(der)).toBeUndefined();
  });
  test('DSA as Node writes it in PKCS#8', () => {
    const { privateKey } = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
    expect(classifyDer(privateKey.export({ type: 'pkcs8', format: 'der' }))).toEqual({
      kind: 'private-key',
      encoding: 'pkcs8',
    });
  });
});

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat({ max: 400 }), (bytes, at) => {
      classifyDer(concat(Uint8Array.of(0x30), bytes));
      const damaged = Uint8Array.from(certificate);
      damaged.set(bytes.subarray(0, damaged.length), Math.min(at, damaged.length - bytes.length));
      classifyDer(damaged);
    }),
  );
});
