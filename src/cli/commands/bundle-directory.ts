/**
 * Replaces an OpenSSL hashed directory. Whatever lies in such a directory is trusted, so no file of an earlier run may
 * stay: the new directory is made beside the old one and takes its place by renaming.
 */
import { chmod, mkdir, mkdtemp, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isHashedFileName } from '../../bundle/hash-directory.js';
import { UnwritableFileError } from '../../files/write-file.js';
import { createFinding } from '../../finding/catalogue.js';
import type { Finding } from '../../finding/finding.js';

/** How many names a finding lists. */
const listed = 5;

async function listDirectory(directory: string): Promise<string[] | undefined> {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

interface DirectoryFile {
  readonly name: string;
  readonly contents: string;
}

/** Puts `fresh` where `target` stands; where that fails the old directory comes back. */
async function exchange(target: string, fresh: string, aside: string): Promise<void> {
  await rename(target, aside);
  try {
    await rename(fresh, target);
  } catch (error) {
    await rename(aside, target);
    throw error;
  }
}

async function replaceDirectory(directory: string, files: readonly DirectoryFile[]): Promise<void> {
  const existing = await stat(directory).catch(() => undefined);
  // A link stays, and the directory behind it is replaced.
  const target = existing ? await realpath(directory) : resolve(directory);
  const work = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const fresh = join(work, 'new');
    await mkdir(fresh);
    if (existing) await chmod(fresh, existing.mode & 0o7777);
    for (const { name, contents } of files) await writeFile(join(fresh, name), contents);
    if (existing) await exchange(target, fresh, join(work, 'old'));
    else await rename(fresh, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Writes the files into `directory`, which is new, empty or a hashed directory that is replaced as a whole.
 *
 * @returns `bundle/directory-holds-others`, and nothing is written, where other files lie there. @throws
 * UnwritableFileError.
 */
export async function writeHashDirectory(directory: string, files: readonly DirectoryFile[]): Promise<Finding[]> {
  try {
    const others = ((await listDirectory(directory)) ?? []).filter((name) => !isHashedFileName(name));
    if (others.length > 0) {
      const params = { files: others.slice(0, listed), more: Math.max(0, others.length - listed) };
      const subject = { kind: 'directory', name: directory } as const;
      const origin = { file: directory };
      return [createFinding('bundle/directory-holds-others', subject, params, { origin })];
    }
    await replaceDirectory(directory, files);
    return [];
  } catch (error) {
    throw new UnwritableFileError(directory, error instanceof Error ? error.message : String(error), error);
  }
}
