/** A chain as the file that goes into the `certificate` option: end entity first. */
import { encodePem } from '../pem/encode.js';
import type { Certificate } from '../x509/certificate.js';
import { formatName } from '../x509/name.js';
import { formatDay } from './instant.js';

/** Two comment lines as `openssl` and `keytool` read over them; names are escaped, so a name cannot end its line. */
export function annotateCertificate({ tbsCertificate }: Certificate): string {
  const { subject, issuer, validity } = tbsCertificate;
  const expiry = formatDay(validity.notAfter);
  return `# subject: ${formatName(subject)}\n# issuer: ${formatName(issuer)}, expires ${expiry}\n`;
}

/** PEM with LF, 64 columns and a final newline; comments only when `annotate` is set. */
export function encodeCertificates(certificates: readonly Certificate[], annotate = false): string {
  return certificates
    .map(
      (certificate) => (annotate ? annotateCertificate(certificate) : '') + encodePem('CERTIFICATE', certificate.der),
    )
    .join('');
}
