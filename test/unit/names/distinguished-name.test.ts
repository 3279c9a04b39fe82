/** Names compared by meaning, as RFC 5280 7.1 asks. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DerReader } from '../../../src/der/reader.js';
import { equalNames, nameKey } from '../../../src/names/distinguished-name.js';
import { readName, type Name } from '../../../src/x509/name.js';
import {
  bmpString,
  concat,
  fromHex,
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
import { makeName, type NameInput } from '../../support/names.js';

const parse = (name: NameInput): Name => readName(new DerReader(makeName(name)), 'name');
const commonName = (value: string | Uint8Array): Name => parse([[{ type: 'CN', value }]]);

describe('names are equal', () => {
  test.each<[string, Name, Name]>([
    ['that are the same octets', parse('CN=a,O=b'), parse('CN=a,O=b')],
    ['in another case', commonName('Issuing CA 1'), commonName('ISSUING ca 1')],
    ['with runs of blanks', commonName('Issuing  CA   1'), commonName('Issuing CA 1')],
    ['with blanks around', commonName('  Issuing CA 1 '), commonName('Issuing CA 1')],
    ['with a no-break blank', commonName('Issuing\u00a0CA'), commonName('Issuing CA')],
    ['in another string type', commonName(printableString('Fly')), commonName(utf8String('Fly'))],
    ['in UTF-16', commonName(bmpString('Größe')), commonName(utf8String('Größe'))],
    ['in UTF-32', commonName(universalString('Größe')), commonName(teletexString('Größe'))],
    ['in another case beyond ASCII', commonName('GRÖSSE Ä'), commonName('grösse ä')],
    ['composed otherwise', commonName('Gro\u0308\u00dfe'), commonName('Gr\u00f6\u00dfe')],
    ['in compatibility characters', commonName('\uff26\uff4c\uff59'), commonName('Fly')],
    ['without any attribute', parse(sequence()), parse(sequence())],
  ])('%s', (_, a, b) => {
    expect(equalNames(a, b)).toBe(true);
    expect(nameKey(a)).toBe(nameKey(b));
  });

  test('whose multi-valued RDN is written in another order', () => {
    const one = sequence(oid('2.5.4.3'), utf8String('a'));
    const other = sequence(oid('0.9.2342.19200300.100.1.1'), utf8String('7'));
    expect(equalNames(parse(sequence(set(one, other))), parse(sequence(set(other, one))))).toBe(true);
  });
});

describe('names differ', () => {
  test.each<[string, Name, Name]>([
    ['in a letter', commonName('Issuing CA 1'), commonName('Issuing CA 2')],
    ['in the order of their RDNs', parse('CN=a,O=b'), parse('O=b,CN=a')],
    ['in the type of an attribute', parse('CN=a'), parse('OU=a')],
    ['in the number of RDNs', parse('CN=a'), parse('CN=a,CN=a')],
    ['where one RDN has the attributes of two', parse('CN=a+OU=b'), parse('CN=a,OU=b')],
    ['where a separator stands in a value', commonName('a","b'), parse('CN=a,CN=b')],
    ['where a value imitates a second attribute', commonName('a"+2.5.4.11="b'), parse('CN=a+OU=b')],
    ['from the empty name', commonName(''), parse(sequence())],
    ['where a NUL is hidden', commonName('a\0b'), commonName('ab')],
    ['where a blank inside is missing', commonName('Issuing CA'), commonName('IssuingCA')],
    ['where one is no string', commonName(octetString(fromHex('61'))), commonName('a')],
    ['where both are no strings', commonName(octetString(fromHex('61'))), commonName(octetString(fromHex('62')))],
    ['in damaged octets', commonName(tlv(0x0c, fromHex('61ff'))), commonName(tlv(0x0c, fromHex('61fe')))],
    ['in a cut last character', commonName(tlv(0x1e, fromHex('006100'))), commonName(tlv(0x1e, fromHex('006101')))],
  ])('%s', (_, a, b) => {
    expect(equalNames(a, b)).toBe(false);
  });

  test('where what is no string is of another type', () => {
    expect(equalNames(commonName(octetString(fromHex('05'))), commonName(tlv(0x02, fromHex('05'))))).toBe(false);
  });
});

test('a value that is no string equals itself', () => {
  const value = octetString(fromHex('00ff'));
  expect(equalNames(commonName(value), commonName(concat(value)))).toBe(true);
});

test('whatever the values are, two names are equal where their keys are', () => {
  const value = fc.oneof(
    fc.constantFrom('a', 'A', ' a', 'a  b', 'a b', 'A B', 'a\\b', 'a"b', '', '\ufffd'),
    fc.string({ maxLength: 3, unit: 'binary' }),
  );
  const attribute = fc.record({ type: fc.constantFrom('CN', 'O'), value });
  const names = fc.array(fc.array(attribute, { minLength: 1, maxLength: 2 }), { maxLength: 2 });
  fc.assert(
    fc.property(names, names, (one, other) => {
      const [a, b] = [parse(one), parse(other)];
      expect(equalNames(a, b)).toBe(nameKey(a) === nameKey(b));
    }),
    { numRuns: 2000 },
  );
});

test.each(['Issuing CA 1', 'a"b', 'a\\b', 'a  b', ' a', 'ä', '!#[]~', ''])(
  'the key of %j is that of RFC 5280 7.1',
  (value) => {
    const folded = value.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ');
    expect(nameKey(commonName(value))).toBe(`2.5.4.3=${JSON.stringify(folded)}`);
  },
);
