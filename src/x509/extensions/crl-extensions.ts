/** The extensions of a whole CRL: cRLNumber, deltaCRLIndicator and issuingDistributionPoint (freshestCRL stands with the distribution points). */
import { DerReader, readSingle, type DerElement } from '../../der/reader.js';
import { Tag, contextConstructed, contextPrimitive } from '../../der/tag.js';
import { decodeBoolean, decodeInteger, toHex } from '../../der/values.js';
import { MalformedInputError } from '../../finding/malformed-input.js';
import type { ExtensionType } from '../extensions.js';
import {
  decodeDistributionPointName,
  decodeReasonFlags,
  type DistributionPointName,
  type ReasonFlags,
} from './distribution-points.js';

/** Longest CRL number that is read, in octets: RFC 5280 5.2.3 allows 20, some issuers write more. */
const longestCRLNumber = 64;

function decodeCRLNumber(value: Uint8Array): bigint {
  const octets = decodeInteger(readSingle(value, Tag.integer, 'CRLNumber'));
  if (octets.length > longestCRLNumber) {
    throw new MalformedInputError('der/bad-value', 0, `a CRL number of ${octets.length} octets`);
  }
  return BigInt(`0x${toHex(octets)}`);
}

/** `CRLNumber ::= INTEGER (0..MAX)` (RFC 5280 5.2.3); up to 64 octets, read as unsigned. */
export const cRLNumber: ExtensionType<bigint> = { extnID: '2.5.29.20', name: 'cRLNumber', decode: decodeCRLNumber };

/** `BaseCRLNumber ::= CRLNumber` (RFC 5280 5.2.4); its presence makes the CRL a delta CRL. */
export const deltaCRLIndicator: ExtensionType<bigint> = {
  extnID: '2.5.29.27',
  name: 'deltaCRLIndicator',
  decode: decodeCRLNumber,
};

/**
 *     IssuingDistributionPoint ::= SEQUENCE {
 *         distributionPoint          [0] DistributionPointName OPTIONAL,
 *         onlyContainsUserCerts      [1] BOOLEAN DEFAULT FALSE,
 *         onlyContainsCACerts        [2] BOOLEAN DEFAULT FALSE,
 *         onlySomeReasons            [3] ReasonFlags OPTIONAL,
 *         indirectCRL                [4] BOOLEAN DEFAULT FALSE,
 *         onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
 */
export interface IssuingDistributionPoint {
  readonly distributionPoint: DistributionPointName | undefined;
  readonly onlyContainsUserCerts: boolean;
  readonly onlyContainsCACerts: boolean;
  readonly onlySomeReasons: ReasonFlags | undefined;
  readonly indirectCRL: boolean;
  readonly onlyContainsAttributeCerts: boolean;
}

function decodeFlag(element: DerElement | undefined): boolean {
  return element !== undefined && decodeBoolean(element);
}

/** RFC 5280 5.2.5. That at most one of the three `onlyContains…` is set is not checked. */
export const issuingDistributionPoint: ExtensionType<IssuingDistributionPoint> = {
  extnID: '2.5.29.28',
  name: 'issuingDistributionPoint',
  decode(value) {
    const fields = DerReader.within(readSingle(value, Tag.sequence, 'IssuingDistributionPoint'));
    const name = fields.readOptional(contextConstructed(0));
    const onlyContainsUserCerts = decodeFlag(fields.readOptional(contextPrimitive(1)));
    const onlyContainsCACerts = decodeFlag(fields.readOptional(contextPrimitive(2)));
    const reasons = fields.readOptional(contextPrimitive(3));
    const indirectCRL = decodeFlag(fields.readOptional(contextPrimitive(4)));
    const onlyContainsAttributeCerts = decodeFlag(fields.readOptional(contextPrimitive(5)));
    fields.finish('IssuingDistributionPoint');
    return {
      distributionPoint: name && decodeDistributionPointName(name),
      onlyContainsUserCerts,
      onlyContainsCACerts,
      onlySomeReasons: reasons && decodeReasonFlags(reasons),
      indirectCRL,
      onlyContainsAttributeCerts,
    };
  },
};
