/**
 * Codes of the area `pem`: what is wrong with the armour or the base64 text of a file (RFC 7468).
 *
 * An error means that OpenSSL leaves something out or refuses the file, even where certwright could read it; a warning
 * that only another consumer does; an info that none of those observed does (`src/pem/consumers.ts`, held by a test).
 */
import { entry } from './finding.js';

/** What every form of damage tells. */
export interface PemDamage {
  /** How many times the file shows it; the place given is the first. */
  readonly count: number;
  /** The consumers that choke on it, of `openssl`, `node`, `keytool` and `gnutls`. */
  readonly consumers: readonly string[];
  /** Those of them that leave something out without a word. */
  readonly silent: readonly string[];
}

/** Damage after which the bytes may be wrong: a block is read only when it holds one whole DER element. */
export interface RiskyDamage extends PemDamage {
  readonly read: boolean;
}

const armour = 'RFC 7468 3';
const general = 'RFC 7468 2';

export const pemCatalogue = {
  // The text as a whole.
  'pem/byte-order-mark': entry<PemDamage>({ severity: 'warning', reference: general }),
  'pem/utf-16': entry<PemDamage & { readonly encoding: string }>({ severity: 'error', reference: general }),
  'pem/crlf': entry<PemDamage>({ severity: 'info', reference: armour }),
  'pem/mixed-line-ends': entry<PemDamage>({ severity: 'info', reference: armour }),
  'pem/cr-only': entry<PemDamage>({ severity: 'error', reference: armour }),
  'pem/text-outside-blocks': entry<PemDamage>({ severity: 'info', reference: general }),
  // Where the lines begin and end.
  'pem/indented-armour': entry<PemDamage>({ severity: 'error', reference: armour }),
  'pem/indented-body': entry<PemDamage>({ severity: 'info', reference: general }),
  'pem/quoted-lines': entry<PemDamage>({ severity: 'error', reference: armour }),
  'pem/text-before-armour': entry<PemDamage & { readonly text: string }>({ severity: 'error', reference: armour }),
  'pem/text-after-armour': entry<PemDamage & { readonly text: string }>({ severity: 'error', reference: armour }),
  'pem/joined-blocks': entry<PemDamage>({ severity: 'error', reference: armour }),
  'pem/missing-line-breaks': entry<PemDamage>({ severity: 'error', reference: armour }),
  'pem/blanks-in-lines': entry<PemDamage>({ severity: 'info', reference: general }),
  'pem/escaped-line-breaks': entry<PemDamage>({ severity: 'error', reference: armour }),
  'pem/trailing-whitespace': entry<PemDamage>({ severity: 'info', reference: general }),
  'pem/blank-line-after-begin': entry<PemDamage>({ severity: 'info', reference: general }),
  'pem/blank-lines': entry<PemDamage>({ severity: 'error', reference: general }),
  'pem/line-length': entry<PemDamage & { readonly longest: number }>({ severity: 'info', reference: general }),
  // The armour.
  'pem/dash-count': entry<PemDamage & { readonly dashes: number }>({ severity: 'error', reference: armour }),
  'pem/smart-dashes': entry<PemDamage>({ severity: 'error', reference: armour }),
  'pem/armour-spacing': entry<PemDamage>({ severity: 'error', reference: armour }),
  'pem/label-case': entry<PemDamage & { readonly label: string }>({ severity: 'error', reference: armour }),
  'pem/label-mismatch': entry<RiskyDamage & { readonly begin: string; readonly end: string }>({
    severity: 'error',
    reference: general,
  }),
  'pem/truncated-block': entry<RiskyDamage>({ severity: 'error', reference: armour }),
  'pem/missing-begin': entry<RiskyDamage>({ severity: 'error', reference: armour }),
  'pem/bare-base64': entry<RiskyDamage>({ severity: 'error', reference: armour }),
  'pem/empty-block': entry<PemDamage>({ severity: 'error', reference: armour }),
  // The base64 text.
  'pem/bad-character': entry<RiskyDamage & { readonly character: string }>({ severity: 'error', reference: armour }),
  'pem/bad-padding': entry<RiskyDamage>({ severity: 'error', reference: 'RFC 4648 4' }),
  'pem/unexpected-headers': entry<PemDamage & { readonly header: string }>({ severity: 'error', reference: general }),
  // The labels.
  'pem/x509-certificate-label': entry<PemDamage>({ severity: 'warning', reference: 'RFC 7468 5.1' }),
  'pem/crl-label': entry<PemDamage>({ severity: 'error', reference: 'RFC 7468 6' }),
  'pem/trusted-certificate': entry<PemDamage & { readonly auxiliaryBytes: number }>({
    severity: 'warning',
    reference: 'OpenSSL openssl-x509(1), Trust Settings',
  }),
  'pem/trailing-bytes': entry<PemDamage & { readonly bytes: number }>({
    severity: 'error',
    reference: 'RFC 7468 5.1',
  }),
  'pem/passed-over': entry<{ readonly count: number; readonly label: string }>({
    severity: 'info',
    reference: general,
  }),
  'pem/unknown-label': entry<{ readonly count: number; readonly label: string }>({
    severity: 'warning',
    reference: general,
  }),
};
