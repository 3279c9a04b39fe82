import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toPEM } from '../support/der.js';
import { exportPKCS8 } from '../support/keys.js';
import { keytool, openssl, runOpenSSL } from '../support/openssl.js';
import { issueCertificate, makeCRL, makeKeyPair, type Holder } from '../support/pki.js';
import { runCertwright, runProgram, type Run } from '../support/run.js';
import { parseEnvelope } from '../support/schema.js';
import { makeScratch, type Scratch } from '../support/scratch.js';

const at = ['--at', '2026-11-21'];
const bundle = (...args: readonly string[]): Run => runCertwright(['bundle', ...args, ...at]);

const ca = (issuer: Holder | undefined, subject: string, options: object = {}): Holder =>
  issueCertificate(issuer, { subject, ca: true, ...options });
const root = ca(undefined, 'CN=Root CA');
const other = ca(undefined, 'CN=Other Root');
const issuing = ca(root, 'CN=Issuing CA');
const old = ca(undefined, 'CN=Old Root', { notBefore: new Date('2020-01-01'), notAfter: new Date('2025-01-01') });
const server = issueCertificate(issuing, { subject: 'CN=server' });
const pem = (...holders: readonly Holder[]): string => holders.map(({ certificate }) => toPEM(certificate)).join('');

const codesOf = (run: Run): string[] => parseEnvelope(run).findings.map(({ code }) => code);
const read = (path: string): string => readFileSync(path, 'utf8');

describe('certwright bundle', () => {
  it('writes CAs to standard output, each once, and the rest in words to standard error', () => {
    const scratch = makeScratch();
    const { status, stdout, stderr } = bundle(scratch.write('heap.pem', pem(server, root, old, issuing, root)));
    expect(status).toBe(0);
    expect(stdout).toBe(pem(root, issuing));
    expect(stderr).toContain('bundle of 2 certificates, first to expire: CN=Root CA');
    expect(stderr).toContain('1 duplicate, 1 that is no CA, 1 expired left out');
    expect(stderr).toContain('bundle/expired-left-out');
  });

  it('reads a directory and standard input, and gives the same bytes each time', () => {
    const scratch = makeScratch();
    scratch.write('cas/b.pem', pem(root));
    scratch.write('cas/a.pem', pem(other));
    const runs = [1, 2].map(() => runCertwright(['bundle', scratch.path('cas'), '-', ...at], { stdin: pem(issuing) }));
    expect(runs.map(({ stdout }) => stdout)).toEqual(Array(2).fill(pem(other, root, issuing)));
  });

  it('replaces the file of -o, keeps its mode and says so', () => {
    const scratch = makeScratch();
    const output = scratch.write('trusted-ca.pem', 'old');
    chmodSync(output, 0o640);
    const { status, stdout } = bundle(scratch.write('heap.pem', pem(root)), '-o', output);
    expect(status).toBe(0);
    expect(stdout).toContain(`written: ${output}`);
    expect(read(output)).toBe(pem(root));
    expect(statSync(output).mode & 0o777).toBe(0o640);
  });

  it('writes nothing where nothing is left', () => {
    const scratch = makeScratch();
    const output = scratch.write('trusted-ca.pem', 'precious');
    const { status, stdout, stderr } = bundle(scratch.write('heap.pem', pem(server)), '-o', output);
    expect(status).toBe(1);
    expect(stdout).toContain('nothing was written');
    expect(stderr).toContain('bundle/empty');
    expect(read(output)).toBe('precious');
  });

  it('writes nothing where a named input cannot be read: what would be missing is not known', () => {
    const scratch = makeScratch();
    const output = scratch.write('trusted-ca.pem', 'precious');
    const { status, stdout } = bundle(scratch.write('heap.pem', pem(root)), scratch.path('gone.pem'), '-o', output);
    expect(status).toBe(2);
    expect(stdout).toContain('nothing was written');
    expect(read(output)).toBe('precious');
  });

  it('writes what is whole beside a damaged block, and exits 1', () => {
    const scratch = makeScratch();
    const damaged = pem(other).replace(/[A-Za-z0-9+/]{8}\n/, '!!!\n');
    const { status, stdout, stderr } = bundle(scratch.write('heap.pem', damaged + pem(root)));
    expect([status, stdout]).toEqual([1, pem(root)]);
    expect(stderr).toContain('pem/bad-character');
  });

  it('--expired fail writes nothing, keep keeps with a warning', () => {
    const scratch = makeScratch();
    const heap = scratch.write('heap.pem', pem(root, old));
    const output = scratch.path('trusted-ca.pem');
    const failed = bundle(heap, '--expired', 'fail', '-o', output);
    expect(failed.status).toBe(1);
    expect(existsSync(output)).toBe(false);
    const kept = bundle(heap, '--expired', 'keep', '-o', output);
    expect(kept.status).toBe(0);
    expect(read(output)).toBe(pem(root, old));
    expect(kept.stderr).toContain('warning: certificate 2 (CN=Old Root): expired 2025-01-01');
    expect(bundle(heap, '--expired', 'keep', '--fail-on', 'warning').status).toBe(1);
  });

  it('--non-ca allow keeps a self-signed server certificate', () => {
    const scratch = makeScratch();
    const phone = issueCertificate(undefined, { subject: 'CN=phone', ca: false });
    const heap = scratch.write('heap.pem', pem(phone));
    expect(bundle(heap).status).toBe(1);
    expect(bundle(heap, '--non-ca', 'allow').stdout).toBe(pem(phone));
  });

  it('--sort and --annotate change the order and the comments', () => {
    const scratch = makeScratch();
    const { stdout } = bundle(scratch.write('heap.pem', pem(root, other)), '--sort', 'subject', '--annotate');
    expect(stdout.replace(/^#.*\n/gm, '')).toBe(pem(other, root));
    expect(stdout).toMatch(/^# subject: CN=Other Root\n# issuer: CN=Other Root, expires 2045-01-01\n-----BEGIN/);
  });

  it('prints JSON with the bundle in it, or with the file that was written', () => {
    const scratch = makeScratch();
    const heap = scratch.write('heap.pem', pem(root, server));
    const run = bundle(heap, '--json');
    const { command, ok, result } = parseEnvelope<{ pem: string; leftOut: { reason: string }[] }>(run);
    expect([command, ok, result.pem]).toEqual(['bundle', true, pem(root)]);
    expect(result.leftOut.map(({ reason }) => reason)).toEqual(['not-a-ca']);
    const output = scratch.path('out.pem');
    const written = parseEnvelope<{ written: string[] }>(bundle(heap, '--json', '-o', output));
    expect(written.result).toMatchObject({ written: [output], format: 'pem' });
    expect(written.result).not.toHaveProperty('pem');
    expect(read(output)).toBe(pem(root));
  });

  it('leaves out keys and CRLs and tells', () => {
    const scratch = makeScratch();
    const key = toPEM(exportPKCS8(makeKeyPair()), 'PRIVATE KEY');
    const crl = toPEM(makeCRL({ issuer: 'CN=Root CA', issuerKey: root.key }), 'X509 CRL');
    const run = bundle(scratch.write('heap.pem', key + pem(root) + crl), '--json');
    expect(parseEnvelope<{ pem: string }>(run).result.pem).toBe(pem(root));
    expect(codesOf(run)).toEqual(['input/not-wanted', 'input/not-wanted']);
  });

  it.each<[string, string[], string]>([
    ['no input', [], 'name at least one file or directory'],
    ['a format that is none', ['a.pem', '--format', 'jks'], 'text, json, ndjson, pem, pkcs7, pkcs7-der, hashdir'],
    ['hashdir without a directory', ['a.pem', '--format', 'hashdir'], '--format hashdir needs -o DIRECTORY'],
    ['comments in PKCS#7', ['a.pem', '--format', 'pkcs7', '--annotate'], '--annotate goes with PEM'],
    ['an unknown policy', ['a.pem', '--expired', 'maybe'], 'Choices: "keep", "drop", "fail"'],
    ['nothing to add', ['add', 'a.pem'], 'name what to add'],
    ['nothing to remove', ['remove', 'a.pem'], 'say what to remove'],
    ['nothing to list', ['list'], 'name a bundle'],
    ['nothing to check', ['check'], 'name a bundle'],
    ['one bundle to compare', ['diff', 'a.pem'], 'Not enough non-option arguments'],
    ['editing standard input', ['add', '-', 'a.pem'], 'must be a file'],
  ])('exits 2 for %s', (_, args, message) => {
    const { status, stderr } = bundle(...args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });

  it.each([['build'], ['add'], ['remove'], ['list'], ['diff'], ['check']])(
    'exits 2 for a missing file: %s',
    (action) => {
      const scratch = makeScratch();
      const missing = scratch.path('missing.pem');
      const args = { build: [missing], add: ['add', missing, missing], remove: ['remove', missing, '#1'] }[action];
      const there = scratch.write('there.pem', pem(root));
      const run = bundle(...(args ?? [action, missing, ...(action === 'diff' ? [there] : [])]), '--json');
      expect(run.status).toBe(2);
      expect(codesOf(run)).toContain('input/not-found');
      expect(existsSync(missing)).toBe(false);
    },
  );
});

describe('certwright bundle --format', () => {
  const heap = (scratch: Scratch): string => scratch.write('heap.pem', pem(root, issuing, other));

  it.skipIf(!openssl.installed)(`pkcs7 is read by openssl pkcs7${openssl.skipReason}`, () => {
    const scratch = makeScratch();
    const { stdout } = bundle(heap(scratch), '--format', 'pkcs7');
    expect(stdout).toMatch(/^-----BEGIN PKCS7-----\n/);
    const printed = runOpenSSL(['pkcs7', '-print_certs', '-noout'], { stdin: stdout });
    expect(printed.stdout.match(/subject=CN = .*/g)).toEqual([
      'subject=CN = Root CA',
      'subject=CN = Issuing CA',
      'subject=CN = Other Root',
    ]);
  });

  it.skipIf(!keytool.installed)(`pkcs7-der is read by keytool, and by certwright${keytool.skipReason}`, () => {
    const scratch = makeScratch();
    const output = scratch.path('cas.p7b');
    expect(bundle(heap(scratch), '--format', 'pkcs7-der', '-o', output).status).toBe(0);
    const { stdout } = runProgram(keytool.program, ['-printcert', '-file', output]);
    expect(stdout.match(/^Owner: .*/gm)).toHaveLength(3);
    expect(bundle(output).stdout).toBe(pem(root, issuing, other));
  });

  it.skipIf(!openssl.installed)(`hashdir is a -CApath for openssl${openssl.skipReason}`, () => {
    const scratch = makeScratch();
    const directory = scratch.path('trusted');
    const leaf = scratch.write('leaf.pem', pem(server));
    const verify = (): number | null =>
      runOpenSSL(['verify', '-CApath', directory, '-no-CAfile', '-no-CAstore', leaf]).status;
    const { status, stdout } = bundle(heap(scratch), '--format', 'hashdir', '-o', directory);
    expect([status, stdout.includes(`written: ${directory}`)]).toEqual([0, true]);
    expect(verify()).toBe(0);
    // What is not in the next bundle must not stay trusted.
    expect(bundle(scratch.write('less.pem', pem(other)), '--format', 'hashdir', '-o', directory).status).toBe(0);
    expect(readdirSync(directory)).toHaveLength(1);
    expect(verify()).not.toBe(0);
  });

  it('hashdir takes CRLs along', () => {
    const scratch = makeScratch();
    const crl = scratch.write('root.crl', makeCRL({ issuer: 'CN=Root CA', issuerKey: root.key }));
    const directory = scratch.path('trusted');
    const run = bundle(heap(scratch), crl, '--format', 'hashdir', '-o', directory, '--json');
    expect(parseEnvelope(run).result).toMatchObject({ format: 'hashdir', written: [directory] });
    expect(
      readdirSync(directory)
        .map((name) => name.slice(8))
        .sort(),
    ).toEqual(['.0', '.0', '.0', '.r0']);
  });

  it('hashdir leaves a directory alone that holds anything else', () => {
    const scratch = makeScratch();
    scratch.write('trusted/notes.txt', 'mine');
    const run = bundle(heap(scratch), '--format', 'hashdir', '-o', scratch.path('trusted'), '--json');
    expect(run.status).toBe(1);
    expect(codesOf(run)).toEqual(['bundle/directory-holds-others']);
    expect(readdirSync(scratch.path('trusted'))).toEqual(['notes.txt']);
  });

  it('hashdir replaces the directory behind a link, keeping the link and the mode', () => {
    const scratch = makeScratch();
    mkdirSync(scratch.path('real'), { mode: 0o750 });
    symlinkSync('real', scratch.path('trusted'));
    expect(bundle(heap(scratch), '--format', 'hashdir', '-o', scratch.path('trusted')).status).toBe(0);
    expect(lstatSync(scratch.path('trusted')).isSymbolicLink()).toBe(true);
    expect(readdirSync(scratch.path('real'))).toHaveLength(3);
    expect(statSync(scratch.path('real')).mode & 0o777).toBe(0o750);
    expect(readdirSync(scratch.directory).sort()).toEqual(['heap.pem', 'real', 'trusted']);
  });

  it('hashdir into a place that cannot be written exits 2', () => {
    const scratch = makeScratch();
    const { status, stderr } = bundle(heap(scratch), '--format', 'hashdir', '-o', scratch.path('no/such/place'));
    expect(stderr).toContain('cannot be written');
    expect(status).toBe(2);
    expect(bundle(heap(scratch), '--format', 'hashdir', '-o', heap(scratch)).status).toBe(2);
  });

  it('hashdir writes nothing where nothing is left', () => {
    const scratch = makeScratch();
    const directory = scratch.path('trusted');
    const { status, stdout } = bundle(scratch.write('leaf.pem', pem(server)), '--format', 'hashdir', '-o', directory);
    expect([status, existsSync(directory)]).toEqual([1, false]);
    expect(stdout).toContain('nothing was written');
  });
});

describe('certwright bundle with stores', () => {
  it('--mozilla takes the roots of Node', () => {
    const run = bundle('--mozilla', '--expired', 'keep', '--json');
    const { result } = parseEnvelope<{ certificates: { origin: { file: string } }[] }>(run);
    expect(result.certificates.length).toBeGreaterThan(100);
    expect(result.certificates[0]?.origin.file).toBe(`Mozilla's roots in Node ${process.versions.node}`);
  });

  it('--system takes SSL_CERT_FILE and SSL_CERT_DIR', () => {
    const scratch = makeScratch();
    scratch.write('dir/other.pem', pem(other));
    const env = { SSL_CERT_FILE: scratch.write('system.pem', pem(root)), SSL_CERT_DIR: scratch.path('dir') };
    expect(runCertwright(['bundle', '--system', ...at], { env }).stdout).toBe(pem(root, other));
  });

  const store = '/etc/ssl/certs';
  const absent = existsSync(store) ? '' : ` (skipped: no ${store} here)`;
  it.skipIf(absent !== '')(`reads ${store}, links and all, within seconds${absent}`, () => {
    const started = Date.now();
    const run = bundle(store, '--expired', 'keep');
    expect(run.status).toBe(0);
    expect(run.stdout.match(/BEGIN/g)?.length).toBeGreaterThan(50);
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});
