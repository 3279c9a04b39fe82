/** The path of a CRL signer: what a caller may bring, and what is taken for one where the caller brings nothing. */
import { isValidAt, maySignCertificates } from '../chain/assess-path.js';
import { explainValidity } from '../chain/explain-chain.js';
import { IssuerIndex } from '../chain/issuer-index.js';
import type { Finding } from '../finding/finding.js';
import { equalAlgorithms } from '../x509/algorithm-identifier.js';
import { equalCertificates, type Certificate } from '../x509/certificate.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';
import { certificateExtensions } from '../x509/extensions/known-extensions.js';
import type { SignerProblem } from './find-signer.js';

export type SignerPath =
  | {
      readonly ok: true;
      /** The certificates above the signer, its issuer first, the trust anchor last; never empty. */
      readonly issuers: readonly Certificate[];
    }
  | {
      readonly ok: false;
      readonly problem: Extract<
        SignerProblem,
        'issued-by-others' | 'outside-validity' | 'critical-extension' | 'path-refused'
      >;
      /** What speaks against the path; told where a certificate is left without a status because of it. */
      readonly findings: readonly Finding[];
    };

/**
 * Says whether a certificate that signed a CRL has a valid path to the trust anchor of the certificate that is asked about
 * (RFC 5280 6.3.3 step (f)). It is asked only about certificates that are not on that certificate's own path, once each.
 *
 * Revocation along that path is not its business: `checkRevocation` asks the CRLs about every certificate of the path that
 * comes back, but for the last, which is the trust anchor.
 */
export type ValidateSigner = (signer: Certificate) => SignerPath;

/**
 * The rule where no path validation is at hand: the signer must be issued, proven by its signature, by a certificate of
 * the path of the certificate that is asked about; that path leads to the trust anchor already. Stricter than RFC 5280:
 * a CA between the two is not accepted, nor a critical extension that certwright does not know. Not checked: name
 * constraints, policies and path lengths.
 *
 * @param path from the issuer of the certificate that is asked about up to the trust anchor, as far as it is known.
 */
export function validateByPath(signer: Certificate, path: readonly Certificate[], at: Date): SignerPath {
  const { signature, extensions } = signer.tbsCertificate;
  const issuer = new IssuerIndex(path)
    .findIssuers(signer)
    .find(({ certificate, signature: check }) => check.outcome === 'valid' && mayIssue(certificate, path))?.certificate;
  // RFC 5280 6.1.3 steps (a)(1) and (a)(4); 4.1.1.2
  if (!issuer || !equalAlgorithms(signature, signer.signatureAlgorithm) || equalCertificates(issuer, signer)) {
    return { ok: false, problem: 'issued-by-others', findings: [] };
  }
  // RFC 5280 6.1.3 step (a)(2)
  if (!isValidAt(signer, at)) return { ok: false, problem: 'outside-validity', findings: explainValidity(signer, at) };
  // RFC 5280 6.1.5 step (f)
  const known = certificateExtensions.map(({ extnID }) => extnID);
  if (extensions.list.some(({ critical, extnID }) => critical && !known.includes(extnID))) {
    return { ok: false, problem: 'critical-extension', findings: [] };
  }
  return { ok: true, issuers: path.slice(path.indexOf(issuer)) };
}

/** RFC 5280 6.1.4 steps (k) and (n); the trust anchor, the last of the path, is trusted as it is (6.1.1(d)). */
function mayIssue(certificate: Certificate, path: readonly Certificate[]): boolean {
  if (certificate === path.at(-1)) return true;
  const isCA = certificate.tbsCertificate.extensions.get(basicConstraints)?.cA ?? false;
  return isCA && maySignCertificates(certificate);
}
