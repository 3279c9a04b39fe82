/** Certificates: every field as it was written, and where a malformed one is refused. */
import { describe, expect, test } from 'vitest';
import { toHex } from '../../../src/der/values.js';
import { equalAlgorithms } from '../../../src/x509/algorithm-identifier.js';
import { equalCertificates, formatSerialNumber, parseCertificate, subjectOf } from '../../../src/x509/certificate.js';
import { formatName, isEmptyName } from '../../../src/x509/name.js';
import {
  bitString,
  boolean,
  concat,
  explicit,
  fromHex,
  generalizedTime,
  implicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  utcTime,
} from '../../support/der.js';
import { makeBasicConstraints } from '../../support/extensions.js';
import { makeName } from '../../support/names.js';
import { catchMalformed } from '../../support/malformed.js';
import { issueCertificate, makeCertificate, makeKeyPair, type CertificateOptions } from '../../support/pki.js';

const key = makeKeyPair('p256', 'certificate');
const make = (options: Partial<CertificateOptions> = {}): Uint8Array =>
  makeCertificate({ subject: 'CN=leaf.example.com', key, ...options });
const parse = (options: Partial<CertificateOptions> = {}): ReturnType<typeof parseCertificate> =>
  parseCertificate(make(options));

/** The parts of a tbsCertificate, each of which may be replaced or left out (null). */
interface Parts {
  readonly version?: Uint8Array | null;
  readonly serialNumber?: Uint8Array;
  readonly signature?: Uint8Array;
  readonly issuer?: Uint8Array;
  readonly validity?: Uint8Array;
  readonly subject?: Uint8Array;
  readonly key?: Uint8Array;
  readonly rest?: readonly Uint8Array[];
  readonly signatureAlgorithm?: Uint8Array;
  readonly signatureValue?: Uint8Array;
  readonly afterSignature?: Uint8Array;
}

const algorithm = sequence(oid('1.2.840.10045.4.3.2'));

/** An unsigned certificate of exactly these parts. */
function compose(parts: Parts = {}): Uint8Array {
  const { version = explicit(0, integer(2)), rest = [] } = parts;
  const tbs = sequence(
    ...(version ? [version] : []),
    parts.serialNumber ?? integer(1),
    parts.signature ?? algorithm,
    parts.issuer ?? makeName('CN=I'),
    parts.validity ?? sequence(utcTime(new Date('2025-01-01')), utcTime(new Date('2026-01-01'))),
    parts.subject ?? makeName('CN=S'),
    parts.key ?? key.spki,
    ...rest,
  );
  return sequence(
    tbs,
    parts.signatureAlgorithm ?? algorithm,
    parts.signatureValue ?? bitString(Uint8Array.of(1, 2, 3)),
    ...(parts.afterSignature ? [parts.afterSignature] : []),
  );
}

/** Where a part stands in a composed certificate. */
function offsetOf(der: Uint8Array, part: Uint8Array): number {
  const at = Buffer.from(der).indexOf(part);
  expect(at).toBeGreaterThan(0);
  return at;
}

describe('parseCertificate', () => {
  test('gives every field and keeps the bytes it was given', () => {
    const issuer = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
    const { certificate: der } = issueCertificate(issuer, {
      subject: 'CN=leaf.example.com,O=Fly',
      key,
      serialNumber: 0x1234,
      notBefore: new Date('2025-02-03T04:05:06Z'),
      notAfter: new Date('2055-02-03T04:05:06Z'),
    });
    const certificate = parseCertificate(der, { file: 'a.pem', line: 7 });
    const { tbsCertificate } = certificate;
    expect(certificate.der).toBe(der);
    expect(certificate.origin).toEqual({ file: 'a.pem', line: 7 });
    expect(tbsCertificate.version).toBe(3);
    expect(toHex(tbsCertificate.serialNumber)).toBe('1234');
    expect(formatName(tbsCertificate.issuer)).toBe('CN=Root');
    expect(formatName(tbsCertificate.subject)).toBe('O=Fly,CN=leaf.example.com');
    expect(tbsCertificate.validity.notBefore.toISOString()).toBe('2025-02-03T04:05:06.000Z');
    expect(tbsCertificate.validity.notAfter.toISOString()).toBe('2055-02-03T04:05:06.000Z');
    expect(Buffer.compare(tbsCertificate.subjectPublicKeyInfo.bytes, key.spki)).toBe(0);
    expect(tbsCertificate.subjectPublicKeyInfo.algorithm.algorithm).toBe('1.2.840.10045.2.1');
    expect(tbsCertificate.signature.algorithm).toBe('1.2.840.10045.4.3.2');
    expect(certificate.signatureAlgorithm.parameters).toBeUndefined();
    expect(equalAlgorithms(tbsCertificate.signature, certificate.signatureAlgorithm)).toBe(true);
    expect(certificate.signatureValue.unusedBits).toBe(0);
    expect(tbsCertificate.issuerUniqueID).toBeUndefined();
    expect(tbsCertificate.bytes.buffer).toBe(der.buffer);
    expect(subjectOf(certificate)).toEqual({ kind: 'certificate', name: 'CN=leaf.example.com' });
  });

  test('has no origin unless given', () => {
    expect(parse()).not.toHaveProperty('origin');
  });

  test('reads a certificate that is a view into a larger buffer', () => {
    const der = make();
    const view = concat(Uint8Array.of(1, 2, 3), der, Uint8Array.of(4)).subarray(3, 3 + der.length);
    expect(equalCertificates(parseCertificate(view), parseCertificate(der))).toBe(true);
    expect(equalCertificates(parseCertificate(view), parse({ serialNumber: 99 }))).toBe(false);
  });

  test('tells where the error was read', () => {
    const error = catchMalformed(() => parseCertificate(make().subarray(0, 50), { file: 'cut.der' }));
    expect(error).toMatchObject({ code: 'der/truncated', offset: 0, origin: { file: 'cut.der' } });
  });

  test.each([
    [1, 1],
    [2, 2],
    [3, 3],
  ])('counts version %i as people do', (version, expected) => {
    expect(parse({ version }).tbsCertificate.version).toBe(expected);
  });

  test('reads version 1 written out, which DER would leave away, and versions that do not exist', () => {
    expect(parseCertificate(compose({ version: explicit(0, integer(0)) })).tbsCertificate.version).toBe(1);
    expect(parseCertificate(compose({ version: explicit(0, integer(9)) })).tbsCertificate.version).toBe(10);
  });

  test('of version 1 has no extensions', () => {
    const { extensions } = parse({ version: 1 }).tbsCertificate;
    expect(extensions.list).toEqual([]);
  });

  test('reads unique identifiers', () => {
    const der = compose({ rest: [implicit(1, fromHex('00aabb')), implicit(2, fromHex('04f0'))] });
    const { issuerUniqueID, subjectUniqueID } = parseCertificate(der).tbsCertificate;
    expect(issuerUniqueID).toMatchObject({ unusedBits: 0 });
    expect(toHex(issuerUniqueID?.bytes ?? new Uint8Array(0))).toBe('aabb');
    expect(subjectUniqueID).toMatchObject({ unusedBits: 4 });
  });

  test('may have an empty subject', () => {
    const certificate = parse({ subject: sequence(), issuer: 'CN=I' });
    expect(isEmptyName(certificate.tbsCertificate.subject)).toBe(true);
    expect(formatName(certificate.tbsCertificate.subject)).toBe('');
    expect(subjectOf(certificate).name).toBe('(empty name)');
  });

  test('keeps the parameters of an algorithm', () => {
    const { parameters } = parse({ key: makeKeyPair('rsa2048', 'certificate') }).signatureAlgorithm;
    expect(parameters?.tag).toBe(0x05);
  });

  test('tells algorithms with other parameters apart', () => {
    const der = compose({ signature: sequence(oid('1.2.840.10045.4.3.2'), nullValue()) });
    const { tbsCertificate, signatureAlgorithm } = parseCertificate(der);
    expect(equalAlgorithms(tbsCertificate.signature, signatureAlgorithm)).toBe(false);
  });
});

describe('serial numbers', () => {
  test.each([
    ['zero', 0, '00'],
    ['one octet', 127, '7f'],
    ['a 00 for the sign, which is dropped', 128, '80'],
    ['a negative one, as it is encoded', -2, 'fe'],
    ['20 octets', fromHex('7f'.repeat(20)), '7f'.repeat(20)],
    ['20 octets and a sign', fromHex(`00${'ff'.repeat(20)}`), 'ff'.repeat(20)],
    ['40 octets', fromHex('11'.repeat(40)), '11'.repeat(40)],
  ])('of %s', (_, serialNumber, expected) => {
    expect(formatSerialNumber(parse({ serialNumber }).tbsCertificate.serialNumber)).toBe(expected);
  });
});

describe('validity', () => {
  test('may be written as GeneralizedTime before 2050 too; that rule is not for the parser', () => {
    const notBefore = generalizedTime(new Date('2025-01-01'));
    expect(parse({ notBefore }).tbsCertificate.validity.notBefore.toISOString()).toBe('2025-01-01T00:00:00.000Z');
  });

  test.each([
    ['1950-01-01T00:00:00.000Z', '2049-12-31T23:59:59.000Z'],
    ['1949-12-31T23:59:59.000Z', '2050-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00.000Z', '9999-12-31T23:59:59.000Z'],
  ])('runs from %s to %s', (notBefore, notAfter) => {
    const { validity } = parse({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) }).tbsCertificate;
    expect([validity.notBefore.toISOString(), validity.notAfter.toISOString()]).toEqual([notBefore, notAfter]);
  });
});

describe('a malformed certificate', () => {
  const time = utcTime(new Date('2025-01-01'));

  test.each<[string, Parts, string, (der: Uint8Array) => number]>([
    [
      'an empty serial number',
      { serialNumber: fromHex('0200') },
      'der/bad-value',
      (der) => offsetOf(der, fromHex('0200')),
    ],
    [
      'a serial number that is not in its shortest form',
      { serialNumber: fromHex('02020001') },
      'der/bad-value',
      (der) => offsetOf(der, fromHex('02020001')),
    ],
    ['no serial number', { serialNumber: new Uint8Array(0) }, 'der/unexpected-tag', (der) => offsetOf(der, algorithm)],
    [
      'bytes after the version',
      { version: explicit(0, integer(2), nullValue()) },
      'der/trailing-data',
      (der) => offsetOf(der, nullValue()),
    ],
    ['an empty version', { version: explicit(0) }, 'der/truncated', (der) => offsetOf(der, explicit(0)) + 2],
    ['a negative version', { version: explicit(0, integer(-1)) }, 'der/bad-value', (der) => offsetOf(der, integer(-1))],
    [
      'an algorithm without an OID',
      { signature: sequence() },
      'der/truncated',
      (der) => offsetOf(der, concat(integer(1), sequence())) + 5,
    ],
    [
      'an algorithm with two parameters',
      { signature: sequence(oid('1.2.3'), nullValue(), nullValue()) },
      'der/trailing-data',
      (der) => offsetOf(der, concat(nullValue(), nullValue())) + 2,
    ],
    [
      'a validity of one date',
      { validity: sequence(time) },
      'der/truncated',
      (der) => offsetOf(der, time) + time.length,
    ],
    [
      'a validity of three dates',
      { validity: sequence(time, time, time) },
      'der/trailing-data',
      (der) => offsetOf(der, time) + 2 * time.length,
    ],
    [
      'an issuer that is no SEQUENCE',
      { issuer: nullValue() },
      'der/unexpected-tag',
      (der) => offsetOf(der, nullValue()),
    ],
    [
      'a subject whose RDN is no SET',
      { subject: sequence(integer(77)) },
      'der/unexpected-tag',
      (der) => offsetOf(der, integer(77)),
    ],
    [
      'a key without bits',
      { key: sequence(sequence(oid('1.2.3.77'))) },
      'der/truncated',
      (der) => offsetOf(der, oid('1.2.3.77')) + oid('1.2.3.77').length,
    ],
    [
      'bytes after the key bits',
      { key: sequence(algorithm, bitString(fromHex('77')), nullValue()) },
      'der/trailing-data',
      (der) => offsetOf(der, nullValue()),
    ],
    [
      'a unique identifier without its unused bits',
      { rest: [implicit(1)] },
      'der/bad-value',
      (der) => offsetOf(der, implicit(1)),
    ],
    [
      'something after the extensions',
      { rest: [explicit(3, sequence(makeBasicConstraints(true))), nullValue()] },
      'der/trailing-data',
      (der) => offsetOf(der, nullValue()),
    ],
    [
      'an unknown tagged field',
      { rest: [explicit(4, nullValue())] },
      'der/trailing-data',
      (der) => offsetOf(der, explicit(4, nullValue())),
    ],
    [
      'no extension in the extensions',
      { rest: [explicit(3, sequence())] },
      'der/truncated',
      (der) => offsetOf(der, explicit(3, sequence())) + 4,
    ],
    [
      'bytes after the SEQUENCE of extensions',
      { rest: [explicit(3, sequence(makeBasicConstraints(true)), nullValue())] },
      'der/trailing-data',
      (der) => offsetOf(der, nullValue()),
    ],
    [
      'an extension without a value',
      { rest: [explicit(3, sequence(sequence(oid('1.2.3.77'))))] },
      'der/truncated',
      (der) => offsetOf(der, oid('1.2.3.77')) + oid('1.2.3.77').length,
    ],
    [
      'an extension whose critical is neither 00 nor FF',
      { rest: [explicit(3, sequence(sequence(oid('1.2.3'), fromHex('010101'), octetString())))] },
      'der/bad-value',
      (der) => offsetOf(der, fromHex('010101')),
    ],
    [
      'an extension with a fourth field',
      { rest: [explicit(3, sequence(sequence(oid('1.2.3'), octetString(), nullValue())))] },
      'der/trailing-data',
      (der) => offsetOf(der, nullValue()),
    ],
    [
      'a signature that is no BIT STRING',
      { signatureValue: octetString() },
      'der/unexpected-tag',
      (der) => der.length - 2,
    ],
    ['a fourth field', { afterSignature: nullValue() }, 'der/trailing-data', (der) => der.length - 2],
  ])('with %s is refused at the byte at fault', (_, parts, code, offset) => {
    const der = compose(parts);
    expect(catchMalformed(() => parseCertificate(der))).toMatchObject({ code, offset: offset(der) });
  });

  test('with bytes behind it is refused', () => {
    const der = make();
    expect(catchMalformed(() => parseCertificate(concat(der, Uint8Array.of(0))))).toMatchObject({
      code: 'der/trailing-data',
      offset: der.length,
    });
  });

  test('of no bytes at all is refused', () => {
    expect(catchMalformed(() => parseCertificate(new Uint8Array(0)))).toMatchObject({
      code: 'der/truncated',
      offset: 0,
    });
  });

  test('is refused where something else stands, as text', () => {
    expect(catchMalformed(() => parseCertificate(Buffer.from('<html>')))).toMatchObject({
      code: 'der/unexpected-tag',
      offset: 0,
    });
  });
});

test('an explicit critical FALSE is read, as OpenSSL does', () => {
  const der = compose({ rest: [explicit(3, sequence(sequence(oid('1.2.3'), boolean(false), octetString())))] });
  expect(parseCertificate(der).tbsCertificate.extensions.list).toMatchObject([{ extnID: '1.2.3', critical: false }]);
});
