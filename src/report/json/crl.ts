/** The `result` of the commands `certwright crl …` and what JSON results say of a CRL wherever they name one. */
import { signatureAlgorithmName } from '../../crypto/signature.js';
import { toHex } from '../../der/values.js';
import type { Origin } from '../../finding/finding.js';
import type { CheckCertificatesResult } from '../../revocation/check-certificates.js';
import type { JoinCRLsResult } from '../../revocation/join-crls.js';
import type { RevocationVerdict } from '../../revocation/judge-revocation.js';
import { fingerprintCRL } from '../../revocation/streamed-crl.js';
import type { CRLSurvey } from '../../revocation/survey-crl.js';
import type { CertificateList } from '../../x509/crl.js';
import { authorityKeyIdentifier } from '../../x509/extensions/authority-key-identifier.js';
import { cRLNumber, deltaCRLIndicator } from '../../x509/extensions/crl-extensions.js';
import { crlExtensions } from '../../x509/extensions/known-extensions.js';
import { formatName } from '../../x509/name.js';
import { readScope, type CRLScope } from '../crl-scope.js';
import { readIfWellFormed } from '../read-extension.js';
import { summarizeCertificate } from './certificate.js';

export interface CRLSummary {
  readonly issuer: string;
  /** In decimal; absent where the CRL has none. */
  readonly number?: string;
  /** ISO 8601. */
  readonly thisUpdate: string;
  readonly nextUpdate?: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly origin?: Origin;
}

export function summarizeCRL(crl: CertificateList): CRLSummary {
  const { issuer, thisUpdate, nextUpdate, crlExtensions: extensions } = crl.tbsCertList;
  const number = readIfWellFormed(extensions, cRLNumber);
  return {
    issuer: formatName(issuer),
    ...(number !== undefined && { number: number.toString() }),
    thisUpdate: thisUpdate.toISOString(),
    ...(nextUpdate && { nextUpdate: nextUpdate.toISOString() }),
    sha256: fingerprintCRL(crl),
    ...(crl.origin && { origin: crl.origin }),
  };
}

export function viewVerdict(verdict: RevocationVerdict): object {
  const { certificate, issuer, status, obstacle, reason, revokedAt, invalidityDate, crl, considered } = verdict;
  const decisive = considered.findIndex((item) => item.crl === crl && item.outcome === 'used');
  return {
    certificate: summarizeCertificate(certificate),
    ...(issuer && { issuer: summarizeCertificate(issuer) }),
    status,
    ...(obstacle && { obstacle }),
    ...(reason && { reason }),
    ...(revokedAt && { revokedAt: revokedAt.toISOString() }),
    ...(invalidityDate && { invalidityDate: invalidityDate.toISOString() }),
    ...(decisive >= 0 && { crl: decisive }),
    crls: considered.map(({ outcome, entry, objection }) => ({
      outcome,
      listed: entry !== undefined,
      ...(objection && { problem: objection.params }),
    })),
  };
}

/** `crls` in the order given; each certificate's `crls` are in that order too, and its `crl` is a position from 0. */
export function viewCRLCheck(result: CheckCertificatesResult, crls: readonly CertificateList[]): object {
  return {
    certificates: result.checked.map(viewVerdict),
    notChecked: result.notChecked.map(({ certificate, reason }) => ({ ...summarizeCertificate(certificate), reason })),
    crls: crls.map(summarizeCRL),
  };
}

/** The same scope as in the text, as plain data. */
function viewScope({ certificates, points, reasons, indirect }: CRLScope): object {
  return { certificates, ...(points && { points }), ...(reasons && { reasons }), indirect };
}

function viewSurvey({ crl, entries }: CRLSurvey): object {
  const { tbsCertList, signatureAlgorithm, size } = crl;
  const extensions = tbsCertList.crlExtensions;
  const keyIdentifier = readIfWellFormed(extensions, authorityKeyIdentifier)?.keyIdentifier;
  const base = readIfWellFormed(extensions, deltaCRLIndicator);
  return {
    ...summarizeCRL(crl),
    version: tbsCertList.version,
    ...(entries !== undefined && { entries }),
    size,
    signatureAlgorithm: signatureAlgorithmName(signatureAlgorithm),
    ...(keyIdentifier && { issuerKeyIdentifier: toHex(keyIdentifier) }),
    ...(base !== undefined && { deltaToBase: base.toString() }),
    scope: viewScope(readScope(extensions)),
    extensions: extensions.list.map(({ extnID, critical }) => ({ oid: extnID, name: nameExtension(extnID), critical })),
    sha1: fingerprintCRL(crl, 'sha1'),
  };
}

/** The RFC's name of a CRL extension, or its OID. */
export function nameExtension(extnID: string): string {
  return crlExtensions.find((type) => type.extnID === extnID)?.name ?? extnID;
}

export function viewCRLShow(surveys: readonly CRLSurvey[]): object {
  return { crls: surveys.map(viewSurvey) };
}

export function viewCRLJoin({ kept, leftOut, coverage }: JoinCRLsResult, pem: string | undefined): object {
  return {
    kept: kept.map(summarizeCRL),
    leftOut: leftOut.map(({ crl, reason, instead }) => ({
      ...summarizeCRL(crl),
      reason,
      ...(instead && { instead: summarizeCRL(instead) }),
    })),
    ...(coverage && { coverage: coverage.checked.map(viewVerdict) }),
    ...(pem !== undefined && { pem }),
  };
}
