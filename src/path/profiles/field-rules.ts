/** Version, serial number, names and times of a certificate (RFC 5280 4.1). */
import { DerReader } from '../../der/reader.js';
import { Tag, contextConstructed } from '../../der/tag.js';
import { equalBytes } from '../../der/values.js';
import { formatSerialNumber, type Certificate } from '../../x509/certificate.js';
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
  const params = { serialNumber: formatSerialNumber(serialNumber) };
  const severity = severityForOldRoots(role);
  if ((serialNumber[0] ?? 0) >= 0x80) report('form/serial-number', { ...params, fault: 'negative' }, severity);
  else if (serialNumber.every((octet) => octet === 0)) {
    report('form/serial-number', { ...params, fault: 'zero' }, severity);
  } else if (serialNumber.length > 20) report('form/serial-number', { ...params, fault: 'too-long' }, severity);
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

/** The identifier octets of notBefore and notAfter, which the parsed certificate does not keep. */
function readTimeTags({ tbsCertificate }: Certificate): readonly (number | undefined)[] {
  const reader = DerReader.within(new DerReader(tbsCertificate.bytes).readAny());
  reader.readOptional(contextConstructed(0));
  // serialNumber, signature, issuer.
  for (let field = 0; field < 3; field++) reader.readAny();
  const validity = DerReader.within(reader.read(Tag.sequence, 'validity'));
  return [validity.readAny().tag, validity.readAny().tag];
}

/** RFC 5280 4.1.2.5: UTCTime through the year 2049, GeneralizedTime from 2050. */
function checkTimeEncoding({ certificate, role, report }: Examination): void {
  const { notBefore, notAfter } = certificate.tbsCertificate.validity;
  const tags = readTimeTags(certificate);
  const fields = [
    ['notBefore', notBefore],
    ['notAfter', notAfter],
  ] as const;
  fields.forEach(([field, instant], position) => {
    const late = instant.getUTCFullYear() >= 2050;
    if (tags[position] === (late ? Tag.generalizedTime : Tag.utcTime)) return;
    const wanted = late ? 'GeneralizedTime' : 'UTCTime';
    report('form/time-encoding', { field, instant: instant.toISOString(), wanted }, severityForOldRoots(role));
  });
}
