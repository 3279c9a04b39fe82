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
});
