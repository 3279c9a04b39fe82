// Builds dist/: the library with its declarations (tsc) and the command line (esbuild, one chunk per command).
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });

execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'build/tsconfig.library.json'], {
  cwd: root,
  stdio: 'inherit',
});

await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist/cli',
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
