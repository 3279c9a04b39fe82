/** Findings as lines for people and for editors that jump to `file:line`. */
import type { Finding, Origin, Severity, Subject } from '../../finding/finding.js';
import type { Palette } from '../palette.js';
import { describeFinding } from '../wording/wording.js';

/** `server.pem:37:1`, `server.p12`, or undefined where nothing was read. */
export function formatOrigin(origin: Origin | undefined): string | undefined {
  if (!origin) return undefined;
  return [origin.file === '-' ? 'standard input' : origin.file, origin.line, origin.column]
    .filter((part) => part !== undefined)
    .join(':');
}

function formatSubject({ kind, name }: Subject, origin: Origin | undefined): string | undefined {
  if (kind === 'file' || kind === 'directory') return origin ? undefined : name;
  if (kind === 'chain' || kind === 'bundle') return `${kind} of ${name}`;
  if (kind === 'name' || kind === 'option') return name;
  const what = { certificate: 'certificate', crl: 'CRL', 'private-key': 'private key', block: 'block' }[kind];
  return `${what}${origin?.index === undefined ? '' : ` ${origin.index}`} (${name})`;
}

const paint = (severity: Severity, palette: Palette): string =>
  ({ error: palette.red, warning: palette.yellow, info: palette.cyan })[severity](severity);

/** One finding: place, severity, subject and message; then what to do, then the code with its rule. */
export function formatFinding(finding: Finding, palette: Palette, detail: 'full' | 'short'): string {
  const { message, hint } = describeFinding(finding);
  const place = formatOrigin(finding.origin);
  const head = [
    place && palette.bold(place),
    paint(finding.severity, palette),
    formatSubject(finding.subject, finding.origin),
  ];
  const lines = [[...head, message].filter((part) => part !== undefined).join(': ')];
  if (detail === 'full') {
    if (hint) lines.push(`  hint: ${hint}`);
    const { code, reference, opensslError, nodeError } = finding;
    const peers = [opensslError === undefined ? undefined : `openssl error ${opensslError}`, nodeError];
    lines.push(palette.dim(`  [${[code, reference, ...peers].filter((part) => part !== undefined).join(' · ')}]`));
  }
  return lines.join('\n');
}
