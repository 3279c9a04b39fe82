/**
 * Certification path validation: finds a path from a certificate to a trust anchor, or takes the one that is given, and
 * holds it to RFC 5280 section 6.1. Every path that was tried is kept with why it was refused; the first findings are
 * those of the path that came nearest.
 */
import { createFinding } from '../finding/catalogue.js';
import { explainMalformed } from '../chain/pile.js';
import { identifyFinding, isOk, type Finding } from '../finding/finding.js';
import type { Certificate } from '../x509/certificate.js';
import { Budget } from './budget.js';
import { buildPaths, prepareSearch, type BuiltPath, type SearchInputs } from './build-path.js';
import { CertificatePool } from './certificate-pool.js';
import { DeadEndExplainer } from './explain-dead-end.js';
import { resolveInputs, type PathInputs, type PathOptions } from './path-inputs.js';
import { explainBudget, processPath } from './process-path.js';
import { sortBySeverity } from './report-finding.js';
import { resolveGivenPath } from './resolve-given-path.js';
import { indexStore, type OpensslStore } from './security-pack/build-chain.js';
import { predictVerify } from './security-pack/predict-verify.js';
import { SignatureLedger, type KnownChecks } from './signature-ledger.js';

/** What to validate: one path as it stands, or a certificate with a pool to build its path from. */
export type PathSubject =
  | {
      /** End entity first, each issued by the next; the anchor may be the last or left out. */
      readonly path: readonly Certificate[];
    }
  | {
      readonly certificate: Certificate;
      /** Intermediates in any order, with whatever else is at hand; trust comes from `trustAnchors` alone. */
      readonly pool: readonly Certificate[];
    };

/** One path that was tried. */
export interface PathCandidate {
  readonly ok: boolean;
  /** End entity first; the anchor last where there is one. */
  readonly path: readonly Certificate[];
  readonly anchor: Certificate | undefined;
  /** Why it was refused, errors first; warnings where it was not. */
  readonly findings: readonly Finding[];
  /** The user-constrained-policy-set that comes out, were it not for the findings. */
  readonly policies: readonly string[];
}

export interface PathResult {
  /** True when a path was found with which no finding is an error. */
  readonly ok: boolean;
  /** The accepted path, or the one that came nearest; end entity first, anchor last. */
  readonly path: readonly Certificate[];
  /** Every path that was tried, best first. */
  readonly candidates: readonly PathCandidate[];
  /** About the best path; then what was left out of the pool and of the anchors. */
  readonly findings: readonly Finding[];
  /** The user-constrained-policy-set as dotted OIDs, `2.5.29.32.0` for any policy; empty unless `ok`. */
  readonly policies: readonly string[];
}

/**
 * Validates a certification path (RFC 5280 6.1).
 *
 * @param subject parsed certificates; those that cannot be decoded in full are findings, not exceptions.
 * @returns `ok: false` with `path/…`, `chain/…`, `certificate/…` and `form/…` codes, and whatever `examine` adds.
 * Not checked: revocation (6.1.3 step (a)(3)), host names, Certificate Transparency.
 */
export function validatePath(subject: PathSubject, options: PathOptions): PathResult {
  if ('certificate' in subject) return new PathValidator(options, subject.pool).validate(subject.certificate);
  const [target, ...others] = subject.path;
  if (!target) return refuse([], [createFinding('path/empty', { kind: 'chain', name: 'the path' }, {})]);
  const validator = new PathValidator(options, others);
  return options.profile === 'security-pack' ? validator.validate(target) : validator.validateGiven(target, others);
}

/** Validates many certificates by the same options and from the same pool, which are prepared once. */
export class PathValidator {
  private readonly inputs: PathInputs;
  private readonly known: KnownChecks = new Map();
  private search: SearchInputs | undefined;
  private store: OpensslStore | undefined;

  constructor(
    options: PathOptions,
    private readonly pool: readonly Certificate[],
  ) {
    this.inputs = resolveInputs(options);
  }

  /** The best path from a certificate, built from the pool. */
  validate(target: Certificate): PathResult {
    const { inputs } = this;
    if (inputs.profile === 'security-pack') return this.predict(target);
    const malformed = explainMalformed(target);
    if (malformed.length > 0) return refuse([target], malformed);
    this.search ??= prepareSearch(CertificatePool.of(inputs.trustAnchors), CertificatePool.of(this.pool), inputs.at);
    const ledger = this.openLedger();
    return this.judgeAll(target, buildPaths(target, this.search, ledger), ledger, [
      ...this.search.anchors.findings,
      ...this.search.intermediates.findings,
    ]);
  }

  /** One path as it stands: the end entity, and those above it in order. */
  validateGiven(target: Certificate, others: readonly Certificate[]): PathResult {
    const path = [target, ...others];
    const malformed = path.flatMap(explainMalformed);
    if (malformed.length > 0) return refuse(path, malformed);
    const anchors = CertificatePool.of(this.inputs.trustAnchors);
    const ledger = this.openLedger();
    return this.judgeAll(target, [resolveGivenPath(path, anchors, ledger)], ledger, anchors.findings);
  }

  private openLedger(): SignatureLedger {
    return new SignatureLedger(new Budget(this.inputs.limits), this.known);
  }

  /** What OpenSSL says, which looks at one chain only. */
  private predict(target: Certificate): PathResult {
    this.store ??= indexStore(this.inputs.trustAnchors, this.pool);
    const prediction = predictVerify(target, this.store, this.inputs, this.openLedger());
    const { ok, path, findings, policies } = prediction;
    return { ok, path, candidates: [prediction], findings, policies: ok ? policies : [] };
  }

  private judgeAll(
    target: Certificate,
    built: Iterable<BuiltPath>,
    ledger: SignatureLedger,
    leftOut: readonly Finding[],
  ): PathResult {
    const deadEnds = new DeadEndExplainer(this.inputs);
    const candidates: PathCandidate[] = [];
    for (const path of built) {
      const candidate = judgePath(path, this.inputs, ledger, deadEnds);
      candidates.push(candidate);
      if (candidate.ok) break;
    }
    if (candidates.length > 1) candidates.sort(compareCandidates);
    return conclude(target, candidates, ledger.budget, leftOut);
  }
}

function refuse(path: readonly Certificate[], findings: readonly Finding[]): PathResult {
  const candidate: PathCandidate = { ok: false, path, anchor: undefined, findings, policies: [] };
  return { ok: false, path, candidates: path.length > 0 ? [candidate] : [], findings, policies: [] };
}

function judgePath(
  { certificates, anchor, deadEnd }: BuiltPath,
  inputs: PathInputs,
  ledger: SignatureLedger,
  deadEnds: DeadEndExplainer,
): PathCandidate {
  ledger.budget.spend('nodes', certificates.length);
  if (!anchor || deadEnd) {
    const findings = deadEnds.explain(certificates, deadEnd ?? { reason: 'no-issuer', nearMisses: [] });
    return { ok: false, path: certificates, anchor: undefined, findings, policies: [] };
  }
  const verdict = processPath(certificates, anchor, inputs, ledger);
  const path = certificates.includes(anchor) ? certificates : [...certificates, anchor];
  const { ok, findings, policies } = verdict;
  return examineCandidate({ ok, path, anchor, findings, policies }, inputs);
}

function examineCandidate(candidate: PathCandidate, inputs: PathInputs): PathCandidate {
  if (!candidate.ok) return candidate;
  const { path, anchor, policies } = candidate;
  const findings = sortBySeverity([...candidate.findings, ...inputs.examine(path)]);
  return { ok: isOk(findings), path, anchor, findings, policies };
}

function conclude(
  target: Certificate,
  candidates: readonly PathCandidate[],
  budget: Budget,
  leftOut: readonly Finding[],
): PathResult {
  const best = candidates[0];
  const ok = best?.ok ?? false;
  // What was left out did not decide an accepted path; it may be why none was found.
  const aside = leftOut.map((finding) => ({ ...finding, severity: ok ? ('warning' as const) : finding.severity }));
  const stopped = ok ? [] : explainBudget(budget, target);
  const findings = sortBySeverity(removeRepeated([...stopped, ...(best?.findings ?? []), ...aside]));
  return { ok, path: best?.path ?? [target], candidates, findings, policies: ok ? (best?.policies ?? []) : [] };
}

function removeRepeated(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = identifyFinding(finding);
    return !seen.has(key) && seen.add(key);
  });
}

function countErrors({ findings }: PathCandidate): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

/** Best first: accepted, then those that reach an anchor, then those with the fewest errors, then the shortest. */
function compareCandidates(a: PathCandidate, b: PathCandidate): number {
  return (
    Number(b.ok) - Number(a.ok) ||
    Number(b.anchor !== undefined) - Number(a.anchor !== undefined) ||
    countErrors(a) - countErrors(b) ||
    a.path.length - b.path.length
  );
}
