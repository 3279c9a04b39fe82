/** The command line: picks the command, parses its options, runs it, prints what came out and sets the exit code. */
import { hideBin } from 'yargs/helpers';
import yargs, { type Argv } from 'yargs';
import { UnwritableFileError } from '../files/write-file.js';
import type { CommonArguments } from './command.js';
import { UsageError } from './command.js';
import { commands, type CommandEntry, type CommandGroup } from './commands.js';
import { declareCommonOptions, makeContext, rejectRepeatedOptions } from './common-options.js';
import { hideArguments } from './hidden-arguments.js';
import { exitCodes, printOutcome } from './output.js';
import { terminalWidth } from './standard-streams.js';

/** Put in by build/build.js. */
declare const builtVersion: string;

/** The options that may be given several times, by name and alias. */
function listOptions(parser: Argv<CommonArguments>): readonly string[] {
  // Public in yargs 18, but not in its types.
  return (parser as unknown as { getOptions(): { readonly array: readonly string[] } }).getOptions().array;
}

/**
 * The end of parsing: which command, and its arguments. Thrown, because behind a handler that returns yargs lays out all of
 * the help text in case somebody asks for it, which takes longer than most commands run.
 */
class CommandChosen extends Error {
  constructor(
    readonly command: string,
    readonly entry: CommandEntry,
    readonly args: CommonArguments,
  ) {
    super(command);
  }
}

function addSubcommands(
  parser: Argv<CommonArguments>,
  name: string,
  { subcommands }: CommandGroup,
): Argv<CommonArguments> {
  for (const [sub, entry] of Object.entries(subcommands)) addCommand(parser, `${name} ${sub}`, entry);
  return parser.demandCommand(1, `${name}: choose ${Object.keys(subcommands).join(', ')}`);
}

function addCommand(
  parser: Argv<CommonArguments>,
  name: string,
  entry: CommandEntry | CommandGroup,
): Argv<CommonArguments> {
  if (!('load' in entry)) return parser.command(entry.usage, entry.summary, (own) => addSubcommands(own, name, entry));
  return parser.command(
    entry.usage,
    entry.summary,
    async (own) => {
      for (const [sub, further] of Object.entries(entry.subcommands ?? {})) addCommand(own, `${name} ${sub}`, further);
      const declared = (await entry.load()).build(own);
      return declared.check((args) => rejectRepeatedOptions(args, listOptions(declared)), false);
    },
    (given) => {
      throw new CommandChosen(name, entry, given);
    },
  );
}

/** Parses the arguments; undefined where yargs has printed a help text or the version itself. */
async function chooseCommand(
  parser: Argv<CommonArguments>,
  args: readonly string[],
): Promise<CommandChosen | undefined> {
  try {
    await parser.parseAsync(args);
  } catch (error) {
    if (error instanceof CommandChosen) return error;
    throw error;
  }
  return undefined;
}

async function runCommand({ command: name, entry }: CommandChosen, args: CommonArguments): Promise<void> {
  const command = await entry.load();
  const { context, settings } = await makeContext(args, command.productFormats ?? []);
  const outcome = await command.run(args, context);
  process.exitCode = await printOutcome(outcome, { ...settings, version: builtVersion, command: name, at: context.at });
}

function reportUsage(message: string): void {
  process.stderr.write(`certwright: ${message}\nTry: certwright --help, or certwright COMMAND --help\n`);
  process.exitCode = exitCodes.usage;
}

function reportUnwritable({ message }: UnwritableFileError): void {
  process.stderr.write(`certwright: ${message}\n`);
  process.exitCode = exitCodes.usage;
}

function reportBug(error: unknown): void {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const trace = process.argv.includes('--verbose') && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  process.stderr.write(
    `certwright: this is a bug in certwright, not in your files: ${what}${trace}\n` +
      `Please report it with the command line and, if you may share it, the input. --verbose shows where it happened.\n`,
  );
  process.exitCode = exitCodes.bug;
}

/**
 * Offers the command that stands first, as it nearly always does; where none does, all of them, to be listed or
 * recommended. A group that stands first is a program of its own, which saves yargs a pass over all arguments.
 */
function offerCommands(parser: Argv<CommonArguments>, args: readonly string[]): readonly string[] {
  const [first = ''] = args;
  const named = Object.hasOwn(commands, first) ? commands[first] : undefined;
  if (named && !('load' in named)) {
    addSubcommands(parser, first, named).scriptName(`certwright ${first}`).usage(`$0\n\n${named.summary}`);
    return args.slice(1);
  }
  parser
    .scriptName('certwright')
    .usage(
      '$0 COMMAND\n\nSays whether a TLS configuration will work, and why not; builds chains and trust bundles, checks CRLs and names.',
    )
    .demandCommand(1, 'name a command');
  for (const [name, entry] of named ? [[first, named] as const] : Object.entries(commands))
    addCommand(parser, name, entry);
  return args;
}

/** Runs certwright with the arguments of this process. */
export async function main(): Promise<void> {
  const { args, restore, restoreIn } = hideArguments(hideBin(process.argv));
  const parser = declareCommonOptions(yargs())
    .parserConfiguration({ 'greedy-arrays': false, 'parse-numbers': false, 'parse-positional-numbers': false })
    .version(builtVersion)
    .strict()
    .recommendCommands()
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      throw error ?? new UsageError(restoreIn(message));
    })
    .wrap(Math.min(100, terminalWidth() ?? 100));
  const offered = offerCommands(parser, args);
  try {
    const chosen = await chooseCommand(parser, offered);
    if (chosen) await runCommand(chosen, restore(chosen.args));
  } catch (error) {
    if (error instanceof UnwritableFileError) reportUnwritable(error);
    else if (error instanceof UsageError || (error instanceof Error && error.name === 'YError'))
      reportUsage(error.message);
    else reportBug(error);
  }
}
