/** `certwright inspect` as a user runs it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { makeExtension } from '../support/extensions.js';
import { nullValue, toPEM } from '../support/der.js';
import { exportPKCS8 } from '../support/keys.js';
import { makeCertificate, makeKeyPair, makeLargeCRL } from '../support/pki.js';
import { runCertwright } from '../support/run.js';
import { listSamples, readSample, samplePath } from '../support/samples.js';
import { parseEnvelope } from '../support/schema.js';
import { makeScratch } from '../support/scratch.js';

const at = ['--at', '2026-11-21'];
const key = makeKeyPair('p256');
const password = ['--password-file', samplePath('etc/sec/certs/sip1.p12.password')];

interface InspectResult {
  readonly files: readonly { readonly file: string; readonly objects: number }[];
  readonly objects: readonly {
    readonly kind: string;
    readonly origin: { readonly file: string; readonly line?: number; readonly index?: number };
    readonly subject?: string;
    readonly encrypted?: boolean;
    readonly certificates?: readonly { readonly subject: string }[];
    readonly asn1?: { readonly root?: { readonly type: string }; readonly refused?: string };
  }[];
}

describe('certwright inspect', () => {
  test('shows every object of a file in order, and exits 0', () => {
    const run = runCertwright(['inspect', samplePath('etc/sec/certs/sip1-combined.pem'), ...at]);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    const headings = run.stdout.split('\n').filter((line) => /^\S/.test(line));
    expect(headings.map((line) => line.replace(/^.*\/(?=[^/]+$)/, ''))).toEqual([
      'sip1-combined.pem:1: certificate #1',
      'sip1-combined.pem:26: private key',
    ]);
    expect(run.stdout).toMatch(/^ {2}thumbprint +(?:[0-9A-F]{2} ){20}\(SHA-1\)$/m);
    expect(run.stdout).toMatch(/^ {2}valid +2025-02-01 00:00:00 UTC to 2045-01-31 00:00:00 UTC\n +6,646 days left$/m);
    expect(run.stdout).toContain('certificate #1 (CN=sip1.fly.example.com in ');
  });

  test('--json of every good sample fits the schema, with and without trees', () => {
    const plain = parseEnvelope<InspectResult>(
      runCertwright(['inspect', samplePath('etc'), '--json', ...at, ...password]),
    );
    expect(plain.ok).toBe(true);
    expect(new Set(plain.result.objects.map(({ kind }) => kind))).toEqual(
      new Set(['certificate', 'crl', 'private-key']),
    );
    expect(plain.result.files.length).toBeGreaterThan(40);
    const trees = parseEnvelope<InspectResult>(
      runCertwright(['inspect', samplePath('etc'), '--json', '--asn1', ...at, ...password]),
    );
    expect(trees.result.objects).toHaveLength(plain.result.objects.length);
    for (const { kind, asn1 } of trees.result.objects) {
      if (kind === 'private-key') expect(asn1).toEqual({ refused: 'a private key is never shown' });
      else expect(asn1?.root?.type).toBe('SEQUENCE');
    }
  });

  test('finds the certificate of every private key among the samples', () => {
    const { result } = parseEnvelope<InspectResult>(
      runCertwright(['inspect', samplePath('etc/sec/certs'), '--json', ...at, ...password]),
    );
    const keys = result.objects.filter(({ kind, encrypted }) => kind === 'private-key' && !encrypted);
    expect(keys.length).toBeGreaterThan(15);
    for (const { certificates = [], origin } of keys) {
      expect(new Set(certificates.map(({ subject }) => subject)).size, origin.file).toBe(1);
    }
  });

  test.each([['text'], ['json']])('never prints a private key: %s', (format) => {
    const scratch = makeScratch();
    const pkcs8 = exportPKCS8(makeKeyPair('rsa2048', 'cli'));
    const secret = Buffer.from(pkcs8.subarray(400, 700));
    const files = [scratch.write('a.pem', toPEM(pkcs8, 'PRIVATE KEY')), scratch.write('b.der', pkcs8)];
    const { stdout, stderr } = runCertwright(['inspect', ...files, '--asn1', '--verbose', '--format', format]);
    expect(stdout).toContain('a.pem');
    for (const printed of [stdout, stderr]) {
      for (const part of [secret.toString('hex'), secret.toString('base64')]) {
        for (let from = 0; from + 24 <= part.length; from += 24) {
          expect(printed).not.toContain(part.slice(from, from + 24));
        }
      }
    }
  });

  test('an encrypted key stays closed without a password and opens with one', () => {
    const file = samplePath('etc/sec/certs/agent-desktop-combined.pem');
    const closed = runCertwright(['inspect', file, ...at]);
    expect(closed.status).toBe(0);
    expect(closed.stdout).toContain('cannot be told while it is encrypted');
    const opened = runCertwright([
      'inspect',
      file,
      '--password-file',
      samplePath('etc/sec/certs/agent-desktop-key.password'),
    ]);
    expect(opened.stdout).toContain('PKCS#8, encrypted, opened with the password');
    expect(opened.stdout).toContain('certificate #1 (CN=Agent Desktop 4711 in ');
  });

  test('reads PKCS#12 and tells its objects apart', () => {
    const run = runCertwright(['inspect', samplePath('etc/sec/certs/sip1.p12'), ...password, ...at]);
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('sip1.p12, object 2: certificate #1 in PKCS#12');
    expect(run.stdout).toContain('certificate #1 (CN=sip1.fly.example.com in ');
  });

  test('reads standard input', () => {
    const run = runCertwright(['inspect', '-', ...at], { stdin: readSample('etc/sec/certs/sip1.cer') });
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('standard input: certificate #1 in DER');
  });

  test('--asn1 shows the tree with offsets and names', () => {
    const { status, stdout } = runCertwright(['inspect', samplePath('etc/sec/certs/stat.pem'), '--asn1']);
    expect(status).toBe(0);
    expect(stdout).toContain('certificate #1\n      0 4+695    SEQUENCE\n');
    expect(stdout).toMatch(/OBJECT IDENTIFIER 2\.5\.29\.19 basicConstraints/);
    expect(stdout).toMatch(/OCTET STRING encapsulates/);
  });

  test('a CRL that is too large for a tree says so, and is described all the same', () => {
    const scratch = makeScratch();
    const file = scratch.write('large.crl', makeLargeCRL({ subject: 'CN=CA', key }, 20_000));
    expect(runCertwright(['inspect', file, '--asn1']).stdout).toContain('no tree: Maximum ASN.1 node count exceeded');
    expect(runCertwright(['inspect', file]).stdout).toMatch(/^ {2}entries +20,000$/m);
  });

  test('a malformed extension is shown where it stands, told as a finding, and exits 1', () => {
    const scratch = makeScratch();
    const extensions = [makeExtension('2.5.29.19', nullValue())];
    const file = scratch.write('a.pem', toPEM(makeCertificate({ subject: 'CN=a', key, extensions })));
    const { status, stdout, stderr } = runCertwright(['inspect', file]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ {2}CA +malformed at byte \d+: basicConstraints: /m);
    expect(stderr).toContain(`${file}:1: error: certificate 1 (CN=a): has an extension that cannot be read`);
  });

  test('every broken PEM sample ends in findings, and so do all broken samples together, never in a stack trace', () => {
    for (const name of ['broken', ...listSamples('broken/pem').map((file) => `broken/pem/${file}`)]) {
      const { status, stdout, stderr } = runCertwright(['inspect', samplePath(name), ...at]);
      expect([0, 1, 2], name).toContain(status);
      expect(`${stdout}${stderr}`, name).not.toMatch(/^ {4}at |bug in certwright/m);
      if (status !== 0) expect(stderr, name).toContain('error');
    }
  });

  test('nothing to read, or a file that is not there, exits 2', () => {
    expect(runCertwright(['inspect'])).toMatchObject({ status: 2, stdout: '' });
    const missing = runCertwright(['inspect', 'no-such-file.pem']);
    expect(missing.status).toBe(2);
    expect(missing.stderr).toContain('no-such-file.pem');
    expect(runCertwright(['inspect', 'a.pem', '--asn1', '--no-such-option']).status).toBe(2);
  });

  test('-o writes the text to a file', () => {
    const scratch = makeScratch();
    const target = scratch.path('out.txt');
    const run = runCertwright(['inspect', samplePath('etc/sec/certs/sip1.cer'), '-o', target, ...at]);
    expect(run).toMatchObject({ status: 0, stdout: '' });
    expect(readFileSync(target, 'utf8')).toBe(
      runCertwright(['inspect', samplePath('etc/sec/certs/sip1.cer'), ...at]).stdout,
    );
  });
});
