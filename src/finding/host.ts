/**
 * Codes about the host that is asked for and the names of a certificate.
 *
 * A host that does not match gets exactly one error: the nearest miss, or `host/no-match` and
 * `host/no-comparable-name` where nothing comes near. Further near misses are infos. What is wrong with a host
 * that matches is a warning.
 */
import { entry } from './finding.js';

/** Who was asked for what. */
export interface Asked {
  /** A profile of `matchHost`. */
  readonly profile: string;
  /** The host as it was asked for. */
  readonly host: string;
}

/** What would help. */
export interface Remedy extends Asked {
  /** Names of the certificate that match as they stand. */
  readonly connectWith: readonly string[];
  /** The subjectAltName entry that is missing, as `DNS:…` or `IP:…`. */
  readonly askFor?: string | undefined;
}

/** A name that comes near. */
export interface NearMiss extends Remedy {
  /** dns, ip, email, uri, other or commonName. */
  readonly source: string;
  /** The name as the certificate has it. */
  readonly name: string;
  /** How many further names come near in the same way. */
  readonly more: number;
}

export interface Assumed {
  /** True when the rule that decides is not documented for this verifier but our choice. */
  readonly assumed: boolean;
}

const guide = 'Security Deployment Guide, Check Certificate Host Matching';
const matching = 'RFC 9525 6.3';
const syntax = 'RFC 5280 4.2.1.6';
/** What the others say where every verifier refuses. */
const mismatch = { opensslError: 62, nodeError: 'ERR_TLS_CERT_ALTNAME_INVALID' } as const;

export const hostCatalogue = {
  // The host asked for cannot match anything.
  'host/target-empty': entry<Asked>({ severity: 'error', reference: matching }),
  'host/target-nul': entry<Asked>({ severity: 'error', reference: syntax }),
  'host/target-ip': entry<Remedy & Assumed & { readonly listed: boolean }>({ severity: 'error', reference: guide }),
  'host/target-wildcard': entry<Remedy & Assumed>({ severity: 'error', reference: guide }),
  'host/target-leading-dot': entry<Remedy & Assumed>({ severity: 'error', reference: guide }),
  'host/target-invalid': entry<Remedy & { readonly fault: string }>({ severity: 'error', reference: 'RFC 1123 2.1' }),
  // Names that come near.
  'host/nul-in-name': entry<NearMiss>({ severity: 'error', reference: syntax }),
  'host/case-differs': entry<NearMiss & { readonly matched: boolean }>({ severity: 'error', reference: guide }),
  'host/wildcard-not-accepted': entry<NearMiss & { readonly form: boolean }>({ severity: 'error', reference: guide }),
  'host/u-labels': entry<NearMiss & { readonly aLabels: string; readonly matched: boolean }>({
    severity: 'error',
    reference: matching,
  }),
  'host/trailing-dot': entry<NearMiss & Assumed & { readonly matched: boolean }>({
    severity: 'error',
    reference: matching,
  }),
  'host/blanks-around-name': entry<NearMiss>({ severity: 'error', reference: syntax, ...mismatch }),
  'host/common-name-ignored': entry<
    NearMiss & Assumed & { readonly reason: string; readonly kinds: readonly string[] }
  >({ severity: 'error', reference: guide }),
  'host/dns-name-ignored': entry<NearMiss>({ severity: 'error', reference: 'RFC 5922 7.1' }),
  'host/name-refused': entry<NearMiss & { readonly fault: string }>({ severity: 'error', reference: syntax }),
  'host/uri-not-compared': entry<NearMiss & { readonly reason: string }>({ severity: 'error', reference: matching }),
  'host/address-as-name': entry<NearMiss>({ severity: 'error', reference: 'RFC 9525 6.4' }),
  'host/short-target': entry<NearMiss>({ severity: 'error', reference: guide, ...mismatch }),
  'host/short-name': entry<NearMiss>({ severity: 'error', reference: guide, ...mismatch }),
  'host/underscore': entry<NearMiss>({ severity: 'error', reference: 'RFC 1123 2.1', ...mismatch }),
  'host/one-letter': entry<NearMiss>({ severity: 'error', reference: matching, ...mismatch }),
  'host/wildcard-depth': entry<NearMiss>({ severity: 'error', reference: matching, ...mismatch }),
  'host/parent-domain': entry<NearMiss>({ severity: 'error', reference: matching, ...mismatch }),
  'host/email-not-compared': entry<NearMiss>({ severity: 'error', reference: matching }),
  'host/san-unreadable': entry<NearMiss>({ severity: 'error', reference: 'Java 17 X509Certificate, observed' }),
  'host/undecodable-name': entry<NearMiss>({ severity: 'error', reference: syntax }),
  // Nothing comes near.
  'host/no-match': entry<Remedy & { readonly names: readonly string[]; readonly more: number }>({
    severity: 'error',
    reference: matching,
    ...mismatch,
  }),
  'host/no-comparable-name': entry<Remedy & { readonly kinds: readonly string[] }>({
    severity: 'error',
    reference: matching,
    ...mismatch,
  }),
  // It matches, but.
  'host/common-name-only': entry<Asked & { readonly name: string }>({
    severity: 'warning',
    reference: 'RFC 9525 appendix A',
  }),
  'host/non-ascii-name': entry<Asked & { readonly name: string }>({ severity: 'warning', reference: syntax }),
  // Which certificate was looked at.
  'host/no-certificate': entry({ severity: 'error', reference: guide }),
  'host/first-taken': entry<{ readonly others: readonly string[] }>({
    severity: 'info',
    reference: 'OpenSSL 3.0 SSL_CTX_use_certificate_chain_file(3)',
  }),
  'host/first-is-ca': entry<{ readonly endEntity: string; readonly others: readonly string[] }>({
    severity: 'warning',
    reference: 'OpenSSL 3.0 SSL_CTX_use_certificate_chain_file(3)',
  }),
  // What was given as the host.
  'host/target-malformed': entry<{ readonly text: string; readonly detail: string }>({
    severity: 'error',
    reference: 'RFC 3986 3.2.2',
  }),
  'host/target-blanks': entry<{ readonly host: string }>({ severity: 'warning', reference: 'RFC 1123 2.1' }),
  'host/target-port-dropped': entry<{ readonly host: string; readonly port: number }>({
    severity: 'info',
    reference: 'RFC 9525 6.1.1',
  }),
  'host/target-from-uri': entry<{ readonly host: string; readonly form: string; readonly dropped: readonly string[] }>({
    severity: 'info',
    reference: 'RFC 3261 19.1.1',
  }),
  'host/target-not-tls': entry<{ readonly host: string; readonly transport: string }>({
    severity: 'info',
    reference: 'Secure SIP Signaling',
  }),
};
