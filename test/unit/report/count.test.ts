import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCount } from '../../../src/report/count.js';

test('whole numbers are written as Intl writes them', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (count) => {
      expect(formatCount(count)).toBe(count.toLocaleString('en-US'));
    }),
  );
  expect([0, 999, 1000, -1000, 420_000_223].map(formatCount)).toEqual(['0', '999', '1,000', '-1,000', '420,000,223']);
});
