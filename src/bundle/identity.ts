/** What certificates of a bundle are compared by, and how findings tell them apart; the same CA is `entityKey`. */
import type { Origin } from '../finding/finding.js';
import { nameKey } from '../names/distinguished-name.js';
import type { Certificate } from '../x509/certificate.js';
import { spkiKey } from '../x509/subject-public-key-info.js';

/** The public key as a map key. */
export function publicKeyOf({ tbsCertificate }: Certificate): string {
  return spkiKey(tbsCertificate.subjectPublicKeyInfo);
}

/** The subject as a map key. */
export function subjectKeyOf({ tbsCertificate }: Certificate): string {
  return nameKey(tbsCertificate.subject);
}

/** `NAME (trusted-ca.pem:37)`. */
export function describePlace(name: string, origin: Origin | undefined): string {
  if (!origin) return name;
  const { file, line, index } = origin;
  const within = line === undefined ? (index === undefined ? '' : `, number ${index}`) : `:${line}`;
  return `${name} (${file === '-' ? 'standard input' : file}${within})`;
}
