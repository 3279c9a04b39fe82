// `npm run conformance [-- --fuzz N [--seed S]]`: bundles report.ts and runs it; docs/conformance.md gets what it prints.
// The bundle lies as deep below the project's root as test/support, whose modules look for the suites from where they are.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('../../dist/conformance', import.meta.url));
const document = fileURLToPath(new URL('../../docs/conformance.md', import.meta.url));
mkdirSync(folder, { recursive: true });
try {
  await build({
    entryPoints: [fileURLToPath(new URL('report.ts', import.meta.url))],
    outfile: `${folder}/report.js`,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  });
  const given = [`${folder}/report.js`, '--document', document, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, given, { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
