/**
 * A pre-flight for people: the verdict first, what ends first, then one line a check in the groups that administrators
 * think in, and what mends it. The findings behind a line follow in full elsewhere; the line itself says the first of them.
 */
import type { Finding } from '../../finding/finding.js';
import type { Check, CheckOutcome } from '../../security-pack/check.js';
import { checkGroups, isLeftOpen } from '../../security-pack/check.js';
import type { Configuration } from '../../security-pack/configuration.js';
import type { Mending } from '../../security-pack/mend.js';
import type { Expiry } from '../../security-pack/expiries.js';
import type { PreflightResult } from '../../security-pack/preflight.js';
import { escapeInvisible } from '../escape-text.js';
import { formatDay, formatInstant, formatSpan } from '../instant.js';
import type { Palette } from '../palette.js';
import { describeCheck } from '../wording/checks.js';
import { describeFinding } from '../wording/wording.js';
import { formatOrigin, formatSubject } from './place.js';
import { formatMending } from './mending.js';

export interface PreflightText {
  readonly at: Date;
  readonly configuration: Configuration;
  /** Undefined where nothing was asked to be mended. */
  readonly mending: Mending;
  /** Files that --fix wrote. */
  readonly written: readonly string[];
}

const marks: Readonly<Record<CheckOutcome, (palette: Palette) => string>> = {
  passed: (palette) => palette.green('✓'),
  warned: (palette) => palette.yellow('!'),
  failed: (palette) => palette.red('✗'),
  'not-made': (palette) => palette.dim('–'),
};

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

/** `certificate 2 (CN=Issuing CA 1): expired 2024-03-01`, in one line; of a file, which option names it. */
function formatFindingLine({ subject, origin, setting, ...finding }: Finding): string {
  const isFile = subject.kind === 'file' || subject.kind === 'directory';
  const name = isFile ? setting?.option : formatSubject(subject, origin);
  const { message } = describeFinding({ subject, ...finding });
  return escapeInvisible(name === undefined || message.startsWith(name) ? message : `${name}: ${message}`);
}

/** The finding that decides: the first error, else the first warning. */
function decisive({ findings, outcome }: Check): Finding | undefined {
  const severity = outcome === 'failed' ? 'error' : 'warning';
  return findings.find((finding) => finding.severity === severity);
}

function formatCheck(check: Check, palette: Palette): string {
  const { outcome, side } = check;
  const finding = outcome === 'failed' || outcome === 'warned' ? decisive(check) : undefined;
  const words = finding ? formatFindingLine(finding) : escapeInvisible(describeCheck(check));
  const more = check.findings.filter(({ severity }) => severity !== 'info').length - 1;
  const rest = finding && more > 0 ? palette.dim(` (and ${more} more)`) : '';
  const line = outcome === 'not-made' ? palette.dim(words) : words;
  return `  ${marks[outcome](palette)} ${palette.dim(side)}  ${line}${rest}`;
}

function formatGroups(checks: readonly Check[], palette: Palette): string[] {
  return checkGroups.flatMap((group) => {
    const own = checks.filter((check) => check.group === group);
    return own.length === 0 ? [] : [palette.bold(group), ...own.map((check) => formatCheck(check, palette)), ''];
  });
}

function formatVerdict({ ok, checks }: PreflightResult, at: Date, palette: Palette): string[] {
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  const tally = [
    ...(failed.length > 0 ? [palette.red(`${failed.length} failed`)] : []),
    ...tallyOf(checks, 'warned', 'with a warning', palette.yellow),
    ...tallyOf(checks, 'passed', 'passed', palette.green),
    ...tallyOf(checks, 'not-made', 'not made', palette.dim),
  ].join(', ');
  const open = checks.filter(isLeftOpen).length;
  const warned = checks.some(({ outcome }) => outcome === 'warned');
  const known = warned ? palette.yellow('ready, with warnings') : palette.green('ready');
  const ready = open === 0 ? known : palette.yellow('no fault found, but not everything is known');
  const verdict = ok ? ready : palette.red('will fail');
  const [first] = failed.flatMap((check) => decisive(check) ?? []);
  return [
    `pre-flight at ${formatInstant(at)}: ${palette.bold(verdict)} · ${count(checks.length, 'check')}: ${tally}`,
    ...(first ? [`first cause: ${formatFindingLine(first)}`] : []),
  ];
}

function tallyOf(
  checks: readonly Check[],
  outcome: CheckOutcome,
  word: string,
  paint: (text: string) => string,
): string[] {
  const number = checks.filter((check) => check.outcome === outcome).length;
  return number === 0 ? [] : [paint(`${number} ${word}`)];
}

function formatExpiry({ side, kind, name, instant }: Expiry, at: Date): string {
  const span = formatSpan(instant.getTime() - at.getTime());
  const when = instant < at ? `${formatDay(instant)}, ${span} ago` : `${formatDay(instant)}, in ${span}`;
  return `${kind === 'crl' ? `CRL of ${escapeInvisible(name)}` : escapeInvisible(name)} (${side}) ${when}`;
}

/** Further things that end are listed up to here; the JSON has all. */
const shownExpiries = 3;

function formatExpiries(expiries: readonly Expiry[], at: Date, palette: Palette): string[] {
  const shown = expiries.slice(0, shownExpiries).map((expiry) => formatExpiry(expiry, at));
  if (shown.length === 0) return [];
  return [`${palette.bold('ends first')}: ${shown[0] ?? ''}`, ...shown.slice(1).map((line) => `      then: ${line}`)];
}

function formatSides({ server, client, targets }: Configuration, palette: Palette): string[] {
  const describe = (side: Configuration['server']): string[] => {
    if (!side) return [];
    const { options, platform, packVersion, application } = side;
    const set = [options.certificate, options.trustedCA, options.tlsTargetName].find((setting) => setting);
    const file = set && formatOrigin({ file: set.origin.file });
    const notes = [
      platform === 'windows' ? 'Windows' : 'UNIX',
      ...(application === 'any' ? [] : [application === 'endpoint' ? 'SIP endpoint' : 'SIP Proxy']),
      ...(packVersion === undefined ? [] : [`Security Pack ${packVersion}`]),
      ...(side.side === 'server' ? [options.mutual ? 'mutual TLS' : 'simple TLS'] : []),
    ];
    return [`${palette.bold(side.side)}: ${file === undefined ? '' : `${file} · `}${notes.join(' · ')}`];
  };
  const hosts = targets.length === 0 ? [] : [`${palette.bold('target')}: ${targets.map(escapeInvisible).join(', ')}`];
  return [...describe(server), ...describe(client), ...hosts];
}

/** Lines end in `\n`. */
export function formatPreflight(result: PreflightResult, text: PreflightText, palette: Palette): string {
  const { at, configuration, mending, written } = text;
  const lines = [
    ...formatVerdict(result, at, palette),
    ...formatExpiries(result.expiries, at, palette),
    '',
    ...formatSides(configuration, palette),
    '',
    ...formatGroups(result.checks, palette),
    ...formatMending(mending, written, palette),
  ];
  return `${lines.join('\n')}\n`;
}
