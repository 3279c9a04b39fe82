/** Finds base64 text that stands in a file without armour, by the length that its own DER header claims. */
import { classOf, decodeBase64, pad, skipBase64 } from './base64.js';
import { lineEndOf, nextLineOf } from './position.js';
import { declaredLength, isWholeSequence } from './whole-element.js';

export interface BareText {
  readonly start: number;
  readonly end: number;
  /** The decoded element, or undefined when text is missing or left over. */
  readonly bytes: Uint8Array | undefined;
}

interface Line {
  readonly start: number;
  /** One past the last base64 character or padding. */
  readonly end: number;
  readonly characters: number;
  readonly next: number;
}

/** Fewest characters of a first line: shorter words that begin with M are words. */
const shortestFirstLine = 32;
/** Fewest characters that are reported when the element is not whole. */
const shortestReported = 64;

/** A line of nothing but base64 characters and padding, blanks and mail quotes at its start passed over. */
function readBase64Line(bytes: Uint8Array, from: number, to: number): Line | undefined {
  let start = from;
  while (start < to && (bytes[start] === 0x20 || bytes[start] === 0x09 || bytes[start] === 0x3e)) start++;
  const charactersEnd = skipBase64(bytes, start, to);
  let end = charactersEnd;
  while (end < to && classOf(bytes[end]) === pad) end++;
  const lineEnd = lineEndOf(bytes, end, to);
  for (let at = end; at < lineEnd; at++) if (bytes[at] !== 0x20 && bytes[at] !== 0x09) return undefined;
  return { start, end, characters: charactersEnd - start, next: Math.min(nextLineOf(bytes, lineEnd), to) };
}

/** Where the lines of base64 that begin at `from` end; blank lines among them belong to them. */
export function endOfBase64(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  let end = from;
  while (at < to) {
    const line = readBase64Line(bytes, at, to);
    if (!line) break;
    if (line.characters > 0) end = line.end;
    at = line.next;
  }
  return end;
}

/** The bare text that begins on this line. */
function readBareText(bytes: Uint8Array, first: Line, to: number): BareText | undefined {
  const head = decodeBase64(bytes, first.start, first.end, Math.min(first.characters, 12));
  const length = declaredLength(head);
  // 0x30 0x85 and more: a length in five octets, which no file reaches.
  if (length === undefined || (head[1] ?? 0) > 0x84) return undefined;
  const wanted = Math.ceil((length * 4) / 3);
  let [characters, end, at] = [first.characters, first.end, first.next];
  while (characters < wanted && at < to) {
    const line = readBase64Line(bytes, at, to);
    if (!line) break;
    characters += line.characters;
    if (line.characters > 0) end = line.end;
    at = line.next;
  }
  if (characters === wanted) {
    const decoded = decodeBase64(bytes, first.start, end, characters);
    if (isWholeSequence(decoded)) return { start: first.start, end, bytes: decoded };
  }
  // 0x30 0x81 to 0x30 0x84: the header of everything of 128 bytes and more.
  const header = Buffer.from(bytes.buffer, bytes.byteOffset + first.start, 3).toString('latin1');
  if (characters < shortestReported || !/^MI[E-T]/.test(header)) return undefined;
  return { start: first.start, end, bytes: undefined };
}

/** The bare base64 texts in `bytes` from `from` (the start of a line) to `to`. */
export function findBareBase64(bytes: Uint8Array, from: number, to: number): BareText[] {
  const found: BareText[] = [];
  let at = from;
  while (at < to) {
    const line = readBase64Line(bytes, at, to);
    // 0x4d, M: what every base64 text of a SEQUENCE begins with.
    const text =
      line && bytes[line.start] === 0x4d && line.characters >= shortestFirstLine
        ? readBareText(bytes, line, to)
        : undefined;
    if (text) found.push(text);
    at = nextLineOf(bytes, lineEndOf(bytes, text?.end ?? at, to));
  }
  return found;
}
