import { createCipheriv, pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  checkPasswordMac,
  encodePassword,
  maxIterations,
  openPasswordBased,
} from '../../../src/crypto/password-based.js';
import { DerReader } from '../../../src/der/reader.js';
import { MalformedInputError } from '../../../src/finding/malformed-input.js';
import { readAlgorithmIdentifier } from '../../../src/x509/algorithm-identifier.js';
import { integer, nullValue, octetString, oid, sequence } from '../../support/der.js';

const salt = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const iv = new Uint8Array(16).fill(9);
const aes256 = '2.16.840.1.101.3.4.1.42';
const identifierOf = (der: Uint8Array) => readAlgorithmIdentifier(new DerReader(der), 'algorithm');
const pbes2 = (kdf: Uint8Array, cipher = sequence(oid(aes256), octetString(iv))) =>
  identifierOf(sequence(oid('1.2.840.113549.1.5.13'), sequence(kdf, cipher)));
const pbkdf2 = (...parameters: Uint8Array[]): Uint8Array =>
  sequence(oid('1.2.840.113549.1.5.12'), sequence(octetString(salt), ...parameters));
const hmac = (number: number): Uint8Array => sequence(oid(`1.2.840.113549.2.${String(number)}`), nullValue());
const [password] = encodePassword('secret');
if (!password) throw new Error('no password');

const encrypt = (digest: string): Buffer => {
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync('secret', salt, 10, 32, digest), iv);
  return Buffer.concat([cipher.update('contents'), cipher.final()]);
};
const opened = { outcome: 'opened', bytes: Buffer.from('contents') };

test.each([
  ['sha1', 7],
  ['sha224', 8],
  ['sha256', 9],
  ['sha384', 10],
  ['sha512', 11],
])('PBES2 with PBKDF2 and %s opens what Node encrypted', (digest, number) => {
  const algorithm = pbes2(pbkdf2(integer(10), hmac(number)));
  expect(openPasswordBased(algorithm, encrypt(digest), password)).toEqual(opened);
});

test('the pseudorandom function is SHA-1 by default, and a key length may stand before it', () => {
  expect(openPasswordBased(pbes2(pbkdf2(integer(10))), encrypt('sha1'), password)).toEqual(opened);
  expect(openPasswordBased(pbes2(pbkdf2(integer(10), integer(32), hmac(9))), encrypt('sha256'), password)).toEqual(
    opened,
  );
});

test('a wrong password is told by the padding', () => {
  const [wrong] = encodePassword('wrong');
  const algorithm = pbes2(pbkdf2(integer(10), hmac(9)));
  expect(wrong && openPasswordBased(algorithm, encrypt('sha256'), wrong)).toEqual({ outcome: 'wrong-password' });
});

test.each([
  ['a key derivation', pbes2(sequence(oid('1.3.6.1.4.1.11591.4.11'))), '1.3.6.1.4.1.11591.4.11'],
  ['a cipher', pbes2(pbkdf2(integer(1)), sequence(oid('1.2.3.4'))), '1.2.3.4'],
  ['a pseudorandom function', pbes2(pbkdf2(integer(1), sequence(oid('1.2.3.5')))), '1.2.3.5'],
  ['a scheme', identifierOf(sequence(oid('1.2.3.6'))), '1.2.3.6'],
])('%s that is not known is named', (_, algorithm, name) => {
  expect(openPasswordBased(algorithm, new Uint8Array(16), password)).toEqual({
    outcome: 'unsupported',
    algorithm: name,
  });
});

test.each([
  [1, 'pbeWithSHAAnd128BitRC4'],
  [5, 'pbeWithSHAAnd128BitRC2-CBC'],
  [6, 'pbeWithSHAAnd40BitRC2-CBC'],
])('scheme %i of PKCS#12 is left to the legacy provider', (number, algorithm) => {
  const identifier = identifierOf(sequence(oid(`1.2.840.113549.1.12.1.${String(number)}`)));
  expect(openPasswordBased(identifier, new Uint8Array(8), password)).toEqual({ outcome: 'legacy', algorithm });
});

test('iterations are bounded, inclusively', () => {
  const tooMany = { outcome: 'too-many-iterations', iterations: maxIterations + 1 };
  const older = sequence(oid('1.2.840.113549.1.12.1.3'), sequence(octetString(salt), integer(maxIterations + 1)));
  expect(openPasswordBased(pbes2(pbkdf2(integer(maxIterations + 1))), new Uint8Array(16), password)).toEqual(tooMany);
  expect(openPasswordBased(identifierOf(older), new Uint8Array(8), password)).toEqual(tooMany);
  const mac = { algorithm: '1.3.14.3.2.26', digest: new Uint8Array(20), salt, iterations: maxIterations + 1 };
  expect(checkPasswordMac(mac, salt, password)).toEqual(tooMany);
});

test.each([
  ['no parameters', identifierOf(sequence(oid('1.2.840.113549.1.12.1.3')))],
  ['no iterations at all', pbes2(pbkdf2(integer(0)))],
  ['a salt that is no OCTET STRING', pbes2(sequence(oid('1.2.840.113549.1.5.12'), sequence(integer(1), integer(1))))],
])('%s is malformed', (_, algorithm) => {
  expect(() => openPasswordBased(algorithm, new Uint8Array(16), password)).toThrow(MalformedInputError);
});

test('the empty password has two encodings, any other one', () => {
  expect(encodePassword('').map(({ bmp }) => bmp.length)).toEqual([2, 0]);
  expect(encodePassword('aé€')).toMatchObject([{ bmp: Buffer.from('006100e920ac0000', 'hex') }]);
});
