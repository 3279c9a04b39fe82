/** What a command is: a module that declares its options and returns what came out, printing nothing itself. */
import type { ReadInputsOptions } from '../files/read-inputs.js';
import type { Finding } from '../finding/finding.js';
import type { Palette } from '../report/palette.js';
import type { CommonArguments, Options, Positionals } from './options.js';
import type { Progress } from './progress.js';

export interface Context {
  /** The instant to judge by: now, unless --at says otherwise. */
  readonly at: Date;
  readonly verbose: boolean;
  /** True where the result is printed as JSON or NDJSON. */
  readonly structured: boolean;
  /** The format asked for. */
  readonly format: OutputFormat;
  /** For streams that are too long to be held: waits until the chunk has gone out. */
  readonly writeOut: (chunk: string) => Promise<void>;
  /** The file of -o, where one was given. */
  readonly output: string | undefined;
  /** How every command reads: where passwords come from, and who is told how far it is. */
  readonly reading: Pick<ReadInputsOptions, 'passwordFor' | 'onProgress'>;
  /** Shown on a terminal while something takes long. */
  readonly progress: Progress;
  /** The same for the core, which says how many certificates it has looked into. */
  readonly onProgress: (done: number, total: number) => void;
}

export type OutputFormat = 'text' | 'json' | 'ndjson';

export interface CommandOutcome {
  readonly findings: readonly Finding[];
  /** The `result` of the JSON envelope, looked at only where that is printed; its shape is in `output.schema.json`. */
  readonly result: object;
  /** The result in words, without the findings. */
  text(palette: Palette): string;
  /**
   * What the command made, such as a PEM: to standard output, or to the file of -o; the words then go to standard error.
   * null where it could not be made: nothing is written. Absent for commands whose words are the result.
   */
  readonly product?: string | Uint8Array | null;
  /** The command has written the files of -o by itself. */
  readonly outputIsWritten?: boolean;
  /** The product holds a private key: a new file is readable by its owner alone. */
  readonly productIsSecret?: boolean;
}

export interface Command<A extends CommonArguments> {
  /** Values of --format that say how the product is written; the command reads `args.format` for them itself. */
  readonly productFormats?: readonly string[];
  readonly positionals: Positionals;
  /** Those of `commonOptions` come with every command. */
  readonly options: Options;
  run(args: A, context: Context): Promise<CommandOutcome>;
}

/** Wrong use of the command line, found after parsing: exit 2 with this message. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
