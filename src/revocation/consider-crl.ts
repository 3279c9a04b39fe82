/**
 * One CRL held against one certificate: whose it is, whether it can be read, what it covers, when (RFC 5280 6.3.3 steps
 * (a), (b), (d), (f) and (g)). The first objection counts; nothing is decided here that needs a second CRL.
 */
import { toHex } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { equalNames } from '../names/distinguished-name.js';
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import type { RevokedCertificate } from '../x509/crl-entry.js';
import { reasonCode, type CRLReason } from '../x509/extensions/crl-entry-extensions.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { deltaCRLIndicator, issuingDistributionPoint } from '../x509/extensions/crl-extensions.js';
import type { ReasonFlags } from '../x509/extensions/distribution-points.js';
import type { CRLEvidence } from './crl-evidence.js';
import { findSigner, type FoundSigner, type SignerAuthority } from './find-signer.js';
import { matchScope, relateIssuers, type CRLRelation, type ScopeMatch } from './match-scope.js';
import { makeObjection, type Objection } from './objection.js';
import { allReasons } from './reasons.js';
import type { CRLScan } from './scan-crl.js';
import { type ListedCertificate } from './entry-tally.js';

/** Whether a certificate is revoked, and what is known when. */
export interface RevocationQuestion {
  readonly certificate: Certificate;
  /** Whose key signed the certificate. */
  readonly issuer: Certificate;
  readonly at: Date;
  /** Who may sign CRLs. */
  readonly authority: SignerAuthority;
}

/** What a status may rest on that OpenSSL 3.0 does not follow, or only where it is asked to. */
export type Departure =
  | 'indirect'
  | 'partial-reasons'
  | 'signer-outside-path'
  | 'vouches-for-itself'
  | 'issuer-as-distribution-point'
  | 'later-distribution-points';

export interface ConsideredCRL {
  readonly crl: CertificateList;
  readonly relation: CRLRelation;
  /** The certificate whose key made the signature, where one was found. */
  readonly signer: Certificate | undefined;
  /** True when the signer may speak for the issuer of the CRL. */
  readonly genuine: boolean;
  /** What speaks against it, if anything does. */
  readonly objection: Objection | undefined;
  /** The certificate's entry; looked for in genuine CRLs only. */
  readonly entry: RevokedCertificate | undefined;
  /** What it covers, unless something speaks against it. */
  readonly reasons: ReasonFlags;
  readonly departures: readonly Departure[];
}

/**
 * Critical CRL extensions that are processed; any other makes the CRL unusable (RFC 5280 5.2).
 * Deviation: cRLNumber and freshestCRL are understood too, but RFC 5280 has them non-critical, and OpenSSL 3.0 gives
 * error 36 where they are marked critical.
 */
const processedWhenCritical: readonly string[] = [
  issuingDistributionPoint.extnID,
  deltaCRLIndicator.extnID,
  authorityKeyIdentifier.extnID,
];

export function considerCRL(crl: CertificateList, question: RevocationQuestion, evidence: CRLEvidence): ConsideredCRL {
  const { certificate, authority, at } = question;
  const { tbsCertList } = crl;
  // RFC 5280 6.3.3 step (b)(1)
  const relation = relateIssuers(tbsCertList, certificate);
  const nothing: ConsideredCRL = {
    crl,
    relation,
    signer: undefined,
    genuine: false,
    objection: undefined,
    entry: undefined,
    reasons: allReasons,
    departures: [],
  };
  if (relation === 'none') return nothing;
  const malformation = evidence.findMalformation(crl);
  if (malformation) return { ...nothing, objection: malformed(malformation) };
  // RFC 5280 6.3.3 steps (f) and (g)
  const found = findSigner(crl, certificate, relation, authority, evidence);
  const { signer, genuine } = found;
  if (!genuine) return { ...nothing, signer, objection: found.objection };
  // RFC 5280 6.3.3 step (a): both bounds belong to the period.
  const { thisUpdate } = tbsCertList;
  if (at < thisUpdate) {
    const params = { thisUpdate: thisUpdate.toISOString(), at: at.toISOString() };
    return { ...nothing, signer, objection: makeObjection('not-yet-valid', params) };
  }
  const scan = evidence.scan(crl, certificate);
  if (scan instanceof MalformedInputError) return { ...nothing, signer, genuine, objection: malformed(scan) };
  const entry = findEntry(scan, crl, certificate);
  const scope = matchScope(tbsCertList, certificate, relation);
  const form = findFormObjection(crl, scan, entry);
  const objection = form ?? (scope.covers ? (found.objection ?? findAgeObjection(crl, at)) : scope.objection);
  const reasons = scope.covers ? scope.reasons : allReasons;
  return { crl, relation, signer, genuine, entry, objection, reasons, departures: listDepartures(crl, found, scope) };
}

function malformed({ offset, detail }: MalformedInputError): Objection {
  return makeObjection('malformed', { offset, detail });
}

/** The reason of an entry; undefined where it has none, or none that can be read. */
export function reasonOf(entry: RevokedCertificate): CRLReason | undefined {
  try {
    return entry.crlEntryExtensions.get(reasonCode);
  } catch (error) {
    if (error instanceof MalformedInputError) return undefined;
    throw error;
  }
}

/** RFC 5280 6.3.3 steps (i) and (j): the same issuer and serial number; of several entries the one that revokes. */
function findEntry({ found }: CRLScan, crl: CertificateList, certificate: Certificate): RevokedCertificate | undefined {
  const { serialNumber, issuer } = certificate.tbsCertificate;
  // RFC 5280 5.3.3: the issuer of the CRL, until an entry names another.
  const isAbout = ({ certificateIssuer }: ListedCertificate): boolean =>
    certificateIssuer
      ? certificateIssuer.some((name) => name.type === 'directoryName' && equalNames(name.value, issuer))
      : equalNames(crl.tbsCertList.issuer, issuer);
  const entries = (found.get(toHex(serialNumber)) ?? []).filter(isAbout);
  return entries.find((entry) => reasonOf(entry) !== 'removeFromCRL') ?? entries[0];
}

export function isDelta({ tbsCertList }: CertificateList): boolean {
  return tbsCertList.crlExtensions.has(deltaCRLIndicator);
}

/** What keeps a CRL from being read as what it says it is. */
function findFormObjection(
  crl: CertificateList,
  scan: CRLScan,
  entry: RevokedCertificate | undefined,
): Objection | undefined {
  const { crlExtensions, revokedCertificates } = crl.tbsCertList;
  const unprocessed = crlExtensions.list.find(
    ({ critical, extnID }) => critical && !processedWhenCritical.includes(extnID),
  );
  if (unprocessed) {
    const { extnID, offset } = unprocessed;
    return makeObjection('unhandled-critical-extension', { extnID, offset, where: 'crl' });
  }
  // RFC 5280 5.3. Deviation: a critical reasonCode or invalidityDate counts as unhandled although both are understood;
  // RFC 5280 has them non-critical, and OpenSSL 3.0 gives error 36.
  if (scan.criticalExtension) {
    return makeObjection('unhandled-critical-extension', { ...scan.criticalExtension, where: 'entry' });
  }
  // RFC 5280 5.2.5 and 5.3.3: entries about others want the flag.
  const isIndirect = crlExtensions.get(issuingDistributionPoint)?.indirectCRL ?? false;
  if (!isIndirect && scan.certificateIssuerAt !== undefined) return makeObjection('indirect', {});
  if (entry && !isDelta(crl) && reasonOf(entry) === 'removeFromCRL') {
    const detail = 'removeFromCRL stands in a CRL that is no delta (RFC 5280 5.3.1)';
    return makeObjection('malformed', { offset: revokedCertificates?.start ?? 0, detail });
  }
  return undefined;
}

// RFC 5280 6.3.3 step (a)
function findAgeObjection({ tbsCertList: { nextUpdate } }: CertificateList, at: Date): Objection | undefined {
  if (!nextUpdate || at <= nextUpdate) return undefined;
  return makeObjection('stale', { nextUpdate: nextUpdate.toISOString(), at: at.toISOString() });
}

function listDepartures({ tbsCertList }: CertificateList, signer: FoundSigner, scope: ScopeMatch): Departure[] {
  const point = tbsCertList.crlExtensions.get(issuingDistributionPoint);
  return [
    ...(point?.indirectCRL ? (['indirect'] as const) : []),
    ...(point?.onlySomeReasons ? (['partial-reasons'] as const) : []),
    ...(signer.vouchesForItself ? (['vouches-for-itself'] as const) : []),
    ...(signer.onPath || signer.vouchesForItself ? [] : (['signer-outside-path'] as const)),
    ...(scope.covers && scope.byIssuerName ? (['issuer-as-distribution-point'] as const) : []),
    ...(scope.covers && scope.byLaterPoints ? (['later-distribution-points'] as const) : []),
  ];
}
