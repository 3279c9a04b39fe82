/** The rows of the bench, for the terminal and as docs/performance.md. */
import type { Row } from './case.js';
import type { Spread } from './measure.js';

export interface Measured {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly Row[];
}

const digits = (value: number): string => value.toFixed(value < 0.1 ? 3 : 2);
const showSpread = ({ median, min, max }: Spread): string => `${digits(median)} (${digits(min)}–${digits(max)})`;
const isReached = ({ ratio, bar }: Row): boolean => bar === undefined || ratio.median <= bar;

function showBar(row: Row): string {
  if (row.bar === undefined) return '';
  return `≤ ${digits(row.bar)}, ${isReached(row) ? 'reached' : 'not reached'}`;
}

export function formatCase(title: string, rows: readonly Row[]): string {
  const lines = rows.map(
    (row) =>
      `  ${row.work.padEnd(44)} ${showSpread(row.ratio).padEnd(22)} ${row.figures.join(' : ').padEnd(22)} ${showBar(row)}`,
  );
  return [``, title, ...lines].join('\n');
}

/** A bar in a cell would begin another one. */
const escapeBars = (cell: string): string => cell.replaceAll('|', '\\|');

const tableOf = (rows: readonly Row[]): string =>
  [
    '| work | with | against | ratio: median (least–greatest) | median figures | bar |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(
      (row) =>
        `| ${row.work} | ${row.ours} | ${escapeBars(row.theirs)} | ${showSpread(row.ratio)} | ${row.figures.join(' : ')} | ${showBar(row)} |`,
    ),
  ].join('\n');

/** Everything in it is printed by `npm run bench`. */
export function writeDocument(machine: string, measured: readonly Measured[]): string {
  const missed = measured.flatMap(({ rows }) => rows.filter((row) => !isReached(row)));
  const misses = missed.map(
    ({ work, theirs, ratio, bar }) =>
      `- ${work}, against ${theirs}: ${digits(ratio.median)} instead of ${digits(bar ?? 0)}`,
  );
  return `<!-- Written by npm run bench: change test/bench/, not this page. -->

# Performance

What certwright takes beside what you would run instead. A ratio is certwright's by the other's: below 1 certwright takes
less. The two run in turn, pair by pair, and the middle of the pairs counts; the times beside it are those of this one
machine, and mean nothing on another. \`npm run bench\` makes the data, measures and writes this page;
\`npm run bench -- --quick\` prints a first look in a minute.

Measured on ${machine}.

${measured.map(({ title, about, rows }) => `## ${title}\n\n${about}\n\n${tableOf(rows)}\n`).join('\n')}
## Not reached

${misses.length > 0 ? misses.join('\n') : 'Every bar is reached.'}
`;
}
