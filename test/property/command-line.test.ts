/** Two readers of one command line: what is read plainly yargs reads alike, over lines that are made of what is declared and of what is not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands, type CommandEntry } from '../../src/cli/commands.js';
import { commonOptions, toCamelCase, type OptionDeclaration } from '../../src/cli/options.js';
import { parseByYargs } from '../../src/cli/parse-by-yargs.js';
import { parsePlainly } from '../../src/cli/parse-plainly.js';

interface Called {
  readonly words: readonly string[];
  readonly entry: CommandEntry;
}

type Declared = readonly (readonly [string, OptionDeclaration])[];

/** Every command, as it is called. */
const callable = Object.entries(commands).flatMap(([name, command]): Called[] => [
  ...('load' in command ? [{ words: [name], entry: command }] : []),
  ...Object.entries(command.subcommands ?? {}).map(([sub, entry]) => ({ words: [name, sub], entry })),
]);

const values = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom('a.pem', '-', '#2', 'CN=x,O=y', '2026-11-21', '90d', '12', '1e3', './b/*.crl'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('', 'true', 'false', '-5', "it's", '"quoted"', 'add', 'list', 'x y', 'ü', '='),
  },
);

/** An option with a value that fits, one that does not, or none; joined or apart. */
const optionFrom = (declared: Declared): fc.Arbitrary<string[]> =>
  fc
    .record({
      option: fc.constantFrom(...declared),
      value: values,
      form: fc.constantFrom('apart', 'apart', 'apart', 'joined', 'short', 'bare', 'negated', 'camel'),
      fits: fc.integer({ min: 0, max: 9 }),
    })
    .map(({ option: [name, { type, choices, alias }], value, form, fits }) => {
      const given = choices && fits < 8 ? (choices[fits % choices.length] ?? '') : value;
      const isFlag = type === 'boolean' && fits < 8;
      if (form === 'negated') return [`--no-${name}`];
      if (form === 'joined') return [isFlag ? `--${name}` : `--${name}=${given}`];
      const written =
        form === 'camel' ? `--${toCamelCase(name)}` : form === 'short' && alias ? `-${alias}` : `--${name}`;
      return isFlag || form === 'bare' ? [written] : [written, given];
    });

const odd = fc.constantFrom(
  ['--'],
  ['--help'],
  ['-qv'],
  ['-ofile'],
  ['--unknown', 'x'],
  ['--constructor'],
  ['--no-color'],
);

async function declarationsOf({ entry }: Called): Promise<Declared> {
  const { options } = await entry.load();
  return Object.entries<OptionDeclaration>({ ...commonOptions, ...options });
}

/** A line of what is declared, and of what is not; in half of them stands what the usage wants. */
const lineOf = ({ words, entry }: Called, declared: Declared): fc.Arbitrary<string[]> =>
  fc
    .record({
      wanted: fc.constantFrom([], entry.usage.match(/<[a-z]+>/g) ?? []),
      parts: fc.array(
        fc.oneof(
          { weight: 8, arbitrary: optionFrom(declared) },
          { weight: 4, arbitrary: values.map((value) => [value]) },
          { weight: 1, arbitrary: odd },
        ),
        { maxLength: 6 },
      ),
    })
    .map(({ wanted, parts }) => [...words, ...wanted, ...parts.flat()]);

/** What a command sees: no list is as good as an empty one. */
const seen = (args: object, names: readonly string[]): Record<string, unknown> => {
  const all = new Map<string, unknown>(Object.entries(args));
  return Object.fromEntries(
    names.map((name) => {
      const value = all.get(name);
      return [name, Array.isArray(value) && value.length === 0 ? undefined : value];
    }),
  );
};

describe('a command line', () => {
  it.each(callable.map((called) => ({ name: called.words.join(' '), called })))(
    'of $name is read alike',
    async ({ called }) => {
      const declared = await declarationsOf(called);
      const { positionals } = await called.entry.load();
      const names = [...declared.map(([name]) => toCamelCase(name)), ...Object.keys(positionals)];
      let plain = 0;
      await fc.assert(
        fc.asyncProperty(lineOf(called, declared), async (line) => {
          const chosen = await parsePlainly(line);
          if (!chosen) return;
          plain++;
          const reading = await parseByYargs(line, { commands, version: '' });
          const other = 'chosen' in reading ? reading.chosen : undefined;
          expect(reading).toHaveProperty('chosen');
          expect(chosen.command).toBe(other?.command);
          expect(seen(chosen.args, names)).toEqual(seen(other?.args ?? {}, names));
        }),
        { numRuns: 200 },
      );
      expect(plain).toBeGreaterThan(5);
    },
  );

  it.each(callable.map(({ words, entry }) => ({ line: [...words, ...entry.usage.split(' ').slice(1)], words })))(
    'of $words with all its positionals is plain',
    async ({ line, words }) => {
      const chosen = await parsePlainly(line);
      expect(chosen?.command).toBe(words.join(' '));
    },
  );

  it.each([
    '--help',
    'chain --help',
    'crl',
    'hots a.pem',
    'chain a.pem --root perhaps',
    'chain a.pem --key k --each',
    'chain a.pem --at 2026-01-01 --at 2026-01-02',
    'bundle a.pem add b.pem',
    'bundle add',
    'bundle diff a b c',
    'host a.pem name -o',
    'host a.pem name --quiet true',
  ])('is left to yargs: %s', async (line) => {
    expect(await parsePlainly(line.split(' '))).toBeUndefined();
  });

  it('of a directory that sounds like a subcommand is no mistake', async () => {
    const line = ['bundle', 'cas', '--no-color'];
    expect(await parseByYargs(line, { commands, version: '' })).toMatchObject({
      chosen: { args: { inputs: ['cas'] } },
    });
  });
});
