/** Name constraints over a whole certificate: which of its names they speak about, and what they say (RFC 5280 4.2.1.10). */
import { contentOf, readSingle } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import { decodeString, toHex } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import type { Certificate } from '../x509/certificate.js';
import { subjectAltName } from '../x509/extensions/alternative-names.js';
import type { GeneralSubtree } from '../x509/extensions/name-constraints.js';
import type { GeneralName } from '../x509/general-name.js';
import { attributeValues, commonNameType, emailAddressType, formatName, isEmptyName } from '../x509/name.js';
import { formatIPAddress } from './ip-address.js';
import { isSameForm, matchSubtree } from './name-constraint-matching.js';

/** What a set of constraints says about one name. Anything but `allowed` refuses the certificate. */
export type NameVerdict =
  | { readonly outcome: 'allowed' }
  /** Of its form some subtrees are permitted, and the name lies in none of them. */
  | { readonly outcome: 'not-permitted'; readonly permitted: readonly GeneralSubtree[] }
  | { readonly outcome: 'excluded'; readonly subtree: GeneralSubtree }
  /** The name or the subtree cannot be read, or nobody defined how to compare names of this form. */
  | {
      readonly outcome: 'malformed-name' | 'malformed-subtree' | 'unsupported' | 'distance';
      readonly subtree: GeneralSubtree;
    };

const allowed: NameVerdict = { outcome: 'allowed' };

/** RFC 5280 6.1.3 step (c): one name against excluded subtrees; a single one that holds it refuses it. */
export function judgeByExcluded(name: GeneralName, subtrees: readonly GeneralSubtree[]): NameVerdict {
  for (const subtree of subtrees) {
    if (!isSameForm(name, subtree.base)) continue;
    if (hasDistance(subtree)) return { outcome: 'distance', subtree };
    const match = matchSubtree(name, subtree.base, 'excluded');
    if (match === 'inside') return { outcome: 'excluded', subtree };
    if (match !== 'outside') return { outcome: match, subtree };
  }
  return allowed;
}

/** RFC 5280 6.1.3 step (b): one name against the permitted subtrees of one certificate; one of its form must hold it. */
export function judgeByPermitted(name: GeneralName, subtrees: readonly GeneralSubtree[]): NameVerdict {
  const permitted = subtrees.filter(({ base }) => isSameForm(name, base));
  let isInside = permitted.length === 0;
  // Every subtree of the form is looked at: one that cannot be read refuses the name although another holds it.
  for (const subtree of permitted) {
    if (hasDistance(subtree)) return { outcome: 'distance', subtree };
    const match = matchSubtree(name, subtree.base, 'permitted');
    if (match === 'inside') isInside = true;
    else if (match !== 'outside') return { outcome: match, subtree };
  }
  return isInside ? allowed : { outcome: 'not-permitted', permitted };
}

/** RFC 5280 4.2.1.10: minimum MUST be zero and maximum absent; who meets others must process them or refuse. */
function hasDistance({ minimum, maximum }: GeneralSubtree): boolean {
  return minimum !== 0 || maximum !== undefined;
}

/** Two labels or more, as in a host name; a wildcard may stand for the first. */
const hostLikeName = /^(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/i;

/** id-on-SmtpUTF8Mailbox (RFC 9598 3). */
const smtpUTF8Mailbox = '1.3.6.1.5.5.7.8.9';

/**
 * Every name of a certificate that name constraints speak about: the subject unless it is empty, each entry of
 * subjectAltName, and the subject's e-mail addresses. Deviation: RFC 5280 4.2.1.10 looks at emailAddress attributes only
 * where there is no subjectAltName; here they always count, as in OpenSSL, for a name that is shown is a name. A
 * SmtpUTF8Mailbox is held to the constraints on rfc822Name too (RFC 9598 6).
 *
 * @param role `end-entity` adds the common names that look like host names where no dNSName stands in subjectAltName.
 * Deviation: RFC 5280 does not ask for it, but the Security Pack and OpenSSL take such a common name for a host.
 */
export function namesUnderConstraint(
  { tbsCertificate: { subject, extensions } }: Certificate,
  role: 'ca' | 'end-entity',
): readonly GeneralName[] {
  const alternativeNames = extensions.get(subjectAltName) ?? [];
  const readsCommonName = role === 'end-entity' && !alternativeNames.some(({ type }) => type === 'dNSName');
  return [
    ...(isEmptyName(subject) ? [] : [{ type: 'directoryName', value: subject } as const]),
    ...alternativeNames,
    ...alternativeNames.flatMap(readSmtpUTF8Mailbox),
    ...attributeValues(subject, emailAddressType).map(
      ({ value }) => ({ type: 'rfc822Name', value: value ?? '' }) as const,
    ),
    ...(readsCommonName ? attributeValues(subject, commonNameType) : []).flatMap(({ value }) =>
      value !== undefined && hostLikeName.test(value) ? [{ type: 'dNSName', value } as const] : [],
    ),
  ];
}

function readSmtpUTF8Mailbox(name: GeneralName): GeneralName[] {
  if (name.type !== 'otherName' || name.typeID !== smtpUTF8Mailbox) return [];
  try {
    const text = contentOf(readSingle(name.value, Tag.utf8String, 'SmtpUTF8Mailbox'));
    return [{ type: 'rfc822Name', value: decodeString(Tag.utf8String, text) ?? '' }];
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    // An address that cannot be read is no address: whoever constrains e-mail refuses it.
    return [{ type: 'rfc822Name', value: '' }];
  }
}

function formatAddress(octets: Uint8Array): string {
  return formatIPAddress(octets) ?? toHex(octets);
}

/** A general name as OpenSSL prints it: `DNS:example.com`, `IP:192.0.2.0/255.255.255.0`, `email:…`, `URI:…`, `DirName:…`. */
export function formatGeneralName(name: GeneralName): string {
  switch (name.type) {
    case 'dNSName':
      return `DNS:${name.value}`;
    case 'rfc822Name':
      return `email:${name.value}`;
    case 'uniformResourceIdentifier':
      return `URI:${name.value}`;
    case 'directoryName':
      return `DirName:${formatName(name.value) || '(empty name)'}`;
    case 'registeredID':
      return `RID:${name.value}`;
    case 'otherName':
      return `otherName:${name.typeID}`;
    case 'iPAddress': {
      const { value } = name;
      if (value.length !== 8 && value.length !== 32) return `IP:${formatAddress(value)}`;
      const half = value.length / 2;
      return `IP:${formatAddress(value.subarray(0, half))}/${formatAddress(value.subarray(half))}`;
    }
    case 'x400Address':
    case 'ediPartyName':
      return name.type;
  }
}
