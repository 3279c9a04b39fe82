/** The graph of RFC 9618 gives what the tree of RFC 5280 gives, on small paths where the tree can be afforded. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyPolicy, constrainByUser, PolicyGraph } from '../../src/path/policy-graph.js';

interface TreeNode {
  readonly policy: string;
  expected: string[];
  readonly children: TreeNode[];
}

/** valid_policy_tree by the letter of RFC 5280 6.1.2 to 6.1.5: every node has one parent and is copied for each. */
class PolicyTree {
  private root: TreeNode | undefined = { policy: anyPolicy, expected: [anyPolicy], children: [] };
  private depth = 0;

  private nodesAt(depth: number, node = this.root, at = 0): TreeNode[] {
    if (!node) return [];
    return at === depth ? [node] : node.children.flatMap((child) => this.nodesAt(depth, child, at + 1));
  }

  private prune(): void {
    const keep = (node: TreeNode, at: number): boolean => {
      if (at === this.depth) return true;
      const kept = node.children.filter((child) => keep(child, at + 1));
      node.children.splice(0, node.children.length, ...kept);
      return kept.length > 0;
    };
    if (this.root && !keep(this.root, 0)) this.root = undefined;
  }

  addPolicies(policies: readonly string[], acceptsAny: boolean): void {
    const above = this.nodesAt(this.depth);
    for (const policy of policies.filter((each) => each !== anyPolicy)) {
      const expecting = above.filter(({ expected }) => expected.includes(policy));
      const parents = expecting.length > 0 ? expecting : above.filter((node) => node.policy === anyPolicy);
      for (const parent of parents) parent.children.push({ policy, expected: [policy], children: [] });
    }
    if (policies.includes(anyPolicy) && acceptsAny) {
      for (const parent of above) {
        const named = parent.children.map(({ policy }) => policy);
        for (const policy of parent.expected.filter((each) => !named.includes(each))) {
          parent.children.push({ policy, expected: [policy], children: [] });
        }
      }
    }
    this.depth++;
    this.prune();
  }

  mapPolicies(mappings: readonly (readonly [string, string])[], allowed: boolean): void {
    for (const from of new Set(mappings.map(([issuer]) => issuer))) {
      const targets = [...new Set(mappings.filter(([issuer]) => issuer === from).map(([, subject]) => subject))];
      const nodes = this.nodesAt(this.depth);
      const named = nodes.filter(({ policy }) => policy === from);
      if (!allowed) {
        for (const parent of this.nodesAt(this.depth - 1)) {
          const kept = parent.children.filter(({ policy }) => policy !== from);
          parent.children.splice(0, parent.children.length, ...kept);
        }
      } else if (named.length > 0) for (const node of named) node.expected = targets;
      else if (nodes.some(({ policy }) => policy === anyPolicy)) {
        const parent = this.nodesAt(this.depth - 1).find(({ policy }) => policy === anyPolicy);
        parent?.children.push({ policy: from, expected: targets, children: [] });
      }
    }
    if (!allowed) this.prune();
  }

  /** Step (g)(iii) and its reading in RFC 9618: what is left under a line of anyPolicy from the root. */
  userPolicies(wanted: readonly string[]): string[] {
    const found = new Set<string>();
    const walk = (node: TreeNode, at: number): void => {
      for (const child of node.children) {
        if (child.policy !== anyPolicy) found.add(child.policy);
        else if (at + 1 === this.depth) found.add(anyPolicy);
        else walk(child, at + 1);
      }
    };
    if (this.root) walk(this.root, 0);
    if (wanted.includes(anyPolicy)) return [...found].sort();
    if (found.has(anyPolicy)) return [...new Set(wanted)].sort();
    return wanted.filter((policy) => found.has(policy)).sort();
  }
}

const policy = fc.constantFrom('1.1', '1.2', '1.3');
const certificate = fc.record({
  policies: fc.uniqueArray(fc.constantFrom('1.1', '1.2', '1.3', anyPolicy), { minLength: 1, maxLength: 4 }),
  acceptsAny: fc.boolean(),
  mappings: fc.array(fc.tuple(policy, policy), { maxLength: 4 }),
  mayMap: fc.boolean(),
});

it('graph and tree agree on every small path', () => {
  fc.assert(
    fc.property(
      fc.array(certificate, { minLength: 1, maxLength: 5 }),
      fc.uniqueArray(fc.constantFrom('1.1', '1.2', '1.3', anyPolicy), { maxLength: 3 }),
      (path, wanted) => {
        const graph = new PolicyGraph();
        const tree = new PolicyTree();
        path.forEach(({ policies, acceptsAny, mappings, mayMap }, position) => {
          graph.addPolicies(policies, acceptsAny);
          tree.addPolicies(policies, acceptsAny);
          if (position === path.length - 1 || mappings.length === 0) return;
          graph.mapPolicies(
            mappings.map(([issuerDomainPolicy, subjectDomainPolicy]) => ({ issuerDomainPolicy, subjectDomainPolicy })),
            mayMap,
          );
          tree.mapPolicies(mappings, mayMap);
        });
        expect([...constrainByUser(graph, new Set(wanted))].sort()).toEqual(tree.userPolicies(wanted));
      },
    ),
    { numRuns: 3000, seed: 9618 },
  );
});
