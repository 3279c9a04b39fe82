/** nameConstraints: which names the certificates below a CA may bear. */
import { DerReader, readSingle, type DerElement } from '../../der/reader.js';
import { Tag, contextConstructed, contextPrimitive } from '../../der/tag.js';
import { decodeSmallInteger } from '../../der/values.js';
import type { ExtensionType } from '../extensions.js';
import { decodeGeneralName, type GeneralName } from '../general-name.js';

/**
 *     GeneralSubtree ::= SEQUENCE {
 *         base         GeneralName,
 *         minimum  [0] BaseDistance DEFAULT 0,
 *         maximum  [1] BaseDistance OPTIONAL }
 */
export interface GeneralSubtree {
  readonly base: GeneralName;
  readonly minimum: number;
  readonly maximum: number | undefined;
}

/**
 *     NameConstraints ::= SEQUENCE {
 *         permittedSubtrees [0] GeneralSubtrees OPTIONAL,
 *         excludedSubtrees  [1] GeneralSubtrees OPTIONAL }
 */
export interface NameConstraints {
  readonly permittedSubtrees: readonly GeneralSubtree[] | undefined;
  readonly excludedSubtrees: readonly GeneralSubtree[] | undefined;
}

function decodeGeneralSubtrees(element: DerElement): readonly GeneralSubtree[] {
  const subtrees: GeneralSubtree[] = [];
  const reader = DerReader.within(element);
  do {
    const fields = DerReader.within(reader.read(Tag.sequence, 'GeneralSubtree'));
    const base = decodeGeneralName(fields.readAny());
    const minimum = fields.readOptional(contextPrimitive(0));
    const maximum = fields.readOptional(contextPrimitive(1));
    fields.finish('GeneralSubtree');
    subtrees.push({
      base,
      minimum: minimum ? decodeSmallInteger(minimum) : 0,
      maximum: maximum && decodeSmallInteger(maximum),
    });
  } while (!reader.atEnd);
  return subtrees;
}

/** RFC 5280 4.2.1.10. That minimum is 0 and maximum absent is not checked. */
export const nameConstraints: ExtensionType<NameConstraints> = {
  extnID: '2.5.29.30',
  name: 'nameConstraints',
  decode(value) {
    const fields = DerReader.within(readSingle(value, Tag.sequence, 'NameConstraints'));
    const permitted = fields.readOptional(contextConstructed(0));
    const excluded = fields.readOptional(contextConstructed(1));
    fields.finish('NameConstraints');
    return {
      permittedSubtrees: permitted && decodeGeneralSubtrees(permitted),
      excludedSubtrees: excluded && decodeGeneralSubtrees(excluded),
    };
  },
};
