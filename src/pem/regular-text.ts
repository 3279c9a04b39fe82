/**
 * The plainest PEM text there is, and by far the most frequent: certificates and CRLs as RFC 7468 writers make them, one
 * right behind the other, nothing around them. Nothing can be said about such a text, so nobody has to look for what: every
 * other form, down to a missing last line end, is left to `scan.ts`.
 */
import { bytesOfLine, columns, lengthOfLines, linesIn, makeLineDecoder, type LineDecoder } from './regular-lines.js';

const labels = ['CERTIFICATE', 'X509 CRL'];
const armours = labels.map((label) => ({
  label,
  begin: Buffer.from(`-----BEGIN ${label}-----\n`),
  end: Buffer.from(`-----END ${label}-----\n`),
}));
/** Characters from which a body is decoded line by line: a string of it would cost as much again. */
const longBody = 65_536;
const dash = 0x2d;
const newline = 0x0a;

export interface RegularBlock {
  readonly label: string;
  readonly bytes: Uint8Array;
  /** Of its BEGIN, from 1. */
  readonly line: number;
  /** Offset of the armour's first byte. */
  readonly textStart: number;
  /** One past the armour's last byte, the line end not included. */
  readonly textEnd: number;
}

function standsAt(text: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (text[at + i] !== wanted[i]) return false;
  return true;
}

let lineDecoder: LineDecoder | undefined;

/**
 * Decodes lines of 64 characters, then one of 4 to 64 that is padded as it should be (RFC 7468 2 and 3, RFC 4648 4), to
 * `target` from `at` on, which is just as long. Node skips what is no base64: a body that comes out at its full length and
 * ends its lines where they end has nothing else in it but the other alphabet, of which the armour ends at the first dash.
 */
function decodeLines(body: string, lines: number, target: Buffer, at: number): boolean {
  for (let end = columns; end < body.length - 1; end += columns + 1) if (body.charCodeAt(end) !== newline) return false;
  const characters = body.length - lines;
  const isWhole = body.endsWith('\n') && characters % 4 === 0 && characters > columns * (lines - 1);
  return isWhole && !body.includes('_') && target.write(body, at, 'base64') === target.length - at;
}

/** Decodes what stands between two armours; undefined where it is not regular. */
function decodeBody(text: Uint8Array, from: number, to: number, lines: number): Uint8Array | undefined {
  const decodedSingly = to - from < longBody ? 0 : lines - 1;
  const rest = Buffer.from(text.buffer, text.byteOffset, to).toString('latin1', from + lengthOfLines(decodedSingly, 1));
  const padding = rest.endsWith('==\n') ? 2 : rest.endsWith('=\n') ? 1 : 0;
  const bytes = new Uint8Array(((to - from - lines) / 4) * 3 - padding);
  if (decodedSingly > 0) {
    lineDecoder ??= makeLineDecoder();
    const source = new DataView(text.buffer, text.byteOffset);
    const decoded = lineDecoder.decode(source, from, decodedSingly, 1, new DataView(bytes.buffer), 0);
    if (decoded < decodedSingly) return undefined;
  }
  const target = Buffer.from(bytes.buffer);
  return decodeLines(rest, lines - decodedSingly, target, decodedSingly * bytesOfLine) ? bytes : undefined;
}

/** The block that begins at `textStart` in line `line`. */
function readBlock(text: Uint8Array, textStart: number, line: number): (RegularBlock & { lines: number }) | undefined {
  const armour = armours.find(({ begin }) => standsAt(text, textStart, begin));
  if (!armour) return undefined;
  const { label, begin, end } = armour;
  const bodyStart = textStart + begin.length;
  const bodyEnd = text.indexOf(dash, bodyStart);
  if (bodyEnd < 0 || !standsAt(text, bodyEnd, end)) return undefined;
  // The last line is one that is not full, or the last that is.
  const lines = linesIn(bodyEnd - bodyStart - 1, 1) + 1;
  const bytes = decodeBody(text, bodyStart, bodyEnd, lines);
  if (!bytes) return undefined;
  return { label, bytes, line, textStart, textEnd: bodyEnd + end.length - 1, lines: lines + 2 };
}

/** The blocks of a text that is nothing but regular CERTIFICATE and X509 CRL blocks; undefined for every other text. */
export function readRegularText(text: Uint8Array): readonly RegularBlock[] | undefined {
  const blocks: RegularBlock[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const block = readBlock(text, at, line);
    if (!block) return undefined;
    const { lines, ...regular } = block;
    blocks.push(regular);
    line += lines;
    at = regular.textEnd + 1;
  }
  return blocks.length > 0 ? blocks : undefined;
}
