/** Reads the bytes of one file or of standard input, once, and says plainly why it could not. */
import { closeSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import type { ReportProgress } from './report-progress.js';

/** Largest file that is read, in bytes, inclusive: what Node reads in one piece (2^31 - 1), 37 times a CRL of a million entries. */
const maxFileSize = 2_147_483_647;

/**
 * Files of up to so many bytes are read at once: asking another thread four times costs more than the work, and
 * directories hold thousands of certificates of 2 KB.
 */
const smallFile = 65_536;

export type SourceBytes = { readonly bytes: Uint8Array } | { readonly finding: Finding };

/** Errors of the system that people meet, in words. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'a part of the path is a file, not a directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ELOOP: 'too many symbolic links, probably a circle',
  ENAMETOOLONG: 'the name is too long',
  EISDIR: 'it is a directory',
  EMFILE: 'too many open files',
  EIO: 'input/output error of the disk',
};

/** A finding for an error that the system gave for `file`. */
export function explainSystemError(error: unknown, file: string): Finding {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = reasons[code] ?? message;
  const missing = code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
  const subject = { kind: 'file', name: file } as const;
  return createFinding(missing ? 'input/not-found' : 'input/unreadable', subject, { reason }, { origin: { file } });
}

function refuseSize(file: string, size: number, limit: number): SourceBytes {
  const params = { size, limit };
  return { finding: createFinding('input/too-large', { kind: 'file', name: file }, params, { origin: { file } }) };
}

/** Everything that a stream gives, up to the limit. */
async function readStream(stream: Readable, file: string, limit: number): Promise<SourceBytes> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array | string>) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > limit) return refuseSize(file, size, limit);
    chunks.push(bytes);
  }
  return { bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size) };
}

/** So many bytes are read before anybody is told. */
const pieceSize = 16 * 1024 * 1024;

/** The whole of a regular file in one buffer of its size: `readFile` of node:fs/promises would hold it twice. */
async function readWhole(handle: FileHandle, size: number, onRead: (length: number) => void): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let length = 0;
  while (length < size) {
    onRead(length);
    const { bytesRead } = await handle.read(bytes, length, Math.min(size - length, pieceSize), length);
    // The file was cut while it was read.
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

/** What one small file is read into, and a byte more to see that it is none. */
let room: Buffer | undefined;

/** The whole of a small regular file, without a turn of the event loop; undefined for a larger one. */
function readSmall(path: string): Uint8Array | undefined {
  room ??= Buffer.allocUnsafeSlow(smallFile + 1);
  const descriptor = openSync(path, 'r');
  try {
    let length = 0;
    while (length <= smallFile) {
      const bytesRead = readSync(descriptor, room, length, room.length - length, null);
      // Into the pool of Node: for thousands of files an allocation of its own each is a tenth of the work.
      if (bytesRead === 0) return Buffer.from(room.subarray(0, length));
      length += bytesRead;
    }
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

/** Reads standard input to its end. */
export function readStandardInput(stream: Readable, limit = maxFileSize): Promise<SourceBytes> {
  return readStream(stream, '-', limit).catch((error: unknown) => ({ finding: explainSystemError(error, '-') }));
}

export interface ReadSourceOptions {
  /** Largest size in bytes, inclusive; `maxFileSize` unless given. */
  readonly limit?: number | undefined;
  /** Read a pipe until its writer is done, as of a shell's `<(…)`; in a directory nobody may ever write to it. */
  readonly pipes?: boolean | undefined;
  /** It is known to be a regular file: see `SourceFile`. */
  readonly regular?: boolean | undefined;
  readonly onProgress?: ReportProgress | undefined;
}

/** What a path is that is not read, or undefined for what is. */
function describeUnreadable(stats: Stats, pipes: boolean): string | undefined {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isSocket()) return 'a socket';
  if (stats.isFIFO()) return pipes ? undefined : 'a pipe';
  return stats.isFile() ? undefined : 'a device';
}

/**
 * Reads a regular file or a pipe to its end; directories, devices and sockets are refused.
 *
 * Findings: input/not-found, input/unreadable, input/not-a-file, input/too-large. Never throws for what the system says.
 */
export async function readSource(path: string, options: ReadSourceOptions = {}): Promise<SourceBytes> {
  const { limit = maxFileSize, pipes = true, regular = false } = options;
  let handle: FileHandle | undefined;
  try {
    const small = regular && limit >= smallFile ? readSmall(path) : undefined;
    if (small) return { bytes: small };
    const stats = statSync(path);
    const what = describeUnreadable(stats, pipes);
    if (what !== undefined) {
      const subject = { kind: 'file', name: path } as const;
      return { finding: createFinding('input/not-a-file', subject, { what }, { origin: { file: path } }) };
    }
    if (stats.size > limit) return refuseSize(path, stats.size, limit);
    const read = stats.isFile() && stats.size > 0 && stats.size <= smallFile ? readSmall(path) : undefined;
    if (read) return { bytes: read };
    handle = await open(path, 'r');
    // Pipes, and files of /proc, have no size.
    if (!stats.isFile() || stats.size === 0) {
      return await readStream(handle.createReadStream({ autoClose: false }), path, limit);
    }
    const { size } = stats;
    const bytes = await readWhole(handle, size, (length) => options.onProgress?.(path, length, size, 'bytes'));
    options.onProgress?.(path, size, size, 'bytes');
    return { bytes };
  } catch (error) {
    return { finding: explainSystemError(error, path) };
  } finally {
    await handle?.close();
  }
}
