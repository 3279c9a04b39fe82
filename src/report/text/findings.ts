/** Findings as lines for people and for editors that jump to `file:line`. */
import type { Finding, SettingOrigin, Severity } from '../../finding/finding.js';
import { escapeInvisible } from '../escape-text.js';
import type { Palette } from '../palette.js';
import { describeFinding } from '../wording/wording.js';
import { formatOrigin, formatSubject } from './place.js';

/** `certificate of the server, server.ini:4`. */
function formatSetting({ side, option, origin }: SettingOrigin): string {
  return `${escapeInvisible(option)} of the ${side}, ${formatOrigin(origin)}`;
}

const paint = (severity: Severity, palette: Palette): string =>
  ({ error: palette.red, warning: palette.yellow, info: palette.cyan })[severity](severity);

/** One finding: place, severity, subject and message; then what to do, then the code with its rule. */
function formatFinding(finding: Finding, palette: Palette, detail: 'full' | 'short'): string {
  const { message, hint } = describeFinding(finding);
  const place = formatOrigin(finding.origin);
  const subject = formatSubject(finding.subject, finding.origin);
  const head = [place && palette.bold(place), paint(finding.severity, palette), subject && escapeInvisible(subject)];
  const lines = [[...head, escapeInvisible(message)].filter((part) => part !== undefined).join(': ')];
  if (detail === 'full') {
    if (hint) lines.push(`  hint: ${escapeInvisible(hint)}`);
    if (finding.setting) lines.push(`  option: ${formatSetting(finding.setting)}`);
    const { code, reference, opensslError, nodeError } = finding;
    const peers = [opensslError === undefined ? undefined : `openssl error ${opensslError}`, nodeError];
    lines.push(palette.dim(`  [${[code, reference, ...peers].filter((part) => part !== undefined).join(' · ')}]`));
  }
  return lines.join('\n');
}

export interface FindingsTextOptions {
  /** Errors only. */
  readonly quiet: boolean;
  /** Every finding at full length. */
  readonly verbose: boolean;
}

/** How many infos of one code are listed before the rest is counted. */
const listedInfos = 5;

/** All findings, errors first; infos are short and, where there are many alike, counted unless `verbose` is set. */
export function formatFindings(
  findings: readonly Finding[],
  { quiet, verbose }: FindingsTextOptions,
  palette: Palette,
): string[] {
  const lines: string[] = [];
  const printed = new Map<string, number>();
  for (const severity of quiet ? (['error'] as const) : (['error', 'warning', 'info'] as const)) {
    for (const finding of findings) {
      if (finding.severity !== severity) continue;
      const count = (printed.get(finding.code) ?? 0) + 1;
      printed.set(finding.code, count);
      const isShort = severity === 'info' && !verbose;
      if (!isShort || count <= listedInfos) lines.push(formatFinding(finding, palette, isShort ? 'short' : 'full'));
    }
  }
  for (const [code, count] of printed) {
    const isInfo = findings.some((finding) => finding.code === code && finding.severity === 'info');
    if (isInfo && !verbose && count > listedInfos)
      lines.push(`and ${count - listedInfos} more of ${code}; --verbose lists them`);
  }
  return lines;
}
