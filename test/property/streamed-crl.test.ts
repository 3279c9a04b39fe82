/** Wherever the blocks of a CRL end, its stream says what the whole says, or that it has to be read whole. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/der/values.js';
import { MalformedInputError } from '../../src/finding/malformed-input.js';
import { BodyCutter } from '../../src/pem/cut-bodies.js';
import { encodePem } from '../../src/pem/encode.js';
import { scanPem } from '../../src/pem/scan.js';
import { checkCRLSignature } from '../../src/revocation/authenticate-crl.js';
import { scanCRL } from '../../src/revocation/scan-crl.js';
import { CRLStream } from '../../src/revocation/stream-crl.js';
import { fingerprintCRL, scanAnyCRL } from '../../src/revocation/streamed-crl.js';
import { wantSerials } from '../../src/revocation/wanted-serials.js';
import { parseCRL, type CertificateList } from '../../src/x509/crl.js';
import { makeCRL, type RevokedEntry } from '../support/pki.js';
import { ca, issuer } from '../support/revocation.js';

const key = issuer.tbsCertificate.subjectPublicKeyInfo;
const entries: RevokedEntry[] = Array.from({ length: 40 }, (_, position) => ({
  serialNumber: 500 + position * 37,
  ...(position % 3 === 0 && { reason: 'keyCompromise' }),
  ...(position === 20 && { certificateIssuer: ['dirName:CN=Other CA'] }),
}));
const der = makeCRL({
  issuer: ca.subject,
  issuerKey: ca.key,
  issuingDistributionPoint: { indirectCRL: true },
  entries,
});
const serials = [500, 500 + 21 * 37, 7].map((number) => Uint8Array.of(number >> 8, number & 0xff));
const wanted = wantSerials(serials);

/** Lengths of blocks, used over and over. */
const blocks = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 });

function* cutUp(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

function stream(bytes: Uint8Array, lengths: readonly number[], windowSize = 1024): CertificateList | undefined {
  const questions = { serials, keysFor: () => [key], fingerprints: ['sha256'] as const };
  const reader = new CRLStream(questions, windowSize);
  for (const block of cutUp(bytes, lengths)) {
    for (let rest = block; rest.length > 0;) {
      if (reader.unfit) return undefined;
      // Each byte that was used up is overwritten.
      reader.window.fill(0xee, reader.filled);
      const piece = rest.subarray(0, reader.room);
      reader.window.set(piece, reader.filled);
      reader.accept(piece.length);
      rest = rest.subarray(piece.length);
    }
  }
  return reader.finish();
}

const orError = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedInputError) return [error.code, error.offset, error.detail];
    throw error;
  }
};

/** What only one of the two has, or what is filled on use. */
const leftOut = new Set(['der', 'pass', 'source', 'tag', 'decoded']);

const plain = (value: unknown): string =>
  JSON.stringify(value, (name, each: unknown) => {
    if (leftOut.has(name)) return undefined;
    if (each instanceof Uint8Array) return toHex(each);
    if (each instanceof Map) return [...(each as Map<unknown, unknown>)];
    return each instanceof MalformedInputError ? [each.code, each.offset, each.detail] : each;
  });

/** Everything that is known of a CRL, the bytes of the signed part left out. */
function view(crl: CertificateList, scan: unknown): string {
  const tbsCertList = { ...crl.tbsCertList, bytes: undefined };
  return plain([{ ...crl, tbsCertList }, scan, checkCRLSignature(crl, key), fingerprintCRL(crl)]);
}

function viewWhole(bytes: Uint8Array): string | undefined {
  try {
    const crl = parseCRL(bytes);
    return view(
      crl,
      orError(() => scanCRL(crl, serials)),
    );
  } catch (error) {
    if (error instanceof MalformedInputError) return undefined;
    throw error;
  }
}

describe('CRLStream', () => {
  const whole = viewWhole(der);

  test('says the same, wherever the blocks end and whatever the window', () => {
    fc.assert(
      fc.property(blocks, fc.integer({ min: 600, max: 3000 }), (lengths, windowSize) => {
        const crl = stream(der, lengths, windowSize);
        expect(crl && view(crl, scanAnyCRL(crl, wanted))).toBe(whole);
      }),
      { numRuns: 300 },
    );
  });

  test('says the same of damage, or gives the CRL up; never more than the whole says', () => {
    const place = fc.integer({ min: 0, max: der.length - 1 });
    let same = 0;
    fc.assert(
      fc.property(blocks, place, fc.integer({ min: 0, max: 255 }), (lengths, at, octet) => {
        const damaged = Uint8Array.from([...der.subarray(0, at), octet, ...der.subarray(at + 1)]);
        const crl = stream(damaged, lengths);
        if (!crl) return;
        same++;
        expect(view(crl, scanAnyCRL(crl, wanted))).toBe(viewWhole(damaged));
      }),
      { numRuns: 2000 },
    );
    expect(same).toBeGreaterThan(1000);
  });

  test('gives up every CRL that is cut off or has bytes behind it', () => {
    for (let length = 0; length < der.length; length += 3)
      expect(stream(der.subarray(0, length), [100])).toBeUndefined();
    expect(stream(Uint8Array.from([...der, 0]), [100])).toBeUndefined();
  });

  test('gives up a head, an entry or a tail that is larger than the window', () => {
    expect(stream(der, [50], 128)).toBeUndefined();
    expect(stream(der, [50], 1024)).toBeDefined();
  });
});

describe('BodyCutter', () => {
  const pem = encodePem('X509 CRL', der);
  const other = encodePem('CERTIFICATE', ca.certificate);
  const texts = [
    pem,
    `# one\n${pem}${other}between the two\n${pem}`,
    `${other}${pem.replaceAll('\n', '\r\n')}`,
    `${pem}${pem.replace('\n', '\r\n')}`,
    pem.trimEnd(),
  ].map((text) => Buffer.from(text));

  function cut(text: Uint8Array, lengths: readonly number[]): BodyCutter<CRLStream> {
    const questions = { serials, keysFor: () => [key], fingerprints: ['sha256'] as const };
    const cutter = new BodyCutter(() => new CRLStream(questions, 1024), 1);
    let rest: Uint8Array = new Uint8Array();
    let left = text.length;
    for (const block of cutUp(text, lengths)) {
      left -= block.length;
      const stretch = Uint8Array.from([...rest, ...block]);
      rest = new Uint8Array(stretch.subarray(cutter.push(stretch, left === 0)));
      stretch.fill(0xee);
      if (cutter.failed) break;
    }
    return cutter;
  }

  test('leaves the same text and the same bytes, wherever the blocks end', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), blocks, (text, lengths) => {
        const cutter = cut(text, lengths);
        expect(cutter.failed).toBe(false);
        const found = scanPem(cutter.text, 'a.pem', cutter.omissions);
        const all = scanPem(text, 'a.pem');
        expect(found.findings).toEqual(all.findings);
        expect(found.blocks.map(({ label, origin }) => [label, origin])).toEqual(
          all.blocks.map(({ label, origin }) => [label, origin]),
        );
        expect(cutter.bodies.length).toBeGreaterThan(0);
        for (const { sink } of cutter.bodies) {
          const crl = sink.finish();
          expect(crl && view(crl, scanAnyCRL(crl, wanted))).toBe(viewWhole(der));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('either fails or leaves the findings as they are, whichever byte is replaced', () => {
    const text = texts[1] ?? Buffer.of();
    const place = fc.integer({ min: 0, max: text.length - 1 });
    let kept = 0;
    fc.assert(
      fc.property(blocks, place, fc.constantFrom(0x0a, 0x0d, 0x20, 0x2d, 0x3d, 0x41, 0x80), (lengths, at, octet) => {
        const damaged = Uint8Array.from([...text.subarray(0, at), octet, ...text.subarray(at + 1)]);
        const cutter = cut(damaged, lengths);
        if (cutter.failed) return;
        kept++;
        const all = scanPem(damaged, 'a.pem');
        expect(scanPem(cutter.text, 'a.pem', cutter.omissions).findings).toEqual(all.findings);
        for (const { textStart, sink } of cutter.bodies) {
          const crl = sink.finish();
          const { blocks: left } = scanPem(cutter.text, 'a.pem', cutter.omissions);
          const number = left.findIndex((block) => block.textStart === textStart);
          const bytes = all.blocks[number]?.bytes;
          if (crl && bytes) expect(view(crl, scanAnyCRL(crl, wanted))).toBe(viewWhole(bytes));
        }
      }),
      { numRuns: 1500 },
    );
    expect(kept).toBeGreaterThan(300);
  });
});
