/** What the labels of PEM blocks promise (RFC 7468 4 to 13, and those that OpenSSL adds). */

export type LabelKind =
  | 'certificate'
  | 'trusted-certificate'
  | 'crl'
  | 'pkcs7'
  | 'private-key'
  | 'public-key'
  | 'certification-request'
  | 'passed-over';

const kinds: ReadonlyMap<string, LabelKind> = new Map([
  ['CERTIFICATE', 'certificate'],
  ['X509 CERTIFICATE', 'certificate'],
  ['X.509 CERTIFICATE', 'certificate'],
  ['TRUSTED CERTIFICATE', 'trusted-certificate'],
  ['X509 CRL', 'crl'],
  ['CRL', 'crl'],
  ['PKCS7', 'pkcs7'],
  ['PKCS #7 SIGNED DATA', 'pkcs7'],
  ['CMS', 'pkcs7'],
  ['PRIVATE KEY', 'private-key'],
  ['ENCRYPTED PRIVATE KEY', 'private-key'],
  ['RSA PRIVATE KEY', 'private-key'],
  ['EC PRIVATE KEY', 'private-key'],
  ['DSA PRIVATE KEY', 'private-key'],
  ['PUBLIC KEY', 'public-key'],
  ['RSA PUBLIC KEY', 'public-key'],
  ['CERTIFICATE REQUEST', 'certification-request'],
  ['NEW CERTIFICATE REQUEST', 'certification-request'],
  ['EC PARAMETERS', 'passed-over'],
  ['DH PARAMETERS', 'passed-over'],
  ['X9.42 DH PARAMETERS', 'passed-over'],
  ['DSA PARAMETERS', 'passed-over'],
]);

/** The kind of object under a label in its normal spelling, or undefined for a label that is not known. */
export function kindOfLabel(label: string): LabelKind | undefined {
  return kinds.get(label);
}

/** Upper case, one space between words: what the label was meant to be. */
export function normalizeLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toUpperCase();
}
