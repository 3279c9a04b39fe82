import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createFinding } from '../../../src/finding/catalogue.js';
import { withSetting } from '../../../src/finding/finding.js';
import { rehearse } from '../../../src/handshake/rehearse.js';
import type { Configuration } from '../../../src/security-pack/configuration.js';
import { issueCertificate, makeKeyPair } from '../../support/pki.js';
import { openssl30 } from '../../support/own-openssl.js';
import { makeScratch } from '../../support/scratch.js';
import { encodeParts, makeConfiguration } from '../../support/configuration.js';
import { root, ca, server, serverSide, clientSide, only, crlOf, subject, run, settingOf } from './cast.js';
describe('a side that OpenSSL does not set up', () => {
  const four = (text: string) => text.replaceAll('-----BEGIN', '----BEGIN');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encrypted = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' });

  it.each([
    [
      'four dashes in certificate',
      { certificate: { raw: four(encodeParts([server])) } },
      'certificate',
      'ERR_OSSL_PEM_NO_START_LINE',
    ],
    [
      'a damaged second certificate',
      { certificate: { raw: encodeParts([server]) + encodeParts([ca]).replace(/M/, '!') } },
      'certificate',
      'ERR_OSSL_PEM_BAD_BASE64_DECODE',
    ],
    ['the root first', { certificate: [root, server] }, 'certificate-key', 'ERR_OSSL_X509_KEY_VALUES_MISMATCH'],
    ['an encrypted key', { certificateKey: { raw: encrypted } }, 'certificate-key', 'ERR_OSSL_BAD_DECRYPT'],
    ['a key that is none', { certificateKey: { raw: 'key' } }, 'certificate-key', 'ERR_OSSL_UNSUPPORTED'],
    [
      'four dashes in trusted-ca',
      { trustedCA: { raw: four(encodeParts([root])) } },
      'trusted-ca',
      'ERR_OSSL_PEM_NO_START_LINE',
    ],
    [
      'a tls-crl with the wrong label',
      { tlsCRL: { raw: encodeParts([crlOf(root)], 'X509 CRL').replaceAll('X509 CRL', 'CRL') } },
      'tls-crl',
      'ERR_CRYPTO_OPERATION_FAILED',
    ],
    ['an unknown cipher', { cipherList: 'NOPE' }, 'cipher-list', 'ERR_SSL_NO_CIPHER_MATCH'],
    [
      'a suite of TLS 1.3 alone in cipher-list',
      { cipherList: 'TLS_AES_128_GCM_SHA256' },
      'cipher-list',
      'ERR_SSL_NO_CIPHER_MATCH',
    ],
    [
      'a cipher of TLS 1.2 in ciphersuites',
      { ciphersuites: 'ECDHE-RSA-AES128-GCM-SHA256' },
      'ciphersuites',
      'ERR_SSL_NO_CIPHER_MATCH',
    ],
  ])('names the option: %s', async (_, change, option, code) => {
    const said = withSetting(createFinding('input/empty', subject, {} as never), settingOf('server', option));
    const other = withSetting(createFinding('input/empty', subject, {} as never), settingOf('client', option));
    const result = await run({ server: { ...serverSide, ...change }, client: clientSide }, [other, said]);
    expect(result.first.errors).toMatchObject([{ side: 'server', stage: 'setup', option, code }]);
    expect(result.first.errors[0]?.explainedBy).toEqual([said]);
    expect(result.first.client.verdict).toBe('not-reached');
  });

  it('names the file that cannot be read', async () => {
    const configuration = await makeConfiguration(makeScratch(), { server: serverSide, client: clientSide });
    const files = configuration.client?.files.trustedCA?.files.map((file) => ({ ...file, bytes: undefined }));
    const trustedCA = { ...configuration.client?.files.trustedCA, files };
    const broken = {
      ...configuration,
      client: { ...configuration.client, files: { ...configuration.client?.files, trustedCA } },
    } as Configuration;
    const { rehearsals } = await rehearse(broken, { findings: [] });
    expect(rehearsals[0]?.errors).toMatchObject([{ stage: 'files', side: 'client', option: 'trusted-ca' }]);
  });

  it('trusts nobody without trusted-ca, not the roots of Node either', async () => {
    const { first } = await run({ server: serverSide, client: {} });
    expect(first.client.verdict).toBe('refused');
  });
});

describe('protocols and ciphers', () => {
  it.each([
    ['TLSv1.2', 'TLSv1.3'],
    ['TLSv1.3', 'TLSv1.2'],
  ] as const)('tells a server of %s and a client of %s apart', async (ours, theirs) => {
    const finding = createFinding('rehearse/no-server', { kind: 'option', name: 'sec-protocol' }, {});
    const protocol = { ...finding, code: 'protocol/no-common-version' };
    const { first } = await run(
      { server: { ...serverSide, ...only(ours) }, client: { ...clientSide, ...only(theirs) } },
      [protocol],
    );
    expect(first.errors[0]).toMatchObject({
      side: 'server',
      code: 'ERR_SSL_UNSUPPORTED_PROTOCOL',
      explainedBy: [protocol],
    });
    expect(first.errors[1]).toMatchObject({
      side: 'client',
      alert: { number: 70 },
      isConsequence: true,
      explainedBy: [protocol],
    });
  });

  it('agrees on the suite that both list', async () => {
    const { first } = await run({
      server: { ...serverSide, ciphersuites: 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384' },
      client: { ...clientSide, ciphersuites: 'TLS_AES_128_GCM_SHA256' },
    });
    expect([first.cipher, first.connected]).toEqual(['TLS_AES_128_GCM_SHA256', true]);
  });

  it('fails where no cipher is shared', async () => {
    const version = only('TLSv1.2');
    const { first } = await run({
      server: { ...serverSide, ...version, cipherList: 'ECDHE-ECDSA-AES128-GCM-SHA256' },
      client: { ...clientSide, ...version, cipherList: 'ECDHE-ECDSA-AES256-GCM-SHA384' },
    });
    expect(first.errors[0]).toMatchObject({ side: 'server', code: 'ERR_SSL_NO_SHARED_CIPHER' });
  });
});

describe('what Node makes of weak certificates, at its own security level', () => {
  it.skipIf(!openssl30.isHere)(
    `accepts a key of 1024 bits and refuses a signature over SHA-1${openssl30.skipReason}`,
    async () => {
      const weak = issueCertificate(ca, { subject: 'CN=weak', key: makeKeyPair('rsa1024', 'weak') });
      const old = issueCertificate(ca, { subject: 'CN=old', hash: 'sha1' });
      const accepted = await run({
        server: { ...serverSide, certificate: [weak, ca], certificateKey: [weak.key] },
        client: clientSide,
      });
      expect(accepted.ok).toBe(true);
      const said = createFinding('certificate/weak-signature', subject, {} as never);
      const refused = await run(
        { server: { ...serverSide, certificate: [old, ca], certificateKey: [old.key] }, client: clientSide },
        [said],
      );
      expect(refused.first.errors[0]).toMatchObject({ side: 'server', stage: 'setup', explainedBy: [said] });
    },
  );
});
