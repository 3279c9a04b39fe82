/** Puts what comes from a pipe into a temporary file where it is large: a pipe cannot be read twice, and memory is not for it. */
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { explainSystemError, type SourceBytes } from './read-source.js';

/** What came: the bytes themselves, or the file that holds them. */
export type Spooled = SourceBytes | { readonly path: string };

/** Reads pipes, each once however often it is asked for; `dispose` removes what was written. */
export class Spool {
  private readonly spooled = new Map<string, Promise<Spooled>>();
  private directory: Promise<string> | undefined;

  /** @param largeFrom from so many bytes on, inclusive, they go to a file. */
  constructor(private readonly largeFrom: number) {}

  /** @param stream gives the stream, where it was not read before. Never throws for what the system says. */
  read(file: string, stream: () => Readable = () => createReadStream(file)): Promise<Spooled> {
    const known = this.spooled.get(file);
    if (known) return known;
    const spooled = this.drain(stream()).catch((error: unknown) => ({ finding: explainSystemError(error, file) }));
    this.spooled.set(file, spooled);
    return spooled;
  }

  async dispose(): Promise<void> {
    const directory = await this.directory?.catch(() => undefined);
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  }

  private async drain(stream: Readable): Promise<Spooled> {
    let chunks: Uint8Array[] = [];
    let size = 0;
    let spool: { readonly path: string; readonly handle: FileHandle } | undefined;
    try {
      for await (const chunk of stream as AsyncIterable<Uint8Array | string>) {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        size += bytes.length;
        chunks.push(bytes);
        if (size < this.largeFrom) continue;
        spool ??= await this.openFile();
        await spool.handle.appendFile(Buffer.concat(chunks));
        chunks = [];
      }
    } finally {
      await spool?.handle.close();
    }
    return spool ? { path: spool.path } : { bytes: Buffer.concat(chunks, size) };
  }

  /** In a directory of its own that nobody else may enter. */
  private async openFile(): Promise<{ path: string; handle: FileHandle }> {
    this.directory ??= mkdtemp(join(tmpdir(), 'certwright-'));
    const path = join(await this.directory, String(this.spooled.size));
    return { path, handle: await open(path, 'wx', 0o600) };
  }
}
