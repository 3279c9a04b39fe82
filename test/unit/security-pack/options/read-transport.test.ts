import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTransport } from '../../../../src/security-pack/options/read-transport.js';

const origin = { file: 'side.ini', line: 7 };
const read = (text: string) => {
  const { levels, findings } = readTransport(text, origin);
  return {
    read: levels.flatMap(({ settings }) => settings.map(({ name, value }) => `${name}=${value}`)),
    unread: findings.map(({ code, subject }) => `${code} ${subject.name}`),
  };
};

test('parameters are options of the port or connection, at the line of the whole', () => {
  const { levels } = readTransport('tls=1;certificate=/a b.pem,/c.pem', origin);
  expect(levels).toEqual([
    {
      kind: 'connection',
      name: 'transport parameters',
      settings: [
        { name: 'tls', value: '1', origin, source: 'transport' },
        { name: 'certificate', value: '/a b.pem,/c.pem', origin, source: 'transport' },
      ],
    },
  ]);
});

describe('a blank beside ; or = makes the option go unread', () => {
  test.each([
    ['tls=1; tls-mutual=1', ['tls=1'], ['tls-mutual']],
    ['tls=1 ;tls-mutual=1', ['tls-mutual=1'], ['tls']],
    ['tls =1;tls-mutual=1', ['tls-mutual=1'], ['tls']],
    ['tls= 1;tls-mutual=1', ['tls-mutual=1'], ['tls']],
    ['tls=1;\ttls-mutual=1', ['tls=1'], ['tls-mutual']],
    [' tls=1;tls-mutual=1 ', ['tls=1', 'tls-mutual=1'], []],
    ['certificate=89 A0;tls=1', ['certificate=89 A0', 'tls=1'], []],
  ])('%j', (text, isRead, unread) => {
    expect(read(text)).toEqual({ read: isRead, unread: unread.map((name) => `option/blanks-in-transport ${name}`) });
  });
});

test('what has no = or no name is no option; empty parts are passed over', () => {
  expect(read('tls;=1;;tls-mutual=1;')).toEqual({
    read: ['tls-mutual=1'],
    unread: ['option/not-an-option tls', 'option/not-an-option '],
  });
});

test('a value may hold further =', () => {
  expect(read('a=b=c').read).toEqual(['a=b=c']);
});

test('what is written without blanks beside the separators is read back, every option once', () => {
  const words = fc.stringMatching(/^[a-z][a-z0-9 -]{0,10}[a-z0-9]$/);
  const values = fc.stringMatching(/^[!-:<-~]([ -:<-~]{0,10}[!-:<-~])?$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(words, values)), (options) => {
      const text = options.map(([name, value]) => `${name}=${value}`).join(';');
      expect(read(text)).toEqual({ read: options.map(([name, value]) => `${name}=${value}`), unread: [] });
    }),
  );
});
