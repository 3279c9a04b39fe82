/** Extensions as lines for people: a label and what the extension says, in an order of its own. */
import { toHex } from '../../der/values.js';
import { MalformedInputError } from '../../finding/malformed-input.js';
import type { Extension, Extensions, ExtensionType } from '../../x509/extensions.js';
import { issuerAltName, subjectAltName } from '../../x509/extensions/alternative-names.js';
import { authorityKeyIdentifier } from '../../x509/extensions/authority-key-identifier.js';
import { basicConstraints } from '../../x509/extensions/basic-constraints.js';
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
import { escapeInvisible } from '../escape-text.js';
import { showGeneralName, showLocation } from '../general-names.js';
import { nameOID, showOID } from '../oid-names.js';
import type { Palette } from '../palette.js';
import { formatList } from './lists.js';

/** A policy's number matters, with or without a name: `2.5.29.32.0 anyPolicy`. */
const showPolicy = (oid: string): string => {
  const name = nameOID(oid);
  return name === undefined ? oid : `${oid} ${name}`;
};

function showPointName(name: DistributionPointName): string {
  if ('fullName' in name) return name.fullName.map(showLocation).join(' or ');
  return `${formatRelativeDistinguishedName(name.nameRelativeToCRLIssuer)} below the CRL issuer`;
}

const showPoint = ({ distributionPoint, reasons, cRLIssuer }: DistributionPoint): string =>
  [
    distributionPoint ? showPointName(distributionPoint) : 'no name',
    ...(reasons ? [`for ${[...reasons].join(' and ')}`] : []),
    ...(cRLIssuer ? [`issued by ${cRLIssuer.map(showGeneralName).join(' or ')}`] : []),
  ].join(' ');

const showAccess = ({ accessMethod, accessLocation }: AccessDescription): string =>
  `${showOID(accessMethod)} ${showLocation(accessLocation)}`;

const showSubtree = ({ base, minimum, maximum }: GeneralSubtree): string =>
  showGeneralName(base) + (minimum > 0 || maximum !== undefined ? ` (from ${minimum} to ${maximum ?? 'any'})` : '');

const subtreeItems = (what: string, subtrees: readonly GeneralSubtree[] | undefined): string[] =>
  subtrees?.map((subtree) => `${what} ${showSubtree(subtree)}`) ?? [];

const names = (list: readonly GeneralName[]): string[] => list.map(showGeneralName);

interface Renderer {
  readonly extnID: string;
  readonly label: string;
  /** What the extension says, item by item. @throws MalformedInputError */
  readonly items: (extensions: Extensions) => readonly string[];
}

function render<T>(type: ExtensionType<T>, label: string, show: (value: T) => readonly string[]): Renderer {
  const items = (extensions: Extensions): readonly string[] => {
    const value = extensions.get(type);
    return value === undefined ? [] : show(value);
  };
  return { extnID: type.extnID, label, items };
}

/** In the order in which an administrator reads them. */
const renderers: readonly Renderer[] = [
  render(subjectAltName, 'names', names),
  render(keyUsage, 'key usage', (usages) => [...usages]),
  render(extKeyUsage, 'purposes', (purposes) => purposes.map(showOID)),
  render(basicConstraints, 'CA', ({ cA, pathLenConstraint: length }) => [
    cA ? `yes, ${length === undefined ? 'path length not limited' : `path length ${length}`}` : 'no',
  ]),
  render(nameConstraints, 'name constraints', ({ permittedSubtrees, excludedSubtrees }) => [
    ...subtreeItems('permitted', permittedSubtrees),
    ...subtreeItems('excluded', excludedSubtrees),
  ]),
  render(subjectKeyIdentifier, 'key identifier', (identifier) => [toHex(identifier)]),
  render(authorityKeyIdentifier, 'issuer key', ({ keyIdentifier, authorityCertIssuer, authorityCertSerialNumber }) => [
    ...(keyIdentifier ? [toHex(keyIdentifier)] : []),
    ...(authorityCertIssuer ? [`of a certificate issued by ${names(authorityCertIssuer).join(' or ')}`] : []),
    ...(authorityCertSerialNumber ? [`serial number ${toHex(authorityCertSerialNumber)}`] : []),
  ]),
  render(authorityInfoAccess, 'issuer access', (list) => list.map(showAccess)),
  render(cRLDistributionPoints, 'CRL', (points) => points.map(showPoint)),
  render(freshestCRL, 'delta CRL', (points) => points.map(showPoint)),
  render(certificatePolicies, 'policies', (policies) =>
    policies.map(({ policyIdentifier }) => showPolicy(policyIdentifier)),
  ),
  render(policyMappings, 'policy mappings', (mappings) =>
    mappings.map(
      ({ issuerDomainPolicy, subjectDomainPolicy }) =>
        `${showPolicy(issuerDomainPolicy)} is ${showPolicy(subjectDomainPolicy)}`,
    ),
  ),
  render(policyConstraints, 'policy limits', ({ requireExplicitPolicy: explicit, inhibitPolicyMapping: mapping }) => [
    ...(explicit === undefined ? [] : [`explicit policy after ${explicit} certificates`]),
    ...(mapping === undefined ? [] : [`no mapping after ${mapping} certificates`]),
  ]),
  render(inhibitAnyPolicy, 'any policy', (skip) => [`not after ${skip} certificates`]),
  render(issuerAltName, 'issuer names', names),
  render(subjectInfoAccess, 'subject access', (list) => list.map(showAccess)),
  render(subjectDirectoryAttributes, 'attributes', (attributes) => attributes.map(({ type }) => showOID(type))),
];

export interface ExtensionTextOptions {
  /** Whole lists, and unknown extensions in hexadecimal. */
  readonly verbose: boolean;
}

function renderKnown(
  { label, items }: Renderer,
  { critical }: Extension,
  extensions: Extensions,
  { verbose }: ExtensionTextOptions,
  palette: Palette,
): string[] {
  try {
    const list = items(extensions);
    return [label, (list.length > 0 ? formatList(list, verbose) : 'empty') + (critical ? ' (critical)' : '')];
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    return [label, palette.red(`malformed at byte ${error.offset}: ${escapeInvisible(error.detail)}`)];
  }
}

/** Longest value of an unknown extension that is shown without --verbose, in bytes. */
const longestUnknown = 16;

function renderUnknown({ extnID, critical, extnValue }: Extension, { verbose }: ExtensionTextOptions): string[] {
  const hex = verbose || extnValue.length <= longestUnknown ? `: ${toHex(extnValue)}` : '';
  const name = nameOID(extnID);
  const what = `${extnID}${name === undefined ? '' : ` ${name}`}, ${extnValue.length} bytes`;
  return ['extension', `${what}${hex}${critical ? ' (critical)' : ''}`];
}

/**
 * Label and value of every extension; lists of more than nine entries are cut unless `verbose` is set.
 *
 * @param shownElsewhere OIDs that the caller shows itself.
 */
export function describeExtensions(
  extensions: Extensions,
  options: ExtensionTextOptions,
  palette: Palette,
  shownElsewhere: readonly string[] = [],
): string[][] {
  const known = renderers.flatMap((renderer) => {
    const extension = extensions.find(renderer.extnID);
    const skip = !extension || shownElsewhere.includes(renderer.extnID);
    return skip ? [] : [{ extension, row: renderKnown(renderer, extension, extensions, options, palette) }];
  });
  const shown = new Set(known.map(({ extension }) => extension));
  const others = extensions.list.filter(
    (extension) =>
      !shown.has(extension) &&
      !(shownElsewhere.includes(extension.extnID) && extensions.find(extension.extnID) === extension),
  );
  return [...known.map(({ row }) => row), ...others.map((extension) => renderUnknown(extension, options))];
}
