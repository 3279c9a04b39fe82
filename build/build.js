// Builds dist/: the library with its declarations (tsc) and the command line as one CommonJS file (esbuild). All is made in
// a folder beside it that takes its place at the end, so that a program that runs meanwhile is not disturbed. The reasons
// for CommonJS, one file and the code cache are in docs/adr/0004-cold-start.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const made = join(root, `dist-${process.pid}.new`);
const replaced = join(root, `dist-${process.pid}.old`);
const require = createRequire(import.meta.url);
const tsc = require.resolve('typescript/bin/tsc');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * Modules that take longer to load than a short command takes to run, and that few commands use: each is loaded when one of
 * its exports is first asked for. Of a package, `default` is a function.
 */
const deferred = new Map([
  ...['assert', 'node:crypto', 'node:fs/promises', 'node:tls'].map((name) => [name, Object.keys(require(name))]),
  ['cliui', ['default']],
  ['string-width', ['default']],
  ['atomically', ['writeFile']],
]);

function deferExport(path, name) {
  return name === 'default'
    ? `module.exports = (...given) => require('${path}').default(...given);`
    : `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require('${path}').${name} });`;
}

const deferModules = {
  name: 'defer-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${[...deferred.keys()].join('|')})$`) }, ({ path, kind, resolveDir }) =>
      kind === 'import-statement' ? { path, namespace: 'deferred', pluginData: resolveDir } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'deferred' }, ({ path, pluginData: resolveDir }) => ({
      contents: deferred.get(path).map((name) => deferExport(path, name)).join(''),
      resolveDir,
    }));
  },
};

/** pkijs and asn1js, a third of all code, for the few files that need them. */
const asn1Apart = {
  name: 'asn1-apart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(pkijs|asn1js)$/ }, ({ path }) => ({ path, namespace: 'asn1-apart' }));
    onResolve({ filter: /^\.\/asn1\.cjs$/ }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: 'asn1-apart' }, ({ path }) => ({
      contents: `module.exports = require('./asn1.cjs').${path};`,
    }));
  },
};

/** Commands of which the code cache is to be there from the start; others make theirs when they are first called. */
const commonCalls = [
  ['host', 'samples/etc/sec/certs/sip1-chain.pem', 'sip1.fly.example.com'],
  ['chain', 'samples/etc/sec/certs/sip1-chain.pem'],
  ['crl', 'check', 'samples/etc/sec/certs/sip1-chain.pem', '--crl', 'samples/etc/sec/crl/tls-crl.pem'],
  ['verify', 'samples/etc/sec/certs/sip1-chain.pem', '--trusted-ca', 'samples/etc/sec/ca/trusted-ca.pem'],
];

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  logLevel: 'warning',
};

try {
  const library = ['-p', 'build/tsconfig.library.json', '--outDir', join(made, 'lib')];
  execFileSync(process.execPath, [tsc, ...library], { cwd: root, stdio: 'inherit' });

  await build({
    ...common,
    entryPoints: ['src/cli/main.ts'],
    outfile: join(made, 'cli/main.cjs'),
    // Loaded by require(), which needs no module loader beside the one that runs already.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'certwrightURL', builtVersion: JSON.stringify(version) },
    banner: { js: "const certwrightURL = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [deferModules, asn1Apart],
  });
  await build({
    ...common,
    stdin: { contents: "export * as pkijs from 'pkijs'; export * as asn1js from 'asn1js';", resolveDir: root },
    outfile: join(made, 'cli/asn1.cjs'),
  });

  if (existsSync(dist)) renameSync(dist, replaced);
  renameSync(made, dist);
} finally {
  rmSync(made, { recursive: true, force: true });
  rmSync(replaced, { recursive: true, force: true });
}

for (const args of commonCalls) spawnSync(process.execPath, ['bin/certwright.js', ...args], { cwd: root, stdio: 'ignore' });
