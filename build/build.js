// Builds dist/: the library with its declarations (tsc) and the command line (esbuild, one chunk per command). All is
// made in a folder beside it that takes its place at the end, so that a program that runs meanwhile is not disturbed.
import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const made = join(root, `dist-${process.pid}.new`);
const replaced = join(root, `dist-${process.pid}.old`);
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

try {
  const library = ['-p', 'build/tsconfig.library.json', '--outDir', join(made, 'lib')];
  execFileSync(process.execPath, [tsc, ...library], { cwd: root, stdio: 'inherit' });

  await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    outdir: join(made, 'cli'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    chunkNames: 'chunks/[name]-[hash]',
    // CommonJS dependencies inside the bundle ask for Node's own modules by require().
    banner: {
      js: "import { createRequire as certwrightRequire } from 'node:module'; const require = certwrightRequire(import.meta.url);",
    },
    legalComments: 'linked',
    minifySyntax: true,
    logLevel: 'warning',
  });

  if (existsSync(dist)) renameSync(dist, replaced);
  renameSync(made, dist);
} finally {
  rmSync(made, { recursive: true, force: true });
  rmSync(replaced, { recursive: true, force: true });
}
