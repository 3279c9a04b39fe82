/** A line on the terminal for reading that takes long: how far, how fast, how long still. Silent in pipes and for quick work. */
import type { WriteStream } from 'node:tty';

/** Work that is done within this time says nothing; in milliseconds. */
const silentFor = 1000;
/** Between two lines, in milliseconds: often enough to be seen moving. */
const interval = 200;

export interface Progress {
  /** `done` of `total` bytes of a file have been read. */
  readonly report: (file: string, done: number, total: number) => void;
  /** Wipes the line away. */
  readonly clear: () => void;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`;

function formatTime(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `large.crl: 120 of 570 MB, 95 MB/s, 5 s left`. @param elapsed in milliseconds, since the file was begun. */
function formatProgress(file: string, done: number, total: number, elapsed: number): string {
  const rate = done / Math.max(elapsed, 1);
  const left = formatTime((total - done) / rate);
  return `${file}: ${Math.round(done / 1e6).toLocaleString('en-US')} of ${megabytes(total)}, ${megabytes(rate * 1000)}/s, ${left} left`;
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
    report: (file, done, total) => {
      const at = now();
      const start = started.get(file) ?? at;
      started.set(file, start);
      if (done >= total) {
        clear();
        started.delete(file);
      } else if (stream && at - begun >= silentFor && at - shown >= interval) {
        shown = at;
        isVisible = true;
        const line = formatProgress(file, done, total, at - start);
        // A line that wraps could not be wiped away.
        stream.write(`\r${line.slice(0, Math.max((stream.columns || 80) - 1, 20))}\u001b[K`);
      }
    },
    clear,
  };
}
