import { describe, expect, test } from 'vitest';
import { compareVerifiers, matchHost } from '../../../src/hostname/match-host.js';
import { hostProfiles, type HostProfile } from '../../../src/hostname/verdict.js';
import { identityWith } from '../../support/hand-made-identity.js';

const matches = (names: readonly string[], host: string, profile: HostProfile): boolean =>
  matchHost(identityWith(...names), host, { profile }).matched;
const reasons = (names: readonly string[], host: string, profile: HostProfile): string[] =>
  matchHost(identityWith(...names), host, { profile }).considered.map(({ reason }) => reason);
/** The profiles that match, in their order. */
const whoMatches = (names: readonly string[], host: string): string[] =>
  compareVerifiers(identityWith(...names), host)
    .filter(({ matched }) => matched)
    .map(({ profile }) => profile);

const everybody = [...hostProfiles];
const without = (...profiles: readonly HostProfile[]): HostProfile[] =>
  everybody.filter((profile) => !profiles.includes(profile));

describe('the table of the vendor page, target sip1.example.com', () => {
  test.each<[string, string[], string[]]>([
    ['a SAN in other case', ['SIP1.Example.Com'], without('security-pack-8.1')],
    ['a wildcard', ['*.example.com'], ['openssl', 'rfc9525', 'java', 'node']],
    ['a partial wildcard', ['sip*.example.com'], ['openssl', 'java', 'node']],
    ['a wildcard inside', ['sip1.*.com'], ['java']],
    ['a CN only', ['CN:sip1.example.com'], without('rfc9525')],
    ['a wildcard as CN only', ['CN:*.example.com'], ['openssl', 'java', 'node']],
    ['another SAN, the CN right', ['sip2.example.com', 'CN:sip1.example.com'], []],
    ['a SAN of an address, the CN right', ['IP:10.0.0.1', 'CN:sip1.example.com'], ['openssl', 'java', 'node']],
    ['a SAN of an e-mail, the CN right', ['email:a@b.com', 'CN:sip1.example.com'], ['openssl', 'java', 'node']],
    ['a SAN of a URI, the CN right', ['URI:https://b.com/', 'CN:sip1.example.com'], ['openssl', 'java', 'node']],
  ])('%s', (_, names, expected) => {
    expect(whoMatches(names, 'sip1.example.com')).toEqual(expected);
  });

  test('an address that the certificate lists', () => {
    expect(whoMatches(['IP:10.0.0.1', 'sip1.example.com'], '10.0.0.1')).toEqual(['openssl', 'rfc9525', 'java', 'node']);
  });

  test('a short name matches nowhere', () => {
    expect(whoMatches(['sip1.example.com'], 'sip1')).toEqual([]);
  });
});

describe('the Security Pack', () => {
  test('is the profile unless another is given', () => {
    const verdict = matchHost(identityWith('*.example.com'), 'sip1.example.com');
    expect(verdict.profile).toBe('security-pack');
    expect(verdict.matched).toBe(false);
  });

  test('says of every name what became of it', () => {
    const names = ['*.example.com', 'SIP1.example.com', 'IP:10.0.0.1', 'email:a@b', 'CN:sip1.example.com'];
    const { considered } = matchHost(identityWith(...names), 'sip1.example.com');
    expect(considered).toEqual([
      { source: 'dns', value: '*.example.com', outcome: 'no-match', reason: 'wildcard-not-accepted' },
      { source: 'dns', value: 'SIP1.example.com', outcome: 'match', reason: 'equal-ignoring-case' },
      { source: 'ip', value: '10.0.0.1', outcome: 'ignored', reason: 'kind-not-compared', assumed: true },
      { source: 'email', value: 'a@b', outcome: 'ignored', reason: 'kind-not-compared', assumed: true },
      { source: 'commonName', value: 'sip1.example.com', outcome: 'ignored', reason: 'san-present' },
    ]);
  });

  test('takes any of several common names', () => {
    expect(matches(['CN:a.com', 'CN:b.com'], 'a.com', 'security-pack')).toBe(true);
    expect(matches(['CN:a.com', 'CN:b.com'], 'b.com', 'security-pack')).toBe(true);
  });

  test('an empty SAN suppresses the CN as any other does', () => {
    const identity = { subjectAltNames: [], commonNames: ['a.com'] };
    const { matched, considered } = matchHost(identity, 'a.com');
    expect(matched).toBe(false);
    expect(considered[0]).toMatchObject({ reason: 'san-present', assumed: true });
  });

  test('strips no final dot, on either side', () => {
    expect(matches(['a.com'], 'a.com.', 'security-pack')).toBe(false);
    expect(matches(['a.com.'], 'a.com', 'security-pack')).toBe(false);
    expect(matches(['a.com.'], 'a.com.', 'security-pack')).toBe(true);
  });

  test('a host with a wildcard, a leading dot or an address never matches', () => {
    expect(reasons(['*.example.com'], '*.example.com', 'security-pack')).toEqual(['target-has-wildcard']);
    expect(reasons(['.example.com'], '.example.com', 'security-pack')).toEqual(['target-leading-dot']);
    expect(reasons(['10.0.0.1', 'IP:10.0.0.1'], '10.0.0.1', 'security-pack')).toEqual([
      'target-is-address',
      'target-is-address',
    ]);
    expect(matches(['CN:::1'], '::1', 'security-pack')).toBe(false);
  });

  test('8.1 and earlier: the case counts, in the CN too', () => {
    expect(reasons(['Fly.example.com'], 'fly.example.com', 'security-pack-8.1')).toEqual(['case-differs']);
    expect(matches(['Fly.example.com'], 'Fly.example.com', 'security-pack-8.1')).toBe(true);
    expect(matches(['CN:Fly.example.com'], 'fly.example.com', 'security-pack-8.1')).toBe(false);
  });

  test('U-labels are compared as octets: nothing is converted', () => {
    expect(matches(['xn--bcher-kva.example'], 'bücher.example', 'security-pack')).toBe(false);
    expect(matches(['CN:bücher.example'], 'bücher.example', 'security-pack')).toBe(true);
    expect(matches(['b\xc3\xbccher.example'], 'bücher.example', 'security-pack')).toBe(true);
    // Latin-1 octets are another name.
    expect(matches(['b\xfccher.example'], 'bücher.example', 'security-pack')).toBe(false);
  });
});

describe('OpenSSL', () => {
  test('looks at the CN unless the SAN has DNS names', () => {
    expect(reasons(['URI:sip:a.com', 'CN:a.com'], 'a.com', 'openssl')).toEqual(['kind-not-compared', 'equal']);
    expect(reasons(['b.com', 'CN:a.com'], 'a.com', 'openssl')).toEqual(['different-name', 'dns-san-present']);
  });

  test('a host with a dot in front is every name that ends so', () => {
    expect(reasons(['a.b.example.com'], '.example.com', 'openssl')).toEqual(['ends-with-target']);
    expect(reasons(['example.com'], '.example.com', 'openssl')).toEqual(['different-name']);
    expect(matches(['*.example.com'], '.example.com', 'openssl')).toBe(true);
  });

  test.each([
    ['*.example.com', '.com', true],
    ['a*.example.com', 'ab.example.com', true],
    ['a*.example.com', 'a.example.com', true],
    ['*.example.com', '.example.com.', false],
    ['*.example.com', 'a_b.example.com', false],
    ['*.example.com', 'a.b.example.com', false],
    ['*.com', 'example.com', false],
    ['*a*.example.com', 'bab.example.com', false],
    ['xn--*.example.com', 'xn--a.example.com', false],
    ['x*.example.com', 'xn--a.example.com', false],
    ['*.example.com', 'xn--a.example.com', true],
    ['*.example.com', '*.example.com', true],
    ['*-.example.com', 'a-.example.com', false],
  ])('%s and %s: %s', (pattern, host, expected) => {
    expect(matches([pattern], host, 'openssl')).toBe(expected);
  });

  test('addresses are compared octet for octet, and with iPAddress entries only', () => {
    expect(reasons(['IP:::1', 'CN:::1', '::1'], '0::1', 'openssl')).toEqual([
      'address-equal',
      'name-not-compared-with-address',
      'name-not-compared-with-address',
    ]);
    expect(matches(['IP:10.0.0.1'], '::ffff:10.0.0.1', 'openssl')).toBe(false);
    expect(reasons(['IP:#0a000001ff'], '10.0.0.1', 'openssl')).toEqual(['different-address']);
    expect(reasons(['IP:10.0.0.1'], 'a.com', 'openssl')).toEqual(['address-not-compared-with-name']);
  });
});

describe('RFC 9525', () => {
  test('never looks at the CN', () => {
    expect(reasons(['CN:a.com'], 'a.com', 'rfc9525')).toEqual(['common-name-never-compared']);
  });

  test('converts U-labels of the host and takes an absolute host for the same', () => {
    expect(reasons(['xn--bcher-kva.example'], 'bücher.example', 'rfc9525')).toEqual(['equal-as-a-labels']);
    expect(reasons(['a.com'], 'a.com.', 'rfc9525')).toEqual(['equal-without-trailing-dot']);
    expect(reasons(['a.com.'], 'a.com.', 'rfc9525')).toEqual(['not-a-host-name']);
  });

  test('a wildcard is the whole first label, covers one, and not a public suffix', () => {
    expect(reasons(['*.example.com'], 'a.example.com', 'rfc9525')).toEqual(['wildcard']);
    expect(reasons(['*.example.com'], 'a.b.example.com', 'rfc9525')).toEqual(['wildcard-does-not-cover']);
    expect(reasons(['*.example.com'], 'example.com', 'rfc9525')).toEqual(['wildcard-does-not-cover']);
    expect(reasons(['a*.example.com'], 'ab.example.com', 'rfc9525')).toEqual(['wildcard-form-not-accepted']);
    expect(reasons(['*'], 'com', 'rfc9525')).toEqual(['wildcard-form-not-accepted']);
    expect(reasons(['*.com'], 'example.com', 'rfc9525')).toEqual(['wildcard-over-public-suffix']);
    expect(reasons(['*.co.uk'], 'example.co.uk', 'rfc9525')).toEqual(['wildcard-over-public-suffix']);
    expect(reasons(['*.example.co.uk'], 'a.example.co.uk', 'rfc9525')).toEqual(['wildcard']);
  });

  test('what is no host name matches nothing', () => {
    expect(reasons(['a_b.com'], 'a_b.com', 'rfc9525')).toEqual(['target-not-a-host-name']);
    expect(reasons(['a_b.com'], 'a-b.com', 'rfc9525')).toEqual(['not-a-host-name']);
    expect(reasons(['14.15'], '14.15', 'rfc9525')).toEqual(['target-not-a-host-name']);
    expect(reasons(['URI:https://a.com/'], 'a.com', 'rfc9525')).toEqual(['kind-not-compared']);
  });

  test('compares addresses with iPAddress entries', () => {
    expect(reasons(['IP:10.0.0.1', 'IP:10.0.0.2', '10.0.0.1'], '10.0.0.1', 'rfc9525')).toEqual([
      'address-equal',
      'different-address',
      'name-not-compared-with-address',
    ]);
    expect(reasons(['IP:10.0.0.1'], 'a.com', 'rfc9525')).toEqual(['address-not-compared-with-name']);
  });
});

describe('RFC 5922', () => {
  test('a sip: URI is the domain, and then DNS entries are none', () => {
    expect(reasons(['URI:sip:example.com', 'sip1.example.com'], 'example.com', 'rfc5922')).toEqual([
      'sip-domain',
      'sip-domain-present',
    ]);
    expect(matches(['URI:sip:example.com', 'sip1.example.com'], 'sip1.example.com', 'rfc5922')).toBe(false);
    expect(matches(['URI:SIP:Example.com:5061;transport=tls'], 'example.com', 'rfc5922')).toBe(true);
  });

  test('a URI with a user or of another scheme is no domain, and DNS entries count', () => {
    expect(reasons(['URI:sip:a@example.com', 'example.com'], 'example.com', 'rfc5922')).toEqual([
      'sip-uri-with-user',
      'equal',
    ]);
    expect(reasons(['URI:sips:example.com'], 'example.com', 'rfc5922')).toEqual(['uri-of-another-scheme']);
    expect(reasons(['URI:nonsense', 'email:a@b', 'other:1.2'], 'a.b', 'rfc5922')).toEqual([
      'uri-of-another-scheme',
      'kind-not-compared',
      'kind-not-compared',
    ]);
  });

  test('any SAN suppresses the CN; without one the CN may match', () => {
    expect(reasons(['IP:10.0.0.1', 'CN:a.com'], 'a.com', 'rfc5922')).toEqual([
      'address-not-compared-with-name',
      'san-present',
    ]);
    expect(matches(['CN:a.com'], 'A.com', 'rfc5922')).toBe(true);
  });

  test('no wildcard, no suffix, no address', () => {
    expect(reasons(['*.example.com'], 'a.example.com', 'rfc5922')).toEqual(['wildcard-not-accepted']);
    expect(matches(['*.example.com'], '*.example.com', 'rfc5922')).toBe(false);
    expect(reasons(['.example.com'], 'a.example.com', 'rfc5922')).toEqual(['not-a-host-name']);
    expect(reasons(['IP:10.0.0.1'], '10.0.0.1', 'rfc5922')).toEqual(['target-is-address']);
  });

  test('U-labels are compared as A-labels', () => {
    expect(reasons(['xn--bcher-kva.example'], 'bücher.example', 'rfc5922')).toEqual(['equal-as-a-labels']);
  });
});

describe('Java', () => {
  test('takes the last common name only', () => {
    expect(reasons(['CN:a.com', 'CN:b.com'], 'a.com', 'java')).toEqual(['not-the-last-common-name', 'different-name']);
    expect(matches(['CN:a.com', 'CN:b.com'], 'b.com', 'java')).toBe(true);
  });

  test('refuses a host that is no name of letters, digits and hyphens', () => {
    expect(reasons(['a_b.com'], 'a_b.com', 'java')).toEqual(['target-not-a-host-name']);
    expect(reasons(['a.com'], 'a.com.', 'java')).toEqual(['target-not-a-host-name']);
    expect(reasons(['a.com.'], 'a.com', 'java')).toEqual(['not-a-host-name']);
    expect(reasons(['a_b.com'], 'a-b.com', 'java')).toEqual(['not-a-host-name']);
    expect(reasons(['a_*.com'], 'a-b.com', 'java')).toEqual(['not-a-host-name']);
  });

  test('names match as Unicode, but only where IDNA 2003 and UTS 46 agree', () => {
    expect(reasons(['xn--bcher-kva.example'], 'bücher.example', 'java')).toEqual(['equal-as-a-labels']);
    expect(reasons(['CN:bücher.example'], 'xn--bcher-kva.example', 'java')).toEqual(['equal-as-a-labels']);
    expect(matches(['xn--strae-oqa.de'], 'straße.de', 'java')).toBe(false);
    expect(reasons(['b\xc3\xbccher.example'], 'a.example', 'java')).toEqual(['not-a-host-name']);
    // A composed letter: Java wants NFKC.
    expect(reasons(['CN:bu\u0308cher.example'], 'bücher.example', 'java')).toEqual(['not-a-host-name']);
  });

  test.each([
    ['*.example.com', 'xn--a.example.com', true],
    ['**.example.com', 'xn--a.example.com', true],
    ['x*.example.com', 'xn--a.example.com', false],
    ['a*c*e.example.com', 'abcde.example.com', true],
    ['a*c*e.example.com', 'abde.example.com', false],
    ['a*.b*.com', 'ax.by.com', true],
    ['*.com', 'example.com', true],
    ['example.*', 'example.com', false],
    ['*', 'com', false],
    ['*.example.com', 'a.b.example.com', false],
    ['bücher*.example.com', 'bücher1.example.com', false],
  ])('%s and %s: %s', (pattern, host, expected) => {
    expect(matches([`CN:${pattern}`], host, 'java')).toBe(expected);
  });

  test('an IPv4-mapped address is the IPv4 address, an abbreviated one matches nothing', () => {
    expect(matches(['IP:10.0.0.1'], '::ffff:10.0.0.1', 'java')).toBe(true);
    expect(matches(['IP:::ffff:10.0.0.1'], '10.0.0.1', 'java')).toBe(true);
    expect(matches(['IP:10.0.0.2', '10.0.0.1'], '10.0.0.1', 'java')).toBe(false);
    expect(reasons(['IP:14.0.0.15'], '14.15', 'java')).toEqual(['target-is-address']);
    expect(reasons(['IP:14.0.0.15'], 'a.com', 'java')).toEqual(['address-not-compared-with-name']);
  });

  test('a SAN with one unreadable entry matches nothing', () => {
    expect(reasons(['URI:not a uri', 'a.com'], 'a.com', 'java')).toEqual(['san-unreadable', 'san-unreadable']);
    expect(reasons(['IP:#0a00', 'a.com'], 'a.com', 'java')).toEqual(['san-unreadable', 'san-unreadable']);
    expect(matches(['URI:sip:a@b.com;x=%20', 'a.com'], 'a.com', 'java')).toBe(true);
  });
});

describe('Node', () => {
  test('a final dot does not count, on either side', () => {
    expect(reasons(['a.com'], 'a.com.', 'node')).toEqual(['equal-without-trailing-dot']);
    expect(reasons(['a.com.'], 'a.com', 'node')).toEqual(['equal-without-trailing-dot']);
    expect(reasons(['a.com.'], 'a.com.', 'node')).toEqual(['equal']);
    expect(reasons(['A.com.'], 'a.com', 'node')).toEqual(['equal-ignoring-case']);
  });

  test('names with blanks, octets outside ASCII or empty labels are useless', () => {
    expect(reasons(['a b.com', 'b\xc3\xbc.de', 'a..com'], 'a..com', 'node')).toEqual(Array(3).fill('not-a-host-name'));
  });

  test('one wildcard in the first label, two labels after it, none in an A-label', () => {
    expect(matches(['f*r.example.com'], 'foobar.example.com', 'node')).toBe(true);
    expect(reasons(['f*r.example.com'], 'fr2.example.com', 'node')).toEqual(['wildcard-does-not-cover']);
    expect(reasons(['*.com'], 'a.com', 'node')).toEqual(['wildcard-form-not-accepted']);
    expect(reasons(['**.example.com'], 'a.example.com', 'node')).toEqual(['wildcard-form-not-accepted']);
    expect(reasons(['xn--*.example.com'], 'xn--a.example.com', 'node')).toEqual(['different-name']);
  });

  test('the zone of an address does not count, DNS entries hide the CN', () => {
    expect(matches(['IP:fe80::1'], 'fe80::1%eth0', 'node')).toBe(true);
    expect(reasons(['IP:10.0.0.1', 'CN:a.com'], 'a.com', 'node')).toEqual(['address-not-compared-with-name', 'equal']);
    expect(reasons(['b.com', 'URI:https://a.com', 'CN:a.com'], 'a.com', 'node')).toEqual([
      'different-name',
      'kind-not-compared',
      'dns-san-present',
    ]);
    expect(reasons(['IP:10.0.0.2', '10.0.0.1'], '10.0.0.1', 'node')).toEqual([
      'different-address',
      'name-not-compared-with-address',
    ]);
  });
});

describe('every verifier', () => {
  test.each(everybody)('%s: a NUL, an undecodable name and an empty host never match', (profile) => {
    expect(reasons(['a.com\0', 'CN:a.com\0.b'], 'a.com', profile)).toEqual(['contains-nul', 'contains-nul']);
    expect(matches(['a.com\0'], 'a.com\0', profile)).toBe(false);
    expect(matches(['CN:\ufffd.com'], '\ufffd.com', profile)).toBe(false);
    expect(matches([''], '', profile)).toBe(false);
    expect(matches([], 'a.com', profile)).toBe(false);
  });
});
