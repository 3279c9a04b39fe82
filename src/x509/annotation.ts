/** The comment that `--annotate` puts above a certificate in a PEM file: written here, and known again when it is replaced. */
import type { Certificate } from './certificate.js';
import { formatName } from './name.js';

/** Two lines that other readers pass over; names are escaped, so that a name cannot end its line. */
export function annotateCertificate({ tbsCertificate }: Certificate): string {
  const { subject, issuer, validity } = tbsCertificate;
  const expiry = validity.notAfter.toISOString().slice(0, 10);
  return `# subject: ${formatName(subject)}\n# issuer: ${formatName(issuer)}, expires ${expiry}\n`;
}

/** What `annotateCertificate` wrote at the end of the text before a block. */
export const annotationAbove = /(?<=^|\n)# subject: [^\n]*\n# issuer: [^\n]*\n$/;
