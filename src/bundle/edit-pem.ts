/**
 * Edits a PEM file in place of writing it anew: blocks are cut out and put at the end, and everything else (comments,
 * private keys, CRLs, blocks nobody could read) stays byte for byte where it was.
 *
 * Blocks that OpenSSL would not read as they stand are the exception: they are written anew, and told. The text is
 * handled as Latin-1, one character a byte, so that no encoding can be damaged on the way.
 */
import type { InputObject } from '../containers/input-object.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { observedEffects } from '../pem/consumers.js';
import { encodePem } from '../pem/encode.js';
import { kindOfLabel } from '../pem/labels.js';
import { isLoneCarriageReturn } from '../pem/position.js';
import { scanPem, type PemBlock } from '../pem/scan.js';
import { annotationAbove } from '../x509/annotation.js';
import type { Certificate } from '../x509/certificate.js';
import { groupBy } from '../x509/group-by.js';

export interface PemEditPlan {
  /** What findings call the file. */
  readonly file: string;
  /** Every object of the file, with the places of their blocks. */
  readonly objects: readonly InputObject[];
  readonly removed: readonly Certificate[];
  readonly added: readonly Certificate[];
  /** Comment lines for each certificate, each with its line end; two lines that begin `# subject: ` and `# issuer: `. */
  readonly annotate?: ((certificate: Certificate) => string) | undefined;
  readonly certificates: readonly Certificate[];
}

export interface PemEdit {
  readonly text: Uint8Array;
  /** `bundle/text-kept` and `bundle/blocks-rewritten`. */
  readonly findings: readonly Finding[];
}

/** One block as it will be: its own text, other text in its place, or nothing. */
interface Piece {
  readonly block: PemBlock;
  /** Undefined: as it stands. */
  readonly content: string | undefined;
  readonly dropped: boolean;
  readonly annotation: string;
  /** Why it is written anew. */
  readonly forms: readonly string[];
}

/** Indents and quotation marks before an armour, which go with the block that is written anew. */
const armourPrefix = /[ \t>]+$/;
const byteOrderMark = /^\u00ef\u00bb\u00bf/;
/** How much of a text that was kept is quoted, in characters. */
const quotedLength = 60;

const toLatin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const fromLatin1 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

function encodeObject({ kind, der, label = '', key }: InputObject): string {
  if (kind === 'certificate') return encodePem('CERTIFICATE', der);
  if (kind === 'crl') return encodePem('X509 CRL', der);
  return encodePem(label, der, key?.pemHeaders);
}

/** A block as OpenSSL takes it, of any line length: the armour alone on its lines, whole groups of base64 between. */
function isSoundText(text: string): boolean {
  const [, body = '*'] = /^-----BEGIN ([^\n-]+)-----[ \t]*\r?\n([^-]*)-----END \1-----$/.exec(text)?.slice(1) ?? [];
  const base64 = body.replace(/[ \t\r\n]/g, '');
  return base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64);
}

/** The forms of damage for which OpenSSL does not read the block; a PKCS#7 block it never reads. */
function chokingForms(block: PemBlock, objects: readonly InputObject[], text: string): string[] {
  const forms: string[] = block.repairs.filter((form) => observedEffects[form].openssl !== 'reads');
  const hasHeaders = block.headers.size > 0;
  if (forms.length === 0 && !hasHeaders && !isSoundText(text)) forms.push('damaged text');
  const [first] = objects;
  const isTrusted = kindOfLabel(block.label) === 'trusted-certificate';
  if (first && !isTrusted && block.bytes.length > first.der.length && first.container === 'pem') {
    forms.push('trailing-bytes');
  }
  return objects.some(({ container }) => container !== 'pem') ? [...forms, 'PKCS#7'] : forms;
}

/** What is asked for, looked up by the object. */
interface Lookup {
  readonly objectsAt: ReadonlyMap<number | undefined, readonly InputObject[]>;
  readonly isRemoved: (object: InputObject) => boolean;
  readonly annotationOf: (object: InputObject) => string;
}

function makeLookup({ objects, certificates, removed, annotate }: PemEditPlan): Lookup {
  const byDer = new Map(certificates.map((certificate) => [certificate.der, certificate]));
  const going = new Set(removed.map(({ der }) => der));
  return {
    objectsAt: groupBy(objects, ({ pem }) => pem?.textStart),
    isRemoved: ({ der }) => going.has(der),
    annotationOf: ({ der }) => {
      const certificate = byDer.get(der);
      return certificate && annotate ? toLatin1(annotate(certificate)) : '';
    },
  };
}

function planPiece(block: PemBlock, source: string, { objectsAt, isRemoved, annotationOf }: Lookup): Piece {
  const objects = objectsAt.get(block.textStart) ?? [];
  const staying = objects.filter((object) => !isRemoved(object));
  const forms = chokingForms(block, objects, source.slice(block.textStart, block.textEnd));
  const [first] = staying;
  const asItIs = { block, content: undefined, dropped: false, annotation: first ? annotationOf(first) : '', forms: [] };
  if (objects.length > 0 && !first) return { ...asItIs, dropped: true };
  if (forms.length === 0 || !first) return asItIs;
  // The trust settings behind the certificate stay with it.
  const isTrusted = kindOfLabel(block.label) === 'trusted-certificate';
  const content = isTrusted
    ? annotationOf(first) + encodePem(block.label, block.bytes)
    : staying.map((object) => annotationOf(object) + encodeObject(object)).join('');
  return { block, content, dropped: false, annotation: '', forms };
}

/** Collects text and knows whether the last line is complete; strings that are joined one by one would cost their square. */
function makeWriter(lineEnd: string): { write: (text: string) => void; startLine: () => void; toString: () => string } {
  const chunks: string[] = [];
  const write = (text: string): void => {
    if (text !== '') chunks.push(text);
  };
  return {
    write,
    startLine: () => {
      if (chunks.length > 0 && !chunks.at(-1)?.endsWith('\n')) write(lineEnd);
    },
    toString: () => chunks.join(''),
  };
}

function compose(source: string, pieces: readonly Piece[], lineEnd: string, annotates: boolean): string {
  const toFileEnds = (text: string): string => (lineEnd === '\n' ? text : text.replace(/\n/g, lineEnd));
  const { write, startLine, toString } = makeWriter(lineEnd);
  const writeBetween = (text: string): void => {
    if (text !== '' && !/^[\r\n]/.test(text)) startLine();
    write(text);
  };
  let end = 0;
  for (const { block, content, dropped, annotation } of pieces) {
    let gap = source.slice(end, block.textStart);
    if (dropped || annotates) gap = gap.replace(annotationAbove, '');
    if (content !== undefined) gap = gap.replace(armourPrefix, '');
    writeBetween(gap);
    end = block.textEnd;
    if (dropped) {
      end += /^\r?\n?/.exec(source.slice(end, end + 2))?.[0].length ?? 0;
      continue;
    }
    startLine();
    write(toFileEnds(annotation));
    // Its line end stands in the text that follows.
    write(content === undefined ? source.slice(block.textStart, end) : toFileEnds(content).replace(/\r?\n$/, ''));
  }
  writeBetween(source.slice(end));
  return toString();
}

/** Text that stood between the block before and a removed one; it may have been about either. */
function explainKeptText(source: string, pieces: readonly Piece[], file: string): Finding[] {
  return pieces.flatMap(({ block, dropped }, position) => {
    if (!dropped) return [];
    const start = pieces[position - 1]?.block.textEnd ?? 0;
    const gap = source.slice(start, block.textStart).replace(annotationAbove, '');
    const lines = fromLatin1(gap)
      .replace(/^\ufeff/, '')
      .split('\n');
    const last = lines.map((line) => line.replace(/\p{Cc}/gu, '').trim()).findLast((line) => line !== '');
    if (last === undefined) return [];
    const text = last.length > quotedLength ? `${last.slice(0, quotedLength)}…` : last;
    const subject = { kind: 'file', name: file } as const;
    return [createFinding('bundle/text-kept', subject, { text }, { origin: block.origin })];
  });
}

/** As Latin-1. A CR for a CR LF would move the places of the blocks, an LF for a CR does not. */
function replaceLoneCarriageReturns(text: Uint8Array): string {
  const bytes = Buffer.from(text);
  for (let at = bytes.indexOf(0x0d); at >= 0; at = bytes.indexOf(0x0d, at + 1)) {
    if (isLoneCarriageReturn(text, at)) bytes[at] = 0x0a;
  }
  return bytes.toString('latin1');
}

/**
 * Cuts out, adds and annotates certificates in the text of a PEM file.
 *
 * @param text ASCII or UTF-8; a byte order mark goes, a lone CR that ends a line becomes LF, other line ends stay and
 * new blocks follow the first of them.
 */
export function editPem(text: Uint8Array, plan: PemEditPlan): PemEdit {
  const { blocks } = scanPem(text, plan.file);
  const lookup = makeLookup(plan);
  const source = replaceLoneCarriageReturns(text);
  const pieces = blocks.map((block) => planPiece(block, source, lookup));
  const lineEnd = /^[^\n]*\r\n/.test(source) ? '\r\n' : '\n';
  const { annotate } = plan;
  const { write, startLine, toString } = makeWriter(lineEnd);
  write(compose(source, pieces, lineEnd, annotate !== undefined).replace(byteOrderMark, ''));
  for (const certificate of plan.added) {
    const block = (annotate ? toLatin1(annotate(certificate)) : '') + encodePem('CERTIFICATE', certificate.der);
    startLine();
    write(block.replace(/\n/g, lineEnd));
  }
  const rewritten = pieces.filter(({ forms }) => forms.length > 0);
  const findings = explainKeptText(source, pieces, plan.file);
  if (rewritten.length > 0) {
    const forms = [...new Set(rewritten.flatMap((piece) => piece.forms))];
    const subject = { kind: 'file', name: plan.file } as const;
    const params = { count: rewritten.length, forms };
    findings.push(createFinding('bundle/blocks-rewritten', subject, params, { origin: { file: plan.file } }));
  }
  return { text: Buffer.from(toString(), 'latin1'), findings };
}
