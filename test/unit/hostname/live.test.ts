/** Common names in every string type, and names with a NUL, held against OpenSSL and Java. */
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { matchHost } from '../../../src/hostname/match-host.js';
import { presentedIdentity } from '../../../src/hostname/presented-identity.js';
import { parseCertificate } from '../../../src/x509/certificate.js';
import {
  bmpString,
  ia5String,
  printableString,
  teletexString,
  universalString,
  utf8String,
} from '../../support/der.js';
import { makeNamedCertificate, type NamesInput } from '../../support/host-case.js';
import { askJava, javaSkipReason } from '../../support/java-host-check.js';

const cases: readonly [string, NamesInput, string, boolean][] = [
  ['BMPString', { sans: [], commonNames: [bmpString('sip1.example.com')] }, 'sip1.example.com', true],
  ['UniversalString', { sans: [], commonNames: [universalString('sip1.example.com')] }, 'sip1.example.com', true],
  ['PrintableString', { sans: [], commonNames: [printableString('sip1.example.com')] }, 'SIP1.example.com', true],
  ['IA5String', { sans: [], commonNames: [ia5String('sip1.example.com')] }, 'sip1.example.com', true],
  ['TeletexString', { sans: [], commonNames: [teletexString('sip1.example.com')] }, 'sip1.example.com', true],
  ['two CNs, the first', { sans: [], commonNames: [bmpString('a.com'), utf8String('b.com')] }, 'a.com', true],
  ['two CNs, the last', { sans: [], commonNames: [bmpString('a.com'), utf8String('b.com')] }, 'b.com', true],
  ['a NUL in a UTF8String', { sans: [], commonNames: ['a.com\0.evil.com'] }, 'a.com', false],
  ['a NUL in a BMPString', { sans: [], commonNames: [bmpString('a.com\0')] }, 'a.com', false],
  ['a NUL in a SAN', { sans: [{ type: 'dns', value: 'a.com\0.evil.com' }], commonNames: [] }, 'a.com', false],
  ['a SAN of a URI', { sans: [{ type: 'uri', value: 'sip:x.com' }], commonNames: ['a.com'] }, 'a.com', false],
];
const answer = (names: NamesInput, host: string, profile: 'security-pack' | 'openssl' | 'java'): boolean =>
  matchHost(presentedIdentity(parseCertificate(makeNamedCertificate(names))), host, { profile }).matched;

/** Entries beside a dNSName that is asked for: Java drops the SAN where it cannot read one of them. */
const uris = [
  ...['sip:fly.example.com', 'sip:5000@fly.example.com;x=%20', 'sips:a:b@c', 'https://a.com/', 'http://a.com:8080/x?y'],
  ...[
    'http://user@a.com',
    'http://a_b.com/',
    'http://-a.com/',
    'http://a..b/',
    'http://*.b.com/',
    'file:/x',
    'urn:a:b',
  ],
  ...['http://a.b./', 'http://a.b.:80', 'http://a.b.', 'http://[::1/', 'http://[::1]/', 'http://a[b/', 'http://a b/'],
  ...['sip:a#b#c', 'sip:a#b', 'sip:a b', 'http:', 'http://', 'http:///x', 'http://a.com:x/', 'nonsense', '', 'a/b:c'],
  ...['http://user@a.com./', 'http://a@b@c.com/', 'http://1.2.3.400/', 'http://a.1/', 'x:%zz', 'x:%41', 'x:"', '1x:y'],
  ...['http://a.com/[', 'http://a.com|b/', 'http://a.com?[', 'http://?x', 'http://:80/', 'x:?', 'x:/', 'x:\\'],
];

describe('string types and NUL', () => {
  test.each(cases)('%s: the Security Pack', (_, names, host, expected) => {
    expect(answer(names, host, 'security-pack')).toBe(expected);
  });

  test.each(cases)('%s: as OpenSSL', (_, names, host) => {
    const oracle = new X509Certificate(makeNamedCertificate(names)).checkHost(host) !== undefined;
    expect(answer(names, host, 'openssl')).toBe(oracle);
  });

  test.skipIf(javaSkipReason !== '')(`all of them: as Java, which reads no UniversalString${javaSkipReason}`, () => {
    const readable = cases.filter(([kind]) => kind !== 'UniversalString');
    const answers = askJava(readable.map(([, names, host]) => ({ host, certificate: makeNamedCertificate(names) })));
    expect(readable.map(([kind, names, host]) => [kind, answer(names, host, 'java') ? 'match' : 'no-match'])).toEqual(
      readable.map(([kind], at) => [kind, answers[at]]),
    );
  });

  test.skipIf(javaSkipReason !== '')(
    `a URI beside the name never makes a match that Java has not${javaSkipReason}`,
    () => {
      const asked = uris.map((value) => {
        const sans = [
          { type: 'uri', value },
          { type: 'dns', value: 'a.com' },
        ];
        return { value, names: { sans, commonNames: ['b.com'] } };
      });
      for (const host of ['a.com', 'b.com']) {
        const answers = askJava(asked.map(({ names }) => ({ host, certificate: makeNamedCertificate(names) })));
        const wrong = asked.filter(({ names }, at) => answer(names, host, 'java') && answers[at] !== 'match');
        expect(wrong.map(({ value }) => value)).toEqual([]);
      }
      const missed = asked.filter(({ names }) => !answer(names, 'a.com', 'java')).map(({ value }) => value);
      expect(missed).not.toContain('sip:fly.example.com');
      expect(missed).not.toContain('https://a.com/');
    },
  );

  test.skipIf(javaSkipReason !== '')(
    `an address of the wrong length makes Java look at the CN${javaSkipReason}`,
    () => {
      const names = {
        sans: [
          { type: 'rawip', value: '0a000001ff' },
          { type: 'dns', value: 'a.com' },
        ],
        commonNames: ['b.com'],
      };
      const certificate = makeNamedCertificate(names);
      expect(
        askJava([
          { host: 'a.com', certificate },
          { host: 'b.com', certificate },
        ]),
      ).toEqual(['no-match', 'match']);
      // The CN is not taken here: what Java does with a damaged SAN is nothing to rely on.
      expect([answer(names, 'a.com', 'java'), answer(names, 'b.com', 'java')]).toEqual([false, false]);
    },
  );
});
