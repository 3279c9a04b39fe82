/** What people call a certificate or CRL where only one line is to be had. */
import type { Origin } from '../finding/finding.js';
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { shortName } from '../x509/name.js';

/** Its issuer, and where it was read: `CN=Issuing CA 1 (tls-crl.pem:3)`. */
export function nameCRL({ origin, tbsCertList }: CertificateList): string {
  return `${shortName(tbsCertList.issuer)}${formatPlace(origin)}`;
}

/** Its subject, and where it was read. */
export function nameCertificate({ origin, tbsCertificate }: Certificate): string {
  return `${shortName(tbsCertificate.subject)}${formatPlace(origin)}`;
}

function formatPlace(origin: Origin | undefined): string {
  return origin ? ` (${[origin.file, origin.line].filter((part) => part !== undefined).join(':')})` : '';
}
