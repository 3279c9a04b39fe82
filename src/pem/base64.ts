/**
 * Base64 straight from the bytes of a file into one array of the exact size (RFC 4648 4).
 *
 * A string of a whole CRL file would cost as much again as the file, and `Buffer.from(text, 'base64')` forgives what
 * has to be told. So the text is surveyed first (`body.ts`), which counts its characters, and decoded here by a table.
 */

/** Class of a byte that is no base64 character; a value below 64 is the character's own. */
export const pad = 64;
export const blank = 65;
export const lineEnd = 66;
const foreign = 255;

function makeClasses(): Uint8Array {
  const classes = new Uint8Array(256).fill(foreign);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let value = 0; value < alphabet.length; value++) classes[alphabet.charCodeAt(value)] = value;
  classes[0x3d] = pad;
  for (const space of [0x20, 0x09, 0x0b, 0x0c]) classes[space] = blank;
  classes[0x0a] = lineEnd;
  classes[0x0d] = lineEnd;
  return classes;
}

const classes = makeClasses();

/** The value of a base64 character, or `pad`, `blank`, `lineEnd` or `foreign`. */
export function classOf(byte: number | undefined): number {
  return byte === undefined ? foreign : (classes[byte] ?? foreign);
}

/** True where a line break was written out as `\n`, `\r` or `\t` by a program that escaped the text. */
export function isEscape(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 0x5c) return false;
  const letter = bytes[at + 1];
  return letter === 0x6e || letter === 0x72 || letter === 0x74;
}

/** How far a run of base64 characters reaches from `from`. */
export function skipBase64(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (classes[bytes[at] ?? 0] ?? foreign) < 64) at++;
  return at;
}

/**
 * Decodes the base64 characters of `bytes` from `from` to `to` (exclusive); everything else is passed over.
 *
 * `characters` is their number, as the survey counted them: 4 characters give 3 bytes, a rest of 2 or 3 gives 1 or 2,
 * a rest of 1 nothing. Padding and left-over bits are not checked.
 */
export function decodeBase64(bytes: Uint8Array, from: number, to: number, characters: number): Uint8Array {
  const decoded = new Uint8Array(Math.floor((characters * 3) / 4));
  let at = from;
  let written = 0;
  let gathered = 0;
  let count = 0;
  while (at < to) {
    // Four characters at a time as long as nothing stands between them.
    while (count === 0 && at + 3 < to) {
      const a = classes[bytes[at] ?? 0] ?? foreign;
      const b = classes[bytes[at + 1] ?? 0] ?? foreign;
      const c = classes[bytes[at + 2] ?? 0] ?? foreign;
      const d = classes[bytes[at + 3] ?? 0] ?? foreign;
      if ((a | b | c | d) > 63) break;
      decoded[written] = (a << 2) | (b >> 4);
      decoded[written + 1] = (b << 4) | (c >> 2);
      decoded[written + 2] = (c << 6) | d;
      written += 3;
      at += 4;
    }
    if (at >= to) break;
    const value = classes[bytes[at] ?? 0] ?? foreign;
    if (value < 64) {
      gathered = (gathered << 6) | value;
      if (++count === 4) {
        decoded[written++] = gathered >> 16;
        decoded[written++] = gathered >> 8;
        decoded[written++] = gathered;
        gathered = 0;
        count = 0;
      }
    } else if (isEscape(bytes, at)) at++;
    at++;
  }
  if (count === 2) decoded[written] = gathered >> 4;
  if (count === 3) {
    decoded[written] = gathered >> 10;
    decoded[written + 1] = gathered >> 2;
  }
  return decoded;
}
