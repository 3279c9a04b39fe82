/** RFC 5280 6.1 over one path, from the trust anchor down to the end entity. */
import { isSelfIssued } from '../chain/issuer-index.js';
import { createFinding } from '../finding/catalogue.js';
import { isOk, type Finding } from '../finding/finding.js';
import { equalCertificates, subjectOf, type Certificate } from '../x509/certificate.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';
import { shortName } from '../x509/name.js';
import type { Budget } from './budget.js';
import type { PathInputs } from './path-inputs.js';
import { initializeState } from './path-state.js';
import {
  checkAlgorithms,
  checkCriticalExtensions,
  checkCurve,
  checkMaySign,
  checkValidity,
  prepareForNext,
  processBasics,
  wrapUp,
  type Step,
} from './process-certificate.js';
import { checkForm } from './profiles/check-form.js';
import { checkStrength } from './profiles/check-strength.js';
import { checkCAPurpose } from './purposes.js';
import { reportAbout, sortBySeverity, type Report } from './report-finding.js';
import type { SignatureLedger } from './signature-ledger.js';

export interface PathVerdict {
  /** True when no finding is an error. */
  readonly ok: boolean;
  /** Errors first; within each severity from the anchor down. */
  readonly findings: readonly Finding[];
  /** What the user-constrained-policy-set is, whether or not something else refuses the path. */
  readonly policies: readonly string[];
}

/**
 * Validates one path (RFC 5280 6.1). Every certificate must have passed `separateMalformed`.
 *
 * @param certificates end entity first, the anchor not among them; at least one.
 * @param anchor the trust anchor; the same certificate as the only one of the path where that is trusted itself.
 */
export function processPath(
  certificates: readonly Certificate[],
  anchor: Certificate,
  inputs: PathInputs,
  ledger: SignatureLedger,
): PathVerdict {
  const findings: Finding[] = [];
  const topDown = certificates.toReversed();
  const state = initializeState(anchor, certificates.length, inputs);
  const [top] = topDown;
  if (top && !equalCertificates(top, anchor)) {
    checkAnchor(anchor, top, inputs, reportAbout(anchor, findings));
    findings.push(...checkStrength(anchor, inputs.profile));
  }
  let policies: readonly string[] = [];
  topDown.forEach((certificate, position) => {
    const report = reportAbout(certificate, findings);
    const issued = topDown[position + 1];
    const step: Step = { certificate, isLast: !issued, state, inputs, ledger, report };
    processBasics(step);
    if (issued) prepareForNext(step, issued);
    else policies = wrapUp(step);
    const issuer = topDown[position - 1] ?? anchor;
    checkForm({ certificate, role: issued ? 'ca' : 'end-entity', issuer, inputs, report });
    findings.push(...checkStrength(certificate, inputs.profile));
  });
  findings.unshift(...explainBudget(ledger.budget, certificates[0]));
  return { ok: isOk(findings), findings: sortBySeverity(findings), policies };
}

/**
 * The anchor's own certificate. Deviation: RFC 5280 6.1.1(d) takes nothing from it but name and key; an expired root, one
 * that says that it may not sign, and one with a critical extension that nobody knows are refused all the same, as OpenSSL
 * and the web's verifiers do. That it is a CA is believed where it does not say the contrary.
 */
function checkAnchor(anchor: Certificate, issued: Certificate, inputs: PathInputs, report: Report): void {
  const { extensions } = anchor.tbsCertificate;
  const name = shortName(issued.tbsCertificate.subject);
  if (inputs.profile === 'webpki' && !isSelfIssued(anchor)) {
    report('path/anchor-not-self-signed', { issuer: shortName(anchor.tbsCertificate.issuer) });
  }
  checkAlgorithms(anchor, report);
  checkCurve(anchor, report);
  checkValidity(anchor, inputs.at, report);
  if (extensions.get(basicConstraints)?.cA === false) {
    report('chain/issuer-is-no-ca', { issued: name, reason: 'its basic constraints say cA FALSE' });
  }
  checkMaySign(extensions, name, report);
  checkCAPurpose(anchor, inputs.purpose, report);
  checkCriticalExtensions(extensions, report);
  const role = isSelfIssued(anchor) ? 'root' : 'ca';
  checkForm({ certificate: anchor, role, issuer: undefined, inputs, report });
}

/** What was not looked at for its cost may not pass for good. */
export function explainBudget(budget: Budget, about: Certificate | undefined): Finding[] {
  const { exceeded, limits } = budget;
  if (!exceeded || !about) return [];
  const params = { budget: exceeded, limit: limits[exceeded] };
  return [createFinding('path/budget-exceeded', subjectOf(about), params, { origin: about.origin })];
}
