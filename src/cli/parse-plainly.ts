/**
 * The plainest command lines, and by far the most frequent: a command, its files, and options as they are declared, each
 * with its value. Nothing has to be said about them, so yargs, which takes longer to load than most commands run, is not
 * asked. Every other line, from --help to an option that nobody knows, is left to `parse-by-yargs.ts`, which alone knows what
 * to say; what both accept they read alike, which a property test holds them to.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { commands, type ChosenCommand, type CommandEntry } from './commands.js';
import { commonOptions, toCamelCase, type CommonArguments, type OptionDeclaration } from './options.js';

/**
 * What yargs reads in a way of its own: joined letters, negative numbers, an end of options, quotes, nothing at all, and
 * values of flags.
 */
const remarkable = /^$|^-[^-].|^--$|^--[^=]*=$|["']|^(?:true|false)$/;

/** @returns undefined where the line is not of the plainest. */
export async function parsePlainly(args: readonly string[]): Promise<ChosenCommand | undefined> {
  const named = findCommand(args);
  if (!named) return undefined;
  const { command, entry, rest } = named;
  if (rest.some((argument) => remarkable.test(argument))) return undefined;
  const { options } = await entry.load();
  const declared = Object.entries<OptionDeclaration>({ ...commonOptions, ...options });
  const read = readByNode(rest, declared);
  const given = read && collectOptions(read.values, declared);
  const positionals = read && placePositionals(read.positionals, entry);
  if (!given || !positionals) return undefined;
  return { command, entry, args: { ...given, ...positionals } as unknown as CommonArguments };
}

function findCommand([first = '', ...rest]: readonly string[]):
  { readonly command: string; readonly entry: CommandEntry; readonly rest: readonly string[] } | undefined {
  const named = Object.hasOwn(commands, first) ? commands[first] : undefined;
  const [second = '', ...further] = rest;
  const sub = named?.subcommands && Object.hasOwn(named.subcommands, second) ? named.subcommands[second] : undefined;
  if (sub) return { command: `${first} ${second}`, entry: sub, rest: further };
  return named && 'load' in named ? { command: first, entry: named, rest } : undefined;
}

type Values = Readonly<Record<string, readonly (string | boolean)[] | undefined>>;

function readByNode(
  args: readonly string[],
  declared: readonly (readonly [string, OptionDeclaration])[],
): { readonly values: Values; readonly positionals: readonly string[] } | undefined {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, { type, alias }] of declared)
    options[name] = { type: type ?? 'string', multiple: true, ...(alias !== undefined && { short: alias }) };
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values: values as Values, positionals };
  } catch {
    return undefined;
  }
}

/** By their names in camel case; undefined where yargs would refuse what was given. */
function collectOptions(
  values: Values,
  declared: readonly (readonly [string, OptionDeclaration])[],
): Record<string, unknown> | undefined {
  const collected: Record<string, unknown> = {};
  for (const [name, { array, choices, default: unlessGiven, conflicts = [] }] of declared) {
    const given = values[name];
    const [value = unlessGiven, ...others] = given ?? [];
    if (given && !array && others.length > 0) return undefined;
    if (given && choices?.includes(String(value)) === false) return undefined;
    if (given && conflicts.some((other) => values[other])) return undefined;
    collected[toCamelCase(name)] = array ? given : value;
  }
  return collected;
}

/** As the usage names them: `<file> [sources..]`; undefined where there are too few, too many, or one names a command. */
function placePositionals(
  given: readonly string[],
  { usage, subcommands = {} }: CommandEntry,
): Record<string, unknown> | undefined {
  if (given.some((argument) => Object.hasOwn(subcommands, argument))) return undefined;
  const placed: Record<string, unknown> = {};
  let rest = given;
  for (const [, bracket, name = '', dots] of usage.matchAll(/([<[])([a-z]+)(\.\.)?[>\]]/g)) {
    if (bracket === '<' && rest.length === 0) return undefined;
    placed[name] = dots ? rest : rest[0];
    rest = dots ? [] : rest.slice(1);
  }
  return rest.length > 0 ? undefined : placed;
}
