import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodePem } from '../../src/pem/encode.js';
import { exportPKCS8 } from '../support/keys.js';
import { issueCertificate, type Holder } from '../support/pki.js';
import { runCertwright, runCertwrightBeside } from '../support/run.js';
import { parseEnvelope } from '../support/schema.js';
import { makeScratch } from '../support/scratch.js';
import { findClosedPort, startPlainServer, startTLSServer } from '../support/servers.js';

const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
const ca = issueCertificate(root, { subject: 'CN=Issuing', ca: true });
const server = issueCertificate(ca, { subject: 'CN=server', san: ['sip1.example.com'] });
const client = issueCertificate(ca, { subject: 'CN=client' });
const pem = (...holders: Holder[]): string =>
  holders.map(({ certificate }) => encodePem('CERTIFICATE', certificate)).join('');
const keyPem = ({ key }: Holder): string => encodePem('PRIVATE KEY', exportPKCS8(key));
const named = ['--servername', 'sip1.example.com', '--at', '2026-11-21'];

interface Result {
  readonly connected: boolean;
  readonly protocol?: string;
  readonly clientCertificate: string;
  readonly sent: readonly { readonly subject: string }[];
  readonly trusted: { readonly system: boolean; readonly certificates: number };
  readonly verification?: { readonly ok: boolean };
}

function startServer(options: object = {}) {
  return startTLSServer({ cert: pem(server, root, ca), key: keyPem(server), ca: pem(root), ...options });
}

describe('certwright connect', () => {
  it('says what was agreed and sent, what it was held to, and saves the chain as it was sent', async () => {
    const { port } = await startServer();
    const scratch = makeScratch();
    const args = ['--trusted-ca', scratch.write('root.pem', pem(root)), '-o', scratch.path('chain.pem')];
    const { status, stdout, stderr } = await runCertwrightBeside(['connect', `127.0.0.1:${port}`, ...named, ...args]);
    expect(status).toBe(0);
    expect(stdout.split('\n')[0]).toBe(`127.0.0.1:${port}: connected, TLSv1.3, TLS_AES_256_GCM_SHA384`);
    expect(stdout).toMatch(/sent, in this order:\n {2}1\. CN=server .*\n {2}2\. CN=Root .*\n {2}3\. CN=Issuing /);
    expect(stdout).toContain('name sent (SNI): sip1.example.com');
    expect(stdout).toContain('✓ CN=server: valid for a server, by OpenSSL 3.0, as the Security Pack has it');
    expect(stderr).toContain('the chain is sent in the wrong order');
    expect(stderr).toContain('would be the certificates 1, 3, 2');
    expect(readFileSync(scratch.path('chain.pem'), 'utf8')).toBe(pem(server, root, ca));
  });

  it('gives the same as JSON, and falls back on the roots of the system', async () => {
    const { port } = await startServer({ cert: pem(server, ca) });
    const run = await runCertwrightBeside(['connect', `127.0.0.1:${port}`, ...named, '--json']);
    expect(run.status).toBe(1);
    const { result, findings } = parseEnvelope<Result>(run);
    expect(result).toMatchObject({ connected: true, protocol: 'TLSv1.3', clientCertificate: 'not-asked' });
    expect(result.sent.map(({ subject }) => subject)).toEqual(['CN=server', 'CN=Issuing']);
    expect([result.trusted.system, result.verification?.ok]).toEqual([true, false]);
    expect(findings.some(({ code }) => code === 'chain/missing-issuer')).toBe(true);
  });

  it('shows a client certificate to a server that asks, with an encrypted key too', async () => {
    const { port } = await startServer({ requestCert: true, rejectUnauthorized: true });
    const scratch = makeScratch();
    const encrypted = client.key.privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'secret',
    });
    const trusted = ['--trusted-ca', scratch.write('root.pem', pem(root))];
    const certificate = ['--certificate', scratch.write('client.pem', pem(client, ca))];
    const key = ['--certificate-key', scratch.write('key.pem', encrypted)];
    const password = ['--password-file', scratch.write('password', 'secret\n')];
    const target = ['connect', `127.0.0.1:${port}`, ...named, ...trusted, '--json'];
    const given = await runCertwrightBeside([...target, ...certificate, ...key, ...password]);
    expect(parseEnvelope<Result>(given).result.clientCertificate).toBe('accepted');
    const whole = ['--certificate', scratch.write('whole.pem', pem(client, ca) + keyPem(client))];
    const together = await runCertwrightBeside([...target, ...whole]);
    expect(parseEnvelope<Result>(together).result.clientCertificate).toBe('accepted');
    const none = await runCertwrightBeside(target);
    const { result, findings } = parseEnvelope<Result>(none);
    expect([none.status, result.clientCertificate, result.connected]).toEqual([1, 'refused', false]);
    expect(findings.map(({ code }) => code)).toContain('connect/client-certificate-required');
    expect(given.stdout + given.stderr).not.toContain('PRIVATE KEY');
  });

  it('says plainly why there is no TLS, exits 1 and writes no file', async () => {
    const scratch = makeScratch();
    const options = [...named, '-o', scratch.path('chain.pem')];
    const closed = await runCertwrightBeside(['connect', `127.0.0.1:${await findClosedPort()}`, ...options]);
    expect(closed.status).toBe(1);
    expect(closed.stderr).toMatch(/127\.0\.0\.1:\d+: nothing listens on this port \(ECONNREFUSED\)/);
    const silent = await startPlainServer((socket) => socket.resume());
    const late = await runCertwrightBeside(['connect', `127.0.0.1:${silent}`, '--timeout', '0.3', ...options]);
    expect(late.status).toBe(1);
    expect(late.stderr).toContain('did not answer the TLS handshake within 0.3 s');
    const plain = await startPlainServer((socket) => socket.end('220 mail ready\r\n'));
    const other = await runCertwrightBeside(['connect', `127.0.0.1:${plain}`, ...options, '--json']);
    expect(parseEnvelope(other).findings.map(({ code }) => code)).toEqual(['connect/not-tls']);
    expect(() => readFileSync(scratch.path('chain.pem'))).toThrow('ENOENT');
  });

  it.each([
    [['sip1.example.com'], 'the port is missing, write sip1.example.com:5061'],
    [['::1'], 'the port is missing, write [::1]:5061'],
    [[], 'name the server as host:port'],
    [['[::1:5061'], 'connect [::1:5061'],
    [['::1:5061:x'], 'connect ::1:5061:x'],
    [['127.0.0.1:5061', '--timeout', '0'], '--timeout 0 is no number of seconds'],
    [['127.0.0.1:5061', '--certificate-key', 'x'], '--certificate-key stands without --certificate'],
  ])('refuses %j with exit 2', (args, message) => {
    const { status, stderr } = runCertwright(['connect', ...args]);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('exits 2 where a file that is named cannot be read', async () => {
    const { port } = await startServer();
    const run = await runCertwrightBeside(['connect', `127.0.0.1:${port}`, ...named, '--trusted-ca', 'nowhere.pem']);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('no such file or directory');
  });
});
