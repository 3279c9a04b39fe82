/** The DER reader: what it locates, and every way in which it refuses, with the offset of the byte at fault. */
import { describe, expect, test } from 'vitest';
import { DerReader, contentOf, encodingOf, readElement, readSingle } from '../../../src/der/reader.js';
import { Tag } from '../../../src/der/tag.js';
import { fromHex, integer, nullValue, octetString, sequence } from '../../support/der.js';
import { catchMalformed } from '../../support/malformed.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('readElement', () => {
  test('locates tag, content and end without copying', () => {
    const bytes = fromHex('ffff 0403aabbcc ff');
    const element = readElement(bytes, 2);
    expect(element).toMatchObject({ tag: 0x04, start: 2, contentStart: 4, end: 7 });
    expect(contentOf(element).buffer).toBe(bytes.buffer);
    expect(hex(contentOf(element))).toBe('aabbcc');
    expect(hex(encodingOf(element))).toBe('0403aabbcc');
  });

  test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])('reads content of %i bytes', (length) => {
    const element = readElement(octetString(new Uint8Array(length)), 0);
    expect(element.end - element.contentStart).toBe(length);
  });

  test.each([
    ['nothing at all', '', 0, 'der/truncated', 0],
    ['a tag without a length', '30', 0, 'der/truncated', 0],
    ['an offset at the end', '0500', 2, 'der/truncated', 2],
    ['content that is shorter than its length', '0403aabb', 0, 'der/truncated', 0],
    ['length octets that are cut off', '048201', 0, 'der/truncated', 1],
    ['a length in seven octets', '048701000000000000', 0, 'der/truncated', 1],
    ['the reserved length octet', '04ff00', 0, 'der/truncated', 1],
    ['a length of 2^48-1', '0486ffffffffffff00', 0, 'der/truncated', 0],
    ['the indefinite length', '308005000000', 0, 'der/indefinite-length', 1],
    ['a long form for 127', `04817f${'00'.repeat(127)}`, 0, 'der/length-not-minimal', 1],
    ['a leading zero in the length', `04820080${'00'.repeat(128)}`, 0, 'der/length-not-minimal', 1],
    ['a tag number of 31', '1f2000', 0, 'der/unexpected-tag', 0],
    ['a tag number of 31 behind other bytes', '05003f2000', 2, 'der/unexpected-tag', 2],
  ])('refuses %s', (_, bytes, at, code, offset) => {
    expect(catchMalformed(() => readElement(fromHex(bytes), at))).toMatchObject({ code, offset });
  });

  test('stays within the limit even where more bytes follow', () => {
    const bytes = fromHex('0403aabbcc');
    expect(catchMalformed(() => readElement(bytes, 0, 4))).toMatchObject({ code: 'der/truncated', offset: 0 });
    expect(catchMalformed(() => readElement(bytes, 0, 1))).toMatchObject({ code: 'der/truncated', offset: 0 });
    expect(catchMalformed(() => readElement(fromHex('04820100'), 0, 3))).toMatchObject({ offset: 1 });
    expect(readElement(bytes, 0, 5).end).toBe(5);
  });

  test('says both lengths where content is missing', () => {
    expect(catchMalformed(() => readElement(fromHex('3005aabb'), 0)).detail).toBe(
      'element 0x30 claims 5 bytes, 2 are there',
    );
  });
});

describe('DerReader', () => {
  const bytes = sequence(integer(5), nullValue(), octetString(Uint8Array.of(1)));
  const within = (): DerReader => DerReader.within(readElement(bytes, 0));

  test('walks the elements front to back with offsets from the start of the object', () => {
    const reader = within();
    expect(reader.nextTag).toBe(Tag.integer);
    expect(reader.read(Tag.integer, 'a').start).toBe(2);
    expect(reader.readAny().start).toBe(5);
    expect(reader.readOptional(Tag.integer)).toBeUndefined();
    expect(reader.readOptional(Tag.octetString)?.start).toBe(7);
    expect(reader.atEnd).toBe(true);
    expect(reader.nextTag).toBeUndefined();
    expect(reader.readOptional(Tag.octetString)).toBeUndefined();
    reader.finish('all');
  });

  test('names what is missing at the end', () => {
    const reader = within();
    while (!reader.atEnd) reader.readAny();
    expect(catchMalformed(() => reader.read(Tag.integer, 'serialNumber'))).toMatchObject({
      code: 'der/truncated',
      offset: 10,
      detail: 'serialNumber is missing',
    });
    expect(catchMalformed(() => reader.readAny())).toMatchObject({ code: 'der/truncated', offset: 10 });
  });

  test('names the tag that it found in place of the expected one', () => {
    expect(catchMalformed(() => within().read(Tag.bitString, 'signatureValue'))).toMatchObject({
      code: 'der/unexpected-tag',
      offset: 2,
      detail: 'signatureValue: 0x03 expected, 0x02 found',
    });
  });

  test('refuses what is left over', () => {
    const reader = within();
    reader.readAny();
    expect(
      catchMalformed(() => {
        reader.finish('the number');
      }),
    ).toMatchObject({
      code: 'der/trailing-data',
      offset: 5,
      detail: '5 bytes after the number',
    });
  });

  test('never reads an element that reaches beyond its parent', () => {
    const overlong = fromHex('3003 0402aa bb');
    const reader = DerReader.within(readElement(overlong, 0));
    expect(catchMalformed(() => reader.readAny())).toMatchObject({ code: 'der/truncated', offset: 2 });
  });
});

describe('readSingle', () => {
  test('wants exactly one element with that tag', () => {
    expect(readSingle(nullValue(), Tag.null, 'NULL').end).toBe(2);
    expect(catchMalformed(() => readSingle(fromHex('050000'), Tag.null, 'NULL'))).toMatchObject({
      code: 'der/trailing-data',
      offset: 2,
    });
    expect(catchMalformed(() => readSingle(nullValue(), Tag.set, 'SET'))).toMatchObject({
      code: 'der/unexpected-tag',
      offset: 0,
    });
    expect(catchMalformed(() => readSingle(new Uint8Array(0), Tag.set, 'SET'))).toMatchObject({
      code: 'der/truncated',
      offset: 0,
    });
  });
});

describe('MalformedInputError', () => {
  test('keeps the place it was first given and turns into a finding', () => {
    const error = catchMalformed(() => readElement(fromHex('30'), 0));
    const placed = error.at({ file: 'a.pem', line: 3 });
    expect(placed.at({ file: 'b.pem' }).origin).toEqual({ file: 'a.pem', line: 3 });
    expect(error.at(undefined)).toBe(error);
    expect(placed.cause).toBe(error);
    expect(placed.toFinding({ kind: 'certificate', name: 'CN=x' })).toMatchObject({
      code: 'der/truncated',
      severity: 'error',
      subject: { kind: 'certificate', name: 'CN=x' },
      origin: { file: 'a.pem', line: 3 },
      params: { offset: 0, detail: 'no room for a tag and a length' },
    });
  });
});
