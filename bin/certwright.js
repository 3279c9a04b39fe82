#!/usr/bin/env node
/**
 * Launches the built command line from code that is compiled already: see docs/adr/0004-cold-start.md. V8 itself refuses a
 * cache of another version or of other flags, and then, as where there is none and none can be written, compiles anew. It
 * does not look for damage, so the file holds the code twice: to compare them costs less than any checksum that Node has.
 */
'use strict';
const { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const { Script } = require('node:vm');

const cli = join(__dirname, '../dist/cli');

/** How many characters at the end of the program name its build: of the source, V8 compares no more than the length. */
const buildLength = 16;

/** The command that stands first, which has a program of its own; undefined where none does, as for `--help`. */
function findCommand([, , first = '']) {
  return /^[a-z]{1,20}$/.test(first) && existsSync(join(cli, `${first}.cjs`)) ? first : undefined;
}

/** Where the compiled code of a program lies. */
function cacheOf(name, source) {
  const build = source.toString('latin1', source.length - buildLength);
  return join(cli, 'code-cache', `${process.version}-${process.arch}`, `${name}-${build}.bin`);
}

function readCache(file) {
  try {
    const bytes = readFileSync(file);
    const code = bytes.subarray(0, bytes.length / 2);
    return code.length > 0 && code.equals(bytes.subarray(code.length)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Under another name first: a run that reads meanwhile sees the whole cache or none. A folder that is read-only stays without. */
function writeCache(file, script) {
  try {
    const unfinished = `${file}.${process.pid}`;
    mkdirSync(dirname(file), { recursive: true });
    const code = script.createCachedData();
    writeFileSync(unfinished, code);
    appendFileSync(unfinished, code);
    renameSync(unfinished, file);
  } catch {
    // The next run starts as slowly as this one did.
  }
}

/** What runs in this process, by its name: the program of the command, and what that has asked for. */
const programs = new Map();

/** Runs a program, once, as `require` runs a module. */
function run(name) {
  const known = programs.get(name);
  if (known) return known.exports;
  const file = join(cli, `${name}.cjs`);
  const source = readFileSync(file);
  const cache = cacheOf(name, source);
  const cachedData = readCache(cache);
  const script = new Script(source.toString('latin1'), { filename: file, cachedData });
  const isStale = cachedData === undefined || script.cachedDataRejected;
  // The compiled code stays in memory: glibc would take its end as a hint to hold on to whatever large is freed later.
  const program = { exports: {}, script, cachedData, staleCache: isStale ? cache : undefined };
  programs.set(name, program);
  script.runInThisContext()(program.exports, load, program, file, cli);
  return program.exports;
}

/** For the programs: modules of Node, and what lies beside them, as `./yargs.cjs`. */
function load(name) {
  return name.startsWith('.') ? run(basename(name, '.cjs')) : require(name);
}

async function launch() {
  const command = findCommand(process.argv);
  const isRun = await run(command ?? 'main').main();
  // Code for other flags would be refused by every ordinary run.
  const isOrdinary = process.execArgv.length === 0 && !process.env.NODE_OPTIONS;
  if (isOrdinary && Number(process.exitCode ?? 0) <= 1) {
    for (const [name, { script, staleCache }] of programs) {
      // Of a command that did not run, but told of itself, little is compiled.
      if (staleCache && (isRun || name !== command)) writeCache(staleCache, script);
    }
  }
  // All is written: to end here spares Node taking its heap apart.
  if (isRun) process.exit();
}

void launch();
