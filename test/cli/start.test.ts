/** How the command line starts: from compiled code where there is some, and from none just as well. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.js';
import { runProgram, type Run } from '../support/run.js';
import { makeScratch } from '../support/scratch.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const samples = join(root, 'samples/etc/sec');
const host = ['host', join(samples, 'certs/sip1.pem'), 'sip1.fly.example.com'];
const chain = ['chain', join(samples, 'certs/sip1-chain.pem'), '--at', '2026-11-21'];
const version = `${process.version}-${process.arch}`;
// Flags of Node change what V8 takes for its own.
const plain = { env: { NODE_OPTIONS: undefined } };

interface Installation {
  readonly run: (args: readonly string[], ...nodeArguments: readonly string[]) => Run;
  /** The file of a command's compiled code. */
  readonly cacheOf: (command: string) => string;
  readonly programOf: (command: string) => string;
  readonly codeCache: string;
}

/** The program as a package has it, without compiled code. */
function install(): Installation {
  const scratch = makeScratch();
  for (const folder of ['bin', 'dist/cli']) {
    cpSync(join(root, folder), scratch.path(folder), {
      recursive: true,
      filter: (path) => !path.includes('code-cache'),
    });
  }
  const launcher = scratch.path('bin/certwright.js');
  const codeCache = scratch.path('dist/cli/code-cache');
  const programOf = (command: string): string => scratch.path(`dist/cli/${command}.cjs`);
  return {
    run: (args, ...nodeArguments) => runProgram(process.execPath, [...nodeArguments, launcher, ...args], plain),
    cacheOf: (command) =>
      join(codeCache, version, `${command}-${readFileSync(programOf(command)).toString('latin1').slice(-16)}.bin`),
    programOf,
    codeCache,
  };
}

describe('compiled code', () => {
  it('is written by the first run of a command and left alone by the next, which says the same', () => {
    const { run, cacheOf } = install();
    const first = run(host);
    const written = statSync(cacheOf('host'));
    const second = run(host);
    expect(second).toEqual(first);
    expect(first.status).toBe(0);
    expect(statSync(cacheOf('host')).mtimeMs).toBe(written.mtimeMs);
  });

  it('is there for the common commands once the project is built', () => {
    const built = readdirSync(join(root, 'dist/cli/code-cache', version)).map((name) => name.replace(/-.*/, ''));
    expect(built).toEqual(expect.arrayContaining(['chain', 'crl', 'host', 'verify']));
  });

  it.each([
    ['of another program', Buffer.from('not compiled code at all')],
    ['that is cut off', undefined],
    ['that is empty', Buffer.alloc(0)],
  ])('%s is refused and made anew', (_, contents) => {
    const { run, cacheOf } = install();
    const right = run(chain);
    const whole = readFileSync(cacheOf('chain'));
    writeFileSync(cacheOf('chain'), contents ?? whole.subarray(0, whole.length >> 1));
    expect(run(chain)).toEqual(right);
    expect(statSync(cacheOf('chain')).size).toBeGreaterThan(whole.length >> 1);
    expect(run(chain)).toEqual(right);
  });

  it.each([0.1, 0.3, 0.45, 0.7])('that is damaged is refused and made anew: at %d of its length', (place) => {
    const { run, cacheOf } = install();
    const right = run(chain);
    const whole = readFileSync(cacheOf('chain'));
    const damaged = Buffer.from(whole);
    const at = Math.floor(damaged.length * place);
    for (let i = at; i < at + 64; i++) damaged.writeUInt8(damaged.readUInt8(i) ^ 0xff, i);
    writeFileSync(cacheOf('chain'), damaged);
    expect(run(chain)).toEqual(right);
    expect(readFileSync(cacheOf('chain')).equals(damaged)).toBe(false);
  });

  it('of another build is not used, even where the program is just as long', () => {
    const { run, cacheOf, programOf } = install();
    const program = programOf('host');
    run(host);
    const [before, source] = [cacheOf('host'), readFileSync(program, 'latin1')];
    writeFileSync(program, `${source.slice(0, -16)}0123456789abcdef`, 'latin1');
    expect(run(host).status).toBe(0);
    expect(cacheOf('host')).not.toBe(before);
    expect(statSync(cacheOf('host')).size).toBeGreaterThan(0);
  });

  it('made under other flags of Node takes no place of that of ordinary runs', () => {
    const { run, cacheOf } = install();
    const right = run(host);
    const written = readFileSync(cacheOf('host'));
    expect(run(host, '--no-opt')).toEqual(right);
    expect(readFileSync(cacheOf('host')).equals(written)).toBe(true);
  });

  it('that cannot be written is done without, and nobody hears of it', () => {
    const { run, codeCache } = install();
    mkdirSync(dirname(codeCache), { recursive: true });
    writeFileSync(codeCache, 'a file where the folder would be');
    const { status, stderr } = run(host);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('of a command is kept once it has run, not where there was only talk of it', () => {
    const { run, codeCache } = install();
    const kept = (): string[] => readdirSync(join(codeCache, version)).map((name) => name.replace(/-.*/, ''));
    expect(run(['hots', 'a', 'b']).status).toBe(2);
    expect(run([...host, '--bogus']).status).toBe(2);
    expect(kept).toThrow('ENOENT');
    const helped = run(['host', '--help']);
    expect(kept()).toEqual(['yargs']);
    expect(run(['host', '--help'])).toEqual(helped);
    const listed = run(['--help']);
    expect(kept().sort()).toEqual(['main', 'yargs']);
    expect(run(['--help'])).toEqual(listed);
    expect(run(host).status).toBe(0);
    expect(kept().sort()).toEqual(['host', 'main', 'yargs']);
  });

  it('is kept of libraries that a command asks for', () => {
    const { run, cacheOf } = install();
    const opened = ['inspect', join(samples, 'certs/sip1.p12'), '--at', '2026-11-21'];
    const args = [...opened, '--password-file', join(samples, 'certs/sip1.p12.password')];
    const first = run(args);
    expect(first.status).toBe(0);
    const written = statSync(cacheOf('asn1'));
    expect(run(args)).toEqual(first);
    expect(statSync(cacheOf('asn1')).mtimeMs).toBe(written.mtimeMs);
  });
});

describe('the built programs', () => {
  it('are one of all commands and one of each, which says the same', () => {
    const { run, programOf } = install();
    for (const name of Object.keys(commands)) {
      // Where an option stands first, the program of all commands is taken.
      expect(run([name, '--help'])).toEqual(run(['--no-color', name, '--help']));
      expect(statSync(programOf(name)).size).toBeLessThan(statSync(programOf('main')).size);
    }
    expect(run(host)).toEqual(run(['--no-color', ...host]));
    rmSync(programOf('main'));
    expect(run(host).status).toBe(0);
    expect(run(chain).status).toBe(0);
  });

  it('need yargs only where there is something to say of the command line', () => {
    const { run, programOf } = install();
    const [right, helped] = [run(host), run(['host', '--help'])];
    rmSync(programOf('yargs'));
    expect(run(host)).toEqual(right);
    expect(run(['host', '--help'])).not.toEqual(helped);
  });

  it('are ASCII, since they are read as one byte a character', () => {
    for (const name of ['main', 'yargs', 'asn1', ...Object.keys(commands)]) {
      expect(/[^\0-\x7f]/.test(readFileSync(join(root, `dist/cli/${name}.cjs`), 'latin1'))).toBe(false);
    }
  });

  it('load for a short command neither cryptography nor streams nor what lays out help', () => {
    const scratch = makeScratch();
    const listing = scratch.write(
      'list.cjs',
      "process.on('exit', () => require('node:fs').writeSync(2, process.moduleLoadList.join('\\n')));",
    );
    const { stderr, status } = install().run(host, '--require', listing);
    expect(status).toBe(0);
    const loaded = stderr.split('\n').map((line) => line.replace(/^NativeModule /, ''));
    expect(loaded).toContain('fs');
    for (const module of ['crypto', 'stream', 'net', 'tty', 'assert', 'fs/promises'])
      expect(loaded).not.toContain(module);
  });

  it('ends quietly where the reader of its output goes away', () => {
    const command = `"${process.execPath}" bin/certwright.js inspect samples/etc/sec/certs | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: root, encoding: 'utf8' });
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).not.toContain('EPIPE');
  });

  it.runIf(process.platform === 'linux')('says what is wrong with a standard output that takes nothing more', () => {
    const line = `"${process.execPath}" bin/certwright.js chain samples/etc/sec/certs/sip1-chain.pem --quiet > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: root, encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, 'certwright: standard output cannot be written: the disk is full\n']);
  });

  it('writes all of a long output into a slow pipe', () => {
    const scratch = makeScratch();
    const inspect = `"${process.execPath}" bin/certwright.js inspect samples/etc/sec/certs samples/etc/sec/ca --json`;
    const run = (line: string): string => spawnSync('sh', ['-c', line], { cwd: root, encoding: 'utf8' }).stdout;
    run(`${inspect} -o ${scratch.path('whole.json')}`);
    const whole = statSync(scratch.path('whole.json')).size;
    expect(whole).toBeGreaterThan(65_536);
    expect(Number(run(`${inspect} | (sleep 1; wc -c)`))).toBe(whole);
  });
});
