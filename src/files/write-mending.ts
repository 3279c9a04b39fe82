/**
 * Writes what mends a configuration into a directory of its own, laid out as on the target machine: the mended files under
 * their paths, and each source of options with its lines corrected. The originals stay as they are, whatever the directory.
 */
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, normalize, sep } from 'node:path';
import type { SettingCorrection } from '../security-pack/options/correct-settings.js';
import type { MendedFile, Mending } from '../security-pack/mend.js';
import { declareUTF8, decodeSettings } from './settings-text.js';
import { makeDirectory, UnwritableFileError, writeFileAtomically } from './write-file.js';

/** A file that is to be written, and where. */
interface PlannedFile {
  readonly path: string;
  readonly contents: string | Uint8Array;
}

/** Below the directory whatever the path says: `..` does not lead out of it. */
function placeBelow(directory: string, path: string): string {
  return join(directory, normalize(join(sep, path)));
}

/** `name = value` of an INI line, a transport parameter, or the two attributes of an XML setting. */
function correctLine(line: string, { written, corrected }: SettingCorrection): string {
  if (written === undefined) return line;
  if (line.includes(written)) return line.replace(written, () => corrected ?? '');
  const at = written.indexOf('=');
  const [name, value] = [written.slice(0, at), written.slice(at + 1)];
  const end = corrected?.indexOf('=') ?? -1;
  const nameAt = line.indexOf(name);
  const valueAt = line.indexOf(value, nameAt + name.length);
  if (nameAt < 0 || valueAt < 0 || corrected === undefined) return line;
  const between = line.slice(nameAt + name.length, valueAt);
  return `${line.slice(0, nameAt)}${corrected.slice(0, end)}${between}${corrected.slice(end + 1)}${line.slice(valueAt + value.length)}`;
}

/** The source with every correction in its line; an option that goes becomes a comment that says so. */
function correctSource(text: string, corrections: readonly SettingCorrection[]): string {
  const lines = text.split('\n');
  for (const correction of corrections) {
    const at = (correction.origin.line ?? 0) - 1;
    const line = lines[at];
    if (line === undefined) continue;
    const isWhole = correction.corrected === undefined && correction.written === line.trim();
    lines[at] = isWhole ? `; ${line}` : correctLine(line, correction);
  }
  return lines.join('\n');
}

/** A list of several files has become one: the option names that one. */
function renameList({ side, setting, path }: MendedFile): SettingCorrection[] {
  const written = `${setting.name}=${setting.value}`;
  const corrected = `${setting.name}=${path}`;
  return written === corrected ? [] : [{ side, origin: setting.origin, written, corrected }];
}

async function planSources(directory: string, mending: Mending): Promise<PlannedFile[]> {
  const all = [...mending.corrections, ...mending.files.flatMap(renameList)];
  const sources = [
    ...new Set(
      all.filter(({ origin }) => origin.line !== undefined && origin.file !== '-').map(({ origin }) => origin.file),
    ),
  ];
  const names = new Set<string>();
  const planned: PlannedFile[] = [];
  for (const source of sources) {
    const own = all.filter(({ origin }) => origin.file === source);
    const side = own[0]?.side ?? '';
    // server/tls.ini and client/tls.ini must not meet.
    const name = names.has(basename(source)) ? `${side}-${basename(source)}` : basename(source);
    names.add(name);
    const text = decodeSettings(await readFile(source));
    planned.push({ path: join(directory, name), contents: declareUTF8(correctSource(text, own)) });
  }
  return planned;
}

/** @throws UnwritableFileError where a file would take the place of one that the configuration names. */
async function refuseOriginals(planned: readonly PlannedFile[], originals: readonly string[]): Promise<void> {
  const real = async (path: string): Promise<string> => realpath(path).catch(() => path);
  const taken = new Set(await Promise.all(originals.map(real)));
  for (const { path } of planned) {
    if (taken.has(await real(path))) {
      throw new UnwritableFileError(path, 'it is one of the originals; name another directory with --fix');
    }
  }
}

/**
 * Writes the mended files and options.
 *
 * @param originals every file that the configuration was read from: none of them is ever written.
 * @returns the files written, in their order; none where there is nothing to mend.
 * @throws UnwritableFileError before anything is written where a file would replace an original; else where the disk refuses.
 */
export async function writeMending(
  directory: string,
  mending: Mending,
  originals: readonly string[],
): Promise<readonly string[]> {
  const files = mending.files.map(({ path, contents }) => ({ path: placeBelow(directory, path), contents }));
  const planned = [...files, ...(await planSources(directory, mending))];
  await refuseOriginals(planned, originals);
  for (const { path, contents } of planned) {
    makeDirectory(dirname(path));
    await writeFileAtomically(path, contents);
  }
  return planned.map(({ path }) => path);
}
