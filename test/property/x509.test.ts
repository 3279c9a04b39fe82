/** Certificates and CRLs that are cut, changed or mixed up: parsed, or refused as malformed, and nothing else ever. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameKey } from '../../src/names/distinguished-name.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { parseCRL } from '../../src/x509/crl.js';
import { formatName, readName, type Name } from '../../src/x509/name.js';
import { DerReader } from '../../src/der/reader.js';
import { concat, implicit, integer, namedBits, oid, retag, sequence, set, utf8String } from '../support/der.js';
import {
  makeAuthorityKeyIdentifier,
  makeCRLDistributionPoints,
  makeCertificatePolicies,
  makeExtension,
  makeIssuerAltName,
} from '../support/extensions.js';
import { isWellFormed } from '../support/malformed.js';
import { makeGeneralName, makeName } from '../support/names.js';
import { makeCRL, makeCertificate, makeKeyPair } from '../support/pki.js';
import { touchCRL, touchCertificate, touchCryptography } from '../support/touch.js';

const key = makeKeyPair('p256', 'property');

/** One certificate with every extension of RFC 5280 and every form of a name. */
const rich = makeCertificate({
  subject: 'C=DE,O=Fly Example Ltd,OU=Größe+UID=7,CN=sip1.example.com',
  issuer: 'CN=Issuing CA 1,O=Fly Example Ltd',
  key,
  ca: true,
  pathLen: 1,
  extKeyUsage: ['serverAuth', 'clientAuth', '1.3.6.1.5.5.7.3.20'],
  san: [
    'sip1.example.com',
    'IP:192.0.2.1',
    'email:a@example.com',
    'URI:sip:example.com',
    'dirName:CN=a',
    'RID:1.2.3',
    'UPN:a@b',
  ],
  nameConstraints: { permitted: ['example.com', 'IP:10.0.0.0/8'], excluded: ['dirName:C=XX'] },
  authorityInfoAccess: { caIssuers: ['http://a/ca.cer'], ocsp: ['http://ocsp'] },
  aki: false,
  extensions: [
    makeAuthorityKeyIdentifier({
      keyIdentifier: key.keyIdentifier,
      authorityCertIssuer: ['dirName:CN=Root'],
      authorityCertSerialNumber: 5,
    }),
    makeIssuerAltName(['URI:http://a']),
    makeCertificatePolicies(['2.5.29.32.0', '1.2.3'], 'http://cps'),
    makeExtension('2.5.29.33', sequence(sequence(oid('1.2.3'), oid('1.2.4')))),
    makeExtension('2.5.29.36', sequence(retag(0x80, integer(0)), retag(0x81, integer(1)))),
    makeExtension('2.5.29.54', integer(2)),
    makeExtension('2.5.29.9', sequence(sequence(oid('1.2.3'), set(utf8String('a'))))),
    makeExtension(
      '2.5.29.31',
      sequence(
        sequence(
          retag(0xa0, sequence(retag(0xa0, sequence(makeGeneralName('URI:http://a/1.crl'))))),
          retag(0x81, namedBits([1, 8])),
          retag(0xa2, sequence(makeGeneralName('dirName:CN=CRL'))),
        ),
      ),
    ),
    makeCRLDistributionPoints(['URI:http://a/d.crl'], '2.5.29.46'),
    makeExtension(
      '1.3.6.1.5.5.7.1.11',
      sequence(sequence(oid('1.3.6.1.5.5.7.48.5'), implicit(6, Buffer.from('http://a')))),
    ),
    makeExtension('1.2.3.4.5', utf8String('unknown')),
  ],
});

const richCRL = makeCRL({
  issuer: 'CN=Issuing CA 1,O=Fly Example Ltd',
  issuerKey: key,
  deltaCRLIndicator: 3,
  issuingDistributionPoint: { fullName: ['URI:http://a/1.crl'], onlySomeReasons: [1, 2], indirectCRL: true },
  entries: [
    { serialNumber: 1 },
    { serialNumber: 2, reason: 'keyCompromise', invalidityDate: new Date('2025-01-01') },
    { serialNumber: 3, certificateIssuer: ['dirName:CN=Other'] },
  ],
  extensions: [makeCRLDistributionPoints(['URI:http://a/d.crl'], '2.5.29.46')],
});

const useCertificate = (der: Uint8Array): boolean =>
  isWellFormed(() => {
    touchCertificate(parseCertificate(der));
  });
const useCRL = (der: Uint8Array): boolean =>
  isWellFormed(() => {
    touchCRL(parseCRL(der));
  });

describe.each([
  ['certificate', rich, useCertificate],
  ['CRL', richCRL, useCRL],
])('a %s', (_, der, use) => {
  test('is sound as it was made', () => {
    expect(use(der)).toBe(true);
  });

  test('cut at any place is malformed', () => {
    for (let length = 0; length < der.length; length++) expect(use(der.subarray(0, length))).toBe(false);
  });

  test('without its beginning is malformed', () => {
    for (let start = 1; start <= der.length; start++) expect(use(der.subarray(start))).toBe(false);
  });

  test('with anything behind it is malformed', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), (rest) => !use(concat(der, rest))));
  });

  test('changed in any one byte is parsed or malformed', () => {
    let parsed = 0;
    const changed = Uint8Array.from(der);
    for (let at = 0; at < der.length; at++) {
      const octet = der[at] ?? 0;
      for (const other of [
        0x00,
        0x1f,
        0x30,
        0x7f,
        0x80,
        0x84,
        0xff,
        octet ^ 1,
        octet ^ 0x20,
        octet ^ 0x80,
        octet + 1,
      ]) {
        changed[at] = other;
        if (use(changed)) parsed++;
      }
      changed[at] = octet;
    }
    expect(parsed).toBeGreaterThan(der.length);
  });

  test('changed in several places, or patched together anew, is parsed or malformed', () => {
    const change = fc.tuple(fc.nat(der.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 2, maxLength: 8 }), (changes) => {
        const changed = Uint8Array.from(der);
        for (const [at, octet] of changes) changed[at] = octet;
        use(changed);
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(fc.nat(der.length), fc.nat(der.length), fc.nat(der.length), (a, b, c) => {
        use(concat(der.subarray(0, a), der.subarray(Math.min(b, c), Math.max(b, c)), der.subarray(a)));
        use(concat(der.subarray(0, Math.min(b, c)), der.subarray(Math.max(b, c))));
      }),
      { numRuns: 1_000 },
    );
  });

  test('of any bytes is malformed', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (any) => !use(any)));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (any) => !use(sequence(any))));
  });
});

test('key and signature of a changed certificate never throw', () => {
  fc.assert(
    fc.property(fc.nat(rich.length - 1), fc.nat(255), (at, octet) => {
      const changed = Uint8Array.from(rich);
      changed[at] = octet;
      isWellFormed(() => {
        touchCryptography(parseCertificate(changed));
      });
    }),
    { numRuns: 1_500 },
  );
});

describe('names', () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  const parse = (value: string): Name => readName(new DerReader(makeName([[{ type: 'CN', value }]])), 'name');
  const visible = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u;

  test('of any text are printed on one line without control or formatting characters', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(formatName(parse(value))).toMatch(visible);
      }),
      { numRuns: 1_000 },
    );
  });

  test('are printed so that two texts never look alike', () => {
    // What RFC 4514 writes with a backslash is undone here; the text must come back.
    const unescape = (shown: string): string =>
      Buffer.from(
        shown.replace(/\\([0-9a-f]{2})|\\(.)|([^\\])/gsu, (_, hex?: string, literal?: string, plain?: string) =>
          hex === undefined
            ? Buffer.from(literal ?? plain ?? '', 'utf8').toString('latin1')
            : String.fromCharCode(parseInt(hex, 16)),
        ),
        'latin1',
      ).toString('utf8');
    fc.assert(
      fc.property(text, (value) => {
        expect(unescape(formatName(parse(value)).slice('CN='.length))).toBe(value);
      }),
      { numRuns: 1_000 },
    );
  });

  test('have one key however they are written', () => {
    const words = fc.array(fc.stringMatching(/^[a-zA-Z0-9äöü]{1,6}$/), { minLength: 1, maxLength: 4 });
    const blanks = fc.stringMatching(/^ {1,3}$/);
    fc.assert(
      fc.property(words, blanks, (list, blank) => {
        const once = nameKey(parse(list.join(' ')));
        expect(nameKey(parse(list.join(blank).toUpperCase()))).toBe(once);
        expect(nameKey(parse(`${blank}${list.join(blank)}${blank}`))).toBe(once);
        expect(nameKey(parse(`${list.join(' ')} x`))).not.toBe(once);
      }),
    );
  });
});
