/**
 * Codes of the area `bundle`: what is left out of a bundle, what in it will not serve, and what an edit could not do.
 *
 * The severity given here is that of building; `checkBundle` raises what makes a chain fail to an error.
 */
import { entry } from './finding.js';

const trustedCAs = 'Security Deployment Guide, trusted CAs';
const sameSubject = 'RFC 5280 4.1.2.6';

const followed = 'OpenSSL 3.0.19 X509_verify_cert, observed';

/** Why a peer would not be trusted. */
export type PeerFault =
  | 'issuer-missing'
  | 'issuer-ignored'
  | 'root-not-in-bundle'
  | 'not-valid'
  | 'bad-signature'
  | 'issuer-is-no-ca'
  | 'signature-not-checked'
  | 'path-too-long';

export const bundleCatalogue = {
  // Left out.
  'bundle/duplicate': entry<{ readonly first: string; readonly treatment: 'left-out' | 'found' }>({
    severity: 'info',
    reference: trustedCAs,
  }),
  'bundle/not-a-ca': entry<{
    /** What says that it is none. */
    readonly reason: string;
    readonly selfSigned: boolean;
    readonly treatment: 'left-out' | 'kept' | 'found';
  }>({ severity: 'warning', reference: 'RFC 5280 4.2.1.9', opensslError: 79 }),
  'bundle/expired-left-out': entry<{
    readonly notAfter: string;
    readonly at: string;
    /** Where its successor stands, when the bundle holds a valid certificate of the same name and key. */
    readonly successor?: string | undefined;
  }>({ severity: 'warning', reference: 'RFC 5280 6.1.3(a)(2)', opensslError: 10, nodeError: 'CERT_HAS_EXPIRED' }),
  'bundle/empty': entry<{
    readonly leftOut: number;
    /** How many were to be taken out. */
    readonly removed: number;
  }>({ severity: 'error', reference: trustedCAs }),
  // In it, and of no use or unwise.
  'bundle/missing-root': entry<{
    /** Subject of the certificate that is not there. */
    readonly issuer: string;
    readonly keyIdentifier?: string | undefined;
    /** The certificates on the way there that the bundle does hold. */
    readonly through: readonly string[];
    /** Certificates of that name that are no issuer of it, with the reason. */
    readonly nearMisses: readonly string[];
  }>({
    severity: 'warning',
    reference: trustedCAs,
    opensslError: 2,
    nodeError: 'UNABLE_TO_GET_ISSUER_CERT',
  }),
  'bundle/no-root': entry({
    severity: 'error',
    reference: trustedCAs,
    opensslError: 20,
    nodeError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  }),
  'bundle/same-name-other-key': entry<{ readonly other: string }>({ severity: 'warning', reference: sameSubject }),
  'bundle/same-key-new-validity': entry<{
    readonly notAfter: string;
    readonly other: string;
    readonly otherNotAfter: string;
  }>({ severity: 'warning', reference: sameSubject }),
  'bundle/cross-sign': entry<{ readonly issuer: string; readonly other: string; readonly otherIssuer: string }>({
    severity: 'info',
    reference: 'RFC 5280 3.2',
  }),
  'bundle/holds-private-key': entry({ severity: 'warning', reference: trustedCAs }),
  'bundle/holds-crl': entry({ severity: 'info', reference: trustedCAs }),
  'bundle/not-pem': entry<{ readonly container: string }>({ severity: 'error', reference: trustedCAs }),
  // Peers that are to be trusted.
  'bundle/peer-not-trusted': entry<{
    readonly fault: PeerFault;
    /** The certificate that it fails at, or the issuer that is missing. */
    readonly about: string;
    /** The bundle, as the user named it. */
    readonly bundle: string;
  }>({ severity: 'error', reference: trustedCAs }),
  'bundle/stale-issuer-preferred': entry<{ readonly issued: string; readonly notAfter: string }>({
    severity: 'error',
    reference: followed,
    opensslError: 10,
  }),
  'bundle/impostor-preferred': entry<{ readonly issued: string }>({
    severity: 'error',
    reference: followed,
    opensslError: 7,
  }),
  'bundle/peer-intermediate-ignored': entry<{ readonly issued: string }>({
    severity: 'error',
    reference: followed,
    opensslError: 2,
  }),
  // Editing and comparing.
  'bundle/selector-hits-nothing': entry<{ readonly selector: string }>({ severity: 'error', reference: trustedCAs }),
  'bundle/selector-ambiguous': entry<{ readonly selector: string; readonly hits: readonly string[] }>({
    severity: 'error',
    reference: trustedCAs,
  }),
  'bundle/not-in-bundle': entry<{ readonly bundle: string }>({ severity: 'warning', reference: trustedCAs }),
  'bundle/text-kept': entry<{ readonly text: string }>({ severity: 'info', reference: 'RFC 7468 2' }),
  'bundle/blocks-rewritten': entry<{ readonly count: number; readonly forms: readonly string[] }>({
    severity: 'info',
    reference: 'RFC 7468 2',
  }),
  'bundle/differs': entry<{
    readonly other: string;
    readonly added: number;
    readonly removed: number;
    readonly renewed: number;
    readonly replaced: number;
  }>({ severity: 'error', reference: trustedCAs }),
  // Outputs and sources.
  'bundle/name-without-hash': entry<{ readonly detail: string }>({
    severity: 'error',
    reference: 'OpenSSL 3.0.19 X509_NAME_hash',
  }),
  'bundle/directory-holds-others': entry<{ readonly files: readonly string[]; readonly more: number }>({
    severity: 'error',
    reference: 'OpenSSL openssl-rehash(1)',
  }),
  'bundle/no-system-store': entry<{ readonly tried: readonly string[] }>({
    severity: 'error',
    reference: 'OpenSSL openssl-env(7), SSL_CERT_FILE',
  }),
};
