/** Holds samples/etc and samples/pile against node:crypto, openssl, keytool and certtool. */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { certtool, keytool, openssl, runOpenSSL, verifyErrors } from '../../support/openssl.js';
import { runProgram } from '../../support/run.js';
import { commonName, listSamples, readCertificates, readSample, samplePath } from '../../support/samples.js';

const ca = (name: string): string => samplePath(`etc/sec/ca/${name}`);
const certs = (name: string): string => samplePath(`etc/sec/certs/${name}`);
const crl = (name: string): string => samplePath(`etc/sec/crl/${name}`);
const holders = listSamples('etc/sec/certs')
  .filter((name) => name.endsWith('-chain.pem'))
  .map((name) => name.slice(0, -'-chain.pem'.length));

const readOne = (name: string): X509Certificate => new X509Certificate(readSample(name));
const names = (file: string): string[] => readCertificates(file).map(commonName);

describe('the README of the samples', () => {
  const readme = readSample('README.md').toString();
  const sections = new Map(
    readme
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section]),
  );
  const rows = (section: string): string[] =>
    Array.from((sections.get(section) ?? '').matchAll(/^\| `([^`]+)`/gm), ([, name = '']) => name);

  test.each([
    ...['etc/sec/ca', 'etc/sec/crl', 'pile', 'broken/chain', 'broken/key'],
    ...['broken/bundle', 'broken/host', 'broken/crl', 'broken/pem'],
  ])('has one line for each file of %s', (folder) => {
    expect(rows(folder).sort()).toEqual(listSamples(folder));
  });

  test('has one line for each holder of etc/sec/certs and for each other file', () => {
    const described = listSamples('etc/sec/certs').map((name) => name.replace(/(-chain|-combined|-key)?\.pem$/, ''));
    expect(rows('etc/sec/certs').sort()).toEqual(
      [...new Set(described)].filter((name) => !name.endsWith('.password')).sort(),
    );
  });

  test('gives commands on files that exist', () => {
    const paths = Array.from(readme.matchAll(/samples\/[\w./-]+/g), ([path]) => path.slice('samples/'.length));
    const missing = paths.filter(
      (path) => !path.includes('/SAMPLE') && !statSync(samplePath(path), { throwIfNoEntry: false }),
    );
    expect(paths.length).toBeGreaterThan(30);
    expect(missing.filter((path) => path !== 'README.md')).toEqual([]);
  });
});

describe('samples/', () => {
  test('is smaller than a megabyte', () => {
    const sizes = listSamples('').map((name) => readSample(name).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
  });
});

describe('etc/sec', () => {
  test('holds ten holders', () => {
    expect(holders).toHaveLength(10);
  });

  test.each(holders)('%s: its chain is arranged, signed link by link and valid from 2025 until 2045', (holder) => {
    const chain = readCertificates(`etc/sec/certs/${holder}-chain.pem`);
    expect(chain).toHaveLength(3);
    expect(chain[0]?.raw).toEqual(readOne(`etc/sec/certs/${holder}.pem`).raw);
    for (const [position, certificate] of chain.entries()) {
      const issuer = chain[position + 1] ?? certificate;
      expect(certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)).toBe(true);
      expect(new Date(certificate.validFrom).getUTCFullYear()).toBe(2025);
      expect(new Date(certificate.validTo).getUTCFullYear()).toBeGreaterThanOrEqual(2045);
    }
  });

  test.each(holders)('%s: its key matches, alone and combined', (holder) => {
    const passphrase = readSample('etc/sec/certs/agent-desktop-key.password').toString().trim();
    const certificate = readOne(`etc/sec/certs/${holder}.pem`);
    for (const file of [`${holder}-key.pem`, `${holder}-combined.pem`]) {
      const pem = readSample(`etc/sec/certs/${file}`).toString();
      const key = createPrivateKey({ key: pem.slice(pem.search(/-----BEGIN .*PRIVATE KEY/)), passphrase });
      expect(certificate.checkPrivateKey(key)).toBe(true);
    }
  });

  test.each([
    ['sip1', 'PRIVATE KEY'],
    ['framework', 'RSA PRIVATE KEY'],
    ['stat', 'EC PRIVATE KEY'],
    ['agent-desktop', 'ENCRYPTED PRIVATE KEY'],
  ])('%s: its key is labelled %s', (holder, label) => {
    expect(readSample(`etc/sec/certs/${holder}-key.pem`).toString().split('\n')[0]).toBe(`-----BEGIN ${label}-----`);
  });

  test.each([
    ['sip1', 'DNS:sip1.fly.example.com'],
    ['ha-pair', 'DNS:ha1.fly.example.com, DNS:ha2.fly.example.com'],
    ['wildcard', 'DNS:web.fly.example.com, DNS:*.web.fly.example.com'],
    ['cn-only', undefined],
    ['mixed-case', 'DNS:Config.Fly.Example.Com'],
    ['sip-domain', 'URI:sip:fly.example.com, DNS:edge.fly.example.com'],
    ['agent-desktop', 'email:agent4711@fly.example.com'],
  ])('%s: its subject alternative name is %s', (holder, expected) => {
    expect(readOne(`etc/sec/certs/${holder}.pem`).subjectAltName).toBe(expected);
  });

  test.each([
    ['sip1', ['1.3.6.1.5.5.7.3.1']],
    ['agent-desktop', ['1.3.6.1.5.5.7.3.2']],
    ['framework', ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']],
  ])('%s: its purposes are %j', (holder, purposes) => {
    expect(readOne(`etc/sec/certs/${holder}.pem`).keyUsage).toEqual(purposes);
  });

  test('the cross-sign has the name and key of root 2, and root 1 signed it', () => {
    const [root1, root2, cross] = ['1', '2', '2-cross'].map((name) =>
      readOne(`etc/sec/ca/example-root-ca-${name}.pem`),
    );
    expect(cross?.subject).toBe(root2?.subject);
    expect(cross?.publicKey.equals(root2?.publicKey ?? cross.publicKey)).toBe(true);
    expect(root1 && cross?.checkIssued(root1) && cross.verify(root1.publicKey)).toBe(true);
  });

  test('the bundles hold what the README says', () => {
    const [root1, issuing1, root2, issuing2] = ['Root CA 1', 'Issuing CA 1', 'Root CA 2', 'Issuing CA 2'];
    expect(names('etc/sec/ca/trusted-ca.pem')).toEqual(
      [root1, issuing1, root2, issuing2].map((name) => `Example ${name}`),
    );
    expect(names('etc/sec/ca/trusted-ca-root-1-only.pem')).toEqual([`Example ${root1}`, `Example ${issuing1}`]);
  });

  test('sip1.cer is the DER of sip1.pem', () => {
    expect(readOne('etc/sec/certs/sip1.pem').raw).toEqual(readSample('etc/sec/certs/sip1.cer'));
  });
});

describe('the pile', () => {
  test('holds one end entity, out of order, and its key', () => {
    const answer = readCertificates('pile/answer-from-the-ca.pem');
    expect(answer.map(commonName)).toEqual(['Example Root CA 1', 'stat.fly.example.com', 'Example Root CA 2']);
    expect(answer[2]?.issuer).toContain('Example Root CA 1');
    expect(answer[1]?.checkPrivateKey(createPrivateKey(readSample('pile/request-key.pem')))).toBe(true);
    expect(commonName(readOne('pile/download.cer'))).toBe('Example Issuing CA 2');
  });
});

describe.skipIf(!openssl.installed)(`etc/sec under openssl${openssl.skipReason}`, () => {
  const verify = (holder: string, args: readonly string[]): number[] =>
    verifyErrors(runOpenSSL(['verify', '-x509_strict', ...args, certs(`${holder}-chain.pem`)]));

  test.each(holders)('%s: passes with the CRLs of the whole chain, only the revoked one with error 23', (holder) => {
    const args = ['-crl_check_all', '-CRLfile', crl('tls-crl.pem'), '-CAfile', ca('trusted-ca.pem')];
    expect(verify(holder, [...args, '-untrusted', certs(`${holder}-chain.pem`)])).toEqual(
      holder === 'revoked' ? [23] : [],
    );
  });

  test('stat has two paths: to root 2, and by the cross-sign to root 1', () => {
    const untrusted = ['-untrusted', ca('example-issuing-ca-2.pem')];
    const cross = ['-untrusted', ca('example-root-ca-2-cross.pem')];
    const [root1, root2] = ['1', '2'].map((name) => ca(`example-root-ca-${name}.pem`));
    expect(verify('stat', ['-CAfile', root2 ?? '', ...untrusted])).toEqual([]);
    expect(verify('stat', ['-CAfile', root1 ?? '', ...untrusted, ...cross])).toEqual([]);
    expect(verify('stat', ['-CAfile', root1 ?? '', ...untrusted])).toEqual([20]);
  });

  test.each([
    ['revoked', 'example-issuing-ca-1.crl.pem', [23]],
    ['revoked', 'example-issuing-ca-1-superseded.crl.pem', []],
  ])('%s, with %s: errors %j', (holder, name, expected) => {
    const args = ['-CAfile', ca('trusted-ca.pem'), '-crl_check', '-CRLfile', crl(name)];
    expect(verify(holder, args)).toEqual(expected);
  });

  test.each([
    ['example-root-ca-1.crl.pem', 'PEM', 'example-root-ca-1', 7],
    ['example-root-ca-2.crl.pem', 'PEM', 'example-root-ca-2', 3],
    ['example-issuing-ca-1.crl.pem', 'PEM', 'example-issuing-ca-1', 0x2a],
    ['example-issuing-ca-1-superseded.crl.pem', 'PEM', 'example-issuing-ca-1', 0x29],
    ['example-issuing-ca-2.crl', 'DER', 'example-issuing-ca-2', 5],
  ])('%s (%s) is signed by %s and has number %i', (name, form, issuer, number) => {
    const args = ['crl', '-in', crl(name), '-inform', form, '-noout', '-crlnumber', '-CAfile', ca(`${issuer}.pem`)];
    const { stdout, stderr } = runOpenSSL(args);
    expect(stderr).toContain('verify OK');
    expect(Number(/crlNumber=(\S+)/.exec(stdout)?.[1])).toBe(number);
  });

  test('the revoked server has its reason and invalidity date', () => {
    const { stdout } = runOpenSSL(['crl', '-in', crl('example-issuing-ca-1.crl.pem'), '-noout', '-text']);
    const entry = stdout.slice(stdout.indexOf('Serial Number: 1107'));
    expect(entry).toMatch(/Jun 20 08:15:00 2025 GMT[^]*Key Compromise[^]*Invalidity Date:\s*Jun 14 21:30:00 2025 GMT/);
  });

  test.each([
    ['etc/sec/ca/example-cas.p7b', 'PEM', 4],
    ['etc/sec/certs/sip1.p7b', 'DER', 3],
    ['pile/found-on-the-old-server.p7b', 'PEM', 3],
  ])('%s is PKCS#7 (%s) with %i certificates', (name, form, count) => {
    const { stdout } = runOpenSSL(['pkcs7', '-in', samplePath(name), '-inform', form, '-print_certs', '-noout']);
    expect(stdout.match(/^subject=/gm)).toHaveLength(count);
  });

  test('sip1.p12 holds three certificates and the key', () => {
    const password = `file:${certs('sip1.p12.password')}`;
    const { stdout } = runOpenSSL(['pkcs12', '-in', certs('sip1.p12'), '-passin', password, '-nodes']);
    expect(stdout.match(/-----BEGIN CERTIFICATE/g)).toHaveLength(3);
    const key = createPrivateKey(stdout.slice(stdout.indexOf('-----BEGIN PRIVATE KEY')));
    expect(readOne('etc/sec/certs/sip1.pem').checkPrivateKey(key)).toBe(true);
  });
});

test.skipIf(!keytool.installed)(`sip1.p12 opens in keytool with its whole chain${keytool.skipReason}`, () => {
  const password = readSample('etc/sec/certs/sip1.p12.password').toString().trim();
  const { stdout } = runProgram('keytool', ['-list', '-v', '-keystore', certs('sip1.p12'), '-storepass', password]);
  expect(stdout).toContain('PrivateKeyEntry');
  expect(stdout.match(/^Owner:/gm)).toHaveLength(3);
});

test.skipIf(!certtool.installed)(`sip1.p12 opens in certtool${certtool.skipReason}`, () => {
  const password = readSample('etc/sec/certs/sip1.p12.password').toString().trim();
  const { stdout } = runProgram('certtool', [
    '--p12-info',
    '--inder',
    '--password',
    password,
    '--infile',
    certs('sip1.p12'),
  ]);
  expect(stdout.match(/-----BEGIN CERTIFICATE/g)).toHaveLength(3);
});
