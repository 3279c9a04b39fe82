/** Reads a file in blocks of one size, the next one while the last is worked on. */
import type { FileHandle } from 'node:fs/promises';

/** In bytes: large enough that asking costs nothing, small enough to stay in the processor's cache. */
const blockSize = 512 * 1024;

/** Room before each block for what was left over of the one before: the longest line of a PEM text that is cut. In bytes. */
export const longestRest = 4096;

export interface Block {
  /** `longestRest` bytes of room, then the block up to the end. */
  readonly buffer: Uint8Array;
  readonly isLast: boolean;
  /** How much of the file has been read with it, in bytes. */
  readonly done: number;
}

/**
 * The blocks of a file of `size` bytes from its start; each is overwritten two blocks later. Ends early where the file does.
 */
export async function* readBlocks(
  handle: FileHandle,
  size: number,
  length = blockSize,
): AsyncGenerator<Block, undefined> {
  const buffers = [new Uint8Array(longestRest + length), new Uint8Array(longestRest + length)];
  const read = async (turn: number, position: number): Promise<Uint8Array> => {
    const buffer = buffers[turn % 2] ?? new Uint8Array();
    const { bytesRead } = await handle.read(buffer, longestRest, Math.min(length, size - position), position);
    return buffer.subarray(0, longestRest + bytesRead);
  };
  let done = 0;
  let pending = read(0, 0);
  for (let turn = 1; done < size; turn++) {
    const buffer = await pending;
    if (buffer.length === longestRest) return undefined;
    done += buffer.length - longestRest;
    if (done < size) pending = read(turn, done);
    yield { buffer, isLast: done >= size, done };
  }
  return undefined;
}
