/**
 * A complete CRL brought up to date by delta CRLs (RFC 5280 5.2.4 and 6.3.3 steps (c) and (h) to (k)), as far as one
 * certificate goes: nobody puts the lists together, only the entries of that certificate.
 *
 * Each delta that fits carries the list on to its own number, and the next may begin there. A delta that is stale, or that
 * something else speaks against, still revokes what it lists; it lifts nothing and makes nothing current. Deltas that are
 * at hand are used, whether or not a freshestCRL extension points at them: their signature says what they are. Where none
 * is, a complete CRL that is current stands for itself.
 */
import { equalBytes } from '../der/values.js';
import { equalNames } from '../names/distinguished-name.js';
import type { CertificateList } from '../x509/crl.js';
import type { RevokedCertificate } from '../x509/crl-entry.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { cRLNumber, deltaCRLIndicator } from '../x509/extensions/crl-extensions.js';
import { reasonOf, type ConsideredCRL } from './consider-crl.js';
import { scopeKey } from './crl-scope.js';
import type { Objection } from './objection.js';

/** Why a delta CRL cannot be applied to a complete one, from the remotest to the nearest miss. */
const misfits = [
  'no-complete-crl',
  'other-scope',
  'other-key-identifier',
  'other-key',
  'not-numbered',
  'not-newer',
  'complete-crl-too-old',
] as const;
export type DeltaMisfit = (typeof misfits)[number];

/** The entry of a certificate, and the CRL that it stands in. */
export interface Listing {
  readonly item: ConsideredCRL;
  readonly entry: RevokedCertificate;
}

/** A complete CRL with the deltas that apply to it. */
export interface UpdatedCRL {
  readonly complete: ConsideredCRL;
  /** In the order in which they apply; nothing speaks against any of them. */
  readonly deltas: readonly ConsideredCRL[];
  /** What still speaks against the whole. */
  readonly objection: Objection | undefined;
  /** Undefined where the certificate is not revoked when all is applied. */
  readonly listing: Listing | undefined;
  /** Up to when it is known what was revoked: thisUpdate of the last CRL that applied. */
  readonly thisUpdate: Date;
}

/** @param deltas genuine CRLs with a deltaCRLIndicator whose revocations count; they need not fit. */
export function updateCRL(complete: ConsideredCRL, deltas: readonly ConsideredCRL[]): UpdatedCRL {
  const series = deltas.filter((delta) => findSeriesMisfit(delta, complete) === undefined);
  const sound = series.filter(({ objection }) => !objection);
  const applied: ConsideredCRL[] = [];
  let number = numberOf(complete.crl);
  let listing: Listing | undefined = complete.entry && { item: complete, entry: complete.entry };
  for (let next = findNext(sound, number); next; next = findNext(sound, number)) {
    applied.push(next);
    number = numberOf(next.crl);
    listing = applyEntry(listing, next);
  }
  listing ??= series.filter((item) => applies(item, number)).flatMap(listRevocation)[0];
  const last = applied.at(-1);
  // RFC 5280 6.3.3 step (a)(1)(i), 5.2.4: what comes out has the dates of the delta.
  const objection = last && complete.objection?.code === 'stale' ? undefined : complete.objection;
  return { complete, deltas: applied, objection, listing, thisUpdate: (last ?? complete).crl.tbsCertList.thisUpdate };
}

function listRevocation(item: ConsideredCRL): Listing[] {
  return item.entry && revokes(item.entry) ? [{ item, entry: item.entry }] : [];
}

/** The delta that leads furthest from the list with that number; deltas are cumulative, so those between add nothing. */
function findNext(deltas: readonly ConsideredCRL[], number: bigint | undefined): ConsideredCRL | undefined {
  const [furthest] = deltas.filter((delta) => applies(delta, number)).sort(compareDeltas);
  return furthest;
}

/**
 * The highest number first. Two CRLs of one number are not to be (RFC 5280 5.2.3), and nobody knows which of them the CA
 * means: first the one that is worse for the certificate, then the older.
 */
function compareDeltas(a: ConsideredCRL, b: ConsideredCRL): number {
  const [number = 0n, other = 0n] = [numberOf(a.crl), numberOf(b.crl)];
  if (number !== other) return number > other ? -1 : 1;
  return gravityOf(b) - gravityOf(a) || a.crl.tbsCertList.thisUpdate.getTime() - b.crl.tbsCertList.thisUpdate.getTime();
}

/** From a release to a revocation for good. */
function gravityOf({ entry }: ConsideredCRL): number {
  if (!entry) return 1;
  if (!revokes(entry)) return 0;
  return reasonOf(entry) === 'certificateHold' ? 2 : 3;
}

// RFC 5280 5.2.4 (c) and (d): the list is no older than the delta's base, and older than the delta.
function applies({ crl }: ConsideredCRL, number: bigint | undefined): boolean {
  const base = baseOf(crl);
  const own = numberOf(crl);
  return number !== undefined && base !== undefined && own !== undefined && base <= number && number < own;
}

function applyEntry(listing: Listing | undefined, delta: ConsideredCRL): Listing | undefined {
  const { entry } = delta;
  if (!entry) return listing;
  // RFC 5280 6.3.3 step (i)
  if (revokes(entry)) return { item: delta, entry };
  // RFC 5280 6.3.3 step (k). Deviation: only a hold is lifted; by 5.3.1 nothing else may be, unless it has expired.
  return listing && reasonOf(listing.entry) !== 'certificateHold' ? listing : undefined;
}

export function revokes(entry: RevokedCertificate): boolean {
  return reasonOf(entry) !== 'removeFromCRL';
}

function numberOf({ tbsCertList }: CertificateList): bigint | undefined {
  return tbsCertList.crlExtensions.get(cRLNumber);
}

function baseOf({ tbsCertList }: CertificateList): bigint | undefined {
  return tbsCertList.crlExtensions.get(deltaCRLIndicator);
}

/** Why the two are not of one series, whatever their numbers. */
function findSeriesMisfit(delta: ConsideredCRL, complete: ConsideredCRL): DeltaMisfit | undefined {
  const [own, other] = [delta.crl.tbsCertList, complete.crl.tbsCertList];
  // RFC 5280 6.3.3 step (c)(1)
  if (!equalNames(own.issuer, other.issuer)) return 'no-complete-crl';
  // RFC 5280 6.3.3 step (c)(2)
  if (scopeKey(own) !== scopeKey(other)) return 'other-scope';
  // RFC 5280 6.3.3 step (c)(3)
  const [ownKey, otherKey] = [own, other].map(({ crlExtensions }) => crlExtensions.find(authorityKeyIdentifier.extnID));
  const none = new Uint8Array();
  if (!equalBytes(ownKey?.extnValue ?? none, otherKey?.extnValue ?? none)) return 'other-key-identifier';
  // RFC 5280 6.3.3 step (h)
  if (!sharesKey(delta, complete)) return 'other-key';
  if (numberOf(delta.crl) === undefined || numberOf(complete.crl) === undefined) return 'not-numbered';
  return undefined;
}

/** Signed with the same key; both must be genuine. */
export function sharesKey({ signer: a }: ConsideredCRL, { signer: b }: ConsideredCRL): boolean {
  const [key, other] = [a, b].map((signer) => signer?.tbsCertificate.subjectPublicKeyInfo.bytes);
  return key !== undefined && other !== undefined && equalBytes(key, other);
}

/** What became of a delta that did not apply: outdated by a CRL that has all it says, or useless and why. */
export type UnappliedDelta = { readonly outdatedBy: CertificateList } | { readonly misfit: DeltaMisfit };

export function explainUnapplied(delta: ConsideredCRL, updated: readonly UpdatedCRL[]): UnappliedDelta {
  let misfit: DeltaMisfit = 'no-complete-crl';
  for (const { complete, deltas, objection } of updated) {
    const latest = deltas.at(-1) ?? complete;
    // RFC 5280 5.2.4 (d): both share one numbering.
    const isNewer = (numberOf(delta.crl) ?? 0n) > (numberOf(latest.crl) ?? 0n);
    const found = findSeriesMisfit(delta, complete) ?? (isNewer ? 'complete-crl-too-old' : 'not-newer');
    if (found === 'not-newer' && !objection) return { outdatedBy: latest.crl };
    if (misfits.indexOf(found) > misfits.indexOf(misfit)) misfit = found;
  }
  return { misfit };
}
