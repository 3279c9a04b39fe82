/** Codes of the area `input`: files that are not there, not readable, or not what they should be. */
import { entry } from './finding.js';

const files = 'certwright, reading inputs';
const pkcs12 = 'RFC 7292 4';
const pkcs7 = 'RFC 5652 5.1';

export const inputCatalogue = {
  // The way to the bytes.
  'input/not-found': entry<{ readonly reason: string }>({ severity: 'error', reference: files }),
  'input/unreadable': entry<{ readonly reason: string }>({ severity: 'error', reference: files }),
  'input/not-a-file': entry<{ readonly what: string }>({ severity: 'error', reference: files }),
  'input/too-large': entry<{ readonly size: number; readonly limit: number }>({ severity: 'error', reference: files }),
  'input/changed': entry<{ readonly pass: 'while-reading' | 'between-passes' }>({
    severity: 'error',
    reference: files,
  }),
  'input/empty': entry<{ readonly size: number }>({ severity: 'error', reference: files }),
  'input/blanks-in-list': entry<{ readonly list: string }>({ severity: 'info', reference: files }),
  'input/repeated-file': entry<{ readonly count: number; readonly names: readonly string[] }>({
    severity: 'info',
    reference: files,
  }),
  'input/hidden-files': entry<{ readonly count: number; readonly names: readonly string[] }>({
    severity: 'info',
    reference: files,
  }),
  'input/empty-directory': entry<{ readonly entries: number }>({ severity: 'error', reference: files }),
  // What the bytes are.
  'input/no-objects': entry<{ readonly looksLike: string }>({ severity: 'error', reference: 'RFC 7468 2' }),
  'input/java-keystore': entry<{ readonly format: string }>({
    severity: 'error',
    reference: 'Java SE 17, keytool -importkeystore',
  }),
  'input/truncated-der': entry<{ readonly size: number; readonly declared: number }>({
    severity: 'error',
    reference: 'X.690 8.1.3',
  }),
  'input/unknown-structure': entry<{ readonly size: number }>({ severity: 'error', reference: 'RFC 5280 4.1' }),
  'input/concatenated-der': entry<{ readonly count: number }>({ severity: 'warning', reference: 'RFC 5280 4.1' }),
  'input/trailing-bytes': entry<{ readonly bytes: number }>({ severity: 'warning', reference: 'RFC 5280 4.1' }),
  'input/misplaced-object': entry<{ readonly label: string; readonly found: string }>({
    severity: 'error',
    reference: 'RFC 7468 4',
  }),
  'input/unexpected-object': entry<{
    readonly found: string;
    readonly count: number;
    readonly expected: readonly string[];
  }>({
    severity: 'error',
    reference: files,
  }),
  'input/not-wanted': entry<{ readonly found: string; readonly count: number; readonly expected: readonly string[] }>({
    severity: 'info',
    reference: files,
  }),
  // PKCS#7 and PKCS#12.
  'input/damaged-container': entry<{ readonly format: string; readonly reason: string }>({
    severity: 'error',
    reference: 'RFC 5652 3, RFC 7292 4',
  }),
  'input/ber-container': entry<{ readonly format: string }>({ severity: 'info', reference: 'X.690 8.1.3.6' }),
  'input/no-certificates-inside': entry<{ readonly format: string }>({ severity: 'error', reference: pkcs7 }),
  'input/unsupported-content': entry<{ readonly format: string; readonly content: string }>({
    severity: 'error',
    reference: 'RFC 5652 4, RFC 7292 4.2',
  }),
  'input/part-left-out': entry<{ readonly format: string; readonly content: string }>({
    severity: 'warning',
    reference: 'RFC 5652 10.2.2, RFC 7292 4.2',
  }),
  'input/password-required': entry<{ readonly format: string }>({ severity: 'error', reference: pkcs12 }),
  'input/wrong-password': entry<{ readonly format: string }>({ severity: 'error', reference: pkcs12 }),
  'input/integrity-not-checked': entry<{ readonly reason: string }>({ severity: 'warning', reference: 'RFC 7292 5.1' }),
  'input/legacy-encryption': entry<{ readonly algorithm: string }>({ severity: 'error', reference: 'RFC 7292 C' }),
  'input/unsupported-encryption': entry<{ readonly algorithm: string }>({ severity: 'error', reference: 'RFC 8018 6' }),
  'input/too-many-iterations': entry<{ readonly iterations: number; readonly limit: number }>({
    severity: 'error',
    reference: 'RFC 8018 4.2',
  }),
};
