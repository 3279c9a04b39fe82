/** A tiny DER writer for tests: it writes what it is told, right or wrong. */

/** Length octets, minimal as DER wants them. */
function derLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** One element with the identifier octet `tag`; the contents are joined. */
export function tlv(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return concat(Uint8Array.of(tag), derLength(length), ...contents);
}

export const sequence = (...contents: readonly Uint8Array[]): Uint8Array => tlv(0x30, ...contents);
export const set = (...contents: readonly Uint8Array[]): Uint8Array => tlv(0x31, ...contents);

/** `[n]` constructed: an EXPLICIT tag, or an IMPLICIT one over a constructed type. */
export const explicit = (n: number, ...contents: readonly Uint8Array[]): Uint8Array => tlv(0xa0 | n, ...contents);
/** `[n]` primitive: an IMPLICIT tag over a primitive type. */
export const implicit = (n: number, ...contents: readonly Uint8Array[]): Uint8Array => tlv(0x80 | n, ...contents);

/** Replaces the identifier octet: `retag(0x81, integer(1))`. */
export const retag = (tag: number, element: Uint8Array): Uint8Array => concat(Uint8Array.of(tag), element.subarray(1));

/** INTEGER; bytes are taken as the contents, as they are. */
export function integer(value: number | bigint | Uint8Array): Uint8Array {
  if (value instanceof Uint8Array) return tlv(0x02, value);
  let rest = BigInt(value);
  const octets: number[] = [];
  do {
    octets.unshift(Number(BigInt.asUintN(8, rest)));
    rest >>= 8n;
  } while (rest !== 0n && rest !== -1n);
  const first = octets[0] ?? 0;
  if (rest === 0n && first >= 0x80) octets.unshift(0);
  if (rest === -1n && first < 0x80) octets.unshift(0xff);
  return tlv(0x02, Uint8Array.from(octets));
}

export const enumerated = (value: number): Uint8Array => retag(0x0a, integer(value));
export const boolean = (value: boolean): Uint8Array => tlv(0x01, Uint8Array.of(value ? 0xff : 0));
export const nullValue = (): Uint8Array => Uint8Array.of(0x05, 0);
export const octetString = (...contents: readonly Uint8Array[]): Uint8Array => tlv(0x04, ...contents);
export const bitString = (bytes: Uint8Array, unusedBits = 0): Uint8Array => tlv(0x03, Uint8Array.of(unusedBits), bytes);

/** BIT STRING of a named bit list: trailing zero bits are removed, as X.690 11.2.2 wants. */
export function namedBits(bits: readonly number[]): Uint8Array {
  if (bits.length === 0) return bitString(new Uint8Array(0));
  const highest = Math.max(...bits);
  const bytes = new Uint8Array((highest >> 3) + 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bitString(bytes, 7 - (highest & 7));
}

/** OBJECT IDENTIFIER from its dotted form. */
export function oid(dotted: string): Uint8Array {
  const [first = 0n, second = 0n, ...others] = dotted.split('.').map(BigInt);
  const octets = [first * 40n + second, ...others].flatMap((arc) => {
    const septets = [Number(arc & 0x7fn)];
    for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) septets.unshift(Number(rest & 0x7fn) | 0x80);
    return septets;
  });
  return tlv(0x06, Uint8Array.from(octets));
}

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
export const utf8String = (text: string): Uint8Array => tlv(0x0c, new TextEncoder().encode(text));
export const printableString = (text: string): Uint8Array => tlv(0x13, latin1(text));
export const teletexString = (text: string): Uint8Array => tlv(0x14, latin1(text));
export const ia5String = (text: string): Uint8Array => tlv(0x16, latin1(text));
export const bmpString = (text: string): Uint8Array => tlv(0x1e, Buffer.from(text, 'utf16le').swap16());
export const universalString = (text: string): Uint8Array =>
  tlv(0x1c, ...Array.from(text, (char) => Uint8Array.of(0, ...[16, 8, 0].map((s) => (char.codePointAt(0) ?? 0) >> s))));

const compact = (instant: Date): string => instant.toISOString().replace(/[-:T]|\.\d+/g, '');
export const utcTime = (instant: Date): Uint8Array => tlv(0x17, latin1(compact(instant).slice(2)));
export const generalizedTime = (instant: Date): Uint8Array => tlv(0x18, latin1(compact(instant)));

/** UTCTime through 2049, GeneralizedTime before 1950 and from 2050, as RFC 5280 4.1.2.5 wants. */
export function time(instant: Date): Uint8Array {
  const year = instant.getUTCFullYear();
  return year >= 1950 && year < 2050 ? utcTime(instant) : generalizedTime(instant);
}

/** Bytes from hexadecimal text; blanks and colons are ignored. */
export const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/[\s:]/g, ''), 'hex'));

/** PEM with LF and 64 columns. */
export function toPEM(der: Uint8Array, label = 'CERTIFICATE'): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
