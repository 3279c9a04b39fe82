/**
 * The valid policy graph of RFC 9618, which takes the place of RFC 5280's valid_policy_tree. The tree copies a node for
 * every way that leads to it, so that a handful of certificates with crossed mappings grows it exponentially
 * (CVE-2023-0464); the graph has one node for each policy at each depth and remembers its parents instead. Its size is
 * bounded by the policies and mappings that stand in the certificates. Qualifiers are not kept: they decide nothing.
 */
import type { PolicyMapping } from '../x509/extensions/policies.js';

/** The policy that stands for all (RFC 5280 4.2.1.4). */
export const anyPolicy = '2.5.29.32.0';

interface PolicyNode {
  readonly validPolicy: string;
  /** What the next certificate may call this policy. */
  expectedPolicySet: ReadonlySet<string>;
  /** Nodes of the depth above; empty for the root only. */
  readonly parents: Set<PolicyNode>;
}

/** The nodes of one depth by their valid policy. */
type Level = Map<string, PolicyNode>;

export class PolicyGraph {
  /** RFC 9618 5.2: one node at depth 0, anyPolicy with the expected policy set {anyPolicy}. */
  private readonly levels: Level[] = [new Map([[anyPolicy, makeNode(anyPolicy, [])]])];

  /** True when nothing is left: the valid_policy_graph is NULL. */
  get isNull(): boolean {
    return this.levels.some((level) => level.size === 0);
  }

  private get deepest(): Level {
    return this.levels.at(-1) ?? new Map<string, PolicyNode>();
  }

  /**
   * RFC 5280 6.1.3 step (d) as RFC 9618 5.3 rewrites it: one depth more for the policies of a certificate.
   *
   * @param acceptsAnyPolicy whether anyPolicy counts in this certificate: inhibit_anyPolicy is not 0, or it is self-issued.
   */
  addPolicies(policies: Iterable<string>, acceptsAnyPolicy: boolean): void {
    const above = this.deepest;
    const level: Level = new Map();
    this.levels.push(level);
    const parentsOf = groupByExpectedPolicy(above);
    let assertsAny = false;
    for (const policy of policies) {
      if (policy === anyPolicy) assertsAny = true;
      // Step (d)(1)(i): under every node that expects the policy; (ii) else under anyPolicy.
      else addNode(level, policy, parentsOf.get(policy) ?? present(above.get(anyPolicy)));
    }
    // Step (d)(2): anyPolicy asserts whatever is expected and was not named; that may be anyPolicy itself.
    if (assertsAny && acceptsAnyPolicy) {
      for (const [policy, parents] of parentsOf) if (!level.has(policy)) addNode(level, policy, parents);
    }
    this.prune();
  }

  /**
   * RFC 5280 6.1.4 step (b): a policy goes by other names in the next certificate, or by none where mapping is inhibited.
   * anyPolicy may stand on neither side; step (a) has refused that before.
   */
  mapPolicies(mappings: readonly PolicyMapping[], mappingAllowed: boolean): void {
    const level = this.deepest;
    const targets = new Map<string, Set<string>>();
    for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
      const known = targets.get(issuerDomainPolicy);
      if (known) known.add(subjectDomainPolicy);
      else targets.set(issuerDomainPolicy, new Set([subjectDomainPolicy]));
    }
    for (const [issuerDomainPolicy, subjectDomainPolicies] of targets) {
      const node = level.get(issuerDomainPolicy);
      if (!mappingAllowed) {
        // Step (b)(2).
        level.delete(issuerDomainPolicy);
      } else if (node) {
        // Step (b)(1).
        node.expectedPolicySet = subjectDomainPolicies;
      } else if (level.has(anyPolicy)) {
        const added = addNode(level, issuerDomainPolicy, present(this.levels.at(-2)?.get(anyPolicy)));
        if (added) added.expectedPolicySet = subjectDomainPolicies;
      }
    }
    if (!mappingAllowed) this.prune();
  }

  /**
   * RFC 9618 5.5: the policies that the path is valid for, by the names that the trust anchor's domain gives them.
   * anyPolicy in the answer stands for every policy.
   */
  authorityConstrainedPolicySet(): ReadonlySet<string> {
    const policies = new Set<string>();
    this.levels.forEach((level, depth) => {
      if (depth === 0) return;
      for (const { validPolicy, parents } of level.values()) {
        // The valid_policy_node_set: nodes right below a line of anyPolicy that comes from the root.
        const belowAny = [...parents].some((parent) => parent.validPolicy === anyPolicy);
        if (belowAny && (validPolicy !== anyPolicy || depth === this.levels.length - 1)) policies.add(validPolicy);
      }
    });
    return policies;
  }

  /** How many nodes there are, all depths together. */
  get size(): number {
    return this.levels.reduce((sum, level) => sum + level.size, 0);
  }

  /** Step (d)(3): nodes above the deepest level that have no child go, depth by depth. */
  private prune(): void {
    for (let depth = this.levels.length - 2; depth >= 0; depth--) {
      const below = this.levels[depth + 1] ?? new Map<string, PolicyNode>();
      const withChildren = new Set([...below.values()].flatMap(({ parents }) => [...parents]));
      const level = this.levels[depth] ?? new Map<string, PolicyNode>();
      for (const [policy, node] of level) if (!withChildren.has(node)) level.delete(policy);
    }
  }
}

function makeNode(validPolicy: string, parents: readonly PolicyNode[]): PolicyNode {
  return { validPolicy, expectedPolicySet: new Set([validPolicy]), parents: new Set(parents) };
}

function present(node: PolicyNode | undefined): readonly PolicyNode[] {
  return node ? [node] : [];
}

/** Adds a node unless it would stand under nothing. */
function addNode(level: Level, policy: string, parents: readonly PolicyNode[]): PolicyNode | undefined {
  if (parents.length === 0 || level.has(policy)) return undefined;
  const node = makeNode(policy, parents);
  level.set(policy, node);
  return node;
}

function groupByExpectedPolicy(level: Level): ReadonlyMap<string, PolicyNode[]> {
  const byPolicy = new Map<string, PolicyNode[]>();
  for (const node of level.values()) {
    for (const policy of node.expectedPolicySet) {
      const nodes = byPolicy.get(policy);
      if (nodes) nodes.push(node);
      else byPolicy.set(policy, [node]);
    }
  }
  return byPolicy;
}

/**
 * RFC 9618 5.5 step (g): the user-constrained-policy-set, what the authorities allow of what the user asked for.
 *
 * @param graph NULL (undefined) gives the empty set.
 */
export function constrainByUser(
  graph: PolicyGraph | undefined,
  userInitialPolicySet: ReadonlySet<string>,
): ReadonlySet<string> {
  if (!graph || graph.isNull) return new Set();
  const authority = graph.authorityConstrainedPolicySet();
  if (userInitialPolicySet.has(anyPolicy)) return authority;
  if (authority.has(anyPolicy)) return new Set(userInitialPolicySet);
  return new Set([...authority].filter((policy) => userInitialPolicySet.has(policy)));
}
