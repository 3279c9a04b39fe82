import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { toPEM } from '../support/der.js';
import { makeCertificate, makeKeyPair } from '../support/pki.js';
import { runCertwright } from '../support/run.js';
import { parseEnvelope } from '../support/schema.js';
import { makeScratch } from '../support/scratch.js';

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));
const key = makeKeyPair('p256');
const certify = (subject: string, ...san: string[]): string => toPEM(makeCertificate({ key, subject, san }));

interface HostResult {
  readonly certificates: readonly {
    readonly targets: readonly { readonly host?: string; readonly matched: boolean }[];
  }[];
  readonly notChecked: readonly { readonly subject: string }[];
}

describe('certwright host', () => {
  test('a match exits 0, with every name and every verifier on standard output', () => {
    const scratch = makeScratch();
    const run = runCertwright(['host', scratch.write('a.pem', certify('CN=x', 'a.com')), 'a.com']);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.stdout).toContain('a.com: match, says the Security Pack');
    expect(run.stdout).toContain('Java                           match  SAN DNS a.com  the same name');
  });

  test('any name without a match exits 1, and the finding points at the certificate', () => {
    const scratch = makeScratch();
    const file = scratch.write('a.pem', certify('CN=x', 'a.com', '*.b.org'));
    const { status, stdout, stderr } = runCertwright(['host', file, 'a.com', 'sip:1@x.b.org;transport=tls']);
    expect(status).toBe(1);
    expect(stdout).toContain('x.b.org (from sip:1@x.b.org;transport=tls): no match');
    expect(stderr).toContain(
      `${file}:1: error: x.b.org: wildcard present, not accepted: SAN DNS *.b.org would cover it`,
    );
    expect(stderr).toContain('[host/wildcard-not-accepted · ');
  });

  test('--profile chooses whose rules decide', () => {
    const scratch = makeScratch();
    const file = scratch.write('a.pem', certify('CN=x', '*.b.org'));
    expect(runCertwright(['host', file, 'x.b.org', '--profile', 'openssl']).status).toBe(0);
    expect(runCertwright(['host', file, 'x.b.org', '--profile', 'rfc5922']).status).toBe(1);
    expect(runCertwright(['host', file, 'x.b.org', '--profile', 'windows']).status).toBe(2);
    expect(runCertwright(['host', file, 'x.b.org', '--profile', 'java', '--profile', 'node']).status).toBe(2);
  });

  test('the first certificate counts, --all checks each', () => {
    const scratch = makeScratch();
    const file = scratch.write('pile.pem', certify('CN=one', 'a.com') + certify('CN=two', 'b.com'));
    const first = runCertwright(['host', file, 'b.com', '--json']);
    const { result, findings } = parseEnvelope<HostResult>(first);
    expect(first.status).toBe(1);
    expect(result.notChecked.map(({ subject }) => subject)).toEqual(['CN=two']);
    expect(findings.map(({ code }) => code)).toContain('host/first-taken');
    const all = parseEnvelope<HostResult>(runCertwright(['host', file, 'b.com', '--all', '--json']));
    expect(all.result.certificates.map(({ targets }) => targets.map(({ matched }) => matched))).toEqual([
      [false],
      [true],
    ]);
  });

  test('every finding in JSON has its words, and the envelope fits the schema', () => {
    const scratch = makeScratch();
    const file = scratch.write(
      'a.pem',
      certify('CN=c.com', 'a.com\0.evil', 'IP:10.0.0.1', 'URI:sip:d.com', 'email:a@b'),
    );
    const hosts = ['a.com', 'c.com', '10.0.0.1:5061', 'd.com', 'bücher.example', '[::1', 'a_b.com', '.a.com', 'A.com.'];
    const { findings, result, ok } = parseEnvelope<HostResult>(runCertwright(['host', file, ...hosts, '--json']));
    expect(ok).toBe(false);
    expect(findings.filter(({ severity }) => severity === 'error')).toHaveLength(hosts.length);
    expect(result.certificates[0]?.targets.map(({ host }) => host)).toEqual([
      ...['a.com', 'c.com', '10.0.0.1', 'd.com', 'bücher.example', undefined, 'a_b.com', '.a.com', 'A.com.'],
    ]);
  });

  test('standard input and a file with the key beside the certificate are read', () => {
    const pem = readFileSync(`${samples}etc/sec/certs/sip1-combined.pem`);
    expect(runCertwright(['host', '-', 'sip1.fly.example.com'], { stdin: pem }).status).toBe(0);
  });

  test.each([
    ['wildcard-only.pem', 1, 'host/wildcard-not-accepted'],
    ['cn-ignored.pem', 1, 'host/common-name-ignored'],
    ['short-name.pem', 1, 'host/short-name'],
    ['ip-address-only.pem', 1, 'host/common-name-ignored'],
    ['no-dns-name.pem', 1, 'host/common-name-ignored'],
    ['case-differs.pem', 0, 'host/case-differs'],
    ['one-letter-off.pem', 1, 'host/one-letter'],
  ])('the sample %s exits %i with %s first', (sample, status, code) => {
    const run = runCertwright(['host', `${samples}broken/host/${sample}`, 'sip1.fly.example.com', '--json']);
    expect(run.status).toBe(status);
    expect(parseEnvelope(run).findings[0]).toMatchObject({ code });
  });

  test('wrong use and unreadable input exit 2 with a reason and no trace', () => {
    const scratch = makeScratch();
    const runs = [
      runCertwright(['host']),
      runCertwright(['host', `${samples}etc/sec/certs/sip1.pem`]),
      runCertwright(['host', scratch.path('absent.pem'), 'a.com']),
      runCertwright(['host', `${samples}etc/sec/certs/sip1-key.pem`, 'a.com']),
      runCertwright(['host', scratch.write('empty.pem', ''), 'a.com']),
    ];
    for (const { status, stderr } of runs) {
      expect(status).toBe(2);
      expect(stderr).not.toBe('');
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });
});
