/** Codes about arranging certificates from end entity to root. */
import { entry } from './finding.js';

const arranging = 'Security Deployment Guide, certificate chains';

export const chainCatalogue = {
  'chain/no-certificates': entry({ severity: 'error', reference: arranging }),
  'chain/several-leaves': entry<{ readonly leaves: readonly string[] }>({ severity: 'error', reference: arranging }),
  'chain/leaf-not-found': entry<{ readonly selector: string }>({ severity: 'error', reference: arranging }),
  'chain/leaf-ambiguous': entry<{ readonly selector: string; readonly leaves: readonly string[] }>({
    severity: 'error',
    reference: arranging,
  }),
  'chain/key-matches-none': entry<{ readonly key: string }>({
    severity: 'error',
    reference: 'OpenSSL 3.0 SSL_CTX_check_private_key: key values mismatch',
  }),
  'chain/missing-issuer': entry<{
    readonly issuer: string;
    readonly keyIdentifier?: string | undefined;
    readonly urls: readonly string[];
  }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.3(a)(4)',
    opensslError: 20,
    nodeError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  }),
  'chain/bad-signature': entry<{ readonly issuer: string }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.3(a)(1)',
    opensslError: 7,
    nodeError: 'CERT_SIGNATURE_FAILURE',
  }),
  'chain/path-too-long': entry<{ readonly allowed: number; readonly found: number }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.4(l), (m)',
    opensslError: 25,
    nodeError: 'PATH_LENGTH_EXCEEDED',
  }),
  'chain/near-miss': entry<{ readonly wanted: string; readonly reason: string }>({
    severity: 'info',
    reference: 'RFC 5280 6.1.3(a)(1)',
  }),
  'chain/key-identifier-mismatch': entry<{ readonly issued: string; readonly wanted: string; readonly found: string }>({
    severity: 'error',
    reference: 'RFC 5280 4.2.1.1',
    opensslError: 20,
  }),
  'chain/issuer-is-no-ca': entry<{ readonly issued: string; readonly reason: string }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.4(k)',
    opensslError: 79,
    nodeError: 'INVALID_CA',
  }),
  'chain/issuer-may-not-sign': entry<{ readonly issued: string; readonly keyUsage: readonly string[] }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.4(n)',
    opensslError: 32,
  }),
  'chain/signature-not-checked': entry<{ readonly issuer: string; readonly reason: string }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.3(a)(1)',
    opensslError: 20,
  }),
  'chain/reordered': entry<{ readonly order: readonly string[] }>({ severity: 'info', reference: arranging }),
  'chain/not-arranged': entry<{ readonly reason: string }>({ severity: 'error', reference: arranging }),
  'chain/not-rewritten': entry<{ readonly reason: string }>({ severity: 'error', reference: arranging }),
  'chain/duplicate': entry<{ readonly first: string }>({ severity: 'info', reference: arranging }),
  'chain/unrelated': entry<{ readonly leaf: string }>({ severity: 'warning', reference: arranging }),
  'chain/on-another-path': entry<{ readonly leaf: string }>({ severity: 'info', reference: arranging }),
  'chain/several-paths': entry<{ readonly paths: number }>({ severity: 'info', reference: 'RFC 4158 2.4' }),
  'chain/completed': entry<{ readonly issued: string }>({ severity: 'info', reference: arranging }),
  'chain/root-omitted': entry({ severity: 'info', reference: arranging }),
  'chain/root-not-trusted': entry({
    severity: 'error',
    reference: 'RFC 5280 6.1.1(d)',
    opensslError: 19,
    nodeError: 'SELF_SIGNED_CERT_IN_CHAIN',
  }),
  'chain/search-cut-short': entry<{ readonly limit: number }>({ severity: 'warning', reference: 'RFC 4158 2.4' }),
};
