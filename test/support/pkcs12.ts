/** PKCS#12 files and encrypted keys as openssl and keytool write them. */
import { writeFileSync } from 'node:fs';
import { encodePem } from '../../src/pem/encode.js';
import { exportPKCS8 } from './keys.js';
import { runOpenSSL } from './openssl.js';
import { issueCertificate, type Holder } from './pki.js';
import { runProgram } from './run.js';
import type { Scratch } from './scratch.js';

export interface PKCS12Material {
  readonly root: Holder;
  readonly leaf: Holder;
}

export function makePKCS12Material(): PKCS12Material {
  const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
  return { root, leaf: issueCertificate(root, { subject: 'CN=Leaf' }) };
}

function run(status: { status: number | null; stderr: string }): void {
  if (status.status !== 0) throw new Error(status.stderr);
}

/** `openssl pkcs12 -export` of leaf, root and key; gives the path. */
export function exportPKCS12(
  { root, leaf }: PKCS12Material,
  scratch: Scratch,
  password: string,
  options: readonly string[] = [],
): string {
  const pem = encodePem('CERTIFICATE', leaf.certificate) + encodePem('CERTIFICATE', root.certificate);
  const certificates = scratch.write('certificates.pem', pem);
  const key = scratch.write('key.pem', encodePem('PRIVATE KEY', exportPKCS8(leaf.key)));
  const out = scratch.path('export.p12');
  const inputs = ['-in', certificates, '-inkey', key, '-out', out, '-passout', `pass:${password}`];
  run(runOpenSSL(['pkcs12', '-export', ...inputs, ...options]));
  return out;
}

/** A PKCS#12 keystore of keytool with a key of its own (`CN=Keystore`) and the root as trusted; gives the path. */
export function makeKeytoolStore({ root }: PKCS12Material, scratch: Scratch, password: string): string {
  const store = scratch.path('keytool.p12');
  const certificate = scratch.path('root.der');
  writeFileSync(certificate, root.certificate);
  const common = ['-keystore', store, '-storetype', 'PKCS12', '-storepass', password];
  const key = ['-keyalg', 'EC', '-groupname', 'secp256r1', '-dname', 'CN=Keystore'];
  run(runProgram('keytool', ['-genkeypair', '-alias', 'own', ...key, ...common]));
  run(runProgram('keytool', ['-importcert', '-noprompt', '-alias', 'root', '-file', certificate, ...common]));
  return store;
}
