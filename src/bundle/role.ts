/** What a certificate can be good for in a trusted-ca: a root that chains end in, an intermediate on the way, or nothing. */
import { maySignCertificates } from '../chain/assess-path.js';
import { isSelfIssued, matchAuthority } from '../chain/issuer-index.js';
import type { Pile } from '../chain/pile.js';
import { checkSignature } from '../crypto/signature.js';
import type { Certificate } from '../x509/certificate.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';

export type BundleRole =
  | { readonly role: 'root' | 'intermediate' }
  | { readonly role: 'not-a-ca'; readonly reason: string; readonly selfSigned: boolean };

/**
 * Whether the certificate is its own issuer. OpenSSL goes by name and key identifier and never checks a root's signature;
 * here a signature that is certainly not its own speaks against it, one of an unknown algorithm (MD2) does not.
 */
function isOwnIssuer(certificate: Certificate, { index }: Pick<Pile, 'index'>): boolean {
  const authority = certificate.tbsCertificate.extensions.get(authorityKeyIdentifier);
  if (matchAuthority(authority, certificate) === 'mismatch') return false;
  if (index.isSelfSigned(certificate)) return true;
  if (!isSelfIssued(certificate)) return false;
  const { tbsCertificate, signatureAlgorithm, signatureValue } = certificate;
  const { bytes, subjectPublicKeyInfo } = tbsCertificate;
  return checkSignature(bytes, signatureAlgorithm, signatureValue, subjectPublicKeyInfo).outcome === 'unsupported';
}

/** RFC 5280 4.2.1.9 and 4.2.1.3. Deviation: a self-signed certificate older than version 3 counts as a CA, as in OpenSSL. */
export function describeRole(certificate: Certificate, pile: Pick<Pile, 'index'>): BundleRole {
  const { version, extensions } = certificate.tbsCertificate;
  const selfSigned = isOwnIssuer(certificate, pile);
  const constraints = extensions.get(basicConstraints);
  const notCA = (reason: string): BundleRole => ({ role: 'not-a-ca', reason, selfSigned });
  if (constraints && !constraints.cA) return notCA('its basic constraints say cA FALSE');
  if (!constraints && version >= 3) return notCA('it has no basic constraints');
  if (!constraints && !selfSigned) return notCA(`it is of version ${version} and not self-signed`);
  if (!maySignCertificates(certificate)) return notCA('its key usage lacks keyCertSign');
  return { role: selfSigned ? 'root' : 'intermediate' };
}
