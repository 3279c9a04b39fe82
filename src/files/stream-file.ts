/**
 * Reads a file of large CRLs in one pass and a memory that does not grow with it: a PEM text in which CRLs stand among
 * anything else, or one CRL in DER.
 *
 * Blocks of the file are read ahead while the last one is decoded, hashed and scanned. All of that happens in one thread:
 * a second one for the digest would save a sixth of the time of a million entries and cost as much to start.
 */
import { open } from 'node:fs/promises';
import { BodyCutter } from '../pem/cut-bodies.js';
import type { Omission } from '../pem/omission.js';
import { declaredLength } from '../pem/whole-element.js';
import { CRLStream } from '../revocation/stream-crl.js';
import type { StreamedCRL, StreamQuestions } from '../revocation/streamed-crl.js';
import { longestRest, readBlocks, type Block } from './read-blocks.js';
import type { ReportProgress } from './report-progress.js';

export interface StreamOptions {
  readonly questions: StreamQuestions;
  /** Size of a CRL in bytes of DER from which it is streamed, inclusive. */
  readonly largeFrom: number;
  readonly onProgress?: ReportProgress | undefined;
  /** Bytes of a block and of the window; for tests. */
  readonly blockSize?: number | undefined;
  readonly windowSize?: number | undefined;
}

export interface StreamedText {
  /** The text without the lines of the large CRLs. */
  readonly text: Uint8Array;
  readonly omissions: readonly Omission[];
  readonly crls: readonly { readonly textStart: number; readonly crl: StreamedCRL }[];
}

/** What identifies the contents of a file: they change when it is written or replaced. */
export type FileStamp = string;

export type StreamedFile =
  | {
      readonly outcome: 'streamed';
      readonly size: number;
      readonly stamp: FileStamp;
      readonly content: StreamedText | StreamedCRL;
    }
  /** It is small, or it has a form that only the whole file tells about. */
  | { readonly outcome: 'to-be-read-whole' }
  | { readonly outcome: 'changed' };

const toBeReadWhole = { outcome: 'to-be-read-whole' } as const;

/** @throws what the system says; a path that is no regular file is to be read whole. */
export async function streamFile(path: string, name: string, options: StreamOptions): Promise<StreamedFile> {
  const handle = await open(path, 'r');
  const stampOf = async (): Promise<FileStamp> => {
    const { dev, ino, size, mtimeNs } = await handle.stat({ bigint: true });
    return [dev, ino, size, mtimeNs].join(' ');
  };
  try {
    const stats = await handle.stat();
    const { size } = stats;
    if (!stats.isFile() || size < options.largeFrom) return toBeReadWhole;
    const stamp = await stampOf();
    const blocks = readBlocks(handle, size, options.blockSize);
    const content = await readContent(blocks, size, options, (done) => options.onProgress?.(name, done, size, 'bytes'));
    if ((await stampOf()) !== stamp) return { outcome: 'changed' };
    return content ? { outcome: 'streamed', size, stamp, content } : toBeReadWhole;
  } finally {
    await handle.close();
  }
}

async function readContent(
  blocks: AsyncGenerator<Block, undefined>,
  size: number,
  options: StreamOptions,
  report: (done: number) => void,
): Promise<StreamedText | StreamedCRL | undefined> {
  const opening: IteratorResult<Block, undefined> = await blocks.next();
  if (opening.done) return undefined;
  const first = opening.value;
  const begin = first.buffer.subarray(longestRest);
  const reader = begin[0] === 0x30 && declaredLength(begin) === size ? makeDERReader(options) : makeTextReader(options);
  for (let block: Block | undefined = first; block;) {
    if (!reader.read(block)) return undefined;
    report(block.done);
    if (block.isLast) return reader.finish();
    block = (await blocks.next()).value;
  }
  // The file ended before its time.
  return undefined;
}

interface ContentReader {
  /** False where there is no use in going on. */
  read(block: Block): boolean;
  finish(): StreamedText | StreamedCRL | undefined;
}

function makeDERReader({ questions, windowSize }: StreamOptions): ContentReader {
  const stream = new CRLStream(questions, windowSize);
  return {
    read: ({ buffer }) => {
      for (let at = longestRest; at < buffer.length && !stream.unfit;) {
        const end = Math.min(at + stream.room, buffer.length);
        stream.window.set(buffer.subarray(at, end), stream.filled);
        stream.accept(end - at);
        at = end;
      }
      return !stream.unfit;
    },
    finish: () => stream.finish(),
  };
}

function makeTextReader({ questions, windowSize, largeFrom }: StreamOptions): ContentReader {
  const cutter = new BodyCutter(() => new CRLStream(questions, windowSize), largeFrom);
  let rest = new Uint8Array();
  return {
    read: ({ buffer, isLast }) => {
      const start = longestRest - rest.length;
      buffer.set(rest, start);
      const text = buffer.subarray(start);
      rest = new Uint8Array(text.subarray(cutter.push(text, isLast)));
      return !cutter.failed && rest.length <= longestRest;
    },
    finish: () => {
      const crls = cutter.bodies.flatMap(({ textStart, sink }) => {
        const crl = sink.finish();
        return crl ? [{ textStart, crl }] : [];
      });
      if (crls.length === 0 || crls.length < cutter.bodies.length) return undefined;
      return { text: cutter.text, omissions: cutter.omissions, crls };
    },
  };
}
