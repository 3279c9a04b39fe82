/** Holds samples/config and samples/broken/config against the files that they name, node:crypto and openssl. */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { brokenConfigurations } from '../../../samples/make/broken-configurations.js';
import { openssl, runOpenSSL, verifyErrors } from '../../support/openssl.js';
import { commonName, listSamples, readCertificates, readSample, samplePath } from '../../support/samples.js';

const readme = readSample('README.md').toString();

/** First column of the table in a section of the README. */
function rowsOf(section: string): string[] {
  const [text = ''] = readme.split(/^## /m).filter((each) => each.startsWith(`${section}\n`));
  return Array.from(text.matchAll(/^\| `([^`]+)`/gm), ([, name = '']) => name);
}

const foldersOf = (folder: string): string[] => [
  ...new Set(listSamples(folder).map((name) => name.slice(0, name.indexOf('/')))),
];

/** Values of an option in a configuration file, whichever form the file has. */
function valuesOf(file: string, option: string): string[] {
  const pattern = new RegExp(
    `(?:^|[;=]|name="${option}" value=")${option}=([^;\\n]*)|name="${option}" value="([^"]*)"`,
    'gm',
  );
  return Array.from(readSample(file).toString().matchAll(pattern), ([, plain, quoted]) => plain ?? quoted ?? '');
}

const isConfiguration = (name: string): boolean => /\.(?:ini|xml)$/.test(name);
const configurations = ['config', 'broken/config'].flatMap((folder) =>
  listSamples(folder)
    .filter(isConfiguration)
    .map((name) => `${folder}/${name}`),
);

describe.each(['config', 'broken/config'])('%s', (folder) => {
  test('has one line in the README for each configuration', () => {
    expect(rowsOf(folder).sort()).toEqual(foldersOf(folder).sort());
  });

  test('has a server and a client in each configuration', () => {
    for (const name of foldersOf(folder)) {
      const files = listSamples(`${folder}/${name}`).filter(isConfiguration);
      expect(
        files.map((file) => file.slice(0, file.indexOf('.'))),
        name,
      ).toEqual(['client', 'server']);
    }
  });
});

test('what a configuration names is there, but for the files that are meant to be missing', () => {
  const missing = configurations.flatMap((file) =>
    Array.from(
      readSample(file)
        .toString()
        .matchAll(/[="](\/(?:etc|broken)\/[\w./-]+)/g),
      ([, path = '']) => path,
    )
      .filter((path) => !statSync(samplePath(path.slice(1)), { throwIfNoEntry: false }))
      .map((path) => [file, path]),
  );
  expect(missing).toEqual([['broken/config/file-missing/server.ini', '/etc/sec/certs/sip1.key']]);
});

describe.each(Object.entries(brokenConfigurations))('broken/config/%s', (name, { shows, fault, target, options }) => {
  const read = (side: string): string => {
    const files = listSamples(`broken/config/${name}`).filter(isConfiguration);
    return readSample(`broken/config/${name}/${files.find((file) => file.startsWith(side)) ?? ''}`).toString();
  };

  test('says in the file at fault what it shows, and that the other has none', () => {
    const other = fault === 'server' ? 'client' : 'server';
    expect(read(fault)).toContain(shows.replaceAll('`', ''));
    expect(read(other)).toContain(`The ${other} has no fault`);
  });

  test('is described in the README as it is made', () => {
    const row =
      readme
        .split(/^## /m)
        .at(-1)
        ?.split('\n')
        .find((line) => line.startsWith(`| \`${name}\``)) ?? '';
    const [, , shown, , proposed] = row.split('|').map((cell) => cell.trim());
    const ownTarget = target === 'sip1.fly.example.com' ? '' : `--target ${target}`;
    expect(shown).toBe(shows);
    expect(proposed?.replaceAll('`', '')).toBe([ownTarget, options].filter(Boolean).join(' '));
  });
});

describe('config', () => {
  const files = configurations.filter((file) => file.startsWith('config/'));

  test.each(files)('%s: each key is that of the certificate at its level', (file) => {
    const certificates = valuesOf(file, 'certificate').filter((value) => value.startsWith('/'));
    const keys = valuesOf(file, 'certificate-key');
    expect(keys).toHaveLength(certificates.length);
    for (const [at, certificate] of certificates.entries()) {
      const key = createPrivateKey(readSample((keys[at] ?? '').slice(1)));
      expect(new X509Certificate(readSample(certificate.slice(1))).checkPrivateKey(key)).toBe(true);
    }
  });

  test('windows has the thumbprint of sip1', () => {
    const { fingerprint } = new X509Certificate(readSample('etc/sec/certs/sip1.pem'));
    expect(valuesOf('config/windows/server.ini', 'certificate')).toEqual([fingerprint.replaceAll(':', ' ')]);
  });
});

describe('etc/sec/sip', () => {
  test('has one line in the README for each holder and file', () => {
    const described = listSamples('etc/sec/sip').map((name) => name.replace(/-(?:chain|key)\.pem$/, ''));
    expect(rowsOf('etc/sec/sip').sort()).toEqual([...new Set(described)].sort());
  });

  test.each([
    ['sip-proxy', 'fly.example.com'],
    ['endpoint', 'Endpoint 4711'],
  ])('the chain of %s goes up to root 3', (holder, name) => {
    const chain = readCertificates(`etc/sec/sip/${holder}-chain.pem`);
    expect(chain.map(commonName)).toEqual([name, 'Example Issuing CA 3', 'Example Root CA 3']);
  });
});

/** Errors of `openssl verify` for a chain file as a peer would send it. */
function verify(folder: string, chain: string, purpose: string, args: readonly string[] = []): number[] {
  const [file, trusted] = [samplePath(`${folder}/${chain}`), samplePath(`${folder}/trusted-ca.pem`)];
  return verifyErrors(
    runOpenSSL(['verify', '-purpose', purpose, '-CAfile', trusted, '-untrusted', file, ...args, file]),
  );
}

const useCRL = (folder: string): string[] => ['-crl_check_all', '-CRLfile', samplePath(`${folder}/tls-crl.pem`)];

describe.skipIf(!openssl.installed)(`chains of configurations under openssl${openssl.skipReason}`, () => {
  test.each([
    ['sip-proxy', 'sslserver'],
    ['sip-proxy', 'sslclient'],
    ['endpoint', 'sslserver'],
    ['endpoint', 'sslclient'],
  ])('%s passes as %s, with CRLs', (holder, purpose) => {
    expect(verify('etc/sec/sip', `${holder}-chain.pem`, purpose, useCRL('etc/sec/sip'))).toEqual([]);
  });

  test.each<[string, number[]]>([
    ['expired-leaf', [10]],
    ['not-yet-valid-leaf', [9]],
    ['client-auth-only-server', [26]],
    ['path-too-long', [25]],
    ['issuer-is-no-ca', [79, 26, 32]],
    ['common-name-ignored', []],
  ])('the server of %s gives errors %j', (name, expected) => {
    expect(verify(`broken/config/${name}`, 'server-chain.pem', 'sslserver')).toEqual(expected);
  });

  test('the client of revoked-client is revoked', () => {
    const folder = 'broken/config/revoked-client';
    expect(verify(folder, 'client-chain.pem', 'sslclient', useCRL(folder))).toEqual([23]);
  });

  test.each<[string, number[]]>([
    ['stale-crl', [12]],
    ['crl-damaged-signature', [8]],
  ])('the CRLs of %s give sip1 errors %j', (name, expected) => {
    const [trusted, chain] = [samplePath('etc/sec/ca/trusted-ca.pem'), samplePath('etc/sec/certs/sip1.pem')];
    const args = ['verify', '-CAfile', trusted, ...useCRL(`broken/config/${name}`), chain];
    expect(verifyErrors(runOpenSSL(args))).toEqual(expected);
  });
});
