/**
 * The ASN.1 structure of one object as asn1js sees it: every element with its offset, and what its value says.
 *
 * asn1js is loaded when somebody asks for a tree. It refuses more than 10,000 elements, which a CRL has from 1,200 entries
 * with reasons or 3,300 without on; the tree then says so instead of being cut somewhere.
 */
import type * as Asn1js from 'asn1js';
import type { BaseBlock } from 'asn1js';
import { readElement } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import {
  decodeBitString,
  decodeInteger,
  decodeObjectIdentifier,
  decodeString,
  decodeTime,
  toHex,
} from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';

export interface Asn1Element {
  /** Of the identifier octet, in bytes from the start of the object. */
  readonly offset: number;
  /** Identifier and length octets. */
  readonly headerLength: number;
  /** Content octets. */
  readonly length: number;
  /** `SEQUENCE`, `OBJECT IDENTIFIER`, `[0]`, `[APPLICATION 3]`. */
  readonly type: string;
  /** An OBJECT IDENTIFIER, in dotted form. */
  readonly oid?: string;
  /** A character string or a time, as it is: it may hold control characters. */
  readonly text?: string;
  /** A number or truth value. */
  readonly value?: string;
  /** Content that is none of these, in hexadecimal. */
  readonly hex?: string;
  /** The children stand inside an OCTET STRING or BIT STRING. */
  readonly encapsulates?: true;
  readonly children?: readonly Asn1Element[];
}

export type Asn1Tree = { readonly root: Asn1Element } | { readonly refused: string };

/** asn1js counts the elements that it tries inside OCTET STRINGs and BIT STRINGs too. */
const maxNodes = 10_000;
/** The largest CRL that would still be read if it had few entries, in bytes; asn1js allows 16 MB by itself. */
const maxContentLength = 64 * 1024 * 1024;

const classNames: Readonly<Record<number, string>> = { 2: 'APPLICATION ', 3: '', 4: 'PRIVATE ' };

function nameType({ idBlock }: BaseBlock, name: string): string {
  const { tagClass, tagNumber } = idBlock;
  return tagClass === 1 ? name : `[${classNames[tagClass] ?? ''}${tagNumber}]`;
}

/** What a primitive value says; content that does not decode is given in hexadecimal. */
function describePrimitive(source: Uint8Array, offset: number): Pick<Asn1Element, 'oid' | 'text' | 'value' | 'hex'> {
  const element = readElement(source, offset);
  const { tag, contentStart, end } = element;
  const content = source.subarray(contentStart, end);
  switch (tag) {
    case Tag.bitString: {
      const { unusedBits, bytes } = decodeBitString(element);
      return { ...(unusedBits > 0 && { value: `${unusedBits} unused bits` }), hex: toHex(bytes) };
    }
    case Tag.objectIdentifier:
      return { oid: decodeObjectIdentifier(element) };
    case Tag.boolean:
      return { value: content[0] === 0 ? 'FALSE' : 'TRUE' };
    case Tag.integer:
    case Tag.enumerated: {
      const octets = decodeInteger(element);
      if (octets.length > 8) return { hex: toHex(octets) };
      return { value: BigInt.asIntN(octets.length * 8, BigInt(`0x${toHex(octets)}`)).toString() };
    }
    case Tag.utcTime:
    case Tag.generalizedTime:
      return { text: decodeString(Tag.ia5String, content) ?? '', value: decodeTime(element).toISOString() };
    default: {
      const text = decodeString(tag, content);
      if (text !== undefined) return { text };
      const ascii = decodeString(Tag.ia5String, content) ?? '';
      // An implicitly tagged string, such as a dNSName, shows as what it is.
      const readable = (tag & 0xc0) === 0x80 && /^[\x20-\x7e]{2,}$/.test(ascii);
      return { ...(readable && { text: ascii }), ...(content.length > 0 && { hex: toHex(content) }) };
    }
  }
}

/** What asn1js reads and DER does not allow, a tag number of 31 or more among it, is given in hexadecimal. */
function describeSafely(
  source: Uint8Array,
  { offset, headerLength, length }: Pick<Asn1Element, 'offset' | 'headerLength' | 'length'>,
): ReturnType<typeof describePrimitive> {
  try {
    return describePrimitive(source, offset);
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    const start = offset + headerLength;
    return { hex: toHex(source.subarray(start, start + length)) };
  }
}

/** The elements inside a block; asn1js keeps parts of other kinds under the same name. */
function childrenOf(block: BaseBlock, types: Asn1Types): readonly BaseBlock[] {
  const { value } = block.valueBlock as { readonly value?: unknown };
  const mayHold =
    block instanceof types.Constructed || block instanceof types.OctetString || block instanceof types.BitString;
  return mayHold && Array.isArray(value) ? (value as BaseBlock[]) : [];
}

type Asn1Types = Pick<typeof Asn1js, 'Constructed' | 'OctetString' | 'BitString'>;

function describeElement(source: Uint8Array, block: BaseBlock, offset: number, types: Asn1Types): Asn1Element {
  const headerLength = block.idBlock.blockLength + block.lenBlock.blockLength;
  const { NAME: name } = block.constructor as typeof BaseBlock;
  const length = block.blockLength - headerLength;
  const head = { offset, headerLength, length, type: nameType(block, name) };
  const blocks = childrenOf(block, types);
  const { isConstructed } = block.idBlock;
  if (blocks.length === 0 && !isConstructed) return { ...head, ...describeSafely(source, head) };
  // The first octet of a BIT STRING counts the unused bits.
  let at = offset + headerLength + (block instanceof types.BitString && !isConstructed ? 1 : 0);
  const children = blocks.map((child) => {
    const described = describeElement(source, child, at, types);
    at += described.headerLength + described.length;
    return described;
  });
  return { ...head, ...(!isConstructed && { encapsulates: true as const }), children };
}

/**
 * Builds the tree of one DER object.
 *
 * @returns `refused` with the reason where asn1js cannot or will not read it: more than 10,000 elements, more than 100
 * levels, damaged bytes.
 */
export async function buildAsn1Tree(der: Uint8Array): Promise<Asn1Tree> {
  const asn1js = await import('asn1js');
  const { offset, result } = asn1js.fromBER(der, { maxNodes, maxContentLength, copyInput: false });
  if (offset === -1 || result.error !== '') return { refused: result.error || 'the bytes are no ASN.1' };
  return { root: describeElement(der, result, 0, asn1js) };
}
