/**
 * Makes a trusted-ca of any heap of certificates: each once, CAs only, nothing that has expired.
 *
 * Everything that was given is either in the bundle or in `leftOut` with its reason, and every reason is a finding with
 * its place. What is kept but will not serve (an intermediate without its root, a weak key, two keys under one name) is
 * said too, and stays: only the administrator knows which peers need it. No loop here runs over pairs: a store of ten
 * thousand certificates costs one signature check each.
 */
import type { OnProgress } from '../chain/issuer-index.js';
import { buildPile } from '../chain/pile.js';
import { createFinding, type ParamsOf } from '../finding/catalogue.js';
import { isOk, type Finding } from '../finding/finding.js';
import type { Certificate } from '../x509/certificate.js';
import { groupByRole, inspectMembers, makeRoleIndex } from './inspect-members.js';
import {
  explainDuplicates,
  leaveOutOfPile,
  siftExpired,
  siftNonCAs,
  softenMalformed,
  type BundleLeftOut,
  type ExpiredPolicy,
  type Sifted,
} from './sift.js';
import { sortCertificates, type BundleOrder } from './sort.js';

export interface BuildBundleOptions {
  /** The instant at which validity is judged; both bounds of a validity belong to it. */
  readonly at: Date;
  /** `drop` unless given. */
  readonly expired?: ExpiredPolicy | undefined;
  /** What is no CA, such as a self-signed server certificate: `deny` unless given. */
  readonly nonCA?: 'deny' | 'allow' | undefined;
  /** `given` unless given. */
  readonly sort?: BundleOrder | undefined;
  /** Told of how many certificates the signature has been looked into. */
  readonly onProgress?: OnProgress | undefined;
}

export interface BundleResult {
  /** True when no finding is an error; otherwise the bundle should not be written. */
  readonly ok: boolean;
  /** The bundle, in the order asked for. */
  readonly certificates: readonly Certificate[];
  readonly leftOut: readonly BundleLeftOut[];
  readonly findings: readonly Finding[];
}

/** No certificate stays: there is nothing to write. */
export function explainEmpty(name: string, counts: ParamsOf<'bundle/empty'>): Finding {
  return createFinding('bundle/empty', { kind: 'bundle', name }, counts);
}

/**
 * Builds a trusted-ca bundle.
 *
 * @param certificates parsed certificates in any order; of two with the same SHA-256 the first stays.
 * @returns `ok: false` with `bundle/empty`, and with `certificate/expired` where `expired` is `fail`; warnings and infos
 * with `bundle/…` and `certificate/…` codes. Never throws for what the certificates say. Security Deployment Guide, trusted CAs; RFC 5280 4.2.1.9. Not checked: path lengths, name
 * constraints, revocation, and whether a CA deserves trust.
 */
export function buildBundle(certificates: readonly Certificate[], options: BuildBundleOptions): BundleResult {
  const { at, expired = 'drop', nonCA = 'deny', sort = 'given', onProgress } = options;
  const pile = buildPile(certificates, { onProgress });
  const roleOf = makeRoleIndex(pile);
  const authorities = siftNonCAs(pile.certificates, roleOf, nonCA);
  const current: Sifted =
    expired === 'drop' ? siftExpired(authorities.kept, at) : { kept: authorities.kept, leftOut: [], findings: [] };
  const leftOut = [...leaveOutOfPile(pile), ...authorities.leftOut, ...current.leftOut];
  const severities = { rootMissing: 'warning', expired: expired === 'fail' ? 'error' : 'warning' } as const;
  const findings = [
    ...softenMalformed(pile.findings),
    ...explainDuplicates(pile.duplicates, 'left-out'),
    ...authorities.findings,
    ...current.findings,
    ...inspectMembers(groupByRole(current.kept, roleOf), pile, at, severities),
    ...(current.kept.length === 0 ? [explainEmpty('the input', { leftOut: leftOut.length, removed: 0 })] : []),
  ];
  return { ok: isOk(findings), certificates: sortCertificates(current.kept, sort), leftOut, findings };
}
