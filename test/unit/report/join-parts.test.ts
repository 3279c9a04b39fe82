import { expect, test } from 'vitest';
import { joinParts } from '../../../src/report/join-parts.js';

const long = 'x'.repeat(40_000);

test('short parts become few pieces, long ones stay apart, and nothing is lost', () => {
  expect(Array.from(joinParts(['a', 'b', 'c']))).toEqual(['abc']);
  expect(Array.from(joinParts([long, long, long, 'y']))).toEqual([long + long, `${long}y`]);
  expect(Array.from(joinParts([]))).toEqual([]);
});

test('what stands before an error is given before the error is thrown', () => {
  function* parts(): Generator<string> {
    yield 'a';
    throw new Error('damaged');
  }
  const given: string[] = [];
  expect(() => {
    for (const piece of joinParts(parts())) given.push(piece);
  }).toThrow('damaged');
  expect(given).toEqual(['a']);
});
