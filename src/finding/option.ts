/**
 * Codes of the area `option`: how the options of a configuration are written, where they stand, and whether they make
 * sense together. What the files behind them hold is said by the other areas.
 */
import { entry } from './finding.js';

/** An option as it is written. */
export interface WrittenOption {
  readonly option: string;
  readonly value: string;
}

const guide = 'Security Deployment Guide, TLS configuration options';
const levels = 'Security Deployment Guide, levels of configuration';
const transport = 'Security Deployment Guide, transport parameters';
const endpoint = "SIP Endpoint SDK Developer's Guide, Configuring TLS";
const matching = 'Security Deployment Guide, Check Certificate Host Matching';
const proxy = 'SIP Proxy Deployment Guide, Transport Layer Security';
const signaling = 'Secure SIP Signaling';
const form = 'certwright, reading a configuration';

export const optionCatalogue = {
  // The form of a source.
  'option/not-a-configuration': entry<{ readonly found: string }>({ severity: 'error', reference: form }),
  'option/not-an-option': entry<{ readonly text: string; readonly lacks: 'equals' | 'name' | 'value' }>({
    severity: 'error',
    reference: form,
  }),
  'option/outside-section': entry<WrittenOption>({ severity: 'error', reference: form }),
  'option/section-malformed': entry<{ readonly text: string }>({ severity: 'error', reference: form }),
  'option/unknown-section': entry<{ readonly section: string; readonly options: readonly string[] }>({
    severity: 'info',
    reference: form,
  }),
  'option/doctype': entry({ severity: 'error', reference: 'OWASP XML External Entity Prevention' }),
  'option/xml-malformed': entry<{ readonly detail: string }>({ severity: 'error', reference: 'XML 1.0 2.1' }),
  'option/not-an-endpoint': entry<{ readonly element: string }>({ severity: 'error', reference: endpoint }),
  'option/endpoint-namespace': entry<{
    readonly element: string;
    readonly namespace: string;
    readonly expected: string;
  }>({ severity: 'warning', reference: endpoint }),
  'option/repeated': entry<WrittenOption & { readonly values: readonly string[]; readonly level: string }>({
    severity: 'error',
    reference: form,
  }),
  'option/blanks-in-transport': entry<{ readonly option: string; readonly text: string }>({
    severity: 'error',
    reference: transport,
  }),
  // Names and values.
  'option/wrong-case': entry<{
    readonly what: 'section' | 'option' | 'value';
    readonly written: string;
    readonly right: string;
    readonly option: string;
  }>({ severity: 'error', reference: guide }),
  'option/misspelt': entry<{
    readonly what: 'section' | 'option';
    readonly written: string;
    readonly right: string;
  }>({ severity: 'error', reference: guide }),
  'option/unknown': entry<WrittenOption>({ severity: 'warning', reference: guide }),
  'option/unknown-value': entry<WrittenOption & { readonly allowed: readonly string[] }>({
    severity: 'error',
    reference: guide,
  }),
  'option/not-evaluated': entry<WrittenOption>({ severity: 'info', reference: guide }),
  'option/legacy-alias': entry<{ readonly alias: string; readonly name: string }>({
    severity: 'info',
    reference: endpoint,
  }),
  'option/alias-and-name': entry<{
    readonly alias: string;
    readonly aliasValue: string;
    readonly name: string;
    readonly value: string;
  }>({ severity: 'warning', reference: endpoint }),
  // Levels.
  'option/split-over-levels': entry<{
    readonly level: string;
    readonly other: string;
    readonly options: readonly string[];
  }>({ severity: 'error', reference: levels }),
  'option/level-overridden': entry<{
    readonly level: string;
    readonly other: string;
    readonly options: readonly string[];
  }>({ severity: 'info', reference: levels }),
  'option/flag-replaces': entry<WrittenOption & { readonly replaced?: string | undefined; readonly level: string }>({
    severity: 'info',
    reference: form,
  }),
  'option/certificate-source': entry<{ readonly level: string }>({ severity: 'info', reference: levels }),
  'option/restart-needed': entry<{ readonly level: string }>({ severity: 'info', reference: levels }),
  // What must be there.
  'option/mandatory-missing': entry<{
    readonly option: string;
    readonly role: string;
    readonly level?: string | undefined;
    /** What stands there and is read as nothing, each with its place. */
    readonly unread: readonly string[];
  }>({ severity: 'error', reference: guide }),
  'option/pair-incomplete': entry<{ readonly option: string; readonly lacks: string; readonly level: string }>({
    severity: 'error',
    reference: levels,
  }),
  'option/endpoint-incoming': entry<{ readonly lacks: readonly string[] }>({
    severity: 'warning',
    reference: endpoint,
  }),
  'option/client-certificate-missing': entry<{
    readonly lacks: readonly string[];
    readonly level?: string | undefined;
  }>({ severity: 'error', reference: guide }),
  // Transport parameters.
  'option/tls-not-set': entry<{ readonly value?: string | undefined; readonly level: string }>({
    severity: 'error',
    reference: transport,
  }),
  'option/transport-not-seen': entry({ severity: 'info', reference: transport }),
  'option/tls-misplaced': entry<{ readonly value: string; readonly level: string }>({
    severity: 'warning',
    reference: transport,
  }),
  'option/mutual-on-client': entry<{ readonly value: string }>({ severity: 'info', reference: guide }),
  // Paths and thumbprints.
  'option/relative-path': entry<WrittenOption & { readonly path: string }>({ severity: 'warning', reference: guide }),
  'option/not-a-list': entry<WrittenOption & { readonly paths: readonly string[] }>({
    severity: 'error',
    reference: guide,
  }),
  'option/thumbprint-malformed': entry<{ readonly value: string; readonly digits: number; readonly other: string }>({
    severity: 'error',
    reference: guide,
  }),
  'option/thumbprint-cleaned': entry<{ readonly thumbprint: string; readonly removed: readonly string[] }>({
    severity: 'info',
    reference: guide,
  }),
  'option/thumbprint-on-unix': entry<{ readonly value: string }>({ severity: 'error', reference: guide }),
  'option/path-on-windows': entry<{ readonly value: string }>({ severity: 'error', reference: guide }),
  'option/key-on-windows': entry<{ readonly value: string }>({ severity: 'info', reference: guide }),
  // The name check.
  'option/name-check-off': entry<{ readonly written: boolean }>({ severity: 'warning', reference: matching }),
  'option/client-only': entry<WrittenOption>({ severity: 'warning', reference: matching }),
  'option/target-name-too-new': entry<{
    readonly host: string;
    readonly packVersion?: string | undefined;
    readonly needed: string;
  }>({ severity: 'error', reference: matching }),
  'option/target-name-on-windows': entry<{ readonly host: string }>({ severity: 'error', reference: matching }),
  // Protocols and ciphers.
  'option/protocol-refused': entry<{ readonly value: string }>({ severity: 'error', reference: guide }),
  'option/protocol-legacy': entry<{ readonly value: string }>({ severity: 'warning', reference: guide }),
  'option/ciphersuites-unknown': entry<{ readonly unknown: readonly string[]; readonly known: readonly string[] }>({
    severity: 'error',
    reference: endpoint,
  }),
  'option/cipher-list-empty': entry<{ readonly value: string }>({
    severity: 'error',
    reference: 'OpenSSL 3.0 ciphers(1)',
    nodeError: 'ERR_SSL_NO_CIPHER_MATCH',
  }),
  'option/ciphers-without-effect': entry<WrittenOption & { readonly protocol: string; readonly instead: string }>({
    severity: 'warning',
    reference: endpoint,
  }),
  'option/no-common-protocol': entry<{ readonly server: string; readonly client: string }>({
    severity: 'error',
    reference: 'RFC 8446 4.2.1',
    nodeError: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  }),
  'option/no-common-cipher': entry<{
    readonly version: string;
    readonly server: readonly string[];
    readonly client: readonly string[];
    /** Set where a cipher is common to both but none that fits the key of the server's certificate. */
    readonly keyType?: string | undefined;
  }>({ severity: 'error', reference: 'RFC 5246 7.4.1.3', nodeError: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE' }),
  // SIP.
  'option/sips-through-proxy': entry<{ readonly contact: string }>({ severity: 'error', reference: signaling }),
  'option/contact-not-tls': entry<WrittenOption & { readonly transport: string }>({
    severity: 'error',
    reference: signaling,
  }),
  'option/tls-ports-differ': entry<{ readonly ports: readonly string[] }>({ severity: 'error', reference: proxy }),
  'option/srv-not-tls': entry<{ readonly value: string }>({ severity: 'warning', reference: proxy }),
  'option/protocol-not-tls': entry<WrittenOption & { readonly section: string }>({
    severity: 'warning',
    reference: proxy,
  }),
};
