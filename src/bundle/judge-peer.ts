/** Whether a peer would be trusted with a bundle, by the path that OpenSSL takes, and what stands in the way. */
import { findPathLengthFaults, isValidAt } from '../chain/assess-path.js';
import { explainValidity } from '../chain/explain-chain.js';
import { IssuerIndex } from '../chain/issuer-index.js';
import { orderChains, type ChainResult } from '../chain/order-chain.js';
import { removeDuplicates, separateMalformed } from '../chain/pile.js';
import type { PeerFault } from '../finding/bundle.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { equalCertificates, subjectOf, type Certificate } from '../x509/certificate.js';
import { formatName, shortName } from '../x509/name.js';
import { followOpenSSL, type FollowedPath, type TrustStore } from './follow-openssl.js';
import { describeRole } from './role.js';

export interface PeerVerdict {
  /** The peer's own certificate. */
  readonly leaf: Certificate;
  readonly trusted: boolean;
  /** The path that OpenSSL takes, the leaf first. */
  readonly path: readonly Certificate[];
  /** The first thing that stands in the way. */
  readonly fault?: PeerFault;
  readonly findings: readonly Finding[];
}

/** What a peer is judged by. */
interface Trial {
  readonly at: Date;
  readonly bundle: TrustStore;
  /** What the peer sends. */
  readonly sent: TrustStore;
  /** The bundle, as the user named it. */
  readonly name: string;
}

interface Obstacle {
  readonly fault: PeerFault;
  readonly about: string;
  /** Position in the path of the certificate at fault; its length where the next one is missing. */
  readonly position: number;
}

const nameOf = ({ tbsCertificate }: Certificate): string => shortName(tbsCertificate.subject);

/** From a certificate upward through what the peer sends, as far as signatures prove it. */
function climbThroughSent(certificate: Certificate, { sent }: Trial): Certificate {
  const seen = new Set([certificate]);
  for (let top = certificate; ;) {
    const link = sent.index
      .findUsableIssuers(top)
      .find(({ certificate: issuer, signature }) => signature.outcome === 'valid' && !seen.has(issuer));
    if (!link) return top;
    top = link.certificate;
    seen.add(top);
  }
}

/** Why the path does not end in the bundle, although the peer may send more than OpenSSL looks at. */
function explainEnd(last: Certificate, trial: Trial): Pick<Obstacle, 'fault' | 'about'> {
  const { index, positions } = trial.bundle;
  const top = climbThroughSent(last, trial);
  const isRoot = index.isSelfSigned(top);
  const leadsToBundle = isRoot
    ? Array.from(positions.keys()).some((member) => equalCertificates(member, top))
    : index.findUsableIssuers(top).some(({ signature }) => signature.outcome === 'valid');
  if (top !== last && leadsToBundle) return { fault: 'issuer-ignored', about: nameOf(last) };
  if (isRoot) return { fault: 'root-not-in-bundle', about: nameOf(top) };
  return { fault: 'issuer-missing', about: formatName(top.tbsCertificate.issuer) || '(empty name)' };
}

/** What OpenSSL would stop at: first whether the path ends in the bundle, for else nothing counts; then from the leaf upward. */
function findObstacle({ certificates, links, anchored }: FollowedPath, trial: Trial): Obstacle | undefined {
  const { bundle, at } = trial;
  const last = certificates.at(-1);
  if (!anchored && last) return { ...explainEnd(last, trial), position: certificates.length };
  for (const [position, certificate] of certificates.entries()) {
    const link = links[position];
    const about = nameOf(certificate);
    if (!isValidAt(certificate, at)) return { fault: 'not-valid', about, position };
    if (link?.signature.outcome === 'invalid') return { fault: 'bad-signature', about, position };
    if (link?.signature.outcome === 'unsupported') return { fault: 'signature-not-checked', about, position };
    if (link && describeRole(link.certificate, bundle).role === 'not-a-ca') {
      return { fault: 'issuer-is-no-ca', about: nameOf(link.certificate), position: position + 1 };
    }
  }
  const [tooLong] = findPathLengthFaults(certificates);
  return tooLong && { fault: 'path-too-long', about: nameOf(tooLong.certificate), position: certificates.length };
}

/** Where a search finds a sound path to the bundle and OpenSSL does not: the certificate that leads it astray. */
function explainDetour(
  { certificates, links }: FollowedPath,
  { fault, position }: Obstacle,
  { sent }: Trial,
): Finding | undefined {
  const taken = certificates[position];
  const issued = certificates[position - 1];
  if (fault === 'not-valid' && taken && issued) {
    const params = { issued: nameOf(issued), notAfter: taken.tbsCertificate.validity.notAfter.toISOString() };
    return createFinding('bundle/stale-issuer-preferred', subjectOf(taken), params, { origin: taken.origin });
  }
  const impostor = links[position]?.certificate;
  if (fault === 'bad-signature' && taken && impostor) {
    const params = { issued: nameOf(taken) };
    return createFinding('bundle/impostor-preferred', subjectOf(impostor), params, { origin: impostor.origin });
  }
  const ignored = issued && sent.index.findUsableIssuers(issued).find(({ signature }) => signature.outcome === 'valid');
  if (fault !== 'issuer-ignored' || !ignored) return undefined;
  const { origin } = ignored.certificate;
  const params = { issued: nameOf(issued) };
  return createFinding('bundle/peer-intermediate-ignored', subjectOf(ignored.certificate), params, { origin });
}

/** Said by the verdict itself, in words that fit a bundle. */
const replacedCodes: readonly string[] = ['chain/missing-issuer', 'chain/root-not-trusted'];

/** Not errors, or not always, and yet what explains the verdict. */
const explainingCodes: readonly string[] = ['chain/near-miss', 'chain/issuer-is-no-ca'];

/** What is wrong with the chain wherever it is looked at. */
function explainChain({ findings }: ChainResult): Finding[] {
  return findings.filter(
    ({ code, severity }) => (severity === 'error' || explainingCodes.includes(code)) && !replacedCodes.includes(code),
  );
}

function judgeLeaf(leaf: Certificate, result: ChainResult, trial: Trial): PeerVerdict {
  const followed = followOpenSSL(leaf, trial.bundle, trial.sent, trial.at);
  const path = followed.certificates;
  const obstacle = findObstacle(followed, trial);
  if (!obstacle) return { leaf, trusted: true, path, findings: [] };
  const { fault, about } = obstacle;
  const params = { fault, about, bundle: trial.name };
  const verdict = createFinding('bundle/peer-not-trusted', subjectOf(leaf), params, { origin: leaf.origin });
  const [best] = result.paths;
  const detour = best?.trusted && best.sound && best.validNow ? explainDetour(followed, obstacle, trial) : undefined;
  const dates = path.flatMap((certificate) => explainValidity(certificate, trial.at));
  const details = detour ? [detour] : [...explainChain(result), ...dates];
  return { leaf, trusted: false, path, fault, findings: [verdict, ...details] };
}

function makeStore(certificates: readonly Certificate[]): TrustStore {
  const positions = new Map(certificates.map((certificate, position) => [certificate, position]));
  return { index: new IssuerIndex(certificates), positions };
}

/**
 * Judges what one peer sends: each end entity in it, with the others as its chain.
 *
 * @param bundle well-formed and without duplicates, in the order of the file.
 * @param name what findings call the bundle.
 * @returns a verdict for each end entity; `findings` are those of the verdicts and of certificates that cannot be read.
 * Not checked: name constraints, purposes, host names and revocation.
 */
export function judgePeer(
  sent: readonly Certificate[],
  bundle: readonly Certificate[],
  { at, name }: { readonly at: Date; readonly name: string },
): { readonly verdicts: readonly PeerVerdict[]; readonly findings: readonly Finding[] } {
  const { wellFormed, findings: malformed } = separateMalformed(sent);
  const certificates = removeDuplicates(wellFormed).unique;
  const trial: Trial = { at, name, bundle: makeStore(bundle), sent: makeStore(certificates) };
  const results = orderChains(certificates, { at, issuers: bundle, trusted: bundle });
  const verdicts = results.flatMap((result) => (result.leaf ? [judgeLeaf(result.leaf, result, trial)] : []));
  const unjudged = results.flatMap((result) => (result.leaf ? [] : result.findings));
  const findings = [...malformed, ...unjudged, ...verdicts.flatMap((verdict) => verdict.findings)];
  return { verdicts, findings };
}
