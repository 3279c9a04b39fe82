/** A line on the terminal for work that takes long: how far, how fast, how long still. Silent in pipes and for quick work. */
import type { WriteStream } from 'node:tty';
import type { ProgressUnit, ReportProgress } from '../files/report-progress.js';
import { formatCount } from '../report/count.js';

/** Work that is done within this time says nothing; in milliseconds. */
const silentFor = 1000;
/** Between two lines, in milliseconds: often enough to be seen moving. */
const interval = 200;

export interface Progress {
  readonly report: ReportProgress;
  /** Wipes the line away. */
  readonly clear: () => void;
}

const inWords = (number: number): string => formatCount(Math.round(number));

function formatTime(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

interface Step {
  readonly task: string;
  readonly done: number;
  readonly total: number;
  readonly unit: ProgressUnit;
  /** In milliseconds, since the task was begun. */
  readonly elapsed: number;
}

/** `large.crl: 120 of 570 MB, 95 MB/s, 5 s left`, `verifying: 1,200 of 5,000 certificates, 4,300/s, 1 s left`. */
function formatProgress({ task, done, total, unit, elapsed }: Step): string {
  const rate = done / Math.max(elapsed, 1);
  const left = done > 0 ? `, ${formatTime((total - done) / rate)} left` : '';
  if (unit === 'bytes') {
    return `${task}: ${inWords(done / 1e6)} of ${inWords(total / 1e6)} MB, ${inWords(rate / 1000)} MB/s${left}`;
  }
  return `${task}: ${inWords(done)} of ${inWords(total)} ${unit}, ${inWords(rate * 1000)}/s${left}`;
}

/** @param stream the terminal; undefined where there is none, or nothing is to be said. @param now in milliseconds. */
export function startProgress(
  stream: Pick<WriteStream, 'write' | 'columns'> | undefined,
  now: () => number = () => Date.now(),
): Progress {
  const started = new Map<string, number>();
  const begun = now();
  let shown = -Infinity;
  let isVisible = false;
  const clear = (): void => {
    if (isVisible) stream?.write('\r\u001b[K');
    isVisible = false;
  };
  return {
    report: (task, done, total, unit) => {
      const at = now();
      const start = started.get(task) ?? at;
      started.set(task, start);
      if (done >= total) {
        clear();
        started.delete(task);
      } else if (stream && at - begun >= silentFor && at - shown >= interval) {
        shown = at;
        isVisible = true;
        const line = formatProgress({ task, done, total, unit, elapsed: at - start });
        // A line that wraps could not be wiped away.
        stream.write(`\r${line.slice(0, Math.max((stream.columns || 80) - 1, 20))}\u001b[K`);
      }
    },
    clear,
  };
}
