/** The state variables of RFC 5280 6.1.2, by their names there, and their initial values. */
import type { Certificate } from '../x509/certificate.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';
import { nameConstraints, type GeneralSubtree } from '../x509/extensions/name-constraints.js';
import { shortName, type Name } from '../x509/name.js';
import type { SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import type { PathInputs } from './path-inputs.js';
import { PolicyGraph } from './policy-graph.js';

/** Subtrees of one source; what they say holds together with what the other sources say. */
export interface SubtreeSet {
  readonly subtrees: readonly GeneralSubtree[];
  /** Who set them, for messages. */
  readonly by: string;
}

export interface PathState {
  /** (a) valid_policy_tree, as the graph of RFC 9618; undefined is NULL. */
  validPolicyGraph: PolicyGraph | undefined;
  /** (b) permitted_subtrees: the intersection of these sets, form by form. */
  readonly permittedSubtrees: SubtreeSet[];
  /** (c) excluded_subtrees: the union of these sets. */
  readonly excludedSubtrees: SubtreeSet[];
  /** (d) explicit_policy: at 0 a valid policy is required. */
  explicitPolicy: number;
  /** Who brought explicitPolicy down, for messages. */
  explicitPolicyBy: string;
  /** Set once a missing policy has refused the path: every certificate below would fail in the same way. */
  policyRefused: boolean;
  /** (e) inhibit_anyPolicy: at 0 anyPolicy asserts nothing. */
  inhibitAnyPolicy: number;
  /** (f) policy_mapping: at 0 policies may not be mapped. */
  policyMapping: number;
  /** (g), (h), (i) working_public_key_algorithm, working_public_key and working_public_key_parameters in one. */
  workingPublicKey: SubjectPublicKeyInfo;
  /** (j) working_issuer_name. */
  workingIssuerName: Name;
  /** (k) max_path_length. */
  maxPathLength: number;
  /** The certificate that set maxPathLength; undefined where the user did. */
  maxPathLengthBy: { readonly name: string; readonly pathLenConstraint: number; readonly above: number } | undefined;
  /** Intermediates so far that are not self-issued. */
  intermediates: number;
}

/**
 * RFC 5280 6.1.2, for a path of n certificates below the anchor. The anchor's own name and path length constraints hold as
 * RFC 5937 3.2 says; whoever trusts a constrained root means to be bound by it. Its certificate policies are not looked at.
 */
export function initializeState(anchor: Certificate, n: number, inputs: PathInputs): PathState {
  const { subject, subjectPublicKeyInfo, extensions } = anchor.tbsCertificate;
  const state: PathState = {
    validPolicyGraph: new PolicyGraph(),
    permittedSubtrees: [],
    excludedSubtrees: [],
    explicitPolicy: inputs.initialExplicitPolicy ? 0 : n + 1,
    explicitPolicyBy: 'the user',
    policyRefused: false,
    inhibitAnyPolicy: inputs.initialAnyPolicyInhibit ? 0 : n + 1,
    policyMapping: inputs.initialPolicyMappingInhibit ? 0 : n + 1,
    workingPublicKey: subjectPublicKeyInfo,
    workingIssuerName: subject,
    maxPathLength: Math.min(n, inputs.maxIntermediates ?? n),
    maxPathLengthBy: undefined,
    intermediates: 0,
  };
  addSubtrees(state, inputs.initialPermittedSubtrees, inputs.initialExcludedSubtrees, 'the user');
  const name = shortName(subject);
  const constraints = extensions.get(nameConstraints);
  addSubtrees(state, constraints?.permittedSubtrees, constraints?.excludedSubtrees, name);
  limitPathLength(state, extensions.get(basicConstraints)?.pathLenConstraint, name);
  return state;
}

/** RFC 5280 6.1.4 step (g). */
export function addSubtrees(
  state: PathState,
  permitted: readonly GeneralSubtree[] | undefined,
  excluded: readonly GeneralSubtree[] | undefined,
  by: string,
): void {
  if (permitted && permitted.length > 0) state.permittedSubtrees.push({ subtrees: permitted, by });
  if (excluded && excluded.length > 0) state.excludedSubtrees.push({ subtrees: excluded, by });
}

/** RFC 5280 6.1.4 step (m). */
export function limitPathLength(state: PathState, pathLenConstraint: number | undefined, by: string): void {
  if (pathLenConstraint === undefined || pathLenConstraint >= state.maxPathLength) return;
  state.maxPathLength = pathLenConstraint;
  state.maxPathLengthBy = { name: by, pathLenConstraint, above: state.intermediates };
}
