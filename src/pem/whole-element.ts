/** Do the bytes hold one whole DER element? What tells a block that survived its damage from one that lost something. */

/** The length in bytes that the outermost SEQUENCE claims for itself, header included; undefined if it claims none. */
export function declaredLength(bytes: Uint8Array): number | undefined {
  const first = bytes[1];
  if (bytes[0] !== 0x30 || first === undefined) return undefined;
  if (first < 0x80) return first + 2;
  const octets = first & 0x7f;
  if (octets === 0 || octets > 6 || bytes.length < 2 + octets) return undefined;
  let length = 0;
  for (let i = 0; i < octets; i++) length = length * 256 + (bytes[2 + i] ?? 0);
  return length + 2 + octets;
}

/**
 * True when the bytes are exactly one SEQUENCE, or `pieces` of them one after the other: the auxiliary part of a
 * trusted certificate is a second one. What is in them is not looked at.
 */
export function isWholeSequence(bytes: Uint8Array, pieces = 1): boolean {
  let rest = bytes;
  for (let piece = 0; piece < pieces && rest.length > 0; piece++) {
    const length = declaredLength(rest);
    if (length === undefined || length > rest.length) return false;
    rest = rest.subarray(length);
  }
  return bytes.length > 0 && rest.length === 0;
}
