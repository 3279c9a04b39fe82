/**
 * Adds certificates to a bundle and takes some out. What stands in the file already is the administrator's: adding leaves
 * it alone, whatever is to be said of it, unless an option asks for more.
 */
import type { OnProgress } from '../chain/issuer-index.js';
import { buildPile } from '../chain/pile.js';
import { fingerprint } from '../crypto/fingerprint.js';
import { createFinding } from '../finding/catalogue.js';
import { isOk, type Finding } from '../finding/finding.js';
import { selectCertificates } from '../names/select-certificates.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { explainEmpty, type BuildBundleOptions } from './build-bundle.js';
import { nameCertificate } from '../x509/naming.js';
import { explainNotCA, groupByRole, inspectMembers, makeRoleIndex } from './inspect-members.js';
import { findMissingRoots } from './missing-roots.js';
import {
  explainDuplicates,
  siftExpired,
  siftNonCAs,
  softenMalformed,
  type BundleLeftOut,
  type Sifted,
} from './sift.js';

export interface BundleEdit {
  /** True when no finding is an error; otherwise nothing should be written. */
  readonly ok: boolean;
  /** To be put at the end, in this order. */
  readonly added: readonly Certificate[];
  /** To be taken out, every copy of each. */
  readonly removed: readonly Certificate[];
  /** Of what was to be added. */
  readonly leftOut: readonly BundleLeftOut[];
  readonly findings: readonly Finding[];
}

/** `expired` without a default: unless given, what has expired is not added, and what stands there stays. */
export type AddToBundleOptions = Pick<BuildBundleOptions, 'at' | 'expired' | 'nonCA' | 'onProgress'>;

/**
 * Plans to add certificates to a bundle.
 *
 * @param existing what the bundle holds; it stays, but for what has expired where `expired: 'drop'` is given.
 * @returns `ok: false` with `certificate/expired` where `expired` is `fail` and with `bundle/empty`; the other findings
 * are those of `buildBundle`, about the whole bundle as it will be. Security Deployment Guide, trusted CAs.
 */
export function addToBundle(
  existing: readonly Certificate[],
  candidates: readonly Certificate[],
  { at, expired, nonCA = 'deny', onProgress }: AddToBundleOptions,
): BundleEdit {
  const pile = buildPile([...existing, ...candidates], { onProgress });
  const roleOf = makeRoleIndex(pile);
  const present = new Set(existing);
  const isPresent = (certificate: Certificate): boolean => present.has(certificate);
  const isCandidate = (certificate: Certificate): boolean => !present.has(certificate);
  const keepAll = (kept: readonly Certificate[]): Sifted => ({ kept, leftOut: [], findings: [] });

  const staying =
    expired === 'drop'
      ? siftExpired(pile.certificates.filter(isPresent), at)
      : keepAll(pile.certificates.filter(isPresent));
  const authorities = siftNonCAs(pile.certificates.filter(isCandidate), roleOf, nonCA);
  const current = (expired ?? 'drop') === 'drop' ? siftExpired(authorities.kept, at) : keepAll(authorities.kept);
  const certificates = [...staying.kept, ...current.kept];

  const duplicates = (wanted: (certificate: Certificate) => boolean): typeof pile.duplicates =>
    pile.duplicates.filter(({ certificate }) => wanted(certificate));
  const leftOut: BundleLeftOut[] = [
    ...pile.malformed.filter(isCandidate).map((certificate) => ({ certificate, reason: 'malformed' as const })),
    ...duplicates(isCandidate).map(({ certificate }) => ({ certificate, reason: 'duplicate' as const })),
    ...authorities.leftOut,
    ...current.leftOut,
  ];
  const strangers = staying.kept.flatMap((certificate) => {
    const role = roleOf(certificate);
    return role.role === 'not-a-ca' ? [explainNotCA(certificate, role, 'found')] : [];
  });
  const severities = { rootMissing: 'warning', expired: expired === 'fail' ? 'error' : 'warning' } as const;
  const findings = [
    ...softenMalformed(pile.findings),
    ...explainDuplicates(duplicates(isPresent), 'found'),
    ...explainDuplicates(duplicates(isCandidate), 'left-out'),
    ...strangers,
    ...staying.findings,
    ...authorities.findings,
    ...current.findings,
    ...inspectMembers(groupByRole(certificates, roleOf), pile, at, severities),
    ...(certificates.length === 0
      ? [explainEmpty('the input', { leftOut: leftOut.length, removed: staying.leftOut.length })]
      : []),
  ];
  const removed = staying.leftOut.map(({ certificate }) => certificate);
  return { ok: isOk(findings), added: current.kept, removed, leftOut, findings };
}

/** What to take out: the certificates of a file, or what a person types (`selectCertificates`). */
export type RemovalSelector =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly file: string; readonly certificates: readonly Certificate[] };

export interface RemoveFromBundleOptions {
  /** What findings call the bundle, usually its file. */
  readonly name: string;
  /** A selector that answers to several certificates removes them all: `deny` unless given. */
  readonly several?: 'deny' | 'allow' | undefined;
  /** Told of how many certificates the signature has been looked into. */
  readonly onProgress?: OnProgress | undefined;
}

interface Selection {
  readonly hits: readonly Certificate[];
  readonly findings: readonly Finding[];
}

const identityOf = ({ der }: Certificate): string => fingerprint(der, 'sha256');

function hitNothing(selector: string): Finding {
  return createFinding('bundle/selector-hits-nothing', { kind: 'option', name: selector }, { selector });
}

function selectByFile(
  { file, certificates }: Extract<RemovalSelector, { kind: 'file' }>,
  bundle: ReadonlyMap<string, Certificate>,
  name: string,
): Selection {
  const hits: Certificate[] = [];
  const findings: Finding[] = [];
  for (const certificate of certificates) {
    const hit = bundle.get(identityOf(certificate));
    const place = { origin: certificate.origin };
    if (hit) hits.push(hit);
    else findings.push(createFinding('bundle/not-in-bundle', subjectOf(certificate), { bundle: name }, place));
  }
  return hits.length > 0 ? { hits, findings } : { hits, findings: [...findings, hitNothing(file)] };
}

function selectByText(text: string, bundle: readonly Certificate[], several: 'deny' | 'allow'): Selection {
  const found = selectCertificates(bundle, text);
  const hits = [...new Map(found.map((certificate) => [identityOf(certificate), certificate])).values()];
  if (hits.length === 0) return { hits, findings: [hitNothing(text)] };
  if (hits.length === 1 || several === 'allow') return { hits, findings: [] };
  const params = { selector: text, hits: hits.map(nameCertificate) };
  const finding = createFinding('bundle/selector-ambiguous', { kind: 'option', name: text }, params);
  return { hits: [], findings: [finding] };
}

/**
 * Plans to take certificates out of a bundle, every copy of each.
 *
 * @returns `ok: false` with `bundle/selector-hits-nothing`, `bundle/selector-ambiguous`, or `bundle/empty` where nothing
 * would stay; `bundle/missing-root` where an intermediate stays without its root.
 */
export function removeFromBundle(
  existing: readonly Certificate[],
  selectors: readonly RemovalSelector[],
  { name, several = 'deny', onProgress }: RemoveFromBundleOptions,
): BundleEdit {
  const bundle = new Map(existing.map((certificate) => [identityOf(certificate), certificate]));
  const selections = selectors.map((selector) =>
    selector.kind === 'file' ? selectByFile(selector, bundle, name) : selectByText(selector.text, existing, several),
  );
  const identities = new Set(selections.flatMap(({ hits }) => hits.map(identityOf)));
  const removed = existing.filter((certificate) => identities.has(identityOf(certificate)));
  const staying = existing.filter((certificate) => !identities.has(identityOf(certificate)));
  const pile = buildPile(staying, { onProgress });
  const { roots, intermediates } = groupByRole(pile.certificates, makeRoleIndex(pile));
  const nothingStays = removed.length > 0 && removed.length === existing.length;
  const findings = [
    ...selections.flatMap((selection) => selection.findings),
    ...findMissingRoots(intermediates, roots, pile.index),
    ...(nothingStays ? [explainEmpty(name, { leftOut: 0, removed: removed.length })] : []),
  ];
  return { ok: isOk(findings), added: [], removed, leftOut: [], findings };
}
