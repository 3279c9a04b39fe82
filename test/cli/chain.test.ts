import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toPEM } from '../support/der.js';
import { exportPKCS8 } from '../support/keys.js';
import { issueCertificate, makeChain, makeKeyPair } from '../support/pki.js';
import { runCertwright } from '../support/run.js';
import { parseEnvelope } from '../support/schema.js';
import { makeScratch } from '../support/scratch.js';

const at = ['--at', '2026-11-21'];
const holders = makeChain(4);
const arranged = holders.map(({ certificate }) => toPEM(certificate)).join('');
const shuffled = [2, 0, 3, 1].map((position) => toPEM(holders[position]?.certificate ?? new Uint8Array())).join('');

interface ChainResult {
  readonly chains: readonly { readonly pem: string; readonly leftOut: readonly { readonly reason: string }[] }[];
  readonly written?: readonly string[];
}

describe('certwright chain', () => {
  it('writes the arranged PEM to standard output and the picture to standard error', () => {
    const scratch = makeScratch();
    const { status, stdout, stderr } = runCertwright(['chain', scratch.write('pile.pem', shuffled), ...at]);
    expect(status).toBe(0);
    expect(stdout).toBe(arranged);
    expect(stderr).toContain('chain of CN=leaf.example.com: 4 certificates, up to the root');
    expect(stderr).toContain('was number 2');
  });

  it('reads standard input', () => {
    const { status, stdout } = runCertwright(['chain', '-', ...at], { stdin: shuffled });
    expect(status).toBe(0);
    expect(stdout).toBe(arranged);
  });

  it('writes to the file of -o and says so on standard output', () => {
    const scratch = makeScratch();
    const run = runCertwright(['chain', scratch.write('pile.pem', shuffled), '-o', scratch.path('out.pem'), ...at]);
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('chain of CN=leaf.example.com');
    expect(readFileSync(scratch.path('out.pem'), 'utf8')).toBe(arranged);
  });

  it('--check exits 1 for a file that is not arranged, 0 for one that is, and writes nothing', () => {
    const scratch = makeScratch();
    const wrong = scratch.write('wrong.pem', shuffled);
    const checked = runCertwright(['chain', wrong, '--check', '--json', ...at]);
    expect(checked.status).toBe(1);
    expect(parseEnvelope(checked).findings.map(({ code }) => code)).toContain('chain/not-arranged');
    expect(readFileSync(wrong, 'utf8')).toBe(shuffled);
    expect(runCertwright(['chain', scratch.write('right.pem', arranged), '--check', ...at]).status).toBe(0);
  });

  it('--in-place keeps the private key that stands in the file, and the mode', () => {
    const scratch = makeScratch();
    const key = toPEM(exportPKCS8(holders[0]?.key ?? makeKeyPair()), 'PRIVATE KEY');
    const file = scratch.write('server.pem', key + shuffled);
    chmodSync(file, 0o640);
    const { status, stdout } = runCertwright(['chain', file, '--in-place', ...at]);
    expect(status).toBe(0);
    expect(stdout).toContain(`written: ${file}`);
    expect(readFileSync(file, 'utf8')).toBe(key + arranged);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(scratch.directory)).toEqual(['server.pem']);
  });

  it('--in-place leaves a file alone that holds a certificate of something else', () => {
    const scratch = makeScratch();
    const stranger = issueCertificate(undefined, { subject: 'CN=Stranger Root', ca: true });
    const content = toPEM(stranger.certificate) + shuffled;
    const file = scratch.write('server.pem', content);
    const run = runCertwright(['chain', file, '--in-place', '--json', ...at]);
    expect(run.status).toBe(1);
    expect(parseEnvelope(run).findings.map(({ code }) => code)).toContain('chain/not-rewritten');
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('--in-place twice gives the same bytes, comments of --annotate included', () => {
    const scratch = makeScratch();
    const file = scratch.write('server.pem', shuffled);
    runCertwright(['chain', file, '--in-place', '--annotate', ...at]);
    const once = readFileSync(file, 'utf8');
    runCertwright(['chain', file, '--in-place', '--annotate', ...at]);
    expect(readFileSync(file, 'utf8')).toBe(once);
    expect(once).toMatch(/^# subject: .*CN=leaf\.example\.com$/m);
    expect(once.match(/BEGIN CERTIFICATE/g)).toHaveLength(4);
  });

  it('never copies a private key that stands among the certificates, and says that it is there', () => {
    const scratch = makeScratch();
    const key = toPEM(exportPKCS8(makeKeyPair()), 'PRIVATE KEY');
    const run = runCertwright(['chain', scratch.write('pile.pem', key + shuffled), ...at]);
    expect(run.stdout).toBe(arranged);
    expect(run.stderr).toContain('private key');
  });

  it('finds the end entity by --key, also an encrypted one with --password-file', () => {
    const scratch = makeScratch();
    const [, issuing] = holders;
    if (!issuing) throw new Error('no issuing CA was made');
    const second = issueCertificate(issuing, { subject: 'CN=second.example.com' });
    const pile = scratch.write('pile.pem', shuffled + toPEM(second.certificate));
    const encrypted = second.key.privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'pw',
    });
    const key = scratch.write('second.key', encrypted);
    const password = scratch.write('password', 'pw\n');
    const found = runCertwright(['chain', pile, '--key', key, '--password-file', password, ...at]);
    expect(found.stdout.startsWith(toPEM(second.certificate))).toBe(true);
    const stranger = scratch.write('stranger.key', toPEM(exportPKCS8(makeKeyPair()), 'PRIVATE KEY'));
    const refused = runCertwright(['chain', pile, '--key', stranger, '--json', ...at]);
    expect(refused.status).toBe(1);
    expect(parseEnvelope(refused).findings.map(({ code }) => code)).toEqual(['chain/key-matches-none']);
  });

  it('says once that the key cannot be opened', () => {
    const scratch = makeScratch();
    const locked = makeKeyPair().privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'pw',
    });
    const key = scratch.write('locked.key', locked);
    const password = scratch.write('password', 'wrong\n');
    const run = runCertwright(['chain', '-', '--key', key, '--password-file', password, '--json', ...at], {
      stdin: shuffled,
    });
    expect(run.status).toBe(1);
    const codes = parseEnvelope(run).findings.map(({ code }) => code);
    expect(codes.filter((code) => code.startsWith('key/'))).toEqual(['key/wrong-password']);
  });

  it('stops at several end entities and names them; --each writes a file for each', () => {
    const scratch = makeScratch();
    const [, issuing] = holders;
    if (!issuing) throw new Error('no issuing CA was made');
    const second = issueCertificate(issuing, { subject: 'CN=second.example.com' });
    const pile = scratch.write('pile.pem', shuffled + toPEM(second.certificate));
    const stopped = runCertwright(['chain', pile, ...at]);
    expect(stopped.status).toBe(1);
    expect(stopped.stdout).toBe('');
    expect(stopped.stderr).toContain('CN=second.example.com');
    const intoFile = runCertwright(['chain', pile, '-o', scratch.path('none.pem'), ...at]);
    expect(intoFile.status).toBe(1);
    expect(readdirSync(scratch.directory)).toEqual(['pile.pem']);
    const each = runCertwright(['chain', pile, '--each', '-o', scratch.path('chains'), ...at]);
    expect(each.status).toBe(0);
    expect(readdirSync(scratch.path('chains')).sort()).toEqual(['leaf.example.com.pem', 'second.example.com.pem']);
    expect(readFileSync(scratch.path('chains/leaf.example.com.pem'), 'utf8')).toBe(arranged);
  });

  it('prints JSON that fits the schema, good or bad', () => {
    const scratch = makeScratch();
    const good = parseEnvelope<ChainResult>(
      runCertwright(['chain', scratch.write('p.pem', shuffled), '--json', ...at]),
    );
    expect(good.ok).toBe(true);
    expect(good.at).toBe('2026-11-21T00:00:00.000Z');
    expect(good.result.chains[0]?.pem).toBe(arranged);
    const bad = parseEnvelope<ChainResult>(runCertwright(['chain', scratch.path('absent.pem'), '--json']));
    expect(bad.ok).toBe(false);
    expect(bad.findings.map(({ code }) => code)).toEqual(['input/not-found']);
  });

  it('prints a line a finding and the result last as NDJSON', () => {
    const { stdout } = runCertwright(['chain', '-', '--format', 'ndjson', ...at], { stdin: shuffled });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly type: string });
    expect(lines.map(({ type }) => type)).toEqual(['finding', 'result']);
  });

  it('draws the paths for Mermaid and for Graphviz', () => {
    const mermaid = runCertwright(['chain', '-', '--graph', 'mermaid', ...at], { stdin: shuffled }).stdout;
    expect(mermaid).toContain('flowchart BT');
    expect(mermaid.match(/==>/g)).toHaveLength(3);
    const dot = runCertwright(['chain', '-', '--graph', 'dot', ...at], { stdin: shuffled }).stdout;
    expect(dot).toContain('digraph chain {');
    expect(dot.match(/->/g)).toHaveLength(3);
  });

  it('takes comma-separated lists, as the certificate option of the Security Pack', () => {
    const scratch = makeScratch();
    const files = holders.map(({ certificate }, n) => scratch.write(`${n}.pem`, toPEM(certificate)));
    expect(runCertwright(['chain', files.toReversed().join(','), ...at]).stdout).toBe(arranged);
  });

  it('says what is wrong with the command line and exits 2', () => {
    for (const args of [
      ['chain'],
      ['chain', '-', '--leaf', 'a', '--leaf', 'b'],
      ['chain', '-', '--at', '2026-02-30'],
      ['chain', '-', '--format', 'yaml'],
      ['chain', '-', '--nonsense'],
      ['nonsense'],
    ]) {
      const { status, stderr } = runCertwright(args);
      expect(status).toBe(2);
      expect(stderr).toContain('certwright: ');
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });

  it('does not write into a directory that is not there, and says so', () => {
    const scratch = makeScratch();
    const { status, stderr } = runCertwright(['chain', '-', '-o', scratch.path('no/such/out.pem'), ...at], {
      stdin: shuffled,
    });
    expect(status).toBe(2);
    expect(stderr).toContain('cannot be written');
  });

  it('makes a chain that OpenSSL verifies with its root', () => {
    const scratch = makeScratch();
    const out = scratch.path('chain.pem');
    runCertwright(['chain', scratch.write('pile.pem', shuffled), '-o', out, ...at]);
    const root = scratch.write('root.pem', toPEM(holders.at(-1)?.certificate ?? new Uint8Array()));
    const args = ['verify', '-CAfile', root, '-untrusted', out, out];
    expect(execFileSync('openssl', args, { encoding: 'utf8' })).toContain(': OK');
  });
});
