/** The text of `certwright crl show`: each CRL as a list of what it says. */
import { signatureAlgorithmName } from '../../crypto/signature.js';
import { toHex } from '../../der/values.js';
import { fingerprintCRL } from '../../revocation/streamed-crl.js';
import type { CRLSurvey } from '../../revocation/survey-crl.js';
import type { CertificateList } from '../../x509/crl.js';
import { authorityKeyIdentifier } from '../../x509/extensions/authority-key-identifier.js';
import { cRLNumber, deltaCRLIndicator } from '../../x509/extensions/crl-extensions.js';
import { formatName, shortName } from '../../x509/name.js';
import { formatCount } from '../count.js';
import { readScope, type CRLScope } from '../crl-scope.js';
import { escapeInvisible } from '../escape-text.js';
import { formatDay, formatInstant, formatSpan } from '../instant.js';
import { nameExtension } from '../json/crl.js';
import type { Palette } from '../palette.js';
import { readIfWellFormed } from '../read-extension.js';
import { formatOrigin } from './place.js';
import { formatRows } from './table.js';

/** `2027-01-01 00:00:00 UTC, in 40 days`, `…, stale for 3 days`, or `not said`. */
function formatNextUpdate(nextUpdate: Date | undefined, at: Date, format: (instant: Date) => string): string {
  if (!nextUpdate) return 'not said';
  const span = formatSpan(nextUpdate.getTime() - at.getTime());
  return nextUpdate < at ? `${format(nextUpdate)}, stale for ${span}` : `${format(nextUpdate)}, in ${span}`;
}

/** One CRL in one line. */
export function formatCRLLine(crl: CertificateList, at: Date): string {
  const { issuer, nextUpdate, crlExtensions } = crl.tbsCertList;
  const number = readIfWellFormed(crlExtensions, cRLNumber);
  const parts = [
    shortName(issuer),
    ...(number === undefined ? [] : [`number ${number}`]),
    `next update ${formatNextUpdate(nextUpdate, at, formatDay)}`,
    ...[formatOrigin(crl.origin)].filter((place) => place !== undefined),
  ];
  return parts.join(' · ');
}

const holders: Readonly<Record<CRLScope['certificates'], string>> = {
  all: 'all certificates of the issuer',
  user: 'end-entity certificates of the issuer',
  ca: 'CA certificates of the issuer',
  attribute: 'attribute certificates of the issuer',
  unreadable: 'cannot be read',
};

function formatScope({ certificates, points, reasons, indirect }: CRLScope): string {
  return [
    `${holders[certificates]}${indirect ? ' and of others' : ''}`,
    ...(points ? [`with the distribution point ${points.map(escapeInvisible).join(' or ')}`] : []),
    ...(reasons ? [`revoked for ${reasons.join(', ')}`] : []),
  ].join(', ');
}

function formatEntries({ crl, entries }: CRLSurvey): string {
  if (entries === undefined) return 'damaged';
  const base = readIfWellFormed(crl.tbsCertList.crlExtensions, deltaCRLIndicator);
  const delta = base === undefined ? '' : `, as a delta to number ${base}`;
  return `${entries === 0 ? 'none' : formatCount(entries)}${delta}`;
}

/** What a CRL says of itself, label and value; its place and issuer are left to the caller. */
export function describeSurvey(survey: CRLSurvey, at: Date): string[][] {
  const { crl } = survey;
  const { tbsCertList, size } = crl;
  const { thisUpdate, nextUpdate, crlExtensions: extensions, version } = tbsCertList;
  const number = readIfWellFormed(extensions, cRLNumber);
  const keyIdentifier = readIfWellFormed(extensions, authorityKeyIdentifier)?.keyIdentifier;
  const names = extensions.list.map(
    ({ extnID, critical }) => `${nameExtension(extnID)}${critical ? ' (critical)' : ''}`,
  );
  const notYet = at < thisUpdate ? `, in ${formatSpan(thisUpdate.getTime() - at.getTime())}` : '';
  return [
    ['number', number === undefined ? 'none' : number.toString()],
    ['this update', `${formatInstant(thisUpdate)}${notYet}`],
    ['next update', formatNextUpdate(nextUpdate, at, formatInstant)],
    ['entries', formatEntries(survey)],
    ['scope', formatScope(readScope(extensions))],
    ['issuer key', keyIdentifier ? toHex(keyIdentifier) : 'not said'],
    ['signature', signatureAlgorithmName(crl.signatureAlgorithm)],
    ['extensions', names.join(', ') || 'none'],
    ['size', `${formatCount(size)} bytes, version ${version}`],
    ['SHA-256', fingerprintCRL(crl)],
    ['SHA-1', fingerprintCRL(crl, 'sha1')],
  ];
}

/** One CRL, label and value in two columns. */
function formatSurvey(survey: CRLSurvey, at: Date, palette: Palette): string[] {
  const { crl } = survey;
  const rows = [['file', formatOrigin(crl.origin) ?? '–'], ...describeSurvey(survey, at)];
  const heading = palette.bold(`CRL of ${formatName(crl.tbsCertList.issuer)}`);
  return [heading, ...formatRows(rows.map(([label = '', value = '']) => [`  ${label}`, value]))];
}

/** Lines end in `\n`; one blank line between CRLs. */
export function formatCRLShow(surveys: readonly CRLSurvey[], at: Date, palette: Palette): string {
  return surveys.map((survey) => `${formatSurvey(survey, at, palette).join('\n')}\n`).join('\n');
}
