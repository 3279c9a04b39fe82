import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodePem } from '../../src/pem/encode.js';
import { scanPem } from '../../src/pem/scan.js';
import { utf8 } from '../support/damaged-pem.js';
import { sequence, tlv } from '../support/der.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const scan = (text: string) => scanPem(bytesOf(text), 'f.pem');
const hexOf = ({ bytes }: { readonly bytes: Uint8Array }): string => Buffer.from(bytes).toString('hex');

const labels = fc.constantFrom('CERTIFICATE', 'X509 CRL', 'PRIVATE KEY', 'PKCS7');
const contents = fc.uint8Array({ minLength: 1, maxLength: 400 });
/** Long enough to be several lines, and one whole DER element. */
const elements = fc.uint8Array({ minLength: 60, maxLength: 400 }).map((bytes) => sequence(tlv(0x04, bytes)));

test('what is encoded is scanned again, byte for byte, with nothing to say', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(labels, contents), { maxLength: 6 }), (blocks) => {
      const { blocks: read, findings } = scan(blocks.map(([label, bytes]) => encodePem(label, bytes)).join(''));
      expect(findings).toEqual([]);
      expect(read.map(({ label, bytes }) => [label, bytes])).toEqual(blocks);
    }),
  );
});

test('headers come back as they were written', () => {
  const names = fc.stringMatching(/^[A-Z][A-Za-z-]{0,12}$/);
  const values = fc.stringMatching(/^[!-~]{1,40}$/);
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(names, values), { selector: ([name]) => name }), contents, (pairs, bytes) => {
      const [block] = scan(encodePem('RSA PRIVATE KEY', bytes, new Map(pairs))).blocks;
      expect(Array.from(block?.headers ?? [])).toEqual(pairs);
      expect(block?.bytes).toEqual(bytes);
    }),
  );
});

describe('whatever the bytes are', () => {
  /** Pieces of PEM in any order, which random bytes would never make. */
  const pieces = fc.constantFrom(
    '-----BEGIN CERTIFICATE-----',
    '-----END CERTIFICATE-----',
    '----BEGIN X509 CRL----',
    'END CERTIFICATE-----',
    '-----',
    '-',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '> ',
    '\\n',
    'MIIB',
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA',
    '=',
    'Proc-Type: 4,ENCRYPTED',
    utf8('\ufeff'),
    utf8('—'),
    '\x97',
    '\0',
    ':',
    'BEGIN ',
    'certificate',
  );
  const checkPlaces = (bytes: Uint8Array): void => {
    const { blocks, findings } = scanPem(bytes, 'f.pem');
    let end = 0;
    for (const block of blocks) {
      expect(block.textStart).toBeGreaterThanOrEqual(end);
      expect(block.textEnd).toBeGreaterThan(block.textStart);
      expect(block.textEnd).toBeLessThanOrEqual(bytes.length);
      end = block.textEnd;
    }
    const lines = bytes.length + 1;
    for (const { origin } of [...blocks, ...findings]) {
      expect(origin?.line).toBeGreaterThanOrEqual(1);
      expect(origin?.line).toBeLessThanOrEqual(lines);
    }
  };
  test('a scan does not throw, and every place lies in the file', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), checkPlaces));
  });
  test('nor with the pieces of PEM in any order', () => {
    const texts = fc.array(pieces, { maxLength: 30 }).map((parts) => bytesOf(parts.join('')));
    fc.assert(fc.property(texts, checkPlaces), { numRuns: 500 });
  });
  test('an END or BEGIN in strict form is never passed over in silence', () => {
    const texts = fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const strict = /^-----(BEGIN|END) CERTIFICATE-----$/m.test(text.replace(/\r\n?/g, '\n'));
        const { blocks, findings } = scan(text);
        if (strict)
          expect(blocks.length + findings.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('harmless changes', () => {
  const changes: Record<string, (text: string) => string> = {
    'CRLF line ends': (text) => text.replaceAll('\n', '\r\n'),
    'CR line ends': (text) => text.replaceAll('\n', '\r'),
    'blank lines': (text) => text.replaceAll('\n', '\n\n'),
    'blanks at the ends of lines': (text) => text.replaceAll('\n', ' \t\n'),
    indentation: (text) => text.replace(/^(?=.)/gm, '\t '),
    'mail quotes': (text) => text.replace(/^(?=.)/gm, '> '),
    'a byte order mark': (text) => utf8('\ufeff') + text,
    'text around': (text) => `Bag Attributes\n  friendlyName: x\n${text}\nend: of it\n`,
    'no line breaks': (text) => text.replaceAll('\n', ''),
    'line breaks written out': (text) => text.replaceAll('\n', '\\n'),
    'four dashes': (text) => text.replaceAll('-----', '----'),
    'seven dashes': (text) => text.replaceAll('-----', '-------'),
    'typographic dashes': (text) => text.replaceAll('-----', utf8('–––––')),
    'lower-case labels': (text) => text.replace(/-----[A-Z0-9 ]+-----/g, (armour) => armour.toLowerCase()),
    'blanks beside the dashes': (text) => text.replace(/-----([A-Z0-9 ]+)-----/g, '----- $1 -----'),
    'lines of 30 characters': (text) =>
      text.replace(/^[A-Za-z0-9+/=]{31,}$/gm, (line) => line.replace(/.{30}/g, '$&\n')),
    'armour lost': (text) => text.replace(/^-----.*\n/gm, '\n'),
  };
  test.each(Object.entries(changes))('%s leave every block as it was', (_, change) => {
    fc.assert(
      fc.property(fc.array(elements, { minLength: 1, maxLength: 4 }), (ders) => {
        const text = change(ders.map((der) => encodePem('CERTIFICATE', der)).join(''));
        expect(scan(text).blocks.map(hexOf)).toEqual(ders.map((bytes) => hexOf({ bytes })));
      }),
      { numRuns: 30 },
    );
  });
  test('two of them at once do no harm either', () => {
    const pair = fc.uniqueArray(fc.constantFrom(...Object.keys(changes).slice(0, 8)), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(pair, elements, (names, der) => {
        let text = encodePem('CERTIFICATE', der);
        for (const name of names) text = changes[name]?.(text) ?? text;
        expect(scan(text).blocks.map(hexOf)).toEqual([hexOf({ bytes: der })]);
      }),
    );
  });
});

test('the good blocks around a damaged one are all read, and a block that is lost is told', () => {
  const position = fc.nat({ max: 3 });
  fc.assert(
    fc.property(
      fc.array(elements, { minLength: 4, maxLength: 4 }),
      position,
      fc.nat(),
      fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
      (ders, at, where, character) => {
        const texts = ders.map((der) => encodePem('CERTIFICATE', der));
        const good = texts[at] ?? '';
        const offset = 28 + (where % (good.length - 28 - 27));
        // One character of the body replaced by another.
        texts[at] = good.slice(0, offset) + character + good.slice(offset + 1);
        const { blocks, findings } = scan(texts.join(''));
        const read = blocks.map(hexOf);
        ders.forEach((bytes, i) => {
          if (i !== at) expect(read).toContain(hexOf({ bytes }));
        });
        const isLost = !blocks.some(({ origin }) => origin.index === at + 1);
        if (isLost)
          expect(
            findings.filter(({ severity, origin }) => severity === 'error' && origin?.index === at + 1),
          ).not.toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});
