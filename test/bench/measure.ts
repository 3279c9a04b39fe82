/**
 * What parsing one certificate costs beside `node:crypto` and `@peculiar/x509`, and what a CRL of a million entries costs
 * beside `openssl verify -crl_check`. All data is made here, in a directory that is removed afterwards.
 */
import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as peculiar from '@peculiar/x509';
import { encodePem, encodePemBytes } from '../../src/pem/encode.js';
import { scanCRL } from '../../src/revocation/scan-crl.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { parseCRL } from '../../src/x509/crl.js';
import { certificateExtensions, findMalformedExtensions } from '../../src/x509/extensions/known-extensions.js';
import { issueCertificate, largeCRLSerialNumber, makeLargeCRL, type Holder } from '../support/pki.js';

/** How long each function is repeated, in milliseconds. */
const measureFor = 400;
const entries = 1_000_000;

/** Microseconds of one call: the best of five rounds, after one that warms up. */
function measure(call: () => void): number {
  const round = (): number => {
    const start = performance.now();
    let calls = 0;
    while (performance.now() - start < measureFor / 5) {
      for (let i = 0; i < 20; i++) call();
      calls += 20;
    }
    return ((performance.now() - start) * 1000) / calls;
  };
  round();
  return Math.min(...Array.from({ length: 5 }, round));
}

/** Milliseconds. */
function timeOnce(call: () => void): number {
  const start = performance.now();
  call();
  return performance.now() - start;
}

function print(rows: readonly (readonly [string, ...string[]])[]): void {
  for (const [name, ...values] of rows)
    console.log(`  ${name.padEnd(46)}${values.map((v) => v.padStart(14)).join('')}`);
}

function benchParsing(ca: Holder): void {
  const der = issueCertificate(ca, {
    subject: 'CN=sip1.fly.example.com,O=Fly Example Ltd,C=GB',
    san: ['sip1.fly.example.com', 'sip2.fly.example.com'],
    keyUsage: ['digitalSignature'],
    extKeyUsage: ['serverAuth', 'clientAuth'],
    crlDistributionPoints: ['URI:http://pki.fly.example.com/ca.crl'],
    authorityInfoAccess: { caIssuers: ['http://pki.fly.example.com/ca.cer'] },
  }).certificate;
  const own = measure(() => parseCertificate(der));
  const decoded = measure(() => {
    findMalformedExtensions(parseCertificate(der).tbsCertificate.extensions, certificateExtensions);
  });
  const node = measure(() => new X509Certificate(der));
  const other = measure(() => new peculiar.X509Certificate(der));
  const row = (name: string, time: number): [string, string, string] => [
    name,
    `${time.toFixed(1)} µs`,
    `${(time / own).toFixed(1)} x`,
  ];
  console.log(`one certificate of ${der.length} bytes`);
  print([
    row('certwright parseCertificate', own),
    row('the same with every extension decoded', decoded),
    row('node:crypto X509Certificate', node),
    row('@peculiar/x509 X509Certificate', other),
  ]);
}

/** Wall-clock time and peak memory of a program, in the words of GNU time where it is installed. */
function benchProgram(name: string, command: readonly string[]): [string, string, string] {
  const timer = '/usr/bin/time';
  const [program = '', ...args] = existsSync(timer) ? [timer, '-f', 'peak %M', ...command] : command;
  const start = performance.now();
  const { stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) return [name, 'not installed', '–'];
  if (!/good|OK/.test(stdout)) throw new Error(`${name} did not come out as good: ${stdout}${stderr}`);
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  const peak = /^peak (\d+)$/m.exec(stderr)?.[1];
  return [name, `${seconds} s`, peak === undefined ? 'peak –' : `peak ${Math.round(Number(peak) / 1024)} MB`];
}

function benchCRL(ca: Holder, directory: string): void {
  const der = makeLargeCRL(ca, entries);
  const leaf = issueCertificate(ca, { subject: 'CN=leaf', serialNumber: 5 });
  const write = (name: string, contents: string | Uint8Array): string => {
    writeFileSync(join(directory, name), contents);
    return join(directory, name);
  };
  const crl = write('large.crl.pem', encodePemBytes('X509 CRL', der));
  const caFile = write('ca.pem', encodePem('CERTIFICATE', ca.certificate));
  const leafFile = write('leaf.pem', encodePem('CERTIFICATE', leaf.certificate));
  const parsed = parseCRL(der);
  const wanted = [largeCRLSerialNumber(777_777), leaf.certificate.subarray(0, 9)];
  const scan = Math.min(...Array.from({ length: 5 }, () => timeOnce(() => scanCRL(parsed, wanted))));
  console.log(`a CRL of ${entries.toLocaleString('en-US')} entries, ${(der.length / 1e6).toFixed(0)} MB as DER`);
  print([
    ['scanCRL, two serials', `${scan.toFixed(0)} ms`],
    benchProgram('certwright crl check, PEM', [
      ...[process.execPath, 'bin/certwright.js', 'crl', 'check', leafFile, '--crl', crl],
      ...['--issuers', caFile, '--scope', 'leaf', '--at', '2026-11-21'],
    ]),
    benchProgram('openssl verify -crl_check, PEM', [
      ...['openssl', 'verify', '-crl_check', '-attime', '1795219200', '-CAfile', caFile, '-CRLfile', crl, leafFile],
    ]),
  ]);
}

const directory = mkdtempSync(join(tmpdir(), 'certwright-bench-'));
try {
  const ca = issueCertificate(undefined, { subject: 'CN=Issuing CA 1,O=Fly Example Ltd', ca: true });
  benchParsing(ca);
  benchCRL(ca, directory);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
