/**
 * Codes of the area `preflight`: what is seen only where files, keys and options of a side stand beside each other, and
 * beside those of its peer. What is wrong with a certificate, a CRL, a key or a name by itself has its code in its area.
 */
import { entry } from './finding.js';

const guide = 'Security Deployment Guide';
const chains = `${guide}, certificate chains`;
const windows = `${guide}, Windows certificate store`;

/** Why a certificate need not be sent. */
export type NeedlessReason = 'unrelated' | 'duplicate' | 'on-another-path';

export const preflightCatalogue = {
  // Files.
  'preflight/not-pem': entry<{ readonly option: string; readonly container: string }>({
    severity: 'error',
    reference: `${guide}, certificate, certificate-key, trusted-ca, tls-crl`,
  }),
  'preflight/store-not-at-hand': entry({ severity: 'warning', reference: windows }),
  'preflight/thumbprint-not-found': entry<{ readonly thumbprint: string; readonly certificates: number }>({
    severity: 'error',
    reference: windows,
  }),
  'preflight/store-key-missing': entry<{ readonly certificate: string }>({ severity: 'warning', reference: windows }),
  // What a side has to show.
  'preflight/nothing-to-present': entry<{
    readonly side: 'server' | 'client';
    /** The options that are not set. */
    readonly missing: readonly string[];
  }>({ severity: 'error', reference: `${guide}, mandatory options` }),
  'preflight/no-trusted-ca': entry<{ readonly peer: 'server' | 'client' }>({
    severity: 'error',
    reference: `${guide}, trusted CAs`,
    opensslError: 20,
    nodeError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  }),
  // The key.
  'preflight/key-readable-by-others': entry<{ readonly mode: string }>({
    severity: 'warning',
    reference: 'NIST SP 800-57 part 1, 5.3',
  }),
  'preflight/key-not-for-tls': entry<{
    readonly key: string;
    /** What TLS takes in its place. */
    readonly usable: readonly string[];
  }>({ severity: 'error', reference: 'OpenSSL 3.0 SSL_CTX_set1_groups_list(3), the default groups; observed' }),
  'preflight/key-may-not-sign': entry<{ readonly keyUsage: readonly string[]; readonly highest: string }>({
    severity: 'warning',
    reference: 'RFC 8446 4.4.2.2; OpenSSL 3.0, observed: no shared cipher',
  }),
  // The chain as it is sent.
  'preflight/own-certificate-not-first': entry<{
    /** The certificate that stands first. */
    readonly first: string;
    /** Where the own certificate stands among those of the option, from 1. */
    readonly position: number;
    /** What tells that it is the own one. */
    readonly by: 'key' | 'role';
  }>({
    severity: 'error',
    reference: 'OpenSSL 3.0 SSL_CTX_use_certificate_chain_file(3): key values mismatch',
  }),
  'preflight/sent-needlessly': entry<{ readonly reason: NeedlessReason; readonly leaf: string }>({
    severity: 'warning',
    reference: chains,
  }),
  // Revocation.
  'preflight/revocation-scope-assumed': entry<{ readonly scope: 'leaf' | 'chain' }>({
    severity: 'info',
    reference: 'certwright, assumed: the Security Deployment Guide does not say which certificates need a CRL',
  }),
  'preflight/remote-distribution-point': entry<{
    readonly urls: readonly string[];
    /** How long one that does not answer holds up the verification, unless Windows is told otherwise. */
    readonly seconds: number;
  }>({ severity: 'warning', reference: `${guide}, certificate revocation on Windows` }),
  // The name.
  'preflight/target-unknown': entry({
    severity: 'warning',
    reference: `${guide}, Check Certificate Host Matching`,
  }),
  'preflight/verifiers-differ': entry<{
    readonly host: string;
    /** Whether the Security Pack of this side takes the name. */
    readonly matched: boolean;
    /** Profiles of the verifiers that answer the other way. */
    readonly others: readonly string[];
  }>({ severity: 'info', reference: 'RFC 9525 6.3, RFC 5922 7.1' }),
};
