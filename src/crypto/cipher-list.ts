/**
 * What an OpenSSL cipher string selects (`cipher-list`, TLS 1.2 and earlier), as OpenSSL itself says.
 *
 * Node offers no call that lists the selection, but refuses a string that selects nothing. A cipher is selected if the
 * string still selects something when every other cipher is struck from it. Of some 100 ciphers that costs some 50 ms.
 */
import { createSecureContext } from 'node:tls';

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

/** The ciphers that do not fit the key of the server's certificate. Ed25519 and Ed448 go with ECDSA's. */
function strikeByKey(keyType: string | undefined): string[] {
  if (keyType === undefined) return [];
  if (keyType === 'RSA') return ['!aECDSA'];
  return keyType === 'RSA-PSS' ? ['!aECDSA', '!kRSA'] : ['!aRSA'];
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
 * @param keyType of the server's certificate: RSA, RSA-PSS, EC, Ed25519 …; every type unless given.
 * @returns OpenSSL's names, the newer ones first; empty where the string selects none. Security levels
 * (`@SECLEVEL`) strike nothing here, as in `openssl ciphers`.
 */
export function listCiphers(cipherList: string, keyType?: string): readonly string[] {
  const usable = [cipherList, withoutCertificate, ...strikeByKey(keyType)].join(':');
  if (!selectsCipher(usable)) return [];
  const names = exchanges.flatMap((exchange) => encryptions.map((encryption) => exchange + encryption));
  const known = names.filter(selectsCipher);
  return known.filter((name) =>
    selectsCipher([usable, ...known.filter((other) => other !== name).map((other) => `!${other}`)].join(':')),
  );
}
