/** authorityInfoAccess and subjectInfoAccess: where the issuer's certificate, OCSP and the like are found. */
import { DerReader, readSingle } from '../../der/reader.js';
import { Tag } from '../../der/tag.js';
import { decodeObjectIdentifier } from '../../der/values.js';
import type { ExtensionType } from '../extensions.js';
import { decodeGeneralName, type GeneralName } from '../general-name.js';

/**
 *     AccessDescription ::= SEQUENCE {
 *         accessMethod    OBJECT IDENTIFIER,
 *         accessLocation  GeneralName }
 */
export interface AccessDescription {
  /** Dotted OID. */
  readonly accessMethod: string;
  readonly accessLocation: GeneralName;
}

export const accessMethodNames: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.48.1': 'ocsp',
  '1.3.6.1.5.5.7.48.2': 'caIssuers',
  '1.3.6.1.5.5.7.48.3': 'timeStamping',
  '1.3.6.1.5.5.7.48.5': 'caRepository',
};

function informationAccess(extnID: string, name: string): ExtensionType<readonly AccessDescription[]> {
  return {
    extnID,
    name,
    decode(value) {
      const reader = DerReader.within(readSingle(value, Tag.sequence, name));
      const descriptions: AccessDescription[] = [];
      do {
        const fields = DerReader.within(reader.read(Tag.sequence, 'AccessDescription'));
        const accessMethod = decodeObjectIdentifier(fields.read(Tag.objectIdentifier, 'accessMethod'));
        descriptions.push({ accessMethod, accessLocation: decodeGeneralName(fields.readAny()) });
        fields.finish('AccessDescription');
      } while (!reader.atEnd);
      return descriptions;
    },
  };
}

/** `AuthorityInfoAccessSyntax ::= SEQUENCE SIZE (1..MAX) OF AccessDescription` (RFC 5280 4.2.2.1). */
export const authorityInfoAccess = informationAccess('1.3.6.1.5.5.7.1.1', 'authorityInfoAccess');

/** `SubjectInfoAccessSyntax ::= SEQUENCE SIZE (1..MAX) OF AccessDescription` (RFC 5280 4.2.2.2). */
export const subjectInfoAccess = informationAccess('1.3.6.1.5.5.7.1.11', 'subjectInfoAccess');
