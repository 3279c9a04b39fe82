/** cRLDistributionPoints, freshestCRL and the DistributionPointName and ReasonFlags that issuingDistributionPoint shares. */
import { DerReader, readSingle, type DerElement } from '../../der/reader.js';
import { Tag, contextConstructed, contextPrimitive } from '../../der/tag.js';
import { decodeBitString, isBitSet } from '../../der/values.js';
import { MalformedInputError } from '../../finding/malformed-input.js';
import type { ExtensionType } from '../extensions.js';
import { decodeGeneralNames, type GeneralNames } from '../general-name.js';
import { decodeRelativeDistinguishedName, type RelativeDistinguishedName } from '../name.js';

/**
 *     DistributionPoint ::= SEQUENCE {
 *         distributionPoint [0] DistributionPointName OPTIONAL,
 *         reasons           [1] ReasonFlags           OPTIONAL,
 *         cRLIssuer         [2] GeneralNames          OPTIONAL }
 */
export interface DistributionPoint {
  readonly distributionPoint: DistributionPointName | undefined;
  readonly reasons: ReasonFlags | undefined;
  readonly cRLIssuer: GeneralNames | undefined;
}

/**
 *     DistributionPointName ::= CHOICE {
 *         fullName                [0] GeneralNames,
 *         nameRelativeToCRLIssuer [1] RelativeDistinguishedName }
 */
export type DistributionPointName =
  { readonly fullName: GeneralNames } | { readonly nameRelativeToCRLIssuer: RelativeDistinguishedName };

/**
 *     ReasonFlags ::= BIT STRING {
 *         unused(0), keyCompromise(1), cACompromise(2), affiliationChanged(3), superseded(4),
 *         cessationOfOperation(5), certificateHold(6), privilegeWithdrawn(7), aACompromise(8) }
 */
const reasonFlagBits = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const;
export type ReasonFlag = (typeof reasonFlagBits)[number];
export type ReasonFlags = ReadonlySet<ReasonFlag>;

/** Decodes the `[0] DistributionPointName` element, the explicit tag still around it. */
export function decodeDistributionPointName(element: DerElement): DistributionPointName {
  const reader = DerReader.within(element);
  const choice = reader.readAny();
  reader.finish('DistributionPointName');
  if (choice.tag === contextConstructed(0)) return { fullName: decodeGeneralNames(choice) };
  if (choice.tag === contextConstructed(1)) {
    return { nameRelativeToCRLIssuer: decodeRelativeDistinguishedName(choice) };
  }
  throw new MalformedInputError('der/unexpected-tag', choice.start, 'no form of DistributionPointName has this tag');
}

export function decodeReasonFlags(element: DerElement): ReasonFlags {
  const bits = decodeBitString(element);
  return new Set(reasonFlagBits.filter((_, position) => isBitSet(bits, position)));
}

function decodeDistributionPoints(value: Uint8Array): readonly DistributionPoint[] {
  const points: DistributionPoint[] = [];
  const reader = DerReader.within(readSingle(value, Tag.sequence, 'CRLDistributionPoints'));
  do {
    const fields = DerReader.within(reader.read(Tag.sequence, 'DistributionPoint'));
    const name = fields.readOptional(contextConstructed(0));
    const reasons = fields.readOptional(contextPrimitive(1));
    const cRLIssuer = fields.readOptional(contextConstructed(2));
    fields.finish('DistributionPoint');
    points.push({
      distributionPoint: name && decodeDistributionPointName(name),
      reasons: reasons && decodeReasonFlags(reasons),
      cRLIssuer: cRLIssuer && decodeGeneralNames(cRLIssuer),
    });
  } while (!reader.atEnd);
  return points;
}

/** `CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint` (RFC 5280 4.2.1.13). */
export const cRLDistributionPoints: ExtensionType<readonly DistributionPoint[]> = {
  extnID: '2.5.29.31',
  name: 'cRLDistributionPoints',
  decode: decodeDistributionPoints,
};

/** `FreshestCRL ::= CRLDistributionPoints`, in certificates (RFC 5280 4.2.1.15) and in CRLs (5.2.6). */
export const freshestCRL: ExtensionType<readonly DistributionPoint[]> = {
  extnID: '2.5.29.46',
  name: 'freshestCRL',
  decode: decodeDistributionPoints,
};
