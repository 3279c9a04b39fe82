/** CRLs: header, trailer, entries and every extension of RFC 5280 5.2 and 5.3, right and malformed. */
import { describe, expect, test } from 'vitest';
import { DerReader } from '../../../src/der/reader.js';
import { toHex } from '../../../src/der/values.js';
import { parseCRL, subjectOfCRL, type WholeCRL } from '../../../src/x509/crl.js';
import { decodeRevokedCertificate, revokedCertificates } from '../../../src/x509/crl-entry.js';
import type { ExtensionType } from '../../../src/x509/extensions.js';
import { authorityKeyIdentifier } from '../../../src/x509/extensions/authority-key-identifier.js';
import { certificateIssuer, invalidityDate, reasonCode } from '../../../src/x509/extensions/crl-entry-extensions.js';
import { cRLNumber, deltaCRLIndicator, issuingDistributionPoint } from '../../../src/x509/extensions/crl-extensions.js';
import { formatName } from '../../../src/x509/name.js';
import {
  bitString,
  concat,
  enumerated,
  explicit,
  fromHex,
  generalizedTime,
  implicit,
  integer,
  nullValue,
  octetString,
  oid,
  retag,
  sequence,
  utcTime,
  utf8String,
} from '../../support/der.js';
import { makeExtension } from '../../support/extensions.js';
import { catchMalformed } from '../../support/malformed.js';
import { makeGeneralName, makeName } from '../../support/names.js';
import { largeCRLSerialNumber, makeCRL, makeKeyPair, makeLargeCRL, type CRLOptions } from '../../support/pki.js';

const issuerKey = makeKeyPair('p256', 'crl');
const make = (options: Partial<CRLOptions> = {}): Uint8Array =>
  makeCRL({ issuer: 'CN=Issuing CA', issuerKey, ...options });
const parse = (options: Partial<CRLOptions> = {}): WholeCRL => parseCRL(make(options));
const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
const thisUpdate = utcTime(new Date('2025-01-01'));

/** An unsigned CRL whose tbsCertList has these fields. */
const compose = (...fields: readonly Uint8Array[]): Uint8Array =>
  sequence(sequence(...fields), algorithm, bitString(Uint8Array.of(1)));
const head = [integer(1), algorithm, makeName('CN=I'), thisUpdate] as const;

describe('parseCRL', () => {
  test('gives every field and keeps the bytes it was given', () => {
    const der = make({
      thisUpdate: new Date('2026-01-02T03:04:05Z'),
      nextUpdate: new Date('2050-01-02T03:04:05Z'),
      crlNumber: 77,
      entries: [{ serialNumber: 5 }],
    });
    const crl = parseCRL(der, { file: 'a.crl' });
    expect(crl.der).toBe(der);
    expect(crl.origin).toEqual({ file: 'a.crl' });
    expect(crl.tbsCertList.version).toBe(2);
    expect(formatName(crl.tbsCertList.issuer)).toBe('CN=Issuing CA');
    expect(crl.tbsCertList.thisUpdate.toISOString()).toBe('2026-01-02T03:04:05.000Z');
    expect(crl.tbsCertList.nextUpdate?.toISOString()).toBe('2050-01-02T03:04:05.000Z');
    expect(crl.tbsCertList.crlExtensions.get(cRLNumber)).toBe(77n);
    expect(toHex(crl.tbsCertList.crlExtensions.get(authorityKeyIdentifier)?.keyIdentifier ?? fromHex(''))).toBe(
      toHex(issuerKey.keyIdentifier),
    );
    expect(crl.signatureAlgorithm.algorithm).toBe('1.2.840.10045.4.3.2');
    expect(subjectOfCRL(crl)).toEqual({ kind: 'crl', name: 'CN=Issuing CA' });
  });

  test('may have no next update, no entries and no extensions', () => {
    const {
      nextUpdate,
      revokedCertificates: entries,
      crlExtensions,
    } = parse({ nextUpdate: null, version: 1 }).tbsCertList;
    expect([nextUpdate, entries, crlExtensions.list]).toEqual([undefined, undefined, []]);
  });

  test('counts versions as people do', () => {
    expect(parse({ version: 1 }).tbsCertList.version).toBe(1);
    expect(parse().tbsCertList.version).toBe(2);
  });

  test.each<[string, readonly Uint8Array[], string, number]>([
    ['no thisUpdate', head.slice(0, 3), 'der/truncated', 33],
    ['a thisUpdate that is no time', [...head.slice(0, 3), nullValue()], 'der/bad-value', 33],
    [
      'a date that no calendar has',
      [...head.slice(0, 3), retag(0x17, utf8String('250230000000Z'))],
      'der/bad-value',
      33,
    ],
    [
      'something after the extensions',
      [...head, explicit(0, sequence(makeExtension('1.2', nullValue()))), nullValue()],
      'der/trailing-data',
      61,
    ],
    ['an unknown tagged field', [...head, explicit(1, nullValue())], 'der/trailing-data', 48],
    ['no extension in the extensions', [...head, explicit(0, sequence())], 'der/truncated', 52],
    ['a negative version', [integer(-1), ...head.slice(1)], 'der/bad-value', 4],
    ['no issuer', head.slice(0, 2), 'der/truncated', 19],
  ])('refuses %s', (_, fields, code, offset) => {
    const origin = { file: 'bad.crl' };
    expect(catchMalformed(() => parseCRL(compose(...fields), origin))).toMatchObject({ code, offset, origin });
  });

  test('refuses bytes behind it and fields beyond the signature', () => {
    const der = make();
    expect(catchMalformed(() => parseCRL(concat(der, nullValue())))).toMatchObject({
      code: 'der/trailing-data',
      offset: der.length,
    });
    const extra = sequence(sequence(...head), algorithm, bitString(new Uint8Array(0)), nullValue());
    expect(catchMalformed(() => parseCRL(extra))).toMatchObject({
      code: 'der/trailing-data',
      offset: extra.length - 2,
    });
  });

  test('does not look at the entries', () => {
    const crl = parseCRL(compose(...head, sequence(nullValue())));
    expect(catchMalformed(() => [...revokedCertificates(crl)])).toMatchObject({
      code: 'der/unexpected-tag',
      offset: 50,
    });
  });
});

describe('revokedCertificates', () => {
  test('walks the entries in order with serial number, date and extensions', () => {
    const crl = parse({
      entries: [
        { serialNumber: 5, revocationDate: new Date('2025-06-01') },
        { serialNumber: fromHex('00ff'), reason: 'keyCompromise', invalidityDate: new Date('2025-05-01') },
        { serialNumber: -1, certificateIssuer: ['dirName:CN=Other'] },
      ],
    });
    const entries = [...revokedCertificates(crl)];
    expect(entries.map(({ userCertificate }) => toHex(userCertificate))).toEqual(['05', '00ff', 'ff']);
    expect(entries[0]?.revocationDate.toISOString()).toBe('2025-06-01T00:00:00.000Z');
    expect(entries[0]?.crlEntryExtensions.list).toEqual([]);
    expect(entries[1]?.crlEntryExtensions.get(reasonCode)).toBe('keyCompromise');
    expect(entries[1]?.crlEntryExtensions.get(invalidityDate)?.toISOString()).toBe('2025-05-01T00:00:00.000Z');
    expect(entries[2]?.crlEntryExtensions.get(certificateIssuer)).toMatchObject([{ type: 'directoryName' }]);
  });

  test('of a CRL that revokes nothing are none', () => {
    expect([...revokedCertificates(parse())]).toEqual([]);
    expect([...revokedCertificates(parseCRL(compose(...head, sequence())))]).toEqual([]);
  });

  test('of a large CRL come one at a time', () => {
    const crl = parseCRL(makeLargeCRL({ subject: 'CN=Issuing CA', key: issuerKey }, 5_000));
    let position = 0;
    for (const { userCertificate } of revokedCertificates(crl)) {
      if (position % 1_000 === 0) expect(toHex(userCertificate)).toBe(toHex(largeCRLSerialNumber(position)));
      position++;
    }
    expect(position).toBe(5_000);
  });

  test.each<[string, Uint8Array, string, number]>([
    ['no serial number', sequence(thisUpdate), 'der/unexpected-tag', 2],
    ['an empty serial number', sequence(integer(new Uint8Array(0)), thisUpdate), 'der/bad-value', 2],
    ['no date', sequence(integer(1)), 'der/truncated', 5],
    ['empty extensions', sequence(integer(1), thisUpdate, sequence()), 'der/truncated', 22],
    [
      'a field after the extensions',
      sequence(integer(1), thisUpdate, sequence(makeExtension('1.2', nullValue())), nullValue()),
      'der/trailing-data',
      31,
    ],
  ])('refuses an entry with %s', (_, entry, code, offset) => {
    const element = new DerReader(entry).readAny();
    expect(catchMalformed(() => decodeRevokedCertificate(element))).toMatchObject({ code, offset });
  });
});

describe('the CRL number', () => {
  test.each([0n, 1n, 255n, 2n ** 63n, 2n ** 159n - 1n, 2n ** 160n])('may be %s', (number) => {
    expect(cRLNumber.decode(integer(number))).toBe(number);
    expect(deltaCRLIndicator.decode(integer(number))).toBe(number);
  });

  test('is read as unsigned where its issuer forgot the leading 00', () => {
    expect(cRLNumber.decode(integer(fromHex('ff')))).toBe(255n);
  });

  test('of millions of octets is refused in no time', () => {
    const start = performance.now();
    expect(catchMalformed(() => cRLNumber.decode(integer(new Uint8Array(8_000_000).fill(0x7f))))).toMatchObject({
      code: 'der/bad-value',
      offset: 0,
    });
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(cRLNumber.decode(integer(new Uint8Array(64).fill(0x7f)))).toBeGreaterThan(0n);
  });
});

describe('issuingDistributionPoint', () => {
  test('reads every field', () => {
    const crl = parse({
      issuingDistributionPoint: {
        fullName: ['URI:http://a/1.crl'],
        onlyContainsUserCerts: true,
        onlySomeReasons: [1, 5],
        indirectCRL: true,
      },
    });
    expect(crl.tbsCertList.crlExtensions.get(issuingDistributionPoint)).toMatchObject({
      distributionPoint: { fullName: [{ value: 'http://a/1.crl' }] },
      onlyContainsUserCerts: true,
      onlyContainsCACerts: false,
      onlySomeReasons: new Set(['keyCompromise', 'cessationOfOperation']),
      indirectCRL: true,
      onlyContainsAttributeCerts: false,
    });
  });

  test('may be empty, or for CAs or attribute certificates alone', () => {
    expect(issuingDistributionPoint.decode(sequence())).toMatchObject({
      distributionPoint: undefined,
      onlySomeReasons: undefined,
    });
    const value = sequence(implicit(2, fromHex('ff')), implicit(5, fromHex('ff')));
    expect(issuingDistributionPoint.decode(value)).toMatchObject({
      onlyContainsCACerts: true,
      onlyContainsAttributeCerts: true,
    });
  });
});

describe('reasonCode', () => {
  test.each([
    [0, 'unspecified'],
    [1, 'keyCompromise'],
    [2, 'cACompromise'],
    [3, 'affiliationChanged'],
    [4, 'superseded'],
    [5, 'cessationOfOperation'],
    [6, 'certificateHold'],
    [8, 'removeFromCRL'],
    [9, 'privilegeWithdrawn'],
    [10, 'aACompromise'],
  ])('%i is %s', (number, name) => {
    expect(reasonCode.decode(enumerated(number))).toBe(name);
  });
});

const rows: readonly [ExtensionType<unknown>, string, Uint8Array, string, number][] = [
  [cRLNumber, 'another type', octetString(), 'der/unexpected-tag', 0],
  [cRLNumber, 'no content', fromHex('0200'), 'der/bad-value', 0],
  [cRLNumber, 'bytes behind it', concat(integer(1), nullValue()), 'der/trailing-data', 3],
  [deltaCRLIndicator, 'a long form', fromHex('02020001'), 'der/bad-value', 0],
  [issuingDistributionPoint, 'another type', nullValue(), 'der/unexpected-tag', 0],
  [
    issuingDistributionPoint,
    'a flag that is neither 00 nor FF',
    sequence(implicit(1, fromHex('01'))),
    'der/bad-value',
    2,
  ],
  [issuingDistributionPoint, 'an unknown field', sequence(implicit(6)), 'der/trailing-data', 2],
  [
    issuingDistributionPoint,
    'the fields in the wrong order',
    sequence(implicit(2, fromHex('ff')), implicit(1, fromHex('ff'))),
    'der/trailing-data',
    5,
  ],
  [issuingDistributionPoint, 'a name without a form', sequence(explicit(0)), 'der/truncated', 4],
  [
    issuingDistributionPoint,
    'two forms of a name',
    sequence(explicit(0, explicit(0, makeGeneralName('a')), nullValue())),
    'der/trailing-data',
    9,
  ],
  [issuingDistributionPoint, 'reasons without unused bits', sequence(implicit(3)), 'der/bad-value', 2],
  [reasonCode, 'a number that is not used', enumerated(7), 'der/bad-value', 0],
  [reasonCode, 'a number beyond the last', enumerated(11), 'der/bad-value', 0],
  [reasonCode, 'an INTEGER', integer(1), 'der/unexpected-tag', 0],
  [invalidityDate, 'a UTCTime', thisUpdate, 'der/unexpected-tag', 0],
  [invalidityDate, 'a date that no calendar has', retag(0x18, utf8String('20250230000000Z')), 'der/bad-value', 0],
  [
    invalidityDate,
    'bytes behind it',
    concat(generalizedTime(new Date('2025-01-01')), nullValue()),
    'der/trailing-data',
    17,
  ],
  [certificateIssuer, 'no name', sequence(), 'der/truncated', 2],
  [certificateIssuer, 'a name of an unknown form', sequence(implicit(9)), 'der/unexpected-tag', 2],
];

test.each(rows.map(([type, ...row]) => [type.name, ...row, type] as const))(
  'a malformed %s with %s is refused',
  (_name, _fault, value, code, offset, type) => {
    expect(catchMalformed(() => type.decode(value))).toMatchObject({ code, offset });
  },
);
