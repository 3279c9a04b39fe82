/** A chain as the file that goes into the `certificate` option: end entity first. */
import { encodePem } from '../pem/encode.js';
import type { Certificate } from '../x509/certificate.js';
import { annotateCertificate } from '../x509/annotation.js';

/** PEM with LF, 64 columns and a final newline; comments only when `annotate` is set. */
export function encodeCertificates(certificates: readonly Certificate[], annotate = false): string {
  return certificates
    .map(
      (certificate) => (annotate ? annotateCertificate(certificate) : '') + encodePem('CERTIFICATE', certificate.der),
    )
    .join('');
}
