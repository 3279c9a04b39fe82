/** What people call a certificate or a CRL where one line is to be had: its name and where it was read. */
import type { Origin } from '../finding/finding.js';
import type { Certificate } from './certificate.js';
import type { CertificateList } from './crl.js';
import { shortName } from './name.js';

function formatPlace(origin: Origin | undefined, kind: string): string {
  if (!origin) return '';
  const { file, line, index } = origin;
  // A file without lines mostly holds one object: only a further one needs its number.
  const numbered = index !== undefined && index > 1 ? `, ${kind} ${index}` : '';
  const within = line === undefined ? numbered : `:${line}`;
  return ` (${file === '-' ? 'standard input' : file}${within})`;
}

/** `CN=Root CA 1 (trusted-ca.pem:37)`: stands for this one certificate, even beside its namesakes. */
export function nameCertificate({ tbsCertificate, origin }: Certificate): string {
  return `${shortName(tbsCertificate.subject)}${formatPlace(origin, 'certificate')}`;
}

/** Its issuer, and where it was read: `CN=Issuing CA 1 (tls-crl.pem:3)`. */
export function nameCRL({ tbsCertList, origin }: CertificateList): string {
  return `${shortName(tbsCertList.issuer)}${formatPlace(origin, 'CRL')}`;
}
