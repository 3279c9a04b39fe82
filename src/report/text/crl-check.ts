/**
 * The text of `certwright crl check`: a verdict, each certificate with its status and why, the CRLs by number, and which
 * of them covers what.
 */
import type { CheckCertificatesResult, NotChecked } from '../../revocation/check-certificates.js';
import type { RevocationStatus, RevocationVerdict } from '../../revocation/judge-revocation.js';
import type { JudgedCRL } from '../../revocation/judged-crl.js';
import type { Certificate } from '../../x509/certificate.js';
import type { CertificateList } from '../../x509/crl.js';
import { shortName } from '../../x509/name.js';
import { formatInstant } from '../instant.js';
import type { Palette } from '../palette.js';
import { describeOutcome } from '../wording/crl-outcomes.js';
import { formatCRLLine } from './crl-show.js';
import { formatOrigin } from './place.js';
import { formatRows } from './table.js';

export interface CRLCheckText {
  readonly result: CheckCertificatesResult;
  /** In the order given. */
  readonly crls: readonly CertificateList[];
  readonly at: Date;
}

const marks: Readonly<Record<RevocationStatus, string>> = { good: '✓', revoked: '✗', unknown: '?' };

function paint(status: RevocationStatus, text: string, palette: Palette): string {
  return { good: palette.green, revoked: palette.red, unknown: palette.yellow }[status](text);
}

const nameOf = ({ tbsCertificate }: Certificate): string => shortName(tbsCertificate.subject);

/** `3 certificates checked at …: 1 revoked, 2 good`. */
function formatVerdict({ checked }: CheckCertificatesResult, at: Date, palette: Palette): string {
  if (checked.length === 0) return `no certificate was checked at ${formatInstant(at)}`;
  const counts = (['revoked', 'unknown', 'good'] as const).flatMap((status) => {
    const count = checked.filter((verdict) => verdict.status === status).length;
    return count > 0 ? [paint(status, `${count} ${status}`, palette)] : [];
  });
  const plural = checked.length === 1 ? '' : 's';
  return `${checked.length} certificate${plural} checked at ${formatInstant(at)}: ${counts.join(', ')}`;
}

/** `CRL 2`; the only one needs no number. */
function formatNumber(position: number, crls: readonly CertificateList[]): string {
  return crls.length === 1 ? 'the CRL' : `CRL ${position + 1}`;
}

const obstacles: Readonly<Record<NonNullable<RevocationVerdict['obstacle']>, string>> = {
  'certificate-malformed': 'it has an extension that cannot be read',
  'issuer-certificate-missing': 'the certificate of its issuer is not here',
};

/** What follows the status: why it is what it is. */
function explainStatus(verdict: RevocationVerdict, crls: readonly CertificateList[]): string {
  const { status, obstacle, revokedAt, reason, invalidityDate, considered } = verdict;
  const used: string[] = [];
  for (const [position, { outcome, entry }] of considered.entries()) {
    if (outcome === 'used' && (status === 'good' || entry)) used.push(formatNumber(position, crls));
  }
  if (status === 'good') return `, not listed in ${used.join(', ')}`;
  if (status === 'revoked' && revokedAt) {
    const why = reason === undefined ? 'no reason given' : `reason ${reason}`;
    const since = invalidityDate ? `, invalid since ${formatInstant(invalidityDate)}` : '';
    return ` since ${formatInstant(revokedAt)}, ${why}${since}, listed in ${used.join(', ')}`;
  }
  if (obstacle) return `: ${obstacles[obstacle]}`;
  const about = considered.flatMap(({ outcome }, position) =>
    outcome === 'other-issuer' || outcome === 'duplicate'
      ? []
      : [`${formatNumber(position, crls)} ${describeOutcome(outcome)}`],
  );
  return `: ${about.length > 0 ? about.join('; ') : 'no CRL of its issuer is here'}`;
}

/** One certificate with its status and why; its place on a line of its own. */
export function formatRevocationVerdict(
  verdict: RevocationVerdict,
  crls: readonly CertificateList[],
  palette: Palette,
): string[] {
  const { certificate, status } = verdict;
  const place = formatOrigin(certificate.origin);
  const head = `${paint(status, marks[status], palette)} ${palette.bold(nameOf(certificate))}: ${paint(status, status, palette)}`;
  return [`${head}${explainStatus(verdict, crls)}`, ...(place ? [`  ${palette.dim(place)}`] : [])];
}

const notCheckedReasons: Readonly<Record<NotChecked['reason'], string>> = {
  root: 'a root: whoever trusts it takes it out of trusted-ca',
  scope: 'a CA; --scope chain checks it',
};

function formatNotChecked(items: readonly NotChecked[], palette: Palette): string[] {
  return items.map(({ certificate, reason }) =>
    palette.dim(`– ${nameOf(certificate)}: not checked, ${notCheckedReasons[reason]}`),
  );
}

function cellOf({ outcome, entry }: JudgedCRL): string {
  if (outcome === 'used') return entry ? '✗' : '✓';
  if (outcome === 'other-issuer') return '·';
  return outcome === 'duplicate' || outcome === 'superseded' ? '–' : '!';
}

const legend = '✓ covers it, not listed   ✗ lists it   ! cannot be used   – superseded or twice   · another issuer';

/** Columns of the table: more of them fit on no terminal. */
const mostColumns = 30;

/** Certificates down, CRLs across; only where there are several of either. */
function formatMatrix(
  { checked }: CheckCertificatesResult,
  crls: readonly CertificateList[],
  palette: Palette,
): string[] {
  const asked = checked.filter(({ considered }) => considered.length === crls.length);
  if (asked.length === 0 || crls.length === 0 || asked.length + crls.length < 3) return [];
  if (crls.length > mostColumns) {
    return ['', palette.dim(`${crls.length} CRLs are too many for a table: --json has what became of each`)];
  }
  const head = ['CRL', ...crls.map((_, position) => String(position + 1))];
  const rows = asked.map(({ certificate, considered }) => [nameOf(certificate), ...considered.map(cellOf)]);
  return ['', ...formatRows([head, ...rows]), palette.dim(legend)];
}

/** Lines end in `\n`. */
export function formatCRLCheck({ result, crls, at }: CRLCheckText, palette: Palette): string {
  const list = crls.map((crl, position) => `${String(position + 1).padStart(3)}  ${formatCRLLine(crl, at)}`);
  const lines = [
    formatVerdict(result, at, palette),
    '',
    ...result.checked.flatMap((verdict) => formatRevocationVerdict(verdict, crls, palette)),
    ...formatNotChecked(result.notChecked, palette),
    ...(list.length > 0 ? ['', palette.bold('CRLs'), ...list] : []),
    ...formatMatrix(result, crls, palette),
    '',
  ];
  return `${lines.join('\n')}\n`;
}
