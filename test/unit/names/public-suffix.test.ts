import { expect, it } from 'vitest';
import { parsePublicSuffixList } from '../../../src/names/public-suffix.js';

const isPublicSuffix = parsePublicSuffixList(`
// ===BEGIN ICANN DOMAINS===
com
co.uk   // trailing text is no part of a rule
*.ck
!www.ck
公司.cn
// ===BEGIN PRIVATE DOMAINS===
s3.amazonaws.com
`);

it.each([
  ['com', true],
  ['COM', true],
  ['example.com', false],
  ['co.uk', true],
  ['Co.Uk', true],
  ['example.co.uk', false],
  ['anything.ck', true],
  ['www.ck', false],
  ['a.b.ck', false],
  ['xn--55qx5d.cn', true],
  ['s3.amazonaws.com', true],
  ['amazonaws.com', false],
  ['unlisted', true],
  ['example.unlisted', false],
])('%s is a public suffix: %s', (name, expected) => {
  expect(isPublicSuffix(name)).toBe(expected);
});
