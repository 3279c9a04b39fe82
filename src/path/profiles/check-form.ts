/**
 * Whether the certificates of a path are made as they should be: what RFC 5280 section 4 asks of every CA, and under
 * `webpki` what the CA/Browser Forum's Baseline Requirements ask on top. Section 6 does not depend on any of it, so the
 * profile `rfc5280` warns where `webpki` refuses. Left to linters for CAs, and not checked: validity of 398 days at most,
 * certificate policies, CRL and OCSP addresses, Certificate Transparency, the entropy of serial numbers, reserved
 * addresses and internal names, RSA exponents, that an intermediate has an extended key usage.
 */
import type { Severity } from '../../finding/finding.js';
import type { Report } from '../report-finding.js';
import { checkKey, checkSignatureAlgorithm } from './algorithm-rules.js';
import { checkAuthority } from './authority-rules.js';
import { checkEndEntity } from './end-entity-rules.js';
import type { Examination } from './examination.js';
import { checkCriticality, checkKeyIdentifiers } from './extension-rules.js';
import { checkFields } from './field-rules.js';
import { checkSubjectNames } from './subject-name-rules.js';

export function checkForm(examination: Examination): void {
  switch (examination.inputs.profile) {
    case 'security-pack':
      return;
    case 'rfc5280':
      checkMildly(mildly(examination));
      return;
    case 'webpki':
      checkByRFC5280(examination);
      checkKey(examination);
      checkSignatureAlgorithm(examination);
      checkEndEntity(examination);
  }
}

/** Of a root RFC 5280 6.1.1(d) wants name and key only, but its constraints are kept here and so must be well marked. */
function checkMildly(examination: Examination): void {
  if (examination.role === 'root') checkCriticality(examination);
  else checkByRFC5280(examination);
}

function checkByRFC5280(examination: Examination): void {
  checkFields(examination);
  checkCriticality(examination);
  checkKeyIdentifiers(examination);
  checkAuthority(examination);
  checkSubjectNames(examination);
}

/** Makes a warning of every finding that does not insist on its severity. */
function mildly({ certificate, role, issuer, inputs, report }: Examination): Examination {
  const milder: Report = (code, params, severity: Severity = 'warning') => {
    report(code, params, severity);
  };
  return { certificate, role, issuer, inputs, report: milder };
}
