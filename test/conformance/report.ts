/**
 * Prints the figures of every suite and writes them to docs/conformance.md. `--fuzz N` also runs the differential fuzz,
 * from seed `--seed S`; its disagreements are printed, and the exit code is 1 if there are any.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { conformance } from '../support/conformance.js';
import { fuzzAgainstOpenssl } from '../support/fuzz.js';
import { opensslVerify } from '../support/openssl-verify.js';
import { formatFuzz, replaceBlock } from './document.js';
import { measureAgreement, measureSuites, type Block } from './figures.js';

const { values } = parseArgs({
  options: { fuzz: { type: 'string' }, seed: { type: 'string', default: '1' }, document: { type: 'string' } },
});

function runFuzz(folder: string, count: number, seed: number): Block {
  const result = fuzzAgainstOpenssl(folder, count, seed);
  for (const { seed: pile, target, predicted, observed, codes, traits } of result.disagreements) {
    console.log(
      `seed ${pile}, target ${target}: ${predicted} (${codes.join(' ')}) but openssl ${observed}; ${traits.join('; ')}`,
    );
  }
  if (result.disagreements.length > 0) process.exitCode = 1;
  return { name: 'fuzz', text: formatFuzz(result, seed) };
}

function measure(folder: string): Block[] {
  const blocks: Block[] = [];
  if (conformance.available) blocks.push(...measureSuites());
  else console.log(`the suites${conformance.reason}`);
  if (!opensslVerify.available) {
    console.log(`openssl verify${opensslVerify.skipReason}`);
    return blocks;
  }
  if (conformance.available) blocks.push(measureAgreement(folder));
  if (values.fuzz !== undefined) blocks.push(runFuzz(folder, Number(values.fuzz), Number(values.seed)));
  return blocks;
}

const folder = mkdtempSync(join(tmpdir(), 'certwright-conformance-'));
try {
  const blocks = measure(folder);
  for (const { name, text } of blocks) console.log(`${name}\n\n${text}\n`);
  if (values.document !== undefined) {
    const document = readFileSync(values.document, 'utf8');
    const fresh = blocks.reduce((text, block) => replaceBlock(text, block.name, block.text), document);
    writeFileSync(values.document, fresh);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
