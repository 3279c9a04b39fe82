/**
 * Lays the names of a certificate before a verifier, one by one.
 *
 * What every verifier here shares is in this file and nothing else: a NUL octet never matches, in the host or in a
 * name, nor does text that could not be decoded. That is stricter than some of the tools modelled, on purpose: the
 * name `www.example.com\0.attacker.example` is a known attack, and a wrong "match" is the worst answer.
 */
import { equalIgnoringCase } from '../names/dns-name.js';
import { parseIPAddress } from '../names/ip-address.js';
import type { PresentedIdentity } from './presented-identity.js';
import { refuse, type Consideration, type Judgement, type NameSource } from './verdict.js';

/** The host asked for, as verifiers compare it. */
export interface ReferenceHost {
  /** As it was given. */
  readonly text: string;
  /** Its UTF-8 octets, one character an octet. */
  readonly octets: string;
  /** 4 or 16 octets when the text is an IP address. */
  readonly address: Uint8Array | undefined;
}

/** A name of the certificate, as verifiers compare it. */
export interface PresentedName {
  readonly source: NameSource;
  readonly value: string;
  /** Its octets, one character an octet; for a common name its UTF-8 octets. */
  readonly octets: string;
  /** True for the last common name of the subject: the most specific one. */
  readonly isLast: boolean;
}

/** What else a verifier may want to know. */
export interface Situation {
  readonly host: ReferenceHost;
  readonly names: readonly PresentedName[];
  readonly hasSAN: boolean;
  /** True when a subjectAltName entry is a dNSName. */
  readonly hasDNS: boolean;
}

/** The rules of one verifier: what it makes of one name. */
export type Verifier = (name: PresentedName, situation: Situation) => Judgement;

function utf8Octets(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

export function describeHost(text: string): ReferenceHost {
  return { text, octets: utf8Octets(text), address: parseIPAddress(text) };
}

/** Names of a hand-made identity may be text beyond one octet a character; those of a certificate never are. */
function octetsOf(source: NameSource, value: string): string {
  return source === 'commonName' || /[^\0-\xff]/.test(value) ? utf8Octets(value) : value;
}

/** Every name of the certificate in the order in which it is shown: subjectAltName entries, then common names. */
function listPresentedNames({ subjectAltNames = [], commonNames }: PresentedIdentity): PresentedName[] {
  const describe = (source: NameSource, value: string, isLast: boolean): PresentedName => ({
    source,
    value,
    octets: octetsOf(source, value),
    isLast,
  });
  return [
    ...subjectAltNames.map(({ type, value }) => describe(type, value, false)),
    ...commonNames.map((value, at) => describe('commonName', value, at === commonNames.length - 1)),
  ];
}

const replacementCharacter = utf8Octets('\ufffd');

function judgeName(verifier: Verifier, name: PresentedName, situation: Situation): Judgement {
  const { host } = situation;
  if (host.text === '') return refuse('target-empty');
  if (host.text.includes('\0')) return refuse('target-contains-nul');
  if (name.octets.includes('\0')) return refuse('contains-nul');
  if (name.octets.includes(replacementCharacter)) return refuse('undecodable');
  return verifier(name, situation);
}

/** What `verifier` makes of every name of the certificate. */
export function considerNames(verifier: Verifier, identity: PresentedIdentity, host: ReferenceHost): Consideration[] {
  const names = listPresentedNames(identity);
  const hasSAN = identity.subjectAltNames !== undefined;
  const situation = { host, names, hasSAN, hasDNS: names.some(({ source }) => source === 'dns') };
  return names.map((name) => ({
    source: name.source,
    value: name.value,
    ...judgeName(verifier, name, situation),
  }));
}

/** How two octet strings are the same, if they are. */
export function compareOctets(a: string, b: string): 'equal' | 'equal-ignoring-case' | undefined {
  if (a === b) return 'equal';
  return equalIgnoringCase(a, b) ? 'equal-ignoring-case' : undefined;
}

/** True when an iPAddress entry has the octets of the host; a 4-octet address never equals a 16-octet one. */
export function hasAddress(name: PresentedName, address: Uint8Array): boolean {
  const presented = parseIPAddress(name.value);
  return presented !== undefined && Buffer.compare(presented, address) === 0;
}
