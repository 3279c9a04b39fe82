/** Replaces a file in one step: a reader sees the old one or the new one, never a half. */
import { lstatSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { writeFile } from 'atomically';

/** The file cannot be written; the message says which and why. */
export class UnwritableFileError extends Error {
  override readonly name = 'UnwritableFileError';

  constructor(
    readonly file: string,
    readonly reason: string,
    cause?: unknown,
  ) {
    super(`${file} cannot be written: ${reason}`, { cause });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its directory does not exist',
  ENOTDIR: 'a part of the path is a file, not a directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EISDIR: 'it is a directory',
};

/** atomically tries again for 7.5 s where permission is denied, for the sake of virus scanners on Windows; people wait. */
const retryFor = 500;

/** Readable and writable by the owner alone. */
const ownerOnly = 0o600;

export interface WriteFileOptions {
  /** The contents hold a private key: a new file is for its owner alone. */
  readonly secret?: boolean | undefined;
}

async function write(file: string, contents: string | Uint8Array, secret: boolean): Promise<void> {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory()) throw new UnwritableFileError(file, 'it is a directory');
  // Renaming over /dev/null or a pipe would put a file in its place.
  if (stats && !stats.isFile()) {
    writeFileSync(file, contents);
    return;
  }
  if (!stats) {
    // A link that leads nowhere would be replaced by a file.
    if (lstatSync(file, { throwIfNoEntry: false }))
      throw new UnwritableFileError(file, 'it is a link that leads nowhere');
    // atomically would make the directory, and a mistyped path would go unnoticed.
    statSync(dirname(file));
  }
  const bytes = typeof contents === 'string' ? Buffer.from(contents, 'utf8') : contents;
  // As a stream: atomically writes a buffer in one call and does not look whether the disk took all of it.
  await writeFile(file, Readable.from([bytes], { objectMode: false }), {
    timeout: retryFor,
    ...(!stats && secret && { mode: ownerOnly }),
  });
}

/** @param path the file, or what else is written to; `error` is what the system says. */
export function explainUnwritable(path: string, error: unknown): UnwritableFileError {
  if (error instanceof UnwritableFileError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new UnwritableFileError(path, reasons[code] ?? message, error);
}

function makeMissing(directory: string): void {
  if (statSync(directory, { throwIfNoEntry: false })) return;
  const above = dirname(directory);
  if (above !== directory) makeMissing(above);
  mkdirSync(directory);
}

/**
 * Makes a directory with those above it, where they are not there. One by one: Node 20 never comes back from
 * `recursive` where the system says of a directory that is there that it does not exist, as /proc does.
 *
 * @throws UnwritableFileError.
 */
export function makeDirectory(directory: string): void {
  try {
    makeMissing(directory);
    if (!statSync(directory).isDirectory()) throw new UnwritableFileError(directory, 'it is a file, not a directory');
  } catch (error) {
    throw explainUnwritable(directory, error);
  }
}

/**
 * Writes a file by writing a new one beside it and renaming it into place; links are followed.
 *
 * The mode and owner of a file that stands there are kept; a new one gets 0600 if `secret`, else what the umask leaves.
 * Devices and pipes are written to as they are. @throws UnwritableFileError.
 */
export async function writeFileAtomically(
  file: string,
  contents: string | Uint8Array,
  options: WriteFileOptions = {},
): Promise<void> {
  try {
    await write(file, contents, options.secret ?? false);
  } catch (error) {
    throw explainUnwritable(file, error);
  }
}
