/** How the steps of a validation say what they found: about one certificate, collected in order. */
import { createFinding, type FindingCode, type ParamsOf } from '../finding/catalogue.js';
import type { Finding, Severity } from '../finding/finding.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';

/** Notes one finding; `severity` replaces the catalogue's. */
export type Report = <Code extends FindingCode>(code: Code, params: ParamsOf<Code>, severity?: Severity) => void;

/** A reporter about one certificate that adds to `findings`. */
export function reportAbout(certificate: Certificate, findings: Finding[]): Report {
  return (code, params, severity) => {
    findings.push(createFinding(code, subjectOf(certificate), params, { origin: certificate.origin, severity }));
  };
}

const order = { error: 0, warning: 1, info: 2 };

/** Errors first, then warnings; within each, the order in which they were found. */
export function sortBySeverity(findings: readonly Finding[]): readonly Finding[] {
  return findings.length < 2 ? findings : findings.toSorted((a, b) => order[a.severity] - order[b.severity]);
}
