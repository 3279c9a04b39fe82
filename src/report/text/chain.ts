/** The chain as a picture for the terminal: end entity on top, each issuer one step in. */
import type { AssessedPath } from '../../chain/assess-path.js';
import type { ChainResult, LeftOutReason } from '../../chain/order-chain.js';
import type { Finding } from '../../finding/finding.js';
import { subjectOf, type Certificate } from '../../x509/certificate.js';
import { formatName, shortName } from '../../x509/name.js';
import { daysLeft, formatDay, formatSpan } from '../instant.js';
import type { Palette } from '../palette.js';
import { formatOrigin } from './place.js';

export interface ChainTextOptions {
  readonly at: Date;
  /** List every path, not only the chosen one. */
  readonly allPaths: boolean;
}

const nameOf = ({ tbsCertificate }: Certificate): string => shortName(tbsCertificate.subject);

/** `expires 2027-03-01, in 99 days` or `expired 2024-03-01, 900 days ago`. */
export function formatExpiry({ tbsCertificate }: Certificate, at: Date): string {
  const { notAfter, notBefore } = tbsCertificate.validity;
  if (at < notBefore) return `valid from ${formatDay(notBefore)}`;
  const span = formatSpan(notAfter.getTime() - at.getTime());
  return at > notAfter ? `expired ${formatDay(notAfter)}, ${span} ago` : `expires ${formatDay(notAfter)}, in ${span}`;
}

function isAbout(finding: Finding, certificate: Certificate): boolean {
  const { origin, subject } = finding;
  const same = origin ? origin === certificate.origin : subject.name === subjectOf(certificate).name;
  return same && finding.severity === 'error';
}

function formatStep(result: ChainResult, position: number, options: ChainTextOptions, palette: Palette): string[] {
  const certificate = result.chain[position];
  if (!certificate) return [];
  const fails = result.findings.some((finding) => isAbout(finding, certificate));
  const mark = fails ? palette.red('✗') : palette.green('✓');
  const indent = position === 0 ? '' : `${'   '.repeat(position - 1)}└─ `;
  const origin = formatOrigin(certificate.origin);
  const stood = result.positions[position] ?? 0;
  const moved = stood > 0 && stood !== position + 1 ? [`was number ${stood}`] : [];
  const added = result.completed.includes(certificate) ? ['added from --issuers'] : [];
  const notes = [formatExpiry(certificate, options.at), ...moved, ...added, ...(origin ? [origin] : [])];
  return [
    `${indent}${mark} ${palette.bold(nameOf(certificate))}`,
    `${' '.repeat(indent.length + 2)}${palette.dim(notes.join(' · '))}`,
  ];
}

function formatMissing(result: ChainResult, palette: Palette): string[] {
  const last = result.chain.at(-1);
  const [best] = result.paths;
  if (!last || !best || best.complete) return [];
  const indent = `${'   '.repeat(result.chain.length - 1)}└─ `;
  const isHere = result.findings.some(({ code }) => code === 'chain/bad-signature');
  const what = isHere ? 'did not make the signature' : 'not here';
  return [`${indent}${palette.red('✗')} ${formatName(last.tbsCertificate.issuer)}: ${palette.red(what)}`];
}

function formatVerdict(result: ChainResult, options: ChainTextOptions, palette: Palette): string {
  const { leaf, chain, paths } = result;
  if (!leaf) return palette.red('no chain could be arranged');
  const count = `${chain.length} certificate${chain.length === 1 ? '' : 's'}`;
  const [best] = paths;
  const errors = result.findings.filter(({ severity }) => severity === 'error').length;
  const state = best?.complete ? 'up to the root' : palette.red('incomplete');
  const trouble = errors > 0 ? palette.red(`, ${errors} error${errors === 1 ? '' : 's'}`) : '';
  const first = best
    ? `, first to expire: ${nameOf(best.endsFirst)} (${daysLeft(best.endsFirst.tbsCertificate.validity.notAfter, options.at)} days)`
    : '';
  return `chain of ${palette.bold(nameOf(leaf))}: ${count}, ${state}${trouble}${first}`;
}

const reasons: Record<LeftOutReason, (count: number) => string> = {
  duplicate: (count) => `${count} duplicate${count === 1 ? '' : 's'}`,
  unrelated: (count) => `${count} unrelated`,
  'on-another-path': (count) => `${count} on another path`,
  'root-omitted': () => 'the root',
  malformed: (count) => `${count} malformed`,
};

/** `2 duplicates, 1 unrelated left out`, or undefined where nothing was. */
function formatLeftOut({ leftOut }: ChainResult): string | undefined {
  const counts = (Object.keys(reasons) as LeftOutReason[]).flatMap((reason) => {
    const count = leftOut.filter((item) => item.reason === reason).length;
    return count > 0 ? [reasons[reason](count)] : [];
  });
  return counts.length > 0 ? `${counts.join(', ')} left out` : undefined;
}

function formatPath(path: AssessedPath, position: number, options: ChainTextOptions): string {
  const state = [
    path.complete ? (path.trusted ? 'to a root' : 'to a root that is not trusted') : 'no root',
    ...(path.sound ? [] : ['has links that verifiers refuse']),
    ...(path.validNow ? [] : ['not valid now']),
  ].join(', ');
  const names = path.certificates.map(nameOf).join(' → ');
  const end = `${nameOf(path.endsFirst)} ${formatExpiry(path.endsFirst, options.at)}`;
  return `  ${position + 1}. ${names}\n     ${state}; ends first: ${end}${position === 0 ? '; chosen' : ''}`;
}

/** Every chain, one after the other, and which files were written. */
export function formatChains(
  results: readonly ChainResult[],
  written: readonly string[],
  options: ChainTextOptions,
  palette: Palette,
): string {
  const files = written.map((file) => `written: ${file}\n`).join('');
  return results.map((result) => formatChain(result, options, palette)).join('') + files;
}

/** The whole result in words and picture. */
function formatChain(result: ChainResult, options: ChainTextOptions, palette: Palette): string {
  const lines = [formatVerdict(result, options, palette), ''];
  lines.push(...result.chain.flatMap((_, position) => formatStep(result, position, options, palette)));
  lines.push(...formatMissing(result, palette));
  if (options.allPaths) {
    lines.push('', `${result.paths.length} path${result.paths.length === 1 ? '' : 's'}:`);
    lines.push(...result.paths.map((path, position) => formatPath(path, position, options)));
  }
  const leftOut = formatLeftOut(result);
  if (leftOut) lines.push('', leftOut);
  return `${lines.join('\n')}\n\n`;
}
