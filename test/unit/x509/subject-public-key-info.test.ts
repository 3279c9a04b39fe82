/** Keys under another AlgorithmIdentifier, and DSA keys that leave their parameters to their issuer. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DerReader } from '../../../src/der/reader.js';
import { toHex } from '../../../src/der/values.js';
import {
  parsePublicKey,
  readSubjectPublicKeyInfo,
  wantsInheritedParameters,
  withAlgorithm,
  withInheritedParameters,
  type SubjectPublicKeyInfo,
} from '../../../src/x509/subject-public-key-info.js';
import { bitString, concat, fromHex, nullValue, oid, sequence } from '../../support/der.js';
import { catchMalformed } from '../../support/malformed.js';
import { makeKeyPair } from '../../support/pki.js';

const read = (spki: Uint8Array): SubjectPublicKeyInfo => readSubjectPublicKeyInfo(new DerReader(spki));
const dsa = read(
  generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).publicKey.export({
    type: 'spki',
    format: 'der',
  }),
);
const bare = withAlgorithm(dsa, sequence(oid('1.2.840.10040.4.1')));

describe('parsePublicKey', () => {
  const rsa = makeKeyPair('rsa1024', 'spki');

  test('reads a SubjectPublicKeyInfo', () => {
    expect(toHex(parsePublicKey(rsa.spki).bytes)).toBe(toHex(rsa.spki));
  });

  test('makes one around an RSAPublicKey', () => {
    const pkcs1 = rsa.publicKey.export({ type: 'pkcs1', format: 'der' });
    expect(toHex(parsePublicKey(pkcs1, 'pkcs1').bytes)).toBe(toHex(rsa.spki));
  });

  test('refuses bytes behind it', () => {
    const der = concat(rsa.spki, nullValue());
    expect(catchMalformed(() => parsePublicKey(der))).toMatchObject({
      code: 'der/trailing-data',
      offset: rsa.spki.length,
    });
  });
});

describe('withAlgorithm', () => {
  test('keeps the key bits and takes the other algorithm', () => {
    const key = read(sequence(sequence(oid('1.2.3')), bitString(fromHex('a0'), 5)));
    const changed = withAlgorithm(key, sequence(oid('1.2.4'), nullValue()));
    expect(changed.algorithm.algorithm).toBe('1.2.4');
    expect(changed.algorithm.parameters?.tag).toBe(0x05);
    expect(changed.subjectPublicKey.unusedBits).toBe(5);
    expect(toHex(changed.subjectPublicKey.bytes)).toBe('a0');
  });
});

describe('inherited parameters', () => {
  test('are wanted by a DSA key without any, and by no other key', () => {
    expect(wantsInheritedParameters(bare)).toBe(true);
    expect(wantsInheritedParameters(dsa)).toBe(false);
    expect(wantsInheritedParameters(read(makeKeyPair('ed25519').spki))).toBe(false);
  });

  test('make the key whole again', () => {
    const completed = withInheritedParameters(bare, dsa);
    expect(toHex(completed?.bytes ?? fromHex(''))).toBe(toHex(dsa.bytes));
    expect(
      createPublicKey({ key: Buffer.from(completed?.bytes ?? []), format: 'der', type: 'spki' }).asymmetricKeyType,
    ).toBe('dsa');
  });

  test('do not come from a key of another algorithm, nor from one that has none itself', () => {
    expect(withInheritedParameters(bare, read(makeKeyPair('p256').spki))).toBeUndefined();
    expect(withInheritedParameters(bare, bare)).toBeUndefined();
  });
});
