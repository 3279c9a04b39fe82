import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readContainer } from '../../../src/containers/read-container.js';
import { maxIterations } from '../../../src/crypto/password-based.js';
import { integer, nullValue, octetString, oid, sequence, set, explicit, implicit } from '../../support/der.js';
import { exportPKCS8 } from '../../support/keys.js';
import { keytool, openssl } from '../../support/openssl.js';
import { makeCRL } from '../../support/pki.js';
import { exportPKCS12, makeKeytoolStore, makePKCS12Material } from '../../support/pkcs12.js';
import { makeScratch } from '../../support/scratch.js';

const material = makePKCS12Material();
const { root, leaf } = material;
const privateKey = exportPKCS8(leaf.key);

/** Reads with this password and tells how often it was asked for. */
async function read(bytes: Uint8Array, password: string | undefined) {
  let asked = 0;
  const passwordFor = (): Promise<string | undefined> => {
    asked++;
    return Promise.resolve(password);
  };
  const { objects, findings } = await readContainer(bytes, 'a.p12', { passwordFor });
  return { objects, findings, asked, codes: findings.map(({ code }) => code) };
}
const kindsOf = (objects: readonly { kind: string }[]): string[] => objects.map(({ kind }) => kind);

describe.skipIf(!openssl.installed)(`files of openssl pkcs12 -export${openssl.skipReason}`, () => {
  const tripleDES = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];
  test.each([
    ['AES-256 and PBKDF2, the default', 'secret', []],
    ['Triple-DES, as OpenSSL 1.1 made them', 'secret', tripleDES],
    ['Triple-DES for the key only', 'secret', ['-keypbe', 'PBE-SHA1-3DES']],
    ['two-key Triple-DES', 'secret', ['-keypbe', 'PBE-SHA1-2DES', '-certpbe', 'PBE-SHA1-2DES']],
    [
      'AES-128 with a MAC of SHA-512',
      'secret',
      ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha512'],
    ],
    ['AES-192', 'secret', ['-keypbe', 'AES-192-CBC', '-certpbe', 'AES-192-CBC']],
    ['many iterations', 'secret', ['-iter', '10000']],
    ['a password beyond ASCII', 'pässwörd €', []],
    ['a password beyond ASCII, Triple-DES', 'pässwörd €', tripleDES],
  ])('%s: certificates and key come out in order, byte for byte', async (_, password, options) => {
    const { objects, findings, asked } = await read(
      readFileSync(exportPKCS12(material, makeScratch(), password, options)),
      password,
    );
    expect(findings).toEqual([]);
    expect(asked).toBe(1);
    expect(kindsOf(objects)).toEqual(['certificate', 'certificate', 'private-key']);
    expect(objects.map(({ der }) => Buffer.from(der).toString('hex'))).toEqual(
      [leaf.certificate, root.certificate, privateKey].map((der) => Buffer.from(der).toString('hex')),
    );
    expect(objects[2]?.key).toEqual({ encoding: 'pkcs8', encrypted: false });
    expect(objects.map(({ origin }) => origin)).toEqual([1, 2, 3].map((index) => ({ file: 'a.p12', index })));
  });

  test.each([
    ['AES-256', []],
    ['Triple-DES', tripleDES],
  ])('an empty password is tried before anybody is asked (%s)', async (_, options) => {
    const { objects, findings, asked } = await read(
      readFileSync(exportPKCS12(material, makeScratch(), '', options)),
      'x',
    );
    expect({ findings, asked }).toEqual({ findings: [], asked: 0 });
    expect(objects).toHaveLength(3);
  });

  test('no encryption and no MAC: nobody is asked', async () => {
    const path = exportPKCS12(material, makeScratch(), '', ['-keypbe', 'NONE', '-certpbe', 'NONE', '-nomac']);
    expect(await read(readFileSync(path), undefined)).toMatchObject({ findings: [], asked: 0, objects: [{}, {}, {}] });
  });

  test('no encryption but a MAC: without the password all is read, and it is said that nothing was checked', async () => {
    const path = exportPKCS12(material, makeScratch(), 'secret', ['-keypbe', 'NONE', '-certpbe', 'NONE']);
    const { objects, findings } = await read(readFileSync(path), undefined);
    expect(objects).toHaveLength(3);
    expect(findings).toMatchObject([{ code: 'input/integrity-not-checked', severity: 'warning' }]);
  });

  test.each([
    ['AES-256', []],
    ['Triple-DES', tripleDES],
  ])('a wrong password is an error, and certificates do not come out (%s)', async (_, options) => {
    const { objects, codes } = await read(
      readFileSync(exportPKCS12(material, makeScratch(), 'secret', options)),
      'Secret',
    );
    expect(codes).toEqual(['input/wrong-password', 'key/encrypted']);
    expect(kindsOf(objects)).toEqual(['private-key']);
    expect(objects[0]?.key).toEqual({ encoding: 'encrypted-pkcs8', encrypted: true });
  });

  test('a missing password is an error of its own', async () => {
    const { codes } = await read(readFileSync(exportPKCS12(material, makeScratch(), 'secret')), undefined);
    expect(codes).toEqual(['input/password-required', 'key/encrypted']);
  });

  test('no MAC: a wrong password is told by what comes out', async () => {
    const path = exportPKCS12(material, makeScratch(), 'secret', ['-nomac', '-certpbe', 'AES-256-CBC']);
    const right = await read(readFileSync(path), 'secret');
    expect(right).toMatchObject({ findings: [], objects: [{}, {}, {}] });
    const { objects, codes } = await read(readFileSync(path), 'wrong');
    expect(kindsOf(objects)).not.toContain('certificate');
    expect(codes).toEqual(['input/wrong-password', 'key/encrypted']);
  });

  test('no MAC and the key alone encrypted: the certificates need no password', async () => {
    const path = exportPKCS12(material, makeScratch(), 'secret', ['-nomac', '-certpbe', 'NONE']);
    const closed = await read(readFileSync(path), undefined);
    expect(kindsOf(closed.objects)).toEqual(['certificate', 'certificate', 'private-key']);
    expect(closed.codes).toEqual(['key/encrypted']);
    const { objects, findings } = await read(readFileSync(path), 'secret');
    expect(findings).toEqual([]);
    expect(objects[2]?.key).toEqual({ encoding: 'pkcs8', encrypted: false });
  });

  test('RC2 of openssl -legacy is named with the way out, and what is not RC2 is read', async () => {
    const path = exportPKCS12(material, makeScratch(), 'secret', ['-legacy']);
    const { objects, findings } = await read(readFileSync(path), 'secret');
    expect(findings).toMatchObject([
      { code: 'input/legacy-encryption', params: { algorithm: 'pbeWithSHAAnd40BitRC2-CBC' }, severity: 'error' },
    ]);
    expect(kindsOf(objects)).toEqual(['private-key']);
  });

  test('a file that is cut off is an error, not a crash', async () => {
    const bytes = readFileSync(exportPKCS12(material, makeScratch(), 'secret'));
    const { codes } = await read(bytes.subarray(0, bytes.length - 200), 'secret');
    expect(codes).toEqual(['input/truncated-der']);
  });
});

test.skipIf(!keytool.installed)(`a PKCS#12 keystore of keytool is read${keytool.skipReason}`, async () => {
  const bytes = readFileSync(makeKeytoolStore(material, makeScratch(), 'changeit'));
  const { objects, findings } = await read(bytes, 'changeit');
  expect(findings).toEqual([]);
  expect(kindsOf(objects).sort()).toEqual(['certificate', 'certificate', 'private-key']);
  expect(objects.some(({ der }) => Buffer.compare(der, root.certificate) === 0)).toBe(true);
});

describe('structures that openssl does not write', () => {
  const data = (contents: Uint8Array): Uint8Array =>
    sequence(oid('1.2.840.113549.1.7.1'), explicit(0, octetString(contents)));
  const bag = (type: number, value: Uint8Array): Uint8Array =>
    sequence(oid(`1.2.840.113549.1.12.10.1.${String(type)}`), explicit(0, value));
  const typedBag = (type: number, of: string, value: Uint8Array): Uint8Array =>
    bag(type, sequence(oid(of), explicit(0, octetString(value))));
  const pfx = (...safes: Uint8Array[]): Uint8Array => sequence(integer(3), data(sequence(...safes)));
  const x509 = '1.2.840.113549.1.9.22.1';
  const crl = makeCRL({ issuer: 'CN=Root', issuerKey: root.key });

  test('CRLs and nested contents come out in order', async () => {
    const nested = bag(6, sequence(typedBag(4, '1.2.840.113549.1.9.23.1', crl)));
    const { objects, findings } = await read(
      pfx(data(sequence(typedBag(3, x509, root.certificate), nested, bag(1, privateKey)))),
      undefined,
    );
    expect(findings).toEqual([]);
    expect(objects.map(({ kind, der }) => [kind, Buffer.from(der)])).toEqual([
      ['certificate', Buffer.from(root.certificate)],
      ['crl', Buffer.from(crl)],
      ['private-key', Buffer.from(privateKey)],
    ]);
  });

  test.each([
    ['a secret', bag(5, sequence()), 'secret'],
    [
      'an SDSI certificate',
      typedBag(3, '1.2.840.113549.1.9.22.2', Uint8Array.of(1)),
      'certificate of type 1.2.840.113549.1.9.22.2',
    ],
    ['a bag of a type not known', bag(9, sequence()), 'bag of type 1.2.840.113549.1.12.10.1.9'],
    ['a bag without a value', sequence(oid('1.2.840.113549.1.12.10.1.3')), 'bag without a value'],
  ])('%s is left out, which is told', async (_, odd, content) => {
    const { objects, findings } = await read(pfx(data(sequence(odd, typedBag(3, x509, root.certificate)))), undefined);
    expect(kindsOf(objects)).toEqual(['certificate']);
    expect(findings).toMatchObject([{ code: 'input/part-left-out', params: { content } }]);
  });

  test('contents encrypted for a certificate are left out, which is told', async () => {
    const enveloped = sequence(oid('1.2.840.113549.1.7.3'), explicit(0, sequence()));
    const { codes } = await read(pfx(enveloped), undefined);
    expect(codes).toEqual(['input/part-left-out', 'input/no-certificates-inside']);
  });

  test('integrity by a signature is told as not supported', async () => {
    const signed = sequence(integer(3), sequence(oid('1.2.840.113549.1.7.2'), explicit(0, sequence())));
    expect((await read(signed, undefined)).codes).toEqual(['input/unsupported-content']);
  });

  test('a certificate that nobody can parse does not take the others with it', async () => {
    const odd = typedBag(3, x509, sequence(integer(1)));
    const { objects, findings } = await read(pfx(data(sequence(odd, typedBag(3, x509, root.certificate)))), undefined);
    expect(findings).toEqual([]);
    expect(objects).toHaveLength(2);
  });

  const mac = (algorithm: string, iterations: number): Uint8Array =>
    sequence(
      sequence(sequence(oid(algorithm), nullValue()), octetString(new Uint8Array(32))),
      octetString(new Uint8Array(8)),
      integer(iterations),
    );
  const withMac = (macData: Uint8Array): Uint8Array =>
    sequence(integer(3), data(sequence(data(sequence(typedBag(3, x509, root.certificate))))), macData);

  test('more iterations than are bearable are refused before the work begins', async () => {
    const { findings } = await read(withMac(mac('2.16.840.1.101.3.4.2.1', maxIterations + 1)), 'secret');
    expect(findings).toMatchObject([
      { code: 'input/too-many-iterations', params: { iterations: maxIterations + 1, limit: maxIterations } },
    ]);
  });

  test('a MAC of an unknown kind is not checked, which is told', async () => {
    const { objects, findings } = await read(withMac(mac('1.2.3.4', 1)), 'secret');
    expect(kindsOf(objects)).toEqual(['certificate']);
    expect(findings).toMatchObject([{ code: 'input/integrity-not-checked', severity: 'warning' }]);
  });

  const encrypted = (algorithm: Uint8Array): Uint8Array =>
    sequence(
      oid('1.2.840.113549.1.7.6'),
      explicit(
        0,
        sequence(integer(0), sequence(oid('1.2.840.113549.1.7.1'), algorithm, implicit(0, new Uint8Array(16)))),
      ),
    );
  test('an encryption that is not known is named', async () => {
    const { findings } = await read(pfx(encrypted(sequence(oid('1.2.3.4')))), 'secret');
    expect(findings).toMatchObject([{ code: 'input/unsupported-encryption', params: { algorithm: '1.2.3.4' } }]);
  });
  test('encryption parameters that are none are an error, not a crash', async () => {
    const { codes } = await read(pfx(encrypted(sequence(oid('1.2.840.113549.1.12.1.3'), set()))), 'secret');
    expect(codes).toEqual(['input/damaged-container']);
  });
  test('a trust store of 300 certificates is read', async () => {
    const bags = Array.from({ length: 300 }, () => typedBag(3, x509, root.certificate));
    expect((await read(pfx(data(sequence(...bags))), undefined)).objects).toHaveLength(300);
  });
});
