/**
 * A table that lets a scan pass over nearly every entry with a single look, however many serial numbers are wanted: 1 where
 * the last three octets of one of them lead. What is left is compared octet for octet. A set of strings would have to be
 * asked a million times; a table over all three octets, 16 MB, would not stay in the processor's cache.
 */
import { toHex } from '../der/values.js';
import { Tag } from '../der/tag.js';

/** Serial numbers to look for, by their content octets. */
export interface WantedSerials {
  /** Their content octets by hexadecimal content octets. */
  readonly serials: ReadonlyMap<string, Uint8Array>;
  /** 1 at the place of each wanted serial number, see `placeOf`. */
  readonly places: Uint8Array;
  /** By how many bits a place is shifted to fit the table. */
  readonly shift: number;
}

/** Places in the table for each wanted serial number: at most one entry in so many is looked at in vain. */
const placesEach = 128;
/** Bits of the smallest and the largest table: 4 KB, and 4 MB for 32,000 serial numbers and more. */
const tableBits = { least: 12, most: 22 };

export function wantSerials(serials: readonly Uint8Array[]): WantedSerials {
  const wantedBits = Math.ceil(Math.log2(serials.length * placesEach + 1));
  const bits = Math.min(Math.max(wantedBits, tableBits.least), tableBits.most);
  const places = new Uint8Array(2 ** bits);
  const shift = 32 - bits;
  for (const serial of serials) {
    // As it stands in an entry, with the octets before it.
    const bytes = Uint8Array.of(Tag.integer, serial.length, ...serial);
    places[placeOf(bytes, bytes.length, shift)] = 1;
  }
  return { serials: new Map(serials.map((serial) => [toHex(serial), serial])), places, shift };
}

// A serial number of one or two octets takes length and tag before it along, which does no harm: they are so in every
// CRL. The factor is 2^32 over the golden ratio: serial numbers that are counted up spread over the table.
export function placeOf(bytes: Uint8Array, end: number, shift: number): number {
  const octets = ((bytes[end - 3] ?? 0) << 16) | ((bytes[end - 2] ?? 0) << 8) | (bytes[end - 1] ?? 0);
  return Math.imul(octets, 0x9e3779b1) >>> shift;
}
