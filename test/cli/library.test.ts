import { describe, expect, it } from 'vitest';
import { runProgram } from '../support/run.js';

// What a program that depends on certwright would write; the package's own name leads to dist/ through its exports.
const program = `
import { matchHost, orderChain, presentedIdentity, readInputs, describeFinding } from 'certwright';
const { certificates } = await readInputs(['samples/pile']);
const { ok, chain, findings } = orderChain(certificates, { at: new Date('2026-11-21') });
const verdict = matchHost(presentedIdentity(chain[0]), 'stat.fly.example.com');
console.log(JSON.stringify({ ok, length: chain.length, matched: verdict.matched, said: findings.map((f) => describeFinding(f).message).length > 0 }));
`;

describe('the library', () => {
  it('is imported by its package name and works without the command line', () => {
    const { status, stdout, stderr } = runProgram(process.execPath, ['--input-type=module', '-e', program]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ ok: true, length: 3, matched: true, said: true });
  });
});
