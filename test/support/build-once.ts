/** Global set-up of the tests: builds dist/ when it is missing or older than a source file, so that CLI tests run today's code. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['src', 'build', 'package.json', 'tsconfig.json'];

function latestChange(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((entry) => latestChange(join(path, entry))));
}

/** The last file that a build writes is taken as its time. */
function isStale(): boolean {
  const built = join(root, 'dist/cli/main.js');
  if (!existsSync(built)) return true;
  const builtAt = statSync(built).mtimeMs;
  return sources.some((source) => latestChange(join(root, source)) > builtAt);
}

/** Called by vitest before the first test. */
export function setup(): void {
  if (!existsSync(join(root, 'src/cli/main.ts')) || !isStale()) return;
  try {
    execFileSync(process.execPath, ['build/build.js'], { cwd: root, stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    const output = error as { stdout?: string; stderr?: string };
    throw new Error(`building dist/ for the tests failed:\n${output.stdout ?? ''}${output.stderr ?? ''}`, {
      cause: error,
    });
  }
}
