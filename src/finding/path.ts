/**
 * Codes of the area `path`: why a certification path is refused (RFC 5280 section 6), and where a certificate on it is not
 * what RFC 5280 section 4 or the Baseline Requirements ask for. Dates, weak keys and extensions that cannot be read have
 * their codes in `certificate.ts`, missing issuers and roots theirs in `chain.ts`.
 */
import { entry } from './finding.js';

export interface NamedByConstraint {
  /** The name in question, e.g. `DNS:www.example.com`. */
  readonly name: string;
  /** The certificate that set the constraint. */
  readonly by: string;
}

const constrained = 'RFC 5280 4.2.1.10';

export const pathCatalogue = {
  // The search.
  'path/budget-exceeded': entry<{ readonly budget: string; readonly limit: number }>({
    severity: 'error',
    reference: 'RFC 4158 2.4.2',
  }),
  'path/loop': entry<{ readonly issuer: string }>({ severity: 'error', reference: 'RFC 5280 6.1; RFC 4158 2.4.1' }),
  'path/self-signed-end-entity': entry({
    severity: 'error',
    reference: 'RFC 5280 6.1.1(d)',
    opensslError: 18,
    nodeError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  }),
  'path/anchor-not-self-signed': entry<{ readonly issuer: string }>({
    severity: 'error',
    reference: 'OpenSSL 3.0 X509_verify_cert without X509_V_FLAG_PARTIAL_CHAIN; Baseline Requirements 7.1.2.1',
    opensslError: 2,
    nodeError: 'UNABLE_TO_GET_ISSUER_CERT',
  }),
  'path/no-trust-anchors': entry({ severity: 'error', reference: 'RFC 5280 6.1.1(d)', opensslError: 20 }),
  'path/empty': entry({ severity: 'error', reference: 'RFC 5280 6.1' }),

  // RFC 5280 6.1.3: every certificate.
  'path/signature-invalid': entry<{ readonly issuer: string }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.3(a)(1)',
    opensslError: 7,
    nodeError: 'CERT_SIGNATURE_FAILURE',
  }),
  'path/algorithm-mismatch': entry<{ readonly inner: string; readonly outer: string }>({
    severity: 'error',
    reference: 'RFC 5280 4.1.1.2',
    opensslError: 7,
  }),
  'path/explicit-curve': entry({ severity: 'error', reference: 'RFC 5480 2.1.1', opensslError: 94 }),
  'path/issuer-name-mismatch': entry<{ readonly issuer: string; readonly expected: string }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.3(a)(4)',
    opensslError: 29,
  }),
  'path/name-not-permitted': entry<NamedByConstraint & { readonly permitted: readonly string[] }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.3(b)',
    opensslError: 47,
  }),
  'path/name-excluded': entry<NamedByConstraint & { readonly excluded: string }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.3(c)',
    opensslError: 48,
  }),
  'path/name-constraint-distance': entry<NamedByConstraint & { readonly subtree: string }>({
    severity: 'error',
    reference: constrained,
    opensslError: 49,
  }),
  'path/name-form-unsupported': entry<NamedByConstraint>({
    severity: 'error',
    reference: constrained,
    opensslError: 51,
  }),
  'path/name-constraint-malformed': entry<NamedByConstraint & { readonly subtree: string }>({
    severity: 'error',
    reference: constrained,
    opensslError: 52,
  }),
  'path/constrained-name-malformed': entry<NamedByConstraint>({
    severity: 'error',
    reference: constrained,
    opensslError: 53,
  }),
  'path/no-valid-policy': entry<{ readonly requiredBy: string; readonly policies: readonly string[] }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.3(f)',
    opensslError: 43,
  }),

  // RFC 5280 6.1.4: every certificate but the last.
  'path/any-policy-mapped': entry<{ readonly issuerDomainPolicy: string; readonly subjectDomainPolicy: string }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.4(a)',
    opensslError: 42,
  }),
  'path/path-length-exceeded': entry<{
    readonly pathLenConstraint: number;
    readonly by: string;
    readonly intermediates: number;
  }>({ severity: 'error', reference: 'RFC 5280 6.1.4(l)', opensslError: 25, nodeError: 'PATH_LENGTH_EXCEEDED' }),
  'path/too-many-intermediates': entry<{ readonly maximum: number; readonly intermediates: number }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.2(k)',
    opensslError: 22,
    nodeError: 'CERT_CHAIN_TOO_LONG',
  }),
  'path/unknown-critical-extension': entry<{ readonly extension: string }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.4(o), 6.1.5(f)',
    opensslError: 34,
  }),

  // What only OpenSSL says.
  'path/trusted-loop': entry<{ readonly issuer: string }>({
    severity: 'error',
    reference: 'OpenSSL 3.0 X509_STORE_CTX_get1_issuer; RFC 4158 2.4.1',
    opensslError: 22,
    nodeError: 'CERT_CHAIN_TOO_LONG',
  }),
  'path/extension-unreadable': entry<{ readonly detail: string }>({
    severity: 'error',
    reference: 'OpenSSL 3.0 X509_check_issued: EXFLAG_INVALID',
    opensslError: 20,
    nodeError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  }),
  'path/policy-extension-invalid': entry<{ readonly detail: string }>({
    severity: 'error',
    reference: 'OpenSSL 3.0 X509_policy_check; RFC 5280 4.2.1.4, 4.2.1.11',
    opensslError: 42,
  }),
  'path/proxy-certificate': entry({ severity: 'error', reference: 'RFC 3820; OpenSSL 3.0', opensslError: 40 }),
  'path/too-many-names': entry<{ readonly names: number; readonly subtrees: number }>({
    severity: 'error',
    reference: 'OpenSSL 3.0 NAME_CONSTRAINTS_check',
    opensslError: 1,
  }),

  // RFC 5280 6.1.5: the last certificate.
  'path/policy-not-acceptable': entry<{
    readonly requiredBy: string;
    readonly policies: readonly string[];
    readonly accepted: readonly string[];
  }>({ severity: 'error', reference: 'RFC 5280 6.1.5(g)', opensslError: 43 }),

  // Purposes.
  'path/wrong-purpose': entry<{ readonly purpose: string; readonly found: readonly string[] }>({
    severity: 'error',
    reference: 'RFC 5280 4.2.1.12',
    opensslError: 26,
    nodeError: 'INVALID_PURPOSE',
  }),
  'path/ca-purpose-missing': entry<{ readonly purpose: string; readonly found: readonly string[] }>({
    severity: 'error',
    reference: 'RFC 5280 4.2.1.12; Baseline Requirements 7.1.2.10.6',
    opensslError: 26,
    nodeError: 'INVALID_PURPOSE',
  }),
  'path/key-usage-unfit': entry<{
    readonly purpose: string;
    readonly wanted: readonly string[];
    readonly found: readonly string[];
  }>({ severity: 'error', reference: 'RFC 5280 4.2.1.12', opensslError: 26, nodeError: 'INVALID_PURPOSE' }),
};
