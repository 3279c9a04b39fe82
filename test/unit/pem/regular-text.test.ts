import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePem } from '../../../src/pem/encode.js';
import { readRegularText } from '../../../src/pem/regular-text.js';
import { scanPem } from '../../../src/pem/scan.js';

const body = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 37) % 256);
const regular = (...lengths: readonly number[]): Buffer =>
  Buffer.from(lengths.map((length, at) => encodePem(at % 2 === 0 ? 'CERTIFICATE' : 'X509 CRL', body(length))).join(''));

/** A blank line in front says nothing to the scan and makes it no regular text. */
const scanAtLength = (text: Uint8Array) => scanPem(Buffer.concat([Buffer.from('\n'), text]), 'a.pem');

describe('a text of nothing but regular blocks', () => {
  it('is read as the scan reads it, whatever the length of the last lines', () => {
    for (let length = 1; length <= 150; length++) {
      const text = regular(length, 151 - length, 48);
      const scanned = scanAtLength(text);
      expect(scanned.findings).toEqual([]);
      expect(readRegularText(text)).toEqual(
        scanned.blocks.map(({ label, bytes, origin, textStart, textEnd }) => ({
          label,
          bytes,
          line: (origin.line ?? 0) - 1,
          textStart: textStart - 1,
          textEnd: textEnd - 1,
        })),
      );
    }
  });

  it.each([49_000, 49_104, 49_105, 49_152, 50_000, 100_000])('is read so with a body of %i bytes too', (length) => {
    const text = regular(10, length, 10);
    const [scanned, regularBlocks] = [scanAtLength(text), readRegularText(text)];
    expect(scanned.findings).toEqual([]);
    expect(regularBlocks?.map(({ line }) => line)).toEqual(scanned.blocks.map(({ origin }) => (origin.line ?? 0) - 1));
    expect(regularBlocks?.every(({ bytes }, at) => Buffer.from(bytes).equals(scanned.blocks[at]?.bytes ?? bytes))).toBe(
      true,
    );
    expect(regularBlocks?.[1]?.bytes).toHaveLength(length);
    const last = text.length - 100;
    for (const at of [100, 40_000, 60_000, last]) {
      for (const byte of [0x2a, 0x3d, 0x0d, 0x0a]) {
        const damaged = Buffer.from(text);
        damaged[at] = damaged[at] === byte ? 0x20 : byte;
        expect(readRegularText(damaged)).toBeUndefined();
      }
    }
  });

  it('gives blocks with the fields of every other block', () => {
    const text = regular(100, 30);
    const shifted = scanAtLength(text).blocks.map(({ origin, textStart, textEnd, ...others }) => ({
      ...others,
      origin: { ...origin, line: (origin.line ?? 0) - 1 },
      textStart: textStart - 1,
      textEnd: textEnd - 1,
    }));
    expect(scanPem(text, 'a.pem')).toEqual({ blocks: shifted, findings: [] });
    expect(shifted[1]?.origin).toEqual({ file: 'a.pem', line: 6, index: 2 });
  });

  it('is none with anything that the scan would have something to say of', () => {
    const others = [
      (text: string) => `${text}\n`,
      (text: string) => text.trimEnd(),
      (text: string) => text.replaceAll('\n', '\r\n'),
      (text: string) => text.replace('-----\n-----', '-----\n# the next\n-----'),
      (text: string) => text.replace('X509 CRL', 'CRL'),
      (text: string) => text.replaceAll('X509 CRL', 'CRL'),
      (text: string) => text.replaceAll('CERTIFICATE', 'PUBLIC KEY'),
      (text: string) => text.replace('=', ''),
      (text: string) => text.replace('\n-----END', '\n\n-----END'),
      (text: string) => text.replace('+', '_'),
      (text: string) => text.replace(/\n(.)/, '$1\n'),
      () => regular(48).toString().replace('\n-----END', '\n\n-----END'),
      () => '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n',
      () => '-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----\n',
      () => '-----BEGIN CERTIFICATE-----\n==\n-----END CERTIFICATE-----\n',
      () => '',
    ];
    for (const change of others) {
      expect(readRegularText(Buffer.from(change(regular(100, 30).toString())))).toBeUndefined();
    }
  });

  it('whatever byte is changed, taken out or added, a text still taken for one gives the scan nothing to say', () => {
    const damage = fc.record({
      lengths: fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 3 }),
      at: fc.nat(700),
      byte: fc.oneof(fc.constantFrom(0x0a, 0x0d, 0x20, 0x2d, 0x3d, 0x41), fc.integer({ min: 0, max: 255 })),
      taken: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(damage, ({ lengths, at, byte, taken }) => {
        const text = regular(...lengths);
        const place = at % text.length;
        const changed = Buffer.concat([text.subarray(0, place), Buffer.of(byte), text.subarray(place + taken)]);
        const regularBlocks = readRegularText(changed);
        if (!regularBlocks) return;
        const { blocks, findings } = scanAtLength(changed);
        expect(findings).toEqual([]);
        expect(blocks.map(({ label, bytes }) => ({ label, bytes }))).toEqual(
          regularBlocks.map(({ label, bytes }) => ({ label, bytes })),
        );
      }),
      { numRuns: 3000 },
    );
  });
});
