/**
 * The wording of the area `host`.
 *
 * Every message says which name of the certificate came near and what keeps it apart; every hint says what to connect
 * with, what to set and what to ask the CA for, as far as there is such a thing.
 */
import type { hostCatalogue } from '../../finding/host.js';
import { showName, showText } from '../shown-name.js';
import { nameProfile, nameSource } from './host-profiles.js';
import { describeFault } from './host-reasons.js';
import type { Wording } from './words.js';

interface Remedy {
  readonly profile: string;
  readonly host: string;
  readonly connectWith: readonly string[];
  readonly askFor?: string | undefined;
}

interface Named {
  readonly source: string;
  readonly name: string;
  readonly more: number;
}

const oldestPack = 'UNIX Security Pack 8.5.100.23 or later';

const isPack = (profile: string): boolean => profile.startsWith('security-pack');

/** `SAN DNS sip2.example.com (and 3 more like it)`. */
function named({ source, name, more }: Named): string {
  return `${nameSource(source)} ${showName(name, source)}${more > 0 ? ` (and ${more} more like it)` : ''}`;
}

/** The first five of a list, and how many more there are. */
function listSome(items: readonly string[]): string {
  const more = items.length - 5;
  return `${items.slice(0, 5).join('; ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What would help, as one sentence; undefined when nothing in the certificate or from a CA would. */
function remedy({ profile, connectWith, askFor }: Remedy): string | undefined {
  const [first] = connectWith;
  const steps = [
    first === undefined ? undefined : `connect with ${connectWith.map(showText).join(' or ')}`,
    first === undefined || profile !== 'security-pack' ? undefined : `set tls-target-name=${first} (${oldestPack})`,
    askFor === undefined ? undefined : `ask the CA for a certificate with the subjectAltName entry ${askFor}`,
  ].filter((step) => step !== undefined);
  return steps.length === 0 ? undefined : steps.join(', or ');
}

/** The hint where a remedy is known, and `otherwise` where none is. */
function hint(about: Remedy, otherwise?: string): { readonly hint?: string } {
  const text = remedy(about) ?? otherwise;
  return text === undefined ? {} : { hint: text };
}

const unlessDocumented = (assumed: boolean): string =>
  assumed ? " (assumed: the vendor's pages do not say so outright)" : '';

const targetWording = {
  'host/target-empty': () => ({
    message: 'the host to check is empty, and nothing matches that',
    hint: 'name the host that the application connects to',
  }),
  'host/target-nul': () => ({
    message: 'the host has a NUL character and never matches',
    hint: 'type the name anew: it was damaged or tampered with',
  }),
  'host/target-ip': ({ assumed, listed, ...about }) => ({
    message: isPack(about.profile)
      ? `is an IP address; ${nameProfile(about.profile)} wants the FQDN of the certificate` +
        `${listed ? ', although the certificate lists this address' : ''}${unlessDocumented(assumed)}`
      : `is an IP address to ${nameProfile(about.profile)}, which matches none of the names`,
    ...hint(about, 'connect with a host name, and have it in the certificate'),
  }),
  'host/target-wildcard': ({ assumed, ...about }) => ({
    message: `has a wildcard; no host has such a name and none matches it${unlessDocumented(assumed)}`,
    ...hint(about, 'name the host itself'),
  }),
  'host/target-leading-dot': ({ assumed, ...about }) => ({
    message: `starts with a dot and is no FQDN${unlessDocumented(assumed)}; OpenSSL would take it for every name that ends so`,
    ...hint(about, 'name the host itself'),
  }),
  'host/target-invalid': ({ fault, ...about }) => ({
    message: `${nameProfile(about.profile)} refuses this host: ${describeFault(fault)}`,
    ...hint(about, 'name the host without port or scheme, in letters, digits, hyphens and dots'),
  }),
} satisfies Partial<Wording<typeof hostCatalogue>>;

const nearWording = {
  'host/nul-in-name': ({ source, name, more }) => ({
    message: `the name ${named({ source, name, more })} has a NUL character and never matches`,
    hint: 'such names are made to deceive programs that stop reading at the NUL: find out who issued this certificate',
  }),
  'host/case-differs': ({ matched, ...about }) => ({
    message: matched
      ? `only the case differs from ${named(about)}: fails on pack 8.1 and earlier`
      : `only the case differs from ${named(about)}, and ${nameProfile(about.profile)} compares case`,
    hint: `write the host as the certificate does: ${showName(about.name, about.source)}`,
  }),
  'host/wildcard-not-accepted': ({ form, ...about }) => ({
    message: form
      ? `wildcard present, not accepted: ${named(about)} would cover it, but ${nameProfile(about.profile)} refuses this form of wildcard`
      : `wildcard present, not accepted: ${named(about)} would cover it, but ${nameProfile(about.profile)} accepts no wildcard`,
    ...hint(about),
  }),
  'host/u-labels': ({ matched, aLabels, ...about }) => ({
    message: matched
      ? `was converted to A-labels, ${aLabels}, which match ${named(about)}`
      : `is the same name as ${named(about)} in other letters, but ${nameProfile(about.profile)} compares them as they are written`,
    hint: matched
      ? `write ${aLabels} in configurations: OpenSSL, Node and the Security Pack do not convert`
      : `write the host as A-labels, ${aLabels}, and have the certificate name it so`,
  }),
  'host/trailing-dot': ({ matched, assumed, ...about }) => ({
    message: matched
      ? `matches ${named(about)} without the final dot; OpenSSL and the Security Pack do not strip it`
      : `only the final dot differs from ${named(about)}, and ${nameProfile(about.profile)} does not strip it${unlessDocumented(assumed)}`,
    hint: 'write the host without a final dot, and have the certificate name it so',
  }),
  'host/blanks-around-name': (about) => ({
    message: `only blanks differ from ${named(about)}`,
    ...hint(about, 'remove the blanks, and have the certificate issued anew if they are in there'),
  }),
  'host/common-name-ignored': ({ reason, kinds, assumed, ...about }) => ({
    message:
      {
        'common-name-never-compared': `CN ignored: ${named(about)} would match, but ${nameProfile(about.profile)} never looks at the CN`,
        'not-the-last-common-name': `CN ignored: ${named(about)} would match, but ${nameProfile(about.profile)} takes the last CN only`,
      }[reason] ??
      `CN ignored because a SAN exists: ${named(about)} would match, but the certificate has subjectAltName entries (${kinds.join(', ')})${unlessDocumented(assumed)}`,
    ...hint(about),
  }),
  'host/dns-name-ignored': (about) => ({
    message: `${named(about)} would match, but a certificate with a sip: URI entry is known by that alone to ${nameProfile(about.profile)}`,
    hint: `have URI:sip:${about.host} in the certificate too, or no sip: URI entry at all`,
  }),
  'host/name-refused': ({ fault, ...about }) => ({
    message: `${named(about)} is the same, but ${nameProfile(about.profile)} refuses it: ${describeFault(fault)}`,
    hint: 'give the host a name of letters, digits and hyphens, and have the certificate issued for it',
  }),
  'host/uri-not-compared': ({ reason, ...about }) => ({
    message: `${named(about)} speaks of this host, but ${
      {
        'uri-of-another-scheme': `${nameProfile(about.profile)} accepts the scheme sip only`,
        'sip-uri-with-user': 'a URI with a user names a person, not a host',
      }[reason] ?? `${nameProfile(about.profile)} compares no URI entries`
    }`,
    ...hint(about),
  }),
  'host/address-as-name': (about) => ({
    message: `${named(about)} has the address as text, but ${nameProfile(about.profile)} compares iPAddress entries only`,
    ...hint(about),
  }),
  'host/short-target': (about) => ({
    message: `is a short name; the certificate has ${named(about)}, and names are compared whole`,
    ...hint(about, 'connect with the FQDN'),
  }),
  'host/short-name': (about) => ({
    message: `the certificate has only the short name ${named(about)}, and names are compared whole`,
    ...hint(about),
  }),
  'host/underscore': (about) => ({
    message: `differs from ${named(about)} in an underscore in place of a hyphen`,
    ...hint(about),
  }),
  'host/one-letter': (about) => ({ message: `differs in one letter from ${named(about)}`, ...hint(about) }),
  'host/wildcard-depth': (about) => ({
    message: `the wildcard of ${named(about)} stands for one label, not for none and not for several`,
    ...hint(about),
  }),
  'host/parent-domain': (about) => ({
    message: `${named(about)} names the domain above, not the hosts in it`,
    ...hint(about),
  }),
  'host/email-not-compared': (about) => ({
    message: `${named(about)} is an e-mail address in this domain; such entries name no host`,
    ...hint(about),
  }),
  'host/san-unreadable': (about) => ({
    message: `${nameProfile(about.profile)} drops the whole SAN over one entry that is no valid address or URI; taken as no match`,
    hint: 'have the certificate issued anew without that entry',
  }),
  'host/undecodable-name': (about) => ({
    message: `the name ${named(about)} cannot be decoded and never matches`,
    hint: 'have the certificate issued anew with the name in ASCII',
  }),
} satisfies Partial<Wording<typeof hostCatalogue>>;

/** Wording of every code of the area. */
export const hostWording: Wording<typeof hostCatalogue> = {
  ...targetWording,
  ...nearWording,
  'host/no-match': ({ names, more, ...about }) => ({
    message: `none of the names matches: ${names.map(showText).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    ...hint(about, 'check that this is the certificate of that host'),
  }),
  'host/no-comparable-name': ({ kinds, ...about }) => ({
    message:
      kinds.length === 0
        ? `the certificate has no name that ${nameProfile(about.profile)} could compare`
        : `the certificate has no name that ${nameProfile(about.profile)} could compare, only subjectAltName entries of the kind ${kinds.join(', ')}`,
    ...hint(about, 'have the certificate issued anew with the name of the host in its subjectAltName'),
  }),
  'host/common-name-only': ({ name, profile }) => ({
    message: `matches by the CN ${showText(name)} alone, which ${nameProfile(profile)} accepts; browsers and RFC 9525 do not`,
    hint: `have the next certificate issued with the subjectAltName entry DNS:${showText(name)}`,
  }),
  'host/non-ascii-name': ({ name }) => ({
    message: `matches ${showName(name, 'dns')} octet by octet, but a name outside ASCII is against RFC 5280 and most verifiers refuse it`,
    hint: 'have the next certificate issued with A-labels (xn--…), and configure these as the host',
  }),
  'host/no-certificate': () => ({
    message: 'there is no certificate to look into',
    hint: 'name the file that holds the certificate of the server',
  }),
  'host/first-taken': ({ others }) => ({
    message: `taken because it is the first, as OpenSSL does; not looked into: ${listSome(others)}`,
    hint: 'check each of them with --all',
  }),
  'host/first-is-ca': ({ endEntity, others }) => ({
    message: `taken because it is the first, as OpenSSL does, but it is a CA; not looked into: ${listSome(others)}`,
    hint: `${endEntity} is probably meant: put it first with certwright chain, or check each with --all`,
  }),
  'host/target-malformed': ({ detail }) => ({
    message: `holds no host that can be checked: ${detail}`,
    hint: 'give a host, host:port, [IPv6]:port, a SIP URI, or a contact= value',
  }),
  'host/target-blanks': ({ host }) => ({
    message: `blanks around the host were left out; ${showText(host)} is checked`,
    hint: 'remove them from the configuration: the application may not',
  }),
  'host/target-port-dropped': ({ port }) => ({ message: `the port ${port} takes no part in a name check; left out` }),
  'host/target-from-uri': ({ host, dropped }) => ({
    message: `only the host ${showText(host)} takes part in a name check; left out: ${dropped.join(', ')}`,
  }),
  'host/target-not-tls': ({ transport }) => ({
    message: `${transport === '' ? 'this SIP address has no transport=tls' : `transport=${transport} with the scheme sip is no TLS`}: without TLS no name is checked at all`,
    hint: 'use sips:, or sip: with ;transport=tls, which SIP Proxy wants',
  }),
};
