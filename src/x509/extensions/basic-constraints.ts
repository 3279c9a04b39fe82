/** basicConstraints: whether the subject is a CA, and how many intermediates may follow it. */
import { DerReader, readSingle } from '../../der/reader.js';
import { Tag } from '../../der/tag.js';
import { decodeBoolean, decodeSmallInteger } from '../../der/values.js';
import type { ExtensionType } from '../extensions.js';

/**
 *     BasicConstraints ::= SEQUENCE {
 *         cA                 BOOLEAN DEFAULT FALSE,
 *         pathLenConstraint  INTEGER (0..MAX) OPTIONAL }
 */
export interface BasicConstraints {
  readonly cA: boolean;
  readonly pathLenConstraint: number | undefined;
}

/** RFC 5280 4.2.1.9. Deviation: an explicit `cA FALSE` is accepted; certificates in use have it and OpenSSL reads it. */
export const basicConstraints: ExtensionType<BasicConstraints> = {
  extnID: '2.5.29.19',
  name: 'basicConstraints',
  decode(value) {
    const fields = DerReader.within(readSingle(value, Tag.sequence, 'BasicConstraints'));
    const cA = fields.readOptional(Tag.boolean);
    const pathLenConstraint = fields.readOptional(Tag.integer);
    fields.finish('BasicConstraints');
    return {
      cA: cA !== undefined && decodeBoolean(cA),
      pathLenConstraint: pathLenConstraint && decodeSmallInteger(pathLenConstraint),
    };
  },
};
