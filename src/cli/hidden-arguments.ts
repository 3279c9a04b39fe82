/**
 * Arguments that travel through yargs under other names, and get their own back before anybody reads them: a positional
 * `-`, which yargs loses, and all but the first of a long row of files, of which it makes a new list for each one.
 */

/** No file is called that. */
const standardInput = 'certwright:standard-input';
const rest = 'certwright:rest:';

/** How many of a row stay as they are: more than any command tells apart by their place. */
const kept = 8;

export interface HiddenArguments {
  readonly args: readonly string[];
  /** The arguments of a command, with what was hidden. */
  readonly restore: <A extends object>(given: A) => A;
  /** The same in what yargs says of them. */
  readonly restoreIn: (message: string) => string;
}

/** An option takes one value at most (`greedy-arrays` is off), so behind the first of a row all are positionals. */
export function hideArguments(given: readonly string[]): HiddenArguments {
  // Where a file is called so by itself, nothing is hidden behind such a name.
  const most = given.some((argument) => argument.startsWith(rest)) ? Infinity : kept;
  const args: string[] = [];
  const rows: string[][] = [];
  let inRow = 0;
  for (const argument of given) {
    inRow = argument.startsWith('-') && argument !== '-' ? 0 : inRow + 1;
    if (inRow === most + 1) {
      args.push(`${rest}${rows.length}`);
      rows.push([]);
    }
    if (inRow > most) rows.at(-1)?.push(argument);
    else args.push(argument === '-' ? standardInput : argument);
  }
  const restoreOne = (value: unknown): unknown => {
    if (value === standardInput) return '-';
    const row =
      typeof value === 'string' && value.startsWith(rest) ? rows[Number(value.slice(rest.length))] : undefined;
    return row ?? value;
  };
  return {
    args,
    restore: <A extends object>(parsed: A) =>
      Object.fromEntries(
        Object.entries(parsed).map(([name, value]: [string, unknown]) => [
          name,
          Array.isArray(value) ? value.flatMap(restoreOne) : restoreOne(value),
        ]),
      ) as A,
    restoreIn: (message) =>
      rows.reduce(
        (text, row, position) => text.replaceAll(`${rest}${position}`, row.join(', ')),
        message.replaceAll(standardInput, '-'),
      ),
  };
}
