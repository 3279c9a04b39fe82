/**
 * What an OpenSSL cipher string selects (`cipher-list`, TLS 1.2 and earlier), as OpenSSL itself says.
 *
 * Node offers no call that lists the selection, but refuses a string that selects nothing. A cipher is selected if the
 * string still selects something when every other cipher is struck from it. Of some 100 ciphers that costs some 50 ms.
 */
import { createSecureContext } from 'node:tls';
import { securityBits, type SecurityLevel } from './strength.js';

/** OpenSSL's own default, which a side without `cipher-list` has. */
export const defaultCipherList = 'DEFAULT';

/** Key exchange with a certificate, as it begins the names of OpenSSL; no prefix stands for RSA key transport. */
const exchanges = ['ECDHE-ECDSA-', 'ECDHE-RSA-', 'ECDHE-', 'DHE-RSA-', ''];
const encryptions = [
  ...['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305', 'ARIA128-GCM-SHA256', 'ARIA256-GCM-SHA384'],
  ...['AES128', 'AES256'].flatMap((cipher) => ['CCM', 'CCM8'].map((mode) => `${cipher}-${mode}`)),
  ...['AES128', 'AES256', 'CAMELLIA128', 'CAMELLIA256'].flatMap((cipher) =>
    ['SHA', 'SHA256', 'SHA384'].map((digest) => `${cipher}-${digest}`),
  ),
  ...['NULL-MD5', 'NULL-SHA', 'NULL-SHA256', 'DES-CBC3-SHA', 'RC4-SHA', 'RC4-MD5', 'SEED-SHA', 'IDEA-CBC-SHA'],
];

/** Ciphers that authenticate the server by nothing or by something other than a certificate of today. */
const withoutCertificate = '!PSK:!SRP:!aNULL:!aDSS';

/** Whether a server with this key can use the cipher. Ed25519 and Ed448 go with ECDSA's. */
export function goesWithKey(cipher: string, keyType: string): boolean {
  if (cipher.startsWith('ECDHE-ECDSA-')) return !keyType.startsWith('RSA');
  const isForwardSecret = /^(?:EC)?DHE-/.test(cipher);
  return keyType === 'RSA' || (keyType === 'RSA-PSS' && isForwardSecret);
}

/** Bits of security of the encryption, as OpenSSL 3.0 counts them. */
function encryptionBits(cipher: string): number {
  if (cipher.includes('NULL')) return 0;
  if (cipher.includes('DES-CBC3')) return 112;
  return /(?:AES_?|CAMELLIA|ARIA)256|CHACHA20/.test(cipher) ? 256 : 128;
}

/**
 * Whether OpenSSL offers and takes a cipher or suite at this security level, SSL_CTX_set_security_level(3).
 *
 * @param cipher with a certificate: OpenSSL's name, or that of a TLS 1.3 suite.
 */
export function isAllowedAt(cipher: string, level: SecurityLevel): boolean {
  if (level === 0) return true;
  if (encryptionBits(cipher) < securityBits[level] || cipher.endsWith('-MD5')) return false;
  // SHA-1 as a MAC counts 160 bits.
  if (level >= 4 && cipher.endsWith('-SHA')) return false;
  if (level >= 2 && cipher.includes('RC4')) return false;
  return level < 3 || /^(?:(?:EC)?DHE-|TLS_)/.test(cipher);
}

/** Whether OpenSSL takes the string: it selects a cipher for TLS 1.2 or earlier. Suites of TLS 1.3 do not count. */
export function selectsCipher(cipherList: string): boolean {
  const own = cipherList.split(':').filter((each) => each !== '' && !each.startsWith('TLS_'));
  if (own.length === 0) return false;
  try {
    createSecureContext({ ciphers: own.join(':') });
    return true;
  } catch {
    return false;
  }
}

/**
 * Lists the ciphers of a string that a server with a certificate can use.
 *
 * @returns OpenSSL's names, the newer ones first; empty where the string selects none. Security levels
 * (`@SECLEVEL`) strike nothing here, as in `openssl ciphers`: see `isAllowedAt`.
 */
export function listCiphers(cipherList: string): readonly string[] {
  const usable = `${cipherList}:${withoutCertificate}`;
  if (!selectsCipher(usable)) return [];
  const names = exchanges.flatMap((exchange) => encryptions.map((encryption) => exchange + encryption));
  // One that OpenSSL does not know selects nothing, and striking it does no harm.
  return names.filter((name) =>
    selectsCipher([usable, ...names.filter((other) => other !== name).map((other) => `!${other}`)].join(':')),
  );
}
