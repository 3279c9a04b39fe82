/** How extensions are found, decoded once, and refused with the offset in the whole certificate. */
import { describe, expect, test, vi } from 'vitest';
import { DerReader } from '../../../src/der/reader.js';
import { toHex } from '../../../src/der/values.js';
import { parseCertificate } from '../../../src/x509/certificate.js';
import { Extensions, readExtensions, readOptionalExtensions } from '../../../src/x509/extensions.js';
import { basicConstraints } from '../../../src/x509/extensions/basic-constraints.js';
import {
  certificateExtensions,
  crlEntryExtensions,
  crlExtensions,
  findMalformedExtensions,
} from '../../../src/x509/extensions/known-extensions.js';
import { keyUsage } from '../../../src/x509/extensions/key-usage.js';
import { fromHex, integer, nullValue, octetString, sequence, toPEM } from '../../support/der.js';
import { makeBasicConstraints, makeExtension, makeKeyUsage } from '../../support/extensions.js';
import { catchMalformed } from '../../support/malformed.js';
import { openssl, runOpenSSL } from '../../support/openssl.js';
import { issueCertificate, makeCertificate, makeKeyPair } from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';

const read = (...extensions: readonly Uint8Array[]): Extensions =>
  readExtensions(new DerReader(sequence(...extensions)));

describe('Extensions', () => {
  test('keep their order, OIDs, critical flags and values', () => {
    const { list } = read(makeExtension('1.2.3', nullValue(), true), makeExtension('1.2.4', octetString()));
    expect(list.map(({ extnID, critical, extnValue }) => [extnID, critical, toHex(extnValue)])).toEqual([
      ['1.2.3', true, '0500'],
      ['1.2.4', false, '0400'],
    ]);
  });

  test('are found by OID or not at all', () => {
    const extensions = read(makeBasicConstraints(true));
    expect(extensions.has(basicConstraints)).toBe(true);
    expect(extensions.has(keyUsage)).toBe(false);
    expect(extensions.get(keyUsage)).toBeUndefined();
    expect(extensions.find('2.5.29.19')?.critical).toBe(true);
    expect(extensions.find('2.5.29.15')).toBeUndefined();
    expect(Extensions.none.get(basicConstraints)).toBeUndefined();
  });

  test('are decoded once', () => {
    const decode = vi.fn(() => undefined);
    const extensions = read(makeExtension('1.2.3', nullValue()));
    const type = { extnID: '1.2.3', name: 'test', decode };
    extensions.get(type);
    extensions.get(type);
    expect(decode).toHaveBeenCalledTimes(1);
  });

  test('give the first where one stands twice', () => {
    expect(read(makeBasicConstraints(true), makeBasicConstraints(false)).get(basicConstraints)?.cA).toBe(true);
  });

  test('may be absent as a whole', () => {
    expect(readOptionalExtensions(new DerReader(nullValue()), 3)).toBe(Extensions.none);
  });

  test('pass on an error that is not about the input', () => {
    const type = {
      extnID: '1.2.3',
      name: 'test',
      decode: (): never => {
        throw new TypeError('a bug');
      },
    };
    const extensions = read(makeExtension('1.2.3', nullValue()));
    expect(() => {
      extensions.get(type);
    }).toThrow(TypeError);
    expect(() => findMalformedExtensions(extensions, [type])).toThrow(TypeError);
  });
});

const certificateWith = (...extensions: readonly Uint8Array[]): Uint8Array =>
  makeCertificate({ subject: 'CN=leaf', key: makeKeyPair('p256', 'extensions'), ski: false, extensions });

describe('a malformed extension', () => {
  const malformed = makeExtension('2.5.29.19', sequence(integer(-5)));
  const der = certificateWith(makeKeyUsage(['cRLSign']), malformed);

  test('lets the certificate be read and throws when it is asked for', () => {
    const { extensions } = parseCertificate(der).tbsCertificate;
    expect(extensions.get(keyUsage)).toEqual(new Set(['cRLSign']));
    expect(catchMalformed(() => extensions.get(basicConstraints))).toMatchObject({
      code: 'der/bad-value',
      offset: Buffer.from(der).indexOf(integer(-5)),
      detail: 'basicConstraints: a number outside 0 to 2147483647',
    });
  });

  test('throws each time', () => {
    const { extensions } = parseCertificate(der).tbsCertificate;
    catchMalformed(() => extensions.get(basicConstraints));
    catchMalformed(() => extensions.get(basicConstraints));
  });

  test('is found by findMalformedExtensions, and the good ones are not', () => {
    const { extensions } = parseCertificate(der).tbsCertificate;
    const errors = findMalformedExtensions(extensions, certificateExtensions);
    expect(errors.map(({ detail }) => detail)).toEqual(['basicConstraints: a number outside 0 to 2147483647']);
  });

  test('of a kind that is not known is nobody else’s business', () => {
    const { extensions } = parseCertificate(certificateWith(makeExtension('1.2.3', fromHex('ff')))).tbsCertificate;
    expect(findMalformedExtensions(extensions, certificateExtensions)).toEqual([]);
  });
});

describe('an extension that stands twice', () => {
  test.each([
    ['keyUsage', makeKeyUsage(['cRLSign']), 'keyUsage stands more than once'],
    ['an unknown one', makeExtension('1.2.3', nullValue()), '1.2.3 stands more than once'],
  ])('is malformed at its second place: %s', (_, extension, detail) => {
    const der = certificateWith(extension, extension);
    const { extensions } = parseCertificate(der).tbsCertificate;
    const [first, second] = extensions.list;
    expect(first?.extnID).toBe(second?.extnID);
    const errors = findMalformedExtensions(extensions, certificateExtensions);
    expect(errors).toMatchObject([{ code: 'der/bad-value', offset: second?.offset, detail }]);
  });

  test.skipIf(!openssl.installed)(`is refused by OpenSSL too where OpenSSL knows it${openssl.skipReason}`, () => {
    const scratch = makeScratch();
    const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
    const verify = (extensions: readonly Uint8Array[]): number | null => {
      const { certificate } = issueCertificate(root, { subject: 'CN=leaf', extensions });
      const rootFile = scratch.write('root.pem', toPEM(root.certificate));
      return runOpenSSL(['verify', '-CAfile', rootFile, scratch.write('leaf.pem', toPEM(certificate))]).status;
    };
    const usage = makeKeyUsage(['digitalSignature']);
    expect(verify([usage])).toBe(0);
    expect(verify([usage, usage])).not.toBe(0);
  });
});

test.each([
  ['certificates', certificateExtensions],
  ['CRLs', crlExtensions],
  ['CRL entries', crlEntryExtensions],
])('no extension of %s is listed twice', (_, known) => {
  expect(new Set(known.map(({ extnID }) => extnID)).size).toBe(known.length);
  expect(new Set(known.map(({ name }) => name)).size).toBe(known.length);
});
