/** RFC 5280 6.1.3 to 6.1.5 for one certificate of a path. Steps go on after a failure, so that all that is wrong is told. */
import { isSelfIssued } from '../chain/issuer-index.js';
import { signatureAlgorithmName } from '../crypto/signature.js';
import { Tag } from '../der/tag.js';
import { equalNames } from '../names/distinguished-name.js';
import { equalAlgorithms } from '../x509/algorithm-identifier.js';
import type { Certificate } from '../x509/certificate.js';
import type { Extensions } from '../x509/extensions.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';
import { keyUsage } from '../x509/extensions/key-usage.js';
import { certificateExtensions } from '../x509/extensions/known-extensions.js';
import { nameConstraints } from '../x509/extensions/name-constraints.js';
import { formatName, shortName } from '../x509/name.js';
import {
  wantsInheritedParameters,
  withInheritedParameters,
  type SubjectPublicKeyInfo,
} from '../x509/subject-public-key-info.js';
import { checkConstrainedNames } from './check-names.js';
import { concludePolicies, countDownPolicies, processMappings, processPolicies } from './check-policies.js';
import type { PathInputs } from './path-inputs.js';
import { addSubtrees, limitPathLength, type PathState } from './path-state.js';
import { checkCAPurpose, checkEndEntityPurpose } from './purposes.js';
import type { Report } from './report-finding.js';
import type { SignatureLedger } from './signature-ledger.js';

export interface Step {
  readonly certificate: Certificate;
  /** The end entity, or whatever stands there. */
  readonly isLast: boolean;
  readonly state: PathState;
  readonly inputs: PathInputs;
  readonly ledger: SignatureLedger;
  readonly report: Report;
}

/** RFC 5280 6.1.3. Whether the certificate is revoked, step (a)(3), is not checked here. */
export function processBasics(step: Step): void {
  const { certificate, isLast, state, ledger, report } = step;
  const selfIssued = isSelfIssued(certificate);
  checkIssuerSignature(step);
  checkCurve(certificate, report);
  checkValidity(certificate, step.inputs.at, report);
  // Step (a)(4).
  const { issuer } = certificate.tbsCertificate;
  if (!equalNames(issuer, state.workingIssuerName)) {
    const expected = formatName(state.workingIssuerName) || '(empty name)';
    report('path/issuer-name-mismatch', { issuer: formatName(issuer) || '(empty name)', expected });
  }
  // Steps (b) and (c) pass over self-issued certificates unless they are the last.
  if (isLast || !selfIssued) {
    checkConstrainedNames(certificate, isLast ? 'end-entity' : 'ca', state, ledger.budget, report);
  }
  processPolicies(certificate, selfIssued && !isLast, state, report);
}

// Step (a)(1), and RFC 5280 4.1.1.2: both AlgorithmIdentifiers are the same.
function checkIssuerSignature({ certificate, state, ledger, report }: Step): void {
  checkAlgorithms(certificate, report);
  const check = ledger.check(certificate, state.workingPublicKey);
  if (check.outcome === 'valid') return;
  const issuer = shortName(state.workingIssuerName);
  if (check.outcome === 'invalid') report('path/signature-invalid', { issuer });
  if (check.outcome === 'unsupported') report('chain/signature-not-checked', { issuer, reason: check.reason });
}

export function checkAlgorithms(certificate: Certificate, report: Report): void {
  const { signatureAlgorithm, tbsCertificate } = certificate;
  if (equalAlgorithms(tbsCertificate.signature, signatureAlgorithm)) return;
  report('path/algorithm-mismatch', {
    inner: signatureAlgorithmName(tbsCertificate.signature),
    outer: signatureAlgorithmName(signatureAlgorithm),
  });
}

const ecPublicKey = '1.2.840.10045.2.1';

/** RFC 5480 2.1.1: a curve is named; one that is spelled out may have any generator, and so any private key. */
export function checkCurve({ tbsCertificate }: Certificate, report: Report): void {
  const { algorithm, parameters } = tbsCertificate.subjectPublicKeyInfo.algorithm;
  if (algorithm === ecPublicKey && parameters?.tag !== Tag.objectIdentifier) report('path/explicit-curve', {});
}

/** RFC 5280 6.1.3 step (a)(2); both bounds belong to the period (4.1.2.5). */
export function checkValidity({ tbsCertificate }: Certificate, at: Date, report: Report): void {
  const { notBefore, notAfter } = tbsCertificate.validity;
  if (at < notBefore) report('certificate/not-yet-valid', { notBefore: notBefore.toISOString(), at: at.toISOString() });
  if (at > notAfter) report('certificate/expired', { notAfter: notAfter.toISOString(), at: at.toISOString() });
}

/** RFC 5280 6.1.4: before the next certificate, the one that this one issued. */
export function prepareForNext(step: Step, issued: Certificate): void {
  const { certificate, state, inputs, report } = step;
  const { subject, subjectPublicKeyInfo, extensions } = certificate.tbsCertificate;
  const selfIssued = isSelfIssued(certificate);
  // Steps (a) and (b).
  processMappings(certificate, state, report);
  // Step (c).
  state.workingIssuerName = subject;
  // Steps (d) to (f): DSA parameters that the key leaves out are those of its issuer.
  state.workingPublicKey = completeKey(subjectPublicKeyInfo, state.workingPublicKey);
  // Step (g).
  const constraints = extensions.get(nameConstraints);
  const name = shortName(subject);
  addSubtrees(state, constraints?.permittedSubtrees, constraints?.excludedSubtrees, name);
  // Steps (h) to (j).
  countDownPolicies(certificate, selfIssued, state);
  checkCA(certificate, shortName(issued.tbsCertificate.subject), report);
  // Step (l).
  if (!selfIssued) countIntermediate(state, report);
  // Step (m).
  limitPathLength(state, extensions.get(basicConstraints)?.pathLenConstraint, name);
  checkCAPurpose(certificate, inputs.purpose, report);
  // Step (o).
  checkCriticalExtensions(extensions, report);
}

function completeKey(key: SubjectPublicKeyInfo, issuerKey: SubjectPublicKeyInfo): SubjectPublicKeyInfo {
  return (wantsInheritedParameters(key) ? withInheritedParameters(key, issuerKey) : undefined) ?? key;
}

// RFC 5280 6.1.4 steps (k) and (n).
function checkCA({ tbsCertificate: { version, extensions } }: Certificate, issued: string, report: Report): void {
  const constraints = extensions.get(basicConstraints);
  if (version < 3 && !constraints) {
    const reason = `it is an X.509 version ${version} certificate, which cannot say that it is one`;
    report('chain/issuer-is-no-ca', { issued, reason });
  } else if (!constraints?.cA) {
    const reason = constraints ? 'its basic constraints say cA FALSE' : 'it has no basic constraints';
    report('chain/issuer-is-no-ca', { issued, reason });
  }
  checkMaySign(extensions, issued, report);
}

/** RFC 5280 6.1.4 step (n). */
export function checkMaySign(extensions: Extensions, issued: string, report: Report): void {
  const usages = extensions.get(keyUsage);
  if (usages && !usages.has('keyCertSign')) report('chain/issuer-may-not-sign', { issued, keyUsage: [...usages] });
}

function countIntermediate(state: PathState, report: Report): void {
  state.intermediates++;
  if (state.maxPathLength > 0) {
    state.maxPathLength--;
    return;
  }
  const { maxPathLengthBy, intermediates } = state;
  if (maxPathLengthBy) {
    const { name, pathLenConstraint, above } = maxPathLengthBy;
    const params = { pathLenConstraint, by: name, intermediates: intermediates - above };
    report('path/path-length-exceeded', params);
  } else {
    report('path/too-many-intermediates', { maximum: intermediates - 1, intermediates });
  }
  // Told once: every further intermediate would be one too many as well.
  state.maxPathLength = Number.POSITIVE_INFINITY;
}

const knownExtensions = new Set(certificateExtensions.map(({ extnID }) => extnID));

/** RFC 5280 6.1.4 step (o) and 6.1.5 step (f). */
export function checkCriticalExtensions({ list }: Extensions, report: Report): void {
  for (const { extnID, critical } of list) {
    if (critical && !knownExtensions.has(extnID)) report('path/unknown-critical-extension', { extension: extnID });
  }
}

/** RFC 5280 6.1.5. @returns the user-constrained-policy-set. */
export function wrapUp(step: Step): readonly string[] {
  const { certificate, state, inputs, report } = step;
  // Steps (a), (b) and (g). Steps (c) to (e) prepare outputs that nobody here asks for.
  const policies = concludePolicies(certificate, inputs.userInitialPolicySet, state, report);
  checkEndEntityPurpose(certificate, inputs.purpose, report);
  // Step (f).
  checkCriticalExtensions(certificate.tbsCertificate.extensions, report);
  return policies;
}
