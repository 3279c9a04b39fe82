/** What one CRL says of itself, with what is wrong or ending; nobody's certificates are looked at. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding, Severity } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { subjectOfCRL, type CertificateList } from '../x509/crl.js';
import { findMalformation } from './crl-gate.js';
import { explainAge } from './explain-revocation.js';
import { scanAnyCRL } from './streamed-crl.js';
import { wantSerials } from './wanted-serials.js';

export interface CRLSurvey {
  readonly crl: CertificateList;
  /** How many certificates it lists; absent where an entry is damaged. */
  readonly entries?: number;
  /** Why it cannot be read through: an error of its header, its extensions or its entries. */
  readonly malformation?: MalformedInputError;
  readonly findings: readonly Finding[];
}

/** The fingerprints that whoever shows a survey will ask for. */
export const surveyFingerprints = ['sha256', 'sha1'] as const;

export interface SurveyOptions {
  readonly at: Date;
  /** In milliseconds; see `CheckRevocationInput`. */
  readonly warnBefore?: number | undefined;
}

/** Counts the entries and compares the dates with `at`; dates are warnings here. Signature and scope are not looked at. */
export function surveyCRL(crl: CertificateList, options: SurveyOptions): CRLSurvey {
  const scanned = scanAnyCRL(crl, wantSerials([]));
  const malformation = findMalformation(crl) ?? (scanned instanceof MalformedInputError ? scanned : undefined);
  const findings = explainDates(crl, options, 'warning');
  if (malformation) {
    const { offset, detail } = malformation;
    const params = { offset, detail, certificates: [] };
    findings.unshift(createFinding('crl/malformed', subjectOfCRL(crl), params, { origin: crl.origin }));
  }
  return {
    crl,
    ...(!(scanned instanceof MalformedInputError) && { entries: scanned.entries }),
    ...(malformation && { malformation }),
    findings,
  };
}

/** What its dates mean at an instant, whomever it serves. */
export function explainDates(crl: CertificateList, { at, warnBefore }: SurveyOptions, stale: Severity): Finding[] {
  const { thisUpdate, nextUpdate } = crl.tbsCertList;
  const subject = subjectOfCRL(crl);
  const { origin } = crl;
  const findings = explainAge(crl, at, warnBefore);
  if (at < thisUpdate) {
    const params = { thisUpdate: thisUpdate.toISOString(), at: at.toISOString(), certificates: [] };
    findings.push(createFinding('crl/not-yet-valid', subject, params, { origin, severity: 'warning' }));
  }
  if (nextUpdate && nextUpdate < at) {
    const params = { nextUpdate: nextUpdate.toISOString(), at: at.toISOString(), certificates: [] };
    findings.push(createFinding('crl/stale', subject, params, { origin, severity: stale }));
  }
  return findings;
}
