/** A certification path as a picture for the terminal: end entity on top, each issuer one step in, the anchor last. */
import type { Finding } from '../../finding/finding.js';
import { subjectOf, type Certificate } from '../../x509/certificate.js';
import { formatName, shortName } from '../../x509/name.js';
import { escapeInvisible } from '../escape-text.js';
import type { Palette } from '../palette.js';
import { formatExpiry } from './chain.js';
import { formatOrigin } from './place.js';

export interface PathPicture {
  /** End entity first, anchor last. */
  readonly path: readonly Certificate[];
  /** False where the path ends before a trust anchor. */
  readonly anchored: boolean;
  /** Whoever has an error among them is marked. */
  readonly findings: readonly Finding[];
  readonly at: Date;
}

/** True where the finding is about this certificate. */
export function isAbout({ origin, subject }: Finding, certificate: Certificate): boolean {
  if (subject.kind !== 'certificate') return false;
  return origin ? origin === certificate.origin : subject.name === subjectOf(certificate).name;
}

/** Lines without the last line break. */
export function drawPath(picture: PathPicture, palette: Palette): string[] {
  const { path, anchored } = picture;
  const lines = path.flatMap((_, position) => drawStep(picture, position, palette));
  const top = path.at(-1)?.tbsCertificate;
  if (anchored || !top || formatName(top.subject) === formatName(top.issuer)) return lines;
  const indent = `${'   '.repeat(path.length - 1)}└─ `;
  const issuer = escapeInvisible(formatName(top.issuer)) || '(empty name)';
  return [...lines, `${indent}${palette.red('✗')} ${issuer}: ${palette.red('no such certificate leads on')}`];
}

function drawStep({ path, anchored, findings, at }: PathPicture, position: number, palette: Palette): string[] {
  const certificate = path[position];
  if (!certificate) return [];
  const isAnchor = anchored && position === path.length - 1;
  const fails = findings.some((finding) => finding.severity === 'error' && isAbout(finding, certificate));
  const mark = fails ? palette.red('✗') : palette.green('✓');
  const indent = position === 0 ? '' : `${'   '.repeat(position - 1)}└─ `;
  const place = formatOrigin(certificate.origin);
  const notes = [...(isAnchor ? ['trusted'] : []), formatExpiry(certificate, at), ...(place ? [place] : [])];
  return [
    `${indent}${mark} ${palette.bold(escapeInvisible(shortName(certificate.tbsCertificate.subject)))}`,
    `${' '.repeat(indent.length + 2)}${palette.dim(notes.join(' · '))}`,
  ];
}
