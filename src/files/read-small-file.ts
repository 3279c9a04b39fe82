/** Reads a small regular file in one go: what most commands do most of, thousands of times where a directory is named. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';

/**
 * In bytes, inclusive: no certificate, chain or trust store of a system is larger. What is gets read piece by piece, and the
 * program that reads it does other things meanwhile; below, asking for a piece takes longer than the piece.
 */
const smallFile = 1_048_576;

/** The contents; undefined for what is no regular file, large or empty, and where the system refuses: `readSource` says why. */
export function readSmallFile(path: string, limit = smallFile): Uint8Array | undefined {
  try {
    // Before it is opened: a pipe would wait for its writer.
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile() || stats.size === 0 || stats.size > Math.min(smallFile, limit)) return undefined;
    const bytes = Buffer.allocUnsafeSlow(stats.size);
    const descriptor = openSync(path, 'r');
    try {
      return bytes.subarray(0, readSync(descriptor, bytes));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}
