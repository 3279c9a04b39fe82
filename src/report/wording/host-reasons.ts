/** Why a name matched, did not, or was not compared: a few words for lists and tables. */
import type { HostReason, Judgement } from '../../hostname/verdict.js';

const reasons: Readonly<Record<HostReason, string>> = {
  equal: 'the same name',
  'equal-ignoring-case': 'the same but for the case, which does not count',
  'equal-as-a-labels': 'the same as A-labels',
  'equal-without-trailing-dot': 'the same but for the final dot, which does not count',
  wildcard: 'covered by the wildcard',
  'ends-with-target': 'ends as the host asks',
  'address-equal': 'the same address',
  'sip-domain': 'the SIP domain',
  'target-empty': 'the host is empty',
  'target-contains-nul': 'the host has a NUL',
  'target-is-address': 'the host is an IP address',
  'target-has-wildcard': 'the host has a wildcard',
  'target-leading-dot': 'the host starts with a dot',
  'target-not-a-host-name': 'the host is no proper host name',
  'different-name': 'another name',
  'different-address': 'another address',
  'case-differs': 'only the case differs, which counts here',
  'wildcard-not-accepted': 'a wildcard, not accepted',
  'wildcard-form-not-accepted': 'a wildcard in a form that is not accepted',
  'wildcard-over-public-suffix': 'a wildcard over a public suffix, not accepted',
  'wildcard-does-not-cover': 'the wildcard does not cover the host',
  'contains-nul': 'has a NUL: never matches',
  undecodable: 'cannot be decoded: never matches',
  'not-a-host-name': 'no proper host name',
  'kind-not-compared': 'this kind of entry is not compared',
  'name-not-compared-with-address': 'a name, not compared with an address',
  'address-not-compared-with-name': 'an address, not compared with a name',
  'san-present': 'not looked at because a SAN exists',
  'dns-san-present': 'not looked at because the SAN has DNS names',
  'common-name-never-compared': 'the CN is never looked at',
  'not-the-last-common-name': 'only the last CN is looked at',
  'sip-domain-present': 'not looked at because the SAN has a sip: URI',
  'uri-of-another-scheme': 'a URI of another scheme than sip',
  'sip-uri-with-user': 'a sip: URI with a user names a person',
  'san-unreadable': 'the SAN has an entry that is no valid address or URI',
};

/** The reason in words; a rule that is our choice is marked `assumed`. */
export function describeReason({ reason, assumed }: Pick<Judgement, 'reason' | 'assumed'>): string {
  return `${reasons[reason]}${assumed ? ' (assumed)' : ''}`;
}

const faults: Readonly<Record<string, string>> = {
  empty: 'it is empty',
  'too-long': 'it has more than 253 characters',
  'empty-label': 'it has an empty label, as two dots in a row or a final dot make one',
  'label-too-long': 'it has a label of more than 63 characters',
  'hyphen-at-edge': 'a label starts or ends with a hyphen',
  underscore: 'it has an underscore',
  'other-character': 'it has a character other than letters, digits, hyphens and dots',
  'numeric-last-label': 'its last label is a number, as in an address',
};

/** Why a text is no host name, in words. */
export function describeFault(fault: string): string {
  return faults[fault] ?? fault;
}
