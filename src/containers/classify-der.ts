/** Tells by its structure what a DER element is; what it says in detail is for the parsers. */
import { DerReader, contentOf, readElement, type DerElement } from '../der/reader.js';
import { Tag, contextConstructed } from '../der/tag.js';
import { toHex } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import type { KeyEncoding } from './input-object.js';

export type DerKind =
  | { readonly kind: 'certificate' | 'crl' | 'certification-request' | 'public-key' | 'pkcs7' | 'pkcs12' }
  | { readonly kind: 'private-key'; readonly encoding: KeyEncoding };

/** OIDs of PKCS#7 content types begin with 1.2.840.113549.1.7. */
const pkcs7Arc = '2a864886f70d0107';

function childrenOf(element: DerElement): DerElement[] {
  const reader = DerReader.within(element);
  const children: DerElement[] = [];
  // Twelve are more than the longest of the structures below has.
  while (!reader.atEnd && children.length < 12) children.push(reader.readAny());
  return children;
}

const tagsOf = (elements: readonly DerElement[]): number[] => elements.map(({ tag }) => tag);
const beginsWith = (tags: readonly number[], wanted: readonly number[]): boolean =>
  wanted.every((tag, position) => tags[position] === tag);

/** SEQUENCE { SEQUENCE, SEQUENCE, BIT STRING }: the signed objects of X.509 and PKCS#10. */
function classifySigned(signed: DerElement): DerKind | undefined {
  const tags = tagsOf(childrenOf(signed));
  const isTime = (tag: number | undefined): boolean => tag === Tag.utcTime || tag === Tag.generalizedTime;
  const { sequence, integer } = Tag;
  const withoutVersion = tags[0] === contextConstructed(0) ? tags.slice(1) : tags;
  if (beginsWith(withoutVersion, [integer, sequence, sequence, sequence, sequence, sequence])) {
    return { kind: 'certificate' };
  }
  // RFC 2986 wants the attributes [0]; some writers leave them out when there are none.
  if (beginsWith(tags, [integer, sequence, sequence]) && (tags.length === 3 || tags[3] === contextConstructed(0))) {
    return { kind: 'certification-request' };
  }
  const crl = tags[0] === integer ? tags.slice(1) : tags;
  return beginsWith(crl, [sequence, sequence]) && isTime(crl[2]) ? { kind: 'crl' } : undefined;
}

function isAlgorithm(element: DerElement | undefined): boolean {
  return element !== undefined && childrenOf(element)[0]?.tag === Tag.objectIdentifier;
}

function classifyParts(parts: readonly DerElement[]): DerKind | undefined {
  const tags = tagsOf(parts);
  const { sequence, integer, bitString, octetString, objectIdentifier } = Tag;
  const [first, second] = parts;
  if (!first) return undefined;
  if (tags.length === 3 && beginsWith(tags, [sequence, sequence, bitString])) return classifySigned(first);
  if (tags.length === 2 && beginsWith(tags, [sequence, bitString]) && isAlgorithm(first)) return { kind: 'public-key' };
  if (tags.length === 2 && beginsWith(tags, [sequence, octetString]) && isAlgorithm(first)) {
    return { kind: 'private-key', encoding: 'encrypted-pkcs8' };
  }
  if (tags[0] === objectIdentifier && toHex(contentOf(first)).startsWith(pkcs7Arc)) return { kind: 'pkcs7' };
  if (tags[0] !== integer) return undefined;
  if (beginsWith(tags, [integer, sequence, octetString]) && isAlgorithm(second)) {
    return { kind: 'private-key', encoding: 'pkcs8' };
  }
  if (tags[1] === sequence && isAlgorithm(second)) return { kind: 'pkcs12' };
  if (tags[1] === octetString) return { kind: 'private-key', encoding: 'sec1' };
  if (!tags.every((tag) => tag === integer)) {
    // RSAPrivateKey with more than two primes ends in a SEQUENCE.
    return beginsWith(tags, Array<number>(9).fill(integer)) ? { kind: 'private-key', encoding: 'pkcs1' } : undefined;
  }
  if (tags.length === 9) return { kind: 'private-key', encoding: 'pkcs1' };
  return tags.length === 6 ? { kind: 'private-key', encoding: 'dsa' } : undefined;
}

/**
 * What the DER element at the start of `bytes` is, or undefined when it is none that certwright knows.
 *
 * Told by the tags of the outer two levels (RFC 5280 4.1 and 5.1, RFC 2986 4, RFC 5652 3, RFC 7292 4, RFC 5958 2 and 3,
 * RFC 8017 A.1.2, RFC 5915 3). PKCS#7 and PKCS#12 in BER with indefinite lengths are told by their first octets.
 */
export function classifyDer(bytes: Uint8Array): DerKind | undefined {
  if (bytes[0] !== Tag.sequence) return undefined;
  if (bytes[1] === 0x80) return classifyIndefinite(bytes);
  try {
    return classifyParts(childrenOf(readElement(bytes, 0)));
  } catch (error) {
    if (error instanceof MalformedInputError) return classifyIndefinite(bytes);
    throw error;
  }
}

/** BER: `30 80 06 09 …` begins PKCS#7, `30 80 02 01 03 30 …` PKCS#12; a definite outer length may stand before the rest. */
function classifyIndefinite(bytes: Uint8Array): DerKind | undefined {
  const first = bytes[1] ?? 0;
  const start = 2 + (first > 0x80 ? first & 0x7f : 0);
  const head = toHex(bytes.subarray(start, start + 11));
  if (head.startsWith(`0609${pkcs7Arc}`)) return { kind: 'pkcs7' };
  return head.startsWith('02010330') ? { kind: 'pkcs12' } : undefined;
}
