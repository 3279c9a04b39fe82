/** Version, serial number, names and times of a certificate (RFC 5280 4.1). */
import { Tag } from '../../der/tag.js';
import { equalBytes } from '../../der/values.js';
import { formatSerialNumber } from '../../x509/certificate.js';
import { formatName, isEmptyName } from '../../x509/name.js';
import { severityForOldRoots, type Examination } from './examination.js';

export function checkFields(examination: Examination): void {
  checkVersion(examination);
  checkSerialNumber(examination);
  checkNames(examination);
  checkTimeEncoding(examination);
}

/** RFC 5280 4.1.2.1, 4.1.2.8 and 4.1.2.9: extensions want version 3, and the web wants extensions. */
function checkVersion({ certificate: { tbsCertificate }, inputs, report }: Examination): void {
  const { version, extensions, issuerUniqueID, subjectUniqueID } = tbsCertificate;
  const strict = inputs.profile === 'webpki';
  if (version !== 3 && (strict || version > 3 || extensions.list.length > 0)) report('form/version', { version });
  // Baseline Requirements 7.1.2.1, 7.1.2.6, 7.1.2.7: both MUST NOT be present.
  if (strict && issuerUniqueID) report('form/unique-identifier', { field: 'issuerUniqueID' });
  if (strict && subjectUniqueID) report('form/unique-identifier', { field: 'subjectUniqueID' });
}

/** RFC 5280 4.1.2.2: positive, at most 20 octets. */
function checkSerialNumber({ certificate, role, report }: Examination): void {
  const { serialNumber } = certificate.tbsCertificate;
  const fault = findSerialNumberFault(serialNumber);
  if (fault === undefined) return;
  report('form/serial-number', { serialNumber: formatSerialNumber(serialNumber), fault }, severityForOldRoots(role));
}

function findSerialNumberFault(serialNumber: Uint8Array): 'negative' | 'zero' | 'too-long' | undefined {
  const first = serialNumber[0] ?? 0;
  if (first >= 0x80) return 'negative';
  // In its shortest form only the number 0 is all zeros.
  if (first === 0 && serialNumber.length === 1) return 'zero';
  return serialNumber.length > 20 ? 'too-long' : undefined;
}

/** RFC 5280 4.1.2.4 and 4.1.2.6. */
function checkNames({ certificate, role, issuer, inputs, report }: Examination): void {
  const { tbsCertificate } = certificate;
  if (isEmptyName(tbsCertificate.issuer)) report('form/issuer-empty', {});
  if (role !== 'end-entity' && isEmptyName(tbsCertificate.subject)) report('form/subject-empty', {});
  // Baseline Requirements 7.1.4.1: octet for octet the subject of the CA's certificate.
  if (inputs.profile !== 'webpki' || !issuer) return;
  if (!equalBytes(tbsCertificate.issuer.bytes, issuer.tbsCertificate.subject.bytes)) {
    report('form/issuer-encoding', { issuer: formatName(tbsCertificate.issuer) });
  }
}

/** RFC 5280 4.1.2.5: UTCTime through the year 2049, GeneralizedTime from 2050. */
function checkTimeEncoding({ certificate, role, report }: Examination): void {
  const { validity } = certificate.tbsCertificate;
  for (const field of ['notBefore', 'notAfter'] as const) {
    const instant = validity[field];
    const late = instant.getUTCFullYear() >= 2050;
    if (validity.tags[field] === (late ? Tag.generalizedTime : Tag.utcTime)) continue;
    const wanted = late ? 'GeneralizedTime' : 'UTCTime';
    report('form/time-encoding', { field, instant: instant.toISOString(), wanted }, severityForOldRoots(role));
  }
}
