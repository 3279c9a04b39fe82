/** Chooses which of many CRLs belong into one file for `tls-crl`: the newest of each issuer, key and scope. */
import { separateMalformed } from '../chain/pile.js';
import { toHex } from '../der/values.js';
import { createFinding } from '../finding/catalogue.js';
import { isOk, type Finding } from '../finding/finding.js';
import { equalNames, nameKey } from '../names/distinguished-name.js';
import type { Certificate } from '../x509/certificate.js';
import { encodePemBytes } from '../pem/encode.js';
import { subjectOfCRL, type CertificateList, type WholeCRL } from '../x509/crl.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { groupBy } from '../x509/group-by.js';
import { deltaCRLIndicator } from '../x509/extensions/crl-extensions.js';
import { authenticateCRL } from './authenticate-crl.js';
import { checkCertificates, type CheckCertificatesResult } from './check-certificates.js';
import { removeDuplicateCRLs } from './crl-pile.js';
import { scopeKey } from './crl-scope.js';
import { explainSuperseded } from './explain-revocation.js';
import { nameCRL } from '../x509/naming.js';
import { findSuccessors } from './newest.js';
import { bytesOfCRL } from './streamed-crl.js';
import { explainDates, surveyCRL } from './survey-crl.js';

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

export interface JoinCRLsResult<CRL extends CertificateList = WholeCRL> {
  /** True when no finding is an error. */
  readonly ok: boolean;
  /** In the order given. */
  readonly kept: readonly CRL[];
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
export function joinCRLs<CRL extends CertificateList>(
  crls: readonly CRL[],
  options: JoinCRLsOptions,
): JoinCRLsResult<CRL> {
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
    const fault = findFault(crl, chain, at);
    if (fault) leftOut.push({ crl, reason: fault.code === 'crl/malformed' ? 'malformed' : 'bad-signature' });
    if (fault) findings.push(fault);
    return !fault;
  });
  const successors = findAllSuccessors(fit, at);
  const kept = fit.filter((crl) => {
    const instead = successors.get(crl);
    if (instead) leftOut.push({ crl, reason: 'superseded', instead });
    if (instead) findings.push(explainSuperseded(crl, instead));
    return !instead;
  });
  if (kept.length === 0) findings.push(createFinding('crl/none', { kind: 'file', name: 'the input' }, {}));
  const coverage =
    options.for && checkCertificates({ certificates: options.for, crls: kept, at, scope: 'chain', warnBefore });
  const own = kept.flatMap((crl) => explainKept(crl, options));
  const said = new Set((coverage?.findings ?? []).map(faultOf));
  findings.push(...(coverage?.findings ?? []), ...own.filter((finding) => !said.has(faultOf(finding))));
  if (!options.for && kept.length > 0)
    findings.push(createFinding('crl/not-verified', { kind: 'file', name: 'the CRLs' }, {}));
  return { ok: isOk(findings), kept, leftOut, ...(coverage && { coverage }), findings };
}

/**
 * The file for `tls-crl`, as bytes: it may be more than a string can hold. The label is `X509 CRL`, which OpenSSL wants;
 * @peculiar/x509 and others write `CRL`. @throws UnreadEvidenceError for a CRL that was streamed.
 */
export function encodeCRLs(crls: readonly CertificateList[]): Uint8Array {
  const blocks = crls.map((crl) => encodePemBytes('X509 CRL', bytesOfCRL(crl)));
  return blocks.length === 1 && blocks[0] ? blocks[0] : Buffer.concat(blocks);
}

function faultOf({ code, subject, origin }: Finding): string {
  return [code, subject.name, origin?.file, origin?.index, origin?.line].join('\n');
}

/** What keeps a CRL out of the file for its own sake. */
function findFault(crl: CertificateList, chain: readonly Certificate[], at: Date): Finding | undefined {
  const damage = surveyCRL(crl, { at }).findings.find(({ code }) => code === 'crl/malformed');
  if (damage) return damage;
  const sameName = chain.filter(({ tbsCertificate }) => equalNames(tbsCertificate.subject, crl.tbsCertList.issuer));
  const checks = sameName.map((issuer) => authenticateCRL(crl, issuer));
  if (checks.some(({ genuine }) => genuine)) return undefined;
  const bad = checks.find(({ objection }) => objection?.code === 'bad-signature')?.objection;
  if (bad?.code !== 'bad-signature') return undefined;
  return createFinding(
    'crl/bad-signature',
    subjectOfCRL(crl),
    { ...bad.params, certificates: [] },
    { origin: crl.origin },
  );
}

/** Each CRL that another of its series makes superfluous, with that one. */
function findAllSuccessors<CRL extends CertificateList>(crls: readonly CRL[], at: Date): ReadonlyMap<CRL, CRL> {
  const found = [...groupBy(crls, seriesKey).values()].flatMap((series) => [
    ...findSuccessors(series, (newer, older) => mayDisplace(newer, older, at)),
  ]);
  return new Map(found);
}

/** The same for CRLs of one issuer and key about the same certificates; deltas to one base among themselves. */
function seriesKey({ tbsCertList }: CertificateList): string {
  const { issuer, crlExtensions } = tbsCertList;
  const keyIdentifier = crlExtensions.get(authorityKeyIdentifier)?.keyIdentifier;
  const base = crlExtensions.get(deltaCRLIndicator);
  return [nameKey(issuer), keyIdentifier && toHex(keyIdentifier), scopeKey(tbsCertList), base?.toString()].join('\n');
}

/** Valid already, and not itself stale where the older one is current. */
function mayDisplace(newer: CertificateList, older: CertificateList, at: Date): boolean {
  return newer.tbsCertList.thisUpdate <= at && (!isStale(newer, at) || isStale(older, at));
}

function isStale({ tbsCertList: { nextUpdate } }: CertificateList, at: Date): boolean {
  return nextUpdate !== undefined && nextUpdate < at;
}

/** What will be wrong with a CRL in the file, whomever it serves. */
function explainKept(crl: CertificateList, options: JoinCRLsOptions): Finding[] {
  const findings = explainDates(crl, options, 'error');
  const base = crl.tbsCertList.crlExtensions.get(deltaCRLIndicator);
  if (base !== undefined) {
    const params = { base: base.toString(), certificates: [] };
    findings.push(createFinding('crl/delta', subjectOfCRL(crl), params, { origin: crl.origin, severity: 'warning' }));
  }
  return findings;
}
