/**
 * Global set-up of the tests: builds dist/ when it is missing or older than a source file, so that test/cli runs today's
 * code. A run of nothing but test/unit needs no dist/ and builds none. A build that fails is told and leaves no dist/:
 * the tests that need it fail by themselves, all others still run.
 */
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

/** The CLI's entry is among the last files that a build writes: its time is taken for the build's. */
function isStale(): boolean {
  const built = join(root, 'dist/cli/main.cjs');
  if (!existsSync(built)) return true;
  const builtAt = statSync(built).mtimeMs;
  return sources.some((source) => latestChange(join(root, source)) > builtAt);
}

/** `vitest run test/unit/der`: every file filter on the command line stays within test/unit. */
function runsOnlyUnitTests(): boolean {
  const filters = process.argv.slice(2).filter((argument) => argument.startsWith('test'));
  return filters.length > 0 && filters.every((filter) => filter.startsWith('test/unit'));
}

/** Called by vitest before the first test. */
export function setup(): void {
  if (runsOnlyUnitTests() || !isStale()) return;
  try {
    execFileSync(process.execPath, ['build/build.js'], { cwd: root, stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    console.error(`building dist/ for the tests failed:\n${stdout}${stderr}`);
  }
}
