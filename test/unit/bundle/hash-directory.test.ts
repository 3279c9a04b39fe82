import { describe, expect, it } from 'vitest';
import { isHashedFileName, layOutHashDirectory } from '../../../src/bundle/hash-directory.js';
import { parseCRL, type WholeCRL } from '../../../src/x509/crl.js';
import { toPEM, tlv } from '../../support/der.js';
import { openssl, runOpenSSL, verifyErrors } from '../../support/openssl.js';
import { asCertificates } from '../../support/parsed.js';
import { issueCertificate, makeCRL, type Holder } from '../../support/pki.js';
import { makeScratch, type Scratch } from '../../support/scratch.js';

const root = issueCertificate(undefined, { subject: 'CN=Root CA', ca: true });
const twin = issueCertificate(undefined, { subject: 'CN=ROOT  CA', ca: true });
const other = issueCertificate(undefined, { subject: 'CN=Other Root', ca: true });
const issuing = issueCertificate(root, { subject: 'CN=Issuing CA', ca: true });
const server = issueCertificate(issuing, { subject: 'CN=server', serialNumber: 77 });

const crlOf = ({ subject, key }: Holder, options: object = {}): WholeCRL =>
  parseCRL(makeCRL({ issuer: subject, issuerKey: key, ...options }), { file: 'crls.pem', line: 1 });

function writeFiles(scratch: Scratch, holders: readonly Holder[], crls: readonly WholeCRL[] = []): string {
  for (const { name, object } of layOutHashDirectory(asCertificates(holders), crls).files) {
    const pem = 'crl' in object ? toPEM(object.crl.der, 'X509 CRL') : toPEM(object.certificate.der);
    scratch.write(`trusted/${name}`, pem);
  }
  return scratch.path('trusted');
}

function verify(directory: string, scratch: Scratch, ...options: string[]): number[] {
  const leaf = scratch.write('leaf.pem', toPEM(server.certificate));
  const untrusted = scratch.write('issuing.pem', toPEM(issuing.certificate));
  const args = ['verify', '-CApath', directory, '-no-CAfile', '-no-CAstore', ...options, '-untrusted', untrusted, leaf];
  const run = runOpenSSL(args);
  return run.status === 0 ? [] : verifyErrors(run);
}

describe('layOutHashDirectory', () => {
  it('numbers certificates whose names have one hash in the order given', () => {
    const certificates = asCertificates([other, root, twin]);
    const { files, findings } = layOutHashDirectory(certificates, []);
    expect(findings).toEqual([]);
    const names = files.map(({ name }) => name);
    expect(names[1]?.slice(0, 9)).toBe(names[2]?.slice(0, 9));
    expect(names.map((name) => name.slice(8))).toEqual(['.0', '.0', '.1']);
    expect(names.every(isHashedFileName)).toBe(true);
    expect(files.map(({ object }) => ('certificate' in object ? object.certificate : undefined))).toEqual(certificates);
  });

  it('numbers CRLs apart, each once', () => {
    const crl = crlOf(root);
    const again = parseCRL(crl.der, { file: 'again.pem', line: 3 });
    const { files, findings } = layOutHashDirectory(asCertificates([root]), [
      crl,
      again,
      crlOf(root, { crlNumber: 2 }),
    ]);
    expect(files.map(({ name }) => name.slice(8))).toEqual(['.0', '.r0', '.r1']);
    expect(findings.map(({ code, origin, params }) => [code, origin?.file, params.first])).toEqual([
      ['bundle/duplicate', 'again.pem', 'CN=Root CA (crls.pem:1)'],
    ]);
  });

  it('names what OpenSSL could not find, and leaves it out', () => {
    const subject = [[{ type: 'CN', value: tlv(0x1e, Uint8Array.of(0, 0x41, 0)) }]];
    const odd = issueCertificate(undefined, { subject, ca: true });
    const { files, findings } = layOutHashDirectory(asCertificates([odd, root]), []);
    expect(files).toHaveLength(1);
    expect(findings.map(({ code, origin }) => [code, origin?.line])).toEqual([['bundle/name-without-hash', 1]]);
  });

  it.skipIf(!openssl.installed)(`makes what openssl verify -CApath trusts${openssl.skipReason}`, () => {
    const scratch = makeScratch();
    expect(verify(writeFiles(scratch, [twin, other, root]), scratch)).toEqual([]);
    const without = makeScratch();
    expect(verify(writeFiles(without, [twin, other]), without)).not.toEqual([]);
  });

  it.skipIf(!openssl.installed)(`lets openssl verify find the CRLs${openssl.skipReason}`, () => {
    const scratch = makeScratch();
    const good = [crlOf(root), crlOf(issuing)];
    expect(verify(writeFiles(scratch, [root], good), scratch, '-crl_check_all')).toEqual([]);
    const revoking = makeScratch();
    const bad = [crlOf(root), crlOf(issuing, { entries: [{ serialNumber: 77 }] })];
    expect(verify(writeFiles(revoking, [root], bad), revoking, '-crl_check_all')).toEqual([23]);
  });
});
