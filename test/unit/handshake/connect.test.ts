import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/finding/finding.js';
import { connect, type ConnectOptions, type ConnectResult } from '../../../src/handshake/connect.js';
import { parseCertificate } from '../../../src/x509/certificate.js';
import { parseCRL } from '../../../src/x509/crl.js';
import { shortName } from '../../../src/x509/name.js';
import { openssl } from '../../support/openssl.js';
import { issueCertificate, type Holder } from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';
import { findClosedPort, startOpenSSLServer, startPlainServer, startTLSServer } from '../../support/servers.js';
import { ca, client, crlOf, expired, root, server, stranger } from './cast.js';
import { encodeParts } from '../../support/configuration.js';

const at = new Date('2026-11-21');
const versions = ['TLSv1.2', 'TLSv1.3'] as const;
const parse = ({ certificate }: Holder) => parseCertificate(certificate);
const only = (version: (typeof versions)[number]) => ({ minVersion: version, maxVersion: version });

function ask(port: number, options: Partial<ConnectOptions> = {}): Promise<ConnectResult> {
  const trusted = [parse(root)];
  return connect({ host: '127.0.0.1', port, serverName: 'sip1.example.com', trusted, at, ...options });
}
async function askTLS(chain: readonly Holder[], options: object = {}, question: Partial<ConnectOptions> = {}) {
  const holder = chain[0] ?? server;
  const { port } = await startTLSServer({ cert: encodeParts(chain), key: encodeParts([holder.key]), ...options });
  return ask(port, question);
}
const names = ({ sent }: ConnectResult) => sent.map(({ tbsCertificate }) => shortName(tbsCertificate.subject));
const codes = ({ findings }: ConnectResult) => findings.map(({ code }) => code);
const find = ({ findings }: ConnectResult, code: string): Finding | undefined =>
  findings.find((finding) => finding.code === code);
const identity = { certificates: [client, ca].map(parse), key: client.key.privateKey };

describe.each(versions)('the chain as a server of %s sends it', (version) => {
  it('is good when it is complete and in order', async () => {
    const result = await askTLS([server, ca], only(version));
    expect([result.ok, result.connected, result.findings]).toEqual([true, true, []]);
    expect(result).toMatchObject({ protocol: version, address: '127.0.0.1', serverName: 'sip1.example.com' });
    expect(result.clientCertificate).toBe('not-asked');
    expect(names(result)).toEqual(['CN=server', 'CN=Issuing']);
    expect(result.verification?.result.path).toHaveLength(3);
  });

  it('is shown as it came: wrong order, a stranger, a duplicate, the root', async () => {
    const result = await askTLS([server, root, stranger, ca, ca], only(version));
    expect(names(result)).toEqual(['CN=server', 'CN=Root', 'CN=Stranger', 'CN=Issuing', 'CN=Issuing']);
    expect(codes(result).sort()).toEqual([
      'connect/duplicate-sent',
      'connect/root-sent',
      'connect/unrelated-sent',
      'connect/wrong-order',
    ]);
    expect(find(result, 'connect/wrong-order')?.params.order).toEqual(['1', '4', '2']);
    expect(find(result, 'connect/duplicate-sent')).toMatchObject({ params: { first: 4 }, origin: { index: 5 } });
    expect(find(result, 'connect/unrelated-sent')?.subject.name).toBe('CN=Stranger');
    expect(result.ok).toBe(true);
  });

  it('lacks an intermediate: an error, or a warning where the client has it', async () => {
    const refused = await askTLS([server], only(version));
    expect([refused.ok, refused.connected, find(refused, 'chain/missing-issuer')?.severity]).toEqual([
      false,
      true,
      'error',
    ]);
    expect(find(refused, 'connect/issuer-unknown')?.params.issuer).toBe('CN=Issuing');
    const helped = await askTLS([server], only(version), { trusted: [root, ca].map(parse) });
    expect([helped.ok, codes(helped)]).toEqual([true, ['connect/issuer-not-sent']]);
    expect(helped.findings[0]?.subject.name).toBe('CN=Issuing');
  });

  it('has expired', async () => {
    const result = await askTLS([expired, ca], only(version));
    expect([result.ok, result.connected]).toEqual([false, true]);
    expect(codes(result)).toContain('certificate/expired');
  });
});

describe.each(versions)('a server of %s that asks for a client certificate', (version) => {
  const asks = { ...only(version), ca: encodeParts([root]), requestCert: true, rejectUnauthorized: true };

  it('takes the right one', async () => {
    const result = await askTLS([server, ca], asks, { identity });
    expect([result.ok, result.clientCertificate]).toEqual([true, 'accepted']);
  });

  it('refuses without one, and what it sent is judged all the same', async () => {
    const result = await askTLS([server, ca], asks);
    expect([result.ok, result.connected, result.clientCertificate]).toEqual([false, false, 'refused']);
    expect(codes(result)).toEqual(['connect/client-certificate-required']);
    expect(find(result, 'connect/client-certificate-required')?.params.alert).toBe(version === 'TLSv1.2' ? 40 : 116);
    expect([names(result), result.verification?.result.ok]).toEqual([['CN=server', 'CN=Issuing'], true]);
  });

  it('does without one where it does not insist', async () => {
    const result = await askTLS([server, ca], { ...asks, rejectUnauthorized: false });
    expect([result.ok, result.clientCertificate, codes(result)]).toEqual([
      true,
      'not-given',
      ['connect/client-certificate-asked'],
    ]);
  });

  it('closes the connection for a wrong one', async () => {
    const wrong = { certificates: [parse(stranger)], key: stranger.key.privateKey };
    const result = await askTLS([server, ca], asks, { identity: wrong });
    expect([result.ok, result.clientCertificate, codes(result)]).toEqual([
      false,
      'refused',
      ['connect/client-certificate-refused'],
    ]);
  });

  it.skipIf(!openssl.installed)(`is known by openssl s_server too${openssl.skipReason}`, async () => {
    const scratch = makeScratch();
    const files = {
      chain: scratch.write('c.pem', encodeParts([ca])),
      own: scratch.write('s.pem', encodeParts([server])),
    };
    const key = scratch.write('k.pem', encodeParts([server.key]));
    const args = [
      '-cert',
      files.own,
      '-cert_chain',
      files.chain,
      '-key',
      key,
      '-CAfile',
      scratch.write('r.pem', encodeParts([root])),
    ];
    const flag = version === 'TLSv1.2' ? '-tls1_2' : '-tls1_3';
    const port = await startOpenSSLServer([...args, flag, '-Verify', '3', '-verify_return_error']);
    const none = await ask(port);
    expect([names(none), codes(none)]).toEqual([['CN=server', 'CN=Issuing'], ['connect/client-certificate-required']]);
    const given = await ask(port, { identity });
    expect([given.ok, given.clientCertificate, given.protocol]).toEqual([true, 'accepted', version]);
    const wrong = { certificates: [parse(stranger)], key: stranger.key.privateKey };
    const refused = await ask(port, { identity: wrong });
    expect(codes(refused)).toEqual(['connect/client-certificate-refused']);
    expect(refused.findings[0]?.params.alert).toEqual(expect.any(Number));
  });
});

describe('what is compared and checked', () => {
  it('is the host by the rules of the Security Pack, or of another', async () => {
    const wildcard = issueCertificate(ca, { subject: 'CN=w', san: ['*.example.com'] });
    const refused = await askTLS([wildcard, ca]);
    expect([refused.ok, codes(refused)]).toEqual([false, ['host/wildcard-not-accepted']]);
    const accepted = await askTLS([wildcard, ca], {}, { hostProfile: 'openssl' });
    expect(accepted.ok).toBe(true);
  });

  it('is the host itself without a servername, and an address is not sent', async () => {
    const { port } = await startTLSServer({ cert: encodeParts([server, ca]), key: encodeParts([server.key]) });
    const result = await connect({ host: '127.0.0.1', port, trusted: [parse(root)], at });
    expect([result.name, result.serverName, codes(result)]).toEqual(['127.0.0.1', undefined, ['host/target-ip']]);
  });

  it('is revocation where CRLs are given', async () => {
    const crls = [crlOf(root), crlOf(ca, { entries: [{ serialNumber: 1001 }] })].map((der) => parseCRL(der));
    const result = await askTLS([server, ca], {}, { crls });
    expect([result.ok, codes(result)]).toEqual([false, expect.arrayContaining(['crl/revoked'])]);
  });

  it('sends no application data', async () => {
    const { port, received } = await startTLSServer({
      cert: encodeParts([server, ca]),
      key: encodeParts([server.key]),
    });
    await ask(port);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(received).toEqual([]);
  });

  it.skipIf(!openssl.installed)(
    `is a server that takes its time over a client certificate${openssl.skipReason}`,
    async () => {
      const scratch = makeScratch();
      const files = [
        '-cert',
        scratch.write('s.pem', encodeParts([server])),
        '-key',
        scratch.write('k.pem', encodeParts([server.key])),
      ];
      // Without a ticket nothing tells that the server is content.
      const port = await startOpenSSLServer([...files, '-tls1_3', '-verify', '3', '-num_tickets', '0']);
      const result = await ask(port, { timeLimit: 1000 });
      expect([result.connected, result.clientCertificate]).toEqual([true, 'not-given']);
      expect(codes(result)).toContain('connect/client-certificate-asked');
    },
  );

  it('is nothing where the key is not that of the client certificate', async () => {
    const wrong = { certificates: [parse(client)], key: stranger.key.privateKey };
    const result = await ask(await findClosedPort(), { identity: wrong });
    expect([result.ok, codes(result)]).toEqual([false, ['connect/client-certificate-unusable']]);
  });
});

describe('a server that cannot be asked', () => {
  it('is a closed port', async () => {
    const result = await ask(await findClosedPort());
    expect([result.ok, codes(result), result.verification]).toEqual([false, ['connect/refused'], undefined]);
  });

  it.each([
    ['speaks first, in plain text', 'now'],
    ['answers in plain text', 'on data'],
  ])('%s', async (_, when) => {
    const port = await startPlainServer((socket) => {
      const answer = () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      if (when === 'now') answer();
      else socket.once('data', answer);
    });
    expect(codes(await ask(port))).toEqual(['connect/not-tls']);
  });

  it('keeps silent', async () => {
    const port = await startPlainServer((socket) => socket.resume());
    const result = await ask(port, { timeLimit: 300 });
    expect(codes(result)).toEqual(['connect/timeout']);
    expect(result.findings[0]?.params).toEqual({ stage: 'handshake', seconds: 0.3, received: 0 });
  });

  it('begins to answer and falls silent, as where large packets are lost', async () => {
    const beginning = Buffer.from('160303007a020000760303', 'hex');
    const port = await startPlainServer((socket) => {
      socket.once('data', () => socket.write(beginning));
    });
    const result = await ask(port, { timeLimit: 300 });
    expect(codes(result)).toEqual(['connect/timeout']);
    expect(result.findings[0]?.params).toEqual({ stage: 'handshake', seconds: 0.3, received: beginning.length });
  });

  it.each([
    ['resets the connection', 'resetAndDestroy'],
    ['closes the connection', 'end'],
  ] as const)('%s', async (_, how) => {
    const port = await startPlainServer((socket) => {
      socket.once('data', () => socket[how]());
    });
    expect(codes(await ask(port))).toEqual(['connect/reset']);
  });

  it('has a name without address', async () => {
    const result = await connect({ host: 'nowhere.invalid', port: 5061, trusted: [], at });
    expect(codes(result)).toEqual(['connect/name-not-found']);
  });

  it('knows no protocol that the client speaks', async () => {
    const { port } = await startTLSServer({
      cert: encodeParts([server]),
      key: encodeParts([server.key]),
      ...only('TLSv1.2'),
    });
    const result = await ask(port, { protocols: { min: 'TLSv1.3', max: 'TLSv1.3' } });
    expect(result.findings[0]).toMatchObject({ code: 'connect/alert', params: { alert: 70 } });
  });

  it('is given up when it is called off', async () => {
    const port = await startPlainServer((socket) => socket.resume());
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 50);
    const result = await ask(port, { signal: controller.signal });
    expect([result.ok, codes(result)]).toEqual([false, ['connect/handshake-failed']]);
  });
});
