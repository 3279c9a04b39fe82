/** Long texts in pieces that are worth a write, never all at once. */

/** Characters of one piece: few writes for a million lines, little memory for one. */
const pieceLength = 65_536;

/** Parts of any length joined to pieces. Where the parts end in an error, what stands before it is given first. */
export function* joinParts(parts: Iterable<string>): Generator<string> {
  let piece = '';
  try {
    for (const part of parts) {
      piece += part;
      if (piece.length < pieceLength) continue;
      yield piece;
      piece = '';
    }
  } catch (error) {
    if (piece !== '') yield piece;
    throw error;
  }
  if (piece !== '') yield piece;
}
