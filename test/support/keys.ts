/** Key pairs and signatures for made certificates. */
import { constants, createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { explicit, integer, nullValue, oid, sequence } from './der.js';

export type KeyKind =
  | 'rsa1024'
  | 'rsa2048'
  | 'rsa3072'
  | 'rsa4096'
  | 'rsa-pss'
  | 'p256'
  | 'p384'
  | 'p521'
  | 'secp256k1'
  | 'ed25519'
  | 'ed448';
export type Hash = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

export interface KeyPair {
  readonly kind: KeyKind;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  /** SHA-1 of the bits of subjectPublicKey: method (1) of RFC 5280 4.2.1.2. */
  readonly keyIdentifier: Uint8Array;
}

const curves = { p256: 'P-256', p384: 'P-384', p521: 'P-521', secp256k1: 'secp256k1' } as const;

function generate(kind: KeyKind): { publicKey: KeyObject; privateKey: KeyObject } {
  switch (kind) {
    case 'ed25519':
      return generateKeyPairSync('ed25519');
    case 'ed448':
      return generateKeyPairSync('ed448');
    case 'p256':
    case 'p384':
    case 'p521':
    case 'secp256k1':
      return generateKeyPairSync('ec', { namedCurve: curves[kind] });
    case 'rsa-pss':
      return generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
    case 'rsa1024':
    case 'rsa2048':
    case 'rsa3072':
    case 'rsa4096':
      return generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(3)) });
  }
}

/** The bits of subjectPublicKey: the contents of the BIT STRING that ends every SubjectPublicKeyInfo. */
function publicKeyBits(spki: Uint8Array): Uint8Array {
  const lengthAt = (at: number): { start: number; length: number } => {
    const first = spki[at] ?? 0;
    if (first < 0x80) return { start: at + 1, length: first };
    const count = first & 0x7f;
    return {
      start: at + 1 + count,
      length: Number(`0x${Buffer.from(spki.subarray(at + 1, at + 1 + count)).toString('hex')}`),
    };
  };
  const outer = lengthAt(1);
  const algorithm = lengthAt(outer.start + 1);
  const bits = lengthAt(algorithm.start + algorithm.length + 1);
  return spki.subarray(bits.start + 1);
}

/** The pair of node:crypto key objects as the makers here want it. */
function wrapKeyPair(kind: KeyKind, publicKey: KeyObject, privateKey: KeyObject): KeyPair {
  const spki = Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }));
  const keyIdentifier = Uint8Array.from(createHash('sha1').update(publicKeyBits(spki)).digest());
  return { kind, publicKey, privateKey, spki, keyIdentifier };
}

const known = new Map<string, KeyPair>();

/**
 * A key pair, P-256 unless told otherwise because that is fast. With a `label` the same pair comes back each time
 * (of this test file's process), without one it is fresh. RSA is slow to make: give it a label.
 */
export function makeKeyPair(kind: KeyKind = 'p256', label?: string): KeyPair {
  const name = `${kind} ${label ?? ''}`;
  const cached = label === undefined ? undefined : known.get(name);
  if (cached) return cached;
  const { publicKey, privateKey } = generate(kind);
  const pair = wrapKeyPair(kind, publicKey, privateKey);
  if (label !== undefined) known.set(name, pair);
  return pair;
}

/** DER of the private key, PKCS#8. */
export const exportPKCS8 = (key: KeyPair): Uint8Array =>
  Uint8Array.from(key.privateKey.export({ type: 'pkcs8', format: 'der' }));

export interface SignatureChoice {
  /** sha256 unless told otherwise; of no meaning for Ed25519 and Ed448. */
  readonly hash?: Hash;
  /** RSA keys: RSASSA-PSS with MGF1 of the same hash and a salt as long as the hash. */
  readonly pss?: boolean;
}

const rsaAlgorithms: Readonly<Record<Hash, string>> = {
  md5: '1.2.840.113549.1.1.4',
  sha1: '1.2.840.113549.1.1.5',
  sha224: '1.2.840.113549.1.1.14',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
};
const ecdsaAlgorithms: Readonly<Partial<Record<Hash, string>>> = {
  sha1: '1.2.840.10045.4.1',
  sha224: '1.2.840.10045.4.3.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
};
const hashAlgorithms: Readonly<Record<Hash, string>> = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

/** DER of the AlgorithmIdentifier of a signature by this key. */
export function makeSignatureAlgorithm(
  key: KeyPair,
  { hash = 'sha256', pss = false }: SignatureChoice = {},
): Uint8Array {
  if (key.kind === 'ed25519') return sequence(oid('1.3.101.112'));
  if (key.kind === 'ed448') return sequence(oid('1.3.101.113'));
  if (!key.kind.startsWith('rsa')) return sequence(oid(ecdsaAlgorithms[hash] ?? '1.2.840.10045.4.3.2'));
  if (!pss) return sequence(oid(rsaAlgorithms[hash]), nullValue());
  const hashAlgorithm = sequence(oid(hashAlgorithms[hash]), nullValue());
  const saltLength = createHash(hash).digest().length;
  return sequence(
    oid('1.2.840.113549.1.1.10'),
    sequence(
      explicit(0, hashAlgorithm),
      explicit(1, sequence(oid('1.2.840.113549.1.1.8'), hashAlgorithm)),
      explicit(2, integer(saltLength)),
    ),
  );
}

/** The signature over `tbs`; ECDSA as the DER SEQUENCE of r and s. */
export function makeSignature(
  key: KeyPair,
  tbs: Uint8Array,
  { hash = 'sha256', pss = false }: SignatureChoice = {},
): Uint8Array {
  if (key.kind.startsWith('ed')) return Uint8Array.from(sign(null, tbs, key.privateKey));
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return Uint8Array.from(sign(hash, tbs, pss ? { key: key.privateKey, ...padding } : key.privateKey));
}
