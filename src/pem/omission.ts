/** Stretches of regular base64 lines that were taken out of a PEM text, so that the rest can be scanned as if all were there. */
import { makeLineIndex, type Position } from './position.js';

export interface Omission {
  /** Where the lines stood: an offset in the text that is left, at the start of a line. */
  readonly offset: number;
  /** How many lines of 64 characters. */
  readonly lines: number;
  /** Of each line end in bytes: 1 for LF, 2 for CR LF. */
  readonly width: 1 | 2;
}

/** Positions in the file as it was, for offsets in the text that is left. */
export function makePositions(bytes: Uint8Array, omissions: readonly Omission[]): (offset: number) => Position {
  const positionLeft = makeLineIndex(bytes);
  if (omissions.length === 0) return positionLeft;
  return (offset) => {
    const { line, column } = positionLeft(offset);
    const before = omissions.filter((omission) => omission.offset <= offset);
    return { line: before.reduce((sum, { lines }) => sum + lines, line), column };
  };
}

/** How many CR LF stood in the lines that were taken out. */
export function countOmittedPairs(omissions: readonly Omission[]): number {
  return omissions.reduce((sum, { lines, width }) => sum + (width === 2 ? lines : 0), 0);
}
