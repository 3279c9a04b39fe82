/** A directory of its own for one test, removed afterwards. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Scratch {
  readonly directory: string;
  /** The full path of a file in it. */
  readonly path: (name: string) => string;
  /** Writes a file (and the folders above it) and gives its full path. */
  readonly write: (name: string, contents: string | Uint8Array) => string;
}

/** To be called inside a test; the directory lives until the test is finished. */
export function makeScratch(): Scratch {
  const directory = mkdtempSync(join(tmpdir(), 'certwright-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  const path = (name: string): string => join(directory, name);
  const write = (name: string, contents: string | Uint8Array): string => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), contents);
    return path(name);
  };
  return { directory, path, write };
}
