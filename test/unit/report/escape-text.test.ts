/** Nothing that was read from a file reaches the terminal as a control character, in findings least of all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderChain } from '../../../src/chain/order-chain.js';
import { escapeInvisible } from '../../../src/report/escape-text.js';
import { stringifyInParts, stringifyJSON } from '../../../src/report/json/stringify.js';
import { plainPalette } from '../../../src/report/palette.js';
import { formatFindings } from '../../../src/report/text/findings.js';
import { formatOrigin } from '../../../src/report/text/place.js';
import { asCertificate } from '../../support/parsed.js';
import { issueCertificate, makeKeyPair } from '../../support/pki.js';

describe('escapeInvisible', () => {
  test.each([
    ['plain text', 'Größe 1 <a>', 'Größe 1 <a>'],
    ['NUL', 'a\0b', 'a\\0b'],
    ['an escape sequence', '\u001b[2J', '\\u001b[2J'],
    ['line ends', 'a\r\nb', 'a\\u000d\\u000ab'],
    ['the one-character CSI', '\u009b', '\\u009b'],
    ['a right-to-left override', '\u202e', '\\u202e'],
    ['a zero-width blank', '\u200b', '\\u200b'],
    ['a tag character', '\u{e0041}', '\\u{e0041}'],
    ['a lone surrogate', '\ud800', '\\ud800'],
    ['a replacement character', '\ufffd', '\\ufffd'],
  ])('writes %s', (_, text, expected) => {
    expect(escapeInvisible(text)).toBe(expected);
  });
});

describe('stringifyJSON', () => {
  const odd = { text: 'a\u009b31m\u202e\u007f\u001b\u2028\u{e0041}ä\n', list: [1, 'b'] };

  test.each([undefined, 2])(
    'says the same as JSON.stringify, indented by %s, without what a terminal acts upon',
    (indent) => {
      const json = stringifyJSON(odd, indent);
      expect(JSON.parse(json)).toEqual(odd);
      expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(json).toContain('a\\u009b31m\\u202e\\u007f\\u001b\\u2028\\udb40\\udc41ä\\n');
    },
  );

  test.each([undefined, 2])('gives the same in parts, indented by %s', (indent) => {
    const given = fc
      .jsonValue({ maxDepth: 6 })
      .map((value) => ({ a: value, list: [[value], { b: [value, odd] }, []] }));
    fc.assert(
      fc.property(given, (value) => {
        expect(Array.from(stringifyInParts(value, indent)).join('')).toBe(stringifyJSON(value, indent));
      }),
    );
    const others = { when: new Date(0), gone: undefined, none: null, list: [undefined, new Date(1)], empty: [{}, []] };
    expect(Array.from(stringifyInParts(others, indent)).join('')).toBe(stringifyJSON(others, indent));
  });

  test('leaves plain text alone', () => {
    expect(stringifyJSON({ a: ['b', 1] }, 2)).toBe(JSON.stringify({ a: ['b', 1] }, null, 2));
  });
});

describe('findings', () => {
  test('escape a URL that a certificate brings', () => {
    const issuer = { subject: 'CN=Gone', key: makeKeyPair() };
    const { certificate } = issueCertificate(issuer, {
      subject: 'CN=leaf',
      authorityInfoAccess: { caIssuers: ['http://a/\u001b]0;owned\u0007'] },
    });
    const file = 'odd\u001b[31m.pem';
    const { findings } = orderChain([asCertificate(certificate, file)], { at: new Date('2026-01-01') });
    const lines = formatFindings(findings, { quiet: false, verbose: true }, plainPalette);
    expect(lines.join('')).toContain('http://a/\\u001b]0;owned\\u0007');
    expect(lines.join('')).toContain('odd\\u001b[31m.pem:1');
    expect(lines.join('').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test('escape the name of the file', () => {
    expect(formatOrigin({ file: 'a\nb.pem', line: 2 })).toBe('a\\u000ab.pem:2');
    expect(formatOrigin({ file: '-' })).toBe('standard input');
  });
});
