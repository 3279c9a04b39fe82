import { describe, expect, it } from 'vitest';
import { editPem, type PemEdit } from '../../../src/bundle/edit-pem.js';
import { readContainer } from '../../../src/containers/read-container.js';
import { detectUTF16, transcodeUTF16 } from '../../../src/containers/transcode.js';
import type { PemForm } from '../../../src/pem/consumers.js';
import { annotateCertificate } from '../../../src/x509/annotation.js';
import { parseCertificate, type Certificate } from '../../../src/x509/certificate.js';
import { shortName } from '../../../src/x509/name.js';
import { bytesOf, damagedForms, makeMaterial } from '../../support/damaged-pem.js';
import { toPEM } from '../../support/der.js';
import { openssl, runOpenSSL } from '../../support/openssl.js';
import { issueCertificate, makeCRL, makeKeyPair } from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';

interface EditRequest {
  /** Common names of those to take out. */
  readonly remove?: readonly string[];
  readonly add?: readonly Uint8Array[];
  readonly annotate?: boolean;
}

const commonName = ({ tbsCertificate }: Certificate): string => shortName(tbsCertificate.subject).slice('CN='.length);

async function edit(file: Uint8Array | string, request: EditRequest): Promise<PemEdit & { readonly names: string[] }> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const encoding = detectUTF16(bytes);
  const text = encoding ? transcodeUTF16(bytes, encoding) : bytes;
  const { objects } = await readContainer(bytes, 'ca.pem');
  const certificates = objects
    .filter(({ kind }) => kind === 'certificate')
    .map(({ der, origin }) => parseCertificate(der, origin));
  const edited = editPem(text, {
    file: 'ca.pem',
    objects,
    certificates,
    removed: certificates.filter((certificate) => request.remove?.includes(commonName(certificate))),
    added: (request.add ?? []).map((der) => parseCertificate(der)),
    annotate: request.annotate ? annotateCertificate : undefined,
  });
  return { ...edited, names: certificates.map(commonName) };
}

const textOf = ({ text }: PemEdit): string => Buffer.from(text).toString();
const findingsOf = ({ findings }: PemEdit): string[] =>
  findings.map(({ code, params, origin }) => `${code} ${JSON.stringify(params)} ${origin?.line ?? 0}`);

const make = (name: string): Uint8Array => issueCertificate(undefined, { subject: `CN=${name}`, ca: true }).certificate;
const [a, b, c, d] = ['A', 'B', 'C', 'D'].map(make) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
const [A, B, C, D] = [a, b, c, d].map((der) => toPEM(der)) as [string, string, string, string];

describe('editPem', () => {
  it('leaves a file alone when nothing is asked for', async () => {
    const file = `# mine\r\n${A}\n\ntext \xe4\xff\n${B}no final newline`;
    const bytes = Buffer.from(file, 'latin1');
    expect(Buffer.compare((await edit(bytes, {})).text, bytes)).toBe(0);
  });

  it('puts what is added at the end, in order', async () => {
    expect(textOf(await edit(A, { add: [b, c] }))).toBe(A + B + C);
  });

  it('begins a new line where the file does not end with one', async () => {
    expect(textOf(await edit(A.trimEnd(), { add: [b] }))).toBe(A + B);
  });

  it('cuts out what is removed, wherever it stands', async () => {
    expect(textOf(await edit(A + B + C, { remove: ['A'] }))).toBe(B + C);
    expect(textOf(await edit(A + B + C, { remove: ['B'] }))).toBe(A + C);
    expect(textOf(await edit(A + B + C, { remove: ['C'] }))).toBe(A + B);
    expect(textOf(await edit(A + B + C, { remove: ['A', 'C'] }))).toBe(B);
  });

  it('cuts out every copy', async () => {
    expect(textOf(await edit(A + B + A, { remove: ['A'] }))).toBe(B);
  });

  it('keeps comments, keys, CRLs and unreadable blocks byte for byte', async () => {
    const key = makeKeyPair().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const crl = toPEM(makeCRL({ issuer: 'CN=A', issuerKey: makeKeyPair() }), 'X509 CRL');
    const broken = '-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n';
    const before = `# the keys of the kingdom\n${key}\n${broken}`;
    const after = `\n-- CRL below --\n${crl}# end\n`;
    const edited = await edit(before + A + B + after, { remove: ['B'], add: [c] });
    expect(textOf(edited)).toBe(before + A + after + C);
  });

  it('says which text above a removed certificate it kept', async () => {
    const edited = await edit(`${A}\nGlobal Root B\n=============\n${B}`, { remove: ['B'] });
    expect(textOf(edited)).toBe(`${A}\nGlobal Root B\n=============\n`);
    expect(findingsOf(edited)).toEqual([`bundle/text-kept {"text":"============="} ${A.split('\n').length + 3}`]);
  });

  it('writes comments above each certificate, and does not pile them up', async () => {
    const annotated = [a, b, c].map((der) => annotateCertificate(parseCertificate(der)) + toPEM(der)).join('');
    const once = await edit(A + B, { add: [c], annotate: true });
    expect(textOf(once)).toBe(annotated);
    expect(textOf(await edit(annotated, { annotate: true }))).toBe(annotated);
  });

  it('takes its own comments out with the certificate', async () => {
    const annotated = textOf(await edit(A + B, { annotate: true }));
    const edited = await edit(annotated, { remove: ['B'] });
    expect(textOf(edited)).toBe(annotateCertificate(parseCertificate(a)) + A);
    expect(edited.findings).toEqual([]);
  });

  it('follows the line ends of the file', async () => {
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
    const edited = await edit(crlf(A + B), { remove: ['A'], add: [c], annotate: true });
    const expected = [b, c].map((der) => annotateCertificate(parseCertificate(der)) + toPEM(der)).join('');
    expect(textOf(edited)).toBe(crlf(expected));
    expect(textOf(await edit(crlf(expected), { remove: ['B'] }))).toBe(
      crlf(annotateCertificate(parseCertificate(c)) + C),
    );
  });

  it('gives a certificate with a name outside ASCII a comment in UTF-8', async () => {
    const der = make('Bürö Ω 🦊');
    const edited = await edit(A, { add: [der], annotate: true });
    expect(textOf(edited)).toContain('# subject: CN=Bürö Ω 🦊\n');
  });

  it('takes a PKCS#7 block apart where one of its certificates goes', async () => {
    const scratch = makeScratch();
    const certificates = scratch.write('certificates.pem', A + B);
    const { stdout: pkcs7 } = runOpenSSL(['crl2pkcs7', '-nocrl', '-certfile', certificates]);
    const edited = await edit(`# before\n${pkcs7}# after\n`, { remove: ['A'], add: [d] });
    expect(textOf(edited)).toBe(`# before\n${B}# after\n${D}`);
    expect(findingsOf(edited)).toEqual(['bundle/blocks-rewritten {"count":1,"forms":["PKCS#7"]} 0']);
  });

  it('edits ten thousand blocks in little time', async () => {
    const edited = await edit(A.repeat(5_000) + B.repeat(5_000), { remove: ['A'], add: [c] });
    expect(textOf(edited)).toBe(B.repeat(5_000) + C);
  }, 10_000);
});

/** The common names of the certificates that OpenSSL finds in a -CAfile; undefined where it refuses the file. */
function readByOpenSSL(file: string): string[] | undefined {
  const pkcs7 = runOpenSSL(['crl2pkcs7', '-nocrl', '-certfile', file]);
  if (pkcs7.status !== 0) return undefined;
  const { stdout } = runOpenSSL(['pkcs7', '-print_certs', '-noout'], { stdin: pkcs7.stdout });
  return Array.from(stdout.matchAll(/^subject=.*CN = (.*)$/gm), ([, name = '']) => name);
}

describe(`editPem on damaged files${openssl.skipReason}`, () => {
  const { material } = makeMaterial();
  const shapes = Object.entries(damagedForms).flatMap(([form, makeShapes]) =>
    makeShapes(material).map((shape, position) => [form as PemForm, position + 1, shape] as const),
  );

  it.skipIf(!openssl.installed).each(shapes.filter(([, , { kind }]) => kind === 'certificate'))(
    '%s, shape %i: what certwright reads, OpenSSL reads afterwards',
    async (_, __, { among }) => {
      const edited = await edit(bytesOf(among), { remove: ['Probe A'], add: [d] });
      const file = makeScratch().write('edited.pem', edited.text);
      const staying = edited.names.filter((name) => name !== 'Probe A');
      // A block that nobody can read stays as it was, and so does OpenSSL's refusal.
      if (staying.length < 2) expect(textOf(edited)).toContain(D);
      else expect(readByOpenSSL(file)).toEqual([...staying, 'D']);
    },
  );

  it('names the forms of what it wrote anew', async () => {
    const [shape] = damagedForms['dash-count'](material);
    const edited = await edit(bytesOf(shape?.among ?? ''), { add: [d] });
    expect(findingsOf(edited)).toEqual(['bundle/blocks-rewritten {"count":1,"forms":["dash-count"]} 0']);
  });

  it('keeps the trust settings of a trusted certificate', async () => {
    const indented = material.trusted.replace(/^(?=.)/gm, '  ');
    const edited = await edit(indented, { add: [d] });
    expect(textOf(edited)).toBe(material.trusted + D);
  });
});
