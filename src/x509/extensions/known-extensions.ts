/** Every extension that certwright decodes, by where it may stand; and the check that all of an object's are well-formed. */
import { MalformedInputError } from '../../finding/malformed-input.js';
import type { Extensions, ExtensionType } from '../extensions.js';
import { issuerAltName, subjectAltName } from './alternative-names.js';
import { authorityKeyIdentifier } from './authority-key-identifier.js';
import { basicConstraints } from './basic-constraints.js';
import { certificateIssuer, invalidityDate, reasonCode } from './crl-entry-extensions.js';
import { cRLNumber, deltaCRLIndicator, issuingDistributionPoint } from './crl-extensions.js';
import { cRLDistributionPoints, freshestCRL } from './distribution-points.js';
import { authorityInfoAccess, subjectInfoAccess } from './information-access.js';
import { extKeyUsage, keyUsage } from './key-usage.js';
import { nameConstraints } from './name-constraints.js';
import { certificatePolicies, inhibitAnyPolicy, policyConstraints, policyMappings } from './policies.js';
import { subjectDirectoryAttributes } from './subject-directory-attributes.js';
import { subjectKeyIdentifier } from './subject-key-identifier.js';

/** RFC 5280 4.2. */
export const certificateExtensions: readonly ExtensionType<unknown>[] = [
  authorityKeyIdentifier,
  subjectKeyIdentifier,
  keyUsage,
  certificatePolicies,
  policyMappings,
  subjectAltName,
  issuerAltName,
  subjectDirectoryAttributes,
  basicConstraints,
  nameConstraints,
  policyConstraints,
  extKeyUsage,
  cRLDistributionPoints,
  inhibitAnyPolicy,
  freshestCRL,
  authorityInfoAccess,
  subjectInfoAccess,
];

/** RFC 5280 5.2. */
export const crlExtensions: readonly ExtensionType<unknown>[] = [
  authorityKeyIdentifier,
  issuerAltName,
  cRLNumber,
  deltaCRLIndicator,
  issuingDistributionPoint,
  freshestCRL,
  authorityInfoAccess,
];

/** RFC 5280 5.3. */
export const crlEntryExtensions: readonly ExtensionType<unknown>[] = [reasonCode, invalidityDate, certificateIssuer];

/**
 * Decodes each extension that is known and looks for any that stands twice, against RFC 5280 4.2; returns what was
 * wrong, and leaves the good values cached. The gate to everything that reasons about certificates or CRLs.
 */
export function findMalformedExtensions(
  extensions: Extensions,
  known: readonly ExtensionType<unknown>[],
): readonly MalformedInputError[] {
  return extensions.errorsAmong(known, () => decodeAll(extensions, known));
}

function decodeAll(extensions: Extensions, known: readonly ExtensionType<unknown>[]): readonly MalformedInputError[] {
  const errors = findRepeatedExtensions(extensions, known);
  for (const type of known) {
    if (!extensions.has(type)) continue;
    try {
      extensions.get(type);
    } catch (error) {
      if (!(error instanceof MalformedInputError)) throw error;
      errors.push(error);
    }
  }
  return errors;
}

function findRepeatedExtensions({ list }: Extensions, known: readonly ExtensionType<unknown>[]): MalformedInputError[] {
  const seen = new Set<string>();
  const errors: MalformedInputError[] = [];
  for (const { extnID, offset } of list) {
    if (seen.has(extnID)) {
      const name = known.find((type) => type.extnID === extnID)?.name ?? extnID;
      errors.push(new MalformedInputError('der/bad-value', offset, `${name} stands more than once`));
    }
    seen.add(extnID);
  }
  return errors;
}
