/** Signatures of every algorithm: valid, broken, by a key of another kind, and unknown. */
import { constants, createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  checkSignature as checkWhole,
  signatureAlgorithmName,
  signatureDigest,
  startSignatureCheck,
  type SignatureCheck,
} from '../../../src/crypto/signature.js';
import { DerReader } from '../../../src/der/reader.js';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../../../src/x509/algorithm-identifier.js';
import { parseCertificate } from '../../../src/x509/certificate.js';
import {
  readSubjectPublicKeyInfo,
  withAlgorithm,
  withInheritedParameters,
  type SubjectPublicKeyInfo,
} from '../../../src/x509/subject-public-key-info.js';
import { bitString, explicit, fromHex, integer, nullValue, octetString, oid, sequence } from '../../support/der.js';
import { makeSignature, makeSignatureAlgorithm, type Hash } from '../../support/keys.js';
import { issueCertificate, makeKeyPair, type KeyPair } from '../../support/pki.js';

const message = Buffer.from('what was signed');
const read = (spki: Uint8Array): SubjectPublicKeyInfo => readSubjectPublicKeyInfo(new DerReader(spki));
const spkiOf = (key: KeyObject): SubjectPublicKeyInfo => read(key.export({ type: 'spki', format: 'der' }));
const algorithmOf = (der: Uint8Array): AlgorithmIdentifier => readAlgorithmIdentifier(new DerReader(der), 'signature');

interface Signed {
  readonly algorithm: Uint8Array;
  readonly signature: Uint8Array;
  readonly key: SubjectPublicKeyInfo;
}

/** Every check is made twice: over all bytes at once, and over bytes that come one by one. */
const checkSignature: typeof checkWhole = (signed, algorithm, signature, key) => {
  const whole = checkWhole(signed, algorithm, signature, key);
  const running = startSignatureCheck(algorithm, key);
  const isEdwards = ['Ed25519', 'Ed448'].includes(signatureAlgorithmName(algorithm));
  expect(running === undefined).toBe(isEdwards && whole.outcome !== 'unsupported' && isEdwardsKey(key));
  for (const byte of signed) running?.update(Uint8Array.of(byte));
  if (running) expect(running.finish(signature)).toEqual(whole);
  return whole;
};

const isEdwardsKey = (key: SubjectPublicKeyInfo): boolean => key.algorithm.algorithm.startsWith('1.3.101.');

/** Runs the check; what is given replaces what was made. */
function check(
  signed: Signed,
  changes: { signature?: Uint8Array; message?: Uint8Array } = {},
): SignatureCheck['outcome'] {
  const bytes = changes.signature ?? signed.signature;
  return checkSignature(changes.message ?? message, algorithmOf(signed.algorithm), { unusedBits: 0, bytes }, signed.key)
    .outcome;
}

function signWith(key: KeyPair, options: { hash?: Hash; pss?: boolean } = {}): Signed {
  return {
    algorithm: makeSignatureAlgorithm(key, options),
    signature: makeSignature(key, message, options),
    key: read(key.spki),
  };
}

function flip(bytes: Uint8Array, position = bytes.length - 1): Uint8Array {
  return bytes.map((octet, at) => (at === position ? octet ^ 1 : octet));
}

const rsa = makeKeyPair('rsa1024', 'signature');
const ec = makeKeyPair('p256', 'signature');
const dsaPair = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
const dsa256 = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 });

function signDSA(pair: typeof dsaPair, algorithm: string, hash: string): Signed {
  return {
    algorithm: sequence(oid(algorithm)),
    signature: sign(hash, message, pair.privateKey),
    key: spkiOf(pair.publicKey),
  };
}

const everyKind: readonly [string, () => Signed, string | undefined][] = [
  ['md5WithRSAEncryption', () => signWith(rsa, { hash: 'md5' }), 'md5'],
  ['sha1WithRSAEncryption', () => signWith(rsa, { hash: 'sha1' }), 'sha1'],
  ['sha224WithRSAEncryption', () => signWith(rsa, { hash: 'sha224' }), 'sha224'],
  ['sha256WithRSAEncryption', () => signWith(rsa), 'sha256'],
  ['sha384WithRSAEncryption', () => signWith(rsa, { hash: 'sha384' }), 'sha384'],
  ['sha512WithRSAEncryption', () => signWith(rsa, { hash: 'sha512' }), 'sha512'],
  ['rsassaPss', () => signWith(rsa, { pss: true }), 'sha256'],
  ['ecdsa-with-SHA1', () => signWith(ec, { hash: 'sha1' }), 'sha1'],
  ['ecdsa-with-SHA224', () => signWith(ec, { hash: 'sha224' }), 'sha224'],
  ['ecdsa-with-SHA256', () => signWith(ec), 'sha256'],
  ['ecdsa-with-SHA384', () => signWith(makeKeyPair('p384', 'signature'), { hash: 'sha384' }), 'sha384'],
  ['ecdsa-with-SHA512', () => signWith(makeKeyPair('p521', 'signature'), { hash: 'sha512' }), 'sha512'],
  ['dsa-with-sha1', () => signDSA(dsaPair, '1.2.840.10040.4.3', 'sha1'), 'sha1'],
  ['dsa-with-sha224', () => signDSA(dsa256, '2.16.840.1.101.3.4.3.1', 'sha224'), 'sha224'],
  ['dsa-with-sha256', () => signDSA(dsa256, '2.16.840.1.101.3.4.3.2', 'sha256'), 'sha256'],
  ['Ed25519', () => signWith(makeKeyPair('ed25519', 'signature')), undefined],
  ['Ed448', () => signWith(makeKeyPair('ed448', 'signature')), undefined],
];

describe.each(everyKind)('%s', (name, make, digest) => {
  const signed = make();

  test('is called by its name and digest', () => {
    expect(signatureAlgorithmName(algorithmOf(signed.algorithm))).toBe(name);
    expect(signatureDigest(algorithmOf(signed.algorithm))).toBe(digest);
  });

  test('is valid as it was made', () => {
    expect(check(signed)).toBe('valid');
  });

  test('is invalid over other bytes', () => {
    expect(check(signed, { message: Buffer.from('what was sigmed') })).toBe('invalid');
  });

  test('is invalid when broken, cut, lengthened or empty', () => {
    const { signature } = signed;
    expect(check(signed, { signature: flip(signature) })).toBe('invalid');
    expect(check(signed, { signature: flip(signature, 0) })).toBe('invalid');
    expect(check(signed, { signature: signature.subarray(0, -1) })).toBe('invalid');
    expect(check(signed, { signature: Buffer.concat([signature, Uint8Array.of(0)]) })).toBe('invalid');
    expect(check(signed, { signature: new Uint8Array(0) })).toBe('invalid');
  });

  test('is invalid by a key of another kind', () => {
    const other = name.startsWith('Ed') || name.startsWith('ecdsa') ? rsa : makeKeyPair('ed25519', 'other kind');
    expect(check({ ...signed, key: read(other.spki) })).toBe('invalid');
  });

  test('is invalid with unused bits', () => {
    const bits = { unusedBits: 1, bytes: signed.signature };
    expect(checkSignature(message, algorithmOf(signed.algorithm), bits, signed.key)).toEqual({ outcome: 'invalid' });
  });
});

test('another key of the same kind makes it invalid', () => {
  expect(check({ ...signWith(ec), key: read(makeKeyPair('p256').spki) })).toBe('invalid');
  expect(check({ ...signWith(ec), key: read(makeKeyPair('p384').spki) })).toBe('invalid');
  expect(check({ ...signWith(rsa), key: read(makeKeyPair('rsa1024', 'another').spki) })).toBe('invalid');
});

test('an algorithm that is not known is unsupported and called by its OID', () => {
  const algorithm = algorithmOf(sequence(oid('1.2.3.4'), nullValue()));
  expect(signatureAlgorithmName(algorithm)).toBe('1.2.3.4');
  expect(signatureDigest(algorithm)).toBeUndefined();
  expect(checkSignature(message, algorithm, { unusedBits: 0, bytes: fromHex('00') }, read(rsa.spki))).toEqual({
    outcome: 'unsupported',
    reason: 'unknown signature algorithm 1.2.3.4',
  });
});

test.each([
  ['PKCS#1', signWith(rsa)],
  ['PSS', signWith(rsa, { pss: true })],
])('a key that OpenSSL cannot read leaves %s undecided', (_, signed) => {
  const key = read(sequence(sequence(oid('1.2.840.113549.1.1.1'), nullValue()), bitString(fromHex('3000'))));
  const bits = { unusedBits: 0, bytes: signed.signature };
  expect(checkSignature(message, algorithmOf(signed.algorithm), bits, key)).toEqual({
    outcome: 'unsupported',
    reason: 'OpenSSL cannot read the public key',
  });
});

test('a made certificate verifies over its tbsCertificate with its issuer’s key alone', () => {
  const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
  const { tbsCertificate, signatureAlgorithm, signatureValue } = parseCertificate(
    issueCertificate(root, { subject: 'CN=leaf' }).certificate,
  );
  const rootKey = parseCertificate(root.certificate).tbsCertificate.subjectPublicKeyInfo;
  const run = (key: SubjectPublicKeyInfo): string =>
    checkSignature(tbsCertificate.bytes, signatureAlgorithm, signatureValue, key).outcome;
  expect(run(rootKey)).toBe('valid');
  expect(run(tbsCertificate.subjectPublicKeyInfo)).toBe('invalid');
});

describe('DSA with inherited parameters', () => {
  const signed = signDSA(dsaPair, '1.2.840.10040.4.3', 'sha1');
  const bare = withAlgorithm(signed.key, sequence(oid('1.2.840.10040.4.1')));

  test('is valid once the key has those of its issuer', () => {
    const key = withInheritedParameters(bare, signed.key);
    expect(key && check({ ...signed, key })).toBe('valid');
  });

  test('is invalid with those of somebody else', () => {
    const key = withInheritedParameters(bare, spkiOf(dsa256.publicKey));
    expect(key && check({ ...signed, key })).not.toBe('valid');
  });

  test('is never valid without', () => {
    expect(check({ ...signed, key: bare })).not.toBe('valid');
  });
});

const digestOids = {
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const;
type PssDigest = keyof typeof digestOids;
const digestAlgorithm = (hash: PssDigest): Uint8Array => sequence(oid(digestOids[hash]), nullValue());

/** RSASSA-PSS-params; what is left out takes its DEFAULT. */
function pssAlgorithm(hash?: PssDigest, mgf?: PssDigest, salt?: number, trailer?: number): Uint8Array {
  const mgf1 = '1.2.840.113549.1.1.8';
  return sequence(
    oid('1.2.840.113549.1.1.10'),
    sequence(
      ...(hash ? [explicit(0, digestAlgorithm(hash))] : []),
      ...(mgf ? [explicit(1, sequence(oid(mgf1), digestAlgorithm(mgf)))] : []),
      ...(salt === undefined ? [] : [explicit(2, integer(salt))]),
      ...(trailer === undefined ? [] : [explicit(3, integer(trailer))]),
    ),
  );
}

/** A signature with just these parameters: OpenSSL takes the mask generation from the key, so the key is bound to them. */
function signPSS(hash: PssDigest, mgf: PssDigest, salt: number): Signed {
  const algorithm = pssAlgorithm(hash, mgf, salt);
  const pair = makeKeyPair('rsa2048', 'pss');
  const pkcs1 = pair.privateKey.export({ type: 'pkcs1', format: 'der' });
  const pkcs8 = Buffer.from(sequence(integer(0), algorithm, octetString(pkcs1)));
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return {
    algorithm,
    signature: sign(hash, message, { key, padding, saltLength: salt }),
    key: withAlgorithm(read(pair.spki), algorithm),
  };
}

/** The same numbers as a key for any RSA signature. */
const asPlainRSA = (key: SubjectPublicKeyInfo): SubjectPublicKeyInfo =>
  withAlgorithm(key, sequence(oid('1.2.840.113549.1.1.1'), nullValue()));
const asFreePSS = (key: SubjectPublicKeyInfo): SubjectPublicKeyInfo =>
  withAlgorithm(key, sequence(oid('1.2.840.113549.1.1.10')));

describe('RSASSA-PSS', () => {
  test.each<[PssDigest, PssDigest, number]>([
    ['sha256', 'sha256', 32],
    ['sha256', 'sha1', 20],
    ['sha384', 'sha256', 0],
    ['sha512', 'sha512', 64],
    ['sha1', 'sha1', 20],
    ['sha224', 'sha384', 50],
  ])('with %s, MGF1 of %s and a salt of %i', (hash, mgf, salt) => {
    const signed = signPSS(hash, mgf, salt);
    expect(signatureDigest(algorithmOf(signed.algorithm))).toBe(hash);
    for (const key of [signed.key, asPlainRSA(signed.key), asFreePSS(signed.key)]) {
      expect(check({ ...signed, key })).toBe('valid');
      expect(check({ ...signed, key }, { signature: flip(signed.signature) })).toBe('invalid');
    }
  });

  test('holds the signature to the salt, the hash and the mask that its algorithm names', () => {
    const signed = signPSS('sha256', 'sha1', 20);
    for (const algorithm of [
      pssAlgorithm('sha256', 'sha1', 32),
      pssAlgorithm('sha256', 'sha1'),
      pssAlgorithm('sha256', 'sha256', 20),
      pssAlgorithm('sha384', 'sha1', 20),
    ]) {
      const outcome = check({ ...signed, key: asPlainRSA(signed.key), algorithm });
      const isDefault = Buffer.compare(algorithm, pssAlgorithm('sha256', 'sha1')) === 0;
      expect(outcome).toBe(isDefault ? 'valid' : 'invalid');
    }
  });

  test('takes SHA-1 and a salt of 20 where the parameters say nothing', () => {
    const signed = signPSS('sha1', 'sha1', 20);
    expect(check({ ...signed, key: asPlainRSA(signed.key), algorithm: pssAlgorithm() })).toBe('valid');
    expect(signatureDigest(algorithmOf(pssAlgorithm()))).toBe('sha1');
  });

  test('is invalid where the key’s own parameters forbid what the signature uses', () => {
    const signed = signPSS('sha256', 'sha256', 20);
    const restrict = (...parameters: Parameters<typeof pssAlgorithm>): SubjectPublicKeyInfo =>
      withAlgorithm(signed.key, pssAlgorithm(...parameters));
    expect(check({ ...signed, key: restrict('sha256', 'sha256', 10) })).toBe('valid');
    expect(check({ ...signed, key: restrict('sha256', 'sha256', 32) })).toBe('invalid');
    expect(check({ ...signed, key: restrict('sha384', 'sha256', 20) })).toBe('invalid');
    expect(check({ ...signed, key: restrict('sha256', 'sha1', 20) })).toBe('invalid');
  });

  test('makes PKCS#1 signatures invalid by a key for PSS alone', () => {
    const pair = generateKeyPairSync('rsa-pss', { modulusLength: 1024 });
    const algorithm = sequence(oid('1.2.840.113549.1.1.11'), nullValue());
    expect(check({ algorithm, signature: new Uint8Array(128), key: spkiOf(pair.publicKey) })).toBe('invalid');
  });

  test.each([
    ['without parameters', sequence(oid('1.2.840.113549.1.1.10'))],
    ['with parameters that are no SEQUENCE', sequence(oid('1.2.840.113549.1.1.10'), nullValue())],
    [
      'with a hash that is not known',
      sequence(oid('1.2.840.113549.1.1.10'), sequence(explicit(0, sequence(oid('1.2.3'))))),
    ],
    ['with malformed parameters', sequence(oid('1.2.840.113549.1.1.10'), sequence(explicit(0, nullValue())))],
    ['with another trailer', pssAlgorithm('sha256', 'sha256', 32, 2)],
    [
      'with a mask that is not known',
      sequence(
        oid('1.2.840.113549.1.1.10'),
        sequence(explicit(0, digestAlgorithm('sha256')), explicit(1, sequence(oid('1.2.3')))),
      ),
    ],
    ['with an unknown field', sequence(oid('1.2.840.113549.1.1.10'), sequence(explicit(5, nullValue())))],
  ])('%s is unsupported', (_, algorithm) => {
    const { signature, key } = signWith(rsa, { pss: true });
    expect(checkSignature(message, algorithmOf(algorithm), { unusedBits: 0, bytes: signature }, key)).toEqual({
      outcome: 'unsupported',
      reason: 'RSASSA-PSS parameters that OpenSSL does not know',
    });
  });
});
