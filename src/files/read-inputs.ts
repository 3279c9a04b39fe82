/**
 * From what the user named to parsed objects: the one way in for every command; `judge-by-crls.ts` adds CRLs of any size.
 *
 * Nothing here throws for a bad file: each trouble is a finding with its place, and everything that could be read is
 * returned beside it.
 */
import type { Readable } from 'node:stream';
import type { InputObject, KeyDetails, ObjectKind } from '../containers/input-object.js';
import { readContainer } from '../containers/read-container.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding, Subject } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { parseCertificate, type Certificate } from '../x509/certificate.js';
import { isWhole, parseCRL, type CertificateList, type WholeCRL } from '../x509/crl.js';
import { expandSources, type SourceFile } from './expand-sources.js';
import { readSource, readStandardInput, type SourceBytes } from './read-source.js';
import type { ReportProgress } from './report-progress.js';

/** A private key as it was found: recognised by its structure, its numbers never looked at. */
export type PrivateKeyInput = InputObject & { readonly kind: 'private-key'; readonly key: KeyDetails };

export interface InputFile {
  /** As the user named it, or as it was found in a directory; `-` is standard input. */
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** How many objects it gave. */
  readonly objects: number;
}

export interface Inputs {
  readonly certificates: readonly Certificate[];
  readonly crls: readonly WholeCRL[];
  readonly privateKeys: readonly PrivateKeyInput[];
  /** Every object that could be read, in the order of the files; `der` is the same array as the parsed object's. */
  readonly objects: readonly InputObject[];
  readonly files: readonly InputFile[];
  readonly findings: readonly Finding[];
}

export interface ReadInputsOptions {
  /** Gives the password of a file; asked at most once a file, and only where it needs one. */
  readonly passwordFor?: ((file: string) => Promise<string | undefined>) | undefined;
  /** Ask for the password of encrypted private keys too, and decrypt them; otherwise they stay encrypted. */
  readonly openKeys?: boolean | undefined;
  /** The kinds that are wanted: a file with none of them is an error, other kinds beside them are told. */
  readonly expect?: readonly ObjectKind[] | undefined;
  /** What `-` reads; the process's standard input unless given. */
  readonly stdin?: Readable | undefined;
  /** Told how many files, and how many bytes of a large one, have been read. */
  readonly onProgress?: ReportProgress | undefined;
}

export interface Gathering {
  readonly certificates: Certificate[];
  readonly crls: CertificateList[];
  readonly privateKeys: PrivateKeyInput[];
  readonly objects: InputObject[];
  readonly files: InputFile[];
  readonly findings: Finding[];
}

function isPrivateKey(object: InputObject): object is PrivateKeyInput {
  return object.kind === 'private-key' && object.key !== undefined;
}

/** What one file holds. */
export interface FileContent {
  /** In bytes. */
  readonly size: number;
  readonly objects: readonly InputObject[];
  readonly findings: readonly Finding[];
  /** The CRLs among the objects that were parsed already. */
  readonly parsed?: ReadonlyMap<InputObject, CertificateList>;
}

/** Reads one file; a finding where it cannot. */
export type ReadFile = (source: SourceFile) => Promise<FileContent | { readonly finding: Finding }>;

/** Takes apart what was read of a file. */
export async function openSource(
  read: SourceBytes,
  { file }: SourceFile,
  options: ReadInputsOptions,
): Promise<FileContent | { readonly finding: Finding }> {
  if ('finding' in read) return read;
  return { size: read.bytes.length, ...(await readContainer(read.bytes, file, options)) };
}

function startGathering(findings: readonly Finding[]): Gathering {
  return { certificates: [], crls: [], privateKeys: [], objects: [], files: [], findings: [...findings] };
}

/** Parses one object into its list; one that fails is a finding, and false comes back. */
function addObject(gathering: Gathering, object: InputObject, parsed: CertificateList | undefined): boolean {
  const { kind, der, origin, label } = object;
  try {
    if (parsed) gathering.crls.push(parsed);
    else if (kind === 'certificate') gathering.certificates.push(parseCertificate(der, origin));
    else if (kind === 'crl') gathering.crls.push(parseCRL(der, origin));
    else if (isPrivateKey(object)) gathering.privateKeys.push(object);
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    const subject: Subject = { kind: kind === 'crl' ? 'crl' : 'certificate', name: label ?? object.container };
    gathering.findings.push(error.at(origin).toFinding(subject));
    return false;
  }
  gathering.objects.push(object);
  return true;
}

/** True for a finding that says that a file, or a part of it, could not be read and is missing among the objects. */
export function saysUnread({ code, severity, params }: Finding): boolean {
  if (code.startsWith('pem/')) return params.read === false;
  return severity === 'error' && /^(der|input|key)\//.test(code);
}

/** Says which objects of a file are not of the kinds that were asked for. */
function compareWithExpected(
  objects: readonly InputObject[],
  { file, directory }: SourceFile,
  expected: readonly ObjectKind[],
  isUnread: boolean,
): Finding[] {
  const counts = new Map<ObjectKind, number>();
  for (const { kind } of objects) {
    if (!expected.includes(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const none = objects.every(({ kind }) => !expected.includes(kind));
  // What could not be read may be what was wanted: that it could not is said already.
  const code = none && directory === undefined && !isUnread ? 'input/unexpected-object' : 'input/not-wanted';
  return Array.from(counts, ([found, count]) => {
    const subject = { kind: 'file', name: file } as const;
    return createFinding(code, subject, { found, count, expected }, { origin: { file } });
  });
}

/** In a directory a file that is no certificate file is no fault, one that cannot be read is worth a look. */
function softenInDirectory(finding: Finding): Finding {
  if (finding.severity !== 'error' || !finding.code.startsWith('input/')) return finding;
  const harmless = ['input/no-objects', 'input/java-keystore', 'input/unknown-structure', 'input/empty'];
  return { ...finding, severity: harmless.includes(finding.code) ? 'info' : 'warning' };
}

async function addFile(
  gathering: Gathering,
  source: SourceFile,
  options: ReadInputsOptions,
  readFile: ReadFile,
): Promise<void> {
  const { file, directory } = source;
  const note = (findings: readonly Finding[]): void => {
    gathering.findings.push(...(directory === undefined ? findings : findings.map(softenInDirectory)));
  };
  const content = await readFile(source);
  if ('finding' in content) {
    note([content.finding]);
    return;
  }
  const { size, objects, findings, parsed } = content;
  note(findings);
  const added = objects.filter((object) => addObject(gathering, object, parsed?.get(object)));
  if (options.expect) note(compareWithExpected(objects, source, options.expect, findings.some(saysUnread)));
  gathering.files.push({ file, size, objects: added.length });
}

/** A directory of which nothing at all could be used is an error, whatever its files are. */
function noteEmptyDirectories(gathering: Gathering, sources: readonly SourceFile[]): void {
  const useful = new Set(gathering.objects.map(({ origin }) => origin.file));
  const named = new Set(sources.map(({ directory }) => directory));
  for (const directory of named) {
    const found = sources.filter((source) => source.directory === directory);
    if (directory === undefined || found.some(({ file }) => useful.has(file))) continue;
    const subject = { kind: 'directory', name: directory } as const;
    const params = { entries: found.length };
    gathering.findings.push(createFinding('input/empty-directory', subject, params, { origin: { file: directory } }));
  }
}

/**
 * Reads files, directories, comma-separated lists and `-`, each real file once and whole, in any format of
 * `readContainer`, and parses what they hold.
 *
 * Findings: areas `input`, `pem`, `key` and, for objects that are no DER of their kind, `der`; an object is missing only
 * together with a finding. In directories, files of other kinds are infos and unreadable ones warnings. Not checked:
 * whether objects appear twice, belong together or are valid.
 */
export async function readInputs(sources: readonly string[], options: ReadInputsOptions = {}): Promise<Inputs> {
  return asInputs(await gatherInputs(sources, options, (source) => readWhole(source, options)));
}

async function readWhole(
  source: SourceFile,
  options: ReadInputsOptions,
): Promise<FileContent | { readonly finding: Finding }> {
  const { file, directory, regular } = source;
  const read =
    file === '-'
      ? await readStandardInput(options.stdin ?? process.stdin)
      : await readSource(file, { pipes: directory === undefined, regular, onProgress: options.onProgress });
  return openSource(read, source, options);
}

/** What was read whole has nothing but whole CRLs. */
function asInputs(gathering: Gathering): Inputs {
  return { ...gathering, crls: gathering.crls.filter(isWhole) };
}

/** The same with another way to read a file. */
export async function gatherInputs(
  sources: readonly string[],
  options: ReadInputsOptions,
  readFile: ReadFile,
): Promise<Gathering> {
  const { files, findings } = await expandSources(sources);
  const gathering = startGathering(findings);
  for (const [position, source] of files.entries()) {
    options.onProgress?.('reading', position, files.length, 'files');
    await addFile(gathering, source, options, readFile);
  }
  options.onProgress?.('reading', files.length, files.length, 'files');
  noteEmptyDirectories(gathering, files);
  return gathering;
}

/** The same for the one file of this very name: no list, no directory, no `-`, as a program opens a path that it is given. */
export async function gatherNamedFile(
  file: string,
  options: ReadInputsOptions,
  readFile: ReadFile = (source) => readWhole(source, options),
): Promise<Gathering> {
  const gathering = startGathering([]);
  await addFile(gathering, { file, directory: undefined }, options, readFile);
  return gathering;
}
