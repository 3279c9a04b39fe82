/** The gate of everything that reasons about CRLs. */
import { MalformedInputError } from '../finding/malformed-input.js';
import type { CertificateList } from '../x509/crl.js';
import { crlExtensions, findMalformedExtensions } from '../x509/extensions/known-extensions.js';
import { isEmptyName } from '../x509/name.js';

/**
 * Finds out why a CRL cannot be reasoned about, or undefined when it can: no issuer's name, a version that RFC 5280
 * 5.1.2.1 does not know, an extension that cannot be decoded or stands twice (of two scopes OpenSSL 3.0 heeds neither).
 * The entries are not looked at.
 */
export function findMalformation({ tbsCertList }: CertificateList): MalformedInputError | undefined {
  const { issuer, version, crlExtensions: extensions } = tbsCertList;
  if (isEmptyName(issuer)) return new MalformedInputError('der/bad-value', 0, 'the issuer has no name');
  if (version !== 1 && version !== 2) return new MalformedInputError('der/bad-value', 0, `a CRL of version ${version}`);
  return findMalformedExtensions(extensions, crlExtensions)[0];
}
