/** GeneralName and GeneralNames: the names that alternative names, distribution points and name constraints use. */
import { DerReader, contentOf, encodingOf, type DerElement } from '../der/reader.js';
import { Tag, contextConstructed, contextPrimitive } from '../der/tag.js';
import { decodeObjectIdentifier, decodeString } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { readName, type Name } from './name.js';

/**
 *     GeneralName ::= CHOICE {
 *         otherName                 [0] OtherName,
 *         rfc822Name                [1] IA5String,
 *         dNSName                   [2] IA5String,
 *         x400Address               [3] ORAddress,
 *         directoryName             [4] Name,
 *         ediPartyName              [5] EDIPartyName,
 *         uniformResourceIdentifier [6] IA5String,
 *         iPAddress                 [7] OCTET STRING,
 *         registeredID              [8] OBJECT IDENTIFIER }
 *
 * IA5String values are given as text, one character an octet, also where an octet is no ASCII: what may be compared is
 * the matcher's business. x400Address and ediPartyName are kept as DER.
 */
export type GeneralName =
  /** `value` is the DER of whatever the type says. */
  | { readonly type: 'otherName'; readonly typeID: string; readonly value: Uint8Array }
  | { readonly type: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'; readonly value: string }
  | { readonly type: 'directoryName'; readonly value: Name }
  /** 4 or 16 octets in a name, 8 or 32 (address and mask) in a name constraint; the length is not checked here. */
  | { readonly type: 'iPAddress'; readonly value: Uint8Array }
  | { readonly type: 'registeredID'; readonly value: string }
  | { readonly type: 'x400Address' | 'ediPartyName'; readonly value: Uint8Array };
export type GeneralNames = readonly GeneralName[];

function ia5(element: DerElement): string {
  return decodeString(Tag.ia5String, contentOf(element)) ?? '';
}

function decodeOtherName(element: DerElement): GeneralName {
  const fields = DerReader.within(element);
  const typeID = decodeObjectIdentifier(fields.read(Tag.objectIdentifier, 'otherName type-id'));
  const value = DerReader.within(fields.read(contextConstructed(0), 'otherName value'));
  fields.finish('otherName');
  const encoding = encodingOf(value.readAny());
  value.finish('otherName value');
  return { type: 'otherName', typeID, value: encoding };
}

function decodeDirectoryName(element: DerElement): GeneralName {
  const reader = DerReader.within(element);
  const value = readName(reader, 'directoryName');
  reader.finish('directoryName');
  return { type: 'directoryName', value };
}

/** Decodes one GeneralName (RFC 5280 4.2.1.6). @throws MalformedInputError */
export function decodeGeneralName(element: DerElement): GeneralName {
  switch (element.tag) {
    case contextConstructed(0):
      return decodeOtherName(element);
    case contextPrimitive(1):
      return { type: 'rfc822Name', value: ia5(element) };
    case contextPrimitive(2):
      return { type: 'dNSName', value: ia5(element) };
    case contextConstructed(3):
      return { type: 'x400Address', value: encodingOf(element) };
    case contextConstructed(4):
      return decodeDirectoryName(element);
    case contextConstructed(5):
      return { type: 'ediPartyName', value: encodingOf(element) };
    case contextPrimitive(6):
      return { type: 'uniformResourceIdentifier', value: ia5(element) };
    case contextPrimitive(7):
      return { type: 'iPAddress', value: contentOf(element) };
    case contextPrimitive(8):
      return { type: 'registeredID', value: decodeObjectIdentifier(element) };
    default:
      throw new MalformedInputError('der/unexpected-tag', element.start, 'no form of GeneralName has this tag');
  }
}

/** Decodes the content of `GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName`, whatever the tag around it. */
export function decodeGeneralNames(element: DerElement): GeneralNames {
  const names: GeneralName[] = [];
  const reader = DerReader.within(element);
  do names.push(decodeGeneralName(reader.readAny()));
  while (!reader.atEnd);
  return names;
}
