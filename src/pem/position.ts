/** Turns byte offsets into lines and columns, both from 1; LF, CRLF, CR CR LF and a lone CR end a line. */

export interface Position {
  readonly line: number;
  /** In characters, a byte order mark not counted. */
  readonly column: number;
}

/** How many bytes lie between two remembered line counts: a lookup costs at most this many steps. */
const stride = 4096;

/** A function that gives the position of any offset of `bytes`; the lines are counted as far as is asked for. */
export function makeLineIndex(bytes: Uint8Array): (offset: number) => Position {
  // lineEnds[n]: how many lines end before offset n * stride.
  const lineEnds: number[] = [0];
  let known: Place = { offset: 0, column: 1 };
  const countLineEnds = (from: number, to: number): number => {
    let count = 0;
    for (let at = from; at < to; at++) {
      const byte = bytes[at];
      if (byte === 0x0a || (byte === 0x0d && isLoneCarriageReturn(bytes, at))) count++;
    }
    return count;
  };
  return (offset) => {
    const wanted = Math.floor(offset / stride);
    for (let next = lineEnds.length; next <= wanted; next++) {
      lineEnds.push((lineEnds[next - 1] ?? 0) + countLineEnds((next - 1) * stride, next * stride));
    }
    const line = (lineEnds[wanted] ?? 0) + countLineEnds(wanted * stride, offset) + 1;
    known = countColumns(bytes, offset, known);
    return { line, column: known.column };
  };
}

/** Offset of the first byte of the line that `offset` stands on, but no less than `floor`. */
export function lineStartOf(bytes: Uint8Array, offset: number, floor = 0): number {
  let at = offset;
  while (at > floor && bytes[at - 1] !== 0x0a && bytes[at - 1] !== 0x0d) at--;
  return at;
}

/** Offset of the CR or LF that ends the line of `offset`, or the end of the bytes. */
export function lineEndOf(bytes: Uint8Array, offset: number, limit: number = bytes.length): number {
  let at = offset;
  while (at < limit && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++;
  return at;
}

/** True for a CR that ends a line by itself, not as part of CR LF or of CR CR LF, which is a CRLF converted twice. */
export function isLoneCarriageReturn(bytes: Uint8Array, at: number): boolean {
  const next = bytes[at + 1];
  return next !== 0x0a && !(next === 0x0d && bytes[at + 2] === 0x0a);
}

/** Offset of the first byte after the line end at `lineEnd`. */
export function nextLineOf(bytes: Uint8Array, lineEnd: number): number {
  if (bytes[lineEnd] !== 0x0d || isLoneCarriageReturn(bytes, lineEnd)) return lineEnd + 1;
  return bytes[lineEnd + 1] === 0x0a ? lineEnd + 2 : lineEnd + 3;
}

/** True at the three bytes of a byte order mark in UTF-8. */
export function isByteOrderMark(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
}

interface Place {
  readonly offset: number;
  readonly column: number;
}

/** The column at `offset`; the line is counted from a place known before, if that stands on it, for lines of megabytes. */
function countColumns(bytes: Uint8Array, offset: number, known: Place): Place {
  const floor = known.offset <= offset ? known.offset : 0;
  const start = lineStartOf(bytes, offset, floor);
  const goesOn = start === floor && floor > 0;
  let column = goesOn ? known.column : 1;
  let at = !goesOn && isByteOrderMark(bytes, start) ? start + 3 : start;
  // Continuation bytes of UTF-8 belong to the character before them.
  for (; at < offset; at++) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) column++;
  return { offset, column };
}
