/**
 * The hash under which OpenSSL looks for a certificate in a directory (`-CApath`).
 *
 * Since 1.0 it is taken over a canonical form of the name: strings as UTF-8, ASCII letters small, blanks at the ends left
 * out and runs of them made one, the SETs of the RDNs one after another without the SEQUENCE around them. Written from
 * OpenSSL's behaviour; `test/unit/bundle/subject-hash.test.ts` holds it against `openssl x509 -subject_hash` (3.0.19).
 */
import { fingerprint } from '../crypto/fingerprint.js';
import { DerReader, contentOf, encodingOf, readSingle, type DerElement } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import { encodeElement } from '../der/writer.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import type { Name } from '../x509/name.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A string that OpenSSL cannot turn into UTF-8: it refuses the whole certificate. */
function unreadable({ start }: DerElement, detail: string): MalformedInputError {
  return new MalformedInputError('der/bad-value', start, detail);
}

/** Characters of a fixed width. OpenSSL takes each half of a surrogate pair for a character, and refuses it. */
function decodeFixedWidth(element: DerElement, width: 1 | 2 | 4): string {
  const content = contentOf(element);
  if (content.length % width !== 0) {
    throw unreadable(element, `a string of ${content.length} bytes with ${width} bytes a character`);
  }
  let text = '';
  for (let at = 0; at < content.length; at += width) {
    let point = 0;
    for (let i = 0; i < width; i++) point = point * 256 + (content[at + i] ?? 0);
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
      throw unreadable(element, `U+${point.toString(16).toUpperCase().padStart(4, '0')} is no character`);
    }
    text += String.fromCodePoint(point);
  }
  return text;
}

function decodeUTF8(element: DerElement): string {
  try {
    return utf8.decode(contentOf(element));
  } catch {
    throw unreadable(element, 'a UTF8String that is not UTF-8');
  }
}

/** The text of the string types that OpenSSL canonicalises; undefined for all others, NumericString among them. */
function decodeCanonicalised(element: DerElement): string | undefined {
  switch (element.tag) {
    case Tag.utf8String:
      return decodeUTF8(element);
    case Tag.printableString:
    case Tag.ia5String:
    case Tag.teletexString:
      return decodeFixedWidth(element, 1);
    case Tag.bmpString:
      return decodeFixedWidth(element, 2);
    case Tag.universalString:
      return decodeFixedWidth(element, 4);
    default:
      return undefined;
  }
}

/** Blanks are those of C's isspace; letters outside ASCII stay as they are. */
function canonicalText(text: string): string {
  return text
    .replace(/[ \t-\r]+/g, ' ')
    .replace(/^ | $/g, '')
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function canonicalAttribute(attribute: DerElement): Uint8Array {
  const fields = DerReader.within(attribute);
  const type = fields.read(Tag.objectIdentifier, 'attribute type');
  const value = fields.readAny();
  fields.finish('AttributeTypeAndValue');
  const text = decodeCanonicalised(value);
  const canonical =
    text === undefined ? encodingOf(value) : encodeElement(Tag.utf8String, Buffer.from(canonicalText(text), 'utf8'));
  return encodeElement(Tag.sequence, encodingOf(type), canonical);
}

function canonicalRDN(rdn: DerElement): Uint8Array {
  const attributes: Uint8Array[] = [];
  for (const reader = DerReader.within(rdn); !reader.atEnd;) {
    attributes.push(canonicalAttribute(reader.read(Tag.sequence, 'AttributeTypeAndValue')));
  }
  // X.690 11.6: the members of a SET OF in the order of their encodings, which may have changed.
  return encodeElement(Tag.set, ...attributes.sort((a, b) => Buffer.compare(a, b)));
}

export type SubjectHash =
  { readonly hash: string } | { /** Why OpenSSL has none: it cannot read the name. */ readonly detail: string };

/**
 * OpenSSL's `X509_NAME_hash`: eight hexadecimal digits.
 *
 * For a certificate the subject, for a CRL the issuer. Not the hash of OpenSSL 0.9 (`-subject_hash_old`).
 */
export function hashName(name: Name): SubjectHash {
  try {
    const rdns: Uint8Array[] = [];
    for (const reader = DerReader.within(readSingle(name.bytes, Tag.sequence, 'Name')); !reader.atEnd;) {
      rdns.push(canonicalRDN(reader.read(Tag.set, 'RelativeDistinguishedName')));
    }
    const digest = fingerprint(Buffer.concat(rdns), 'sha1');
    // The first four octets as a little-endian number.
    return { hash: [6, 4, 2, 0].map((at) => digest.slice(at, at + 2)).join('') };
  } catch (error) {
    if (error instanceof MalformedInputError) return { detail: error.detail };
    throw error;
  }
}
