/**
 * How a command says what it takes: tables of options and positionals, from which the types of its arguments follow.
 * `parse-plainly.ts` and `parse-by-yargs.ts` both read them, and nobody else knows an option.
 */

export interface OptionDeclaration {
  /** A string unless it is said. */
  readonly type?: 'boolean';
  /** May be given several times; an option that may not is refused the second time. */
  readonly array?: true;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** One letter. */
  readonly alias?: string;
  /** Options that it excludes. */
  readonly conflicts?: readonly string[];
  readonly describe: string;
}

/** By the long name, without its dashes. */
export type Options = Readonly<Record<string, OptionDeclaration>>;

export interface PositionalDeclaration {
  /** All that are left, as `usage` says with dots. */
  readonly array?: true;
  /** As `usage` says with `<>`. */
  readonly required?: true;
  readonly describe: string;
}

/** By their names in `usage`, in that order. */
export type Positionals = Readonly<Record<string, PositionalDeclaration>>;

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

type ValueOf<Declaration> = Declaration extends { type: 'boolean' }
  ? boolean
  : Declaration extends { array: true }
    ? readonly string[]
    : Declaration extends { choices: readonly (infer Choice)[] }
      ? Choice
      : string;

type IsAlwaysThere = { readonly default: string } | { readonly required: true };

/** What a table declares, by the names in camel case; undefined where it is not given. */
export type DeclaredBy<Table> = {
  readonly [Name in keyof Table as Table[Name] extends IsAlwaysThere ? CamelCase<Name & string> : never]: ValueOf<
    Table[Name]
  >;
} & {
  readonly [Name in keyof Table as Table[Name] extends IsAlwaysThere ? never : CamelCase<Name & string>]?:
    ValueOf<Table[Name]> | undefined;
};

/** `trusted-ca` as it is called among the arguments. */
export function toCamelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Options that every command has. */
export const commonOptions = {
  at: { describe: 'judge by this instant (2026-11-21 or 2026-11-21T12:00:00Z), not by now' },
  format: { describe: 'text, json or ndjson' },
  json: { type: 'boolean', describe: 'the same as --format json' },
  output: { alias: 'o', describe: 'write the result to this file' },
  quiet: { alias: 'q', type: 'boolean', describe: 'say errors only' },
  verbose: { alias: 'v', type: 'boolean', describe: 'say everything at length' },
  color: { type: 'boolean', describe: 'colours; --no-color and NO_COLOR turn them off' },
  'fail-on': {
    choices: ['error', 'warning'],
    default: 'error',
    describe: 'exit 1 from this severity on',
  },
  'password-file': { describe: 'file whose first line opens PKCS#12 files and encrypted keys' },
} as const satisfies Options;

export type CommonArguments = DeclaredBy<typeof commonOptions>;

/** The arguments of a command. */
export type ArgumentsOf<P extends Positionals, O extends Options> = CommonArguments & DeclaredBy<P> & DeclaredBy<O>;
