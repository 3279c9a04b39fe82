import { describe, expect, test } from 'vitest';
import { readContainer } from '../../../src/containers/read-container.js';
import { encodePem } from '../../../src/pem/encode.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import { bytesOf, damagedForms, makeMaterial, utf8 } from '../../support/damaged-pem.js';
import { concat, integer, sequence } from '../../support/der.js';
import { exportPKCS8, makeKeyPair } from '../../support/keys.js';
import { openssl, runOpenSSL } from '../../support/openssl.js';
import { makeCRL } from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';

const { holders, material } = makeMaterial();
const [a, b] = material.certificates;
const [first, second] = holders.map(({ certificate }) => certificate);
if (!first || !second || !holders[0]) throw new Error('no probes');
const { key } = holders[0];
const pkcs8 = exportPKCS8(key);
const crl = makeCRL({ issuer: 'CN=Root', issuerKey: key });

const read = async (contents: string | Uint8Array) => {
  const { objects, findings } = await readContainer(
    typeof contents === 'string' ? bytesOf(contents) : contents,
    'a.crt',
  );
  return { objects, findings, codes: findings.map(({ code }) => code) };
};
const summary = (objects: Awaited<ReturnType<typeof read>>['objects']): string[] =>
  objects.map(({ kind, container, origin }) => `${kind} ${container} ${String(origin.index)}`);

describe('DER', () => {
  test.each([
    ['certificate', first],
    ['crl', crl],
    ['public-key', key.spki],
  ])('a %s is recognised, and is a view of the file', async (kind, der) => {
    const { objects, findings } = await read(der);
    expect(findings).toEqual([]);
    expect(objects).toMatchObject([{ kind, container: 'der', origin: { file: 'a.crt', index: 1 } }]);
    expect(objects[0]?.der.buffer).toBe(der.buffer);
  });
  test.each([
    ['pkcs8', pkcs8],
    ['sec1', Uint8Array.from(key.privateKey.export({ type: 'sec1', format: 'der' }))],
    ['pkcs1', Uint8Array.from(makeKeyPair('rsa1024').privateKey.export({ type: 'pkcs1', format: 'der' }))],
  ])('a private key in %s is recognised', async (encoding, der) => {
    const { objects, findings } = await read(der);
    expect(findings).toEqual([]);
    expect(objects).toMatchObject([{ kind: 'private-key', key: { encoding, encrypted: false } }]);
  });
  test('several objects one after the other are read, with a warning', async () => {
    const { objects, findings } = await read(concat(first, crl, second));
    expect(summary(objects)).toEqual(['certificate der 1', 'crl der 2', 'certificate der 3']);
    expect(findings).toMatchObject([{ code: 'input/concatenated-der', severity: 'warning', params: { count: 3 } }]);
  });
  test('a line end behind the object is no matter, other bytes are', async () => {
    expect(await read(concat(first, bytesOf('\r\n')))).toMatchObject({ codes: [], objects: [{}] });
    const { objects, findings } = await read(concat(first, bytesOf('junk')));
    expect(objects).toHaveLength(1);
    expect(findings).toMatchObject([{ code: 'input/trailing-bytes', params: { bytes: 4 } }]);
  });
  test('a file that is cut off says how much is missing', async () => {
    const { objects, findings } = await read(first.subarray(0, 200));
    expect(objects).toEqual([]);
    expect(findings).toMatchObject([
      { code: 'input/truncated-der', params: { size: 200, declared: first.length }, severity: 'error' },
    ]);
  });
  test('DER of a structure that is not known is an error', async () => {
    expect((await read(sequence(sequence(...Array<Uint8Array>(50).fill(integer(1)))))).codes).toEqual([
      'input/unknown-structure',
    ]);
  });
});

describe('PEM', () => {
  test('every kind of block becomes an object, numbered over all of them', async () => {
    const text =
      encodePem('EC PARAMETERS', Uint8Array.of(6, 0)) +
      encodePem('PRIVATE KEY', pkcs8) +
      a +
      encodePem('X509 CRL', crl) +
      encodePem('PUBLIC KEY', key.spki) +
      encodePem('FOO', Uint8Array.of(1));
    const { objects, codes } = await read(text);
    expect(summary(objects)).toEqual(['private-key pem 2', 'certificate pem 3', 'crl pem 4', 'public-key pem 5']);
    expect(codes).toEqual(['pem/passed-over', 'pem/unknown-label']);
    expect(text.slice(objects[1]?.pem?.textStart, objects[1]?.pem?.textEnd)).toBe(a.trimEnd());
  });
  test('a trusted certificate is cut to the certificate, and it is said what was left out', async () => {
    const { objects, findings } = await read(a + material.trusted);
    expect(objects[1]?.der).toEqual(second);
    expect(findings).toMatchObject([
      { code: 'pem/trusted-certificate', origin: { line: a.split('\n').length, index: 2 }, severity: 'warning' },
    ]);
    expect(findings[0]?.params.auxiliaryBytes).toBeGreaterThan(0);
  });
  test('bytes behind the certificate in a block are cut off, which is an error', async () => {
    const [shape] = damagedForms['trailing-bytes'](material);
    const { objects, findings } = await read(shape?.alone ?? '');
    expect(objects[0]?.der).toEqual(second);
    expect(findings).toMatchObject([{ code: 'pem/trailing-bytes', params: { bytes: 2, count: 1 }, severity: 'error' }]);
  });
  test('a CRL under the label CERTIFICATE is read as what it is, with an error', async () => {
    const { objects, findings } = await read(a + encodePem('CERTIFICATE', crl));
    expect(summary(objects)).toEqual(['certificate pem 1', 'crl pem 2']);
    expect(findings).toMatchObject([
      { code: 'input/misplaced-object', params: { label: 'CERTIFICATE', found: 'crl' }, origin: { index: 2 } },
    ]);
  });
  test('a PKCS#1 key under the label of PKCS#8 is told', async () => {
    const der = Uint8Array.from(makeKeyPair('rsa1024').privateKey.export({ type: 'pkcs1', format: 'der' }));
    const { objects, findings } = await read(encodePem('PRIVATE KEY', der));
    expect(objects[0]?.key?.encoding).toBe('pkcs1');
    expect(findings).toMatchObject([{ code: 'input/misplaced-object', params: { found: 'private key (pkcs1)' } }]);
  });
  test('a private key that is none is an error, and the certificate beside it stays', async () => {
    const { objects, findings } = await read(encodePem('PRIVATE KEY', Uint8Array.of(1, 2, 3)) + a);
    expect(summary(objects)).toEqual(['certificate pem 2']);
    expect(findings).toMatchObject([{ code: 'key/malformed', origin: { line: 1, index: 1 }, severity: 'error' }]);
  });
  test('bare base64 is told by its structure', async () => {
    const body = (block: string): string => block.split('\n').slice(1, -2).join('\n') + '\n';
    const { objects, codes } = await read(body(encodePem('X', crl)) + '\n' + body(a));
    expect(objects.map(({ kind, label }) => [kind, label])).toEqual([
      ['crl', ''],
      ['certificate', ''],
    ]);
    expect(codes).toEqual(['pem/bare-base64']);
  });
  test('bare base64 of something else is an error', async () => {
    const odd = sequence(...Array<Uint8Array>(60).fill(integer(1)));
    expect((await read(Buffer.from(odd).toString('base64'))).codes).toEqual([
      'pem/bare-base64',
      'input/unknown-structure',
    ]);
  });
  test('blocks of other kinds alone are an error', async () => {
    expect((await read(encodePem('DH PARAMETERS', Uint8Array.of(1)))).codes).toEqual([
      'pem/passed-over',
      'input/no-objects',
    ]);
  });
});

describe('UTF-16', () => {
  const utf16 = (text: string): string => Buffer.from(text, 'utf16le').toString('latin1');
  test.each([
    ['UTF-16LE', '\xff\xfe' + utf16(a + b)],
    [
      'UTF-16BE',
      '\xfe\xff' +
        Buffer.from(a + b, 'utf16le')
          .swap16()
          .toString('latin1'),
    ],
    ['UTF-16LE', utf16(a + b)],
  ])('%s is read, with an error that names it', async (encoding, text) => {
    const { objects, findings } = await read(text);
    expect(objects.map(({ der }) => der)).toEqual([first, second]);
    expect(objects[1]?.origin.line).toBe(a.split('\n').length);
    expect(findings).toMatchObject([
      {
        code: 'pem/utf-16',
        params: { encoding, consumers: ['openssl', 'node', 'keytool', 'gnutls'] },
        severity: 'error',
      },
    ]);
  });
});

describe('files that hold nothing for us', () => {
  test.each([
    ['', 'input/empty', /is empty/],
    [' \n\r\n\t', 'input/empty', /nothing but blanks/],
    [utf8('\ufeff'), 'input/empty', /nothing but blanks/],
    ['<!DOCTYPE html>\n<html><body>Not Found</body></html>', 'input/no-objects', /HTML page/],
    [utf8('\ufeff<html><head></head></html>'), 'input/no-objects', /HTML page/],
    ['<?xml version="1.0"?><a/>', 'input/no-objects', /XML/],
    ['{"error": 404}', 'input/no-objects', /JSON/],
    ['PK\x03\x04abcdefgh', 'input/no-objects', /ZIP archive/],
    ['\x7fELF\x02\x01\x01', 'input/no-objects', /program/],
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@here', 'input/no-objects', /OpenSSH/],
    ['Certificate:\n    Data:\n        Version: 3 (0x2)\n', 'input/no-objects', /without its PEM block/],
    ['just words\n', 'input/no-objects', /looks like text/],
    ['0 is a digit', 'input/no-objects', /looks like text/],
    ['\x00\x01\x02\x03', 'input/no-objects', /binary data/],
    ['\xfe\xed\xfe\xed\x00\x00\x00\x02', 'input/java-keystore', /Java keystore \(JKS\)/],
    ['\xce\xce\xce\xce\x00\x00\x00\x02', 'input/java-keystore', /JCEKS/],
  ])('%j is named', async (contents, code, message) => {
    const { objects, findings } = await read(contents);
    expect(objects).toEqual([]);
    expect(findings).toMatchObject([{ code, severity: 'error', origin: { file: 'a.crt' } }]);
    expect(findings[0] && describeFinding(findings[0]).message).toMatch(message);
  });
});

describe.skipIf(!openssl.installed)(`encrypted keys${openssl.skipReason}`, () => {
  const encrypt = (command: readonly string[], source: string = encodePem('PRIVATE KEY', pkcs8)): Uint8Array => {
    const scratch = makeScratch();
    const input = ['-in', scratch.write('key.pem', source), '-passout', 'pass:secret'];
    const { stdout, status, stderr } = runOpenSSL([...command, ...input]);
    if (status !== 0) throw new Error(stderr);
    return Buffer.from(stdout);
  };
  const open = (bytes: Uint8Array, password: string | undefined, openKeys = true) =>
    readContainer(bytes, 'key.pem', { passwordFor: () => Promise.resolve(password), openKeys });

  test.each([
    ['PKCS#8', ['pkcs8', '-topk8'], 'encrypted-pkcs8'],
    ['PKCS#8 with scrypt', ['pkcs8', '-topk8', '-scrypt'], 'encrypted-pkcs8'],
    ['SEC1 with RFC 1421 headers', ['ec', '-aes256'], 'sec1'],
  ])('%s: opened with the password, left as it is without', async (_, command, encoding) => {
    const bytes = encrypt(command);
    const opened = await open(bytes, 'secret');
    expect(opened).toMatchObject({ findings: [], objects: [{ key: { encoding: 'pkcs8', encrypted: false } }] });
    expect(Buffer.from(opened.objects[0]?.der ?? [])).toEqual(Buffer.from(pkcs8));
    const closed = await open(bytes, undefined);
    expect(closed.objects).toMatchObject([{ kind: 'private-key', key: { encoding, encrypted: true } }]);
    expect(closed.findings).toMatchObject([{ code: 'key/encrypted', severity: 'info', origin: { line: 1, index: 1 } }]);
    const wrong = await open(bytes, 'Secret');
    expect(wrong.objects).toMatchObject([{ key: { encoding, encrypted: true } }]);
    expect(wrong.findings).toMatchObject([{ code: 'key/wrong-password', severity: 'error' }]);
  });
  test('nobody is asked unless the keys are to be opened', async () => {
    const passwordFor = (): Promise<string> => Promise.reject(new Error('asked'));
    const { objects } = await readContainer(encrypt(['pkcs8', '-topk8']), 'key.pem', { passwordFor });
    expect(objects).toMatchObject([{ key: { encrypted: true } }]);
  });
  test('a cipher that OpenSSL no longer has is told as it says it', async () => {
    const headers = new Map([
      ['Proc-Type', '4,ENCRYPTED'],
      ['DEK-Info', 'RC2-CBC,0011223344556677'],
    ]);
    const { findings } = await open(bytesOf(encodePem('RSA PRIVATE KEY', new Uint8Array(64), headers)), 'secret');
    expect(findings).toMatchObject([{ code: 'key/undecryptable', params: { encoding: 'pkcs1' } }]);
    expect(findings[0]?.params.reason).not.toBe('');
  });
  test('a password is asked for once a file', async () => {
    let asked = 0;
    const passwordFor = (): Promise<string> => Promise.resolve(`secret${++asked > 1 ? 'again' : ''}`);
    const twice = Buffer.concat([encrypt(['pkcs8', '-topk8']), encrypt(['pkcs8', '-topk8'])]);
    const { findings } = await readContainer(twice, 'key.pem', { passwordFor, openKeys: true });
    expect({ findings, asked }).toEqual({ findings: [], asked: 1 });
  });
});
