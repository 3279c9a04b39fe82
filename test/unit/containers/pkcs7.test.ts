import { describe, expect, test } from 'vitest';
import { readContainer } from '../../../src/containers/read-container.js';
import { encodePem } from '../../../src/pem/encode.js';
import { concat, explicit, integer, oid, sequence, set } from '../../support/der.js';
import { openssl, runOpenSSL } from '../../support/openssl.js';
import { issueCertificate, makeCRL } from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';

const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
const leaf = issueCertificate(root, { subject: 'CN=Leaf' });
const crl = makeCRL({ issuer: 'CN=Root', issuerKey: root.key });

const contentInfo = (type: string, content: Uint8Array): Uint8Array => sequence(oid(type), explicit(0, content));
const signed = (certificates: readonly Uint8Array[], crls: readonly Uint8Array[] = []): Uint8Array =>
  contentInfo(
    '1.2.840.113549.1.7.2',
    sequence(
      integer(1),
      set(),
      sequence(oid('1.2.840.113549.1.7.1')),
      ...(certificates.length > 0 ? [explicit(0, ...certificates)] : []),
      ...(crls.length > 0 ? [explicit(1, ...crls)] : []),
      set(),
    ),
  );
/** The same element with the indefinite length of BER. */
const indefinite = (element: Uint8Array): Uint8Array => {
  const header = (element[1] ?? 0) < 0x80 ? 2 : 2 + ((element[1] ?? 0) & 0x7f);
  return concat(Uint8Array.of(element[0] ?? 0, 0x80), element.subarray(header), Uint8Array.of(0, 0));
};
const read = async (bytes: Uint8Array | string) => {
  const { objects, findings } = await readContainer(Buffer.from(bytes), 'a.p7b');
  return { objects, codes: findings.map(({ code }) => code), findings };
};
const ders = (objects: readonly { der: Uint8Array }[]): Buffer[] => objects.map(({ der }) => Buffer.from(der));

test('certificates and CRLs come out in order', async () => {
  const { objects, codes } = await read(signed([leaf.certificate, root.certificate], [crl]));
  expect(codes).toEqual([]);
  expect(objects.map(({ kind, container, origin }) => [kind, container, origin.index])).toEqual([
    ['certificate', 'pkcs7', 1],
    ['certificate', 'pkcs7', 2],
    ['crl', 'pkcs7', 3],
  ]);
  expect(ders(objects)).toEqual([leaf.certificate, root.certificate, crl].map((der) => Buffer.from(der)));
});

test.each(['PKCS7', 'CMS', 'PKCS #7 SIGNED DATA'])(
  'as a PEM block %s, and the blocks behind it are numbered on',
  async (label) => {
    const text =
      encodePem(label, signed([leaf.certificate, root.certificate])) + encodePem('CERTIFICATE', root.certificate);
    const { objects, codes } = await read(text);
    expect(codes).toEqual([]);
    expect(objects.map(({ container, origin }) => [container, origin.line, origin.index])).toEqual([
      ['pkcs7', 1, 1],
      ['pkcs7', 1, 2],
      ['pem', text.split('\n').indexOf('-----BEGIN CERTIFICATE-----') + 1, 3],
    ]);
  },
);

test('under the label CERTIFICATE it is read with an error', async () => {
  const { objects, codes } = await read(encodePem('CERTIFICATE', signed([root.certificate])));
  expect(objects).toHaveLength(1);
  expect(codes).toEqual(['input/misplaced-object']);
});

test('BER with indefinite lengths is read, which is told', async () => {
  const { objects, codes } = await read(indefinite(signed([leaf.certificate, root.certificate])));
  expect(codes).toEqual(['input/ber-container']);
  expect(ders(objects)).toEqual([leaf.certificate, root.certificate].map((der) => Buffer.from(der)));
});

test('two hundred certificates are no matter', async () => {
  const many = Array<Uint8Array>(200).fill(root.certificate);
  expect((await read(signed(many))).objects).toHaveLength(200);
});

describe('what holds no certificates', () => {
  test('signed data without any', async () => {
    expect(await read(signed([]))).toMatchObject({ objects: [], codes: ['input/no-certificates-inside'] });
  });
  test.each([
    ['1.2.840.113549.1.7.3', 'enveloped data'],
    ['1.2.840.113549.1.7.9', '1.2.840.113549.1.7.9'],
  ])('content of type %s is named', async (type, content) => {
    const { findings } = await read(contentInfo(type, sequence()));
    expect(findings).toMatchObject([{ code: 'input/unsupported-content', params: { format: 'PKCS#7', content } }]);
    const ber = await read(indefinite(contentInfo(type, sequence())));
    expect(ber.codes).toContain('input/unsupported-content');
  });
  test('attribute certificates are left out, which is told', async () => {
    const { objects, findings } = await read(
      signed([root.certificate, explicit(2, sequence())], [explicit(1, sequence())]),
    );
    expect(objects).toHaveLength(1);
    expect(findings.map(({ code, params }) => [code, params.content])).toEqual([
      ['input/part-left-out', 'attribute certificate'],
      ['input/part-left-out', 'revocation information that is no CRL'],
    ]);
  });
  test('a damaged structure is an error, not a crash', async () => {
    const damaged = contentInfo('1.2.840.113549.1.7.2', sequence(integer(1), integer(2)));
    expect((await read(damaged)).codes).toEqual(['input/damaged-container']);
  });
});

test.skipIf(!openssl.installed)(`what openssl writes is read${openssl.skipReason}`, async () => {
  const scratch = makeScratch();
  const pem = encodePem('CERTIFICATE', leaf.certificate) + encodePem('CERTIFICATE', root.certificate);
  const inputs = ['-nocrl', '-certfile', scratch.write('certificates.pem', pem)];
  for (const form of ['PEM', 'DER']) {
    const out = scratch.path(form);
    runOpenSSL(['crl2pkcs7', ...inputs, '-outform', form, '-out', out]);
    const { objects, findings } = await import('node:fs/promises')
      .then(({ readFile }) => readFile(out))
      .then((bytes) => readContainer(bytes, 'a.p7b'));
    expect(findings).toEqual([]);
    expect(ders(objects)).toEqual([leaf.certificate, root.certificate].map((der) => Buffer.from(der)));
  }
});
