/** The text of `certwright crl join`: what went into the file, what did not and why, and what the chain makes of it. */
import type { JoinCRLsResult, LeftOutCRL } from '../../revocation/join-crls.js';
import { nameCRL } from '../../x509/naming.js';
import { shortName } from '../../x509/name.js';
import type { Palette } from '../palette.js';
import { formatCRLLine } from './crl-show.js';

const reasons: Readonly<Record<LeftOutCRL['reason'], string>> = {
  duplicate: 'the same CRL as',
  superseded: 'superseded by',
  malformed: 'damaged',
  'bad-signature': 'not signed by the CA',
};

function formatLeftOut({ crl, reason, instead }: LeftOutCRL, at: Date): string {
  return `  – ${formatCRLLine(crl, at)}: ${reasons[reason]}${instead ? ` ${nameCRL(instead)}` : ''}`;
}

function formatCoverage({ coverage }: JoinCRLsResult, palette: Palette): string[] {
  if (!coverage) return [];
  const uncovered = coverage.checked.filter(({ status }) => status === 'unknown');
  const names = uncovered.map(({ certificate }) => shortName(certificate.tbsCertificate.subject));
  return [
    names.length === 0
      ? palette.green('every certificate of the chain is covered')
      : palette.red(`not covered: ${names.join(', ')}`),
  ];
}

/** Lines end in `\n`. */
export function formatCRLJoin(result: JoinCRLsResult, at: Date, palette: Palette): string {
  const { kept, leftOut } = result;
  const lines = [
    `${palette.bold(`${kept.length} CRL${kept.length === 1 ? '' : 's'} joined`)}, ${leftOut.length} left out`,
    ...kept.map((crl) => `  ${palette.green('+')} ${formatCRLLine(crl, at)}`),
    ...leftOut.map((item) => palette.dim(formatLeftOut(item, at))),
    ...formatCoverage(result, palette),
  ];
  return `${lines.join('\n')}\n`;
}
