/** Holds samples/broken against node:crypto and openssl: a sample that does not show its fault fails here. */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { openssl, runOpenSSL, verifyErrors } from '../../support/openssl.js';
import { commonName, listSamples, readCertificates, readSample, samplePath } from '../../support/samples.js';

const rootCA = samplePath('etc/sec/ca/example-root-ca-1.pem');
const issuingCA = samplePath('etc/sec/ca/example-issuing-ca-1.pem');
const sip1 = samplePath('etc/sec/certs/sip1.pem');
const sip1Key = readSample('etc/sec/certs/sip1-key.pem').toString();
const goodChain = readCertificates('etc/sec/certs/sip1-chain.pem');
const names = (file: string): string[] => readCertificates(file).map(commonName);
const [server, issuing, root] = ['sip1.fly.example.com', 'Example Issuing CA 1', 'Example Root CA 1'];

/** Every file of the folder must turn up in its table: no broken sample without a test. */
function expectComplete(folder: string, table: readonly (readonly [string, ...unknown[]])[], extension = '.pem'): void {
  test(`every file of broken/${folder} is tried`, () => {
    expect(table.map(([name]) => `${name}${extension}`).sort()).toEqual(listSamples(`broken/${folder}`));
  });
}

describe('broken/chain', () => {
  const contents: [string, string[]][] = [
    ['root-first', [root, issuing, server]],
    ['missing-intermediate', [server, root]],
    ['missing-root', [server, issuing]],
    ['duplicate-certificates', [server, issuing, issuing, root, server]],
    ['unrelated-certificate', [server, 'Example Issuing CA 2', issuing, root]],
    ['several-leaves', [server, 'ha1.fly.example.com', issuing, root]],
    ['expired-leaf', ['faulty.fly.example.com', issuing, root]],
    ['expired-intermediate', [server, issuing, root]],
    ['not-yet-valid', ['faulty.fly.example.com', issuing, root]],
    ['same-name-other-key', [server, issuing, root]],
    ['path-too-long', ['faulty.fly.example.com', 'Example Departmental CA', issuing, root]],
    ['issuer-is-no-ca', ['faulty.fly.example.com', 'Example Project CA', root]],
    ['damaged-signature', [server, issuing, root]],
  ];
  expectComplete('chain', contents);
  test.each(contents)('%s holds %j', (name, expected) => {
    expect(names(`broken/chain/${name}.pem`)).toEqual(expected);
  });

  test('root-first: OpenSSL holds the key against the root', () => {
    const cert = readSample('broken/chain/root-first.pem');
    expect(() => createSecureContext({ cert, key: sip1Key })).toThrow('key values mismatch');
  });

  test('expired-intermediate has the key of the renewed one, same-name-other-key another one', () => {
    const keyOf = (name: string): boolean | undefined =>
      goodChain[1] && readCertificates(name)[1]?.publicKey.equals(goodChain[1].publicKey);
    expect(keyOf('broken/chain/expired-intermediate.pem')).toBe(true);
    expect(keyOf('broken/chain/same-name-other-key.pem')).toBe(false);
  });

  test('damaged-signature differs from sip1 in its last bit alone', () => {
    const [damaged] = readCertificates('broken/chain/damaged-signature.pem');
    const [good] = goodChain;
    if (!damaged || !good) throw new Error('no certificate');
    expect(damaged.raw.subarray(0, -1)).toEqual(good.raw.subarray(0, -1));
    expect((damaged.raw.at(-1) ?? 0) ^ (good.raw.at(-1) ?? 0)).toBe(1);
  });

  test.skipIf(!openssl.installed).each<[string, number[]]>([
    ['root-first', []],
    ['missing-intermediate', [20]],
    ['missing-root', []],
    ['duplicate-certificates', []],
    ['unrelated-certificate', []],
    ['several-leaves', []],
    ['expired-leaf', [10]],
    ['expired-intermediate', [10]],
    ['not-yet-valid', [9]],
    ['same-name-other-key', [20]],
    ['path-too-long', [25]],
    ['issuer-is-no-ca', [79, 32]],
    ['damaged-signature', [7]],
  ])(`%s: openssl verify gives errors %j${openssl.skipReason}`, (name, expected) => {
    const file = samplePath(`broken/chain/${name}.pem`);
    expect(verifyErrors(runOpenSSL(['verify', '-CAfile', rootCA, '-untrusted', file, file]))).toEqual(expected);
  });
});

describe('broken/key', () => {
  const readKey = (name: string): ReturnType<typeof createPrivateKey> => {
    const pem = readSample(name).toString();
    return createPrivateKey(pem.slice(pem.indexOf('-----BEGIN PRIVATE KEY')));
  };

  const keys: [string, boolean][] = [
    ['key-of-another-certificate', false],
    ['weak-key-rsa-1024', true],
    ['sha-1-signature', true],
  ];
  expectComplete('key', keys);
  test.each(keys)('%s: the key matches the first certificate: %s', (name, matches) => {
    const file = `broken/key/${name}.pem`;
    expect(readCertificates(file)[0]?.checkPrivateKey(readKey(file))).toBe(matches);
  });

  test('weak-key-rsa-1024 has 1024 bits', () => {
    expect(readKey('broken/key/weak-key-rsa-1024.pem').asymmetricKeyDetails?.modulusLength).toBe(1024);
  });

  test.skipIf(!openssl.installed).each<[string, string, number[]]>([
    ['weak-key-rsa-1024', '1', []],
    ['weak-key-rsa-1024', '2', [66]],
    ['sha-1-signature', '0', []],
    ['sha-1-signature', '1', [68]],
  ])(`%s: at security level %s openssl verify gives errors %j${openssl.skipReason}`, (name, level, expected) => {
    const file = samplePath(`broken/key/${name}.pem`);
    const args = ['verify', '-auth_level', level, '-CAfile', rootCA, '-untrusted', file, file];
    expect(verifyErrors(runOpenSSL(args))).toEqual(expected);
  });
});

describe('broken/bundle', () => {
  const contents: [string, string[]][] = [
    ['intermediate-without-root', [issuing, 'Example Root CA 2', 'Example Issuing CA 2']],
    ['leaf-in-bundle', [root, issuing, server]],
    ['expired-root', ['Example Root CA 0', root]],
    ['expired-intermediate', [root, issuing]],
    ['same-name-other-key', [root, root]],
    ['duplicate-root', [root, 'Example Root CA 2', root]],
  ];
  expectComplete('bundle', contents);
  test.each(contents)('%s holds %j', (name, expected) => {
    expect(names(`broken/bundle/${name}.pem`)).toEqual(expected);
  });

  test('expired-root expired in 2025', () => {
    const [expired] = readCertificates('broken/bundle/expired-root.pem');
    expect(expired?.validTo).toBe('Jan  1 00:00:00 2025 GMT');
  });

  test('same-name-other-key has two keys under one name and serial number', () => {
    const [a, b] = readCertificates('broken/bundle/same-name-other-key.pem');
    expect([a?.subject, a?.serialNumber]).toEqual([b?.subject, b?.serialNumber]);
    expect(a && b?.publicKey.equals(a.publicKey)).toBe(false);
  });

  test('duplicate-root holds the same root twice', () => {
    const [first, , third] = readCertificates('broken/bundle/duplicate-root.pem');
    expect(first?.fingerprint256).toBe(third?.fingerprint256);
  });

  test.skipIf(!openssl.installed).each<[string, number[]]>([
    ['intermediate-without-root', [2]],
    ['leaf-in-bundle', []],
    ['expired-root', []],
    // Observed with OpenSSL 3.0.19: the expired one of the bundle is preferred to the renewed one that was sent.
    ['expired-intermediate', [10]],
    ['same-name-other-key', []],
    ['duplicate-root', []],
  ])(`%s as the trusted CAs: openssl verify gives sip1's chain errors %j${openssl.skipReason}`, (name, expected) => {
    const bundle = samplePath(`broken/bundle/${name}.pem`);
    expect(verifyErrors(runOpenSSL(['verify', '-CAfile', bundle, '-untrusted', issuingCA, sip1]))).toEqual(expected);
  });
});

describe('broken/host', () => {
  const host = 'sip1.fly.example.com';

  // node:crypto is OpenSSL's X509_check_host.
  const verdicts: [string, string, string | undefined, boolean, boolean][] = [
    ['wildcard-only', '*.fly.example.com', 'DNS:*.fly.example.com', true, false],
    ['cn-ignored', host, 'DNS:sip2.fly.example.com', false, false],
    ['short-name', 'sip1', 'DNS:sip1', false, false],
    ['ip-address-only', host, 'IP Address:192.168.8.57', true, true],
    ['no-dns-name', host, 'email:sip@fly.example.com', true, true],
    ['case-differs', 'SIP1.Fly.Example.Com', 'DNS:SIP1.Fly.Example.Com', true, true],
    ['one-letter-off', 'sip1.fly.exmaple.com', 'DNS:sip1.fly.exmaple.com', false, false],
  ];
  expectComplete('host', verdicts);
  test.each(verdicts)(
    '%s: CN %s, %s; OpenSSL matches it: %s, without wildcards: %s',
    (name, cn, san, matches, withoutWildcards) => {
      const certificate = new X509Certificate(readSample(`broken/host/${name}.pem`));
      expect([commonName(certificate), certificate.subjectAltName]).toEqual([cn, san]);
      expect(certificate.checkHost(host) !== undefined).toBe(matches);
      expect(certificate.checkHost(host, { wildcards: false }) !== undefined).toBe(withoutWildcards);
      expect(goodChain[1] && certificate.verify(goodChain[1].publicKey)).toBe(true);
    },
  );
});

describe('broken/crl', () => {
  const rootCRL = samplePath('etc/sec/crl/example-root-ca-1.crl.pem');
  const check = (name: string, extra: readonly string[]): ReturnType<typeof runOpenSSL> => {
    const crl = ['-crl_check_all', '-CRLfile', samplePath(`broken/crl/${name}.crl.pem`), ...extra];
    return runOpenSSL(['verify', '-CAfile', rootCA, '-untrusted', issuingCA, ...crl, sip1]);
  };

  test.each(listSamples('broken/crl'))('%s holds one CRL', (name) => {
    expect(
      readSample(`broken/crl/${name}`)
        .toString()
        .match(/-----BEGIN (X509 )?CRL-----/g),
    ).toHaveLength(1);
  });

  const errors: [string, number[]][] = [
    ['stale', [12]],
    ['not-yet-valid', [11]],
    ['signed-by-another-key', [3]],
    ['damaged-signature', [8]],
    ['of-another-issuer', [3]],
    // Observed with OpenSSL 3.0.19: without -extended_crl it takes the delta for a whole CRL.
    ['delta', []],
    ['indirect', [3]],
    ['ca-certificates-only', [44]],
    ['unknown-critical-extension', [36]],
  ];
  expectComplete('crl', [...errors, ['root-crl-missing'], ['wrong-label']], '.crl.pem');
  test.skipIf(!openssl.installed).each(errors)(
    `%s: openssl verify gives errors %j${openssl.skipReason}`,
    (name, expected) => {
      expect(verifyErrors(check(name, ['-CRLfile', rootCRL]))).toEqual(expected);
    },
  );

  test.skipIf(!openssl.installed).each([
    ['delta', [3]],
    ['indirect', []],
  ])(`%s: with -extended_crl openssl verify gives errors %j${openssl.skipReason}`, (name, expected) => {
    expect(verifyErrors(check(name, ['-extended_crl', '-CRLfile', rootCRL]))).toEqual(expected);
  });

  test.skipIf(!openssl.installed)(`root-crl-missing: error 3, at the intermediate${openssl.skipReason}`, () => {
    const { stdout, stderr } = check('root-crl-missing', []);
    expect(`${stdout}${stderr}`).toContain('error 3 at 1 depth lookup');
  });

  test.skipIf(!openssl.installed)(
    `wrong-label: openssl reads no CRL, and a good one by the right label${openssl.skipReason}`,
    () => {
      expect(check('wrong-label', ['-CRLfile', rootCRL]).stderr).toContain('Could not read any other CRLs');
      const stdin = readSample('broken/crl/wrong-label.crl.pem').toString().replaceAll(' CRL-', ' X509 CRL-');
      expect(runOpenSSL(['crl', '-noout', '-CAfile', issuingCA], { stdin }).stderr).toContain('verify OK');
    },
  );

  test.skipIf(!openssl.installed).each([
    ['delta', 'X509v3 Delta CRL Indicator: critical\n                42'],
    ['indirect', 'Indirect CRL'],
    ['ca-certificates-only', 'Only CA Certificates'],
    ['unknown-critical-extension', '1.3.6.1.4.1.32473.1: critical'],
    ['of-another-issuer', 'CN = Example Issuing CA 2'],
  ])(`%s says "%s"${openssl.skipReason}`, (name, expected) => {
    const file = samplePath(`broken/crl/${name}.crl.pem`);
    expect(runOpenSSL(['crl', '-in', file, '-noout', '-text']).stdout).toContain(expected);
  });
});

describe('broken/pem', () => {
  const good = readSample('etc/sec/certs/sip1-chain.pem').toString();
  const read = (name: string): string => readSample(`broken/pem/${name}.pem`).toString();

  // The first certificate as Node's OpenSSL reads it, and the whole file as a server's certificate option.
  const answers: [string, string, string][] = [
    ['four-dashes', 'no start line', 'no start line'],
    ['byte-order-mark', '', ''],
    ['crlf', '', ''],
    ['utf-16-little-endian', 'no start line', 'no start line'],
    ['indented', 'no start line', 'no start line'],
    ['one-line-base64', '', ''],
    ['blank-lines', 'bad end line', 'bad end line'],
    ['joined-boundaries', 'bad end line', 'bad end line'],
    ['bare-base64', 'no start line', 'no start line'],
    ['truncated-last-block', '', 'bad end line'],
    ['damaged-second-block', '', 'bad base64 decode'],
    ['text-around-blocks', '', ''],
    ['x509-certificate-label', '', ''],
    ['trusted-certificate-label', '', ''],
    ['public-key', 'no start line', 'no start line'],
    ['certificate-request', 'no start line', 'no start line'],
    ['private-key-only', 'no start line', 'no start line'],
    ['empty', 'no start line', 'no start line'],
    ['binary-junk', 'no start line', 'no start line'],
    ['html-error-page', 'no start line', 'no start line'],
  ];
  expectComplete('pem', answers);
  test.each(answers)('%s: OpenSSL says "%s" to the first certificate and "%s" to the file', (name, first, whole) => {
    const file = readSample(`broken/pem/${name}.pem`);
    const said = (read: () => unknown): string => {
      try {
        read();
        return '';
      } catch (error) {
        return error instanceof Error ? error.message.replace(/^.*:/, '') : 'no error';
      }
    };
    expect(said(() => new X509Certificate(file))).toBe(first);
    expect(said(() => createSecureContext({ cert: file, key: sip1Key }))).toBe(whole);
  });

  test.each<[string, (text: string) => string]>([
    ['four-dashes', (text) => text.replaceAll('----', '-----')],
    ['byte-order-mark', (text) => text.replace(/^\ufeff/, '')],
    ['crlf', (text) => text.replaceAll('\r\n', '\n')],
    ['indented', (text) => text.replace(/^ {4}/gm, '')],
    ['blank-lines', (text) => text.replaceAll('\n\n', '\n')],
    ['joined-boundaries', (text) => text.replaceAll('----------', '-----\n-----')],
    ['text-around-blocks', (text) => text.replace(/^Subject: .*\n/gm, '')],
    ['x509-certificate-label', (text) => text.replaceAll('X509 ', '')],
  ])('%s is the good chain when that one fault is undone', (name, repair) => {
    expect(read(name)).not.toBe(good);
    expect(repair(read(name))).toBe(good);
  });

  test('utf-16-little-endian is the good chain in UTF-16 with a byte order mark and CRLF', () => {
    const bytes = readSample('broken/pem/utf-16-little-endian.pem');
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    expect(bytes.toString('utf16le', 2).replaceAll('\r\n', '\n')).toBe(good);
  });

  test('byte-order-mark starts with EF BB BF', () => {
    expect(readSample('broken/pem/byte-order-mark.pem').subarray(0, 3).toString('hex')).toBe('efbbbf');
  });

  test('one-line-base64 has three lines a block, and the good certificates', () => {
    expect(read('one-line-base64').trimEnd().split('\n')).toHaveLength(9);
    expect(readCertificates('broken/pem/one-line-base64.pem').map(({ raw }) => raw)).toEqual(
      goodChain.map(({ raw }) => raw),
    );
  });

  test('truncated-last-block ends within the last block', () => {
    expect(good.startsWith(read('truncated-last-block'))).toBe(true);
    expect(read('truncated-last-block').match(/-----BEGIN/g)).toHaveLength(3);
    expect(read('truncated-last-block').match(/-----END/g)).toHaveLength(2);
  });

  test('damaged-second-block differs from the good chain in two characters of the second block', () => {
    const differing = Array.from(read('damaged-second-block'), (char, at) => (char === good[at] ? '' : char)).join('');
    const block = good.slice(0, read('damaged-second-block').indexOf('**')).match(/-----BEGIN/g);
    expect([differing, block?.length]).toEqual(['**', 2]);
  });

  test('bare-base64 is the base64 of sip1', () => {
    expect(Buffer.from(read('bare-base64'), 'base64')).toEqual(goodChain[0]?.raw);
  });

  test('trusted-certificate-label has an auxiliary part after the certificate', () => {
    const base64 = /-----BEGIN TRUSTED CERTIFICATE-----([^-]*)/.exec(read('trusted-certificate-label'))?.[1] ?? '';
    const der = Buffer.from(base64, 'base64');
    const certificate = goodChain[0]?.raw ?? Buffer.alloc(0);
    expect(der.subarray(0, certificate.length)).toEqual(certificate);
    expect(der.subarray(certificate.length).toString('latin1')).toBe('0\x06\x0c\x04sip1');
  });

  test.each([
    ['public-key', 'PUBLIC KEY'],
    ['certificate-request', 'CERTIFICATE REQUEST'],
    ['private-key-only', 'PRIVATE KEY'],
  ])('%s is one block %s', (name, label) => {
    expect(read(name).match(/-----BEGIN .*-----/g)).toEqual([`-----BEGIN ${label}-----`]);
  });

  test('empty is empty, binary-junk has NUL or control bytes, html-error-page is HTML', () => {
    expect(read('empty')).toBe('');
    expect(readSample('broken/pem/binary-junk.pem').some((byte) => byte < 9)).toBe(true);
    expect(read('html-error-page')).toMatch(/^<!DOCTYPE html>/);
  });

  test.skipIf(!openssl.installed)(`certificate-request is signed by sip1's key${openssl.skipReason}`, () => {
    const { stdout, stderr } = runOpenSSL([
      'req',
      '-in',
      samplePath('broken/pem/certificate-request.pem'),
      '-noout',
      '-verify',
    ]);
    expect(`${stdout}${stderr}`).toContain('verify OK');
  });
});
