/** Certificate policies along a path: steps (d) to (f) of RFC 5280 6.1.3, (a), (b), (h) to (j) of 6.1.4, and 6.1.5. */
import type { Certificate } from '../x509/certificate.js';
import {
  certificatePolicies,
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
} from '../x509/extensions/policies.js';
import { shortName } from '../x509/name.js';
import type { PathState } from './path-state.js';
import { anyPolicy, constrainByUser } from './policy-graph.js';
import type { Report } from './report-finding.js';

/** The policies that a certificate asserts, in its order. */
export function assertedPolicies({ tbsCertificate }: Certificate): readonly string[] {
  const policies = tbsCertificate.extensions.get(certificatePolicies) ?? [];
  return policies.map(({ policyIdentifier }) => policyIdentifier);
}

/**
 * @param mayAssertAny the certificate is self-issued and not the last of the path.
 * @param policies what the certificate asserts, where somebody reads it differently.
 */
export function processPolicies(
  certificate: Certificate,
  mayAssertAny: boolean,
  state: PathState,
  report: Report,
  policies: readonly string[] = assertedPolicies(certificate),
): void {
  const { extensions } = certificate.tbsCertificate;
  const graph = state.validPolicyGraph;
  // RFC 5280 6.1.3 step (d).
  if (graph && extensions.has(certificatePolicies)) {
    graph.addPolicies(policies, state.inhibitAnyPolicy > 0 || mayAssertAny);
  }
  // Step (e), and step (d)(3) where nothing is left.
  if (!extensions.has(certificatePolicies) || graph?.isNull) state.validPolicyGraph = undefined;
  // Step (f).
  requireValidPolicy(certificate, state, report);
}

function requireValidPolicy(certificate: Certificate, state: PathState, report: Report): void {
  if (state.explicitPolicy > 0 || state.validPolicyGraph || state.policyRefused) return;
  report('path/no-valid-policy', { requiredBy: state.explicitPolicyBy, policies: assertedPolicies(certificate) });
  state.policyRefused = true;
}

/** RFC 5280 6.1.4 steps (a) and (b). */
export function processMappings(certificate: Certificate, state: PathState, report: Report): void {
  const mappings = certificate.tbsCertificate.extensions.get(policyMappings);
  if (!mappings) return;
  // Step (a).
  const wrong = mappings.filter(
    ({ issuerDomainPolicy, subjectDomainPolicy }) =>
      issuerDomainPolicy === anyPolicy || subjectDomainPolicy === anyPolicy,
  );
  for (const { issuerDomainPolicy, subjectDomainPolicy } of wrong) {
    report('path/any-policy-mapped', { issuerDomainPolicy, subjectDomainPolicy });
  }
  // Step (b). A mapping that must not be leaves no policy to rely on.
  if (wrong.length > 0) state.validPolicyGraph = undefined;
  state.validPolicyGraph?.mapPolicies(mappings, state.policyMapping > 0);
  if (state.validPolicyGraph?.isNull) state.validPolicyGraph = undefined;
}

/** RFC 5280 6.1.4 steps (h) to (j). */
export function countDownPolicies(certificate: Certificate, selfIssued: boolean, state: PathState): void {
  // Step (h).
  if (!selfIssued) {
    if (state.explicitPolicy > 0) state.explicitPolicy--;
    if (state.policyMapping > 0) state.policyMapping--;
    if (state.inhibitAnyPolicy > 0) state.inhibitAnyPolicy--;
  }
  const { extensions, subject } = certificate.tbsCertificate;
  // Step (i).
  const constraints = extensions.get(policyConstraints);
  const required = constraints?.requireExplicitPolicy;
  if (required !== undefined && required < state.explicitPolicy) {
    state.explicitPolicy = required;
    state.explicitPolicyBy = shortName(subject);
  }
  state.policyMapping = Math.min(state.policyMapping, constraints?.inhibitPolicyMapping ?? Infinity);
  // Step (j).
  state.inhibitAnyPolicy = Math.min(state.inhibitAnyPolicy, extensions.get(inhibitAnyPolicy) ?? Infinity);
}

/**
 * RFC 5280 6.1.5 steps (a), (b) and (g) for the last certificate.
 *
 * @returns the user-constrained-policy-set, as RFC 9618 5.5 has it.
 */
export function concludePolicies(
  certificate: Certificate,
  userInitialPolicySet: ReadonlySet<string>,
  state: PathState,
  report: Report,
): readonly string[] {
  // Step (a).
  if (state.explicitPolicy > 0) state.explicitPolicy--;
  // Step (b).
  if (certificate.tbsCertificate.extensions.get(policyConstraints)?.requireExplicitPolicy === 0) {
    if (state.explicitPolicy > 0) state.explicitPolicyBy = shortName(certificate.tbsCertificate.subject);
    state.explicitPolicy = 0;
  }
  // Step (g).
  const policies = [...constrainByUser(state.validPolicyGraph, userInitialPolicySet)].sort();
  if (!state.validPolicyGraph) requireValidPolicy(certificate, state, report);
  else if (state.explicitPolicy === 0 && policies.length === 0) {
    report('path/policy-not-acceptable', {
      requiredBy: state.explicitPolicyBy,
      policies: [...state.validPolicyGraph.authorityConstrainedPolicySet()].sort(),
      accepted: [...userInitialPolicySet].sort(),
    });
  }
  return policies;
}
