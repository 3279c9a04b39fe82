/** Public keys described and compared with private ones, in every encoding that files hold. */
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { importPrivateKey, isKeyOf, publicKeyOf } from '../../../src/crypto/private-key.js';
import {
  describePublicKey,
  equalPublicKeys,
  formatPublicKey,
  importPublicKey,
} from '../../../src/crypto/public-key.js';
import { contentOf, DerReader } from '../../../src/der/reader.js';
import { toHex } from '../../../src/der/values.js';
import {
  readSubjectPublicKeyInfo,
  withAlgorithm,
  type SubjectPublicKeyInfo,
} from '../../../src/x509/subject-public-key-info.js';
import { bitString, fromHex, integer, nullValue, oid, sequence } from '../../support/der.js';
import { exportPKCS8 } from '../../support/keys.js';
import { makeKeyPair, type KeyKind } from '../../support/pki.js';

const read = (spki: Uint8Array): SubjectPublicKeyInfo => readSubjectPublicKeyInfo(new DerReader(spki));
const spkiOf = (key: KeyObject): SubjectPublicKeyInfo => read(key.export({ type: 'spki', format: 'der' }));
const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
const bareDSA = withAlgorithm(spkiOf(dsa.publicKey), sequence(oid('1.2.840.10040.4.1')));

describe('describePublicKey', () => {
  test.each<[KeyKind, object, string]>([
    ['rsa1024', { type: 'RSA', bits: 1024 }, 'RSA 1024'],
    ['rsa2048', { type: 'RSA', bits: 2048 }, 'RSA 2048'],
    ['p256', { type: 'EC', bits: 256, curve: 'prime256v1' }, 'EC prime256v1'],
    ['p384', { type: 'EC', bits: 384, curve: 'secp384r1' }, 'EC secp384r1'],
    ['p521', { type: 'EC', bits: 521, curve: 'secp521r1' }, 'EC secp521r1'],
    ['ed25519', { type: 'Ed25519' }, 'Ed25519'],
    ['ed448', { type: 'Ed448' }, 'Ed448'],
  ])('tells %s', (kind, expected, words) => {
    const description = describePublicKey(read(makeKeyPair(kind, 'described').spki));
    expect(description).toEqual(expected);
    expect(formatPublicKey(description)).toBe(words);
  });

  test('tells RSA-PSS, DSA and the keys for key agreement', () => {
    const pss = generateKeyPairSync('rsa-pss', { modulusLength: 1024 });
    expect(describePublicKey(spkiOf(pss.publicKey))).toEqual({ type: 'RSA-PSS', bits: 1024 });
    expect(describePublicKey(spkiOf(dsa.publicKey))).toEqual({ type: 'DSA', bits: 1024 });
    expect(describePublicKey(spkiOf(generateKeyPairSync('x25519').publicKey))).toEqual({ type: 'X25519' });
    expect(describePublicKey(spkiOf(generateKeyPairSync('x448').publicKey))).toEqual({ type: 'X448' });
  });

  test('names a DSA key whose parameters are its issuer’s, without a size', () => {
    expect(describePublicKey(bareDSA)).toEqual({ type: 'DSA' });
  });

  test('gives the OID of a key of an unknown algorithm', () => {
    const unknown = read(sequence(sequence(oid('1.2.3.4')), bitString(fromHex('00'))));
    expect(describePublicKey(unknown)).toEqual({ type: '1.2.3.4' });
    expect(formatPublicKey(describePublicKey(unknown))).toBe('1.2.3.4');
    expect(importPublicKey(unknown)).toBeUndefined();
    expect(importPublicKey(unknown)).toBeUndefined();
  });

  test('names a damaged key without a size', () => {
    const damaged = read(sequence(sequence(oid('1.2.840.113549.1.1.1'), nullValue()), bitString(fromHex('3000'))));
    expect(describePublicKey(damaged)).toEqual({ type: 'RSA' });
  });

  test('imports a key once', () => {
    const key = read(makeKeyPair('p256').spki);
    expect(importPublicKey(key)).toBe(importPublicKey(key));
  });
});

const rsa = makeKeyPair('rsa2048', 'keys');
const ec = makeKeyPair('p256', 'keys');

/** The same P-256 key with its point in one coordinate and a sign (SEC 1, 2.3.3). */
function pointCompressed(spki: Uint8Array): Uint8Array {
  const { subjectPublicKey, algorithm } = read(spki);
  const { bytes } = subjectPublicKey;
  const sign = 2 + ((bytes.at(-1) ?? 0) & 1);
  return sequence(algorithm.bytes, bitString(Uint8Array.of(sign, ...bytes.subarray(1, 33))));
}

/** SEQUENCE { 0, p, q, g, y, x }: what OpenSSL calls DSA PRIVATE KEY. */
function traditionalDSA(): Uint8Array {
  const pkcs8 = DerReader.within(new DerReader(dsa.privateKey.export({ type: 'pkcs8', format: 'der' })).readAny());
  pkcs8.readAny();
  const algorithm = DerReader.within(pkcs8.readAny());
  algorithm.readAny();
  const parameters = contentOf(algorithm.readAny());
  const x = contentOf(pkcs8.readAny());
  return sequence(integer(0), parameters, spkiOf(dsa.publicKey).subjectPublicKey.bytes, x);
}

describe('importPrivateKey', () => {
  test.each([
    ['pkcs8', rsa.privateKey, 'rsa'],
    ['pkcs1', rsa.privateKey, 'rsa'],
    ['pkcs8', ec.privateKey, 'ec'],
    ['sec1', ec.privateKey, 'ec'],
    ['pkcs8', makeKeyPair('ed25519', 'keys').privateKey, 'ed25519'],
  ] as const)('reads %s', (encoding, key, type) => {
    const der = key.export({ type: encoding as 'pkcs8', format: 'der' });
    expect(importPrivateKey({ der, encoding })?.asymmetricKeyType).toBe(type);
  });

  test('reads DSA as OpenSSL writes it', () => {
    expect(importPrivateKey({ der: traditionalDSA(), encoding: 'dsa' })?.asymmetricKeyType).toBe('dsa');
  });

  test.each(['pkcs8', 'pkcs1', 'sec1', 'dsa'] as const)('gives nothing for %s that is damaged', (encoding) => {
    expect(importPrivateKey({ der: fromHex('3003020100'), encoding })).toBeUndefined();
  });
});

describe('publicKeyOf', () => {
  test.each<KeyKind>(['rsa2048', 'p256', 'ed25519'])('is the public half of %s', (kind) => {
    const { privateKey, spki } = makeKeyPair(kind, 'keys');
    expect(toHex(publicKeyOf(privateKey).bytes)).toBe(toHex(spki));
  });
});

describe('equalPublicKeys', () => {
  test('knows a key however it is written', () => {
    const compressed = pointCompressed(ec.spki);
    expect(compressed.length).toBeLessThan(ec.spki.length);
    expect(equalPublicKeys(read(ec.spki), read(compressed))).toBe(true);
    expect(equalPublicKeys(read(ec.spki), read(makeKeyPair('p256').spki))).toBe(false);
  });

  test('says no where a key cannot be read, even to itself', () => {
    const unknown = read(sequence(sequence(oid('1.2.3')), bitString(fromHex('00'))));
    expect(equalPublicKeys(unknown, unknown)).toBe(false);
    expect(equalPublicKeys(read(ec.spki), unknown)).toBe(false);
  });
});

describe('isKeyOf', () => {
  test.each<KeyKind>(['rsa2048', 'p256', 'p384', 'ed25519', 'ed448'])('knows the public half of %s', (kind) => {
    const own = makeKeyPair(kind, 'keys');
    const other = makeKeyPair(kind, 'other');
    expect(isKeyOf(own.privateKey, read(own.spki))).toBe(true);
    expect(isKeyOf(own.privateKey, read(other.spki))).toBe(false);
  });

  test('knows the public half of DSA', () => {
    expect(isKeyOf(dsa.privateKey, spkiOf(dsa.publicKey))).toBe(true);
  });

  test('says no to a key of another kind, to one without its parameters and to one that cannot be read', () => {
    expect(isKeyOf(ec.privateKey, read(rsa.spki))).toBe(false);
    expect(isKeyOf(ec.privateKey, read(makeKeyPair('p384', 'keys').spki))).toBe(false);
    expect(isKeyOf(dsa.privateKey, bareDSA)).toBe(false);
    expect(isKeyOf(ec.privateKey, read(sequence(sequence(oid('1.2.3')), bitString(fromHex('00')))))).toBe(false);
  });

  test('leaves nothing behind that spoils the next key, as KeyObject.equals does', () => {
    expect(isKeyOf(ec.privateKey, read(rsa.spki))).toBe(false);
    expect(importPrivateKey({ der: exportPKCS8(rsa), encoding: 'pkcs8' })).toBeDefined();
    expect(equalPublicKeys(read(ec.spki), read(rsa.spki))).toBe(false);
    expect(importPrivateKey({ der: exportPKCS8(rsa), encoding: 'pkcs8' })).toBeDefined();
  });

  test('says no to the same numbers under another algorithm', () => {
    const pss = withAlgorithm(read(rsa.spki), sequence(oid('1.2.840.113549.1.1.10')));
    expect(describePublicKey(pss).type).toBe('RSA-PSS');
    expect(isKeyOf(rsa.privateKey, pss)).toBe(false);
  });
});

describe('importPublicKey', () => {
  test.each(['rsa1024', 'rsa2048', 'p256', 'p384', 'p521', 'ed25519'] as const)(
    'gives the key that OpenSSL decodes from the SubjectPublicKeyInfo: %s',
    (kind) => {
      const { spki } = makeKeyPair(kind, 'import');
      const decoded = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
      expect(importPublicKey(read(spki))?.export({ type: 'spki', format: 'der' })).toEqual(
        decoded.export({ type: 'spki', format: 'der' }),
      );
    },
  );

  test('refuses a point that is not on the curve', () => {
    const point = Uint8Array.from(makeKeyPair('p256', 'import').spki);
    point[point.length - 1] = (point.at(-1) ?? 0) ^ 1;
    expect(importPublicKey(read(point))).toBeUndefined();
  });
});
