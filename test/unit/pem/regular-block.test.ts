import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePem } from '../../../src/pem/encode.js';
import { readRegularBlock } from '../../../src/pem/regular-block.js';
import { scanPem } from '../../../src/pem/scan.js';

const regular = (length: number): Buffer =>
  Buffer.from(
    encodePem(
      'CERTIFICATE',
      Uint8Array.from({ length }, (_, at) => (at * 37) % 256),
    ),
  );

/** A blank line in front says nothing to the scan and is no regular block. */
const scanAtLength = (text: Uint8Array) => scanPem(Buffer.concat([Buffer.from('\n'), text]), 'a.pem');

describe('a file that is one regular block', () => {
  it('is read as the scan reads it, whatever the length of its last line', () => {
    for (let length = 1; length <= 150; length++) {
      const text = regular(length);
      const block = readRegularBlock(text);
      const [scanned] = scanAtLength(text).blocks;
      expect(block?.bytes).toEqual(scanned?.bytes);
      expect(block?.textEnd).toBe((scanned?.textEnd ?? 0) - 1);
    }
  });

  it('has the fields of every other block', () => {
    const text = regular(100);
    const [block] = scanPem(text, 'a.pem').blocks;
    const [scanned] = scanAtLength(text).blocks;
    expect({ ...scanned, origin: block?.origin, textStart: 0, textEnd: block?.textEnd }).toEqual(block);
    expect(block?.origin).toEqual({ file: 'a.pem', line: 1, index: 1 });
  });

  it('is none with anything that the scan would have something to say of', () => {
    const others = [
      (text: string) => `${text}\n`,
      (text: string) => text.trimEnd(),
      (text: string) => text.replaceAll('\n', '\r\n'),
      (text: string) => text + text,
      (text: string) => text.replaceAll('CERTIFICATE', 'X509 CRL'),
      (text: string) => text.replace('=', ''),
    ];
    for (const change of others) {
      expect(readRegularBlock(Buffer.from(change(regular(100).toString())))).toBeUndefined();
    }
  });

  it('whatever byte is changed, taken out or added, a text still taken for one gives the scan nothing to say', () => {
    const damage = fc.record({
      length: fc.integer({ min: 1, max: 150 }),
      at: fc.nat(300),
      byte: fc.oneof(fc.constantFrom(0x0a, 0x0d, 0x20, 0x2d, 0x3d, 0x41), fc.integer({ min: 0, max: 255 })),
      taken: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(damage, ({ length, at, byte, taken }) => {
        const text = regular(length);
        const place = at % text.length;
        const changed = Buffer.concat([text.subarray(0, place), Buffer.of(byte), text.subarray(place + taken)]);
        const block = readRegularBlock(changed);
        if (!block) return;
        const { blocks, findings } = scanAtLength(changed);
        expect(findings).toEqual([]);
        expect(blocks.map(({ bytes }) => bytes)).toEqual([block.bytes]);
      }),
      { numRuns: 2000 },
    );
  });
});
