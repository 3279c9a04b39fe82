/** UTF-16, as Windows tools save text, to UTF-8, so that the PEM scanner sees bytes it knows. */

export type UTF16 = 'UTF-16LE' | 'UTF-16BE';

/** How many characters are looked at where there is no byte order mark. */
const probed = 32;

/** The encoding by its byte order mark, or by zero bytes in every other place; undefined for anything else. */
export function detectUTF16(bytes: Uint8Array): UTF16 | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16LE';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16BE';
  const length = Math.min(bytes.length - (bytes.length % 2), probed * 2);
  if (length < 8) return undefined;
  if (isTextIn(bytes, 0, length)) return 'UTF-16LE';
  return isTextIn(bytes, 1, length) ? 'UTF-16BE' : undefined;
}

/** True where every other octet, from the one at `start` on, is a character and the others are zero. */
function isTextIn(bytes: Uint8Array, start: 0 | 1, length: number): boolean {
  for (let at = 0; at < length; at += 2) {
    if (bytes[at + 1 - start] !== 0 || !isText(bytes[at + start] ?? 0)) return false;
  }
  return true;
}

function isText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** The text in UTF-8, its byte order mark left out; a half of a pair becomes U+FFFD, an odd last byte is dropped. */
export function transcodeUTF16(bytes: Uint8Array, encoding: UTF16): Uint8Array {
  const units = Math.floor(bytes.length / 2);
  const [high, low] = encoding === 'UTF-16BE' ? [0, 1] : [1, 0];
  const unitAt = (index: number): number => ((bytes[index * 2 + high] ?? 0) << 8) | (bytes[index * 2 + low] ?? 0);
  // Three bytes for a unit is the most that UTF-8 takes; the text is ASCII but for a comment.
  let size = 0;
  for (let i = 0; i < units; i++) size += unitAt(i) < 0x80 ? 1 : 3;
  const text = new Uint8Array(size);
  let at = 0;
  for (let i = unitAt(0) === 0xfeff ? 1 : 0; i < units; i++) {
    const unit = unitAt(i);
    if (unit < 0x80) {
      text[at++] = unit;
      continue;
    }
    const next = i + 1 < units ? unitAt(i + 1) : 0;
    const isPair = unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000;
    const character = isPair ? String.fromCharCode(unit, next) : String.fromCharCode(unit);
    if (isPair) i++;
    // A lone half is written as U+FFFD.
    const encoded = Buffer.from(character, 'utf8');
    text.set(encoded, at);
    at += encoded.length;
  }
  return text.subarray(0, at);
}
