/** Weak keys and signatures on a path, and how bad each profile finds them. */
import { findWeakness } from '../../crypto/strength.js';
import type { Finding } from '../../finding/finding.js';
import type { Certificate } from '../../x509/certificate.js';
import type { Profile } from '../path-inputs.js';

/** Digests for which two texts with one value are found in seconds (RFC 6151, RFC 6149, RFC 6150). */
const brokenDigests = /md[245]/i;

/**
 * What `findWeakness` says. `security-pack` warns, for `openssl verify` runs at security level 0 and takes anything;
 * `rfc5280` refuses signatures over broken digests and warns of the rest; under `webpki` the `form/…-not-allowed` codes
 * have said it already.
 */
export function checkStrength(certificate: Certificate, profile: Profile): readonly Finding[] {
  if (profile === 'webpki') return [];
  return findWeakness(certificate).map((finding) => {
    const broken =
      finding.code === 'certificate/weak-signature' && brokenDigests.test(String(finding.params.algorithm));
    return broken && profile === 'rfc5280' ? { ...finding, severity: 'error' } : finding;
  });
}
