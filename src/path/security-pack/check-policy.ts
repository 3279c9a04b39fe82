/** Certificate policies as OpenSSL 3.0 evaluates them, which it does only when it is asked to. */
import type { Finding } from '../../finding/finding.js';
import { MalformedInputError } from '../../finding/malformed-input.js';
import { isSelfIssued } from '../../chain/issuer-index.js';
import type { Certificate } from '../../x509/certificate.js';
import type { ExtensionType } from '../../x509/extensions.js';
import {
  certificatePolicies,
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
} from '../../x509/extensions/policies.js';
import {
  assertedPolicies,
  concludePolicies,
  countDownPolicies,
  processMappings,
  processPolicies,
} from '../check-policies.js';
import type { PathInputs } from '../path-inputs.js';
import { initializeState } from '../path-state.js';
import { anyPolicy } from '../policy-graph.js';
import { reportAbout } from '../report-finding.js';
import type { OpensslChain } from './build-chain.js';
import type { Transcript } from './transcript.js';

/** @returns the user-constrained-policy-set. */
export function checkPolicy(
  { certificates }: OpensslChain,
  inputs: PathInputs,
  transcript: Transcript,
): readonly string[] {
  const path = certificates.slice(0, -1).map(({ certificate }) => certificate);
  const root = certificates.at(-1)?.certificate;
  if (!root || path.length === 0 || transcript.stopped) return [];
  for (const certificate of path) {
    const detail = findPolicyFault(certificate);
    if (detail === undefined) continue;
    transcript.say(certificate, 'path/policy-extension-invalid', { detail });
    return [];
  }
  const findings: Finding[] = [];
  const state = initializeState(root, path.length, inputs);
  let policies: readonly string[] = [];
  path.toReversed().forEach((certificate, position) => {
    const report = reportAbout(certificate, findings);
    const selfIssued = isSelfIssued(certificate);
    const isLast = position === path.length - 1;
    processPolicies(certificate, selfIssued && !isLast, state, report, policiesAsRead(certificate));
    if (isLast) {
      policies = concludePolicies(certificate, inputs.userInitialPolicySet, state, report);
      return;
    }
    processMappings(certificate, state, report);
    countDownPolicies(certificate, selfIssued, state);
  });
  // OpenSSL says it once.
  transcript.add(findings.slice(0, 1));
  return policies;
}

/**
 * A policy that is mapped but not asserted counts as asserted where anyPolicy is, and does so even where anyPolicy is
 * inhibited: unlike RFC 5280 6.1.3 step (d)(2), OpenSSL 3.0.19 accepts such paths.
 */
function policiesAsRead(certificate: Certificate): readonly string[] {
  const policies = assertedPolicies(certificate);
  const mappings = certificate.tbsCertificate.extensions.get(policyMappings) ?? [];
  if (!policies.includes(anyPolicy)) return policies;
  return [...policies, ...mappings.map(({ issuerDomainPolicy }) => issuerDomainPolicy)];
}

/** What makes OpenSSL refuse a policy extension; without certificatePolicies it looks no further than the constraints. */
function findPolicyFault({ tbsCertificate: { extensions } }: Certificate): string | undefined {
  const read = <T>(type: ExtensionType<T>): { readonly value: T | undefined } | string => {
    try {
      return { value: extensions.get(type) };
    } catch (error) {
      if (error instanceof MalformedInputError) return error.detail;
      throw error;
    }
  };
  const constraints = read(policyConstraints);
  if (typeof constraints === 'string') return constraints;
  const { requireExplicitPolicy, inhibitPolicyMapping } = constraints.value ?? {};
  if (constraints.value && requireExplicitPolicy === undefined && inhibitPolicyMapping === undefined) {
    return 'policyConstraints that say nothing';
  }
  const policies = read(certificatePolicies);
  if (typeof policies === 'string') return policies;
  if (!policies.value) return undefined;
  const asserted = policies.value.map(({ policyIdentifier }) => policyIdentifier);
  if (new Set(asserted).size < asserted.length) return 'a policy stands twice in certificatePolicies';
  const mappings = read(policyMappings);
  if (typeof mappings === 'string') return mappings;
  const mapsAny = mappings.value?.some(({ issuerDomainPolicy, subjectDomainPolicy }) =>
    [issuerDomainPolicy, subjectDomainPolicy].includes(anyPolicy),
  );
  if (mapsAny) return 'policyMappings maps anyPolicy';
  const inhibit = read(inhibitAnyPolicy);
  return typeof inhibit === 'string' ? inhibit : undefined;
}
