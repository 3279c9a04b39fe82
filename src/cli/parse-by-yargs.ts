/** The command line as yargs reads it, with all that there is to say about it: help, versions, and what cannot be meant. */
import yargs, { type Argv } from 'yargs';
import type { ChosenCommand, CommandEntry, CommandGroup } from './commands.js';
import { hideArguments } from './hidden-arguments.js';
import {
  commonOptions,
  type CommonArguments,
  type OptionDeclaration,
  type Options,
  type Positionals,
} from './options.js';
import { terminalWidth } from './standard-streams.js';

export interface OfferedCommands {
  readonly commands: Readonly<Record<string, CommandEntry | CommandGroup>>;
  readonly version: string;
}

/** What yargs makes of a command line; what cannot be meant is a complaint, in words for people. */
export type YargsReading = { readonly chosen: ChosenCommand | undefined } | { readonly complaint: string };

/** The end of parsing. Thrown, because behind a handler that returns yargs lays out its help in case somebody asks for it. */
class CommandChosen extends Error {
  constructor(readonly chosen: ChosenCommand) {
    super(chosen.command);
  }
}

class Complaint extends Error {}

function declareOptions(parser: Argv, options: Options, global: boolean): Argv {
  return Object.entries<OptionDeclaration>(options).reduce((declared, [name, option]) => {
    const isBoolean = option.type === 'boolean';
    return declared.option(name, {
      ...option,
      ...(!isBoolean && { requiresArg: true }),
      ...(!isBoolean && !option.choices && { type: 'string' as const }),
      global,
    });
  }, parser);
}

function declarePositionals(parser: Argv, positionals: Positionals): Argv {
  for (const [name, { required, ...positional }] of Object.entries(positionals))
    parser.positional(name, { type: 'string', ...positional, ...(required && { demandOption: true }) });
  // Those of `bundle` are none of `bundle add`; the types of yargs do not know the second argument.
  const scoped = parser as unknown as { global: (names: readonly string[], isGlobal: boolean) => Argv };
  return scoped.global(Object.keys(positionals), false);
}

/** Refuses `--at A --at B`: which one was meant cannot be known. */
function rejectRepeatedOptions(args: Readonly<Record<string, unknown>>, options: Options): true {
  for (const [name, { array }] of Object.entries<OptionDeclaration>({ ...commonOptions, ...options })) {
    if (!array && Array.isArray(args[name])) throw new Complaint(`--${name} is given twice`);
  }
  return true;
}

function addSubcommands(parser: Argv, name: string, { subcommands }: CommandGroup): Argv {
  for (const [sub, entry] of Object.entries(subcommands)) addCommand(parser, `${name} ${sub}`, entry);
  return parser.demandCommand(1, `${name}: choose ${Object.keys(subcommands).join(', ')}`);
}

function addCommand(parser: Argv, name: string, entry: CommandEntry | CommandGroup): Argv {
  if (!('load' in entry)) return parser.command(entry.usage, entry.summary, (own) => addSubcommands(own, name, entry));
  return parser.command(
    entry.usage,
    entry.summary,
    async (own) => {
      for (const [sub, further] of Object.entries(entry.subcommands ?? {})) addCommand(own, `${name} ${sub}`, further);
      const { options, positionals } = await entry.load();
      return declareOptions(declarePositionals(own, positionals), options, false).check(
        (args) => rejectRepeatedOptions(args, options),
        false,
      );
    },
    (args) => {
      throw new CommandChosen({ command: name, entry, args: args as unknown as CommonArguments });
    },
  );
}

/**
 * Offers the command that stands first, as it nearly always does; where none does, all of them, to be listed or
 * recommended. A group that stands first is a program of its own.
 */
function offerCommands(
  parser: Argv,
  args: readonly string[],
  commands: OfferedCommands['commands'],
): readonly string[] {
  const [first = ''] = args;
  const named = Object.hasOwn(commands, first) ? commands[first] : undefined;
  if (named && !('load' in named)) {
    addSubcommands(parser.recommendCommands(), first, named)
      .scriptName(`certwright ${first}`)
      .usage(`$0\n\n${named.summary}`);
    return args.slice(1);
  }
  parser
    .scriptName('certwright')
    .usage(
      '$0 COMMAND\n\nSays whether a TLS configuration will work, and why not; builds chains and trust bundles, checks CRLs and names.',
    )
    .demandCommand(1, 'name a command');
  // Behind a command a word that looks like another is a file.
  if (!named) parser.recommendCommands();
  for (const [name, entry] of named ? [[first, named] as const] : Object.entries(commands))
    addCommand(parser, name, entry);
  return args;
}

/** Parses the arguments; no command is chosen where a help text or the version was asked for, and printed. */
export async function parseByYargs(
  given: readonly string[],
  { commands, version }: OfferedCommands,
): Promise<YargsReading> {
  const { args, restore, restoreIn } = hideArguments(given);
  const parser = declareOptions(yargs(), commonOptions, true)
    .parserConfiguration({ 'greedy-arrays': false, 'parse-numbers': false, 'parse-positional-numbers': false })
    .version(version)
    .strict()
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      throw error ?? new Complaint(restoreIn(message));
    })
    .wrap(Math.min(100, terminalWidth() ?? 100));
  const offered = offerCommands(parser, args, commands);
  try {
    await parser.parseAsync(offered);
    return { chosen: undefined };
  } catch (error) {
    if (error instanceof CommandChosen) return { chosen: { ...error.chosen, args: restore(error.chosen.args) } };
    if (error instanceof Complaint || (error instanceof Error && error.name === 'YError'))
      return { complaint: error.message };
    throw error;
  }
}
