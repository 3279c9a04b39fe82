import { describe, expect, test } from 'vitest';
import { MalformedInputError } from '../../../src/finding/malformed-input.js';
import { matchHost } from '../../../src/hostname/match-host.js';
import { presentedIdentity } from '../../../src/hostname/presented-identity.js';
import {
  bmpString,
  implicit,
  integer,
  octetString,
  sequence,
  teletexString,
  tlv,
  universalString,
  utf8String,
} from '../../support/der.js';
import { makeExtension, makeSubjectAltName } from '../../support/extensions.js';
import { makeCertificate, makeKeyPair, type CertificateOptions } from '../../support/pki.js';
import { asCertificate } from '../../support/parsed.js';

const key = makeKeyPair('p256');
const identityOf = (options: Omit<CertificateOptions, 'key'>) =>
  presentedIdentity(asCertificate(makeCertificate({ key, ...options })));

describe('presented identity', () => {
  test('every kind of entry comes out with its type, in order', () => {
    const { subjectAltNames } = identityOf({
      subject: 'CN=x',
      san: [
        'sip1.example.com',
        'IP:10.0.0.1',
        'IP:2001:db8::1',
        'email:a@example.com',
        'URI:sip:example.com',
        'dirName:CN=y,O=Fly',
        'RID:1.2.3.4',
        'UPN:a@b',
      ],
    });
    expect(subjectAltNames?.map(({ type, value }) => [type, value])).toEqual([
      ['dns', 'sip1.example.com'],
      ['ip', '10.0.0.1'],
      ['ip', '2001:db8::1'],
      ['email', 'a@example.com'],
      ['uri', 'sip:example.com'],
      ['other', 'O=Fly,CN=y'],
      ['other', '1.2.3.4'],
      ['other', '1.3.6.1.4.1.311.20.2.3:0c03614062'],
    ]);
    expect(subjectAltNames?.map(({ form }) => form)).toEqual([
      'dNSName',
      'iPAddress',
      'iPAddress',
      'rfc822Name',
      'uniformResourceIdentifier',
      'directoryName',
      'registeredID',
      'otherName',
    ]);
  });

  test('x400Address and ediPartyName come out as their DER', () => {
    const { subjectAltNames } = identityOf({ subject: 'CN=x', san: [tlv(0xa3), tlv(0xa5)] });
    expect(subjectAltNames?.map(({ type, value }) => [type, value])).toEqual([
      ['other', '#a300'],
      ['other', '#a500'],
    ]);
  });

  test('without the extension the entries are undefined', () => {
    expect(identityOf({ subject: 'CN=a.com' }).subjectAltNames).toBeUndefined();
  });

  test('NUL, blanks and octets outside ASCII stay what they are', () => {
    const { subjectAltNames } = identityOf({
      subject: 'CN=x',
      san: ['a.com\0.evil.com', ' b.com', tlv(0x82, Buffer.from('bücher.de'))],
    });
    expect(subjectAltNames?.map(({ value }) => value)).toEqual(['a.com\0.evil.com', ' b.com', 'b\xc3\xbccher.de']);
  });

  test('an address of the wrong length is no address', () => {
    const { subjectAltNames } = identityOf({ subject: 'CN=x', san: [implicit(7, Uint8Array.of(10, 0, 0, 1, 255))] });
    expect(subjectAltNames).toEqual([{ type: 'ip', value: '#0a000001ff', form: 'iPAddress' }]);
  });

  test('common names of every string type are decoded, several in their order', () => {
    const { commonNames } = identityOf({
      subject: [
        [{ type: 'CN', value: bmpString('bücher.example') }],
        [
          { type: 'CN', value: utf8String('γ.example') },
          { type: 'O', value: 'Fly' },
        ],
        [{ type: 'CN', value: teletexString('é.example') }],
        [{ type: 'CN', value: universalString('u.example') }],
        [{ type: 'CN', value: octetString(Uint8Array.of(1, 2)) }],
      ],
    });
    expect(commonNames).toEqual(['bücher.example', 'γ.example', 'é.example', 'u.example', '#0102']);
  });

  test('findings point at the certificate', () => {
    const identity = identityOf({ subject: 'CN=x', san: ['a.com'] });
    expect(identity.origin).toEqual({ file: 'test.pem', line: 1 });
    const { findings } = matchHost(identity, 'b.org');
    expect(findings[0]?.origin).toEqual({ file: 'test.pem', line: 1 });
    expect(findings[0]?.subject).toEqual({ kind: 'name', name: 'b.org' });
  });

  test('a malformed or a second subjectAltName extension is an error, not a certificate without names', () => {
    const malformed = makeExtension('2.5.29.17', sequence(integer(1)));
    expect(() => identityOf({ subject: 'CN=a.com', extensions: [malformed] })).toThrow(MalformedInputError);
    const second = makeSubjectAltName(['b.com']);
    expect(() => identityOf({ subject: 'CN=a.com', san: ['a.com'], extensions: [second] })).toThrow(
      /second subjectAltName/,
    );
  });
});
