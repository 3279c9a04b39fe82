import { mkdirSync, symlinkSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readInputs } from '../../../src/files/read-inputs.js';
import { encodePem } from '../../../src/pem/encode.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import { shortName } from '../../../src/x509/name.js';
import { bytesOf, damagedForms, makeMaterial } from '../../support/damaged-pem.js';
import { concat, integer, octetString, sequence } from '../../support/der.js';
import { exportPKCS8 } from '../../support/keys.js';
import { openssl } from '../../support/openssl.js';
import { exportPKCS12, makePKCS12Material } from '../../support/pkcs12.js';
import { makeCRL } from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';

const { holders, material } = makeMaterial();
const [a, b] = material.certificates;
const [holder] = holders;
if (!holder) throw new Error('no probe');
const { key } = holder;
const crl = makeCRL({ issuer: 'CN=Probe A', issuerKey: key });
const keyPem = encodePem('PRIVATE KEY', exportPKCS8(key));

const read = async (sources: readonly string[], options?: Parameters<typeof readInputs>[1]) => {
  const inputs = await readInputs(sources, options);
  return {
    ...inputs,
    names: inputs.certificates.map(({ tbsCertificate }) => shortName(tbsCertificate.subject)),
    codes: inputs.findings.map(({ code, severity }) => `${severity} ${code}`),
  };
};
const A = 'CN=Probe A';
const [B, C] = ['CN=Probe B', 'CN=Probe C'];

test('certificates, CRLs and keys of several files come out in order, each with its place', async () => {
  const scratch = makeScratch();
  const files = [
    scratch.write('server.pem', keyPem + a + b),
    scratch.write('root.der', Buffer.from(bytesOf(Buffer.from(holders[2]?.certificate ?? []).toString('latin1')))),
    scratch.write('ca.crl', encodePem('X509 CRL', crl)),
  ];
  const { names, crls, privateKeys, objects, codes, certificates, files: filesRead } = await read(files);
  expect(names).toEqual([A, B, C]);
  expect(codes).toEqual([]);
  expect(crls).toHaveLength(1);
  expect(privateKeys).toMatchObject([{ key: { encoding: 'pkcs8', encrypted: false }, origin: { line: 1, index: 1 } }]);
  expect(certificates.map(({ origin }) => origin)).toEqual([
    { file: files[0], line: keyPem.split('\n').length, index: 2 },
    { file: files[0], line: (keyPem + a).split('\n').length, index: 3 },
    { file: files[1], index: 1 },
  ]);
  expect(objects.map(({ kind }) => kind)).toEqual(['private-key', 'certificate', 'certificate', 'certificate', 'crl']);
  expect(objects[1]?.der).toBe(certificates[0]?.der);
  expect(filesRead).toEqual([
    { file: files[0], size: (keyPem + a + b).length, objects: 3 },
    { file: files[1], size: holders[2]?.certificate.length, objects: 1 },
    { file: files[2], size: encodePem('X509 CRL', crl).length, objects: 1 },
  ]);
});

test('standard input is read where - stands', async () => {
  const scratch = makeScratch();
  const { names, certificates } = await read([scratch.write('b', b), '-'], { stdin: Readable.from([Buffer.from(a)]) });
  expect(names).toEqual([B, A]);
  expect(certificates[1]?.origin).toEqual({ file: '-', line: 1, index: 1 });
});

test('an object that is no DER of its kind is an error with its place, and the others stay', async () => {
  const scratch = makeScratch();
  const bad = sequence(sequence(integer(1)), sequence(), octetString());
  const file = scratch.write('pile.pem', a + encodePem('CERTIFICATE', bad) + encodePem('X509 CRL', bad) + b);
  const { names, findings, objects } = await read([file]);
  expect(names).toEqual([A, B]);
  expect(objects).toHaveLength(2);
  expect(findings.map(({ severity, subject, origin }) => [severity, subject.kind, origin?.index])).toEqual([
    ['error', 'certificate', 2],
    ['error', 'crl', 3],
  ]);
  expect(findings.every(({ code }) => code.startsWith('der/'))).toBe(true);
});

test('every damaged form of a middle block leaves the two others standing', async () => {
  const scratch = makeScratch();
  for (const [form, makeShapes] of Object.entries(damagedForms)) {
    for (const { kind, among } of makeShapes(material)) {
      if (kind !== 'certificate') continue;
      const { names, findings } = await read([scratch.write(form, bytesOf(among))]);
      expect(names, form).toEqual(expect.arrayContaining([A, C]));
      if (!names.includes(B)) expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
      expect(
        findings.map(({ code }) => code),
        form,
      ).toContain(`pem/${form}`);
    }
  }
});

test('every finding about damage has words, with no value missing', async () => {
  const scratch = makeScratch();
  for (const [form, makeShapes] of Object.entries(damagedForms)) {
    for (const { among } of makeShapes(material)) {
      for (const text of [among, among + among]) {
        const { findings } = await read([scratch.write(form, bytesOf(text))]);
        for (const finding of findings) {
          const { message, hint = '' } = describeFinding(finding);
          expect(message).not.toMatch(/undefined|NaN|\[object|!/);
          expect(message).toMatch(/^\S.*[^.]$/s);
          expect(hint).not.toMatch(/undefined|NaN|\[object|!/);
        }
      }
    }
  }
});

describe('bad input', () => {
  test('missing, empty, binary and foreign files are errors, and the good ones are read', async () => {
    const scratch = makeScratch();
    const sources = [
      scratch.path('none.pem'),
      scratch.write('empty.pem', ''),
      scratch.write('junk.bin', Buffer.alloc(3000, Uint8Array.of(0, 1, 2, 200))),
      scratch.write('page.crt', '<html><body>404</body></html>'),
      scratch.write('good.pem', a),
    ];
    const { names, findings } = await read(sources);
    expect(names).toEqual([A]);
    expect(findings.map(({ code, severity, origin }) => [severity, code, origin?.file])).toEqual([
      ['error', 'input/not-found', sources[0]],
      ['error', 'input/empty', sources[1]],
      ['error', 'input/no-objects', sources[2]],
      ['error', 'input/no-objects', sources[3]],
    ]);
  });
});

describe('in a directory', () => {
  test('files of other kinds are infos, unreadable ones warnings, damaged certificates errors', async () => {
    const scratch = makeScratch();
    scratch.write('d/README', 'about');
    scratch.write('d/a.pem', a);
    scratch.write('d/cut.pem', b.slice(0, 300));
    scratch.write('d/empty', '');
    scratch.write('d/keys.jks', Buffer.from('feedfeed00000002', 'hex'));
    symlinkSync('nowhere', scratch.path('d/link'));
    const { names, codes } = await read([scratch.path('d')]);
    expect(names).toEqual([A]);
    expect(codes).toEqual([
      'info input/no-objects',
      'error pem/truncated-block',
      'info input/empty',
      'info input/java-keystore',
      'warning input/not-found',
    ]);
  });
  test('nothing of use at all is an error', async () => {
    const scratch = makeScratch();
    scratch.write('d/README', 'about');
    scratch.write('d/sub/x', 'y');
    const { findings } = await read([scratch.path('d')]);
    expect(findings.at(-1)).toMatchObject({ code: 'input/empty-directory', severity: 'error', params: { entries: 2 } });
  });
  test('a directory of certificates has nothing to say', async () => {
    const scratch = makeScratch();
    mkdirSync(scratch.path('d'));
    scratch.write('d/1.pem', a);
    scratch.write('d/2.pem', b);
    expect(await read([scratch.path('d')])).toMatchObject({ names: [A, B], codes: [] });
  });
});

describe('how far it is', () => {
  test('is told file by file, and in bytes of a large one', async () => {
    const scratch = makeScratch();
    const files = ['a.pem', 'b.pem'].map((name) => scratch.write(name, a));
    const large = scratch.write('large.txt', Buffer.alloc(20_000_000, 0x20));
    const told: unknown[][] = [];
    await readInputs([...files, large], { onProgress: (...step) => told.push(step) });
    expect(told.filter(([task]) => task === 'reading')).toEqual([0, 1, 2, 3].map((at) => ['reading', at, 3, 'files']));
    expect(told.filter(([task]) => task !== 'reading')).toEqual(
      [0, 16_777_216, 20_000_000].map((at) => [large, at, 20_000_000, 'bytes']),
    );
  });
});

describe('what is expected', () => {
  const request = encodePem(
    'CERTIFICATE REQUEST',
    sequence(sequence(integer(0), sequence(), key.spki), sequence(), concat(Uint8Array.of(3, 1, 0))),
  );
  const expect_ = ['certificate'] as const;
  test.each([
    ['a public key', encodePem('PUBLIC KEY', key.spki), 'public-key'],
    ['a request', request, 'certification-request'],
    ['a private key', keyPem, 'private-key'],
    ['a CRL', encodePem('X509 CRL', crl), 'crl'],
  ])('%s in place of a certificate is an error that names it', async (_, text, found) => {
    const { findings } = await read([makeScratch().write('a.pem', text)], { expect: expect_ });
    expect(findings).toMatchObject([
      { code: 'input/unexpected-object', severity: 'error', params: { found, count: 1, expected: ['certificate'] } },
    ]);
  });
  test('beside a certificate they are told and passed over', async () => {
    const { codes, names, privateKeys } = await read([makeScratch().write('a.pem', request + a + keyPem)], {
      expect: expect_,
    });
    expect(names).toEqual([A]);
    expect(privateKeys).toHaveLength(1);
    expect(codes).toEqual(['info input/not-wanted', 'info input/not-wanted']);
  });
  test.skipIf(!openssl.installed).each([
    ['a wrong', 'wrong', 'input/wrong-password'],
    ['no', undefined, 'input/password-required'],
  ])(
    `the key of a PKCS#12 file is no stranger where the certificates stay shut for %s password${openssl.skipReason}`,
    async (_, password, code) => {
      const file = exportPKCS12(makePKCS12Material(), makeScratch(), 'right');
      const { codes, privateKeys } = await read([file], {
        expect: expect_,
        passwordFor: () => Promise.resolve(password),
      });
      expect(privateKeys).toHaveLength(1);
      expect(codes).toContain(`error ${code}`);
      expect(codes.filter((said) => said.includes('unexpected') || said.includes('wanted'))).toEqual([
        'info input/not-wanted',
      ]);
    },
  );
  test('beside a damaged block they are told and passed over, for that may have been the certificate', async () => {
    const cut = a.slice(0, a.indexOf('-----END'));
    const { codes } = await read([makeScratch().write('a.pem', keyPem + cut)], { expect: expect_ });
    expect(codes).toEqual(['error pem/truncated-block', 'info input/not-wanted']);
  });
  test('in a directory a file of another kind is told and passed over', async () => {
    const scratch = makeScratch();
    scratch.write('d/a.pem', a);
    scratch.write('d/key.pem', keyPem);
    expect((await read([scratch.path('d')], { expect: expect_ })).codes).toEqual(['info input/not-wanted']);
  });
  test('without an expectation every kind is welcome', async () => {
    expect((await read([makeScratch().write('a.pem', request + keyPem)])).codes).toEqual([]);
  });
});
