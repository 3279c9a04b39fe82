import { describe, expect, it } from 'vitest';
import {
  matchDirectoryName,
  matchDNSName,
  matchIPAddress,
  matchRFC822Name,
  matchSubtree,
  matchURI,
} from '../../../src/names/name-constraint-matching.js';
import { DerReader } from '../../../src/der/reader.js';
import { readName, type Name } from '../../../src/x509/name.js';
import { conformance, readConformanceJSON } from '../../support/conformance.js';
import { makeAddress, makeName } from '../../support/names.js';

const asName = (text: string): Name => readName(new DerReader(makeName(text)), 'name');

interface Row {
  readonly kind: 'dns' | 'ip';
  readonly table: 'PRESENTED_MATCHES_CONSTRAINT' | 'WILDCARD_CONSTRAINT_CONTAINMENT' | 'WILDCARD_EXCLUDED_INTERSECTION';
  readonly presented: string;
  readonly constraint: string;
  readonly result: boolean | string;
}
const rows = conformance.available
  ? (readConformanceJSON('hostnames/name-constraint-matching.json') as { readonly rows: readonly Row[] }).rows
  : [];
const verdicts: Readonly<Record<string, string>> = {
  true: 'inside',
  false: 'outside',
  'error:MalformedDnsIdentifier': 'malformed-name',
  'error:MalformedNameConstraint': 'malformed-subtree',
  'error:InvalidNetworkMaskConstraint': 'malformed-subtree',
};

describe(`the rows of mozilla::pkix and webpki${conformance.reason}`, () => {
  it.skipIf(!conformance.available)('are 40', () => {
    expect(rows).toHaveLength(40);
  });

  it.each(rows)('$table: $presented in "$constraint" is $result', ({ kind, table, presented, constraint, result }) => {
    const rule = table === 'WILDCARD_EXCLUDED_INTERSECTION' ? 'excluded' : 'permitted';
    const verdict =
      kind === 'dns'
        ? matchDNSName(presented, constraint, rule)
        : matchIPAddress(makeAddress(presented), makeAddress(constraint));
    expect(verdict).toBe(verdicts[String(result)]);
  });
});

describe('dNSName', () => {
  it.each([
    ['www.host.example.com', 'host.example.com', 'inside'],
    ['host1.example.com', 'host.example.com', 'outside'],
    ['host.example.com', 'host.example.com', 'inside'],
    ['example.com', 'host.example.com', 'outside'],
    ['a.example.com', '.example.com', 'inside'],
    ['example.com', '.example.com', 'outside'],
    ['*.example.com', '.example.com', 'inside'],
    ['foo_bar.example.com', 'example.com', 'inside'],
    ['.example.com', 'example.com', 'malformed-name'],
    ['a..example.com', 'example.com', 'malformed-name'],
    ['a.*.example.com', 'example.com', 'malformed-name'],
    ['*', '', 'malformed-name'],
    ['', '', 'malformed-name'],
    ['exa mple.com', 'com', 'malformed-name'],
    ['example.com\0.evil.org', 'evil.org', 'malformed-name'],
    [`${'a'.repeat(64)}.example.com`, 'example.com', 'malformed-name'],
    ['example.com', '*.example.com', 'malformed-subtree'],
    ['example.com', 'example.com.', 'malformed-subtree'],
    ['example.com', 'example..com', 'malformed-subtree'],
  ])('%s permitted in "%s" is %s', (presented, constraint, verdict) => {
    expect(matchDNSName(presented, constraint, 'permitted')).toBe(verdict);
  });

  it.each([
    ['*.example.com', 'bar.example.com', 'inside'],
    ['*.example.com', 'a.bar.example.com', 'outside'],
    ['*.example.com', '.bar.example.com', 'outside'],
    ['*.example.com', 'example.com', 'inside'],
    ['*.com', 'com', 'inside'],
    ['*.example.com', 'bar.example.org', 'outside'],
  ])('the wildcard %s excluded by "%s" is %s', (presented, constraint, verdict) => {
    expect(matchDNSName(presented, constraint, 'excluded')).toBe(verdict);
  });

  it('a Kelvin sign is no k', () => {
    expect(matchDNSName('\u212aelvin.example', 'kelvin.example', 'permitted')).toBe('malformed-name');
  });
});

describe('rfc822Name', () => {
  it.each([
    ['root@example.com', 'root@example.com', 'inside'],
    ['root@EXAMPLE.com', 'root@example.COM', 'inside'],
    ['Root@example.com', 'root@example.com', 'outside'],
    ['root@example.com', 'example.com', 'inside'],
    ['root@mail.example.com', 'example.com', 'outside'],
    ['root@mail.example.com', '.example.com', 'inside'],
    ['root@example.com', '.example.com', 'outside'],
    ['*@example.com', '*@example.com', 'inside'],
    ['*@example.com', '**@example.com', 'outside'],
    ['"a b"@example.com', '"a b"@example.com', 'inside'],
    ['"a@evil.org"@example.com', 'example.com', 'inside'],
    ['"a@evil.org"@example.com', 'evil.org', 'outside'],
    ['a@b@example.com', 'example.com', 'malformed-name'],
    ['example.com', 'example.com', 'malformed-name'],
    ['@example.com', 'example.com', 'malformed-name'],
    ['root@', 'example.com', 'malformed-name'],
    ['root@example.com\n', 'example.com', 'malformed-name'],
    ['example@example.com', 'invalid@invalid@example.com', 'malformed-subtree'],
    ['root@example.com', '@example.com', 'malformed-subtree'],
    ['root@example.com', '*.example.com', 'malformed-subtree'],
    ['root@example.com', '', 'outside'],
  ])('%s permitted in "%s" is %s', (presented, constraint, verdict) => {
    expect(matchRFC822Name(presented, constraint, 'permitted')).toBe(verdict);
  });

  it('the empty constraint excludes every mailbox', () => {
    expect(matchRFC822Name('root@example.com', '', 'excluded')).toBe('inside');
  });
});

describe('uniformResourceIdentifier', () => {
  it.each([
    ['http://host.example.com/path', 'host.example.com', 'inside'],
    ['http://HOST.example.com', 'host.EXAMPLE.com', 'inside'],
    ['http://my.host.example.com/', 'host.example.com', 'outside'],
    ['http://my.host.example.com:8080/', '.example.com', 'inside'],
    ['http://example.com/', '.example.com', 'outside'],
    ['ldap://user:pass@host.example.com:389/x?y#z', 'host.example.com', 'inside'],
    ['http://evil.org@host.example.com/', 'evil.org', 'outside'],
    ['http://host.example.com?x=@evil.org', 'host.example.com', 'inside'],
    ['sip:alice@example.com', 'example.com', 'malformed-name'],
    ['urn:uuid:1', 'example.com', 'malformed-name'],
    ['http://192.0.2.1/', 'example.com', 'malformed-name'],
    ['http://[2001:db8::1]/', 'example.com', 'malformed-name'],
    ['http:///path', 'example.com', 'malformed-name'],
    ['http://host.example.com/', 'http://host.example.com/', 'malformed-subtree'],
  ])('%s permitted in "%s" is %s', (presented, constraint, verdict) => {
    expect(matchURI(presented, constraint, 'permitted')).toBe(verdict);
  });
});

describe('iPAddress', () => {
  it.each([
    ['192.0.2.1', '192.0.2.0/24', 'inside'],
    ['192.0.3.1', '192.0.2.0/24', 'outside'],
    ['2001:db8::1', '2001:db8::/32', 'inside'],
    ['2001:db9::1', '2001:db8::/32', 'outside'],
    ['192.0.2.0/24', '192.0.2.0/24', 'malformed-name'],
    ['192.0.2.1', '192.0.2.0', 'malformed-subtree'],
    ['192.0.2.1', '2001:db8::', 'malformed-subtree'],
  ])('%s in %s is %s', (presented, constraint, verdict) => {
    expect(matchIPAddress(makeAddress(presented), makeAddress(constraint))).toBe(verdict);
  });
});

describe('directoryName', () => {
  it.each([
    ['C=DE,O=Fly,CN=a', 'C=DE,O=Fly', 'inside'],
    ['C=DE,O=Fly', 'C=DE,O=Fly', 'inside'],
    ['C=DE,O=fly  EXAMPLE,CN=a', 'C=DE,O=Fly Example', 'inside'],
    ['C=DE,O=Flyer,CN=a', 'C=DE,O=Fly', 'outside'],
    ['C=DE', 'C=DE,O=Fly', 'outside'],
    ['O=Fly,C=DE', 'C=DE,O=Fly', 'outside'],
    ['O=x\\,CN=a', 'O=x', 'outside'],
    ['O=Fly+OU=Test,CN=a', 'O=Fly', 'outside'],
  ])('%s in %s is %s', (presented, constraint, verdict) => {
    expect(matchDirectoryName(asName(presented), asName(constraint))).toBe(verdict);
  });

  it('the empty name holds every name', () => {
    expect(matchDirectoryName(asName('CN=a'), asName(''))).toBe('inside');
  });
});

it('no verdict is guessed for forms that RFC 5280 gives no rule for', () => {
  const registered = { type: 'registeredID', value: '1.2.3' } as const;
  const other = { type: 'otherName', typeID: '1.2.3', value: new Uint8Array(0) } as const;
  expect(matchSubtree(registered, registered, 'permitted')).toBe('unsupported');
  expect(matchSubtree(other, other, 'excluded')).toBe('unsupported');
});
