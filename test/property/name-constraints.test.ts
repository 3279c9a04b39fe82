/** What must hold of name constraints whatever the names are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchDNSName, matchIPAddress, matchRFC822Name, matchURI } from '../../src/names/name-constraint-matching.js';

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,5}[a-z0-9])?$/);
const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const anyCase = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(text, fc.boolean()).map(([value, upper]) => (upper ? value.toUpperCase() : value));
const garbage = fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z0-9.*@:/_-]{0,20}$/));

describe('dNSName', () => {
  it('a domain holds itself and whatever stands below it', () => {
    fc.assert(
      fc.property(anyCase(domain), anyCase(domain), (base, prefix) => {
        expect(matchDNSName(base, base, 'permitted')).toBe('inside');
        expect(matchDNSName(`${prefix}.${base}`, base, 'permitted')).toBe('inside');
      }),
    );
  });

  it('a name is inside if and only if the base is its end, label by label', () => {
    fc.assert(
      fc.property(domain, domain, (name, base) => {
        const labels = name.split('.');
        const ends = labels.slice(-base.split('.').length).join('.') === base;
        expect(matchDNSName(name, base, 'permitted')).toBe(ends ? 'inside' : 'outside');
      }),
    );
  });

  it('a wildcard is permitted only where each of its expansions is, and excluded where one is', () => {
    fc.assert(
      fc.property(domain, domain, label, (suffix, base, expansion) => {
        const name = `*.${suffix}`;
        const one = matchDNSName(`${expansion}.${suffix}`, base, 'permitted');
        if (matchDNSName(name, base, 'permitted') === 'inside') expect(one).toBe('inside');
        if (one === 'inside') expect(matchDNSName(name, base, 'excluded')).toBe('inside');
      }),
    );
  });
});

it('what is permitted inside is excluded inside, for all forms and whatever the text', () => {
  fc.assert(
    fc.property(garbage, garbage, (name, base) => {
      for (const match of [matchDNSName, matchRFC822Name, matchURI]) {
        const permitted = match(name, base, 'permitted');
        if (permitted === 'inside') expect(match(name, base, 'excluded')).toBe('inside');
        expect(['inside', 'outside', 'malformed-name', 'malformed-subtree']).toContain(permitted);
      }
    }),
    { numRuns: 2000 },
  );
});

it('a mailbox is inside its host, its own address and the domain above', () => {
  fc.assert(
    fc.property(label, domain, label, (user, host, sub) => {
      const name = `${user}@${sub}.${host}`;
      expect(matchRFC822Name(name, name, 'permitted')).toBe('inside');
      expect(matchRFC822Name(name, `${sub}.${host}`, 'permitted')).toBe('inside');
      expect(matchRFC822Name(name, `.${host}`, 'permitted')).toBe('inside');
      expect(matchRFC822Name(`${user}@${host}`, `.${host}`, 'permitted')).toBe('outside');
    }),
  );
});

it('an address is inside every network that its first bits name', () => {
  const octets = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  );
  fc.assert(
    fc.property(octets, fc.nat({ max: 128 }), (address, bits) => {
      const prefix = Math.min(bits, address.length * 8);
      const mask = address.map((_, at) => 0xff & (0xff00 >> Math.min(8, Math.max(0, prefix - at * 8))));
      expect(matchIPAddress(address, Uint8Array.from([...address, ...mask]))).toBe('inside');
      if (prefix === 0) return;
      const other = Uint8Array.from(address);
      other[(prefix - 1) >> 3] = (other[(prefix - 1) >> 3] ?? 0) ^ (0x80 >> ((prefix - 1) & 7));
      expect(matchIPAddress(other, Uint8Array.from([...address, ...mask]))).toBe('outside');
    }),
  );
});
