/** Name: a distinguished name, printed as RFC 4514 says. */
import { DerReader, contentOf, readElement, type DerElement } from '../der/reader.js';
import { SharedValues } from '../der/shared-values.js';
import { Tag } from '../der/tag.js';
import { decodeObjectIdentifier, decodeString, toHex } from '../der/values.js';
import { encodeElement } from '../der/writer.js';
import { MalformedInputError } from '../finding/malformed-input.js';

/**
 *     Name ::= CHOICE { rdnSequence  RDNSequence }
 *     RDNSequence ::= SEQUENCE OF RelativeDistinguishedName
 *     RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
 */
export interface Name extends RDNSequence {
  /** The whole SEQUENCE in DER. */
  readonly bytes: Uint8Array;
}
/** A name that was put together, and so has no DER. */
export interface RDNSequence {
  readonly rdnSequence: readonly RelativeDistinguishedName[];
}
export type RelativeDistinguishedName = readonly AttributeTypeAndValue[];
export interface AttributeTypeAndValue {
  /** Dotted OID. */
  readonly type: string;
  /** The string type's tag, or that of whatever else stands there. */
  readonly tag: number;
  /** Content octets of the value. */
  readonly content: Uint8Array;
  /** The text, or undefined when the value is no character string. */
  readonly value: string | undefined;
}

/** Short names of RFC 4514 section 3 and those that OpenSSL prints; every type that RFC 5280 4.1.2.4 names is here. */
const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.13': 'description',
  '2.5.4.15': 'businessCategory',
  '2.5.4.17': 'postalCode',
  '2.5.4.41': 'name',
  '2.5.4.42': 'GN',
  '2.5.4.43': 'initials',
  '2.5.4.44': 'generationQualifier',
  '2.5.4.46': 'dnQualifier',
  '2.5.4.65': 'pseudonym',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '1.2.840.113549.1.9.2': 'unstructuredName',
  '1.3.6.1.4.1.311.60.2.1.1': 'jurisdictionL',
  '1.3.6.1.4.1.311.60.2.1.2': 'jurisdictionST',
  '1.3.6.1.4.1.311.60.2.1.3': 'jurisdictionC',
};
/** The short name of an attribute type, `CN` for `2.5.4.3`; undefined where it has none here. */
export function attributeTypeName(type: string): string | undefined {
  return shortNames[type];
}

export const commonNameType = '2.5.4.3';
export const emailAddressType = '1.2.840.113549.1.9.1';

function decodeRdnSequence(element: DerElement): readonly RelativeDistinguishedName[] {
  const rdns: RelativeDistinguishedName[] = [];
  for (const reader = DerReader.within(element); !reader.atEnd;) {
    rdns.push(decodeRelativeDistinguishedName(reader.read(Tag.set, 'RelativeDistinguishedName')));
  }
  return rdns;
}

/** Decodes the content of a SET of AttributeTypeAndValue, whatever its tag (a distribution point uses `[1]`). */
export function decodeRelativeDistinguishedName(element: DerElement): RelativeDistinguishedName {
  const attributes: AttributeTypeAndValue[] = [];
  const reader = DerReader.within(element);
  do {
    const fields = DerReader.within(reader.read(Tag.sequence, 'AttributeTypeAndValue'));
    const type = decodeObjectIdentifier(fields.read(Tag.objectIdentifier, 'attribute type'));
    const value = fields.readAny();
    fields.finish('AttributeTypeAndValue');
    const content = contentOf(value);
    attributes.push({ type, tag: value.tag, content, value: decodeString(value.tag, content) });
  } while (!reader.atEnd);
  return attributes;
}

const names = new SharedValues<Name>();

function decodeName(bytes: Uint8Array): Name {
  return { bytes, rdnSequence: decodeRdnSequence(readElement(bytes, 0)) };
}

/**
 * RFC 5280 4.1.2.4. A name is decoded as soon as it is read, which costs a microsecond or two: whoever holds a
 * certificate can print and compare its names without a thought of what they may throw. The same name, read again, is the
 * same object.
 */
export function readName(reader: DerReader, what: string): Name {
  const sequence = reader.read(Tag.sequence, what);
  try {
    return names.get(sequence.source, sequence.start, sequence.end, decodeName);
  } catch (error) {
    throw error instanceof MalformedInputError ? error.within(sequence.start) : error;
  }
}

/** A Name without any attribute, as RFC 5280 4.1.2.6 allows for a subject. */
export function isEmptyName(name: Name): boolean {
  return name.rdnSequence.length === 0;
}

/** Every value of one attribute type, in the order of the certificate. */
export function attributeValues(name: Name, type: string): AttributeTypeAndValue[] {
  return name.rdnSequence.flat().filter((attribute) => attribute.type === type);
}

// RFC 4514 2.4, and what a terminal must not get from a certificate: control and formatting characters are written \HH.
function escapeValue(value: string): string {
  // As most values are; the classes of Unicode take a millisecond to build.
  if (/^[A-Za-z0-9.*-](?:[A-Za-z0-9 .*/:@_-]*[A-Za-z0-9.*/:@_-])?$/.test(value)) return value;
  return value
    .replace(/[\\"+,;<>]|^[ #]| $/g, '\\$&')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
      Array.from(new TextEncoder().encode(character), (octet) => `\\${octet.toString(16).padStart(2, '0')}`).join(''),
    );
}

function formatAttribute(attribute: AttributeTypeAndValue): string {
  const type = attributeTypeName(attribute.type) ?? attribute.type;
  const value =
    attribute.value === undefined
      ? `#${toHex(encodeElement(attribute.tag, attribute.content))}`
      : escapeValue(attribute.value);
  return `${type}=${value}`;
}

/** One RelativeDistinguishedName as RFC 4514 writes it. */
export function formatRelativeDistinguishedName(rdn: RelativeDistinguishedName): string {
  return rdn.map(formatAttribute).join('+');
}

/** The name as RFC 4514 writes it: most specific first, e.g. `CN=Issuing CA 1,O=Fly,C=DE`. The empty name is ''. */
export function formatName(name: RDNSequence): string {
  return name.rdnSequence.map(formatRelativeDistinguishedName).reverse().join(',');
}

/** The short names that were asked for; a name never changes. */
const shown = new WeakMap<Name, string>();

/** What people call it: its last common name as `CN=…`, else the whole name, else `(empty name)`. */
export function shortName(name: Name): string {
  let text = shown.get(name);
  if (text === undefined) {
    const holder = name.rdnSequence.findLast((rdn) => rdn.some(({ type }) => type === commonNameType));
    const commonName = holder?.findLast(({ type }) => type === commonNameType);
    text = commonName ? formatAttribute(commonName) : formatName(name) || '(empty name)';
    shown.set(name, text);
  }
  return text;
}
