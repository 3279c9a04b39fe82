/** What a case of the bench is: it makes its data, measures, and brings back rows for the table. */
import type { Comparison, Spread } from './measure.js';

export interface Bench {
  /** A folder of the case's own, removed after it. */
  readonly folder: string;
  /** Fewer runs, for a first look. */
  readonly quick: boolean;
  /** `node bin/certwright.js` and these arguments. */
  readonly certwright: (...args: readonly string[]) => readonly string[];
}

export interface Row {
  /** What is done: `5,000 certificates against one CA`. */
  readonly work: string;
  readonly ours: string;
  /** What it is compared with; the ratio is ours by theirs. */
  readonly theirs: string;
  readonly ratio: Spread;
  /** As they are to be read: `1.4 s`, `31 MB`. */
  readonly figures: readonly [ours: string, theirs: string];
  /** Greatest ratio that is wanted, inclusive; undefined where none is. */
  readonly bar?: number;
}

export interface Case {
  readonly title: string;
  /** A sentence about the data and the comparison. */
  readonly about: string;
  run(bench: Bench): Row[] | Promise<Row[]>;
}

export function showMilliseconds({ median }: Spread): string {
  return median < 1000 ? `${median.toFixed(0)} ms` : `${(median / 1000).toFixed(2)} s`;
}

/** What two programs took, for a row. */
export const showTimes = ({ ours, theirs, ratio }: Comparison): Pick<Row, 'ratio' | 'figures'> => ({
  ratio,
  figures: [showMilliseconds(ours), showMilliseconds(theirs)],
});

/** What does no more than read, decode and check one signature each: the least that the same work takes on Node. */
export function bareVerify(ca: string, ...files: readonly string[]): readonly string[] {
  return [process.execPath, 'test/bench/bare-verify.cjs', ca, ...files];
}
