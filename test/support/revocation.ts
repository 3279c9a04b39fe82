/** One CA, a certificate of it and the CRLs that a test makes, for questions about revocation. */
import type { Finding } from '../../src/finding/finding.js';
import { checkRevocation, type RevocationResult } from '../../src/revocation/check-revocation.js';
import type { Certificate } from '../../src/x509/certificate.js';
import type { WholeCRL } from '../../src/x509/crl.js';
import { asCRL, asCertificate } from './parsed.js';
import {
  issueCertificate,
  makeCRL,
  type CRLOptions,
  type CertificateOptions,
  type Holder,
  type RevokedEntry,
} from './pki.js';

/** The instant of the question, unless a test asks for another. */
export const at = new Date('2026-11-21T12:00:00Z');
export const serialNumber = 0x77_1234;
/** The entry of `leaf`. */
export const listed: RevokedEntry = { serialNumber, reason: 'keyCompromise' };

export const ca: Holder = issueCertificate(undefined, { subject: 'CN=Issuing CA 1', ca: true });
/** The same name, another key. */
export const renewed: Holder = issueCertificate(undefined, { subject: 'CN=Issuing CA 1', ca: true });
export const issuer: Certificate = asCertificate(ca.certificate, 'ca.pem');

/** A certificate of the CA with the serial number that `listed` lists. */
export function issue(options: Partial<CertificateOptions> = {}): Certificate {
  const { certificate } = issueCertificate(ca, { subject: 'CN=sip1.fly.example.com', serialNumber, ...options });
  return asCertificate(certificate, 'sip1.pem');
}

export const leaf: Certificate = issue();

/** A CRL of the CA; `file` is how tests recognise it. */
export function crl(options: Partial<CRLOptions> = {}, file = 'test.crl'): WholeCRL {
  return asCRL(makeCRL({ issuer: ca.subject, issuerKey: ca.key, ...options }), file);
}

export function check(crls: readonly WholeCRL[], certificate = leaf, instant = at): RevocationResult {
  return checkRevocation({ certificate, issuer, crls, at: instant });
}

export const outcomes = ({ considered }: RevocationResult): string[] => considered.map(({ outcome }) => outcome);
export const codes = (findings: readonly Finding[], severity?: string): string[] =>
  findings.filter((finding) => severity === undefined || finding.severity === severity).map(({ code }) => code);
