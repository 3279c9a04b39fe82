/**
 * One CRL held against one certificate: whose it is, whether it can be read, what it covers, when (RFC 5280 6.3.3 steps
 * (a), (b), (f) and (g)). The first objection counts; nothing is decided here that needs a second CRL.
 */
import { toHex } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { equalNames } from '../names/distinguished-name.js';
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList, TBSCertList } from '../x509/crl.js';
import type { RevokedCertificate } from '../x509/crl-entry.js';
import { reasonCode, type CRLReason } from '../x509/extensions/crl-entry-extensions.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { deltaCRLIndicator, issuingDistributionPoint } from '../x509/extensions/crl-extensions.js';
import type { CRLEvidence } from './crl-evidence.js';
import { findScopeObjection } from './crl-scope.js';
import { makeObjection, type Objection } from './objection.js';
import type { CRLScan } from './scan-crl.js';

/** Whether a certificate is revoked, and what is known when. */
export interface RevocationQuestion {
  readonly certificate: Certificate;
  /** Whose key signed the certificate. */
  readonly issuer: Certificate;
  readonly at: Date;
}

export interface ConsideredCRL {
  readonly crl: CertificateList;
  /** False where the CRL is in another issuer's name. */
  readonly sameIssuer: boolean;
  /** True when the issuer's key made the signature and its certificate allows it to. */
  readonly genuine: boolean;
  /** What speaks against it, if anything does. */
  readonly objection: Objection | undefined;
  /** The certificate's entry; looked for in genuine CRLs only. */
  readonly entry: RevokedCertificate | undefined;
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

export function considerCRL(
  crl: CertificateList,
  { certificate, issuer, at }: RevocationQuestion,
  evidence: CRLEvidence,
): ConsideredCRL {
  const refuse = (objection: Objection): ConsideredCRL => ({
    crl,
    sameIssuer: true,
    genuine: false,
    objection,
    entry: undefined,
  });
  // RFC 5280 6.3.3 step (b)(1)
  if (!equalNames(crl.tbsCertList.issuer, certificate.tbsCertificate.issuer)) {
    return { crl, sameIssuer: false, genuine: false, objection: undefined, entry: undefined };
  }
  const malformation = evidence.findMalformation(crl);
  if (malformation) return refuse(malformed(malformation));
  const { genuine, objection } = evidence.authenticate(crl, issuer);
  if (objection && !genuine) return refuse(objection);
  const { thisUpdate } = crl.tbsCertList;
  // RFC 5280 6.3.3 step (a): both bounds belong to the period.
  if (at < thisUpdate) {
    return refuse(makeObjection('not-yet-valid', { thisUpdate: thisUpdate.toISOString(), at: at.toISOString() }));
  }
  const scan = evidence.scan(crl);
  if (scan instanceof MalformedInputError) return { ...refuse(malformed(scan)), genuine: true };
  const entry = chooseEntry(scan.found.get(toHex(certificate.tbsCertificate.serialNumber)) ?? []);
  const verdict =
    findFormObjection(crl, scan, entry) ?? findScopeOrAgeObjection(crl.tbsCertList, certificate, at, objection);
  return { crl, sameIssuer: true, genuine: true, objection: verdict, entry };
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

/** Of several entries for one serial number the one that revokes. */
function chooseEntry(entries: readonly RevokedCertificate[]): RevokedCertificate | undefined {
  return entries.find((entry) => reasonOf(entry) !== 'removeFromCRL') ?? entries[0];
}

/** What keeps certwright from reading the CRL as the plain, complete list of one issuer. */
function findFormObjection(
  { tbsCertList }: CertificateList,
  scan: CRLScan,
  entry: RevokedCertificate | undefined,
): Objection | undefined {
  const { crlExtensions, revokedCertificates } = tbsCertList;
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
  const base = crlExtensions.get(deltaCRLIndicator);
  if (base !== undefined) return makeObjection('delta', { base: base.toString() });
  const isIndirect = crlExtensions.get(issuingDistributionPoint)?.indirectCRL ?? false;
  if (isIndirect || scan.certificateIssuerAt !== undefined) return makeObjection('indirect', {});
  if (entry && reasonOf(entry) === 'removeFromCRL') {
    const detail = 'removeFromCRL stands in a CRL that is no delta (RFC 5280 5.3.1)';
    return makeObjection('malformed', { offset: revokedCertificates?.start ?? 0, detail });
  }
  return undefined;
}

function findScopeOrAgeObjection(
  tbsCertList: TBSCertList,
  certificate: Certificate,
  at: Date,
  keyIdentifierObjection: Objection | undefined,
): Objection | undefined {
  const { nextUpdate } = tbsCertList;
  const scope = findScopeObjection(tbsCertList, certificate);
  if (scope && scope.code !== 'partial-reasons') return scope;
  if (keyIdentifierObjection ?? scope) return keyIdentifierObjection ?? scope;
  if (!nextUpdate || at <= nextUpdate) return undefined;
  return makeObjection('stale', { nextUpdate: nextUpdate.toISOString(), at: at.toISOString() });
}
