/**
 * Values that were decoded before from the same octets. The certificates of one CA have most of their parts in common, from
 * the issuer's name down to every OID, and whoever reads thousands of them need not make each part thousands of times.
 */

/** A power of two: how many values are kept at most, of each kind. A value that needs the place of another takes it. */
const places = 256;
/** Octets at the start and at the end that are looked at to find the place; what differs, mostly differs there. */
const sampled = 16;

/** Longer values, in octets, are seldom the same twice, and whoever sends them shall not fill the memory. */
const longest = 2048;

interface Kept<T> {
  readonly bytes: Uint8Array;
  readonly value: T;
}

function hashOf(source: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  const head = Math.min(start + sampled, end);
  for (let at = start; at < head; at++) hash = (Math.imul(hash, 31) + (source[at] ?? 0)) | 0;
  for (let at = Math.max(head, end - sampled); at < end; at++) hash = (Math.imul(hash, 31) + (source[at] ?? 0)) | 0;
  return hash;
}

function isSame(bytes: Uint8Array, source: Uint8Array, start: number, end: number): boolean {
  if (bytes.length !== end - start) return false;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== source[start + at]) return false;
  return true;
}

export class SharedValues<T> {
  /** The hash that was last seen at each place: what comes only once is not kept. */
  private readonly seen = new Int32Array(places);
  private readonly kept: (Kept<T> | undefined)[] = new Array<undefined>(places).fill(undefined);

  /**
   * The value of the octets from `start` to `end` (exclusive), which nobody may change.
   *
   * @param decode makes it of a view of the octets, or of a copy, so that what is kept keeps no file in memory. What it
   * throws is passed on.
   */
  get(source: Uint8Array, start: number, end: number, decode: (bytes: Uint8Array) => T): T {
    if (end - start > longest) return decode(source.subarray(start, end));
    const hash = hashOf(source, start, end);
    const place = hash & (places - 1);
    const known = this.kept[place];
    if (known && isSame(known.bytes, source, start, end)) return known.value;
    const value = decode(source.subarray(start, end));
    if (this.seen[place] === hash) {
      // `slice` of a Buffer would be a view of the whole file.
      const bytes = new Uint8Array(source.subarray(start, end));
      this.kept[place] = { bytes, value: decode(bytes) };
    }
    this.seen[place] = hash;
    return value;
  }
}
