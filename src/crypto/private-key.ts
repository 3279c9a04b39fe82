/** Private keys: imported into OpenSSL to find the certificate that belongs to them; never printed, never exported. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { encodePem } from '../pem/encode.js';
import { parsePublicKey, type SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import { equalKeyObjects, importPublicKey } from './public-key.js';

/** A private key as OpenSSL holds it. */
export type PrivateKey = KeyObject;

/** An unencrypted key in DER, and how it is written: PrivateKeyInfo, RSAPrivateKey, ECPrivateKey, or DSA as OpenSSL has it. */
export interface PrivateKeyEncoding {
  readonly der: Uint8Array;
  readonly encoding: 'pkcs8' | 'pkcs1' | 'sec1' | 'dsa';
}

/** The key as OpenSSL holds it, or undefined where it cannot read it. */
export function importPrivateKey({ der, encoding }: PrivateKeyEncoding): KeyObject | undefined {
  try {
    // node:crypto knows the traditional form of DSA only as PEM.
    if (encoding === 'dsa') return createPrivateKey(encodePem('DSA PRIVATE KEY', der));
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: encoding });
  } catch {
    return undefined;
  }
}

/** True when the certificate's public key is that of the private key. */
export function isKeyOf(privateKey: KeyObject, key: SubjectPublicKeyInfo): boolean {
  const own = importPublicKey(key);
  return own !== undefined && equalKeyObjects(own, createPublicKey(privateKey));
}

/** The public half, by which a key may be described and compared without a look at its secret. */
export function publicKeyOf(privateKey: KeyObject): SubjectPublicKeyInfo {
  return parsePublicKey(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
}
