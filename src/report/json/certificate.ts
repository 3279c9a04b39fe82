/** What JSON results say of a certificate wherever they name one. */
import { fingerprint, formatThumbprint } from '../../crypto/fingerprint.js';
import type { Origin } from '../../finding/finding.js';
import { formatSerialNumber, type Certificate } from '../../x509/certificate.js';
import { formatName } from '../../x509/name.js';

export interface CertificateSummary {
  readonly subject: string;
  readonly issuer: string;
  /** Lower-case hexadecimal. */
  readonly serialNumber: string;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** As Windows shows it: upper-case pairs with blanks. */
  readonly thumbprint: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly origin?: Origin;
}

export function summarizeCertificate(certificate: Certificate): CertificateSummary {
  const { subject, issuer, serialNumber, validity } = certificate.tbsCertificate;
  return {
    subject: formatName(subject),
    issuer: formatName(issuer),
    serialNumber: formatSerialNumber(serialNumber),
    notBefore: validity.notBefore.toISOString(),
    notAfter: validity.notAfter.toISOString(),
    thumbprint: formatThumbprint(fingerprint(certificate.der, 'sha1')),
    sha256: fingerprint(certificate.der, 'sha256'),
    ...(certificate.origin && { origin: certificate.origin }),
  };
}
