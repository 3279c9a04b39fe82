import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { explainSystemError, readSource, readStandardInput } from '../../../src/files/read-source.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import { runProgram } from '../../support/run.js';
import { makeScratch } from '../../support/scratch.js';

const messageOf = async (path: string, options?: Parameters<typeof readSource>[1]) => {
  const read = await readSource(path, options);
  if (!('finding' in read)) throw new Error('it was read');
  return [read.finding.code, describeFinding(read.finding).message, read.finding.origin?.file];
};

test('a file is read whole', async () => {
  const contents = Buffer.alloc(3_000_000, 'x');
  const path = makeScratch().write('a', contents);
  const read = await readSource(path);
  expect('bytes' in read && contents.equals(read.bytes)).toBe(true);
});

test('an empty file gives no bytes', async () => {
  expect(await readSource(makeScratch().write('a', ''))).toEqual({ bytes: Buffer.of() });
});

test('a file of /proc, which has no size, is read', async () => {
  const read = await readSource('/proc/self/status');
  expect('bytes' in read && Buffer.from(read.bytes).toString()).toMatch(/^Name:/);
});

test('a pipe is read to its end, unless pipes are not wanted', async () => {
  const pipe = makeScratch().path('pipe');
  runProgram('mkfifo', [pipe]);
  expect(await messageOf(pipe, { pipes: false })).toEqual(['input/not-a-file', 'is a pipe, which is not read', pipe]);
  spawn('sh', ['-c', `printf through > "${pipe}"`]);
  expect(await readSource(pipe)).toEqual({ bytes: Buffer.from('through') });
});

describe('what cannot be read says why', () => {
  test('a file that is not there', async () => {
    const path = makeScratch().path('none.pem');
    expect(await messageOf(path)).toEqual(['input/not-found', 'cannot be found: no such file or directory', path]);
  });
  test('a path through a file', async () => {
    const path = `${makeScratch().write('a', '')}/b`;
    expect(await messageOf(path)).toEqual([
      'input/not-found',
      'cannot be found: a part of the path is a file, not a directory',
      path,
    ]);
  });
  test('a circle of links', async () => {
    const scratch = makeScratch();
    symlinkSync('b', scratch.path('a'));
    symlinkSync('a', scratch.path('b'));
    expect((await messageOf(scratch.path('a')))[1]).toMatch(/too many symbolic links/);
  });
  test('a name that is too long', async () => {
    expect((await messageOf('x'.repeat(5000)))[0]).toBe('input/not-found');
  });
  test('a directory, a socket and a device', async () => {
    const scratch = makeScratch();
    mkdirSync(scratch.path('d'));
    const socket = scratch.path('s');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const seen = [await messageOf(scratch.path('d')), await messageOf(socket), await messageOf('/dev/zero')];
    server.close();
    expect(seen.map(([, message]) => message)).toEqual([
      'is a directory, which is not read',
      'is a socket, which is not read',
      'is a device, which is not read',
    ]);
  });
  test('a file larger than the limit, which is inclusive', async () => {
    const path = makeScratch().write('a', '12345');
    expect(await readSource(path, { limit: 5 })).toEqual({ bytes: Buffer.from('12345') });
    expect(await messageOf(path, { limit: 4 })).toEqual([
      'input/too-large',
      'has 5 bytes or more, at most 4 are read',
      path,
    ]);
  });
  const isRoot = process.getuid?.() === 0;
  test.skipIf(isRoot)(`a file without permission${isRoot ? ' (skipped: root may read everything)' : ''}`, async () => {
    const path = makeScratch().write('a', 'x');
    chmodSync(path, 0);
    expect(await messageOf(path)).toEqual(['input/unreadable', 'cannot be read: permission denied', path]);
  });
  test.each([
    ['EACCES', 'input/unreadable', 'permission denied'],
    ['EISDIR', 'input/unreadable', 'it is a directory'],
    ['ENOENT', 'input/not-found', 'no such file or directory'],
    ['EWEIRD', 'input/unreadable', 'what it says'],
  ])('the system error %s', (code, expected, reason) => {
    const error = Object.assign(new Error('what it says'), { code });
    expect(explainSystemError(error, 'a')).toMatchObject({ code: expected, params: { reason }, origin: { file: 'a' } });
  });
});

describe('standard input', () => {
  test('is read to its end, in pieces of any kind', async () => {
    expect(await readStandardInput(Readable.from([Buffer.from('ab'), 'cd']))).toEqual({ bytes: Buffer.from('abcd') });
  });
  test('larger than the limit is refused', async () => {
    expect(await readStandardInput(Readable.from([Buffer.alloc(6)]), 5)).toMatchObject({
      finding: { code: 'input/too-large', origin: { file: '-' } },
    });
  });
  test('that breaks is a finding', async () => {
    const broken = new Readable({
      read() {
        this.destroy(Object.assign(new Error('broken'), { code: 'EIO' }));
      },
    });
    expect(await readStandardInput(broken)).toMatchObject({ finding: { code: 'input/unreadable' } });
  });
});
