/**
 * Takes the bodies of large CRLs out of a PEM text that comes in blocks: their bytes go on decoded, the text that is left
 * stays small.
 *
 * What can be wrong with a PEM text is known in one place, `scan.ts`, which wants the whole text. So nothing is judged
 * here: of a large CRL the lines that have exactly 64 base64 characters, about which there is nothing to say, are cut out
 * after the first one, and everything else is kept, byte for byte. `scanPem` reads what is left, is told where lines are
 * missing, and finds what it would find in the whole. Where the body of a large CRL has any other form, `failed` says that
 * the text cannot be cut; it is then read as a whole, and no second set of rules has to agree with the first.
 */
import { decodeBase64, skipBase64 } from './base64.js';
import type { Omission } from './omission.js';
import { bytesOfLine, lengthOfLines, linesIn, makeLineDecoder, type LineDecoder } from './regular-lines.js';
import { declaredLength } from './whole-element.js';

/** Takes the decoded bytes of one body: they are written to `window` at `filled`, then told to `accept`. */
export interface BodySink {
  readonly window: Uint8Array;
  readonly filled: number;
  readonly room: number;
  /** True once it can take no more. */
  readonly unfit: boolean;
  accept(count: number): void;
}

export interface CutBody<Sink> {
  /** Offset of BEGIN in the text that is left. */
  readonly textStart: number;
  readonly sink: Sink;
}

/** A body that is being cut. */
interface OpenBody<Sink> extends CutBody<Sink> {
  readonly label: string;
  readonly width: 1 | 2;
  /** Where its first cut line stood in the text that is left. */
  readonly offset: number;
  lines: number;
}

const labels = ['X509 CRL', 'CRL'];

/** More than the last line of a body and the line of its END together, in bytes. */
const longestEnd = 160;

/** As much text as this is not kept unless something was cut: the file is not made of large CRLs. In bytes. */
const mostUncut = 16 * 1024 * 1024;

const lf = 0x0a;
const cr = 0x0d;

const viewOf = ({ buffer, byteOffset, length }: Uint8Array): DataView => new DataView(buffer, byteOffset, length);

export class BodyCutter<Sink extends BodySink> {
  /** True once the text has a form that is not cut. */
  failed = false;
  readonly omissions: Omission[] = [];
  readonly bodies: CutBody<Sink>[] = [];
  private readonly kept: Uint8Array[] = [];
  private keptLength = 0;
  private open: OpenBody<Sink> | undefined;
  private isEnding = false;
  private readonly decoder: LineDecoder = makeLineDecoder();

  /** @param largeFrom size of the DER in bytes from which a CRL is large, inclusive. */
  constructor(
    private readonly makeSink: () => Sink,
    private readonly largeFrom: number,
  ) {}

  /** The text that is left, once all of it was pushed. */
  get text(): Uint8Array {
    return Buffer.concat(this.kept, this.keptLength);
  }

  /**
   * Takes in the next stretch of the text.
   *
   * @param text begins with what was left over of the stretch before; it may be overwritten afterwards.
   * @returns how much of it was used up: the rest, a few lines at most, is to be given again with more behind it.
   */
  push(text: Uint8Array, isLast: boolean): number {
    let at = 0;
    while (!this.failed && at < text.length) {
      const before = this.open;
      const wasEnding = this.isEnding;
      const next = !before
        ? this.keepText(text, at, isLast)
        : wasEnding
          ? this.end(before, text, at, isLast)
          : this.cut(before, text, at, isLast);
      const isWaiting = next === at && before === this.open && wasEnding === this.isEnding;
      at = next;
      if (isWaiting) break;
    }
    this.failed ||= isLast && (this.open !== undefined || at < text.length);
    this.failed ||= this.keptLength > mostUncut && this.bodies.length === 0 && !this.open;
    return at;
  }

  private keep(text: Uint8Array, from: number, to: number): void {
    if (to > from) this.kept.push(new Uint8Array(text.subarray(from, to)));
    this.keptLength += Math.max(to - from, 0);
  }

  /** Keeps whole lines up to a BEGIN of a large CRL, and that with its first line. */
  private keepText(text: Uint8Array, from: number, isLast: boolean): number {
    const buffer = Buffer.from(text.buffer, text.byteOffset, text.length);
    const start = findBegin(buffer, from);
    const bodyStart = start < 0 ? 0 : buffer.indexOf(lf, start) + 1;
    if (bodyStart === 0) {
      // No BEGIN, or one whose line goes on behind this stretch.
      const end = isLast ? text.length : start < 0 ? Math.max(buffer.lastIndexOf(lf) + 1, from) : start;
      this.keep(text, from, end);
      return end;
    }
    const width = buffer[bodyStart - 2] === cr ? 2 : 1;
    const written = buffer.toString('latin1', start + '-----BEGIN '.length, bodyStart - width);
    const label = labels.find((known) => written === `${known}-----`);
    if (label !== undefined && !isLast && linesIn(text.length - bodyStart, width) === 0) {
      this.keep(text, from, start);
      return start;
    }
    const first = label === undefined ? undefined : this.decodeFirstLine(text, bodyStart, width);
    if (label === undefined || !first) {
      this.keep(text, from, bodyStart);
      return bodyStart;
    }
    const textStart = this.keptLength + start - from;
    const end = bodyStart + lengthOfLines(1, width);
    this.keep(text, from, end);
    const sink = this.makeSink();
    putInto(sink, first);
    this.open = { label, width, textStart, offset: this.keptLength, lines: 0, sink };
    return end;
  }

  /** The bytes of the first line, where they begin a large element. */
  private decodeFirstLine(text: Uint8Array, at: number, width: 1 | 2): Uint8Array | undefined {
    const bytes = new Uint8Array(bytesOfLine);
    const isThere = linesIn(text.length - at, width) > 0;
    if (!isThere || this.decoder.decode(viewOf(text), at, 1, width, viewOf(bytes), 0) === 0) return undefined;
    return (declaredLength(bytes) ?? 0) >= this.largeFrom ? bytes : undefined;
  }

  private cut(body: OpenBody<Sink>, text: Uint8Array, from: number, isLast: boolean): number {
    const { sink, width } = body;
    const source = viewOf(text);
    const target = viewOf(sink.window);
    let at = from;
    for (;;) {
      const there = linesIn(text.length - at, width);
      const most = Math.min(there, Math.floor(sink.room / bytesOfLine));
      const lines = this.decoder.decode(source, at, most, width, target, sink.filled);
      sink.accept(lines * bytesOfLine);
      body.lines += lines;
      at += lengthOfLines(lines, width);
      this.failed ||= sink.unfit;
      if (this.failed) return at;
      this.isEnding = lines < most || (there === 0 && isLast);
      if (this.isEnding || there === 0) return at;
    }
  }

  /** Takes in the last line, if it is shorter than the others, up to END. */
  private end(body: OpenBody<Sink>, text: Uint8Array, at: number, isLast: boolean): number {
    if (!isLast && text.length - at < longestEnd) return at;
    const { label, width, textStart, offset, lines, sink } = body;
    const isEnd = (from: number): boolean => {
      const closing = `-----END ${label}-----`;
      const next = text[from + closing.length];
      const isClosed = next === undefined || next === lf || next === cr;
      return isClosed && Buffer.from(text.subarray(from, from + closing.length)).toString('latin1') === closing;
    };
    const last = isEnd(at) ? undefined : measureLastLine(text, at, width);
    const endAt = last?.next ?? at;
    if (!isEnd(endAt) || (last && last.characters > sink.room)) {
      this.failed = true;
      return at;
    }
    if (last) putInto(sink, decodeBase64(text, at, at + last.characters, last.characters));
    this.failed ||= sink.unfit;
    this.keep(text, at, endAt);
    if (lines > 0) this.omissions.push({ offset, lines, width });
    this.bodies.push({ textStart, sink });
    this.open = undefined;
    this.isEnding = false;
    return endAt;
  }
}

function putInto(sink: BodySink, bytes: Uint8Array): void {
  sink.window.set(bytes, sink.filled);
  sink.accept(bytes.length);
}

/** A BEGIN at the start of a line; `from` is the start of one. */
function findBegin(text: Buffer, from: number): number {
  let at = text.indexOf('-----BEGIN ', from, 'latin1');
  while (at > from && text[at - 1] !== lf) at = text.indexOf('-----BEGIN ', at + 1, 'latin1');
  return at;
}

/** A line of base64 characters whose padding is right (RFC 4648 4); undefined for anything else. */
function measureLastLine(text: Uint8Array, at: number, width: 1 | 2): { characters: number; next: number } | undefined {
  const charactersEnd = skipBase64(text, at, text.length);
  let end = charactersEnd;
  while (text[end] === 0x3d) end++;
  const characters = charactersEnd - at;
  const isPadded = (end - at) % 4 === 0 && end - charactersEnd <= 2;
  const isEnded = width === 1 ? text[end] === lf : text[end] === cr && text[end + 1] === lf;
  if (characters === 0 || end - at > 64 || !isPadded || !isEnded) return undefined;
  return { characters, next: end + width };
}
