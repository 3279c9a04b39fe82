import { describe, expect, it } from 'vitest';
import { readContainer } from '../../../src/containers/read-container.js';
import { writePKCS7 } from '../../../src/containers/write-pkcs7.js';
import { keytool, openssl, runOpenSSL } from '../../support/openssl.js';
import { issueCertificate, makeCRL } from '../../support/pki.js';
import { runProgram } from '../../support/run.js';
import { makeScratch } from '../../support/scratch.js';

const names = ['Root C', 'Root A', 'Root B'];
const holders = names.map((name) => issueCertificate(undefined, { subject: `CN=${name}`, ca: true }));
const certificates = holders.map(({ certificate }) => certificate);
const crls = holders.slice(0, 2).map(({ subject, key }) => makeCRL({ issuer: subject, issuerKey: key }));

describe('writePKCS7', () => {
  it('is read back as it was written, in order', async () => {
    const { objects, findings } = await readContainer(writePKCS7(certificates, crls), 'a.p7b');
    expect(findings).toEqual([]);
    expect(objects.map(({ kind }) => kind)).toEqual(['certificate', 'certificate', 'certificate', 'crl', 'crl']);
    expect(objects.map(({ der }) => Buffer.from(der))).toEqual(
      [...certificates, ...crls].map((der) => Buffer.from(der)),
    );
  });

  it.skipIf(!openssl.installed)(`is what openssl crl2pkcs7 writes${openssl.skipReason}`, () => {
    const pem = certificates.map(
      (der) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`,
    );
    const file = makeScratch().write('all.pem', pem.join(''));
    const { stdout } = runOpenSSL(['crl2pkcs7', '-nocrl', '-certfile', file]);
    const der = Buffer.from(stdout.replace(/-----[A-Z0-9 ]+-----/g, ''), 'base64');
    expect(Buffer.from(writePKCS7(certificates)).equals(der)).toBe(true);
  });

  it.skipIf(!openssl.installed)(`is read by openssl pkcs7, CRLs and all${openssl.skipReason}`, () => {
    const file = makeScratch().write('all.p7b', writePKCS7(certificates, crls));
    const { status, stdout } = runOpenSSL(['pkcs7', '-inform', 'DER', '-in', file, '-print_certs', '-noout']);
    expect(status).toBe(0);
    expect(Array.from(stdout.matchAll(/^subject=.*CN = (.*)$/gm), ([, name]) => name)).toEqual(names);
    expect(stdout.match(/Certificate Revocation List/g)).toHaveLength(2);
  });

  it.skipIf(!keytool.installed)(`is read by keytool${keytool.skipReason}`, () => {
    const file = makeScratch().write('all.p7b', writePKCS7(certificates));
    const { stdout } = runProgram(keytool.program, ['-printcert', '-file', file]);
    expect(Array.from(stdout.matchAll(/^Owner: CN=(.*)$/gm), ([, name]) => name)).toEqual(names);
  });
});
