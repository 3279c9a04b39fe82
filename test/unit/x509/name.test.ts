/** Names: every string type, the forms of RFC 4514, and that no certificate can write to a terminal. */
import { describe, expect, test } from 'vitest';
import { DerReader } from '../../../src/der/reader.js';
import {
  attributeValues,
  commonNameType,
  formatName,
  formatRelativeDistinguishedName,
  isEmptyName,
  readName,
  shortName,
  type Name,
} from '../../../src/x509/name.js';
import {
  bmpString,
  fromHex,
  ia5String,
  integer,
  nullValue,
  octetString,
  oid,
  printableString,
  sequence,
  set,
  teletexString,
  tlv,
  universalString,
  utf8String,
} from '../../support/der.js';
import { catchMalformed } from '../../support/malformed.js';
import { makeName, type NameInput } from '../../support/names.js';

const parse = (name: NameInput): Name => readName(new DerReader(makeName(name)), 'subject');
const commonName = (value: string | Uint8Array): Name => parse([[{ type: 'CN', value }]]);
/** What is shown for a common name of this text. */
const shown = (text: string): string => formatName(commonName(text)).slice('CN='.length);

describe('formatName', () => {
  test('writes the most specific attribute first, in short names', () => {
    expect(formatName(parse('C=DE,O=Fly,OU=Voice,CN=sip1.example.com'))).toBe(
      'CN=sip1.example.com,OU=Voice,O=Fly,C=DE',
    );
  });

  test('joins the attributes of one RDN with a plus sign', () => {
    expect(formatName(parse('O=Fly,CN=a+UID=7'))).toMatch(/^(?:CN=a\+UID=7|UID=7\+CN=a),O=Fly$/);
  });

  test.each([
    ['2.5.4.4', 'SN'],
    ['2.5.4.5', 'serialNumber'],
    ['2.5.4.9', 'street'],
    ['2.5.4.97', 'organizationIdentifier'],
    ['0.9.2342.19200300.100.1.25', 'DC'],
    ['1.2.840.113549.1.9.1', 'emailAddress'],
    ['1.3.6.1.4.1.311.60.2.1.3', 'jurisdictionC'],
    ['2.5.4.999', '2.5.4.999'],
  ])('calls %s %s', (type, name) => {
    expect(formatName(parse([[{ type, value: 'x' }]]))).toBe(`${name}=x`);
  });

  test.each([
    ['UTF8String', utf8String('Größe €')],
    ['BMPString', bmpString('Größe €')],
    ['UniversalString', universalString('Größe €')],
  ])('reads a %s', (_, value) => {
    expect(formatName(commonName(value))).toBe('CN=Größe €');
  });

  test.each([
    ['PrintableString', printableString('Fly (1)')],
    ['TeletexString', teletexString('Fly (1)')],
    ['IA5String', ia5String('Fly (1)')],
    ['NumericString', tlv(0x12, Buffer.from('Fly (1)'))],
    ['VisibleString', tlv(0x1a, Buffer.from('Fly (1)'))],
  ])('reads a %s', (_, value) => {
    expect(formatName(commonName(value))).toBe('CN=Fly (1)');
  });

  test('writes what is no character string in hexadecimal', () => {
    expect(formatName(commonName(octetString(fromHex('00ff'))))).toBe('CN=#040200ff');
    expect(commonName(integer(5)).rdnSequence[0]?.[0]).toMatchObject({ tag: 0x02, value: undefined });
  });

  test.each([
    ['a comma', 'a,b', 'a\\,b'],
    ['a plus sign', 'a+b', 'a\\+b'],
    ['quotes', '"a"', '\\"a\\"'],
    ['a backslash', 'a\\b', 'a\\\\b'],
    ['angle brackets and a semicolon', '<a;b>', '\\<a\\;b\\>'],
    ['a leading blank', ' a', '\\ a'],
    ['a leading hash', '#a', '\\#a'],
    ['a hash elsewhere', 'a#b', 'a#b'],
    ['a trailing blank', 'a ', 'a\\ '],
    ['one blank alone', ' ', '\\ '],
    ['two blanks alone', '  ', '\\ \\ '],
    ['an equals sign', 'a=b', 'a=b'],
    ['nothing', '', ''],
  ])('escapes %s', (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each([
    ['NUL', '\0', '\\00'],
    ['an escape sequence', '\u001b[31mred', '\\1b[31mred'],
    ['bell', '\u0007', '\\07'],
    ['delete', '\u007f', '\\7f'],
    ['a line feed', 'a\nb', 'a\\0ab'],
    ['a carriage return', 'a\rb', 'a\\0db'],
    ['a tabulator', 'a\tb', 'a\\09b'],
    ['the one-character CSI', '\u009b31m', '\\c2\\9b31m'],
    ['next line', '\u0085', '\\c2\\85'],
    ['a right-to-left override', 'a\u202eb', 'a\\e2\\80\\aeb'],
    ['a left-to-right mark', '\u200ea', '\\e2\\80\\8ea'],
    ['an isolate', '\u2066a\u2069', '\\e2\\81\\a6a\\e2\\81\\a9'],
    ['an Arabic letter mark', '\u061c', '\\d8\\9c'],
    ['a zero-width blank', 'a\u200bb', 'a\\e2\\80\\8bb'],
    ['a soft hyphen', 'a\u00adb', 'a\\c2\\adb'],
    ['a byte order mark', '\ufeffa', '\\ef\\bb\\bfa'],
    ['a line separator', 'a\u2028b', 'a\\e2\\80\\a8b'],
    ['a paragraph separator', 'a\u2029b', 'a\\e2\\80\\a9b'],
    ['a tag character beyond the first plane', 'a\u{e0041}b', 'a\\f3\\a0\\81\\81b'],
  ])('never passes on %s', (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('passes on none of the control and formatting characters, whatever the string type', () => {
    const all = Array.from({ length: 0x11_0000 }, (_, point) => point)
      .filter((point) => point < 0xd800 || point > 0xdfff)
      .map((point) => String.fromCodePoint(point))
      .filter((character) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character));
    expect(all.length).toBeGreaterThan(200);
    for (const encode of [utf8String, universalString]) {
      expect(formatName(commonName(encode(all.join(''))))).toMatch(/^CN=(?:\\[0-9a-f]{2})+$/);
    }
    const latin = Array.from({ length: 256 }, (_, octet) => String.fromCharCode(octet)).join('');
    expect(formatName(commonName(teletexString(latin)))).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test('writes U+FFFD for what its encoding cannot hold', () => {
    expect(formatName(commonName(tlv(0x0c, fromHex('41ff'))))).toBe('CN=A\ufffd');
  });

  test('of the empty name is empty', () => {
    const empty = parse(sequence());
    expect(formatName(empty)).toBe('');
    expect(isEmptyName(empty)).toBe(true);
    expect(isEmptyName(parse('CN=a'))).toBe(false);
  });

  test('writes one RDN alone', () => {
    const [rdn = []] = parse('OU=Voice').rdnSequence;
    expect(formatRelativeDistinguishedName(rdn)).toBe('OU=Voice');
  });
});

describe('shortName', () => {
  test('is the last common name', () => {
    expect(shortName(parse('CN=first,O=Fly,CN=last'))).toBe('CN=last');
  });

  test('is the whole name where there is no common name', () => {
    expect(shortName(parse('O=Fly,OU=Voice'))).toBe('OU=Voice,O=Fly');
  });

  test('is said to be empty where nothing is there', () => {
    expect(shortName(parse(sequence()))).toBe('(empty name)');
  });

  test('is escaped', () => {
    expect(shortName(commonName('a\u001b]0;b\u0007'))).toBe('CN=a\\1b]0\\;b\\07');
  });
});

test('attributeValues finds every value of a type in every RDN, in order', () => {
  const values = attributeValues(parse('CN=a,O=x,CN=b'), commonNameType).map(({ value }) => value);
  expect(values).toEqual(['a', 'b']);
});

test('bytes is the whole encoding', () => {
  const der = makeName('CN=a,O=b');
  expect(Buffer.compare(readName(new DerReader(der), 'subject').bytes, der)).toBe(0);
});

describe('a malformed name', () => {
  test.each([
    ['an RDN that is no SET', sequence(sequence()), 'der/unexpected-tag', 2],
    ['an empty RDN', sequence(set()), 'der/truncated', 4],
    ['an attribute that is no SEQUENCE', sequence(set(nullValue())), 'der/unexpected-tag', 4],
    ['an attribute without a type', sequence(set(sequence(utf8String('a')))), 'der/unexpected-tag', 6],
    ['an attribute without a value', sequence(set(sequence(oid('2.5.4.3')))), 'der/truncated', 11],
    [
      'an attribute with two values',
      sequence(set(sequence(oid('2.5.4.3'), utf8String('a'), utf8String('b')))),
      'der/trailing-data',
      14,
    ],
    ['an attribute type that ends early', sequence(set(sequence(fromHex('06018f'), nullValue()))), 'der/bad-value', 6],
  ])('with %s is refused', (_, der, code, offset) => {
    expect(catchMalformed(() => parse(der))).toMatchObject({ code, offset });
  });
});
