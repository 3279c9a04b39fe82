/** Orders in which a bundle may be written; each of them depends on the certificates alone. */
import { expiry } from '../chain/assess-path.js';
import { fingerprint } from '../crypto/fingerprint.js';
import type { Certificate } from '../x509/certificate.js';
import { formatName } from '../x509/name.js';

/** given: as they came · subject: by name, A to Z · expiry: what ends first comes first. */
export type BundleOrder = 'given' | 'subject' | 'expiry';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sorts by code points, never by the rules of a language, so that every machine gives the same bytes. */
export function sortCertificates(certificates: readonly Certificate[], order: BundleOrder): Certificate[] {
  if (order === 'given') return [...certificates];
  const keyed = certificates.map((certificate) => ({
    certificate,
    subject: formatName(certificate.tbsCertificate.subject).toLowerCase(),
    end: expiry(certificate),
    identity: fingerprint(certificate.der, 'sha256'),
  }));
  const byExpiry = order === 'expiry';
  keyed.sort(
    (a, b) =>
      (byExpiry ? a.end - b.end : 0) ||
      compareText(a.subject, b.subject) ||
      a.end - b.end ||
      compareText(a.identity, b.identity),
  );
  return keyed.map(({ certificate }) => certificate);
}
