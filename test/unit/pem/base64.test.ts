import { expect, test } from 'vitest';
import { classOf, decodeBase64, isEscape, skipBase64 } from '../../../src/pem/base64.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const decode = (text: string, characters: number): string =>
  Buffer.from(decodeBase64(bytes(text), 0, text.length, characters)).toString('latin1');

test.each([
  ['', 0, ''],
  ['Zg==', 2, 'f'],
  ['Zm8=', 3, 'fo'],
  ['Zm9v', 4, 'foo'],
  ['Zm9vYmFy', 8, 'foobar'],
  ['Zm9vYmE=', 7, 'fooba'],
])('the vector of RFC 4648 %j decodes to its text', (text, characters, expected) => {
  expect(decode(text, characters)).toBe(expected);
});

test.each(['Zm9v\nYmFy', 'Z\nm\n9\nv Y\tm\r\nFy', '> Zm9v\n> YmFy', 'Zm9v\\nYmFy\\n', 'Zm*9vYmFy'])(
  'what is no base64 character is passed over in %j',
  (text) => {
    expect(decode(text, 8)).toBe('foobar');
  },
);

test('a rest of one character gives no byte', () => {
  expect(decode('Zm9vY', 5)).toBe('foo');
});

test('every byte value survives', () => {
  const all = Uint8Array.from({ length: 256 }, (_, value) => value);
  const text = Buffer.from(all).toString('base64');
  expect(decodeBase64(bytes(text), 0, text.length, 342)).toEqual(all);
});

test('only the given range is read', () => {
  expect(Buffer.from(decodeBase64(bytes('AAAAZm9vAAAA'), 4, 8, 4)).toString()).toBe('foo');
  expect(skipBase64(bytes('abcd=ef'), 0, 7)).toBe(4);
  expect(skipBase64(bytes('abcdef'), 2, 4)).toBe(4);
});

test('classes tell characters, padding, blanks, line ends and the rest', () => {
  const kinds = Array.from('A/= \t\n\r-é', (character) => classOf(character.charCodeAt(0)));
  expect(kinds).toEqual([0, 63, 64, 65, 65, 66, 66, 255, 255]);
  expect(classOf(undefined)).toBe(255);
});

test('only \\n, \\r and \\t are line breaks written out', () => {
  expect(['\\n', '\\r', '\\t', '\\x', 'nn'].map((text) => isEscape(bytes(text), 0))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
