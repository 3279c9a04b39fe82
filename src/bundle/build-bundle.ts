/**
 * Makes a trusted-ca of any heap of certificates: each once, CAs only, nothing that has expired.
 *
 * Everything that was given is either in the bundle or in `leftOut` with its reason, and every reason is a finding with
 * its place. What is kept but will not serve (an intermediate without its root, a weak key, two keys under one name) is
 * said too, and stays: only the administrator knows which peers need it. No loop here runs over pairs: a store of ten
 * thousand certificates costs one signature check each.
 */
import { buildPile, type Duplicate, type Pile } from '../chain/pile.js';
import { createFinding } from '../finding/catalogue.js';
import { isOk, type Finding } from '../finding/finding.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { describeWithPlace } from './identity.js';
import {
  explainNotCA,
  groupByRole,
  inspectMembers,
  makeRoleIndex,
  makeSuccessorIndex,
  nameSuccessor,
} from './inspect-members.js';
import type { BundleRole } from './role.js';
import { sortCertificates, type BundleOrder } from './sort.js';

/** keep: in the bundle, with a warning · drop: left out · fail: an error, so that nothing is written. */
export type ExpiredPolicy = 'keep' | 'drop' | 'fail';

export interface BuildBundleOptions {
  /** The instant at which validity is judged; both bounds of a validity belong to it. */
  readonly at: Date;
  /** `drop` unless given. */
  readonly expired?: ExpiredPolicy | undefined;
  /** What is no CA, such as a self-signed server certificate: `deny` unless given. */
  readonly nonCA?: 'deny' | 'allow' | undefined;
  /** `given` unless given. */
  readonly sort?: BundleOrder | undefined;
}

export type BundleLeftOutReason = 'malformed' | 'duplicate' | 'not-a-ca' | 'expired';

export interface BundleLeftOut {
  readonly certificate: Certificate;
  readonly reason: BundleLeftOutReason;
}

export interface BundleResult {
  /** True when no finding is an error; otherwise the bundle should not be written. */
  readonly ok: boolean;
  /** The bundle, in the order asked for. */
  readonly certificates: readonly Certificate[];
  readonly leftOut: readonly BundleLeftOut[];
  readonly findings: readonly Finding[];
}

export function explainDuplicates(duplicates: readonly Duplicate[], treatment: 'left-out' | 'found'): Finding[] {
  return duplicates.map(({ certificate, first }) => {
    const params = { first: describeWithPlace(first), treatment };
    return createFinding('bundle/duplicate', subjectOf(certificate), params, { origin: certificate.origin });
  });
}

interface Sifted {
  readonly kept: readonly Certificate[];
  readonly leftOut: readonly BundleLeftOut[];
  readonly findings: readonly Finding[];
}

function siftNonCAs(
  certificates: readonly Certificate[],
  roleOf: (certificate: Certificate) => BundleRole,
  policy: 'deny' | 'allow',
): Sifted {
  const kept: Certificate[] = [];
  const leftOut: BundleLeftOut[] = [];
  const findings: Finding[] = [];
  for (const certificate of certificates) {
    const role = roleOf(certificate);
    const denied = role.role === 'not-a-ca' && policy === 'deny';
    if (role.role === 'not-a-ca') findings.push(explainNotCA(certificate, role, denied ? 'left-out' : 'kept'));
    if (denied) leftOut.push({ certificate, reason: 'not-a-ca' });
    else kept.push(certificate);
  }
  return { kept, leftOut, findings };
}

function siftExpired(certificates: readonly Certificate[], at: Date): Sifted {
  const successorOf = makeSuccessorIndex(certificates, at);
  const kept: Certificate[] = [];
  const leftOut: BundleLeftOut[] = [];
  const findings: Finding[] = [];
  for (const certificate of certificates) {
    const { notAfter } = certificate.tbsCertificate.validity;
    if (at <= notAfter) {
      kept.push(certificate);
      continue;
    }
    const successor = nameSuccessor(successorOf(certificate));
    const params = { notAfter: notAfter.toISOString(), at: at.toISOString(), successor };
    leftOut.push({ certificate, reason: 'expired' });
    const place = { origin: certificate.origin, severity: successor === undefined ? undefined : ('info' as const) };
    findings.push(createFinding('bundle/expired-left-out', subjectOf(certificate), params, place));
  }
  return { kept, leftOut, findings };
}

function explainEmpty(leftOut: number): Finding {
  return createFinding('bundle/empty', { kind: 'bundle', name: 'the input' }, { leftOut });
}

/** What the gate of `buildPile` kept out. */
export function leaveOutOfPile({ malformed, duplicates }: Pile): BundleLeftOut[] {
  return [
    ...malformed.map((certificate): BundleLeftOut => ({ certificate, reason: 'malformed' })),
    ...duplicates.map(({ certificate }): BundleLeftOut => ({ certificate, reason: 'duplicate' })),
  ];
}

/**
 * Builds a trusted-ca bundle.
 *
 * @param certificates parsed certificates in any order; of two with the same SHA-256 the first stays.
 * @returns `ok: false` with `bundle/empty`, with `certificate/expired` where `expired` is `fail`, and with
 * `certificate/malformed-extension`; warnings and infos with `bundle/…` and `certificate/…` codes. Never throws for what
 * the certificates say. Security Deployment Guide, trusted CAs; RFC 5280 4.2.1.9. Not checked: path lengths, name
 * constraints, revocation, and whether a CA deserves trust.
 */
export function buildBundle(certificates: readonly Certificate[], options: BuildBundleOptions): BundleResult {
  const { at, expired = 'drop', nonCA = 'deny', sort = 'given' } = options;
  const pile = buildPile(certificates);
  const roleOf = makeRoleIndex(pile);
  const authorities = siftNonCAs(pile.certificates, roleOf, nonCA);
  const current: Sifted =
    expired === 'drop' ? siftExpired(authorities.kept, at) : { kept: authorities.kept, leftOut: [], findings: [] };
  const leftOut = [...leaveOutOfPile(pile), ...authorities.leftOut, ...current.leftOut];
  const severities = { rootMissing: 'warning', expired: expired === 'fail' ? 'error' : 'warning' } as const;
  const findings = [
    ...pile.findings,
    ...explainDuplicates(pile.duplicates, 'left-out'),
    ...authorities.findings,
    ...current.findings,
    ...inspectMembers(groupByRole(current.kept, roleOf), pile, at, severities),
    ...(current.kept.length === 0 ? [explainEmpty(leftOut.length)] : []),
  ];
  return { ok: isOk(findings), certificates: sortCertificates(current.kept, sort), leftOut, findings };
}
