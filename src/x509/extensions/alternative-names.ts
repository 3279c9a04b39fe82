/** subjectAltName and issuerAltName: further names of the subject and of the issuer. */
import { readSingle } from '../../der/reader.js';
import { Tag } from '../../der/tag.js';
import type { ExtensionType } from '../extensions.js';
import { decodeGeneralNames, type GeneralNames } from '../general-name.js';

function alternativeName(extnID: string, name: string): ExtensionType<GeneralNames> {
  return { extnID, name, decode: (value) => decodeGeneralNames(readSingle(value, Tag.sequence, name)) };
}

/** `SubjectAltName ::= GeneralNames` (RFC 5280 4.2.1.6). */
export const subjectAltName = alternativeName('2.5.29.17', 'subjectAltName');

/** `IssuerAltName ::= GeneralNames` (RFC 5280 4.2.1.7). */
export const issuerAltName = alternativeName('2.5.29.18', 'issuerAltName');
