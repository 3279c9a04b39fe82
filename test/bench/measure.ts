/** Runs programs and compares them: in turn, A B A B, so that a machine that slows down slows both, and by medians. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Least, middle and greatest of several figures. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** What a program took, in milliseconds of wall clock, run after run. */
export interface Comparison {
  readonly ours: Spread;
  readonly theirs: Spread;
  /** Ours by theirs, pair by pair. */
  readonly ratio: Spread;
}

export interface Program {
  readonly command: readonly string[];
  /** Exit codes that are right; 0 unless given. */
  readonly exits?: readonly number[];
}

/**
 * Without what changes how Node itself starts: where NODE_EXTRA_CA_CERTS is set, Node 20 reads all
 * of them as it starts, and everything beside that would look small.
 */
const env = { ...process.env, NODE_EXTRA_CA_CERTS: undefined, NODE_OPTIONS: undefined };

/** 256 MB of output, more than any of these programs prints. */
const maxBuffer = 268_435_456;

export function spread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  const lower = sorted[sorted.length % 2 === 1 ? middle : middle - 1] ?? NaN;
  return { median: (lower + upper) / 2, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

/** Milliseconds of one run. @throws where it ends otherwise than it should: a failure is fast, and no figure. */
export function timeProgram({ command, exits = [0] }: Program): number {
  const [file = '', ...args] = command;
  const start = performance.now();
  const { status, stderr, error } = spawnSync(file, args, { env, maxBuffer, stdio: ['ignore', 'pipe', 'pipe'] });
  const time = performance.now() - start;
  if (error) throw error;
  if (!exits.includes(status ?? -1)) {
    throw new Error(`${command.slice(0, 6).join(' ')} … exited ${status}: ${stderr.toString().slice(0, 500)}`);
  }
  return time;
}

/** One uncounted pair, then `pairs` counted ones. */
export function comparePrograms(ours: Program, theirs: Program, pairs: number): Comparison {
  return compareTimes(
    () => timeProgram(ours),
    () => timeProgram(theirs),
    pairs,
  );
}

/** The same for anything that says how long it took. */
export function compareTimes(ours: () => number, theirs: () => number, pairs: number): Comparison {
  ours();
  theirs();
  const times = Array.from({ length: pairs }, () => ({ ours: ours(), theirs: theirs() }));
  return {
    ours: spread(times.map((pair) => pair.ours)),
    theirs: spread(times.map((pair) => pair.theirs)),
    ratio: spread(times.map((pair) => pair.ours / pair.theirs)),
  };
}

/** Peak memory in megabytes, the middle of five runs, as GNU time counts it; undefined where that is not installed. */
export function measurePeak({ command }: Program): number | undefined {
  const timer = '/usr/bin/time';
  if (!existsSync(timer)) return undefined;
  const peaks = Array.from({ length: 5 }, () => {
    const { stderr } = spawnSync(timer, ['-f', 'peak %M', ...command], { env, maxBuffer, encoding: 'utf8' });
    const [, peak] = /^peak (\d+)$/m.exec(stderr) ?? [];
    if (peak === undefined) throw new Error(`no peak of ${command.slice(0, 6).join(' ')} …: ${stderr.slice(0, 500)}`);
    return Number(peak) / 1024;
  });
  return spread(peaks).median;
}

/** Microseconds of one call: the middle of five rounds, after one that warms up. */
export function timeCall(call: () => unknown, milliseconds: number): number {
  const round = (): number => {
    const start = performance.now();
    let calls = 0;
    while (performance.now() - start < milliseconds / 5) {
      for (let i = 0; i < 20; i++) call();
      calls += 20;
    }
    return ((performance.now() - start) * 1000) / calls;
  };
  round();
  return spread(Array.from({ length: 5 }, round)).median;
}
