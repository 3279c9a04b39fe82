/** Measures DER in place for the scan of CRL entries: -1 where something does not fit, and never an object. */
import { Tag } from '../der/tag.js';

/** Where the content of the element at `at` starts; only to be relied on where `endOf` gave an end. */
export function contentStartOf(bytes: Uint8Array, at: number): number {
  const length = bytes[at + 1] ?? 0;
  return length < 0x80 ? at + 2 : at + 2 + (length & 0x7f);
}

/** One past the element at `at`, -1 where its length is not DER's or leads beyond `limit`. */
export function endOf(bytes: Uint8Array, at: number, limit: number): number {
  if (at + 2 > limit) return -1;
  const first = bytes[at + 1] ?? 0;
  if (first < 0x80) return at + 2 + first <= limit ? at + 2 + first : -1;
  const start = contentStartOf(bytes, at);
  if (first === 0x80 || first > 0x86 || start > limit || bytes[at + 2] === 0) return -1;
  let length = 0;
  for (let i = at + 2; i < start; i++) length = length * 256 + (bytes[i] ?? 0);
  return length >= 0x80 && length <= limit - start ? start + length : -1;
}

/** An INTEGER with content, in its shortest form (X.690 8.3.2). */
export function isInteger(bytes: Uint8Array, at: number, end: number): boolean {
  if (end < 0 || bytes[at] !== Tag.integer) return false;
  const start = contentStartOf(bytes, at);
  const first = bytes[start] ?? 0;
  if (end - start < 2) return end > start;
  const second = bytes[start + 1] ?? 0;
  return !((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
}

/** UTCTime of 13 octets or GeneralizedTime of 15, the last one a Z; their digits are not looked at. */
export function endOfTime(bytes: Uint8Array, at: number, limit: number): number {
  const tag = bytes[at];
  const length = tag === Tag.utcTime ? 13 : tag === Tag.generalizedTime ? 15 : -1;
  const end = at + 2 + length;
  return length > 0 && end <= limit && bytes[at + 1] === length && bytes[end - 1] === 0x5a ? end : -1;
}
