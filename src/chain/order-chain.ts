/**
 * Arranges a pile of certificates from end entity to root. The input's order decides nothing: the leaf is the one that
 * issued no other, each step up is proven by a signature, and among several paths the ranking of `assess-path.ts` picks
 * one. Everything that was given is either in the chain or in `leftOut` with its reason. This is arrangement, not
 * validation: path length, purposes, policies, names and revocation are not looked at.
 */
import { createFinding } from '../finding/catalogue.js';
import { isOk, type Finding } from '../finding/finding.js';
import { selectCertificates } from '../names/select-certificates.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { shortName } from '../x509/name.js';
import { nameCertificate } from '../x509/naming.js';
import { assessPath, comparePaths, type AssessedPath } from './assess-path.js';
import { explainPath } from './explain-chain.js';
import { findLeaves } from './find-leaves.js';
import { findPaths, pathSearchLimit } from './find-paths.js';
import type { OnProgress } from './issuer-index.js';
import { buildPile, type Pile } from './pile.js';

export interface LeafKey {
  /** What findings call the key, usually its file. */
  readonly name: string;
  /** True for a certificate of this key. */
  matches(certificate: Certificate): boolean;
}

export interface OrderChainOptions {
  /** The instant at which validity is judged; both bounds of a validity belong to it. */
  readonly at: Date;
  /** Picks the end entity: see `selectCertificates`. */
  readonly leaf?: string | undefined;
  /** The end entity is the certificate of this key. */
  readonly key?: LeafKey | undefined;
  /** Certificates to complete the chain from; they are never arranged for their own sake. */
  readonly issuers?: readonly Certificate[] | undefined;
  /** Roots that are trusted; without them any self-signed certificate is as good as another. */
  readonly trusted?: readonly Certificate[] | undefined;
  /** `include` by default, as the Security Pack wants it. */
  readonly root?: 'include' | 'omit' | undefined;
  /** Told of how many certificates the signature has been looked into, which takes most of the time. */
  readonly onProgress?: OnProgress | undefined;
}

export type LeftOutReason = 'duplicate' | 'unrelated' | 'on-another-path' | 'root-omitted' | 'malformed';

export interface LeftOut {
  readonly certificate: Certificate;
  readonly reason: LeftOutReason;
}

export interface ChainResult {
  /** True when no finding is an error. */
  readonly ok: boolean;
  readonly leaf: Certificate | undefined;
  /** End entity first; empty when there is no single end entity. */
  readonly chain: readonly Certificate[];
  /** Where each member of the chain stood in the input, from 1; 0 for one that came from `issuers`. */
  readonly positions: readonly number[];
  /** Members of the chain that came from `issuers`. */
  readonly completed: readonly Certificate[];
  readonly leftOut: readonly LeftOut[];
  /** Every path that was found, the chosen one first. */
  readonly paths: readonly AssessedPath[];
  readonly findings: readonly Finding[];
}

/**
 * Arranges the chain of the one end entity among `certificates`.
 *
 * @returns `ok: false` with `chain/several-leaves`, `chain/missing-issuer`, `certificate/expired` and the like; never
 * throws for what the certificates say.
 */
export function orderChain(certificates: readonly Certificate[], options: OrderChainOptions): ChainResult {
  const pile = buildPile(certificates, { pool: options.issuers, onProgress: options.onProgress });
  const { leaves, findings } = chooseLeaves(pile, options);
  const [leaf] = leaves;
  if (leaves.length !== 1 || !leaf) {
    const leftOut = pile.malformed.map((certificate): LeftOut => ({ certificate, reason: 'malformed' }));
    const several = leaves.length > 1 ? [severalLeaves(leaves)] : [];
    const all = [...pile.findings, ...findings, ...several];
    return {
      ok: isOk(all),
      leaf: undefined,
      chain: [],
      positions: [],
      completed: [],
      leftOut,
      paths: [],
      findings: all,
    };
  }
  const arranged = arrange(leaf, pile, options);
  return withLeftOut([arranged], pile, findings)[0] ?? arranged;
}

/** Arranges one chain for each end entity among `certificates`, in the order given; they may share issuers. */
export function orderChains(certificates: readonly Certificate[], options: OrderChainOptions): readonly ChainResult[] {
  const pile = buildPile(certificates, { pool: options.issuers, onProgress: options.onProgress });
  const { leaves, findings } = chooseLeaves(pile, options);
  if (leaves.length === 0) return [orderChain(certificates, options)];
  const arranged = leaves.map((leaf) => arrange(leaf, pile, options));
  return withLeftOut(arranged, pile, findings);
}

function chooseLeaves(
  pile: Pile,
  { leaf, key }: OrderChainOptions,
): { leaves: readonly Certificate[]; findings: Finding[] } {
  if (pile.certificates.length === 0) {
    return { leaves: [], findings: [createFinding('chain/no-certificates', { kind: 'chain', name: 'the input' }, {})] };
  }
  if (leaf !== undefined) {
    const leaves = selectCertificates(pile.certificates, leaf);
    const subject = { kind: 'option', name: '--leaf' } as const;
    if (leaves.length === 1) return { leaves, findings: [] };
    const finding =
      leaves.length === 0
        ? createFinding('chain/leaf-not-found', subject, { selector: leaf })
        : createFinding('chain/leaf-ambiguous', subject, { selector: leaf, leaves: leaves.map(nameCertificate) });
    return { leaves: [], findings: [finding] };
  }
  if (key) {
    const leaves = pile.certificates.filter((certificate) => key.matches(certificate));
    if (leaves.length > 0) return { leaves, findings: [] };
    const subject = { kind: 'private-key', name: key.name } as const;
    return { leaves, findings: [createFinding('chain/key-matches-none', subject, { key: key.name })] };
  }
  return { leaves: findLeaves(pile), findings: [] };
}

function severalLeaves(leaves: readonly Certificate[]): Finding {
  return createFinding(
    'chain/several-leaves',
    { kind: 'chain', name: 'the input' },
    { leaves: leaves.map(nameCertificate) },
  );
}

function arrange(leaf: Certificate, pile: Pile, options: OrderChainOptions): ChainResult {
  const search = findPaths(leaf, pile.index);
  const paths = search.paths.map((path) => assessPath(path, pile, options)).sort(comparePaths);
  const [best] = paths;
  const findings: Finding[] = [];
  if (search.cutShort) {
    const params = { limit: pathSearchLimit };
    findings.push(createFinding('chain/search-cut-short', subjectOf(leaf), params, { origin: leaf.origin }));
  }
  if (!best) return { ok: false, leaf, chain: [], positions: [], completed: [], leftOut: [], paths, findings };
  findings.push(...explainPath(best, pile, options.at));
  const complete = paths.filter((path) => path.complete).length;
  if (complete > 1) {
    findings.push(createFinding('chain/several-paths', subjectOf(leaf), { paths: complete }, { origin: leaf.origin }));
  }
  const root = best.certificates.at(-1);
  const omitsRoot = options.root === 'omit' && best.complete && best.certificates.length > 1;
  const chain = omitsRoot ? best.certificates.slice(0, -1) : best.certificates;
  const completed = chain.filter((certificate) => !pile.positions.has(certificate));
  for (const certificate of completed) findings.push(explainCompletion(certificate, chain));
  const leftOut: LeftOut[] = [];
  if (omitsRoot && root && pile.positions.has(root)) {
    leftOut.push({ certificate: root, reason: 'root-omitted' });
    findings.push(createFinding('chain/root-omitted', subjectOf(root), {}, { origin: root.origin }));
  }
  const positions = chain.map((certificate) => pile.positions.get(certificate) ?? 0);
  findings.push(...explainOrder(leaf, positions));
  return { ok: isOk(findings), leaf, chain, positions, completed, leftOut, paths, findings };
}

function explainOrder(leaf: Certificate, positions: readonly number[]): Finding[] {
  const given = positions.filter((position) => position > 0);
  if (given.every((position, index) => index === 0 || position > (given[index - 1] ?? 0))) return [];
  const params = { order: given.map(String) };
  return [createFinding('chain/reordered', subjectOf(leaf), params, { origin: leaf.origin })];
}

function explainCompletion(certificate: Certificate, chain: readonly Certificate[]): Finding {
  const issued = chain[chain.indexOf(certificate) - 1] ?? certificate;
  const params = { issued: shortName(issued.tbsCertificate.subject) };
  return createFinding('chain/completed', subjectOf(certificate), params, { origin: certificate.origin });
}

/** Adds to the first result what no chain took: every certificate given is accounted for exactly once. */
function withLeftOut(results: readonly ChainResult[], pile: Pile, earlier: readonly Finding[]): readonly ChainResult[] {
  const taken = new Set(
    results.flatMap(({ chain, leftOut }) => [...chain, ...leftOut.map(({ certificate }) => certificate)]),
  );
  const elsewhere = new Set(results.flatMap(({ paths }) => paths.flatMap(({ certificates }) => certificates)));
  const [first] = results;
  const leaf =
    results.length === 1 && first?.leaf
      ? shortName(first.leaf.tbsCertificate.subject)
      : `any of ${results.length} end entities`;
  const leftOut: LeftOut[] = pile.malformed.map((certificate) => ({ certificate, reason: 'malformed' }));
  const findings: Finding[] = [...pile.findings, ...earlier];
  for (const { certificate, first } of pile.duplicates) {
    leftOut.push({ certificate, reason: 'duplicate' });
    const params = { first: nameCertificate(first) };
    findings.push(createFinding('chain/duplicate', subjectOf(certificate), params, { origin: certificate.origin }));
  }
  for (const certificate of pile.certificates) {
    if (taken.has(certificate)) continue;
    const reason = elsewhere.has(certificate) ? 'on-another-path' : 'unrelated';
    leftOut.push({ certificate, reason });
    findings.push(createFinding(`chain/${reason}`, subjectOf(certificate), { leaf }, { origin: certificate.origin }));
  }
  return results.map((result, position) => {
    if (position > 0) return result;
    const all = [...result.findings, ...findings];
    return { ...result, ok: isOk(all), leftOut: [...result.leftOut, ...leftOut], findings: all };
  });
}
