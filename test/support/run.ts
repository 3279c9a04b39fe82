/** Runs the built command line as a user would, never through a shell. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const built = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
const launcher = fileURLToPath(new URL('../../bin/certwright.js', import.meta.url));

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array;
  /** The project's root, unless given. */
  readonly cwd?: string;
  /** Added to this process's environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Options for Node itself, as `--max-old-space-size=200`. */
  readonly nodeArguments?: readonly string[];
}

/** Runs any program with these arguments; a program that cannot be started throws. */
export function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Run {
  const { stdin = '', cwd = projectRoot, env } = options;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    input: stdin,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** Runs `certwright ARGS…` of this checkout; output goes to pipes, so colours are off and the width is not a terminal's. */
export function runCertwright(args: readonly string[], options: RunOptions = {}): Run {
  if (!existsSync(built))
    throw new Error('dist/ is not built: see what test/support/build-once.ts said, or run `npm run build`');
  return runProgram(process.execPath, [...(options.nodeArguments ?? []), launcher, ...args], options);
}

/** The same beside this process, which goes on: for a command that talks to a server of the test. */
export async function runCertwrightBeside(args: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, [launcher, ...args], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await once(child, 'close');
  return { status: child.exitCode, stdout, stderr };
}
