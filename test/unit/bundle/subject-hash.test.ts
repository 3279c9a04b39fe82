import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashName } from '../../../src/bundle/subject-hash.js';
import { parseCertificate } from '../../../src/x509/certificate.js';
import { parseCRL } from '../../../src/x509/crl.js';
import { bmpString, toPEM, tlv } from '../../support/der.js';
import type { Attribute, NameInput } from '../../support/names.js';
import { openssl, runOpenSSL } from '../../support/openssl.js';
import { issueCertificate, makeCRL, makeKeyPair } from '../../support/pki.js';

const systemStore = '/etc/ssl/certs';
const text = (tag: number, content: string, encoding: BufferEncoding = 'utf8'): Uint8Array =>
  tlv(tag, Buffer.from(content, encoding));
const cn = (value: string | Uint8Array): Attribute[][] => [[{ type: 'CN', value }]];

function make(subject: NameInput): Uint8Array {
  return issueCertificate(undefined, { subject, ca: true, key: makeKeyPair('p256', 'hash') }).certificate;
}

/** What openssl prints, or undefined where it cannot read the certificate. */
function askOpenSSL(der: Uint8Array): string | undefined {
  const { status, stdout } = runOpenSSL(['x509', '-noout', '-subject_hash'], { stdin: toPEM(der) });
  return status === 0 ? stdout.trim() : undefined;
}

function hashOf(der: Uint8Array): string | undefined {
  const hashed = hashName(parseCertificate(der).tbsCertificate.subject);
  return 'hash' in hashed ? hashed.hash : undefined;
}

const names: readonly [string, NameInput][] = [
  ['an ordinary name', 'CN=Example Root CA 1,O=Fly Example Ltd,C=DE'],
  ['upper and lower case', 'CN=eXAMPLE rOOT'],
  ['blanks around and runs of blanks', cn(text(0x0c, '  Example \t\r\n  Root\v\f CA  '))],
  ['nothing but blanks', cn(text(0x0c, ' \t '))],
  ['an empty string', cn(text(0x0c, ''))],
  ['a no-break space, which is no blank here', cn('\u00a0Example\u00a0 Root')],
  ['letters outside ASCII', cn('ÄÖÜ Straße ΑΒΓ İstanbul')],
  ['characters beyond the basic plane', cn('Root 🦊 CA')],
  ['a byte order mark in the text', cn('\ufeffRoot')],
  ['PrintableString', cn(text(0x13, 'Example Root'))],
  ['PrintableString with letters it does not allow', cn(text(0x13, 'Ex@mple \xfc', 'latin1'))],
  ['IA5String', cn(text(0x16, 'Admin@Example.COM'))],
  ['IA5String above 127', cn(text(0x16, 'B\xfcro', 'latin1'))],
  ['TeletexString', cn(text(0x14, 'B\xdcRO  GmbH', 'latin1'))],
  ['BMPString', cn(bmpString('Büro Root CA  Ω'))],
  ['UniversalString', cn(tlv(0x1c, Buffer.from('00000042000000fc00000052', 'hex')))],
  ['NumericString, which is copied', cn(text(0x12, '12  34'))],
  ['BIT STRING, which is copied', cn(tlv(0x03, Buffer.from('00ab', 'hex')))],
  ['a SEQUENCE for a value', cn(tlv(0x30, text(0x0c, 'Nested')))],
  [
    'attributes of one RDN whose order changes with their case',
    [
      [
        { type: 'CN', value: 'b' },
        { type: 'CN', value: 'A' },
        { type: 'O', value: 'Z' },
      ],
    ],
  ],
  ['several attributes in several RDNs', 'DC=Example,DC=COM,OU=a+CN=B,emailAddress=A@B.C'],
  ['an attribute type that nobody knows', [[{ type: '1.3.6.1.4.1.99999.7', value: 'Some Value' }]]],
  ['a name of 3000 characters', cn('Long '.repeat(600))],
  ['the empty name', new Uint8Array([0x30, 0x00])],
  ['a lone surrogate in a BMPString', cn(tlv(0x1e, Buffer.from('d83e', 'hex')))],
  ['a surrogate pair in a BMPString', cn(bmpString('🦊'))],
  ['a BMPString of an odd length', cn(tlv(0x1e, Buffer.from('004100', 'hex')))],
  ['a UniversalString beyond Unicode', cn(tlv(0x1c, Buffer.from('00110000', 'hex')))],
  ['a UniversalString of an odd length', cn(tlv(0x1c, Buffer.from('0000004100', 'hex')))],
  ['a UTF8String that is Latin-1', cn(text(0x0c, 'B\xfcro', 'latin1'))],
  ['a UTF8String with an overlong form', cn(tlv(0x0c, Buffer.from('c1a1', 'hex')))],
  ['a UTF8String with a surrogate', cn(tlv(0x0c, Buffer.from('eda0be', 'hex')))],
];

describe('hashName', () => {
  it.skipIf(!openssl.installed).each(names)(
    `has what openssl x509 -subject_hash has for %s${openssl.skipReason}`,
    (_, name) => {
      const der = make(name);
      expect(hashOf(der)).toBe(askOpenSSL(der));
    },
  );

  it('gives the hash of a name that is known', () => {
    // ISRG Root X1, under which every machine has 4042bcee.0.
    const name = [
      [{ type: 'C', value: text(0x13, 'US') }],
      [{ type: 'O', value: text(0x13, 'Internet Security Research Group') }],
      [{ type: 'CN', value: text(0x13, 'ISRG Root X1') }],
    ];
    expect(hashOf(make(name))).toBe('4042bcee');
  });

  it('says why OpenSSL cannot read a name', () => {
    const { tbsCertificate } = parseCertificate(make(cn(tlv(0x1e, Buffer.from('004100', 'hex')))));
    expect(hashName(tbsCertificate.subject)).toEqual({ detail: 'a string of 3 bytes with 2 bytes a character' });
  });

  const noStore = existsSync(systemStore) ? openssl.skipReason : ` (skipped: no ${systemStore} here)`;
  it.skipIf(noStore !== '')(`names every certificate of ${systemStore} as its links do${noStore}`, () => {
    const links = readdirSync(systemStore).filter((name) => /^[0-9a-f]{8}\.\d+$/.test(name));
    expect(links.length).toBeGreaterThan(50);
    for (const link of links) {
      const pem = readFileSync(join(systemStore, link), 'latin1');
      const body = /-----BEGIN CERTIFICATE-----([^-]*)-----END/.exec(pem)?.[1] ?? '';
      expect(`${hashOf(Buffer.from(body, 'base64')) ?? ''} ${link}`).toBe(`${link.slice(0, 8)} ${link}`);
    }
  });

  it.skipIf(!openssl.installed)(`hashes the issuer of a CRL as openssl crl -hash does${openssl.skipReason}`, () => {
    const key = makeKeyPair('p256', 'hash');
    const der = makeCRL({ issuer: 'CN=Example  Issuing CA,O=Fly', issuerKey: key });
    const { stdout } = runOpenSSL(['crl', '-noout', '-hash'], { stdin: toPEM(der, 'X509 CRL') });
    expect(hashName(parseCRL(der).tbsCertList.issuer)).toEqual({ hash: stdout.trim() });
  });
});
