/**
 * The plainest PEM text there is, and by far the most frequent: certificates and CRLs as RFC 7468 writers make them, one
 * right behind the other, nothing around them. Nothing can be said about such a text, so nobody has to look for what: every
 * other form, down to a missing last line end, is left to `scan.ts`.
 */
import { classOf, decodeBase64, pad } from './base64.js';

const labels = ['CERTIFICATE', 'X509 CRL'];
const armours = labels.map((label) => ({
  label,
  begin: Buffer.from(`-----BEGIN ${label}-----\n`),
  end: Buffer.from(`-----END ${label}-----\n`),
}));
/** RFC 7468 2. */
const columns = 64;
const lineFeed = 0x0a;
const dash = 0x2d;

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

/** How much base64 lies between two armours in lines of 64, padded as it should be; undefined for others. */
function measureBody(text: Uint8Array, from: number, to: number): { characters: number; lines: number } | undefined {
  let lineStart = from;
  for (; lineStart + columns + 1 < to; lineStart += columns + 1) {
    if (text[lineStart + columns] !== lineFeed) return undefined;
  }
  const last = to - 1 - lineStart;
  if (last <= 0 || last % 4 !== 0 || text[to - 1] !== lineFeed) return undefined;
  const padding = text[to - 2] !== 0x3d ? 0 : text[to - 3] !== 0x3d ? 1 : 2;
  let foreign = 0;
  for (let at = from; at < to - 1 - padding; at++) {
    if ((at - from) % (columns + 1) !== columns) foreign |= classOf(text[at]);
  }
  if (foreign >= pad) return undefined;
  const full = (lineStart - from) / (columns + 1);
  return { characters: full * columns + last - padding, lines: full + 1 };
}

/** The block that begins at `textStart` in line `line`. */
function readBlock(text: Uint8Array, textStart: number, line: number): (RegularBlock & { lines: number }) | undefined {
  const armour = armours.find(({ begin }) => standsAt(text, textStart, begin));
  if (!armour) return undefined;
  const { label, begin, end } = armour;
  const bodyStart = textStart + begin.length;
  const bodyEnd = text.indexOf(dash, bodyStart);
  if (bodyEnd < 0 || !standsAt(text, bodyEnd, end)) return undefined;
  const body = measureBody(text, bodyStart, bodyEnd);
  if (!body) return undefined;
  const bytes = decodeBase64(text, bodyStart, bodyEnd, body.characters);
  return { label, bytes, line, textStart, textEnd: bodyEnd + end.length - 1, lines: body.lines + 2 };
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
