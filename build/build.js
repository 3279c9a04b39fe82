// Builds dist/: the library with its declarations (tsc) and the command line as CommonJS (esbuild), a file for each command
// and one with all of them. All is made in a folder beside it that takes its place at the end, so that a program that runs
// meanwhile is not disturbed. The reasons for CommonJS, these files and the code cache are in docs/adr/0004-cold-start.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const made = join(root, `dist-${process.pid}.new`);
const replaced = join(root, `dist-${process.pid}.old`);
const require = createRequire(import.meta.url);
const tsc = require.resolve('typescript/bin/tsc');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * Modules that take longer to load than a short command takes to run, and that few commands use: each is loaded when one of
 * its exports is first asked for, or, where the importer takes them at once, first called.
 */
const deferred = new Map([
  ...['node:crypto', 'node:fs/promises', 'node:os', 'node:stream', 'node:tls', 'node:tty'].map((name) => [
    name,
    whenAsked(name),
  ]),
  ['string-width', "module.exports = (...given) => require('string-width').default(...given);"],
  ['atomically', "exports.writeFile = (...given) => require('atomically').writeFile(...given);"],
]);

/** What esbuild makes of an import inherits from what is imported, so that the Proxy sees whatever is asked for. */
function whenAsked(module) {
  const load = `(loaded ??= require('${module}'))`;
  return `let loaded; module.exports = Object.create(new Proxy({}, { get: (_, name) => ${load}[name] }));`;
}

/** Tables of all areas of findings, of which a run needs few. */
const areaTables = /src[\\/](?:finding[\\/]catalogue|report[\\/]wording[\\/]wording)\.ts$/;

const deferModules = {
  name: 'defer-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${[...deferred.keys()].join('|')})$`) }, ({ path, kind, resolveDir }) =>
      kind === 'import-statement' ? { path, namespace: 'deferred', pluginData: resolveDir } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'deferred' }, ({ path, pluginData: resolveDir }) => ({
      contents: deferred.get(path),
      resolveDir,
    }));
    onResolve({ filter: /^\.\/[a-z]+\.js$/ }, ({ path, importer, kind, resolveDir }) =>
      kind === 'import-statement' && areaTables.test(importer)
        ? { path: join(resolveDir, path), namespace: 'area' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'area' }, ({ path }) => ({
      contents: whenAsked(`./${basename(path)}`),
      resolveDir: dirname(path),
    }));
  },
};

/** What is loaded for other commands alone: `crl.cjs` has src/cli/commands/crl-check.ts and the like. */
const onlyCommand = (command) => ({
  name: 'only-command',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/commands\/[a-z-]+\.js$/ }, ({ path }) =>
      path.startsWith(`./commands/${command}.`) || path.startsWith(`./commands/${command}-`)
        ? undefined
        : { path, namespace: 'other-command' },
    );
    onLoad({ filter: /.*/, namespace: 'other-command' }, () => ({ contents: '' }));
  },
});

/** What few calls need lies in files of its own: pkijs with asn1js, a third of all code, and yargs. */
const librariesApart = {
  name: 'libraries-apart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/parse-by-yargs\.js$/ }, () => ({ path: './yargs.cjs', external: true }));
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

/** The launcher reads the program as one byte a character, which is fastest; esbuild leaves regular expressions as they are. */
function escapeNonASCII(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
};

/** `plugins` leave out what the program does not need. */
async function buildProgram(name, plugins = []) {
  const program = join(made, `cli/${name}.cjs`);
  await build({
    ...common,
    entryPoints: ['src/cli/main.ts'],
    outfile: program,
    // That of main.cjs is about all of them.
    legalComments: name === 'main' ? 'linked' : 'none',
    // Loaded by require(), which needs no module loader beside the one that runs already.
    supported: { 'dynamic-import': false },
    define: {
      builtVersion: JSON.stringify(version),
    },
    plugins: [...plugins, deferModules, librariesApart],
  });
  seal(program);
}

/** Libraries in a program of their own, with their licences beside it. */
async function buildLibraries(name, options) {
  const program = join(made, `cli/${name}.cjs`);
  await build({ ...common, ...options, outfile: program });
  seal(program);
}

/** Makes of a module what bin/certwright.js runs. */
function seal(program) {
  // Wrapped as Node wraps a module: the launcher compiles the text as it is read, without a copy.
  const body = escapeNonASCII(readFileSync(program, 'utf8'));
  const code = `(function (exports, require, module, __filename, __dirname) { ${body}\n})`;
  // By these last 16 characters the launcher knows the compiled code of this very program.
  writeFileSync(program, `${code}\n//${createHash('sha256').update(code).digest('hex').slice(0, 16)}`);
}

try {
  const library = ['-p', 'build/tsconfig.library.json', '--outDir', join(made, 'lib')];
  execFileSync(process.execPath, [tsc, ...library], { cwd: root, stdio: 'inherit' });

  const { code } = await transform(readFileSync(join(root, 'src/cli/commands.ts')), { loader: 'ts' });
  const { commands } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  await Promise.all([
    buildProgram('main'),
    ...Object.keys(commands).map((name) => buildProgram(name, [onlyCommand(name)])),
  ]);
  await buildLibraries('asn1', {
    stdin: { contents: "export * as pkijs from 'pkijs'; export * as asn1js from 'asn1js';", resolveDir: root },
  });
  await buildLibraries('yargs', {
    entryPoints: ['src/cli/parse-by-yargs.ts'],
    banner: { js: "const ownURL = require('node:url').pathToFileURL(__filename).href;" },
    define: { 'import.meta.url': 'ownURL' },
  });

  if (existsSync(dist)) renameSync(dist, replaced);
  renameSync(made, dist);
} finally {
  rmSync(made, { recursive: true, force: true });
  rmSync(replaced, { recursive: true, force: true });
}

for (const args of commonCalls)
  spawnSync(process.execPath, ['bin/certwright.js', ...args], { cwd: root, stdio: 'ignore' });
