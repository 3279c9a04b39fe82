/** Extensions as plain data: decoded where certwright knows them, OID and hexadecimal where it does not. */
import { toHex } from '../../der/values.js';
import { MalformedInputError } from '../../finding/malformed-input.js';
import type { Extension, Extensions, ExtensionType } from '../../x509/extensions.js';
import { issuerAltName, subjectAltName } from '../../x509/extensions/alternative-names.js';
import { authorityKeyIdentifier } from '../../x509/extensions/authority-key-identifier.js';
import { basicConstraints } from '../../x509/extensions/basic-constraints.js';
import { cRLNumber, deltaCRLIndicator, issuingDistributionPoint } from '../../x509/extensions/crl-extensions.js';
import {
  cRLDistributionPoints,
  freshestCRL,
  type DistributionPoint,
  type DistributionPointName,
} from '../../x509/extensions/distribution-points.js';
import {
  authorityInfoAccess,
  subjectInfoAccess,
  type AccessDescription,
} from '../../x509/extensions/information-access.js';
import { extKeyUsage, keyUsage } from '../../x509/extensions/key-usage.js';
import { nameConstraints, type GeneralSubtree } from '../../x509/extensions/name-constraints.js';
import {
  certificatePolicies,
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
} from '../../x509/extensions/policies.js';
import { subjectDirectoryAttributes } from '../../x509/extensions/subject-directory-attributes.js';
import { subjectKeyIdentifier } from '../../x509/extensions/subject-key-identifier.js';
import type { GeneralName } from '../../x509/general-name.js';
import { formatRelativeDistinguishedName } from '../../x509/name.js';
import { textOfValue, valueOfName } from '../general-names.js';
import { nameOID } from '../oid-names.js';

export interface OIDView {
  readonly oid: string;
  readonly name?: string;
}

/** A dotted OID with its name, where it has one. */
export function viewOID(oid: string): OIDView {
  const name = nameOID(oid);
  return { oid, ...(name !== undefined && { name }) };
}

function viewGeneralName(name: GeneralName): object {
  if (name.type !== 'otherName') return { type: name.type, value: valueOfName(name) };
  const text = textOfValue(name.value);
  return {
    type: name.type,
    typeID: viewOID(name.typeID),
    hex: toHex(name.value),
    ...(text !== undefined && { value: text }),
  };
}

const viewNames = (names: readonly GeneralName[]): object[] => names.map(viewGeneralName);

function viewPointName(name: DistributionPointName): object {
  if ('fullName' in name) return { fullName: viewNames(name.fullName) };
  return { nameRelativeToCRLIssuer: formatRelativeDistinguishedName(name.nameRelativeToCRLIssuer) };
}

const viewPoints = (points: readonly DistributionPoint[]): object[] =>
  points.map(({ distributionPoint, reasons, cRLIssuer }) => ({
    ...(distributionPoint && { distributionPoint: viewPointName(distributionPoint) }),
    ...(reasons && { reasons: [...reasons] }),
    ...(cRLIssuer && { cRLIssuer: viewNames(cRLIssuer) }),
  }));

const viewAccess = (descriptions: readonly AccessDescription[]): object[] =>
  descriptions.map(({ accessMethod, accessLocation }) => ({
    accessMethod: viewOID(accessMethod),
    accessLocation: viewGeneralName(accessLocation),
  }));

const viewSubtrees = (subtrees: readonly GeneralSubtree[]): object[] =>
  subtrees.map(({ base, minimum, maximum }) => ({
    base: viewGeneralName(base),
    minimum,
    ...(maximum !== undefined && { maximum }),
  }));

interface Viewer {
  readonly name: string;
  /** The value as plain data. @throws MalformedInputError */
  view(extensions: Extensions): unknown;
}

/** Ties an extension to the form of its value in JSON. */
function viewer<T>(type: ExtensionType<T>, view: (value: T) => unknown): [string, Viewer] {
  const viewOf = (extensions: Extensions): unknown => {
    const value = extensions.get(type);
    return value === undefined ? undefined : view(value);
  };
  return [type.extnID, { name: type.name, view: viewOf }];
}

const viewers = new Map<string, Viewer>([
  viewer(authorityKeyIdentifier, ({ keyIdentifier, authorityCertIssuer, authorityCertSerialNumber }) => ({
    ...(keyIdentifier && { keyIdentifier: toHex(keyIdentifier) }),
    ...(authorityCertIssuer && { authorityCertIssuer: viewNames(authorityCertIssuer) }),
    ...(authorityCertSerialNumber && { authorityCertSerialNumber: toHex(authorityCertSerialNumber) }),
  })),
  viewer(subjectKeyIdentifier, toHex),
  viewer(keyUsage, (usages) => [...usages]),
  viewer(extKeyUsage, (purposes) => purposes.map(viewOID)),
  viewer(certificatePolicies, (policies) =>
    policies.map(({ policyIdentifier, policyQualifiers }) => ({
      policyIdentifier: viewOID(policyIdentifier),
      ...(policyQualifiers && { policyQualifiers: toHex(policyQualifiers) }),
    })),
  ),
  viewer(policyMappings, (mappings) => mappings),
  viewer(subjectAltName, viewNames),
  viewer(issuerAltName, viewNames),
  viewer(subjectDirectoryAttributes, (attributes) =>
    attributes.map(({ type, values }) => ({ type: viewOID(type), values: toHex(values) })),
  ),
  viewer(basicConstraints, (constraints) => constraints),
  viewer(nameConstraints, ({ permittedSubtrees, excludedSubtrees }) => ({
    ...(permittedSubtrees && { permittedSubtrees: viewSubtrees(permittedSubtrees) }),
    ...(excludedSubtrees && { excludedSubtrees: viewSubtrees(excludedSubtrees) }),
  })),
  viewer(policyConstraints, (constraints) => constraints),
  viewer(cRLDistributionPoints, viewPoints),
  viewer(inhibitAnyPolicy, (skipCerts) => skipCerts),
  viewer(freshestCRL, viewPoints),
  viewer(authorityInfoAccess, viewAccess),
  viewer(subjectInfoAccess, viewAccess),
  viewer(cRLNumber, String),
  viewer(deltaCRLIndicator, String),
  viewer(issuingDistributionPoint, ({ distributionPoint, onlySomeReasons, ...flags }) => ({
    ...(distributionPoint && { distributionPoint: viewPointName(distributionPoint) }),
    ...(onlySomeReasons && { onlySomeReasons: [...onlySomeReasons] }),
    ...flags,
  })),
]);

export interface ExtensionView extends OIDView {
  readonly critical: boolean;
  /** The decoded value of an extension that certwright knows. */
  readonly value?: unknown;
  /** The DER of the value where it is unknown, malformed or stands a second time. */
  readonly hex?: string;
  /** Why the value could not be decoded. */
  readonly malformed?: { readonly offset: number; readonly detail: string };
}

function viewExtension(extension: Extension, extensions: Extensions): ExtensionView {
  const { extnID, critical, extnValue } = extension;
  const known = viewers.get(extnID);
  const head = { ...viewOID(extnID), critical };
  const hex = toHex(extnValue);
  if (!known || extensions.find(extnID) !== extension) return { ...head, hex };
  try {
    return { ...head, value: known.view(extensions) };
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    return { ...head, hex, malformed: { offset: error.offset, detail: error.detail } };
  }
}

/** Every extension, in the order of the object; bigints are decimal text, bytes lower-case hexadecimal. */
export function viewExtensions(extensions: Extensions): readonly ExtensionView[] {
  return extensions.list.map((extension) => viewExtension(extension, extensions));
}
