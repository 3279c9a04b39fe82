/**
 * What four programs do with each form of damage, as observed: one block in that form between two good ones, and alone.
 *
 * OpenSSL 3.0.19 (`PEM_X509_INFO_read_bio`, which reads a `-CAfile`, and `PEM_read_bio_X509_AUX`, which reads one's own
 * certificate), Node 20.20 (`ca` of a secure context, `new X509Certificate`), keytool of Java 17 (`-printcert`, for CRLs `-printcrl`), certtool 3.7.9 of GnuTLS
 * (`--certificate-info`). `test/conformance/pem-consumers.test.ts` holds the table against the programs. Where a form
 * has several shapes the table gives the worst.
 */
import type { pemCatalogue } from '../finding/pem.js';

export const consumers = ['openssl', 'node', 'keytool', 'gnutls'] as const;
export type Consumer = (typeof consumers)[number];

/** From harmless to worst: skips: leaves the block out without a word · stops: and what follows · refuses: says no to the file. */
export const effects = ['reads', 'skips', 'stops', 'refuses'] as const;
export type Effect = (typeof effects)[number];

type PemCode = keyof typeof pemCatalogue;
/** A code of the area `pem` without the area. */
export type PemForm = Exclude<PemCode extends `pem/${infer Form}` ? Form : never, 'passed-over' | 'unknown-label'>;

const observe = (
  openssl: Effect,
  node: Effect,
  keytool: Effect,
  gnutls: Effect,
): Readonly<Record<Consumer, Effect>> => ({
  openssl,
  node,
  keytool,
  gnutls,
});

export const observedEffects: Readonly<Record<PemForm, Readonly<Record<Consumer, Effect>>>> = {
  'byte-order-mark': observe('reads', 'reads', 'refuses', 'reads'),
  'utf-16': observe('refuses', 'stops', 'refuses', 'refuses'),
  crlf: observe('reads', 'reads', 'reads', 'reads'),
  'mixed-line-ends': observe('reads', 'reads', 'reads', 'reads'),
  'cr-only': observe('refuses', 'stops', 'reads', 'reads'),
  'text-outside-blocks': observe('reads', 'reads', 'reads', 'reads'),
  'indented-armour': observe('stops', 'stops', 'refuses', 'reads'),
  'indented-body': observe('reads', 'reads', 'reads', 'reads'),
  'quoted-lines': observe('skips', 'skips', 'skips', 'refuses'),
  'text-before-armour': observe('skips', 'skips', 'refuses', 'reads'),
  'text-after-armour': observe('refuses', 'stops', 'refuses', 'refuses'),
  'joined-blocks': observe('refuses', 'stops', 'refuses', 'reads'),
  'missing-line-breaks': observe('stops', 'stops', 'refuses', 'reads'),
  'blanks-in-lines': observe('reads', 'reads', 'reads', 'reads'),
  'escaped-line-breaks': observe('skips', 'skips', 'refuses', 'refuses'),
  'trailing-whitespace': observe('reads', 'reads', 'reads', 'reads'),
  'blank-line-after-begin': observe('reads', 'reads', 'reads', 'reads'),
  'blank-lines': observe('refuses', 'stops', 'reads', 'reads'),
  'line-length': observe('reads', 'reads', 'reads', 'reads'),
  'dash-count': observe('refuses', 'stops', 'refuses', 'refuses'),
  'smart-dashes': observe('skips', 'skips', 'skips', 'skips'),
  'armour-spacing': observe('refuses', 'stops', 'refuses', 'skips'),
  'label-case': observe('skips', 'skips', 'refuses', 'skips'),
  'label-mismatch': observe('refuses', 'stops', 'refuses', 'reads'),
  'truncated-block': observe('refuses', 'stops', 'refuses', 'refuses'),
  'missing-begin': observe('skips', 'skips', 'refuses', 'skips'),
  'bare-base64': observe('skips', 'skips', 'skips', 'skips'),
  'empty-block': observe('refuses', 'stops', 'refuses', 'refuses'),
  'bad-character': observe('refuses', 'stops', 'refuses', 'refuses'),
  'bad-padding': observe('refuses', 'stops', 'refuses', 'refuses'),
  'unexpected-headers': observe('refuses', 'stops', 'refuses', 'refuses'),
  'x509-certificate-label': observe('reads', 'reads', 'reads', 'skips'),
  'crl-label': observe('skips', 'refuses', 'reads', 'refuses'),
  'trusted-certificate': observe('reads', 'reads', 'refuses', 'skips'),
  'trailing-bytes': observe('refuses', 'stops', 'refuses', 'refuses'),
};

/** The consumers that choke on a form, and those of them that leave something out without a word. */
export function consumersThatChoke(form: PemForm): { consumers: readonly Consumer[]; silent: readonly Consumer[] } {
  const choking = consumers.filter((consumer) => observedEffects[form][consumer] !== 'reads');
  return { consumers: choking, silent: choking.filter((consumer) => observedEffects[form][consumer] !== 'refuses') };
}
