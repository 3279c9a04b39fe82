/** Which other tools this machine has, for differential tests, and what to say in a test's name where one is absent. */
import { spawnSync } from 'node:child_process';
import { runProgram } from './run.js';
import type { Run, RunOptions } from './run.js';

export interface Tool {
  readonly program: string;
  readonly installed: boolean;
  /** First line that the tool says about its version, or why it is not there. */
  readonly version: string;
  /** `` or ` (skipped: …)`: goes to the end of the name of a test that needs the tool. */
  readonly skipReason: string;
}

function findTool(program: string, args: readonly string[], version?: RegExp): Tool {
  const { error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) return { program, installed: false, version: error.message, skipReason: ` (skipped: no ${program} here)` };
  const said = `${stdout}\n${stderr}`.trim();
  return { program, installed: true, version: (version?.exec(said)?.[0] ?? said).split('\n')[0] ?? '', skipReason: '' };
}

export const openssl = findTool('openssl', ['version']);
export const certtool = findTool('certtool', ['--version']);
/** keytool has no version option in Java 17: the help text proves that it is there. */
export const keytool = findTool('keytool', ['-help']);

/** Runs openssl; its exit code is the verdict. */
export const runOpenSSL = (args: readonly string[], options: RunOptions = {}): Run =>
  runProgram(openssl.program, args, options);

/** The error numbers that `openssl verify` gave, in the order they were said: `error 20 at 0 depth lookup: …`. */
export const verifyErrors = ({ stdout, stderr }: Run): number[] =>
  Array.from(`${stdout}\n${stderr}`.matchAll(/^error (\d+) at \d+ depth lookup/gm), ([, code]) => Number(code));
