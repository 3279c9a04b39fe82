import { describe, expect, test } from 'vitest';
import {
  equalIgnoringCase,
  findHostNameFault,
  foldCase,
  hasNonASCII,
  toALabels,
  withoutTrailingDot,
} from '../../../src/names/dns-name.js';

describe('DNS names', () => {
  test('only A to Z have a case', () => {
    expect(foldCase('ABCÀÉ.İ\u212a')).toBe('abcÀÉ.İ\u212a');
    expect(equalIgnoringCase('Fly.Example.COM', 'fLY.eXAMPLE.com')).toBe(true);
    expect(equalIgnoringCase('É.com', 'é.com')).toBe(false);
    // U+212A, the Kelvin sign, becomes k in a lower case that follows Unicode.
    expect(equalIgnoringCase('\u212a.com', 'k.com')).toBe(false);
    expect(equalIgnoringCase('a', 'ab')).toBe(false);
  });

  test('one final dot is taken off, no more', () => {
    expect(withoutTrailingDot('a.b.')).toBe('a.b');
    expect(withoutTrailingDot('a.b..')).toBe('a.b.');
    expect(withoutTrailingDot('a.b')).toBe('a.b');
  });

  test.each([
    ['sip1.example.com', undefined],
    ['a', undefined],
    ['1a.2b', undefined],
    ['xn--bcher-kva.example', undefined],
    [`${'a'.repeat(63)}.com`, undefined],
    [Array(126).fill('a').join('.'), undefined],
    ['', 'empty'],
    [Array(128).fill('a').join('.'), 'too-long'],
    ['a..b', 'empty-label'],
    ['.a', 'empty-label'],
    ['a.', 'empty-label'],
    [`${'a'.repeat(64)}.com`, 'label-too-long'],
    ['-a.com', 'hyphen-at-edge'],
    ['a-.com', 'hyphen-at-edge'],
    ['a_b.com', 'underscore'],
    ['a b.com', 'other-character'],
    ['*.com', 'other-character'],
    ['bücher.example', 'other-character'],
    ['a:1', 'other-character'],
    ['14.15', 'numeric-last-label'],
    ['1.2.3.4', 'numeric-last-label'],
    ['5', 'numeric-last-label'],
  ])('"%s" has the fault %s', (name, fault) => {
    expect(findHostNameFault(name)).toBe(fault);
  });

  test('U-labels become A-labels by UTS 46, in lower case', () => {
    expect(toALabels('Bücher.Example')).toBe('xn--bcher-kva.example');
    expect(toALabels('bücher.example.')).toBe('xn--bcher-kva.example.');
    expect(toALabels('straße.de')).toBe('xn--strae-oqa.de');
    expect(toALabels('ü_x.de')).toBe('xn--_x-wka.de');
    expect(toALabels('Plain.Example')).toBe('Plain.Example');
    expect(hasNonASCII('bücher')).toBe(true);
    expect(hasNonASCII('xn--bcher-kva')).toBe(false);
  });

  test.each([
    // Full-width digits would become an address, an escape or a slash another host.
    '１２７.0.0.1',
    'ü%2e.com',
    'ü/a.com',
    'ü@b.com',
    'ü b.com',
    'ü..com',
    '*.ü.com',
    'xn--a.ü',
    'ü'.repeat(70),
  ])('"%s" has no form in A-labels', (name) => {
    expect(toALabels(name)).toBeUndefined();
  });
});
