import { describe, expect, it } from 'vitest';
import { startProgress } from '../../../src/cli/progress.js';

/** A terminal of 60 columns, and a clock that is set by hand. */
function watch(): {
  readonly written: string[];
  readonly at: (time: number) => void;
  readonly progress: ReturnType<typeof startProgress>;
} {
  const written: string[] = [];
  let time = 0;
  const terminal = { columns: 60, write: (text: string) => written.push(text) > 0 };
  return { written, at: (now) => (time = now), progress: startProgress(terminal, () => time) };
}

describe('startProgress', () => {
  it('says nothing of work that is done within a second', () => {
    const { written, at, progress } = watch();
    for (const time of [0, 500, 999]) {
      at(time);
      progress.report('a.crl', time * 1000, 1_000_000, 'bytes');
    }
    at(1100);
    progress.report('a.crl', 1_000_000, 1_000_000, 'bytes');
    progress.clear();
    expect(written).toEqual([]);
  });

  it('says bytes, rate and the time that is left, and wipes the line when the file is done', () => {
    const { written, at, progress } = watch();
    progress.report('a.crl', 0, 570_000_000, 'bytes');
    at(2000);
    progress.report('a.crl', 190_000_000, 570_000_000, 'bytes');
    expect(written).toEqual(['\ra.crl: 190 of 570 MB, 95 MB/s, 4 s left\u001b[K']);
    progress.report('a.crl', 570_000_000, 570_000_000, 'bytes');
    expect(written.slice(1)).toEqual(['\r\u001b[K']);
  });

  it('says the same of what is counted, and of what has hardly begun no time', () => {
    const { written, at, progress } = watch();
    progress.report('verifying', 0, 20_000, 'certificates');
    at(1000);
    progress.report('reading', 0, 12, 'files');
    at(4000);
    progress.report('verifying', 5000, 20_000, 'certificates');
    expect(written).toEqual([
      '\rreading: 0 of 12 files, 0/s\u001b[K',
      '\rverifying: 5,000 of 20,000 certificates, 1,250/s, 12 s left\u001b[K',
    ]);
  });

  it('says it a few times a second, on a line that the terminal has room for', () => {
    const { written, at, progress } = watch();
    const name = `${'a'.repeat(80)}.crl`;
    progress.report(name, 0, 1000, 'bytes');
    for (let time = 1000; time < 2000; time += 10) {
      at(time);
      progress.report(name, 1, 1000, 'bytes');
    }
    expect(written).toHaveLength(5);
    expect(new Set(written)).toEqual(new Set([`\r${'a'.repeat(59)}\u001b[K`]));
  });

  it('says nothing where there is no terminal', () => {
    const progress = startProgress(undefined, () => 5000);
    expect(() => {
      progress.report('a.crl', 1, 2, 'bytes');
      progress.clear();
    }).not.toThrow();
  });
});
