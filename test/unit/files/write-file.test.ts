import { spawn } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { UnwritableFileError, writeFileAtomically } from '../../../src/files/write-file.js';
import { runProgram } from '../../support/run.js';
import { makeScratch } from '../../support/scratch.js';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

test('a new file holds the contents, and nothing is left beside it', async () => {
  const scratch = makeScratch();
  await writeFileAtomically(scratch.path('chain.pem'), 'text ä\n');
  await writeFileAtomically(scratch.path('chain.der'), Uint8Array.of(0, 255));
  expect(readFileSync(scratch.path('chain.pem'), 'utf8')).toBe('text ä\n');
  expect(readFileSync(scratch.path('chain.der'))).toEqual(Buffer.of(0, 255));
  expect(readdirSync(scratch.directory).sort()).toEqual(['chain.der', 'chain.pem']);
});

test('empty contents make an empty file', async () => {
  const scratch = makeScratch();
  const path = scratch.write('chain.pem', 'old');
  await writeFileAtomically(path, '');
  expect(readFileSync(path, 'utf8')).toBe('');
});

test('ten megabytes arrive whole', async () => {
  const path = makeScratch().path('large');
  const contents = Buffer.alloc(10_000_000, 'abcdefg');
  await writeFileAtomically(path, contents);
  expect(readFileSync(path).equals(contents)).toBe(true);
});

describe('the mode', () => {
  test('of a new file is what the umask leaves', async () => {
    const scratch = makeScratch();
    await writeFileAtomically(scratch.path('chain.pem'), 'x');
    expect(modeOf(scratch.path('chain.pem'))).toBe(modeOf(scratch.write('other', 'x')));
  });
  test('of a new file with a private key is 600', async () => {
    const path = makeScratch().path('server.pem');
    await writeFileAtomically(path, 'x', { secret: true });
    expect(modeOf(path)).toBe('600');
  });
  test.each(['640', '444', '600', '755'])('%s of a file that stands there is kept', async (mode) => {
    const path = makeScratch().write('server.pem', 'old');
    chmodSync(path, Number.parseInt(mode, 8));
    await writeFileAtomically(path, 'new', { secret: mode === '640' });
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['new', mode]);
  });
});

test('the file is replaced, not written over: who reads the old one reads it to its end', async () => {
  const path = makeScratch().write('chain.pem', 'old');
  const before = statSync(path).ino;
  await writeFileAtomically(path, 'new');
  expect(statSync(path).ino).not.toBe(before);
});

test('a link stays a link, and the file behind it is replaced', async () => {
  const scratch = makeScratch();
  const target = scratch.write('real.pem', 'old');
  symlinkSync(target, scratch.path('link.pem'));
  await writeFileAtomically(scratch.path('link.pem'), 'new');
  expect(readlinkSync(scratch.path('link.pem'))).toBe(target);
  expect(readFileSync(target, 'utf8')).toBe('new');
});

test('a device is written to, never replaced', async () => {
  await writeFileAtomically('/dev/null', 'x');
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('a pipe is written to', async () => {
  const pipe = makeScratch().path('pipe');
  runProgram('mkfifo', [pipe]);
  const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: Buffer[] = [];
  reader.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  await Promise.all([writeFileAtomically(pipe, 'through'), once(reader, 'close')]);
  expect(Buffer.concat(said).toString()).toBe('through');
  expect(lstatSync(pipe).isFIFO()).toBe(true);
});

describe('what cannot be written says why', () => {
  const attempt = (path: string): Promise<unknown> => writeFileAtomically(path, 'x').catch((error: unknown) => error);
  test('a directory that does not exist, and is not made', async () => {
    const scratch = makeScratch();
    const path = scratch.path('no/such/chain.pem');
    const error = await attempt(path);
    expect(error).toBeInstanceOf(UnwritableFileError);
    expect(error).toMatchObject({ file: path, reason: 'its directory does not exist' });
    expect(readdirSync(scratch.directory)).toEqual([]);
  });
  test('a path through a file', async () => {
    const scratch = makeScratch();
    scratch.write('a', '');
    expect(await attempt(scratch.path('a/b'))).toMatchObject({
      reason: 'a part of the path is a file, not a directory',
    });
  });
  test('a directory', async () => {
    const scratch = makeScratch();
    mkdirSync(scratch.path('d'));
    expect(await attempt(scratch.path('d'))).toMatchObject({ reason: 'it is a directory' });
  });
  test('a link that leads nowhere', async () => {
    const scratch = makeScratch();
    symlinkSync('nowhere', scratch.path('link'));
    expect(await attempt(scratch.path('link'))).toMatchObject({ reason: 'it is a link that leads nowhere' });
  });
  const full = '/dev/full';
  test('a full disk', async () => {
    expect(await attempt(full)).toMatchObject({ reason: 'the disk is full' });
  });
});
