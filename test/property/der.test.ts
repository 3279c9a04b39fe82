/** DER for any input: what is written comes back, and whatever else is given, a reader says no in its one way. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DerReader, contentOf, encodingOf, readElement, type DerElement } from '../../src/der/reader.js';
import {
  decodeBitString,
  decodeBoolean,
  decodeInteger,
  decodeObjectIdentifier,
  decodeSmallInteger,
  decodeString,
  decodeTime,
  isBitSet,
} from '../../src/der/values.js';
import { encodeElement } from '../../src/der/writer.js';
import { concat, generalizedTime, integer, namedBits, oid, time, tlv } from '../support/der.js';
import { isWellFormed } from '../support/malformed.js';

/** Any identifier octet but those that announce a longer tag. */
const tag = fc.integer({ min: 0, max: 255 }).filter((octet) => (octet & 0x1f) !== 0x1f);
const bytes = fc.uint8Array({ maxLength: 300 });
const read = (der: Uint8Array): DerElement => readElement(der, 0);

/** Walks everything that looks constructed, to a depth of 20. */
function walk(element: DerElement, depth = 0): number {
  if ((element.tag & 0x20) === 0 || depth > 20) return 1;
  let count = 1;
  for (const reader = DerReader.within(element); !reader.atEnd;) {
    const child = reader.readAny();
    expect(child.start).toBeGreaterThanOrEqual(element.contentStart);
    expect(child.end).toBeLessThanOrEqual(element.end);
    expect(child.end).toBeGreaterThan(child.start);
    count += walk(child, depth + 1);
  }
  return count;
}

describe('elements', () => {
  test('come back as they were written, wherever they stand', () => {
    fc.assert(
      fc.property(tag, bytes, bytes, bytes, (identifier, content, before, after) => {
        const written = encodeElement(identifier, content);
        const element = readElement(concat(before, written, after), before.length);
        expect(element.tag).toBe(identifier);
        expect(Buffer.compare(contentOf(element), content)).toBe(0);
        expect(Buffer.compare(encodingOf(element), written)).toBe(0);
        expect(Buffer.compare(tlv(identifier, content), written)).toBe(0);
      }),
    );
  });

  test('of any bytes stay within them, or are malformed', () => {
    fc.assert(
      fc.property(bytes, fc.nat(300), (any, offset) => {
        isWellFormed(() => {
          const element = readElement(any, offset);
          expect(element.end).toBeLessThanOrEqual(any.length);
          expect(element.contentStart).toBeGreaterThan(offset);
          walk(element);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test('have one encoding only: what is read is what a writer would write', () => {
    fc.assert(
      fc.property(bytes, (any) => {
        isWellFormed(() => {
          const element = read(any);
          expect(Buffer.compare(encodingOf(element), encodeElement(element.tag, contentOf(element)))).toBe(0);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test('that are cut are malformed', () => {
    fc.assert(
      fc.property(tag, bytes, fc.nat(), (identifier, content, cut) => {
        const written = encodeElement(identifier, content);
        expect(isWellFormed(() => read(written.subarray(0, cut % written.length)))).toBe(false);
      }),
    );
  });
});

describe('values', () => {
  test('OIDs come back', () => {
    const arc = fc.oneof(fc.bigInt(0n, 300n), fc.bigInt(0n, 2n ** 128n - 1n));
    const first = fc.oneof(
      fc.tuple(fc.constantFrom(0n, 1n), fc.bigInt(0n, 39n)),
      fc.tuple(fc.constant(2n), fc.bigInt(0n, 2n ** 127n)),
    );
    fc.assert(
      fc.property(first, fc.array(arc, { maxLength: 12 }), (start, rest) => {
        const dotted = [...start, ...rest].join('.');
        expect(decodeObjectIdentifier(read(oid(dotted)))).toBe(dotted);
      }),
    );
  });

  test('OIDs of any content are read in their one encoding or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (content) => {
        const element = read(tlv(0x06, content));
        isWellFormed(() => {
          expect(Buffer.compare(oid(decodeObjectIdentifier(element)), encodingOf(element))).toBe(0);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test('integers come back, and have one encoding', () => {
    const number = fc.bigInt(-(2n ** 200n), 2n ** 200n);
    fc.assert(
      fc.property(number, (value) => {
        const content = decodeInteger(read(integer(value)));
        expect(BigInt.asIntN(content.length * 8, BigInt(`0x${Buffer.from(content).toString('hex')}`))).toBe(value);
        expect(isWellFormed(() => decodeInteger(read(tlv(0x02, Uint8Array.of(value < 0n ? 0xff : 0), content))))).toBe(
          false,
        );
      }),
    );
    fc.assert(
      fc.property(fc.nat(0x7fffffff), (value) => {
        expect(decodeSmallInteger(read(integer(value)))).toBe(value);
      }),
    );
  });

  test('named bits come back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40)), (positions) => {
        const bits = decodeBitString(read(namedBits(positions)));
        for (let position = 0; position <= 48; position++) {
          expect(isBitSet(bits, position)).toBe(positions.includes(position));
        }
      }),
    );
  });

  test('times come back to the second', () => {
    const instant = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, (date) => {
        const second = new Date(Math.floor(date.getTime() / 1_000) * 1_000);
        expect(decodeTime(read(generalizedTime(second)))).toEqual(second);
        expect(decodeTime(read(time(second)))).toEqual(second);
      }),
    );
  });

  test('of any content are read or malformed, and strings never fail', () => {
    const decoders = [
      decodeBoolean,
      decodeInteger,
      decodeSmallInteger,
      decodeBitString,
      decodeObjectIdentifier,
      decodeTime,
    ];
    fc.assert(
      fc.property(tag, fc.uint8Array({ maxLength: 40 }), (identifier, content) => {
        const element = read(tlv(identifier, content));
        for (const decode of decoders) isWellFormed(() => decode(element));
        decodeString(identifier, content);
      }),
      { numRuns: 2_000 },
    );
  });
});
