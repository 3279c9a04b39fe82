/** A CRL of a million entries, 57 MB of PEM, is read within 250 MB of memory: the file, its decoded bytes, and Node itself. */
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { encodePemBytes } from '../../../src/pem/encode.js';
import { makeKeyPair } from '../../support/keys.js';
import { makeLargeCRL } from '../../support/pki.js';
import { runProgram } from '../../support/run.js';
import { makeScratch } from '../../support/scratch.js';

const entries = 1_000_000;
const readInputs = fileURLToPath(new URL('../../../src/files/read-inputs.js', import.meta.url));
const megabyte = 1024 * 1024;

interface Report {
  readonly crls: number;
  readonly bytes: number;
  readonly findings: readonly string[];
  readonly peak: number;
}

const isLinux = process.platform === 'linux';
describe.skipIf(!isLinux)(`a million entries${isLinux ? '' : ' (skipped: no /proc here)'}`, () => {
  test.each(['PEM', 'DER', 'PEM with CRLF', 'standard input'])('as %s are read within 250 MB', (form) => {
    const scratch = makeScratch();
    const der = makeLargeCRL({ subject: 'CN=Large CA', key: makeKeyPair() }, entries);
    const pem = Buffer.from(encodePemBytes('X509 CRL', der));
    expect(pem.length).toBeGreaterThan(56_000_000);
    const contents =
      form === 'DER' ? der : form === 'PEM with CRLF' ? pem.toString('latin1').replaceAll('\n', '\r\n') : pem;
    const file = scratch.write('large.crl', contents);
    const program = scratch.write(
      'read.ts',
      `import { readFileSync } from 'node:fs';
    import { readInputs } from ${JSON.stringify(readInputs)};
    const { crls, findings } = await readInputs([process.argv[2]]);
    // Not ru_maxrss: it begins with the memory of the process that this one was forked from.
    const peak = Number(/VmHWM:\\s*(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
    const bytes = crls[0]?.der.length;
    console.log(JSON.stringify({ crls: crls.length, bytes, findings: findings.map(({ code }) => code), peak }));`,
    );
    const bundle = scratch.path('read.mjs');
    buildSync({
      entryPoints: [program],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['asn1js', 'pkijs'],
    });
    const command = form === 'standard input' ? `exec "$0" "$1" - < "$2"` : `exec "$0" "$1" "$2"`;
    const { stdout, stderr } = runProgram('sh', ['-c', command, process.execPath, bundle, file]);
    expect(stderr).toBe('');
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({
      crls: 1,
      bytes: der.length,
      findings: form === 'PEM with CRLF' ? ['pem/crlf'] : [],
    });
    expect(report.peak / megabyte).toBeLessThan(250);
    console.log(`${form}: ${String(Math.round(report.peak / megabyte))} MB at most`);
  });
});
