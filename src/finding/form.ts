/**
 * Codes of the area `form`: a certificate on a path that is not what RFC 5280 section 4 or the CA/Browser Forum's Baseline
 * Requirements ask of whoever issues it. The severity here is that of the profile `webpki`; `rfc5280` makes a warning of
 * most of them. The numbers are those that OpenSSL gives with -x509_strict, unless it always does.
 */
import { entry } from './finding.js';

export interface AboutExtension {
  /** The RFC's name of the extension, or its dotted OID. */
  readonly extension: string;
}

export const formCatalogue = {
  // The certificate as such.
  'form/version': entry<{ readonly version: number }>({
    severity: 'error',
    reference: 'RFC 5280 4.1.2.1; Baseline Requirements 7.1.1',
    opensslError: 93,
  }),
  'form/serial-number': entry<{ readonly serialNumber: string; readonly fault: 'negative' | 'zero' | 'too-long' }>({
    severity: 'error',
    reference: 'RFC 5280 4.1.2.2; Baseline Requirements 7.1.2.7',
  }),
  'form/issuer-empty': entry({ severity: 'error', reference: 'RFC 5280 4.1.2.4', opensslError: 83 }),
  'form/subject-empty': entry({ severity: 'error', reference: 'RFC 5280 4.1.2.6', opensslError: 84 }),
  'form/issuer-encoding': entry<{ readonly issuer: string }>({
    severity: 'error',
    reference: 'RFC 5280 4.1.2.4; Baseline Requirements 7.1.4.1',
  }),
  'form/time-encoding': entry<{ readonly field: string; readonly instant: string; readonly wanted: string }>({
    severity: 'error',
    reference: 'RFC 5280 4.1.2.5',
  }),
  'form/unique-identifier': entry<{ readonly field: string }>({
    severity: 'error',
    reference: 'RFC 5280 4.1.2.8; Baseline Requirements 7.1.2.7',
  }),
  'form/key-not-allowed': entry<{ readonly key: string; readonly allowed: string }>({
    severity: 'error',
    reference: 'Baseline Requirements 6.1.5, 7.1.3.1',
  }),
  'form/signature-algorithm-not-allowed': entry<{ readonly algorithm: string; readonly allowed: string }>({
    severity: 'error',
    reference: 'Baseline Requirements 7.1.3.2',
  }),

  // Extensions in general.
  'form/extension-missing': entry<AboutExtension & { readonly role: string }>({
    severity: 'error',
    reference: 'Baseline Requirements 7.1.2',
  }),
  'form/extension-not-allowed': entry<AboutExtension & { readonly role: string }>({
    severity: 'error',
    reference: 'RFC 5280 4.2.1; Baseline Requirements 7.1.2',
  }),
  'form/extension-critical': entry<AboutExtension>({ severity: 'error', reference: 'RFC 5280 4.2.1' }),
  'form/extension-not-critical': entry<AboutExtension>({ severity: 'error', reference: 'RFC 5280 4.2.1' }),

  // Key identifiers.
  'form/authority-key-identifier-missing': entry({
    severity: 'error',
    reference: 'RFC 5280 4.2.1.1',
    opensslError: 85,
  }),
  'form/authority-key-identifier-fields': entry<{ readonly fields: readonly string[] }>({
    severity: 'error',
    reference: 'Baseline Requirements 7.1.2.11.1, 7.1.2.1.3',
  }),
  'form/subject-key-identifier-missing': entry({ severity: 'error', reference: 'RFC 5280 4.2.1.2', opensslError: 86 }),
  'form/key-identifiers-differ': entry<{ readonly authority: string; readonly subject: string }>({
    severity: 'error',
    reference: 'Baseline Requirements 7.1.2.1.3',
    opensslError: 30,
  }),

  // What makes a CA, and what must not.
  'form/key-usage-contradicts-ca': entry<{ readonly cA: boolean; readonly keyCertSign: boolean }>({
    severity: 'error',
    reference: 'RFC 5280 4.2.1.3, 4.2.1.9',
    opensslError: 82,
  }),
  'form/path-length-without-ca': entry<{ readonly pathLenConstraint: number }>({
    severity: 'error',
    reference: 'RFC 5280 4.2.1.9',
    opensslError: 80,
  }),
  'form/end-entity-is-ca': entry<{ readonly reason: string }>({
    severity: 'error',
    reference: 'Baseline Requirements 7.1.2.7.8, 7.1.2.7.11',
  }),
  'form/name-constraints-empty': entry({
    severity: 'error',
    reference: 'RFC 5280 4.2.1.10; Baseline Requirements 7.1.2.10.8',
  }),
  'form/name-constraint-syntax': entry<{ readonly subtree: string }>({
    severity: 'error',
    reference: 'RFC 5280 4.2.1.10',
  }),

  // Names of the end entity.
  'form/name-form-not-allowed': entry<{ readonly name: string }>({
    severity: 'error',
    reference: 'Baseline Requirements 7.1.2.7.12',
  }),
  'form/dns-name-malformed': entry<{ readonly name: string; readonly fault: string }>({
    severity: 'error',
    reference: 'RFC 5280 4.2.1.6; Baseline Requirements 7.1.2.7.12',
  }),
  'form/ip-address-malformed': entry<{ readonly name: string }>({ severity: 'error', reference: 'RFC 5280 4.2.1.6' }),
  'form/wildcard-too-wide': entry<{ readonly name: string; readonly suffix: string }>({
    severity: 'error',
    reference: 'Baseline Requirements 3.2.2.6',
  }),
  'form/common-name-not-in-san': entry<{ readonly commonName: string; readonly names: readonly string[] }>({
    severity: 'error',
    reference: 'Baseline Requirements 7.1.4.3',
  }),

  // Purposes.
  'form/purpose-not-allowed': entry<{ readonly purpose: string }>({
    severity: 'error',
    reference: 'Baseline Requirements 7.1.2.7.10, 7.1.2.10.6',
  }),
};
