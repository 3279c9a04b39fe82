/** The extensions of one entry of a CRL: reasonCode, invalidityDate and certificateIssuer. */
import { readSingle } from '../../der/reader.js';
import { Tag } from '../../der/tag.js';
import { decodeSmallInteger, decodeTime } from '../../der/values.js';
import { MalformedInputError } from '../../finding/malformed-input.js';
import type { ExtensionType } from '../extensions.js';
import { decodeGeneralNames, type GeneralNames } from '../general-name.js';

/**
 *     CRLReason ::= ENUMERATED {
 *         unspecified(0), keyCompromise(1), cACompromise(2), affiliationChanged(3), superseded(4),
 *         cessationOfOperation(5), certificateHold(6), -- 7 is not used --
 *         removeFromCRL(8), privilegeWithdrawn(9), aACompromise(10) }
 */
const crlReasons = {
  0: 'unspecified',
  1: 'keyCompromise',
  2: 'cACompromise',
  3: 'affiliationChanged',
  4: 'superseded',
  5: 'cessationOfOperation',
  6: 'certificateHold',
  8: 'removeFromCRL',
  9: 'privilegeWithdrawn',
  10: 'aACompromise',
} as const;
export type CRLReason = (typeof crlReasons)[keyof typeof crlReasons];

/** RFC 5280 5.3.1. */
export const reasonCode: ExtensionType<CRLReason> = {
  extnID: '2.5.29.21',
  name: 'reasonCode',
  decode(value) {
    const code = decodeSmallInteger(readSingle(value, Tag.enumerated, 'CRLReason'));
    const reason = (crlReasons as Readonly<Record<number, CRLReason>>)[code];
    if (!reason) throw new MalformedInputError('der/bad-value', 0, `no CRLReason has the number ${code}`);
    return reason;
  },
};

/** `InvalidityDate ::= GeneralizedTime` (RFC 5280 5.3.2): since when the key is thought to be unsafe. */
export const invalidityDate: ExtensionType<Date> = {
  extnID: '2.5.29.24',
  name: 'invalidityDate',
  decode: (value) => decodeTime(readSingle(value, Tag.generalizedTime, 'InvalidityDate')),
};

/** `CertificateIssuer ::= GeneralNames` (RFC 5280 5.3.3): whose certificate this entry of an indirect CRL is about. */
export const certificateIssuer: ExtensionType<GeneralNames> = {
  extnID: '2.5.29.29',
  name: 'certificateIssuer',
  decode: (value) => decodeGeneralNames(readSingle(value, Tag.sequence, 'CertificateIssuer')),
};
