/** Writes the few DER structures that certwright composes itself, such as a key with inherited parameters. */

/** One TLV around the concatenated parts; lengths in their shortest form (X.690 10.1). */
export function encodeElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const octets: number[] = [];
  if (length < 0x80) octets.push(length);
  else {
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
    octets.unshift(0x80 | octets.length);
  }
  return Buffer.concat([Uint8Array.of(tag, ...octets), ...parts]);
}
