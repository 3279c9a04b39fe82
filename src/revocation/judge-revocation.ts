/**
 * The status of one certificate from all CRLs at hand (RFC 5280 6.3.3).
 *
 * `unknown` is the rule and `good` the exception that has to be earned: genuine, current CRLs, brought up to date by their
 * deltas, whose scopes cover the certificate for all reasons together must pass it over in silence, and no other genuine
 * CRL, usable or not, may list it. `revoked` is easier to come by: a stale CRL, or one for some reasons only, still revokes
 * what it lists. The RFC takes one CRL after the other until it has seen enough; here all of them are looked at, so that
 * the verdict does not hang on their order.
 */
import type { Finding } from '../finding/finding.js';
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { deltaCRLIndicator } from '../x509/extensions/crl-extensions.js';
import { invalidityDate, type CRLReason } from '../x509/extensions/crl-entry-extensions.js';
import type { ReasonFlags } from '../x509/extensions/distribution-points.js';
import type { RevokedCertificate } from '../x509/crl-entry.js';
import { groupBy } from '../x509/group-by.js';
import { spkiKey } from '../x509/subject-public-key-info.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { equalNames, nameKey } from '../names/distinguished-name.js';
import { explainUnapplied, revokes, sharesKey, updateCRL, type UpdatedCRL } from './combine-deltas.js';
import { considerCRL, isDelta, reasonOf, type ConsideredCRL, type RevocationQuestion } from './consider-crl.js';
import type { CRLEvidence } from './crl-evidence.js';
import type { CRLPile } from './crl-pile.js';
import type { JudgedCRL } from './judged-crl.js';
import { scopeKey } from './crl-scope.js';
import type { SignerAssessment } from './find-signer.js';
import { findSuccessors } from './newest.js';
import { makeObjection, mayRevoke, type Objection } from './objection.js';
import { missingReasons, uniteReasons } from './reasons.js';

export type RevocationStatus = 'good' | 'revoked' | 'unknown';

/** A certificate that signed CRLs without being on the path of the certificate in question. */
export interface JudgedSigner {
  readonly certificate: Certificate;
  readonly assessment: SignerAssessment;
  /** Its own status, and that of CAs between it and the path. */
  readonly verdicts: readonly RevocationVerdict[];
  /** What the path validation of the caller held against it. */
  readonly findings: readonly Finding[];
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
  /** Those who signed any of the CRLs without being on the path, whether they were accepted or not. */
  readonly signers?: readonly JudgedSigner[];
}

export function judgeRevocation(question: RevocationQuestion, pile: CRLPile, evidence: CRLEvidence): RevocationVerdict {
  const considered = pile.relatedTo(question.certificate).map((crl) => considerCRL(crl, question, evidence));
  const genuine = considered.filter((item) => item.genuine);
  const speaking = genuine.filter(({ objection }) => mayRevoke(objection));
  const [deltas, complete] = [true, false].map((wanted) => speaking.filter(({ crl }) => isDelta(crl) === wanted));
  const superseded = findSuperseded(complete ?? []);
  const updated = (complete ?? [])
    .filter(({ crl }) => !superseded.has(crl))
    .map((item) => updateCRL(item, deltas ?? []))
    .sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  const unapplied = settleDeltas(deltas ?? [], updated, superseded);
  const silent = genuine.filter(
    (item) => !superseded.has(item.crl) && (!mayRevoke(item.objection) || unapplied.has(item)),
  );
  const decision = decide(updated, silent);
  const wholes = new Map(updated.map((whole) => [whole.complete, whole]));
  const judged = considered.map((item) => judge(item, { superseded, wholes, unapplied, decision }));
  const { certificate, issuer } = question;
  const listedIn = judged.filter(({ entry, outcome }) => entry && outcome !== 'superseded');
  const [first] = decision.deciding;
  return {
    certificate,
    issuer,
    status: decision.status,
    ...(decision.status === 'revoked' && first?.entry && describeEntry(first.entry)),
    ...(first && { crl: first.crl }),
    listedIn: decision.status === 'unknown' ? listedIn : [],
    considered: pile.complete(judged),
  };
}

/** The newest of each series (RFC 5280 5.2.3) by those that it makes superfluous; all are complete. */
function findSuperseded(complete: readonly ConsideredCRL[]): Map<CertificateList, CertificateList> {
  const superseded = new Map<CertificateList, CertificateList>();
  for (const series of groupBy(complete, seriesOf).values()) {
    const objections = new Map(series.map(({ crl, objection }) => [crl, objection]));
    // One with an objection never outdoes one without.
    const successors = findSuccessors(
      [...objections.keys()],
      (newer, older) => !objections.get(newer) || !!objections.get(older),
    );
    for (const [older, newer] of successors) superseded.set(older, newer);
  }
  return superseded;
}

/** The same for CRLs of the same issuer, key and scope. */
function seriesOf({ crl: { tbsCertList }, signer }: ConsideredCRL): string {
  const key = signer && spkiKey(signer.tbsCertificate.subjectPublicKeyInfo);
  return [nameKey(tbsCertList.issuer), key, scopeKey(tbsCertList)].join('\n');
}

/** Notes the outdated among the deltas that did not apply; returns what speaks against the others. */
function settleDeltas(
  deltas: readonly ConsideredCRL[],
  updated: readonly UpdatedCRL[],
  superseded: Map<CertificateList, CertificateList>,
): ReadonlyMap<ConsideredCRL, Objection> {
  const unapplied = new Map<ConsideredCRL, Objection>();
  for (const delta of deltas) {
    if (updated.some(({ deltas: applied, listing }) => applied.includes(delta) || listing?.item === delta)) continue;
    const fate = explainUnapplied(delta, updated);
    if ('outdatedBy' in fate) superseded.set(delta.crl, fate.outdatedBy);
    else {
      const base = delta.crl.tbsCertList.crlExtensions.get(deltaCRLIndicator)?.toString() ?? '';
      unapplied.set(delta, delta.objection ?? makeObjection('delta', { base, misfit: fate.misfit }));
    }
  }
  return unapplied;
}

interface Decision {
  readonly status: RevocationStatus;
  /** The CRLs that the status rests on, the foremost first. */
  readonly deciding: ReadonlySet<ConsideredCRL>;
  /** The reasons that no CRL covers. */
  readonly missing: readonly string[];
  /** False where a `good` rests on CRLs that every verifier reads. */
  readonly departs: boolean;
}

function decide(updated: readonly UpdatedCRL[], silent: readonly ConsideredCRL[]): Decision {
  const listings = updated.flatMap(({ listing }) => (listing ? [listing.item] : []));
  // RFC 5280 6.3.3 steps (i) and (j)
  if (listings.length > 0) {
    const deciding = [...new Set(listings)].sort((a, b) => Number(!!a.objection) - Number(!!b.objection));
    return { status: 'revoked', deciding: new Set(deciding), missing: [], departs: false };
  }
  const clearing = updated.filter(({ objection }) => !objection);
  // RFC 5280 6.3.3 step (l). Deviation: step (e) would leave out a CRL that adds no reason; it may still list the certificate.
  const missing = missingReasons(coveredBy(clearing));
  if (missing.length > 0 || silent.some((item) => contradicts(item, clearing))) {
    return { status: 'unknown', deciding: new Set(), missing, departs: false };
  }
  const deciding = clearing.flatMap(({ complete, deltas }) => [complete, ...deltas]);
  const plain = clearing.filter(({ complete }) => complete.departures.length === 0);
  const departs = missingReasons(coveredBy(plain)).length > 0;
  return { status: 'good', deciding: new Set(deciding), missing, departs };
}

function coveredBy(clearing: readonly UpdatedCRL[]): ReasonFlags {
  return uniteReasons(clearing.map(({ complete }) => complete.reasons));
}

/**
 * A genuine CRL that cannot be used as such still forbids `good` where it lists the certificate, or may; unless the same
 * issuer cleared the certificate later with the same key.
 */
function contradicts(item: ConsideredCRL, clearing: readonly UpdatedCRL[]): boolean {
  const { crl, objection, entry } = item;
  if (!entry && objection?.code !== 'malformed') return false;
  // RFC 5280 6.3.3 step (k): removed means not revoked.
  if (isDelta(crl) && entry) return revokes(entry);
  const later = clearing.filter(
    ({ complete, thisUpdate }) => thisUpdate > crl.tbsCertList.thisUpdate && sharesIssuer(complete, item),
  );
  return missingReasons(coveredBy(later)).length > 0;
}

function sharesIssuer(a: ConsideredCRL, b: ConsideredCRL): boolean {
  return equalNames(a.crl.tbsCertList.issuer, b.crl.tbsCertList.issuer) && sharesKey(a, b);
}

interface Reckoning {
  readonly superseded: ReadonlyMap<CertificateList, CertificateList>;
  /** By the complete CRL. */
  readonly wholes: ReadonlyMap<ConsideredCRL, UpdatedCRL>;
  readonly unapplied: ReadonlyMap<ConsideredCRL, Objection>;
  readonly decision: Decision;
}

function judge(item: ConsideredCRL, { superseded, wholes, unapplied, decision }: Reckoning): JudgedCRL {
  const { crl, relation, entry, signer, departures } = item;
  if (relation === 'none') return { crl, outcome: 'other-issuer' };
  const isUsed = decision.deciding.has(item);
  // A delta may have made a stale CRL current.
  const whole = wholes.get(item) ?? item;
  const objection = unapplied.get(item) ?? whole.objection ?? (isUsed ? undefined : findPartialReasons(item, decision));
  const noted = { crl, ...(objection && { objection }), ...(entry && { entry }), ...(signer && { signer }) };
  const instead = superseded.get(crl);
  if (instead) return { ...noted, outcome: 'superseded', instead };
  if (isUsed) return { ...noted, outcome: 'used', ...(decision.departs && departures.length > 0 && { departures }) };
  return { ...noted, outcome: objection?.code ?? 'overruled' };
}

function findPartialReasons({ genuine, reasons }: ConsideredCRL, { missing }: Decision): Objection | undefined {
  if (!genuine || missingReasons(reasons).length === 0) return undefined;
  return makeObjection('partial-reasons', { reasons: [...reasons], missing });
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
