/** Public keys: imported into OpenSSL once each, and described. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';

/** A key object for each SubjectPublicKeyInfo that was asked for; false where OpenSSL cannot read it. */
const imported = new WeakMap<SubjectPublicKeyInfo, KeyObject | false>();

/** The key as OpenSSL holds it, or undefined where it cannot: unknown algorithm, unknown curve, damaged key. */
export function importPublicKey(key: SubjectPublicKeyInfo): KeyObject | undefined {
  let known = imported.get(key);
  if (known === undefined) {
    try {
      known = createPublicKey({ key: Buffer.from(key.bytes), format: 'der', type: 'spki' });
    } catch {
      known = false;
    }
    imported.set(key, known);
  }
  return known === false ? undefined : known;
}

/**
 * The same key, as OpenSSL compares them. Observed on Node 20.20: `equals` of two types leaves an error behind that the
 * next `createPrivateKey` throws, so it is never asked.
 */
export function equalKeyObjects(a: KeyObject, b: KeyObject): boolean {
  return a.asymmetricKeyType === b.asymmetricKeyType && a.equals(b);
}

/** The same key, however it is written; false also where OpenSSL cannot read one of them. */
export function equalPublicKeys(a: SubjectPublicKeyInfo, b: SubjectPublicKeyInfo): boolean {
  const [one, other] = [importPublicKey(a), importPublicKey(b)];
  return one !== undefined && other !== undefined && equalKeyObjects(one, other);
}

export interface PublicKeyDescription {
  /** RSA, RSA-PSS, DSA, EC, Ed25519, Ed448, X25519, X448, or the dotted OID of an algorithm that is none of them. */
  readonly type: string;
  /** Size of the modulus, prime or field, in bits; absent where the type fixes it or OpenSSL cannot read the key. */
  readonly bits?: number;
  /** OpenSSL's name of an EC key's curve, e.g. `prime256v1`. */
  readonly curve?: string;
}

const typeNames: Readonly<Record<string, string>> = {
  rsa: 'RSA',
  'rsa-pss': 'RSA-PSS',
  dsa: 'DSA',
  ec: 'EC',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
  x25519: 'X25519',
  x448: 'X448',
};

/** The same for keys that OpenSSL cannot read: damaged, on an unknown curve, or DSA without parameters of its own. */
const typesByAlgorithm: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10040.4.1': 'DSA',
  '1.2.840.10045.2.1': 'EC',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};

/** Field sizes of the curves that certificates bear, in bits (SEC 2, RFC 5639). */
const curveBits: Readonly<Record<string, number>> = {
  prime192v1: 192,
  secp192k1: 192,
  secp224r1: 224,
  secp224k1: 224,
  prime256v1: 256,
  secp256k1: 256,
  secp384r1: 384,
  secp521r1: 521,
  brainpoolP256r1: 256,
  brainpoolP384r1: 384,
  brainpoolP512r1: 512,
};

/** Type and size; a key that OpenSSL cannot read has its type alone. */
export function describePublicKey(key: SubjectPublicKeyInfo): PublicKeyDescription {
  const object = importPublicKey(key);
  const type = object?.asymmetricKeyType;
  if (!object || !type) return { type: typesByAlgorithm[key.algorithm.algorithm] ?? key.algorithm.algorithm };
  const { modulusLength, namedCurve } = object.asymmetricKeyDetails ?? {};
  const bits = modulusLength ?? (namedCurve === undefined ? undefined : curveBits[namedCurve]);
  return {
    type: typeNames[type] ?? type,
    ...(bits !== undefined && { bits }),
    ...(namedCurve !== undefined && { curve: namedCurve }),
  };
}

/** `RSA 2048`, `EC prime256v1`, `Ed25519`. */
export function formatPublicKey({ type, bits, curve }: PublicKeyDescription): string {
  return [type, curve ?? bits].filter((part) => part !== undefined).join(' ');
}
