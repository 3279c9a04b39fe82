/**
 * The status of one certificate from all CRLs at hand (RFC 5280 6.3.3 for complete CRLs of the certificate's issuer).
 *
 * `unknown` is the rule and `good` the exception that has to be earned: a genuine, current, plain CRL whose scope covers
 * the certificate must pass it over in silence, and no other genuine CRL, usable or not, may list it. `revoked` is easier
 * to come by: a stale CRL, or one for some reasons only, still revokes what it lists. Deltas and indirect CRLs are not
 * combined yet; until they are, they can only take a `good` away.
 */
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { cRLNumber } from '../x509/extensions/crl-extensions.js';
import { invalidityDate, type CRLReason } from '../x509/extensions/crl-entry-extensions.js';
import type { RevokedCertificate } from '../x509/crl-entry.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { considerCRL, reasonOf, type ConsideredCRL, type RevocationQuestion } from './consider-crl.js';
import type { CRLEvidence } from './crl-evidence.js';
import { scopeKey } from './crl-scope.js';
import { findSuccessor } from './newest.js';
import { mayRevoke, type Objection, type ObjectionCode } from './objection.js';

export type RevocationStatus = 'good' | 'revoked' | 'unknown';

/** What became of one CRL: `used` where the status rests on it, `overruled` where another outweighs it, or what is wrong. */
export type CRLOutcome = 'used' | 'overruled' | 'other-issuer' | 'duplicate' | 'superseded' | ObjectionCode;

export interface JudgedCRL {
  readonly crl: CertificateList;
  readonly outcome: CRLOutcome;
  readonly objection?: Objection;
  /** The CRL that made this one superfluous, where the outcome is `superseded` or `duplicate`. */
  readonly instead?: CertificateList;
  /** The certificate's entry, where a genuine CRL has one. */
  readonly entry?: RevokedCertificate;
}

export interface RevocationVerdict {
  readonly certificate: Certificate;
  /** Absent where no certificate of the issuer is at hand. */
  readonly issuer?: Certificate;
  readonly status: RevocationStatus;
  /** Why no CRL could be asked at all. */
  readonly obstacle?: 'certificate-malformed' | 'issuer-certificate-missing';
  /** Only when revoked; absent where the CRL gives none. */
  readonly reason?: CRLReason;
  readonly revokedAt?: Date;
  /** Since when the key is thought to be unsafe (RFC 5280 5.3.2). */
  readonly invalidityDate?: Date;
  /** The CRL that decided; absent when the status is unknown. */
  readonly crl?: CertificateList;
  /** Genuine CRLs that list the certificate although the status is unknown. */
  readonly listedIn: readonly JudgedCRL[];
  /** Every CRL that was given, in that order. */
  readonly considered: readonly JudgedCRL[];
}

/** `crls` must be free of duplicates. */
export function judgeRevocation(
  question: RevocationQuestion,
  crls: readonly CertificateList[],
  evidence: CRLEvidence,
): RevocationVerdict {
  const considered = crls.map((crl) => considerCRL(crl, question, evidence));
  const speaking = considered.filter(({ genuine, objection }) => genuine && mayRevoke(objection));
  const superseded = new Map<CertificateList, CertificateList>();
  for (const older of speaking) {
    const series = speaking.filter((item) => scopeKey(item.crl.tbsCertList) === scopeKey(older.crl.tbsCertList));
    // One with an objection never outdoes one without.
    const fit = new Set(series.filter(({ objection }) => !objection || older.objection).map(({ crl }) => crl));
    const newer = findSuccessor(
      older.crl,
      series.map(({ crl }) => crl),
      (crl) => fit.has(crl),
    );
    if (newer) superseded.set(older.crl, newer);
  }
  const live = speaking.filter(({ crl }) => !superseded.has(crl)).sort(compareNewestFirst);
  for (const { crl, objection } of considered) {
    const base = objection?.code === 'delta' ? live.find((item) => isOutdatedDelta(crl, item)) : undefined;
    if (base) superseded.set(crl, base.crl);
  }
  const { status, deciding } = decide(considered, live, superseded);
  const judged = considered.map((item) => judge(item, superseded, deciding));
  const { certificate, issuer } = question;
  const listedIn = judged.filter(({ entry, outcome }) => entry && outcome !== 'superseded');
  const [first] = deciding;
  return {
    certificate,
    issuer,
    status,
    ...(status === 'revoked' && first?.entry && describeEntry(first.entry)),
    ...(first && { crl: first.crl }),
    listedIn: status === 'unknown' ? listedIn : [],
    considered: judged,
  };
}

interface Decision {
  readonly status: RevocationStatus;
  /** The CRLs that the status rests on, the foremost first. */
  readonly deciding: readonly ConsideredCRL[];
}

const unknown: Decision = { status: 'unknown', deciding: [] };

function decide(
  considered: readonly ConsideredCRL[],
  live: readonly ConsideredCRL[],
  superseded: ReadonlyMap<CertificateList, CertificateList>,
): Decision {
  const silent = considered.filter(
    ({ crl, genuine, objection }) => genuine && !mayRevoke(objection) && !superseded.has(crl),
  );
  const listing = live.filter(({ entry }) => entry);
  // RFC 5280 6.3.3 steps (j) and (i): a delta may lift what was only a hold.
  const isHold = ({ entry }: ConsideredCRL): boolean => entry !== undefined && reasonOf(entry) === 'certificateHold';
  const mayBeLifted = silent.some(({ objection, entry }) => objection?.code === 'delta' && entry);
  const revoking = listing.filter((item) => !(isHold(item) && mayBeLifted));
  if (revoking.length > 0) {
    return { status: 'revoked', deciding: revoking.toSorted((a, b) => Number(!!a.objection) - Number(!!b.objection)) };
  }
  const clearing = live.filter(({ objection }) => !objection);
  const [newest] = clearing;
  if (listing.length > 0 || !newest) return unknown;
  return silent.some((item) => contradicts(item, newest)) ? unknown : { status: 'good', deciding: clearing };
}

/** A genuine CRL that cannot be used as such still forbids `good` where it lists the certificate, or may. */
function contradicts({ crl, objection, entry }: ConsideredCRL, clearing: ConsideredCRL): boolean {
  if (!entry && objection?.code !== 'malformed') return false;
  // RFC 5280 6.3.3 step (k): removed means not revoked.
  if (objection?.code === 'delta') return entry !== undefined && reasonOf(entry) !== 'removeFromCRL';
  return crl.tbsCertList.thisUpdate >= clearing.crl.tbsCertList.thisUpdate;
}

function compareNewestFirst(a: ConsideredCRL, b: ConsideredCRL): number {
  return b.crl.tbsCertList.thisUpdate.getTime() - a.crl.tbsCertList.thisUpdate.getTime();
}

// RFC 5280 5.2.4 (c): a delta counts only where its number is above that of the complete CRL; both share one numbering.
function isOutdatedDelta(delta: CertificateList, { crl, objection }: ConsideredCRL): boolean {
  const number = delta.tbsCertList.crlExtensions.get(cRLNumber);
  const complete = crl.tbsCertList.crlExtensions.get(cRLNumber);
  const sameScope = scopeKey(delta.tbsCertList) === scopeKey(crl.tbsCertList);
  return !objection && sameScope && number !== undefined && complete !== undefined && number <= complete;
}

function judge(
  { crl, sameIssuer, objection, entry }: ConsideredCRL,
  superseded: ReadonlyMap<CertificateList, CertificateList>,
  deciding: readonly ConsideredCRL[],
): JudgedCRL {
  const noted = { crl, ...(objection && { objection }), ...(entry && { entry }) };
  if (!sameIssuer) return { ...noted, outcome: 'other-issuer' };
  const instead = superseded.get(crl);
  if (instead) return { ...noted, outcome: 'superseded', instead };
  if (deciding.some((item) => item.crl === crl)) return { ...noted, outcome: 'used' };
  return { ...noted, outcome: objection?.code ?? 'overruled' };
}

function describeEntry(entry: RevokedCertificate): Pick<RevocationVerdict, 'reason' | 'revokedAt' | 'invalidityDate'> {
  const reason = reasonOf(entry);
  const invalid = invalidityDateOf(entry);
  return { revokedAt: entry.revocationDate, ...(reason && { reason }), ...(invalid && { invalidityDate: invalid }) };
}

function invalidityDateOf(entry: RevokedCertificate): Date | undefined {
  try {
    return entry.crlEntryExtensions.get(invalidityDate);
  } catch (error) {
    if (error instanceof MalformedInputError) return undefined;
    throw error;
  }
}
