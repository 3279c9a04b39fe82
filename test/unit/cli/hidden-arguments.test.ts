import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideArguments } from '../../../src/cli/hidden-arguments.js';

describe('arguments on their way through yargs', () => {
  it('keeps short rows as they are, but for standard input', () => {
    const { args, restore } = hideArguments(['chain', 'a.pem', '-', '--trusted-ca', 'b.pem']);
    expect(args.filter((argument) => argument === '-')).toEqual([]);
    expect(args).toHaveLength(5);
    expect(restore({ _: [args[0]], inputs: [args[1], args[2]], trustedCa: [args[4]] })).toEqual({
      _: ['chain'],
      inputs: ['a.pem', '-'],
      trustedCa: ['b.pem'],
    });
  });

  it('makes thousands of files a handful, and gives every one back in its place', () => {
    const files = Array.from({ length: 5000 }, (_, number) => `host${number}.pem`);
    const { args, restore } = hideArguments(['verify', ...files, '--crl', 'x', ...files]);
    expect(args.length).toBeLessThan(25);
    const at = args.indexOf('--crl');
    expect(restore({ inputs: [...args.slice(1, at), ...args.slice(at + 2)] })).toEqual({
      inputs: [...files, ...files],
    });
  });

  it('gives back whatever was given, and never hides an option or the value behind it', () => {
    const argument = fc.oneof(fc.constantFrom('-', '--', '--crl', '-o', 'a.pem', ''), fc.string());
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 60 }), (given) => {
        const { args, restore } = hideArguments(given);
        expect(restore({ all: args })).toEqual({ all: given });
        given.forEach((one, position) => {
          if (!one.startsWith('-') || one === '-') return;
          const places = args.flatMap((other, place) => (other === one ? [place] : []));
          expect(places.length).toBe(given.filter((other) => other === one).length);
          const value = given[position + 1];
          if (value !== undefined && value !== '-') expect(args).toContain(value);
        });
      }),
    );
  });

  it('loses no file that is called as a hidden row is', () => {
    const files = Array.from({ length: 20 }, (_, number) => `${number}.pem`);
    const given = ['verify', ...files, 'certwright:rest:0', 'certwright:rest:7', 'certwright:rest:'];
    const { args, restore } = hideArguments(given);
    expect(restore({ all: args })).toEqual({ all: given });
  });

  it('gives them back in messages too', () => {
    const files = Array.from({ length: 12 }, (_, number) => `${number}.pem`);
    const { args, restoreIn } = hideArguments([...files, '--x', '-']);
    expect(restoreIn(`Unknown arguments: ${args.join(', ')}`)).toBe(
      `Unknown arguments: ${[...files, '--x', '-'].join(', ')}`,
    );
  });
});
