/** certificatePolicies, policyMappings, policyConstraints and inhibitAnyPolicy. */
import { DerReader, encodingOf, readSingle } from '../../der/reader.js';
import { Tag, contextPrimitive } from '../../der/tag.js';
import { decodeObjectIdentifier, decodeSmallInteger } from '../../der/values.js';
import type { ExtensionType } from '../extensions.js';

/**
 *     PolicyInformation ::= SEQUENCE {
 *         policyIdentifier  CertPolicyId,
 *         policyQualifiers  SEQUENCE SIZE (1..MAX) OF PolicyQualifierInfo OPTIONAL }
 */
export interface PolicyInformation {
  /** Dotted OID. */
  readonly policyIdentifier: string;
  /** The qualifiers in DER; they are for display and decide nothing. */
  readonly policyQualifiers: Uint8Array | undefined;
}

/** `certificatePolicies ::= SEQUENCE SIZE (1..MAX) OF PolicyInformation` (RFC 5280 4.2.1.4). */
export const certificatePolicies: ExtensionType<readonly PolicyInformation[]> = {
  extnID: '2.5.29.32',
  name: 'certificatePolicies',
  decode(value) {
    const reader = DerReader.within(readSingle(value, Tag.sequence, 'CertificatePolicies'));
    const policies: PolicyInformation[] = [];
    do {
      const fields = DerReader.within(reader.read(Tag.sequence, 'PolicyInformation'));
      const policyIdentifier = decodeObjectIdentifier(fields.read(Tag.objectIdentifier, 'policyIdentifier'));
      const qualifiers = fields.readOptional(Tag.sequence);
      fields.finish('PolicyInformation');
      policies.push({ policyIdentifier, policyQualifiers: qualifiers && encodingOf(qualifiers) });
    } while (!reader.atEnd);
    return policies;
  },
};

/** One pair of `PolicyMappings`: in the subject's domain the issuer's policy goes by another name. */
export interface PolicyMapping {
  readonly issuerDomainPolicy: string;
  readonly subjectDomainPolicy: string;
}

/** `PolicyMappings ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { … }` (RFC 5280 4.2.1.5). */
export const policyMappings: ExtensionType<readonly PolicyMapping[]> = {
  extnID: '2.5.29.33',
  name: 'policyMappings',
  decode(value) {
    const reader = DerReader.within(readSingle(value, Tag.sequence, 'PolicyMappings'));
    const mappings: PolicyMapping[] = [];
    do {
      const fields = DerReader.within(reader.read(Tag.sequence, 'PolicyMapping'));
      const issuerDomainPolicy = decodeObjectIdentifier(fields.read(Tag.objectIdentifier, 'issuerDomainPolicy'));
      const subjectDomainPolicy = decodeObjectIdentifier(fields.read(Tag.objectIdentifier, 'subjectDomainPolicy'));
      fields.finish('PolicyMapping');
      mappings.push({ issuerDomainPolicy, subjectDomainPolicy });
    } while (!reader.atEnd);
    return mappings;
  },
};

/**
 *     PolicyConstraints ::= SEQUENCE {
 *         requireExplicitPolicy [0] SkipCerts OPTIONAL,
 *         inhibitPolicyMapping  [1] SkipCerts OPTIONAL }
 */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | undefined;
  readonly inhibitPolicyMapping: number | undefined;
}

/** RFC 5280 4.2.1.11. That one of the two is there is not checked. */
export const policyConstraints: ExtensionType<PolicyConstraints> = {
  extnID: '2.5.29.36',
  name: 'policyConstraints',
  decode(value) {
    const fields = DerReader.within(readSingle(value, Tag.sequence, 'PolicyConstraints'));
    const requireExplicitPolicy = fields.readOptional(contextPrimitive(0));
    const inhibitPolicyMapping = fields.readOptional(contextPrimitive(1));
    fields.finish('PolicyConstraints');
    return {
      requireExplicitPolicy: requireExplicitPolicy && decodeSmallInteger(requireExplicitPolicy),
      inhibitPolicyMapping: inhibitPolicyMapping && decodeSmallInteger(inhibitPolicyMapping),
    };
  },
};

/** `InhibitAnyPolicy ::= SkipCerts ::= INTEGER (0..MAX)` (RFC 5280 4.2.1.14). */
export const inhibitAnyPolicy: ExtensionType<number> = {
  extnID: '2.5.29.54',
  name: 'inhibitAnyPolicy',
  decode: (value) => decodeSmallInteger(readSingle(value, Tag.integer, 'InhibitAnyPolicy')),
};
