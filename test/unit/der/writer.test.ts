/** The writer, held against the reader. */
import { expect, test } from 'vitest';
import { contentOf, readElement } from '../../../src/der/reader.js';
import { encodeElement } from '../../../src/der/writer.js';

test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536, 70_000])('content of %i bytes comes back', (length) => {
  const content = new Uint8Array(length).fill(7);
  const written = encodeElement(0x04, content.subarray(0, length >> 1), content.subarray(length >> 1));
  const element = readElement(written, 0);
  expect(element.end).toBe(written.length);
  expect(Buffer.compare(contentOf(element), content)).toBe(0);
});
