/** subjectKeyIdentifier: a short name for this certificate's key. */
import { contentOf, readSingle } from '../../der/reader.js';
import { Tag } from '../../der/tag.js';
import type { ExtensionType } from '../extensions.js';

/** `SubjectKeyIdentifier ::= KeyIdentifier ::= OCTET STRING` (RFC 5280 4.2.1.2); any length. */
export const subjectKeyIdentifier: ExtensionType<Uint8Array> = {
  extnID: '2.5.29.14',
  name: 'subjectKeyIdentifier',
  decode: (value) => contentOf(readSingle(value, Tag.octetString, 'SubjectKeyIdentifier')),
};
