/** Opens encrypted private keys through OpenSSL: PKCS#8 (RFC 5958 3) and PEM with RFC 1421 headers. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { encodePem } from '../pem/encode.js';

export type DecryptedKey =
  | { readonly outcome: 'opened'; readonly pkcs8: Uint8Array }
  | { readonly outcome: 'wrong-password' }
  | { readonly outcome: 'undecryptable'; readonly reason: string };

/** What OpenSSL says when the padding or the decrypted key makes no sense. */
const wrongPassword = /bad.?decrypt|bad.?password|INTERRUPTED_OR_CANCELLED|wrong.?tag|not.?enough.?data|asn1/i;

/**
 * After one wrong password in 256 the padding makes sense by chance. What then comes out of a PEM is no key, which OpenSSL
 * calls unsupported; it says so of a key of a kind that it does not know, too, which is rarer by far than a mistyped password.
 */
const wrongPasswordOfPem = new RegExp(`${wrongPassword.source}|DECODER routines::unsupported`, 'i');

function open(importKey: () => KeyObject, saysWrongPassword: RegExp): DecryptedKey {
  try {
    return { outcome: 'opened', pkcs8: importKey().export({ type: 'pkcs8', format: 'der' }) };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (saysWrongPassword.test(`${code} ${message}`)) return { outcome: 'wrong-password' };
    return { outcome: 'undecryptable', reason: message };
  }
}

/** Decrypts an EncryptedPrivateKeyInfo in DER; the result is a PrivateKeyInfo in DER. */
export function decryptPKCS8(der: Uint8Array, password: string): DecryptedKey {
  const key = { key: Buffer.from(der), format: 'der', type: 'pkcs8', passphrase: password } as const;
  return open(() => createPrivateKey(key), wrongPassword);
}

/** Decrypts a key whose PEM headers (Proc-Type, DEK-Info) say how; the result is a PrivateKeyInfo in DER. */
export function decryptPemKey(
  label: string,
  bytes: Uint8Array,
  headers: ReadonlyMap<string, string>,
  password: string,
): DecryptedKey {
  const key = encodePem(label, bytes, headers);
  return open(() => createPrivateKey({ key, format: 'pem', passphrase: password }), wrongPasswordOfPem);
}
