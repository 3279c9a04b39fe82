import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectUTF16, transcodeUTF16 } from '../../../src/containers/transcode.js';

const little = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));
const big = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le').swap16());

describe('detection', () => {
  test.each([
    ['a little-endian mark', Uint8Array.of(0xff, 0xfe, 0x41, 0), 'UTF-16LE'],
    ['a big-endian mark', Uint8Array.of(0xfe, 0xff, 0, 0x41), 'UTF-16BE'],
    ['no mark, little-endian', little('-----BEGIN'), 'UTF-16LE'],
    ['no mark, big-endian', big('-----BEGIN'), 'UTF-16BE'],
    ['ASCII', Uint8Array.from(Buffer.from('-----BEGIN')), undefined],
    ['a few bytes', Uint8Array.of(0x41, 0, 0x42, 0), undefined],
    ['zero bytes', new Uint8Array(64), undefined],
    ['a JKS keystore', Uint8Array.of(0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2), undefined],
  ])('%s', (_, bytes, encoding) => {
    expect(detectUTF16(bytes)).toBe(encoding);
  });
});

test('any text comes out as Buffer would write it in UTF-8, halves of pairs as U+FFFD', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\ud800', '\udc00') }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(!text.startsWith('\ufeff'));
      const expected = Buffer.from(text, 'utf8').toString('hex');
      expect(Buffer.from(transcodeUTF16(little(text), 'UTF-16LE')).toString('hex')).toBe(expected);
      expect(Buffer.from(transcodeUTF16(big(text), 'UTF-16BE')).toString('hex')).toBe(expected);
    }),
  );
});

test('the byte order mark is left out, and an odd last byte', () => {
  expect(transcodeUTF16(Uint8Array.of(0xff, 0xfe, 0x41, 0, 0x42), 'UTF-16LE')).toEqual(Uint8Array.of(0x41));
});
