/** Prints what a command brought back: the result to standard output, everything else to standard error; and the exit code. */
import { writeFileAtomically } from '../files/write-file.js';
import type { Finding } from '../finding/finding.js';
import { joinParts } from '../report/join-parts.js';
import { plainPalette, type Palette } from '../report/palette.js';
import type { CommandOutcome, OutputFormat } from './command.js';
import { isTerminal, writeTo, type StandardStream } from './standard-streams.js';

/** What the exit codes mean. */
export const exitCodes = { fine: 0, findings: 1, usage: 2, bug: 70 } as const;

export interface PrintSettings {
  readonly format: OutputFormat;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Undefined where the user says nothing: colours for terminals only. */
  readonly color: boolean | undefined;
  readonly output: string | undefined;
  readonly failOn: 'error' | 'warning';
}

interface RunSettings extends PrintSettings {
  readonly version: string;
  readonly command: string;
  readonly at: Date;
}

/** Loaded for colours alone: picocolors asks for standard output as it is loaded, which takes longer than most commands run. */
async function paletteFor(stream: StandardStream, color: boolean | undefined): Promise<Palette> {
  const plain = process.env.NO_COLOR !== undefined && process.env.NO_COLOR !== '';
  if (!(color ?? (isTerminal(stream) && !plain))) return plainPalette;
  const { default: pico } = await import('picocolors');
  return pico.createColors(true);
}

/** Codes of a configuration of which nothing could be read. */
const unreadConfiguration: ReadonlySet<string> = new Set([
  'option/not-a-configuration',
  'option/xml-malformed',
  'option/doctype',
  'option/not-an-endpoint',
]);

/** Input that could not be read is 2, as wrong usage is: nothing was judged. A file that an option names is part of the verdict. */
function exitCodeOf(findings: readonly Finding[], failOn: PrintSettings['failOn']): number {
  const isUnread = ({ code, severity, setting }: Finding): boolean =>
    severity === 'error' && ((code.startsWith('input/') && setting === undefined) || unreadConfiguration.has(code));
  if (findings.some(isUnread)) return exitCodes.usage;
  const failing = ({ severity }: Finding): boolean => severity === 'error' || severity === failOn;
  return findings.some(failing) ? exitCodes.findings : exitCodes.fine;
}

async function printFindings(findings: readonly Finding[], settings: PrintSettings): Promise<void> {
  if (findings.length === 0) return;
  // The words of every area: not loaded for nothing.
  const { formatFindings } = await import('../report/text/findings.js');
  const lines = formatFindings(findings, settings, await paletteFor('stderr', settings.color));
  if (lines.length > 0) await writeTo('stderr', `${lines.join('\n')}\n`);
}

async function stringifyOutcome(
  { findings, result }: CommandOutcome,
  settings: RunSettings,
): Promise<Iterable<string>> {
  const { makeEnvelope } = await import('../report/json/envelope.js');
  const { stringifyInParts, stringifyJSON } = await import('../report/json/stringify.js');
  const envelope = makeEnvelope({ ...settings, findings, result });
  function* partsOf(): Generator<string> {
    if (settings.format === 'ndjson') {
      for (const finding of envelope.findings) yield `${stringifyJSON({ type: 'finding', ...finding })}\n`;
      yield* stringifyInParts({ type: 'result', ...envelope, findings: [] });
    } else yield* stringifyInParts(envelope, 2);
    yield '\n';
  }
  return joinParts(partsOf());
}

async function printStructured(outcome: CommandOutcome, settings: RunSettings): Promise<void> {
  const { product, productIsSecret = false } = outcome;
  const { output } = settings;
  const pieces = await stringifyOutcome(outcome, settings);
  if (output !== undefined && product === undefined) {
    await writeFileAtomically(output, Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece))));
    return;
  }
  if (output !== undefined && product) await writeFileAtomically(output, product, { secret: productIsSecret });
  for (const piece of pieces) await writeTo('stdout', piece);
}

async function printText(outcome: CommandOutcome, settings: RunSettings): Promise<void> {
  const { product, productIsSecret = false } = outcome;
  const { output, color, quiet } = settings;
  const wordsGoToError = product !== undefined && output === undefined;
  const stream = wordsGoToError ? 'stderr' : 'stdout';
  const toFile = product === undefined && output !== undefined;
  const words = outcome.text(await paletteFor(stream, toFile ? false : color));
  if (product !== undefined && product !== null) {
    if (output === undefined) await writeTo('stdout', product);
    else await writeFileAtomically(output, product, { secret: productIsSecret });
  }
  if (toFile) await writeFileAtomically(output, words);
  else if (!(wordsGoToError && quiet)) await writeTo(stream, words);
}

/** Prints the outcome in the format asked for. @returns the exit code. */
export async function printOutcome(outcome: CommandOutcome, settings: RunSettings): Promise<number> {
  const remaining = outcome.outputIsWritten ? { ...settings, output: undefined } : settings;
  if (settings.format === 'text') {
    await printText(outcome, remaining);
    await printFindings(outcome.findings, remaining);
  } else {
    await printStructured(outcome, remaining);
  }
  return exitCodeOf(outcome.findings, settings.failOn);
}
