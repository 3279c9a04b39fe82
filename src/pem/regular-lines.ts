/**
 * The hot loop of every large PEM file: base64 in lines of exactly 64 characters, as RFC 7468 writers make them.
 *
 * Sixteen characters at a time become twelve bytes, by two tables over pairs of characters whose values are already where
 * their bits end up in a little-endian word; a pair that is no base64 is negative, so that one look at a whole line tells
 * whether all of it was. Any other form ends the loop at the start of its line and is left to `body.ts`, which knows what
 * to say of it. `Buffer.from(text, 'base64')` was refused: it wants a string first, takes twice as long, and forgives
 * every character that has to be told.
 *
 * Cost: half a nanosecond a character, and half a megabyte for the tables while a large file is read.
 */

/** RFC 7468 2. */
export const columns = 64;
/** What a line of 64 characters decodes to, in bytes. */
export const bytesOfLine = 48;

/** What the values of a pair that is no base64 are: their sign survives every combination. */
const foreign = -1;

export interface LineDecoder {
  /**
   * Decodes lines from `from` on, at most `most` of them, each with its line end, to `target` at `at`.
   *
   * @param width of a line end in bytes: 1 for LF, 2 for CR LF. @returns how many lines were regular, from the first on.
   */
  decode(source: DataView, from: number, most: number, width: 1 | 2, target: DataView, at: number): number;
}

/** Tables for a pair of characters in the order in which they stand: the first two of four, and the last two. */
function makeTables(): readonly [Int32Array, Int32Array] {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const first = new Int32Array(0x10000).fill(foreign);
  const last = new Int32Array(0x10000).fill(foreign);
  for (let a = 0; a < 64; a++) {
    for (let b = 0; b < 64; b++) {
      const pair = alphabet.charCodeAt(a) | (alphabet.charCodeAt(b) << 8);
      // Of the 24 bits aaaaaabb bbbbcccc ccdddddd the first eight are the lowest byte of the word.
      first[pair] = (a << 2) | (b >> 4) | ((b & 0x0f) << 12);
      last[pair] = ((a >> 2) << 8) | ((a & 0x03) << 22) | (b << 16);
    }
  }
  return [first, last];
}

export function makeLineDecoder(): LineDecoder {
  const [first, last] = makeTables();
  const four = (word: number): number => (first[word & 0xffff] ?? 0) | (last[word >>> 16] ?? 0);
  return {
    decode: (source, from, most, width, target, at) => {
      let read = from;
      let written = at;
      for (let line = 0; line < most; line++) {
        let anyForeign = 0;
        for (let quarter = 0; quarter < columns; quarter += 16) {
          const a = four(source.getInt32(read, true));
          const b = four(source.getInt32(read + 4, true));
          const c = four(source.getInt32(read + 8, true));
          const d = four(source.getInt32(read + 12, true));
          anyForeign |= a | b | c | d;
          target.setInt32(written, a | (b << 24), true);
          target.setInt32(written + 4, (b >>> 8) | (c << 16), true);
          target.setInt32(written + 8, (c >>> 16) | (d << 8), true);
          read += 16;
          written += 12;
        }
        const isEnded = width === 1 ? source.getUint8(read) === 0x0a : source.getUint16(read, false) === 0x0d0a;
        if (anyForeign < 0 || !isEnded) return line;
        read += width;
      }
      return most;
    },
  };
}

/** How many lines of 64 characters, with their ends, fit into so many bytes of text. */
export function linesIn(length: number, width: 1 | 2): number {
  return Math.max(0, Math.floor(length / (columns + width)));
}

/** A line of 64 characters with its end, in bytes. */
export function lengthOfLines(lines: number, width: 1 | 2): number {
  return lines * (columns + width);
}
