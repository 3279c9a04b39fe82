import { expect, test } from 'vitest';
import { lineEndOf, lineStartOf, makeLineIndex, nextLineOf } from '../../../src/pem/position.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'));

test('lines and columns count from 1', () => {
  const position = makeLineIndex(bytes('ab\ncd\n\nef'));
  expect([0, 1, 2, 3, 6, 7, 8].map(position)).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 1, column: 3 },
    { line: 2, column: 1 },
    { line: 3, column: 1 },
    { line: 4, column: 1 },
    { line: 4, column: 2 },
  ]);
});

test('places can be asked for in any order, far from one another', () => {
  const position = makeLineIndex(bytes('0123456789\n'.repeat(5000)));
  const offsets = [54_999, 3, 20_000, 11, 54_999, 0, 4096, 4097, 8192];
  expect(offsets.map((offset) => position(offset).line)).toEqual(offsets.map((offset) => Math.floor(offset / 11) + 1));
});

test('a byte order mark takes no column', () => {
  expect(makeLineIndex(bytes('\ufeffab'))(4)).toEqual({ line: 1, column: 2 });
});

test.each([
  ['a\nb', 1, 2],
  ['a\r\nb', 1, 3],
  ['a\r\r\nb', 1, 4],
  ['a\rb', 1, 2],
  ['a\r\rb', 1, 2],
])('the line end in %j begins at %i and ends at %i', (text, end, next) => {
  expect(lineEndOf(bytes(text), 0)).toBe(end);
  expect(nextLineOf(bytes(text), end)).toBe(next);
  expect(lineStartOf(bytes(text), text.length)).toBe(text.length - 1);
});

test('columns of one long line are right in any order', () => {
  const position = makeLineIndex(bytes(`\ufeffä${'x'.repeat(100)}\n${'é'.repeat(50)}`));
  const columns = [5, 60, 10, 105, 106, 110, 107, 130, 3].map((offset) => position(offset).column);
  expect(columns).toEqual([2, 57, 7, 102, 1, 3, 2, 13, 1]);
});
