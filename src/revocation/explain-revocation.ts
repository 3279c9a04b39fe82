/**
 * Turns verdicts into findings: one for each certificate that is revoked or without an issuer, and one for each CRL that
 * something speaks against, however many certificates it fails. A CRL's fault is an error where it leaves a certificate
 * without a status; where another CRL covers everything it is a warning, or an info where nothing is wrong with the CRL
 * but that it is for others.
 */
import { issuerURLs } from '../chain/explain-chain.js';
import { toHex } from '../der/values.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding, Severity } from '../finding/finding.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { subjectOfCRL, type CertificateList } from '../x509/crl.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { cRLNumber } from '../x509/extensions/crl-extensions.js';
import { groupBy } from '../x509/group-by.js';
import { formatName, shortName } from '../x509/name.js';
import { isDelta } from './consider-crl.js';
import { distributionPointURLs, indirectCRLIssuers } from './crl-scope.js';
import { explainDepartures } from './explain-departures.js';
import type { JudgedSigner, RevocationVerdict } from './judge-revocation.js';
import type { JudgedCRL } from './judged-crl.js';
import { nameCRL } from '../x509/naming.js';
import type { Objection, ObjectionCode } from './objection.js';

export interface ExplanationOptions {
  readonly at: Date;
  /** In milliseconds; see `CheckRevocationInput`. */
  readonly warnBefore?: number | undefined;
}

/** How bad an objection is where no certificate is left without a status because of it. */
const elsewhere: Record<ObjectionCode, Severity> = {
  'bad-signature': 'warning',
  'signature-not-checked': 'warning',
  'key-identifier-mismatch': 'warning',
  'issuer-may-not-sign': 'warning',
  'signer-not-accepted': 'warning',
  'signer-missing': 'info',
  malformed: 'warning',
  'unhandled-critical-extension': 'warning',
  stale: 'warning',
  'not-yet-valid': 'info',
  'wrong-key': 'info',
  delta: 'info',
  indirect: 'info',
  'not-indirect': 'info',
  'partial-reasons': 'info',
  'out-of-scope': 'info',
};

/** Infos that a CRL is of no use to a certificate: of one that serves another there is nothing to be said. */
export const uselessCodes: ReadonlySet<string> = new Set(
  Object.entries(elsewhere).flatMap(([code, severity]) => (severity === 'info' ? [`crl/${code}`] : [])),
);

/** All verdicts must be about the same CRLs. */
export function explainVerdicts(verdicts: readonly RevocationVerdict[], options: ExplanationOptions): Finding[] {
  const { refused, others } = sortSigners(verdicts);
  // Who left a certificate without a status is explained like that certificate.
  const explained = [...verdicts, ...refused.flatMap((signer) => signer.verdicts)];
  const aside = others.flatMap((signer) => signer.verdicts);
  return [
    ...explained.flatMap(explainCertificate),
    ...refused.flatMap(({ findings }) => findings),
    ...explainMissing(explained),
    ...explainCRLs(explained, aside),
    ...explainDepartures(verdicts),
    ...explainAges([...explained, ...aside], options),
  ];
}

/** The signers that are not certificates in question themselves: those refused that were needed, and all others. */
function sortSigners(verdicts: readonly RevocationVerdict[]): Record<'refused' | 'others', readonly JudgedSigner[]> {
  const asked = new Set(verdicts.map(({ certificate }) => certificate));
  const signersOf = (some: readonly RevocationVerdict[]): JudgedSigner[] =>
    some.flatMap(({ signers = [] }) => signers).filter(({ certificate }) => !asked.has(certificate));
  const unknown = signersOf(verdicts.filter(({ status }) => status === 'unknown'));
  const refused = unique(unknown.filter(({ assessment }) => !assessment.accepted));
  const names = new Set(refused.map(({ certificate }) => certificate));
  const others = unique(signersOf(verdicts).filter(({ certificate }) => !names.has(certificate)));
  return { refused, others };
}

/** One for each certificate. */
function unique(signers: readonly JudgedSigner[]): JudgedSigner[] {
  return [...new Map(signers.map((signer) => [signer.certificate, signer])).values()];
}

function explainCertificate(verdict: RevocationVerdict): Finding[] {
  const { certificate, issuer, status, revokedAt, reason, crl, listedIn } = verdict;
  const subject = subjectOf(certificate);
  const place = { origin: certificate.origin };
  if (status === 'revoked' && revokedAt && crl) {
    const params = {
      revokedAt: revokedAt.toISOString(),
      reason,
      invalidityDate: verdict.invalidityDate?.toISOString(),
      crl: nameCRL(crl),
    };
    return [createFinding('crl/revoked', subject, params, place)];
  }
  if (!issuer) return [explainIssuerMissing(certificate)];
  return listedIn.flatMap(({ crl: listing, entry, outcome }) => {
    if (!entry) return [];
    const params = { crl: nameCRL(listing), revokedAt: entry.revocationDate.toISOString(), problem: outcome };
    return [createFinding('crl/listed-in-unusable', subject, params, place)];
  });
}

function explainIssuerMissing(certificate: Certificate): Finding {
  const { issuer, extensions } = certificate.tbsCertificate;
  const keyIdentifier = extensions.get(authorityKeyIdentifier)?.keyIdentifier;
  const params = {
    issuer: formatName(issuer) || '(empty name)',
    keyIdentifier: keyIdentifier && toHex(keyIdentifier),
    urls: issuerURLs(certificate),
  };
  const place = { origin: certificate.origin };
  return createFinding('crl/issuer-certificate-missing', subjectOf(certificate), params, place);
}

const nameOf = ({ certificate }: RevocationVerdict): string => shortName(certificate.tbsCertificate.subject);

/** True where nothing speaks against any CRL, because there is none in the issuer's name. */
function hasNoCRL({ status, issuer, considered }: RevocationVerdict): boolean {
  return status === 'unknown' && issuer !== undefined && considered.every(isOfOthers);
}

function isOfOthers({ outcome }: JudgedCRL): boolean {
  return outcome === 'other-issuer' || outcome === 'duplicate';
}

/** One finding for each issuer without any CRL. */
function explainMissing(verdicts: readonly RevocationVerdict[]): Finding[] {
  const byIssuer = groupBy(verdicts.filter(hasNoCRL), ({ issuer }) => issuer);
  return Array.from(byIssuer).flatMap(([issuer, uncovered]) => {
    if (!issuer) return [];
    const params = {
      issuer: formatName(issuer.tbsCertificate.subject),
      certificates: uncovered.map(nameOf),
      urls: [...new Set(uncovered.flatMap(({ certificate }) => distributionPointURLs(certificate)))],
      cRLIssuers: [...new Set(uncovered.flatMap(({ certificate }) => indirectCRLIssuers(certificate)))],
    };
    return createFinding('crl/missing', subjectOf(issuer), params, { origin: issuer.origin });
  });
}

/** What became of one CRL, over all certificates that it may be about. */
interface Fate {
  readonly crl: CertificateList;
  readonly judged: { readonly verdict: RevocationVerdict; readonly item: JudgedCRL }[];
}

function fatesOf(verdicts: readonly RevocationVerdict[]): readonly Fate[] {
  const asked = verdicts.find(({ considered }) => considered.length > 0);
  const fates = (asked?.considered ?? []).map(({ crl }): Fate => ({ crl, judged: [] }));
  for (const verdict of verdicts) {
    for (const [position, item] of verdict.considered.entries()) {
      if (item.outcome !== 'other-issuer') fates[position]?.judged.push({ verdict, item });
    }
  }
  return fates;
}

/** One for each CRL, however many certificates it is not about. */
const unrelated = new WeakMap<CertificateList, Finding>();

function explainUnrelated(crl: CertificateList): Finding {
  const known = unrelated.get(crl) ?? createFinding('crl/unrelated', subjectOfCRL(crl), {}, { origin: crl.origin });
  unrelated.set(crl, known);
  return known;
}

/** @param aside verdicts on signers that nobody's status failed on; they show what else a CRL was good for. */
function explainCRLs(explained: readonly RevocationVerdict[], aside: readonly RevocationVerdict[]): Finding[] {
  const findings: Finding[] = [];
  for (const fate of fatesOf([...explained, ...aside])) {
    if (fate.judged.length === 0) findings.push(explainUnrelated(fate.crl));
    else findings.push(...explainFate(fate, aside));
  }
  return findings;
}

function explainFate(fate: Fate, aside: readonly RevocationVerdict[]): Finding[] {
  const { crl, judged } = fate;
  const repeated = judged.find(({ item }) => item.outcome === 'duplicate')?.item.instead;
  if (repeated) {
    const params = { first: nameCRL(repeated) };
    return [createFinding('crl/duplicate', subjectOfCRL(crl), params, { origin: crl.origin })];
  }
  const newer = judged.find(({ item }) => item.outcome === 'superseded')?.item.instead;
  return [...(newer ? [explainSuperseded(crl, newer)] : []), ...explainObjections(fate, aside)];
}

export function explainSuperseded(crl: CertificateList, newer: CertificateList): Finding {
  const params = {
    by: nameCRL(newer),
    number: crl.tbsCertList.crlExtensions.get(cRLNumber)?.toString(),
    thisUpdate: crl.tbsCertList.thisUpdate.toISOString(),
    newerNumber: newer.tbsCertList.crlExtensions.get(cRLNumber)?.toString(),
    newerThisUpdate: newer.tbsCertList.thisUpdate.toISOString(),
  };
  return createFinding('crl/superseded', subjectOfCRL(crl), params, { origin: crl.origin });
}

/** One finding for each code that speaks against the CRL; superseded ones are past caring. */
function explainObjections({ crl, judged }: Fate, aside: readonly RevocationVerdict[]): Finding[] {
  const byCode = new Map<string, { objection: Objection; unknown: string[] }>();
  for (const { verdict, item } of judged) {
    if (!item.objection || item.outcome === 'superseded' || (aside.includes(verdict) && isCircular(item))) continue;
    const same = byCode.get(item.objection.code) ?? { objection: item.objection, unknown: [] };
    if (verdict.status === 'unknown' && !aside.includes(verdict)) same.unknown.push(nameOf(verdict));
    byCode.set(item.objection.code, same);
  }
  const isUsed = judged.some(({ item }) => item.outcome === 'used');
  return Array.from(byCode.values()).flatMap(({ objection, unknown }) => {
    const { code, params } = objection;
    if (unknown.length === 0) {
      // A CRL that serves one certificate is allowed to be for no other.
      return isUsed && elsewhere[code] === 'info' ? [] : [explainElsewhere(crl, objection)];
    }
    const place = { origin: crl.origin, severity: 'error' as const };
    return [createFinding(`crl/${code}`, subjectOfCRL(crl), { ...params, certificates: unknown }, place)];
  });
}

/** The latest of each CRL: what is held against it is often the same for thousands of certificates. */
const saidElsewhere = new WeakMap<CertificateList, { readonly objection: Objection; readonly finding: Finding }>();

/** What speaks against a CRL that left no certificate without a status. */
function explainElsewhere(crl: CertificateList, objection: Objection): Finding {
  const known = saidElsewhere.get(crl);
  if (known?.objection === objection) return known.finding;
  const { code, params } = objection;
  const place = { origin: crl.origin, severity: elsewhere[code] };
  const finding = createFinding(`crl/${code}`, subjectOfCRL(crl), { ...params, certificates: [] }, place);
  saidElsewhere.set(crl, { objection, finding });
  return finding;
}

/** A signer cannot clear itself; where it is cleared otherwise that is nobody's fault. */
function isCircular({ objection }: JudgedCRL): boolean {
  return objection?.code === 'signer-not-accepted' && objection.params.problem === 'circular';
}

/** What is to be said of the CRLs that verdicts rest on, although they are current. */
function explainAges(verdicts: readonly RevocationVerdict[], { at, warnBefore }: ExplanationOptions): Finding[] {
  const used = verdicts.flatMap(({ considered }) => {
    const resting = considered.filter(({ outcome }) => outcome === 'used').map(({ crl }) => crl);
    const isStale = ({ tbsCertList: { nextUpdate } }: CertificateList): boolean =>
      nextUpdate !== undefined && nextUpdate < at;
    // Where a delta ends and the complete CRL goes on, nobody is left without a status.
    return resting.some(isStale) ? resting : resting.filter((crl) => !isDelta(crl));
  });
  return [...new Set(used)].flatMap((crl) => explainAge(crl, at, warnBefore));
}

/** Warnings about a CRL that ends soon, or never. */
export function explainAge(crl: CertificateList, at: Date, warnBefore: number | undefined): Finding[] {
  const { nextUpdate } = crl.tbsCertList;
  const subject = subjectOfCRL(crl);
  const place = { origin: crl.origin };
  if (!nextUpdate) return [createFinding('crl/no-next-update', subject, {}, place)];
  const left = nextUpdate.getTime() - at.getTime();
  if (warnBefore === undefined || left < 0 || left > warnBefore) return [];
  const params = { nextUpdate: nextUpdate.toISOString(), at: at.toISOString() };
  return [createFinding('crl/expires-soon', subject, params, place)];
}
