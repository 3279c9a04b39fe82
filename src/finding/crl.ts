/**
 * Codes about revocation.
 *
 * Those that speak against a CRL are errors where they leave a certificate without a status, and warnings where another
 * CRL covers everything that was asked; `certificates` names those that are left without.
 */
import { entry } from './finding.js';

/** What speaks against one CRL. */
export interface CRLProblem {
  /** The certificates whose status stays unknown because of it. */
  readonly certificates: readonly string[];
}

const processing = 'RFC 5280 6.3.3';

export const crlCatalogue = {
  // About a certificate.
  'crl/revoked': entry<{
    readonly revokedAt: string;
    /** Absent where the CRL gives none. */
    readonly reason?: string | undefined;
    readonly invalidityDate?: string | undefined;
    /** Which CRL says so. */
    readonly crl: string;
  }>({ severity: 'error', reference: `${processing}(j)`, opensslError: 23, nodeError: 'CERT_REVOKED' }),
  'crl/issuer-certificate-missing': entry<{
    readonly issuer: string;
    readonly keyIdentifier?: string | undefined;
    /** Where the issuer's certificate is published. */
    readonly urls: readonly string[];
  }>({
    severity: 'error',
    reference: `${processing}(f)`,
    opensslError: 20,
    nodeError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  }),
  'crl/listed-in-unusable': entry<{ readonly crl: string; readonly revokedAt: string; readonly problem: string }>({
    severity: 'error',
    reference: processing,
  }),
  // About an issuer.
  'crl/missing': entry<
    CRLProblem & {
      readonly issuer: string;
      /** Where the certificates say that their CRLs are published. */
      readonly urls: readonly string[];
      /** Who issues the CRLs instead, where the certificates name somebody (cRLIssuer). */
      readonly cRLIssuers: readonly string[];
    }
  >({ severity: 'error', reference: `${processing}(b)(1)`, opensslError: 3, nodeError: 'UNABLE_TO_GET_CRL' }),
  // About a CRL: whose it is.
  'crl/wrong-key': entry<CRLProblem & { readonly wanted: string; readonly found: string }>({
    severity: 'error',
    reference: `${processing}(g)`,
    opensslError: 3,
    nodeError: 'UNABLE_TO_GET_CRL',
  }),
  'crl/key-identifier-mismatch': entry<CRLProblem & { readonly wanted: string; readonly found: string }>({
    severity: 'error',
    reference: 'RFC 5280 5.2.1',
    opensslError: 3,
    nodeError: 'UNABLE_TO_GET_CRL',
  }),
  'crl/bad-signature': entry<CRLProblem & { readonly reason: 'does-not-verify' | 'algorithms-differ' }>({
    severity: 'error',
    reference: `${processing}(g)`,
    opensslError: 8,
    nodeError: 'CRL_SIGNATURE_FAILURE',
  }),
  'crl/signature-not-checked': entry<CRLProblem & { readonly reason: string }>({
    severity: 'error',
    reference: `${processing}(g)`,
    opensslError: 8,
    nodeError: 'CRL_SIGNATURE_FAILURE',
  }),
  'crl/issuer-may-not-sign': entry<CRLProblem & { readonly issuer: string; readonly keyUsage: readonly string[] }>({
    severity: 'error',
    reference: `${processing}(f)`,
    opensslError: 35,
  }),
  'crl/signer-missing': entry<
    CRLProblem & {
      /** Who issued the CRL. */
      readonly issuer: string;
      readonly keyIdentifier?: string | undefined;
    }
  >({ severity: 'error', reference: `${processing}(f)`, opensslError: 3, nodeError: 'UNABLE_TO_GET_CRL' }),
  'crl/signer-not-accepted': entry<
    CRLProblem & {
      readonly signer: string;
      readonly problem:
        | 'issued-by-others'
        | 'outside-validity'
        | 'critical-extension'
        | 'path-refused'
        | 'revoked'
        | 'status-unknown'
        | 'circular'
        | 'too-many-signers';
    }
  >({ severity: 'error', reference: `${processing}(f)`, opensslError: 54 }),
  // About a CRL: whether it can be read.
  'crl/malformed': entry<CRLProblem & { readonly offset: number; readonly detail: string }>({
    severity: 'error',
    reference: 'RFC 5280 5.1',
  }),
  'crl/unhandled-critical-extension': entry<
    CRLProblem & { readonly extnID: string; readonly where: 'crl' | 'entry'; readonly offset: number }
  >({ severity: 'error', reference: 'RFC 5280 5.2, 5.3', opensslError: 36 }),
  'crl/delta': entry<
    CRLProblem & {
      readonly base: string;
      /** Why it could not be applied to a complete CRL; absent where nobody tried. */
      readonly misfit?:
        | 'no-complete-crl'
        | 'other-scope'
        | 'other-key-identifier'
        | 'other-key'
        | 'not-numbered'
        | 'not-newer'
        | 'complete-crl-too-old'
        | undefined;
    }
  >({ severity: 'error', reference: 'RFC 5280 5.2.4' }),
  'crl/indirect': entry<CRLProblem>({ severity: 'error', reference: 'RFC 5280 5.2.5, 5.3.3' }),
  'crl/not-indirect': entry<CRLProblem>({
    severity: 'error',
    reference: `${processing}(b)(1)`,
    opensslError: 3,
    nodeError: 'UNABLE_TO_GET_CRL',
  }),
  'crl/partial-reasons': entry<
    CRLProblem & {
      readonly reasons: readonly string[];
      /** The reasons that no CRL at hand covers. */
      readonly missing: readonly string[];
    }
  >({
    severity: 'error',
    reference: `${processing}(d)`,
    opensslError: 3,
  }),
  // About a CRL: what it covers, and when.
  'crl/out-of-scope': entry<
    CRLProblem & {
      readonly scope:
        | 'user-certificates'
        | 'ca-certificates'
        | 'attribute-certificates'
        | 'distribution-point'
        /** The certificate has the distribution point, but with a cRLIssuer. */
        | 'left-to-others';
      /** The distribution points of the CRL, where they are what differs; or to whom the certificate leaves them. */
      readonly points: readonly string[];
    }
  >({ severity: 'error', reference: `${processing}(b)(2)`, opensslError: 44 }),
  'crl/not-yet-valid': entry<CRLProblem & { readonly thisUpdate: string; readonly at: string }>({
    severity: 'error',
    reference: `${processing}(a)`,
    opensslError: 11,
    nodeError: 'CRL_NOT_YET_VALID',
  }),
  'crl/stale': entry<CRLProblem & { readonly nextUpdate: string; readonly at: string }>({
    severity: 'error',
    reference: `${processing}(a)`,
    opensslError: 12,
    nodeError: 'CRL_HAS_EXPIRED',
  }),
  'crl/expires-soon': entry<{ readonly nextUpdate: string; readonly at: string }>({
    severity: 'warning',
    reference: 'RFC 5280 5.1.2.5',
  }),
  // About a CRL that a good status rests on, where OpenSSL 3.0 would not follow.
  'crl/extended-support-needed': entry<{
    readonly certificates: readonly string[];
    readonly features: readonly ('indirect' | 'partial-reasons' | 'signer-outside-path')[];
  }>({
    severity: 'warning',
    reference: 'OpenSSL 3.0 X509_V_FLAG_EXTENDED_CRL_SUPPORT',
    opensslError: 3,
    nodeError: 'UNABLE_TO_GET_CRL',
  }),
  'crl/signer-vouches-for-itself': entry<{ readonly certificates: readonly string[] }>({
    severity: 'warning',
    reference: `${processing}(f)`,
    opensslError: 54,
  }),
  'crl/issuer-as-distribution-point': entry<{ readonly certificates: readonly string[] }>({
    severity: 'warning',
    reference: processing,
    opensslError: 44,
  }),
  'crl/no-next-update': entry({ severity: 'warning', reference: 'RFC 5280 5.1.2.5' }),
  // About a CRL among others.
  'crl/superseded': entry<{
    /** The CRL that is newer. */
    readonly by: string;
    readonly number?: string | undefined;
    readonly thisUpdate: string;
    readonly newerNumber?: string | undefined;
    readonly newerThisUpdate: string;
  }>({ severity: 'info', reference: 'RFC 5280 5.2.3' }),
  'crl/duplicate': entry<{ readonly first: string }>({ severity: 'info', reference: 'RFC 5280 5.2.3' }),
  'crl/unrelated': entry({ severity: 'info', reference: `${processing}(b)(1)` }),
  'crl/none': entry({ severity: 'error', reference: processing, opensslError: 3, nodeError: 'UNABLE_TO_GET_CRL' }),
  'crl/nothing-checked': entry({ severity: 'error', reference: processing }),
  'crl/not-verified': entry({ severity: 'info', reference: `${processing}(g)` }),
};
