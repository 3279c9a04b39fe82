/**
 * Turns what the user named into files: single files, comma-separated lists as in the Security Pack's `certificate`
 * option, directories with all that is below them, and `-` for standard input.
 *
 * A file that exists under the whole name wins over a list. In a directory the files come in the order of their names,
 * hidden ones left out; links that OpenSSL made (`c01eb047.0`) come last, so that a certificate of /etc/ssl/certs, which
 * stands there under two or three names, is read once and under the name that says something. The system is asked in
 * this thread: for thousands of files, a turn of the event loop for each question would take longer than all answers.
 */
import { lstatSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { explainSystemError } from './read-source.js';

export interface SourceFile {
  /** As it is opened and shown; `-` is standard input. */
  readonly file: string;
  /** The directory that the user named, where the file was found in one. */
  readonly directory: string | undefined;
  /** True where the system says that it is a regular file: it need not be asked again. */
  readonly regular?: boolean;
}

export interface ExpandedSources {
  readonly files: readonly SourceFile[];
  readonly findings: readonly Finding[];
}

interface Expansion {
  readonly files: SourceFile[];
  readonly findings: Finding[];
  /** Real paths of files and directories that were taken. */
  readonly taken: Set<string>;
  /** Where the directories of files lie in truth. */
  readonly realDirectories: Map<string, string>;
}

/** What a directory held beside the files that are read. */
interface Tally {
  readonly hidden: string[];
  readonly repeated: string[];
}

/** How many names a finding lists. */
const listed = 5;
/** `c_rehash` and `openssl rehash` name links after the hash of the subject: 8 digits, r for a CRL, a number. */
const hashedName = /^[0-9a-f]{8}\.r?\d+$/;

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/** The file behind links; the path itself where the system cannot say, as for a pipe. */
function resolveLinks(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** File systems that know a file under several spellings of its name have to be asked for the right one. */
const spellsOneWay = process.platform !== 'win32' && process.platform !== 'darwin';

/** Where a regular file lies; undefined for what is none or may be a link. */
function placeOfRegular({ realDirectories }: Expansion, path: string): string | undefined {
  try {
    if (!lstatSync(path).isFile()) return undefined;
  } catch {
    return undefined;
  }
  if (!spellsOneWay) return resolveLinks(path);
  const directory = dirname(path);
  const real = realDirectories.get(directory) ?? resolveLinks(directory);
  realDirectories.set(directory, real);
  return join(real, basename(path));
}

/** True the first time that the file behind `path` turns up; `real` is where that is. */
function take({ taken }: Expansion, path: string, real = resolveLinks(path)): boolean {
  if (taken.has(real)) return false;
  taken.add(real);
  return true;
}

function compareNames(a: Dirent, b: Dirent): number {
  const hashed = Number(hashedName.test(a.name)) - Number(hashedName.test(b.name));
  return hashed || (a.name < b.name ? -1 : Number(a.name > b.name));
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // A link that leads nowhere is told when it is read.
    return false;
  }
}

async function walkDirectory(expansion: Expansion, root: string, directory: string, tally: Tally): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(directory, { withFileTypes: true });
  } catch (error) {
    expansion.findings.push(explainSystemError(error, directory));
    return;
  }
  const real = resolveLinks(directory);
  for (const entry of entries.sort(compareNames)) {
    const path = join(directory, entry.name);
    // What is no link lies where its directory does.
    const place = entry.isFile() ? join(real, entry.name) : undefined;
    if (entry.name.startsWith('.')) tally.hidden.push(path);
    else if (!take(expansion, path, place)) tally.repeated.push(path);
    else if (!entry.isFile() && isDirectory(path)) await walkDirectory(expansion, root, path, tally);
    else expansion.files.push({ file: path, directory: root, regular: entry.isFile() });
  }
}

function noteTally(expansion: Expansion, directory: string, { hidden, repeated }: Tally): void {
  const subject = { kind: 'directory', name: directory } as const;
  const place = { origin: { file: directory } };
  for (const [code, names] of [
    ['input/hidden-files', hidden],
    ['input/repeated-file', repeated],
  ] as const) {
    if (names.length === 0) continue;
    const params = { count: names.length, names: names.slice(0, listed) };
    expansion.findings.push(createFinding(code, subject, params, place));
  }
}

async function addDirectory(expansion: Expansion, directory: string): Promise<void> {
  // `join` would drop the dot of `./certs`, and with it the name that the user knows.
  const before = expansion.files.length;
  const tally: Tally = { hidden: [], repeated: [] };
  if (take(expansion, directory)) await walkDirectory(expansion, directory, directory, tally);
  else tally.repeated.push(directory);
  noteTally(expansion, directory, tally);
  if (expansion.files.length === before && tally.repeated.length === 0) {
    const params = { entries: tally.hidden.length };
    const subject = { kind: 'directory', name: directory } as const;
    expansion.findings.push(createFinding('input/empty-directory', subject, params, { origin: { file: directory } }));
  }
}

/** A promise for a directory only: thousands of files need not be waited for one by one. */
function addPath(expansion: Expansion, path: string): Promise<void> | undefined {
  const place = path === '-' ? undefined : placeOfRegular(expansion, path);
  if (path !== '-' && place === undefined && isDirectory(path)) return addDirectory(expansion, path);
  if (take(expansion, path, path === '-' ? path : place)) {
    expansion.files.push({ file: path, directory: undefined, regular: place !== undefined });
  } else {
    const subject = { kind: 'file', name: path } as const;
    const params = { count: 1, names: [path] };
    expansion.findings.push(createFinding('input/repeated-file', subject, params, { origin: { file: path } }));
  }
  return undefined;
}

/** The parts of a comma list; a part whose blanks belong to its name keeps them. */
function splitList(source: string, findings: Finding[]): string[] {
  const parts: string[] = [];
  let blanks = false;
  for (const part of source.split(',')) {
    const trimmed = part.trim();
    if (trimmed === '') continue;
    const kept = trimmed !== part && exists(part) ? part : trimmed;
    blanks ||= kept !== part;
    parts.push(kept);
  }
  if (blanks) {
    const subject = { kind: 'option', name: source } as const;
    findings.push(createFinding('input/blanks-in-list', subject, { list: source }));
  }
  return parts;
}

/** The files behind what the user named, in order, each real file once. */
export async function expandSources(sources: readonly string[]): Promise<ExpandedSources> {
  const expansion: Expansion = { files: [], findings: [], taken: new Set(), realDirectories: new Map() };
  for (const source of sources) {
    const isList = source.includes(',') && !exists(source);
    const paths = isList ? splitList(source, expansion.findings) : [source];
    for (const path of paths) {
      const pending = addPath(expansion, path);
      if (pending) await pending;
    }
  }
  return { files: expansion.files, findings: expansion.findings };
}
