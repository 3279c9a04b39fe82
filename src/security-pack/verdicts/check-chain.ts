/**
 * Checks of the group `chain`: what a side sends, judged against its own root, whoever verifies it.
 *
 * Two judges look at it. `orderChain` says what belongs together, what is missing and what is wrong with each step;
 * `verifyCertificate` says what OpenSSL makes of it with that root. Where OpenSSL is content, what else was found is a
 * warning: others may refuse the chain, this connection will not.
 */
import { checkArrangement } from '../../chain/check-arrangement.js';
import { isSelfIssued } from '../../chain/issuer-index.js';
import { orderChain, type ChainResult } from '../../chain/order-chain.js';
import { separateMalformed } from '../../chain/pile.js';
import { createFinding } from '../../finding/catalogue.js';
import { isOk, withSetting, type Finding } from '../../finding/finding.js';
import { verifyCertificate } from '../../verify.js';
import { subjectOf, type Certificate } from '../../x509/certificate.js';
import { nameCertificate } from '../../x509/naming.js';
import { concludeCheck, skipCheck, type Check } from '../check.js';
import type { SideConfiguration } from '../configuration.js';
import { FaultLedger } from './fault-ledger.js';
import type { Presented } from './presented.js';
import { explainKeyForTLS } from './key-for-tls.js';
import { findChainWeakness } from './security-level.js';
import type { Side } from '../setting.js';

export interface ChainVerdict {
  readonly checks: readonly Check[];
  /** With every fault that was found, for those who verify the chain. */
  readonly ledger: FaultLedger;
}

const purposeCodes: ReadonlySet<string> = new Set([
  'path/wrong-purpose',
  'path/key-usage-unfit',
  'path/ca-purpose-missing',
]);
const completenessCodes: ReadonlySet<string> = new Set(['chain/missing-issuer', 'chain/near-miss']);
const strengthCodes: ReadonlySet<string> = new Set(['certificate/weak-key', 'certificate/weak-signature']);
/** Said by other checks here, or not worth a line of a pre-flight. */
const passedOver: ReadonlySet<string> = new Set([
  'chain/reordered',
  'chain/several-paths',
  'chain/unrelated',
  'chain/duplicate',
  'chain/on-another-path',
]);

/** What the verification says because the top of an unfinished chain is no root. */
const trustCodes: ReadonlySet<string> = new Set([
  'chain/root-not-trusted',
  'path/anchor-not-self-signed',
  'path/self-signed-end-entity',
  'path/no-trust-anchors',
]);

/** What the role asks of the certificate. */
export const purposeOf = (side: Side): 'serverAuth' | 'clientAuth' => (side === 'server' ? 'serverAuth' : 'clientAuth');

function explainOrder({ sent, own, key }: Presented, result: ChainResult): Finding[] {
  const [first] = sent;
  if (!own || !first) return [];
  if (own !== first) {
    const by = key && result.leaf === own ? ('key' as const) : ('role' as const);
    const params = { first: nameCertificate(first), position: sent.indexOf(own) + 1, by };
    return [createFinding('preflight/own-certificate-not-first', subjectOf(own), params, { origin: own.origin })];
  }
  // What is needless has its own check.
  return checkArrangement({ ...result, leftOut: [] }).map((finding) => ({ ...finding, severity: 'warning' }));
}

function explainNeedless({ leaf, leftOut }: ChainResult): Finding[] {
  return leftOut.flatMap(({ certificate, reason }) => {
    if (!leaf || reason === 'malformed' || reason === 'root-omitted') return [];
    const place = { origin: certificate.origin, severity: reason === 'unrelated' ? undefined : ('info' as const) };
    const params = { reason, leaf: nameCertificate(leaf) };
    return [createFinding('preflight/sent-needlessly', subjectOf(certificate), params, place)];
  });
}

/** What verification says of the chain once its top is trusted, and whether OpenSSL is content. */
function verifyAgainstOwnRoot(
  own: Certificate,
  { chain, paths }: ChainResult,
  { side, sent }: Presented,
  at: Date,
): { readonly accepted: boolean; readonly findings: readonly Finding[] } {
  const top = chain.at(-1) ?? own;
  // OpenSSL does not look at the signature of a root.
  const isComplete = (paths[0]?.complete ?? false) || isSelfIssued(top);
  const result = verifyCertificate({
    certificate: own,
    intermediates: sent,
    trustAnchors: [top],
    at,
    purpose: purposeOf(side),
    // OpenSSL goes nowhere without a root; what else is wrong is told all the same.
    profile: isComplete ? 'security-pack' : 'rfc5280',
    revocation: 'off',
  });
  const findings = result.findings.filter(
    ({ code }) => !strengthCodes.has(code) && !trustCodes.has(code) && !code.startsWith('form/'),
  );
  return { accepted: isComplete && result.ok, findings };
}

/** Checks what a side presents; `verifier` is the other side, whose security level counts too. */
export function checkChain(
  configuration: SideConfiguration,
  verifier: SideConfiguration | undefined,
  presented: Presented,
  at: Date,
): ChainVerdict {
  const ledger = new FaultLedger();
  const { side, sent, own, obstacle, place } = presented;
  if (obstacle || !own) return { checks: [skipCheck('chain/complete', side, { ...obstacle })], ledger };
  const result = orderChain(sent, { at, key: { name: '', matches: (certificate) => certificate === own } });
  const verdict = verifyAgainstOwnRoot(own, result, presented, at);
  const conclude = (name: string, findings: readonly Finding[], params: Check['params'] = {}): Check => {
    const placed = place ? findings.map((finding) => withSetting(finding, place)) : findings;
    return concludeCheck({ name, side, params, findings: ledger.claim(name, placed) });
  };
  const isMalformed = separateMalformed([own]).malformed.length > 0;
  const all = result.findings.filter(({ code }) => !passedOver.has(code) && code !== 'chain/key-matches-none');
  const weigh = (finding: Finding): Finding =>
    verdict.accepted && finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding;
  const faults = [
    ...all.filter(({ code }) => !completenessCodes.has(code) && !strengthCodes.has(code)),
    ...verdict.findings.filter(({ code }) => !purposeCodes.has(code) && !completenessCodes.has(code)),
  ].map(weigh);
  const names = { chain: result.chain.map((certificate) => subjectOf(certificate).name) };
  const valid = conclude('chain/valid', faults, names);
  const isBroken = !isOk(faults.filter(({ code }) => code === 'chain/bad-signature'));
  const missing = all.filter(({ code }) => completenessCodes.has(code)).map(weigh);
  const complete =
    isMalformed || (isBroken && missing.length === 0)
      ? skipCheck('chain/complete', side, { because: 'chain/valid' })
      : conclude('chain/complete', missing, names);
  const chain = result.chain.length > 0 ? result.chain : sent;
  const weak = [
    ...findChainWeakness(chain, [configuration, verifier]),
    // OpenSSL refuses to load what is too weak, needed or not.
    ...findChainWeakness(
      sent.filter((certificate) => !chain.includes(certificate)),
      [configuration],
    ),
  ];
  const purposes = [
    ...verdict.findings.filter(({ code }) => purposeCodes.has(code)),
    ...explainKeyForTLS(own, side, [configuration, verifier]),
  ];
  const checkNeedless = (): Check => {
    const needless = explainNeedless(result);
    const gap = [complete, valid].find(({ outcome }) => outcome === 'failed');
    // What stands above a gap is tied to nothing; once the gap is closed it may well be needed.
    const isOfGap = result.paths[0]?.complete !== true && needless.some(({ params }) => params.reason === 'unrelated');
    if (gap && isOfGap) return skipCheck('chain/clean', side, { because: gap.name });
    return conclude('chain/clean', needless, { certificates: sent.length });
  };
  const checks = [
    conclude('chain/own-first', explainOrder(presented, result), { certificate: subjectOf(own).name }),
    complete,
    checkNeedless(),
    valid,
    conclude('chain/purpose', purposes, { purpose: purposeOf(side) }),
    conclude('chain/strength', weak, {}),
  ];
  return { checks, ledger };
}

/** A chain that nobody asks for is loaded all the same, and then refused where it is too weak. */
export function checkUnsentChain(configuration: SideConfiguration, { side, sent, place }: Presented): Check[] {
  const weak = findChainWeakness(sent, [configuration]).filter(({ severity }) => severity === 'error');
  const findings = place ? weak.map((finding) => withSetting(finding, place)) : weak;
  const strength = concludeCheck({ name: 'chain/strength', side, params: {}, findings });
  return [skipCheck('chain/complete', side, { reason: 'not-sent' }), ...(weak.length > 0 ? [strength] : [])];
}
