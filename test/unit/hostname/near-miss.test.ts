import { describe, expect, test } from 'vitest';
import { matchHost } from '../../../src/hostname/match-host.js';
import { differInOneLetter, findResemblance } from '../../../src/hostname/resemblance.js';
import type { HostProfile } from '../../../src/hostname/verdict.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import { identityWith } from '../../support/hand-made-identity.js';

interface Told {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly hint: string | undefined;
}

function tell(names: readonly string[], host: string, profile: HostProfile = 'security-pack'): Told[] {
  return matchHost(identityWith(...names), host, { profile }).findings.map((finding) => {
    const { message, hint } = describeFinding(finding);
    return { code: finding.code, severity: finding.severity, message, hint };
  });
}

describe('a host that does not match gets one error, the nearest miss', () => {
  test.each<[string, string[], string, string, HostProfile?]>([
    ['one letter', ['sip2.example.com'], 'sip1.example.com', 'host/one-letter'],
    ['a letter too many', ['sip11.example.com'], 'sip1.example.com', 'host/one-letter'],
    ['swapped letters', ['spi1.example.com'], 'sip1.example.com', 'host/one-letter'],
    ['a wildcard', ['*.example.com'], 'sip1.example.com', 'host/wildcard-not-accepted'],
    ['a wildcard in the CN', ['CN:*.example.com'], 'sip1.example.com', 'host/wildcard-not-accepted'],
    ['a partial wildcard', ['sip*.example.com'], 'sip1.example.com', 'host/wildcard-not-accepted', 'rfc9525'],
    ['a wildcard over a suffix', ['*.co.uk'], 'example.co.uk', 'host/wildcard-not-accepted', 'rfc9525'],
    ['a wildcard and two labels', ['*.example.com'], 'a.b.example.com', 'host/wildcard-depth', 'openssl'],
    ['a wildcard and no label', ['*.example.com'], 'example.com', 'host/wildcard-depth'],
    ['the CN, a SAN exists', ['www.other.org', 'CN:sip1.example.com'], 'sip1.example.com', 'host/common-name-ignored'],
    ['the CN, never', ['CN:sip1.example.com'], 'sip1.example.com', 'host/common-name-ignored', 'rfc9525'],
    ['the CN, not the last', ['CN:a.example.com', 'CN:b.org'], 'a.example.com', 'host/common-name-ignored', 'java'],
    ['a wildcard as CN', ['b.org', 'CN:*.example.com'], 'a.example.com', 'host/common-name-ignored', 'openssl'],
    ['the case, 8.1', ['SIP1.example.com'], 'sip1.example.com', 'host/case-differs', 'security-pack-8.1'],
    ['a final dot', ['sip1.example.com'], 'sip1.example.com.', 'host/trailing-dot'],
    ['a final dot in the name', ['sip1.example.com.'], 'sip1.example.com', 'host/trailing-dot', 'rfc9525'],
    ['blanks', [' sip1.example.com'], 'sip1.example.com', 'host/blanks-around-name'],
    ['U-labels', ['xn--bcher-kva.example'], 'bücher.example', 'host/u-labels'],
    ['U-labels in the name', ['b\xc3\xbccher.example'], 'xn--bcher-kva.example', 'host/u-labels', 'openssl'],
    ['a short host', ['sip1.example.com'], 'sip1', 'host/short-target'],
    ['a short name', ['sip1'], 'sip1.example.com', 'host/short-name'],
    ['an underscore', ['sip-1.example.com'], 'sip_1.example.com', 'host/underscore'],
    ['the domain above', ['example.com'], 'sip1.example.com', 'host/parent-domain'],
    ['a URI', ['URI:https://sip1.example.com/'], 'sip1.example.com', 'host/uri-not-compared'],
    ['a sips URI for SIP', ['URI:sips:example.com'], 'example.com', 'host/uri-not-compared', 'rfc5922'],
    ['a SIP user', ['URI:sip:a@example.com'], 'example.com', 'host/uri-not-compared', 'rfc5922'],
    ['DNS beside a sip: URI', ['URI:sip:b.org', 'a.com'], 'a.com', 'host/dns-name-ignored', 'rfc5922'],
    ['an e-mail', ['email:admin@example.com'], 'example.com', 'host/email-not-compared'],
    ['an underscore for Java', ['a-b.com'], 'a_b.com', 'host/target-invalid', 'java'],
    ['an improper name', ['a_b.com'], 'a-b.com', 'host/underscore', 'rfc9525'],
    ['an improper equal name', ['a..b'], 'a..b', 'host/name-refused', 'node'],
    ['an address as text', ['10.0.0.1'], '10.0.0.1', 'host/address-as-name', 'openssl'],
    ['an address', ['IP:10.0.0.1'], '10.0.0.1', 'host/target-ip'],
    ['an abbreviated address', ['IP:14.0.0.15'], '14.15', 'host/target-ip', 'java'],
    ['an unreadable SAN', ['URI:a b', 'a.com'], 'a.com', 'host/san-unreadable', 'java'],
    ['a NUL', ['a.com\0.evil.com'], 'a.com', 'host/nul-in-name'],
    ['undecodable', ['CN:\ufffd.com'], 'a.com', 'host/undecodable-name'],
    ['an empty host', ['a.com'], '', 'host/target-empty'],
    ['a NUL in the host', ['a.com'], 'a.com\0', 'host/target-nul'],
    ['a wildcard as host', ['*.a.com'], '*.a.com', 'host/target-wildcard'],
    ['a leading dot', ['.a.com'], '.a.com', 'host/target-leading-dot'],
    ['a URL', ['a.com'], 'https://a.com', 'host/target-invalid', 'rfc9525'],
    ['nothing near', ['www.other.org', 'IP:10.0.0.1'], 'sip1.example.com', 'host/no-match'],
    ['another address', ['IP:10.0.0.2'], '10.0.0.1', 'host/no-match', 'node'],
    ['no names', [], 'sip1.example.com', 'host/no-comparable-name'],
    ['no comparable names', ['IP:10.0.0.1'], 'sip1.example.com', 'host/no-comparable-name'],
  ])('%s', (_, names, host, code, profile) => {
    const [first, ...others] = tell(names, host, profile);
    expect(first).toMatchObject({ code, severity: 'error' });
    expect(first?.hint).toBeDefined();
    expect(others.map(({ severity }) => severity)).not.toContain('error');
  });

  test('the error comes first and further near misses are infos, counted where alike', () => {
    const names = ['sip2.example.com', 'sip3.example.com', '*.example.com', 'CN:sip1.example.com'];
    const told = tell(names, 'sip1.example.com');
    expect(told.map(({ code, severity }) => [code, severity])).toEqual([
      ['host/wildcard-not-accepted', 'error'],
      ['host/common-name-ignored', 'info'],
      ['host/one-letter', 'info'],
    ]);
    expect(told[2]?.message).toBe('differs in one letter from SAN DNS sip2.example.com (and 1 more like it)');
  });

  test('a name that is the host up to a NUL is the error, whatever else comes near', () => {
    const [first] = tell(['sip2.example.com', '*.example.com', 'sip1.example.com\0.evil'], 'sip1.example.com');
    expect(first).toMatchObject({ code: 'host/nul-in-name', severity: 'error' });
    expect(first?.message).toContain(String.raw`sip1.example.com\0.evil`);
  });

  test('the words of the vendor rules are there', () => {
    expect(tell(['*.example.com'], 'sip1.example.com')[0]?.message).toBe(
      'wildcard present, not accepted: SAN DNS *.example.com would cover it, but the Security Pack accepts no wildcard',
    );
    expect(tell(['b.org', 'CN:sip1.example.com'], 'sip1.example.com')[0]?.message).toBe(
      'CN ignored because a SAN exists: CN sip1.example.com would match, but the certificate has subjectAltName entries (dns)',
    );
    expect(tell(['IP:10.0.0.1', 'CN:sip1.example.com'], 'sip1.example.com')[0]?.message).toContain('(assumed: ');
    expect(tell(['CN:a.com'], 'a.com', 'rfc9525')[0]?.message).toContain('RFC 9525 (browsers) never looks at the CN');
  });

  test('what to do: the name to connect with, tls-target-name and the entry to ask for', () => {
    expect(tell(['sip2.example.com'], 'sip1.example.com')[0]?.hint).toBe(
      'connect with sip2.example.com, or set tls-target-name=sip2.example.com (UNIX Security Pack 8.5.100.23 or later), ' +
        'or ask the CA for a certificate with the subjectAltName entry DNS:sip1.example.com',
    );
    expect(tell(['sip1.example.com'], '10.0.0.1')[0]?.hint).toBe(
      'connect with sip1.example.com, or set tls-target-name=sip1.example.com (UNIX Security Pack 8.5.100.23 or later)',
    );
    expect(tell(['sip1.example.com'], '10.0.0.1', 'openssl')[0]?.hint).toBe(
      'connect with sip1.example.com, or ask the CA for a certificate with the subjectAltName entry IP:10.0.0.1',
    );
    // A short name is not worth an entry where the FQDN is there.
    expect(tell(['sip1.example.com'], 'sip1')[0]?.hint).not.toContain('ask the CA');
    expect(tell(['*.b.org'], '10.0.0.1')[0]?.hint).toContain('connect with a host name');
  });

  test('names to connect with stop at five, names listed at ten', () => {
    const names = Array.from({ length: 15 }, (_, at) => `host-${at}.example.org`);
    const [finding] = matchHost(identityWith(...names), 'sip.other.com').findings;
    expect(finding?.code).toBe('host/no-match');
    expect(finding?.params.connectWith).toHaveLength(5);
    expect(finding?.params.names).toHaveLength(10);
    expect(finding?.params.more).toBe(5);
  });
});

describe('a host that matches may still get warnings', () => {
  test('nothing to say of an equal name in the SAN', () => {
    expect(tell(['sip1.example.com', 'CN:other'], 'sip1.example.com')).toEqual([]);
  });

  test.each<[string, string[], string, string, string, HostProfile?]>([
    ['only the case differs', ['SIP1.example.com'], 'sip1.example.com', 'host/case-differs', 'warning'],
    ['by the CN alone', ['CN:sip1.example.com'], 'sip1.example.com', 'host/common-name-only', 'warning'],
    ['by octets outside ASCII', ['b\xc3\xbccher.de'], 'bücher.de', 'host/non-ascii-name', 'warning'],
    ['with a NUL beside', ['a.com', 'b.com\0'], 'a.com', 'host/nul-in-name', 'warning'],
    ['after conversion', ['xn--bcher-kva.example'], 'bücher.example', 'host/u-labels', 'info', 'rfc9525'],
    ['without the final dot', ['a.com'], 'a.com.', 'host/trailing-dot', 'info', 'node'],
  ])('%s', (_, names, host, code, severity, profile) => {
    const { matched } = matchHost(identityWith(...names), host, profile ? { profile } : {});
    const told = tell(names, host, profile);
    expect(matched).toBe(true);
    expect(told.map((one) => [one.code, one.severity])).toEqual([[code, severity]]);
  });

  test('the case is no matter where the same name stands there in the right case too', () => {
    expect(tell(['SIP1.example.com', 'sip1.example.com'], 'sip1.example.com')).toEqual([]);
  });

  test('the warning about case names the pack that fails', () => {
    const [{ message, hint } = { message: '', hint: '' }] = tell(['SIP1.example.com'], 'sip1.example.com');
    expect(message).toBe('only the case differs from SAN DNS SIP1.example.com: fails on pack 8.1 and earlier');
    expect(hint).toBe('write the host as the certificate does: SIP1.example.com');
  });
});

describe('resemblance', () => {
  test.each([
    ['abc', 'abd', true],
    ['abc', 'abcd', true],
    ['abc', 'bc', true],
    ['abc', 'acb', true],
    ['aab', 'ab', true],
    ['abc', 'abc', false],
    ['abc', 'cba', false],
    ['abcd', 'badc', false],
    ['abc', 'abcde', false],
    ['', 'a', true],
  ])('%s and %s differ in one letter: %s', (a, b, expected) => {
    expect(differInOneLetter(a, b)).toBe(expected);
    expect(differInOneLetter(b, a)).toBe(expected);
  });

  test('short hosts resemble nothing by one letter, empty ones nothing at all', () => {
    expect(findResemblance('a.b', 'a.c')).toBeUndefined();
    expect(findResemblance('', 'a')).toBeUndefined();
    expect(findResemblance('a', '')).toBeUndefined();
    expect(findResemblance('sip1.example.com', 'www.other.org')).toBeUndefined();
  });
});
