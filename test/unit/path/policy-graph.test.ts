import { describe, expect, it } from 'vitest';
import { anyPolicy, constrainByUser, PolicyGraph } from '../../../src/path/policy-graph.js';

const [p1, p2, p3] = ['1.1', '1.2', '1.3'] as const;
const map = (issuerDomainPolicy: string, subjectDomainPolicy: string) => ({ issuerDomainPolicy, subjectDomainPolicy });
const wanted = (...policies: string[]): ReadonlySet<string> => new Set(policies);
const authority = (graph: PolicyGraph): string[] => [...graph.authorityConstrainedPolicySet()].sort();

describe('PolicyGraph', () => {
  it('starts with anyPolicy and is not NULL', () => {
    const graph = new PolicyGraph();
    expect(graph.isNull).toBe(false);
    expect(graph.size).toBe(1);
  });

  it('keeps a policy that every certificate asserts', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([p1, p2], true);
    graph.addPolicies([p1], true);
    expect(authority(graph)).toEqual([p1]);
  });

  it('is NULL when two certificates share no policy', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([p1], true);
    graph.addPolicies([p2], true);
    expect(graph.isNull).toBe(true);
    expect(constrainByUser(graph, wanted(anyPolicy))).toEqual(new Set());
  });

  it('lets anyPolicy stand for what the certificates above assert', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([p1, p2], true);
    graph.addPolicies([anyPolicy], true);
    expect(authority(graph)).toEqual([p1, p2]);
  });

  it('does not count anyPolicy where it is inhibited', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([p1], true);
    graph.addPolicies([anyPolicy], false);
    expect(graph.isNull).toBe(true);
  });

  it('goes on with anyPolicy alone', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([anyPolicy], true);
    graph.addPolicies([anyPolicy], true);
    expect(authority(graph)).toEqual([anyPolicy]);
    expect(constrainByUser(graph, wanted(p1, p2))).toEqual(wanted(p1, p2));
  });

  it('takes a policy from below anyPolicy at any depth', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([anyPolicy], true);
    graph.addPolicies([p2], true);
    expect(authority(graph)).toEqual([p2]);
  });

  it('names a mapped policy as the anchor does', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([p1], true);
    graph.mapPolicies([map(p1, p2)], true);
    graph.addPolicies([p2], true);
    expect(authority(graph)).toEqual([p1]);
  });

  it('no longer knows the old name behind a mapping', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([p1], true);
    graph.mapPolicies([map(p1, p2)], true);
    graph.addPolicies([p1], true);
    expect(graph.isNull).toBe(true);
  });

  it('maps one policy to several', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([p1], true);
    graph.mapPolicies([map(p1, p2), map(p1, p3)], true);
    graph.addPolicies([p3], true);
    expect(authority(graph)).toEqual([p1]);
  });

  it('maps a policy that only anyPolicy asserts', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([anyPolicy], true);
    graph.mapPolicies([map(p1, p2)], true);
    graph.addPolicies([p2], true);
    expect(authority(graph)).toEqual([p1]);
  });

  it('drops the policies that it may not map', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([p1, p3], true);
    graph.mapPolicies([map(p1, p2)], false);
    graph.addPolicies([p1, p2, p3], true);
    expect(authority(graph)).toEqual([p3]);
  });

  it('gives both names when two policies are mapped to one', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([p1, p2], true);
    graph.mapPolicies([map(p1, p3), map(p2, p3)], true);
    graph.addPolicies([p3], true);
    expect(authority(graph)).toEqual([p1, p2]);
    expect(constrainByUser(graph, wanted(p2))).toEqual(wanted(p2));
  });

  it('stays small where a tree would double at each certificate (CVE-2023-0464)', () => {
    const graph = new PolicyGraph();
    const crossed = [map(p1, p1), map(p1, p2), map(p2, p1), map(p2, p2)];
    for (let depth = 0; depth < 64; depth++) {
      graph.addPolicies([p1, p2], true);
      graph.mapPolicies(crossed, true);
    }
    expect(graph.size).toBe(1 + 64 * 2);
    expect(authority(graph)).toEqual([p1, p2]);
  });
});

describe('constrainByUser', () => {
  it('gives nothing for NULL', () => {
    expect(constrainByUser(undefined, wanted(anyPolicy))).toEqual(new Set());
  });

  it('gives what the path allows of what the user wants', () => {
    const graph = new PolicyGraph();
    graph.addPolicies([p1, p2], true);
    expect(constrainByUser(graph, wanted(p2, p3))).toEqual(wanted(p2));
    expect(constrainByUser(graph, wanted(p3))).toEqual(new Set());
  });
});
