/** Chooses which of many CRLs belong into one file for `tls-crl`: the newest of each issuer, key and scope. */
import { separateMalformed } from '../chain/pile.js';
import { toHex } from '../der/values.js';
import { createFinding } from '../finding/catalogue.js';
import { isOk, type Finding } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { equalNames, nameKey } from '../names/distinguished-name.js';
import type { Certificate } from '../x509/certificate.js';
import { subjectOfCRL, type CertificateList } from '../x509/crl.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { deltaCRLIndicator } from '../x509/extensions/crl-extensions.js';
import { authenticateCRL } from './authenticate-crl.js';
import { checkCertificates, type CheckCertificatesResult } from './check-certificates.js';
import { removeDuplicateCRLs } from './check-revocation.js';
import { findMalformation } from './crl-gate.js';
import { scopeKey } from './crl-scope.js';
import { explainAge, explainSuperseded } from './explain-revocation.js';
import { isNewer } from './judge-revocation.js';
import { nameCRL } from './naming.js';
import { scanCRL } from './scan-crl.js';

export interface JoinCRLsOptions {
  readonly at: Date;
  /** The chain that the file will serve: says which CA has no CRL, and whose signatures can be checked. */
  readonly for?: readonly Certificate[] | undefined;
  /** In milliseconds; see `CheckRevocationInput`. */
  readonly warnBefore?: number | undefined;
}

export interface LeftOutCRL {
  readonly crl: CertificateList;
  readonly reason: 'duplicate' | 'superseded' | 'malformed' | 'bad-signature';
  /** The CRL that is kept in its stead. */
  readonly instead?: CertificateList;
}

export interface JoinCRLsResult {
  /** True when no finding is an error. */
  readonly ok: boolean;
  /** In the order given. */
  readonly kept: readonly CertificateList[];
  readonly leftOut: readonly LeftOutCRL[];
  /** What the joined file says of the chain, where one was given. */
  readonly coverage?: CheckCertificatesResult;
  readonly findings: readonly Finding[];
}

/**
 * Chooses the CRLs for one file. Superseded is a CRL where a newer one of the same issuer, key and scope is there that
 * is valid already and is not itself stale while the older one is current (RFC 5280 5.2.3). Signatures are checked only
 * with `for`, against the CAs of that chain: without it a forged CRL with a high number would displace the real one, and
 * `crl/not-verified` says so. Stale CRLs stay, with an error: without them OpenSSL would say less.
 */
export function joinCRLs(crls: readonly CertificateList[], options: JoinCRLsOptions): JoinCRLsResult {
  const { at, warnBefore } = options;
  const { unique, repeated } = removeDuplicateCRLs(crls);
  const leftOut: LeftOutCRL[] = [];
  const findings: Finding[] = [];
  const chain = separateMalformed(options.for ?? []).wellFormed;
  for (const [position, instead] of repeated) {
    const crl = crls[position];
    if (!crl) continue;
    leftOut.push({ crl, reason: 'duplicate', instead });
    const params = { first: nameCRL(instead) };
    findings.push(createFinding('crl/duplicate', subjectOfCRL(crl), params, { origin: crl.origin }));
  }
  const fit = unique.filter((crl) => {
    const fault = findFault(crl, chain);
    if (fault) leftOut.push({ crl, reason: fault.code === 'crl/malformed' ? 'malformed' : 'bad-signature' });
    if (fault) findings.push(fault);
    return !fault;
  });
  const kept = fit.filter((crl) => {
    const instead = fit.find((other) => displaces(other, crl, at));
    if (instead) leftOut.push({ crl, reason: 'superseded', instead });
    if (instead) findings.push(explainSuperseded(crl, instead));
    return !instead;
  });
  if (kept.length === 0) findings.push(createFinding('crl/none', { kind: 'file', name: 'the input' }, {}));
  const coverage =
    options.for && checkCertificates({ certificates: options.for, crls: kept, at, scope: 'chain', warnBefore });
  const own = kept.flatMap((crl) => explainKept(crl, options));
  const said = new Set((coverage?.findings ?? []).map(identifyFinding));
  findings.push(...(coverage?.findings ?? []), ...own.filter((finding) => !said.has(identifyFinding(finding))));
  if (!options.for && kept.length > 0)
    findings.push(createFinding('crl/not-verified', { kind: 'file', name: 'the input' }, {}));
  return { ok: isOk(findings), kept, leftOut, ...(coverage && { coverage }), findings };
}

function identifyFinding({ code, subject, origin }: Finding): string {
  return [code, subject.name, origin?.file, origin?.index, origin?.line].join('\n');
}

/** What keeps a CRL out of the file for its own sake. */
function findFault(crl: CertificateList, chain: readonly Certificate[]): Finding | undefined {
  const place = { origin: crl.origin };
  const malformation = findMalformation(crl) ?? findDamagedEntry(crl);
  if (malformation) {
    const { offset, detail } = malformation;
    return createFinding('crl/malformed', subjectOfCRL(crl), { offset, detail, certificates: [] }, place);
  }
  const sameName = chain.filter(({ tbsCertificate }) => equalNames(tbsCertificate.subject, crl.tbsCertList.issuer));
  const checks = sameName.map((issuer) => authenticateCRL(crl, issuer));
  if (checks.some(({ genuine }) => genuine)) return undefined;
  const bad = checks.find(({ objection }) => objection?.code === 'bad-signature')?.objection;
  if (bad?.code !== 'bad-signature') return undefined;
  return createFinding('crl/bad-signature', subjectOfCRL(crl), { ...bad.params, certificates: [] }, place);
}

function findDamagedEntry(crl: CertificateList): MalformedInputError | undefined {
  try {
    scanCRL(crl, []);
  } catch (error) {
    if (error instanceof MalformedInputError) return error;
    throw error;
  }
  return undefined;
}

/** The same for CRLs of one issuer and key about the same certificates; deltas to one base among themselves. */
function seriesKey({ tbsCertList }: CertificateList): string {
  const { issuer, crlExtensions } = tbsCertList;
  const keyIdentifier = crlExtensions.get(authorityKeyIdentifier)?.keyIdentifier;
  const base = crlExtensions.get(deltaCRLIndicator);
  return [nameKey(issuer), keyIdentifier && toHex(keyIdentifier), scopeKey(tbsCertList), base?.toString()].join('\n');
}

function displaces(newer: CertificateList, older: CertificateList, at: Date): boolean {
  if (newer === older || seriesKey(newer) !== seriesKey(older)) return false;
  if (newer.tbsCertList.thisUpdate > at || (isStale(newer, at) && !isStale(older, at))) return false;
  return isNewer(newer, older);
}

function isStale({ tbsCertList: { nextUpdate } }: CertificateList, at: Date): boolean {
  return nextUpdate !== undefined && nextUpdate < at;
}

/** What will be wrong with a CRL in the file, whomever it serves. */
function explainKept(crl: CertificateList, { at, warnBefore }: JoinCRLsOptions): Finding[] {
  const { thisUpdate, nextUpdate, crlExtensions } = crl.tbsCertList;
  const subject = subjectOfCRL(crl);
  const place = { origin: crl.origin };
  const findings = explainAge(crl, at, warnBefore);
  const base = crlExtensions.get(deltaCRLIndicator);
  if (base !== undefined) {
    const params = { base: base.toString(), certificates: [] };
    findings.push(createFinding('crl/delta', subject, params, { ...place, severity: 'warning' }));
  }
  if (at < thisUpdate) {
    const params = { thisUpdate: thisUpdate.toISOString(), at: at.toISOString(), certificates: [] };
    findings.push(createFinding('crl/not-yet-valid', subject, params, { ...place, severity: 'warning' }));
  }
  if (nextUpdate && isStale(crl, at)) {
    const params = { nextUpdate: nextUpdate.toISOString(), at: at.toISOString(), certificates: [] };
    findings.push(createFinding('crl/stale', subject, params, place));
  }
  return findings;
}
