/** What the options that every command has come to: instant, format, passwords, progress. */
import { readFile } from 'node:fs/promises';
import { UsageError, type Context, type OutputFormat } from './command.js';
import type { CommonArguments } from './options.js';
import type { PrintSettings } from './output.js';
import { startProgress } from './progress.js';
import { isTerminal, writeTo } from './standard-streams.js';

function parseInstant(text: string | undefined): Date {
  if (text === undefined) return new Date();
  const written = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  if (!written) throw new UsageError(`--at ${text} is no instant: write 2026-11-21 or 2026-11-21T12:00:00Z`);
  const [, day = '', time = '00:00', seconds = ':00', zone = 'Z'] = written;
  const midnight = new Date(`${day}T00:00:00Z`);
  const instant = new Date(`${day}T${time}${seconds}${zone}`);
  // V8 reads 30 February as 2 March.
  if (Number.isNaN(instant.getTime()) || midnight.getUTCDate() !== Number(day.slice(8))) {
    throw new UsageError(`--at ${text}: no calendar has that day`);
  }
  return instant;
}

function isOutputFormat(format: string): format is OutputFormat {
  return format === 'text' || format === 'json' || format === 'ndjson';
}

/** @param productFormats further values of --format, which say how the command's product is written. */
function parseFormat({ format = 'text', json }: CommonArguments, productFormats: readonly string[]): OutputFormat {
  if (productFormats.includes(format)) return json ? 'json' : 'text';
  if (!isOutputFormat(format)) {
    throw new UsageError(
      `--format ${format} is unknown: choose ${['text', 'json', 'ndjson', ...productFormats].join(', ')}`,
    );
  }
  if (json && format === 'ndjson') throw new UsageError('--json and --format ndjson exclude each other');
  return json ? 'json' : format;
}

/** Asks on the terminal, once a file; without a terminal there is nobody to ask. */
async function askPassword(file: string): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const { read } = await import('read');
  const answer = await read({ prompt: `Password of ${file}: `, silent: true, output: process.stderr });
  return answer;
}

async function readPasswordFile(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).split(/\r?\n/, 1)[0] ?? '';
  } catch (error) {
    throw new UsageError(
      `--password-file ${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
    );
  }
}

/** On a terminal only, and not for a program that reads the result. */
function wantsProgress(format: OutputFormat, quiet: boolean): boolean {
  return !quiet && isTerminal('stderr') && (format === 'text' || isTerminal('stdout'));
}

export async function makeContext(
  args: CommonArguments,
  productFormats: readonly string[],
): Promise<{ context: Context; settings: PrintSettings }> {
  const format = parseFormat(args, productFormats);
  const password = args.passwordFile === undefined ? undefined : await readPasswordFile(args.passwordFile);
  const { quiet = false, verbose = false, color, output, failOn } = args;
  if (quiet && verbose) throw new UsageError('--quiet and --verbose exclude each other');
  const progress = startProgress(wantsProgress(format, quiet) ? process.stderr : undefined);
  const context: Context = {
    at: parseInstant(args.at),
    verbose,
    structured: format !== 'text',
    format,
    output,
    writeOut: (chunk) => {
      progress.clear();
      return writeTo('stdout', chunk);
    },
    progress,
    onProgress: (done, total) => {
      progress.report('checking', done, total, 'certificates');
    },
    reading: {
      onProgress: progress.report,
      passwordFor: (file) => {
        progress.clear();
        return password === undefined ? askPassword(file) : Promise.resolve(password);
      },
    },
  };
  return {
    context,
    settings: { format, quiet, verbose, color, output, failOn },
  };
}
