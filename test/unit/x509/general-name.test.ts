/** GeneralName: each of the nine forms, and what is refused. */
import { describe, expect, test } from 'vitest';
import { readElement } from '../../../src/der/reader.js';
import { toHex } from '../../../src/der/values.js';
import { decodeGeneralName, decodeGeneralNames, type GeneralName } from '../../../src/x509/general-name.js';
import { formatName } from '../../../src/x509/name.js';
import { concat, explicit, fromHex, implicit, nullValue, oid, sequence, tlv, utf8String } from '../../support/der.js';
import { catchMalformed } from '../../support/malformed.js';
import { makeGeneralName, makeGeneralNames, makeName } from '../../support/names.js';

const decode = (der: Uint8Array): GeneralName => decodeGeneralName(readElement(der, 0));

describe('decodeGeneralName', () => {
  test.each([
    ['DNS:sip1.example.com', { type: 'dNSName', value: 'sip1.example.com' }],
    ['email:a@example.com', { type: 'rfc822Name', value: 'a@example.com' }],
    ['URI:sip:example.com', { type: 'uniformResourceIdentifier', value: 'sip:example.com' }],
    ['RID:1.2.840.1', { type: 'registeredID', value: '1.2.840.1' }],
    ['DNS:', { type: 'dNSName', value: '' }],
  ])('reads %s', (name, expected) => {
    expect(decode(makeGeneralName(name))).toEqual(expected);
  });

  test('keeps NUL and octets above 127 of an IA5String, one character each', () => {
    expect(decode(implicit(2, fromHex('61002ee4')))).toEqual({ type: 'dNSName', value: 'a\0.ä' });
  });

  test.each([
    ['192.0.2.1', 'c0000201'],
    ['2001:db8::1', '20010db8000000000000000000000001'],
    ['10.0.0.0/8', '0a000000ff000000'],
  ])('reads the address %s', (address, expected) => {
    const name = decode(makeGeneralName(`IP:${address}`));
    expect(name.type === 'iPAddress' && toHex(name.value)).toBe(expected);
  });

  test('leaves the length of an address to whoever compares it', () => {
    expect(decode(implicit(7, fromHex('0102')))).toMatchObject({ type: 'iPAddress' });
  });

  test('reads a directoryName', () => {
    const name = decode(makeGeneralName('dirName:C=DE,CN=a'));
    expect(name.type === 'directoryName' && formatName(name.value)).toBe('CN=a,C=DE');
  });

  test('reads an otherName with the DER of its value', () => {
    const name = decode(makeGeneralName('UPN:a@example.com'));
    expect(name).toMatchObject({ type: 'otherName', typeID: '1.3.6.1.4.1.311.20.2.3' });
    expect(name.type === 'otherName' && toHex(name.value)).toBe(toHex(utf8String('a@example.com')));
  });

  test.each([
    ['x400Address', 3],
    ['ediPartyName', 5],
  ] as const)('keeps an %s as DER', (type, number) => {
    const der = explicit(number, utf8String('a'));
    const name = decode(der);
    expect(name.type).toBe(type);
    expect(name.type === type && toHex(name.value)).toBe(toHex(der));
  });

  test.each([
    ['a tag that no form has', implicit(9), 'der/unexpected-tag', 0],
    ['a primitive otherName', implicit(0), 'der/unexpected-tag', 0],
    ['a constructed dNSName', explicit(2, nullValue()), 'der/unexpected-tag', 0],
    ['a universal tag', utf8String('a'), 'der/unexpected-tag', 0],
    ['an otherName without a type', explicit(0, explicit(0, nullValue())), 'der/unexpected-tag', 2],
    ['an otherName without a value', explicit(0, oid('1.2.3')), 'der/truncated', 6],
    ['an otherName with an empty value', explicit(0, oid('1.2.3'), explicit(0)), 'der/truncated', 8],
    [
      'an otherName with two values',
      explicit(0, oid('1.2.3'), explicit(0, nullValue(), nullValue())),
      'der/trailing-data',
      10,
    ],
    [
      'bytes after an otherName',
      explicit(0, oid('1.2.3'), explicit(0, nullValue()), nullValue()),
      'der/trailing-data',
      10,
    ],
    ['a directoryName that is no Name', explicit(4, nullValue()), 'der/unexpected-tag', 2],
    ['a directoryName with a malformed RDN', explicit(4, sequence(nullValue())), 'der/unexpected-tag', 4],
    ['bytes after a directoryName', explicit(4, makeName(sequence()), nullValue()), 'der/trailing-data', 4],
    ['a registeredID that ends early', implicit(8, fromHex('8f')), 'der/bad-value', 0],
    ['an empty registeredID', implicit(8), 'der/bad-value', 0],
  ])('refuses %s', (_, der, code, offset) => {
    expect(catchMalformed(() => decode(der))).toMatchObject({ code, offset });
  });
});

describe('decodeGeneralNames', () => {
  test('gives every name in order', () => {
    const names = decodeGeneralNames(
      readElement(makeGeneralNames(['a.example.com', 'IP:192.0.2.1', 'b.example.com']), 0),
    );
    expect(names.map(({ type }) => type)).toEqual(['dNSName', 'iPAddress', 'dNSName']);
  });

  test('wants one name at least', () => {
    expect(catchMalformed(() => decodeGeneralNames(readElement(sequence(), 0)))).toMatchObject({
      code: 'der/truncated',
      offset: 2,
    });
  });

  test('counts offsets from the start of the object', () => {
    const der = concat(nullValue(), sequence(implicit(2, fromHex('61')), tlv(0x80)));
    expect(catchMalformed(() => decodeGeneralNames(readElement(der, 2)))).toMatchObject({
      code: 'der/unexpected-tag',
      offset: 7,
    });
  });
});
