/**
 * Standard output and standard error. Files and pipes are written through their descriptors: making Node's stream objects
 * takes longer than all that a short command prints, and in Node these writes wait for the system anyway. Terminals, which
 * on Windows want more than bytes, and pipes that somebody has set not to wait go through the streams.
 */
import { fstatSync, statSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import { isatty } from 'node:tty';
import { explainUnwritable } from '../files/write-file.js';

export type StandardStream = 'stdout' | 'stderr';

const descriptors: Readonly<Record<StandardStream, number>> = { stdout: 1, stderr: 2 };

export function isTerminal(name: StandardStream): boolean {
  const descriptor = descriptors[name];
  const stats = fstatSync(descriptor);
  // /dev/null is no terminal, and node:tty need not be loaded to say so.
  return stats.isCharacterDevice() && stats.rdev !== statSync(devNull).rdev && isatty(descriptor);
}

/** Columns of the terminal, or undefined where there is none. */
export function terminalWidth(): number | undefined {
  if (!isTerminal('stdout')) return undefined;
  const { columns } = process.stdout;
  return columns;
}

async function writeToStream(name: StandardStream, bytes: Uint8Array): Promise<void> {
  const stream = process[name];
  // The write itself says what went wrong.
  if (stream.listenerCount('error') === 0) stream.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    stream.write(bytes, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

async function writeToDescriptor(name: StandardStream, bytes: Uint8Array): Promise<void> {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptors[name], bytes, written);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    await writeToStream(name, bytes.subarray(written));
  }
}

/** Writes and waits until the system has taken everything. @throws UnwritableFileError where it does not. */
export async function writeTo(name: StandardStream, chunk: string | Uint8Array): Promise<void> {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  try {
    await (isTerminal(name) ? writeToStream(name, bytes) : writeToDescriptor(name, bytes));
  } catch (error) {
    // A reader that closes the pipe, as `head` does, is no fault of anybody's.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(0);
    throw explainUnwritable(`standard ${name === 'stdout' ? 'output' : 'error'}`, error);
  }
}
