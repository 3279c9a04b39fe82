import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIni } from '../../../../src/security-pack/options/read-ini.js';
import { summarize } from '../../../support/settings.js';

const read = (text: string) => readIni(text, 'f.ini');
/** `[level] name=value f.ini:1` for each option. */
const show = (text: string): string[] =>
  read(text).levels.flatMap(({ kind, name, settings }) =>
    settings.map((each) => `${kind} ${name} ${each.name}=${each.value} ${each.origin.line ?? ''} ${each.source}`),
  );
const say = (text: string): string[] => read(text).findings.map(summarize);

describe('sections', () => {
  test('are levels, by their names', () => {
    const text = ['security', 'host', 'application', 'port', 'connection'].map((name) => `[${name}]\na=b\n`).join('');
    expect(show(text)).toEqual([
      'unnamed [security] a=b 2 ini',
      'host [host] a=b 4 ini',
      'application [application] a=b 6 ini',
      'connection [port] a=b 8 ini',
      'connection [connection] a=b 10 ini',
    ]);
    expect(say(text)).toEqual([]);
  });

  test('of SIP hold SIP settings, and each proxy of a pool has its own', () => {
    const { sip, application, levels } = read(
      '[sip]\ncontact=sips:a\n[sip-proxy A]\ntls-port=5061\n[sip-proxy B]\ntls-port=5062',
    );
    expect(sip.map(({ section, name, value }) => `${section} ${name}=${value}`)).toEqual([
      '[sip] contact=sips:a',
      '[sip-proxy A] tls-port=5061',
      '[sip-proxy B] tls-port=5062',
    ]);
    expect([application, levels]).toEqual(['sip-proxy', []]);
    expect(read('[sip]\ncontact=sips:a').application).toBe('any');
  });

  test('of security options may hold SIP settings too, which are told apart by name', () => {
    const { sip, levels } = read('[application]\nsip-port-tls=5061\ncertificate=/c.pem');
    expect(sip.map(({ name, section }) => [name, section])).toEqual([['sip-port-tls', '[application]']]);
    expect(levels[0]?.settings.map(({ name }) => name)).toEqual(['certificate']);
  });

  test.each([
    ['[Security]', 'option/wrong-case'],
    ['[securty]', 'option/misspelt'],
    ['[port 5061]', 'option/misspelt'],
    ['[HOST]', 'option/wrong-case'],
    ['[Sip-Proxy A]', 'option/wrong-case'],
  ])('%s is not read, and one finding says it', (section, code) => {
    const text = `${section}\ncertificate=/c.pem\ntls-port=1`;
    expect(say(text)).toEqual([`${code} f.ini:1`]);
    expect([read(text).levels, read(text).sip]).toEqual([[], []]);
  });

  test('that are unknown are an info, and a warning where TLS options stand in them', () => {
    const { findings } = read('[log]\nverbose=all\n[TServer]\ncertificate=/c.pem\nserver-id=1');
    expect(findings.map(({ severity, origin, params }) => [severity, origin?.line, params.options])).toEqual([
      ['info', 1, []],
      ['warning', 3, ['certificate']],
    ]);
  });

  test.each(['[security', '[]', '[ ]', '[security] ; main', '[a]b]'])('%s is no section', (line) => {
    expect(say(`${line}\ncertificate=/c.pem`)).toEqual(['option/section-malformed f.ini:1']);
    expect(show(`${line}\ncertificate=/c.pem`)).toEqual([]);
  });
});

describe('options', () => {
  test('keep what is in them: ; # = quotes and blanks', () => {
    expect(show('[security]\na = x;y # z = "1"\t\n')).toEqual(['unnamed [security] a=x;y # z = "1" 2 ini']);
  });

  test('may be empty', () => {
    expect(show('[security]\ncertificate=')).toEqual(['unnamed [security] certificate= 2 ini']);
  });

  test('without = or without a name are none', () => {
    expect(say('[security]\ncertificate\n=value')).toEqual([
      'option/not-an-option f.ini:2',
      'option/not-an-option f.ini:3',
    ]);
  });

  test('before the first section are not read', () => {
    expect(say('certificate=/c.pem\n[security]')).toEqual(['option/outside-section f.ini:1']);
    expect(show('certificate=/c.pem\n[security]')).toEqual([]);
  });

  test('called transport hold transport parameters of their level', () => {
    expect(show('[host]\ntransport=tls=1;certificate=/c.pem')).toEqual([
      'host [host] tls=1 2 transport',
      'host [host] certificate=/c.pem 2 transport',
    ]);
  });
});

test('comments are whole lines, and blank lines count as lines', () => {
  expect(show('; a=b\n\n # c=d\n[security]\n\n;e=f\ng=h')).toEqual(['unnamed [security] g=h 7 ini']);
});

test.each([
  ['CR LF', '\r\n'],
  ['CR', '\r'],
  ['LF', '\n'],
])('lines end with %s', (_, end) => {
  expect(show(['[security]', 'a=b', '', 'c=d', ''].join(end))).toEqual([
    'unnamed [security] a=b 2 ini',
    'unnamed [security] c=d 4 ini',
  ]);
});

test('a byte order mark is passed over', () => {
  expect(show('\uFEFF[security]\na=b')).toEqual(['unnamed [security] a=b 2 ini']);
});

const noBreak = (text: string): boolean => !/[\r\n]/.test(text);
const trimmed = (text: string): boolean => !/^[ \t]|[ \t]$/.test(text);
/** Characters that matter to the reader, among all others. */
const texts = fc.string({
  unit: fc.oneof(fc.constantFrom(';', '#', '=', ' ', '[', ']', 'a', '"'), fc.string({ minLength: 1, maxLength: 1 })),
});
const values = texts.filter((text) => noBreak(text) && trimmed(text));
const names = values.filter((text) => text !== '' && !text.includes('=') && !/^[;#[]/.test(text));

test('every name and value comes back as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(names, values)), (options) => {
      const named = options.map(([name, value]) => [`x${name}`, value] as const);
      const { levels, findings } = read(`[security]\n${named.map(([name, value]) => `${name} = ${value}`).join('\n')}`);
      expect(findings).toEqual([]);
      expect(levels[0]?.settings.map(({ name, value }) => [name, value])).toEqual(named);
      expect(levels[0]?.settings.map(({ origin }) => origin.line)).toEqual(named.map((_, index) => index + 2));
    }),
  );
});

test('a line of very many blanks is read at once', () => {
  const value = `a${' '.repeat(1_000_000)}b`;
  expect(read(`[security]\nname=${value}`).levels[0]?.settings[0]?.value).toBe(value);
});

test('no text makes the reader throw, and every finding has its line', () => {
  const lines = fc.oneof(texts, fc.constantFrom('[security]', '[Host]', '[sip-proxy A]', 'transport=tls=1; x', 'a=b'));
  fc.assert(
    fc.property(fc.array(lines), fc.constantFrom('\n', '\r\n', '\r'), (written, end) => {
      const { findings } = read(written.join(end));
      expect(findings.every(({ origin }) => origin?.line !== undefined)).toBe(true);
    }),
  );
});
