/**
 * Whether one name lies in one subtree of a name constraint (RFC 5280 4.2.1.10), form by form. A verdict is never
 * guessed: a name or a subtree that cannot be read is `malformed-…`, which no caller may take for outside.
 */
import type { GeneralName } from '../x509/general-name.js';
import type { Name } from '../x509/name.js';
import { nameKey } from './distinguished-name.js';
import { foldCase } from './dns-name.js';

/** `permitted` asks whether everything that the name stands for lies inside, `excluded` whether anything does. */
export type SubtreeRule = 'permitted' | 'excluded';
export type SubtreeMatch = 'inside' | 'outside' | 'malformed-name' | 'malformed-subtree' | 'unsupported';

/** One label as DNS stores it; underscores are met in practice and decide nothing here. */
const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** Labels joined by dots, none empty, at most 253 characters (RFC 1035 2.3.4), no final dot, no wildcard. */
function isDomain(name: string): boolean {
  return name.length <= 253 && name.split('.').every((part) => label.test(part));
}

/** `name` is `base` or stands below it, label by label. */
function isAtOrBelow(name: string, base: string): boolean {
  return name === base || name.endsWith(`.${base}`);
}

/**
 * dNSName: the base itself and every name made by adding labels on its left; the empty base holds all names. A base with
 * a leading dot, which RFC 5280 does not define for DNS, holds the names below it only, as OpenSSL and mozilla::pkix
 * read it. A wildcard name is permitted where all its expansions are, and excluded where one of them is.
 */
export function matchDNSName(presented: string, constraint: string, rule: SubtreeRule): SubtreeMatch {
  const name = foldCase(presented);
  const base = foldCase(constraint);
  const wildcard = name.startsWith('*.');
  const fixed = wildcard ? name.slice(2) : name;
  if (!isDomain(fixed)) return 'malformed-name';
  const below = base.startsWith('.');
  const domain = below ? base.slice(1) : base;
  if (base === '') return 'inside';
  if (!isDomain(domain)) return 'malformed-subtree';
  if (wildcard) {
    if (isAtOrBelow(fixed, domain)) return 'inside';
    // One expansion of *.example.com is www.example.com, none is a.www.example.com.
    const expands = !below && domain.slice(domain.indexOf('.') + 1) === fixed && domain !== fixed;
    return rule === 'excluded' && expands ? 'inside' : 'outside';
  }
  return (below ? name.endsWith(base) : isAtOrBelow(name, domain)) ? 'inside' : 'outside';
}

/**
 * A host against the base of an rfc822Name or URI constraint: a host stands for itself, `.example.com` for every host
 * below it. Deviation: the empty base, which RFC 5280 does not define for these forms, permits nothing and excludes
 * everything, the careful reading of both.
 */
function matchHostBase(host: string, base: string, rule: SubtreeRule): SubtreeMatch {
  if (base === '') return rule === 'excluded' ? 'inside' : 'outside';
  if (base.startsWith('.')) {
    if (!isDomain(base.slice(1))) return 'malformed-subtree';
    return host.endsWith(base) ? 'inside' : 'outside';
  }
  if (!isDomain(base)) return 'malformed-subtree';
  return host === base ? 'inside' : 'outside';
}

interface Mailbox {
  /** Compared octet for octet (RFC 5280 7.5). */
  readonly localPart: string;
  readonly host: string;
}

/** `Local-part@Domain` (RFC 5321 4.1.2): one at sign outside quotes, a domain behind it. */
function parseMailbox(text: string): Mailbox | undefined {
  if (/[^\x20-\x7e\u0080-\u{10ffff}]/u.test(text)) return undefined;
  const [, localPart, host] = /^("(?:[^"\\]|\\.)*"|[^\s@"()<>,;:\\]+)@([^@]+)$/.exec(text) ?? [];
  if (localPart === undefined || host === undefined || !isDomain(foldCase(host))) return undefined;
  return { localPart, host: foldCase(host) };
}

/** rfc822Name: one mailbox, every mailbox of a host, or with a leading dot every mailbox of the hosts below a domain. */
export function matchRFC822Name(presented: string, constraint: string, rule: SubtreeRule): SubtreeMatch {
  const mailbox = parseMailbox(presented);
  if (!mailbox) return 'malformed-name';
  if (!constraint.includes('@')) return matchHostBase(mailbox.host, foldCase(constraint), rule);
  const base = parseMailbox(constraint);
  if (!base) return 'malformed-subtree';
  return mailbox.localPart === base.localPart && mailbox.host === base.host ? 'inside' : 'outside';
}

/** The host of `scheme://user@host:port/path`; undefined where there is none or where it is an address. */
function uriHost(uri: string): string | undefined {
  const [, authority] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri) ?? [];
  const [, host] = /^(?:[^@]*@)?([^:@[\]]*)(?::\d*)?$/.exec(authority ?? '') ?? [];
  if (host === undefined) return undefined;
  const folded = foldCase(host);
  return isDomain(folded) && !/(?:^|\.)\d+$/.test(folded) ? folded : undefined;
}

/**
 * uniformResourceIdentifier: the host part against a host, or with a leading dot against the hosts below a domain. A URI
 * without a host name, or with an address for one, cannot be judged and must be refused: `malformed-name`.
 */
export function matchURI(presented: string, constraint: string, rule: SubtreeRule): SubtreeMatch {
  const host = uriHost(presented);
  return host === undefined ? 'malformed-name' : matchHostBase(host, foldCase(constraint), rule);
}

/** The mask has ones before zeros only, as RFC 4632 writes a prefix. */
function isContiguous(mask: Uint8Array): boolean {
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join('');
  return !bits.includes('01');
}

/** iPAddress: 4 or 16 octets against 8 or 32, address and mask; an address of the other family lies outside. */
export function matchIPAddress(presented: Uint8Array, constraint: Uint8Array): SubtreeMatch {
  if (presented.length !== 4 && presented.length !== 16) return 'malformed-name';
  if (constraint.length !== 8 && constraint.length !== 32) return 'malformed-subtree';
  const length = constraint.length / 2;
  const mask = constraint.subarray(length);
  if (!isContiguous(mask)) return 'malformed-subtree';
  if (presented.length !== length) return 'outside';
  const same = mask.every((octet, at) => (((presented[at] ?? 0) ^ (constraint[at] ?? 0)) & octet) === 0);
  return same ? 'inside' : 'outside';
}

/** directoryName: the base's RDNs are the first of the name's, compared as RFC 5280 7.1 says; the empty base holds all. */
export function matchDirectoryName(presented: Name, constraint: Name): SubtreeMatch {
  const base = nameKey(constraint);
  const name = nameKey(presented);
  return base === '' || name === base || name.startsWith(`${base},`) ? 'inside' : 'outside';
}

/**
 * Holds one name against the base of one subtree of the same form: see `isSameForm`.
 *
 * @returns `unsupported` for the forms that RFC 5280 gives no rule for: otherName, x400Address, ediPartyName, registeredID.
 */
export function matchSubtree(name: GeneralName, base: GeneralName, rule: SubtreeRule): SubtreeMatch {
  if (name.type === 'dNSName' && base.type === name.type) return matchDNSName(name.value, base.value, rule);
  if (name.type === 'rfc822Name' && base.type === name.type) return matchRFC822Name(name.value, base.value, rule);
  if (name.type === 'uniformResourceIdentifier' && base.type === name.type) {
    return matchURI(name.value, base.value, rule);
  }
  if (name.type === 'iPAddress' && base.type === name.type) return matchIPAddress(name.value, base.value);
  if (name.type === 'directoryName' && base.type === name.type) return matchDirectoryName(name.value, base.value);
  return 'unsupported';
}

/** A constraint says something about names of its own form only; each type-id of otherName is a form of its own. */
export function isSameForm(name: GeneralName, base: GeneralName): boolean {
  if (name.type === 'otherName' && base.type === 'otherName') return name.typeID === base.typeID;
  return name.type === base.type;
}

/** Whether the base of a subtree is written as RFC 5280 4.2.1.10 says; forms without a rule there pass. */
export function isWellFormedBase(base: GeneralName): boolean {
  switch (base.type) {
    case 'dNSName':
      return base.value === '' || isDomain(foldCase(base.value));
    case 'rfc822Name':
      return base.value.includes('@') ? parseMailbox(base.value) !== undefined : isHostBase(base.value);
    case 'uniformResourceIdentifier':
      return isHostBase(base.value);
    case 'iPAddress': {
      const { length } = base.value;
      return (length === 8 || length === 32) && isContiguous(base.value.subarray(length / 2));
    }
    case 'directoryName':
    case 'otherName':
    case 'x400Address':
    case 'ediPartyName':
    case 'registeredID':
      return true;
  }
}

function isHostBase(base: string): boolean {
  return isDomain(foldCase(base.startsWith('.') ? base.slice(1) : base));
}
