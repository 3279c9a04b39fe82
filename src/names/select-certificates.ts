/** Picks certificates out of a pile by what a person types: a position, a thumbprint or a part of the subject. */
import { fingerprint, parseThumbprint } from '../crypto/fingerprint.js';
import type { Certificate } from '../x509/certificate.js';
import { formatName } from '../x509/name.js';

/**
 * Every certificate that answers to the selector, in the order of the pile.
 *
 * @param selector `#3`, the third certificate, counted from 1; a SHA-1 or SHA-256 thumbprint in any spelling; or a part
 * of the subject, upper and lower case alike: of the whole name as RFC 4514 writes it, or of one value as it is. An empty
 * selector, such as comes of a variable that is not set, selects nothing.
 */
export function selectCertificates(certificates: readonly Certificate[], selector: string): Certificate[] {
  const position = /^#(\d+)$/.exec(selector.trim());
  if (position) return certificates.filter((_, index) => index + 1 === Number(position[1]));
  const thumbprint = parseThumbprint(selector);
  if (thumbprint) {
    return certificates.filter(({ der }) => fingerprint(der, thumbprint.algorithm) === thumbprint.hex);
  }
  const text = selector.trim().toLowerCase();
  if (text === '') return [];
  return certificates.filter(({ tbsCertificate: { subject } }) =>
    [formatName(subject), ...subject.rdnSequence.flat().map(({ value = '' }) => value)].some((written) =>
      written.toLowerCase().includes(text),
    ),
  );
}
