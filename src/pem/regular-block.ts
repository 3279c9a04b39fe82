/**
 * The plainest PEM file there is, and by far the most frequent among thousands: one certificate as RFC 7468 writers make
 * it, nothing around it. Nothing can be said about such a text, so nobody has to look for what: every other form, down to
 * a missing last line end, is left to `scan.ts`.
 */
import { classOf, decodeBase64, pad } from './base64.js';

const label = 'CERTIFICATE';
const begin = Buffer.from(`-----BEGIN ${label}-----\n`);
const end = Buffer.from(`-----END ${label}-----\n`);
/** RFC 7468 2. */
const columns = 64;
const lineFeed = 0x0a;

/** Texts over so many bytes are no single certificate, and have room for forms that are worth a scan. */
const longestText = 65_536;

export interface RegularBlock {
  readonly label: string;
  readonly bytes: Uint8Array;
  /** One past the armour's last byte, the line end not included. */
  readonly textEnd: number;
}

function standsAt(text: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (text[at + i] !== wanted[i]) return false;
  return true;
}

/** How many base64 characters lie between the two armours in lines of 64, padded as they should be; undefined for others. */
function countCharacters(text: Uint8Array, from: number, to: number): number | undefined {
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
  const lines = (lineStart - from) / (columns + 1);
  return foreign < pad ? lines * columns + last - padding : undefined;
}

/** The block of a text that is one regular CERTIFICATE block; undefined for every other text. */
export function readRegularBlock(text: Uint8Array): RegularBlock | undefined {
  const bodyEnd = text.length - end.length;
  if (text.length > longestText || bodyEnd <= begin.length) return undefined;
  if (!standsAt(text, 0, begin) || !standsAt(text, bodyEnd, end)) return undefined;
  const characters = countCharacters(text, begin.length, bodyEnd);
  if (characters === undefined) return undefined;
  return { label, bytes: decodeBase64(text, begin.length, bodyEnd, characters), textEnd: text.length - 1 };
}
