import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { SharedValues } from '../../../src/der/shared-values.js';

interface Held {
  readonly bytes: Uint8Array;
}

const hold = (bytes: Uint8Array): Held => ({ bytes });

describe('values of the same octets', () => {
  it.each([
    ['an array', (octets: number[]) => Uint8Array.from(octets)],
    ['a Buffer', (octets: number[]) => Buffer.from(octets)],
  ])('are one object from the second time on, made of a copy: in %s', (_, makeSource) => {
    const shared = new SharedValues<Held>();
    const source = makeSource([9, 1, 2, 3, 9]);
    const first = shared.get(source, 1, 4, hold);
    expect(first.bytes.buffer).toBe(source.buffer);
    const second = shared.get(source, 1, 4, hold);
    const third = shared.get(Uint8Array.of(1, 2, 3), 0, 3, hold);
    expect(shared.get(source, 1, 4, hold)).toBe(third);
    expect([...second.bytes]).toEqual([1, 2, 3]);
    expect(third.bytes.buffer).not.toBe(source.buffer);
    expect(third.bytes.buffer.byteLength).toBe(3);
    source.fill(0);
    expect(third.bytes).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('are not decoded again', () => {
    const shared = new SharedValues<Held>();
    const decode = vi.fn(hold);
    for (let time = 0; time < 10; time++) shared.get(Uint8Array.of(1, 2, 3), 0, 3, decode);
    expect(decode).toHaveBeenCalledTimes(3);
  });

  it('are what decoding them gives, whatever came before', () => {
    const octets = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(octets, { maxLength: 60 }), (values) => {
        const shared = new SharedValues<string>();
        for (const value of [...values, ...values, ...values]) {
          const padded = Uint8Array.from([7, ...value, 7]);
          expect(shared.get(padded, 1, 1 + value.length, (bytes) => bytes.join())).toBe(value.join());
        }
      }),
    );
  });

  it('differ where one octet in the middle does, which is not looked at to find the place', () => {
    const shared = new SharedValues<Held>();
    const [one, other] = [0, 1].map((octet) => Uint8Array.from({ length: 100 }, (_, at) => (at === 50 ? octet : at)));
    for (let time = 0; time < 3; time++) {
      for (const value of [one, other]) {
        if (value) expect(shared.get(value, 0, 100, hold).bytes).toEqual(value);
      }
    }
  });

  it('that are long are not kept', () => {
    const shared = new SharedValues<Held>();
    const decode = vi.fn(hold);
    for (let time = 0; time < 4; time++) shared.get(new Uint8Array(2049), 0, 2049, decode);
    expect(decode).toHaveBeenCalledTimes(4);
  });

  it('that cannot be decoded fail every time', () => {
    const shared = new SharedValues<Held>();
    const fail = (): never => {
      throw new Error('no');
    };
    for (let time = 0; time < 3; time++) expect(() => shared.get(Uint8Array.of(1), 0, 1, fail)).toThrow('no');
  });
});
