/** subjectDirectoryAttributes: further attributes of the subject, for display. */
import { DerReader, encodingOf, readSingle } from '../../der/reader.js';
import { Tag } from '../../der/tag.js';
import { decodeObjectIdentifier } from '../../der/values.js';
import type { ExtensionType } from '../extensions.js';

/** `Attribute ::= SEQUENCE { type OBJECT IDENTIFIER, values SET OF ANY }`; the values stay in DER. */
export interface Attribute {
  readonly type: string;
  readonly values: Uint8Array;
}

/** `SubjectDirectoryAttributes ::= SEQUENCE SIZE (1..MAX) OF Attribute` (RFC 5280 4.2.1.8). */
export const subjectDirectoryAttributes: ExtensionType<readonly Attribute[]> = {
  extnID: '2.5.29.9',
  name: 'subjectDirectoryAttributes',
  decode(value) {
    const reader = DerReader.within(readSingle(value, Tag.sequence, 'SubjectDirectoryAttributes'));
    const attributes: Attribute[] = [];
    do {
      const fields = DerReader.within(reader.read(Tag.sequence, 'Attribute'));
      const type = decodeObjectIdentifier(fields.read(Tag.objectIdentifier, 'attribute type'));
      attributes.push({ type, values: encodingOf(fields.read(Tag.set, 'attribute values')) });
      fields.finish('Attribute');
    } while (!reader.atEnd);
    return attributes;
  },
};
