// `npm run bench`: bundles bench.ts and runs it. `npm run bench -- --quick` takes fewer runs and writes no document.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('../../dist/bench', import.meta.url));
mkdirSync(folder, { recursive: true });
try {
  await build({
    entryPoints: [fileURLToPath(new URL('bench.ts', import.meta.url))],
    outfile: `${folder}/bench.js`,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, [`${folder}/bench.js`, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
