import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/finding/finding.js';
import { observedEffects, type PemForm } from '../../../src/pem/consumers.js';
import { encodePem } from '../../../src/pem/encode.js';
import { scanPem } from '../../../src/pem/scan.js';
import { bytesOf, damagedForms, makeMaterial, utf8 } from '../../support/damaged-pem.js';

const { holders, material } = makeMaterial();
const [a, b, c] = material.certificates;
const ders = holders.map(({ certificate }) => Buffer.from(certificate).toString('hex'));
const scan = (text: string) => scanPem(bytesOf(text), 'server.pem');
const hexOf = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString('hex');
const codesOf = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);
/** `code@line:column`, with `-` where the block could not be read. */
const placesOf = (findings: readonly Finding[]): string[] =>
  findings.map(({ code, origin, params }) => {
    const place = `${String(origin?.line)}${origin?.column === undefined ? '' : `:${String(origin.column)}`}`;
    return `${code}@${place}${params.read === false ? '-' : ''}`;
  });

describe('good PEM', () => {
  test('gives every block with label, bytes, line and number, and nothing to say', () => {
    const { blocks, findings } = scan(a + b + c);
    expect(findings).toEqual([]);
    expect(blocks.map(hexOf)).toEqual(ders);
    expect(blocks.map(({ label }) => label)).toEqual(['CERTIFICATE', 'CERTIFICATE', 'CERTIFICATE']);
    const lines = a.split('\n').length - 1;
    expect(blocks.map(({ origin }) => origin)).toEqual([
      { file: 'server.pem', line: 1, index: 1 },
      { file: 'server.pem', line: 1 + lines, index: 2 },
      { file: 'server.pem', line: 1 + lines + b.split('\n').length - 1, index: 3 },
    ]);
  });
  test('tells where each block stands in the text', () => {
    const [, second] = scan(a + b).blocks;
    expect((a + b).slice(second?.textStart, second?.textEnd)).toBe(b.trimEnd());
  });
  test('needs no newline at the end', () => {
    expect(scan((a + b).trimEnd())).toMatchObject({ findings: [], blocks: [{}, {}] });
  });
  test('keeps the headers of an encrypted key', () => {
    const headers = new Map([
      ['Proc-Type', '4,ENCRYPTED'],
      ['DEK-Info', 'AES-256-CBC,00112233445566778899AABBCCDDEEFF'],
    ]);
    const { blocks, findings } = scan(encodePem('RSA PRIVATE KEY', Uint8Array.of(1, 2, 3), headers));
    expect(findings).toEqual([]);
    expect(blocks[0]).toMatchObject({ label: 'RSA PRIVATE KEY', bytes: Uint8Array.of(1, 2, 3) });
    expect(blocks[0]?.headers).toEqual(headers);
  });
  test('joins a header that goes on in the next line', () => {
    const text =
      '-----BEGIN RSA PRIVATE KEY-----\nDEK-Info: AES-256-CBC,\n 0011\n\nAQID\n-----END RSA PRIVATE KEY-----\n';
    expect(scan(text).blocks[0]?.headers.get('DEK-Info')).toBe('AES-256-CBC,0011');
  });
});

/** Shapes in which the middle block is lost, by form and position in `damagedForms`. */
const lost: Partial<Record<PemForm, readonly number[]>> = {
  'truncated-block': [1],
  'empty-block': [0],
  'bad-character': [1],
};
/** Told where the container is known, not in the text. */
const toldElsewhere: readonly PemForm[] = ['utf-16', 'trusted-certificate', 'trailing-bytes'];
const scanned = (Object.keys(damagedForms) as PemForm[]).filter((form) => !toldElsewhere.includes(form));

describe.each(scanned)('%s', (form) => {
  const shapes = damagedForms[form](material);
  test.each(shapes.map((shape, position) => ({ shape, position })))(
    'in shape $position is named, and every block that can be read is read',
    ({ shape, position }) => {
      const isLost = lost[form]?.includes(position) ?? false;
      const { blocks, findings } = scan(shape.among);
      expect(codesOf(findings)).toContain(`pem/${form}`);
      const expected = shape.kind === 'crl' ? material.crls.length : ders.length;
      expect(blocks).toHaveLength(isLost ? expected - 1 : expected);
      if (shape.kind === 'certificate') {
        expect(blocks.map(hexOf)).toEqual(isLost ? [ders[0], ders[2]] : ders);
      }
      const errors = findings.filter(({ severity }) => severity === 'error');
      if (isLost) expect(errors).not.toEqual([]);
    },
  );
  test('alone is named too', () => {
    for (const { alone } of shapes) expect(codesOf(scan(alone).findings)).toContain(`pem/${form}`);
  });
  test('names the consumers that choke on it', () => {
    const [finding] = scan(shapes[0]?.among ?? '').findings.filter(({ code }) => code === `pem/${form}`);
    const effects = Object.entries(observedEffects[form]);
    expect(finding?.params.consumers).toEqual(effects.filter(([, effect]) => effect !== 'reads').map(([name]) => name));
    expect(finding?.params.silent).toEqual(
      effects.filter(([, effect]) => effect === 'skips' || effect === 'stops').map(([name]) => name),
    );
  });
});

describe('places', () => {
  const lines = a.split('\n').length - 1;
  test('a character that is not base64 is shown with line and column', () => {
    const [first = '', second = '', ...rest] = b.split('\n');
    const text = a + [first, `${second.slice(0, 10)}*${second.slice(10)}`, ...rest].join('\n');
    const { findings } = scan(text);
    expect(placesOf(findings)).toEqual([`pem/bad-character@${String(lines + 2)}:11`]);
    expect(findings[0]?.params).toMatchObject({ character: '*', count: 1, read: true });
  });
  test.each([
    [utf8('\u00a0'), 'U+00A0'],
    [utf8('\u200b'), 'U+200B'],
    ['\0', 'U+0000'],
    [utf8('é'), 'é'],
    ['\xe9', 'byte 0xE9'],
  ])('the character %j is told as %s', (character, told) => {
    const { findings } = scan(b.slice(0, 50) + character + b.slice(50));
    expect(findings[0]?.params).toMatchObject({ character: told, count: 1 });
  });
  test('columns count characters, not bytes', () => {
    const { blocks, findings } = scan(utf8('Schlüssel für fly: ') + b);
    expect(placesOf(findings)).toEqual(['pem/text-before-armour@1:20']);
    expect(findings[0]?.params.text).toBe('Schlüssel für fly:');
    expect(blocks[0]?.origin).toEqual({ file: 'server.pem', line: 1, column: 20, index: 1 });
  });
  test('lines are counted with CRLF, CR CR LF and CR alone as with LF', () => {
    for (const end of ['\n', '\r\n', '\r\r\n', '\r']) {
      const [, second] = scan((a + b).replaceAll('\n', end)).blocks;
      expect(second?.origin.line).toBe(lines + 1);
    }
  });
  test('END and BEGIN on one line: the column of BEGIN is given', () => {
    const { blocks, findings } = scan(a.trimEnd() + b);
    expect(placesOf(findings)).toEqual([`pem/joined-blocks@${String(lines)}:26`]);
    expect(blocks[1]?.origin).toMatchObject({ line: lines, column: 26, index: 2 });
  });
  test('with four dashes each the joined line is shared out fairly', () => {
    const { blocks, findings } = scan((a.trimEnd() + b).replaceAll('-----', '----'));
    expect(blocks.map(hexOf)).toEqual(ders.slice(0, 2));
    expect(codesOf(findings).sort()).toEqual(['pem/dash-count', 'pem/joined-blocks']);
  });
  test('a block that cannot be read keeps its number', () => {
    const cut = `${b.slice(0, 300)}\n`;
    const { blocks, findings } = scan(a + cut + c);
    expect(blocks.map(({ origin }) => origin.index)).toEqual([1, 3]);
    expect(findings[0]).toMatchObject({ code: 'pem/truncated-block', origin: { line: lines + 1, index: 2 } });
  });
});

describe('one finding for many places', () => {
  test('the same harmless form in a hundred blocks is one finding with the number and the first place', () => {
    const { blocks, findings } = scan(b.replace('\n', '\n\n').repeat(100));
    expect(blocks).toHaveLength(100);
    expect(findings).toMatchObject([
      { code: 'pem/blank-line-after-begin', params: { count: 100 }, origin: { line: 2 }, subject: { kind: 'file' } },
    ]);
  });
  test('each block that cannot be read has a finding of its own', () => {
    const cut = `${b.slice(0, 300)}\n`;
    const { blocks, findings } = scan(cut + a + cut + c + cut);
    expect(blocks).toHaveLength(2);
    expect(findings.map(({ code, origin }) => [code, origin?.index])).toEqual([
      ['pem/truncated-block', 1],
      ['pem/truncated-block', 3],
      ['pem/truncated-block', 5],
    ]);
  });
});

describe('what is no armour', () => {
  test.each([
    '---- begin of the quoted mail ----\n',
    '-- BEGIN CERTIFICATE --\n',
    '===== -----BEGIN-----\n',
    '-----BEGIN \n',
    'BEGIN CERTIFICATE\n',
    '----------------------------------------\n',
    utf8('— BEGIN CERTIFICATE —\n'),
    '----END OF MAIL----\n',
  ])('%j stays text', (line) => {
    const { blocks, findings } = scan(line + a + line);
    expect(blocks.map(hexOf)).toEqual([ders[0]]);
    expect(codesOf(findings)).toEqual(['pem/text-outside-blocks']);
    expect(findings[0]?.params.count).toBe(2);
  });
  test('a single dash inside a label belongs to it', () => {
    const { blocks, findings } = scan(encodePem('X-509 THING', Uint8Array.of(1)));
    expect(blocks[0]?.label).toBe('X-509 THING');
    expect(codesOf(findings)).toEqual(['pem/unknown-label']);
  });
  test('words and hashes among the text are not taken for base64', () => {
    const text = 'Memorandum\nM0123456789012345678901234567890123456789\nMIIEvQIBADANBg\n';
    expect(codesOf(scan(text).findings)).toEqual(['pem/text-outside-blocks']);
  });
});

describe('labels', () => {
  test.each(['EC PARAMETERS', 'DH PARAMETERS'])('%s is passed over, which is told', (label) => {
    const { blocks, findings } = scan(encodePem(label, Uint8Array.of(6, 1, 1)));
    expect(blocks).toHaveLength(1);
    expect(findings).toMatchObject([{ code: 'pem/passed-over', severity: 'info', params: { label, count: 1 } }]);
  });
  test('an unknown label is a warning, one for each label', () => {
    const foo = encodePem('FOO', Uint8Array.of(1));
    const { findings } = scan(foo + foo + encodePem('BAR', Uint8Array.of(2)));
    expect(findings.map(({ code, params }) => [code, params.label, params.count])).toEqual([
      ['pem/unknown-label', 'FOO', 2],
      ['pem/unknown-label', 'BAR', 1],
    ]);
  });
  test('an END in an odd form closes a block with a label that is not known', () => {
    const { blocks, findings } = scan('-----BEGIN FOO-----\nAQID\n----END FOO----\n' + a);
    expect(blocks.map(({ label }) => label)).toEqual(['FOO', 'CERTIFICATE']);
    expect(codesOf(findings).sort()).toEqual(['pem/dash-count', 'pem/unknown-label']);
  });
});

describe('blocks that lost a line', () => {
  test('an END that closes nothing is an error with its place', () => {
    const { blocks, findings } = scan(`${a}-----END CERTIFICATE-----\n${b}`);
    expect(blocks.map(hexOf)).toEqual([ders[0], ders[1]]);
    expect(placesOf(findings)).toEqual([`pem/missing-begin@${String(a.split('\n').length)}-`]);
  });
  test('base64 without BEGIN that is not whole is an error with its place', () => {
    const body = b.split('\n').slice(1, 4).join('\n');
    const { blocks, findings } = scan(`${a}${body}\n`);
    expect(blocks).toHaveLength(1);
    expect(placesOf(findings)).toEqual([`pem/bare-base64@${String(a.split('\n').length)}-`]);
  });
  test('a truncated block stops where its base64 stops, and the text behind it is text', () => {
    const cut = b.slice(0, b.indexOf('-----END'));
    const { blocks, findings } = scan(`${cut}subject=CN = Probe C\n${c}`);
    expect(blocks.map(hexOf)).toEqual([ders[1], ders[2]]);
    expect(codesOf(findings)).toEqual(['pem/truncated-block', 'pem/text-outside-blocks']);
    expect(findings[0]?.params.read).toBe(true);
  });
  test('a BEGIN with another BEGIN right behind it is an error and hides nothing', () => {
    const { blocks, findings } = scan('-----BEGIN CERTIFICATE-----\n' + a);
    expect(blocks.map(hexOf)).toEqual([ders[0]]);
    expect(placesOf(findings)).toEqual(['pem/truncated-block@1-']);
  });
});

test('the whole file on one line, as an environment variable holds it, is read', () => {
  const { blocks, findings } = scan((a + b).replaceAll('\n', '\\n'));
  expect(blocks.map(hexOf)).toEqual([ders[0], ders[1]]);
  expect(codesOf(findings)).toEqual(['pem/escaped-line-breaks']);
});

test('a JSON string is read, with what stands around it', () => {
  const { blocks, findings } = scan(`{"ca": ${JSON.stringify(a)}}`);
  expect(blocks.map(hexOf)).toEqual([ders[0]]);
  expect(codesOf(findings)).toContain('pem/escaped-line-breaks');
  expect(codesOf(findings)).toContain('pem/text-before-armour');
});

test('an empty text has no blocks and nothing to say', () => {
  expect(scan('')).toEqual({ blocks: [], findings: [] });
});

test('a bundle of thousands of blocks on one line costs no more than on many', () => {
  const text = (a + b).replaceAll('\n', '').repeat(2000);
  const started = performance.now();
  const { blocks } = scan(text);
  expect(blocks).toHaveLength(4000);
  expect(performance.now() - started).toBeLessThan(5000);
});
