/** A strict DER reader over bytes that are never copied; every element keeps its offset from the start of the object. */
import { MalformedInputError } from '../finding/malformed-input.js';

/** One TLV. All offsets count from the first byte of `source`. */
export interface DerElement {
  readonly source: Uint8Array;
  /** The identifier octet, class and constructed bit included. */
  readonly tag: number;
  /** Where the identifier octet stands. */
  readonly start: number;
  readonly contentStart: number;
  /** One past the last content octet. */
  readonly end: number;
}

/** The content octets, a view. */
export function contentOf(element: DerElement): Uint8Array {
  return element.source.subarray(element.contentStart, element.end);
}

/** The whole encoding, tag and length included, a view. */
export function encodingOf(element: DerElement): Uint8Array {
  return element.source.subarray(element.start, element.end);
}

function tagName(tag: number): string {
  return `0x${tag.toString(16).padStart(2, '0')}`;
}

/**
 * Reads the element at `offset`; it must end at or before `limit`.
 *
 * @throws MalformedInputError der/truncated, der/indefinite-length, der/length-not-minimal, der/unexpected-tag (tag
 * numbers of 31 and more, which X.509 never uses). X.690 8.1.3, 10.1. What the content holds is not checked.
 */
export function readElement(source: Uint8Array, offset: number, limit: number = source.length): DerElement {
  const tag = source[offset];
  const first = source[offset + 1];
  if (tag === undefined || first === undefined || offset + 2 > limit) {
    throw new MalformedInputError('der/truncated', offset, 'no room for a tag and a length');
  }
  if ((tag & 0x1f) === 0x1f) {
    throw new MalformedInputError('der/unexpected-tag', offset, 'a tag number of 31 or more');
  }
  let contentStart = offset + 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0) throw new MalformedInputError('der/indefinite-length', offset + 1, 'length octet 0x80');
    if (octets > 6 || contentStart + octets > limit) {
      throw new MalformedInputError('der/truncated', offset + 1, `a length in ${octets} octets`);
    }
    length = 0;
    for (let i = 0; i < octets; i++) length = length * 256 + (source[contentStart + i] ?? 0);
    if (length < 0x80 || source[contentStart] === 0) {
      throw new MalformedInputError('der/length-not-minimal', offset + 1, `length ${length} in ${octets} octets`);
    }
    contentStart += octets;
  }
  if (length > limit - contentStart) {
    throw new MalformedInputError(
      'der/truncated',
      offset,
      `element ${tagName(tag)} claims ${length} bytes, ${limit - contentStart} are there`,
    );
  }
  return { source, tag, start: offset, contentStart, end: contentStart + length };
}

/** Walks the elements of one constructed value, front to back. */
export class DerReader {
  constructor(
    readonly source: Uint8Array,
    private offset = 0,
    readonly end: number = source.length,
  ) {}

  /** A reader over the content of a constructed element. */
  static within(element: DerElement): DerReader {
    return new DerReader(element.source, element.contentStart, element.end);
  }

  get atEnd(): boolean {
    return this.offset >= this.end;
  }

  /** The next identifier octet, or undefined at the end. */
  get nextTag(): number | undefined {
    return this.atEnd ? undefined : this.source[this.offset];
  }

  readAny(): DerElement {
    const element = readElement(this.source, this.offset, this.end);
    this.offset = element.end;
    return element;
  }

  /** Reads the next element, which must have this tag. `what` names it in the error. */
  read(tag: number, what: string): DerElement {
    if (this.atEnd) throw new MalformedInputError('der/truncated', this.offset, `${what} is missing`);
    if (this.source[this.offset] !== tag) {
      const found = tagName(this.source[this.offset] ?? 0);
      throw new MalformedInputError(
        'der/unexpected-tag',
        this.offset,
        `${what}: ${tagName(tag)} expected, ${found} found`,
      );
    }
    return this.readAny();
  }

  readOptional(tag: number): DerElement | undefined {
    return this.nextTag === tag ? this.readAny() : undefined;
  }

  /** The reader must have consumed everything. */
  finish(what: string): void {
    if (this.offset < this.end) {
      throw new MalformedInputError('der/trailing-data', this.offset, `${this.end - this.offset} bytes after ${what}`);
    }
  }
}

/** Reads bytes that must be exactly one element with this tag. */
export function readSingle(source: Uint8Array, tag: number, what: string): DerElement {
  const reader = new DerReader(source);
  const element = reader.read(tag, what);
  reader.finish(what);
  return element;
}
