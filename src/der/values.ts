/** Decodes the primitive values that X.509 uses, each as strictly as DER asks (X.690 8, 10 and 11). */
import { MalformedInputError } from '../finding/malformed-input.js';
import { contentOf, type DerElement } from './reader.js';
import { SharedValues } from './shared-values.js';
import { Tag } from './tag.js';

function bad(element: DerElement, detail: string): MalformedInputError {
  return new MalformedInputError('der/bad-value', element.start, detail);
}

/** BOOLEAN; DER allows 0x00 and 0xff only (X.690 11.1). */
export function decodeBoolean(element: DerElement): boolean {
  const value = element.source[element.contentStart];
  if (element.end - element.contentStart !== 1 || (value !== 0 && value !== 0xff)) {
    throw bad(element, 'a BOOLEAN is neither 00 nor FF');
  }
  return value === 0xff;
}

/** The content octets of an INTEGER, two's complement, shortest form (X.690 8.3). */
export function decodeInteger(element: DerElement): Uint8Array {
  const content = contentOf(element);
  const first = content[0];
  const second = content[1];
  if (first === undefined) throw bad(element, 'an INTEGER without content');
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw bad(element, 'an INTEGER that is not in its shortest form');
  }
  return content;
}

/** An INTEGER or ENUMERATED from 0 to 2^31-1. */
export function decodeSmallInteger(element: DerElement): number {
  const content = decodeInteger(element);
  let value = 0;
  for (const octet of content) value = value * 256 + octet;
  if ((content[0] ?? 0) >= 0x80 || value > 0x7fffffff) throw bad(element, 'a number outside 0 to 2147483647');
  return value;
}

export interface BitString {
  readonly unusedBits: number;
  readonly bytes: Uint8Array;
}

/** BIT STRING; unused bits must be zero (X.690 11.2.1). */
export function decodeBitString(element: DerElement): BitString {
  const content = contentOf(element);
  const unusedBits = content[0];
  if (unusedBits === undefined || unusedBits > 7 || (unusedBits > 0 && content.length === 1)) {
    throw bad(element, 'a BIT STRING without a valid count of unused bits');
  }
  const last = content[content.length - 1] ?? 0;
  if (content.length > 1 && (last & ((1 << unusedBits) - 1)) !== 0) {
    throw bad(element, 'a BIT STRING whose unused bits are not zero');
  }
  return { unusedBits, bytes: content.subarray(1) };
}

/** Whether the bit at `position` is there and set; 0 is the first, as in a NamedBitList. */
export function isBitSet({ bytes }: BitString, position: number): boolean {
  return ((bytes[position >> 3] ?? 0) & (0x80 >> (position & 7))) !== 0;
}

/** Longest arc of an OBJECT IDENTIFIER, in octets: 19 hold the 128 bits of a UUID (X.667), the longest arc in use. */
const longestArc = 20;

const objectIdentifiers = new SharedValues<string>();

/** OBJECT IDENTIFIER in dotted form, e.g. `2.5.29.15`. Arcs above 2^53 keep their value, up to 20 octets. */
export function decodeObjectIdentifier(element: DerElement): string {
  const { source, contentStart, end } = element;
  return objectIdentifiers.get(source, contentStart, end, (content) => {
    const text = formatArcs(content);
    if (typeof text !== 'string') throw bad(element, text.fault);
    return text;
  });
}

function formatArcs(content: Uint8Array): string | { readonly fault: string } {
  if (content.length === 0 || (content.at(-1) ?? 0) >= 0x80) return { fault: 'an OBJECT IDENTIFIER that ends early' };
  let text = '';
  let arc = 0;
  let large: bigint | undefined;
  let arcStart = 0;
  for (let i = 0; i < content.length; i++) {
    const octet = content[i] ?? 0;
    if (i === arcStart && octet === 0x80) return { fault: 'an OBJECT IDENTIFIER with a padded arc' };
    if (i - arcStart >= longestArc) return { fault: `an OBJECT IDENTIFIER with an arc of over ${longestArc} octets` };
    if (large !== undefined) large = (large << 7n) | BigInt(octet & 0x7f);
    else if (arc > 0x3fffffffffff) large = (BigInt(arc) << 7n) | BigInt(octet & 0x7f);
    else arc = arc * 128 + (octet & 0x7f);
    if (octet >= 0x80) continue;
    if (text !== '') text += `.${(large ?? arc).toString()}`;
    else if (large !== undefined) text = `2.${(large - 80n).toString()}`;
    else text = arc < 80 ? `${Math.floor(arc / 40)}.${arc % 40}` : `2.${arc - 80}`;
    arc = 0;
    large = undefined;
    arcStart = i + 1;
  }
  return text;
}

function digits(source: Uint8Array, offset: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) {
    const digit = (source[offset + i] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * UTCTime `YYMMDDHHMMSSZ` or GeneralizedTime `YYYYMMDDHHMMSSZ`, no other form (RFC 5280 4.1.2.5.1 and 4.1.2.5.2).
 * Two-digit years from 50 are 19xx. That dates before 2050 use UTCTime is not checked here.
 */
export function decodeTime(element: DerElement): Date {
  const { source, tag, contentStart, end } = element;
  const yearDigits = tag === Tag.utcTime ? 2 : 4;
  if (tag !== Tag.utcTime && tag !== Tag.generalizedTime)
    throw bad(element, 'a time is neither UTCTime nor GeneralizedTime');
  if (end - contentStart !== yearDigits + 11 || source[end - 1] !== 0x5a) {
    throw bad(element, 'a time that is not written with seconds and a final Z');
  }
  const written = digits(source, contentStart, yearDigits);
  const year = yearDigits === 4 ? written : written < 50 ? 2000 + written : 1900 + written;
  const at = contentStart + yearDigits;
  const month = digits(source, at, 2);
  const day = digits(source, at + 2, 2);
  const hour = digits(source, at + 4, 2);
  const minute = digits(source, at + 6, 2);
  const second = digits(source, at + 8, 2);
  // What is no number fails every one of these.
  const isReal =
    year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(month, year) && hour < 24 && minute < 60;
  if (!isReal || !(second < 60)) throw bad(element, 'a time that no calendar has');
  // Date.UTC takes years below 100 for those of the 20th century.
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  date.setUTCFullYear(year, month - 1, day);
  return date;
}

function daysIn(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

let utf16be: InstanceType<typeof TextDecoder> | undefined;

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function utf32be(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let i = 0; i < bytes.length; i += 4) {
    const point = i + 4 <= bytes.length ? view.getUint32(i) : Number.POSITIVE_INFINITY;
    const isCharacter = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    text += isCharacter ? String.fromCodePoint(point) : '\ufffd';
  }
  return text;
}

/** The text of a character string type, or undefined when the tag is not one. Bad sequences become U+FFFD. */
export function decodeString(tag: number, content: Uint8Array): string | undefined {
  switch (tag) {
    case Tag.utf8String:
      return asBuffer(content).toString('utf8');
    case Tag.bmpString:
      return (utf16be ??= new TextDecoder('utf-16be', { ignoreBOM: true })).decode(content);
    case Tag.universalString:
      return utf32be(content);
    // TeletexString is read as Latin-1, as all common implementations do.
    case Tag.printableString:
    case Tag.ia5String:
    case Tag.teletexString:
    case Tag.numericString:
    case Tag.visibleString:
      return asBuffer(content).toString('latin1');
    default:
      return undefined;
  }
}

/** Lower-case hexadecimal without separators. */
export function toHex(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('hex');
}

/** Same length, same bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
