/**
 * Measures what the commands take beside what a user would run instead, prints it, and writes docs/performance.md. Every
 * figure is a ratio of two programs that ran in turn, so that another machine gives much the same; every case makes its own
 * data in a folder that is removed afterwards.
 */
import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Bench, Case, Row } from './case.js';
import { bundleMany } from './cases/bundle-many.js';
import { coldStart } from './cases/cold-start.js';
import { largeCRL } from './cases/large-crl.js';
import { manyCRLs } from './cases/many-crls.js';
import { orderPile } from './cases/order-pile.js';
import { parseOne } from './cases/parse-one.js';
import { pathMesh } from './cases/path-mesh.js';
import { verifyMany } from './cases/verify-many.js';
import { formatCase, writeDocument, type Measured } from './document.js';

const cases: readonly Case[] = [coldStart, parseOne, verifyMany, bundleMany, orderPile, pathMesh, largeCRL, manyCRLs];

function describeMachine(): string {
  const [cpu] = cpus();
  const openssl = spawnSync('openssl', ['version'], { encoding: 'utf8' });
  const version = openssl.error ? 'openssl not installed' : openssl.stdout.split(' ').slice(0, 2).join(' ');
  const memory = Math.round(totalmem() / 2 ** 30);
  return (
    `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GB, ${process.platform} ${process.arch}, ` +
    `Node ${process.versions.node}, ${version}`
  );
}

async function runCase(one: Case, root: string, quick: boolean): Promise<Row[]> {
  const folder = join(root, String(cases.indexOf(one)));
  mkdirSync(folder);
  const bench: Bench = {
    folder,
    quick,
    certwright: (...args) => [process.execPath, 'bin/certwright.js', ...args],
  };
  try {
    return await one.run(bench);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const quick = process.argv.includes('--quick');
const root = mkdtempSync(join(tmpdir(), 'certwright-bench-'));
const machine = describeMachine();
console.log(machine);
try {
  const measured: Measured[] = [];
  for (const one of cases) {
    const rows = await runCase(one, root, quick);
    measured.push({ title: one.title, about: one.about, rows });
    console.log(formatCase(one.title, rows));
  }
  const page = 'docs/performance.md';
  const style = { ...(await resolveConfig(page)), filepath: page };
  if (!quick) writeFileSync(page, await format(writeDocument(machine, measured), style));
} finally {
  rmSync(root, { recursive: true, force: true });
}
