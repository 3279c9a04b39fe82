/** The primitive values: what each may look like in DER, and what is refused, with the offset of the element. */
import { describe, expect, test } from 'vitest';
import { readElement, type DerElement } from '../../../src/der/reader.js';
import { Tag } from '../../../src/der/tag.js';
import {
  decodeBitString,
  decodeBoolean,
  decodeInteger,
  decodeObjectIdentifier,
  decodeSmallInteger,
  decodeString,
  decodeTime,
  equalBytes,
  isBitSet,
  toHex,
} from '../../../src/der/values.js';
import { concat, fromHex, integer, nullValue, oid, tlv, utf8String } from '../../support/der.js';
import { catchMalformed } from '../../support/malformed.js';

/** The element stands at offset 2, so that a wrong offset shows. */
const element = (bytes: Uint8Array | string): DerElement =>
  readElement(concat(nullValue(), typeof bytes === 'string' ? fromHex(bytes) : bytes), 2);
const refused = { code: 'der/bad-value', offset: 2 };

describe('BOOLEAN', () => {
  test('is 00 or FF', () => {
    expect(decodeBoolean(element('010100'))).toBe(false);
    expect(decodeBoolean(element('0101ff'))).toBe(true);
  });

  test.each(['0100', '010101', '0102ffff'])('is not %s', (bytes) => {
    expect(catchMalformed(() => decodeBoolean(element(bytes)))).toMatchObject(refused);
  });
});

describe('INTEGER', () => {
  test.each(['00', '7f', '80', 'ff', '0080', 'ff7f', '00ff'])('keeps its octets: %s', (content) => {
    expect(toHex(decodeInteger(element(integer(fromHex(content)))))).toBe(content);
  });

  test.each([
    ['no content', '0200'],
    ['a needless 00', '0202007f'],
    ['a needless FF', '0202ff80'],
    ['two leading zeros', '0203000080'],
  ])('is refused with %s', (_, bytes) => {
    expect(catchMalformed(() => decodeInteger(element(bytes)))).toMatchObject(refused);
  });

  test.each([0, 1, 127, 128, 65_535, 2_147_483_647])('reads the small number %i', (number) => {
    expect(decodeSmallInteger(element(integer(number)))).toBe(number);
  });

  test.each([-1, -128, 2_147_483_648, 2n ** 160n])('refuses %s as a small number', (number) => {
    expect(catchMalformed(() => decodeSmallInteger(element(integer(number))))).toMatchObject(refused);
  });
});

describe('BIT STRING', () => {
  test('keeps its bytes and the count of unused bits', () => {
    const { unusedBits, bytes } = decodeBitString(element('030205a0'));
    expect(unusedBits).toBe(5);
    expect(toHex(bytes)).toBe('a0');
    expect(decodeBitString(element('030100')).bytes).toHaveLength(0);
  });

  test.each([
    ['no count of unused bits', '0300'],
    ['eight unused bits', '03020800'],
    ['unused bits of nothing', '030101'],
    ['an unused bit that is set', '030205a1'],
    ['the highest unused bit set', '03020740'],
  ])('is refused with %s', (_, bytes) => {
    expect(catchMalformed(() => decodeBitString(element(bytes)))).toMatchObject(refused);
  });

  test('counts bits from the first, and has none beyond its end', () => {
    const bits = decodeBitString(element('0303078180'));
    const set = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 1000].filter((position) => isBitSet(bits, position));
    expect(set).toEqual([0, 7, 8]);
  });
});

describe('OBJECT IDENTIFIER', () => {
  test.each([
    '0.0',
    '0.39',
    '1.0',
    '1.39',
    '2.0',
    '2.39',
    '2.40',
    '2.47',
    '2.48',
    '2.999',
    '2.5.29.15',
    '1.2.840.113549.1.1.11',
    '1.3.6.1.4.1.311.21.8.9007199254740991',
    '1.3.6.1.4.1.311.21.8.9007199254740992',
    '2.9007199254740911',
    '2.9007199254740912',
    '2.18446744073709551616.3',
    '2.25.340282366920938463463374607431768211455',
    '2.25.0.127.128.16383.16384',
  ])('%s comes back as it was written', (dotted) => {
    expect(decodeObjectIdentifier(element(oid(dotted)))).toBe(dotted);
  });

  test.each([
    ['no content', '0600'],
    ['an arc that does not end', '0602559d'],
    ['a padded first arc', '06028055'],
    ['a padded later arc', '0603558001'],
    ['an arc of 21 octets', `061655${'ff'.repeat(20)}01`],
  ])('is refused with %s', (_, bytes) => {
    expect(catchMalformed(() => decodeObjectIdentifier(element(bytes)))).toMatchObject(refused);
  });

  test('of a million arcs or one arc of a million octets costs no time to speak of', () => {
    const start = performance.now();
    const arcs = decodeObjectIdentifier(element(tlv(0x06, new Uint8Array(1_000_000).fill(0x2a))));
    expect(arcs.split('.')).toHaveLength(1_000_001);
    expect(
      catchMalformed(() =>
        decodeObjectIdentifier(element(tlv(0x06, new Uint8Array(1_000_000).fill(0xff), fromHex('01')))),
      ),
    ).toMatchObject(refused);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

const utc = (text: string): DerElement => element(tlv(Tag.utcTime, Buffer.from(text, 'latin1')));
const generalized = (text: string): DerElement => element(tlv(Tag.generalizedTime, Buffer.from(text, 'latin1')));

describe('UTCTime', () => {
  test.each([
    ['500101000000Z', '1950-01-01T00:00:00.000Z'],
    ['991231235959Z', '1999-12-31T23:59:59.000Z'],
    ['000101000000Z', '2000-01-01T00:00:00.000Z'],
    ['491231235959Z', '2049-12-31T23:59:59.000Z'],
    ['000229120000Z', '2000-02-29T12:00:00.000Z'],
    ['240229000000Z', '2024-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(decodeTime(utc(text)).toISOString()).toBe(expected);
  });

  test.each([
    ['without seconds', '2401010000Z'],
    ['without Z', '240101000000'],
    ['with an offset', '240101000000+0100'],
    ['with a small z', '240101000000z'],
    ['with a fraction', '240101000000.5Z'],
    ['of month 00', '240001000000Z'],
    ['of month 13', '241301000000Z'],
    ['of day 00', '240100000000Z'],
    ['of 29 February in a year without one', '230229000000Z'],
    ['of 31 April', '240431000000Z'],
    ['of hour 24', '240101240000Z'],
    ['of minute 60', '240101006000Z'],
    ['of second 60', '240101000060Z'],
    ['with a letter for a digit', '24010100000OZ'],
    ['with a blank', '24010100 000Z'],
    ['with a sign', '-40101000000Z'],
    ['of nothing', ''],
  ])('%s is refused: %s', (_, text) => {
    expect(catchMalformed(() => decodeTime(utc(text)))).toMatchObject(refused);
  });
});

describe('GeneralizedTime', () => {
  test.each([
    ['20500101000000Z', '2050-01-01T00:00:00.000Z'],
    ['19491231235959Z', '1949-12-31T23:59:59.000Z'],
    ['20490101000000Z', '2049-01-01T00:00:00.000Z'],
    ['99991231235959Z', '9999-12-31T23:59:59.000Z'],
    ['00000101000000Z', '0000-01-01T00:00:00.000Z'],
    ['00500101000000Z', '0050-01-01T00:00:00.000Z'],
    ['20960229000000Z', '2096-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(decodeTime(generalized(text)).toISOString()).toBe(expected);
  });

  test.each([
    ['with two digits of the year', '240101000000Z'],
    ['with a fraction', '20500101000000.5Z'],
    ['without Z', '20500101000000'],
    ['of 29 February 2100, no leap year', '21000229000000Z'],
    ['of 30 February', '20480230000000Z'],
    ['of hour 99', '20480201990000Z'],
  ])('%s is refused: %s', (_, text) => {
    expect(catchMalformed(() => decodeTime(generalized(text)))).toMatchObject(refused);
  });
});

test('no other type is a time', () => {
  expect(catchMalformed(() => decodeTime(element(utf8String('20500101000000Z'))))).toMatchObject(refused);
});

describe('character strings', () => {
  test.each([
    ['UTF8String', Tag.utf8String, 'c3a4e282ac', 'ä€'],
    ['UTF8String with a byte order mark, which stays', Tag.utf8String, 'efbbbf41', '\ufeffA'],
    ['UTF8String with a bad sequence', Tag.utf8String, '41ff42', 'A\ufffdB'],
    ['PrintableString', Tag.printableString, '4142', 'AB'],
    ['IA5String with an octet above 127', Tag.ia5String, '41e4', 'Aä'],
    ['TeletexString, read as Latin-1', Tag.teletexString, '4df66c6c', 'Möll'],
    ['NumericString', Tag.numericString, '3132', '12'],
    ['VisibleString', Tag.visibleString, '61', 'a'],
    ['BMPString', Tag.bmpString, '00e420ac', 'ä€'],
    ['BMPString with half a character', Tag.bmpString, '004100', 'A\ufffd'],
    ['BMPString with a lone surrogate', Tag.bmpString, 'd8000041', '\ufffdA'],
    ['UniversalString', Tag.universalString, '000000410001f600', 'A😀'],
    ['UniversalString beyond Unicode', Tag.universalString, '00110000ffffffff', '\ufffd\ufffd'],
    ['UniversalString with surrogates', Tag.universalString, '0000d83d0000de00', '\ufffd\ufffd'],
    ['UniversalString with a cut last character', Tag.universalString, '000000410000', 'A\ufffd'],
    ['an empty UTF8String', Tag.utf8String, '', ''],
  ])('%s', (_, tag, content, expected) => {
    expect(decodeString(tag, fromHex(content))).toBe(expected);
  });

  test.each([Tag.octetString, Tag.bitString, Tag.sequence, Tag.integer, 0x80])('tag %i is none', (tag) => {
    expect(decodeString(tag, fromHex('41'))).toBeUndefined();
  });

  test('are read from the middle of a buffer', () => {
    expect(decodeString(Tag.universalString, fromHex('ff00000041').subarray(1))).toBe('A');
    expect(decodeString(Tag.ia5String, fromHex('ff41').subarray(1))).toBe('A');
  });
});

test('bytes are equal when every one is', () => {
  expect(equalBytes(fromHex('0102'), fromHex('ff0102').subarray(1))).toBe(true);
  expect(equalBytes(fromHex('0102'), fromHex('0103'))).toBe(false);
  expect(equalBytes(fromHex('01'), fromHex('0100'))).toBe(false);
});
