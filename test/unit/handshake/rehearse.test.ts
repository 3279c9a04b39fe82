import { describe, expect, it } from 'vitest';
import { tellsServersEverything } from '../../../src/handshake/sent-certificates.js';
import { createFinding } from '../../../src/finding/catalogue.js';
import { withSetting } from '../../../src/finding/finding.js';
import { rehearse } from '../../../src/handshake/rehearse.js';
import { fingerprint } from '../../../src/crypto/fingerprint.js';
import { issueCertificate } from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';
import { makeConfiguration } from '../../support/configuration.js';
import {
  root,
  ca,
  server,
  stranger,
  expired,
  serverSide,
  clientSide,
  mutualServer,
  mutualClient,
  only,
  crlOf,
  names,
  subject,
  run,
  codes,
  settingOf,
} from './cast.js';
describe('a rehearsal that connects', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('says what was agreed and sent: simple, %s', async (version) => {
    const result = await run({ server: { ...serverSide, ...only(version) }, client: clientSide });
    const { first } = result;
    expect([result.ok, result.findings, first.errors]).toEqual([true, [], []]);
    expect(first).toMatchObject({
      connected: true,
      protocol: version,
      serverName: 'sip1.example.com',
      revocation: 'off',
    });
    expect(first.cipher).toMatch(/^TLS_/);
    expect(names(first.client.received)).toEqual(['CN=server', 'CN=Issuing', 'CN=Root']);
    expect([first.client.verdict, first.server.verdict]).toEqual(['accepted', 'not-asked']);
    expect(first.server.received).toEqual([]);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('is mutual where the server asks: %s', async (version) => {
    const { ok, first } = await run({
      server: { ...serverSide, ...only(version), mutual: true },
      client: mutualClient,
    });
    expect([ok, first.server.verdict, first.client.verdict]).toEqual([true, 'accepted', 'accepted']);
    const sent = ['CN=client', 'CN=Issuing', 'CN=Root'];
    expect(names(first.server.received)).toEqual(tellsServersEverything ? sent : sent.slice(0, 1));
    expect(first.server.receivedIsWhole).toBe(tellsServersEverything);
    expect([names(first.client.received).length > 1, first.client.receivedIsWhole]).toEqual([true, true]);
  });

  it('is made once for each target, and without one too', async () => {
    const two = await run({ server: serverSide, client: clientSide, targets: ['a.example.com:5061', '192.0.2.1'] });
    expect(two.rehearsals.map(({ target, serverName }) => [target, serverName])).toEqual([
      ['a.example.com:5061', 'a.example.com'],
      ['192.0.2.1', undefined],
    ]);
    const none = await run({ server: serverSide, client: clientSide, targets: [] });
    expect([none.ok, none.first.target, none.first.serverName]).toEqual([true, undefined, undefined]);
  });

  it('reads all CRLs of a file, not the first alone', async () => {
    const tlsCRL = [crlOf(root), crlOf(ca)];
    const { ok, first } = await run({ server: serverSide, client: { ...clientSide, tlsCRL } });
    expect([ok, first.revocation]).toEqual([true, 'rehearsed']);
  });

  it('warns where the pre-flight has errors, naming them', async () => {
    const finding = createFinding('chain/missing-issuer', subject, {} as never);
    const result = await run({ server: serverSide, client: clientSide }, [finding]);
    expect([result.ok, codes(result)]).toEqual([true, ['rehearse/connected-although']]);
    expect(result.findings[0]?.params.causes).toEqual(['chain/missing-issuer (CN=x)']);
  });

  it('compares the name by the rules of the Security Pack, which accepts no wildcard', async () => {
    const wildcard = issueCertificate(ca, { subject: 'CN=w', san: ['*.example.com'] });
    const side = { ...serverSide, certificate: [wildcard, ca], certificateKey: [wildcard.key] };
    const without = await run({ server: side, client: clientSide });
    expect([without.ok, without.first.nameCheck]).toEqual([true, undefined]);
    const host = createFinding('host/wildcard-not-accepted', subject, {} as never);
    const checked = await run({ server: side, client: { ...clientSide, nameCheck: 'host' } }, [host]);
    expect([checked.ok, checked.first.client.verdict]).toEqual([false, 'refused']);
    expect(checked.first.errors).toMatchObject([{ stage: 'name', side: 'client', explainedBy: [host] }]);
    expect(checked.first.nameCheck?.check?.matched).toBe(false);
  });

  it('sends and compares tls-target-name in place of the target', async () => {
    const side = { ...clientSide, tlsTargetName: 'sip1.example.com', nameCheck: 'host' } as const;
    const { ok, first } = await run({ server: serverSide, client: side, targets: ['192.0.2.7'] });
    expect([ok, first.serverName, first.nameCheck?.check?.matched]).toEqual([true, 'sip1.example.com', true]);
  });

  it('counts the case of letters for a pack of 8.1', async () => {
    const upper = { server: serverSide, targets: ['SIP1.example.com'] };
    const named = { ...clientSide, nameCheck: 'host' } as const;
    const now = await run({ ...upper, client: named });
    const old = await run({
      ...upper,
      client: { ...named, packVersion: '8.1.300.01' },
    });
    expect([now.ok, old.ok]).toEqual([true, false]);
  });
});

describe('a rehearsal that is refused', () => {
  const expiredFinding = createFinding('certificate/expired', subject, {} as never);

  it('maps the error of the client to the finding with the same number, of the side that it is about', async () => {
    const own = withSetting(expiredFinding, settingOf('client', 'certificate'));
    const theirs = withSetting(expiredFinding, settingOf('server', 'certificate'));
    const result = await run(
      { server: { ...serverSide, certificate: [expired, ca], certificateKey: [expired.key] }, client: clientSide },
      [own, theirs],
    );
    expect(result.first.errors).toMatchObject([
      { side: 'client', stage: 'verification', code: 'CERT_HAS_EXPIRED', opensslError: 10, isConsequence: false },
    ]);
    expect(result.first.errors[0]?.explainedBy).toEqual([theirs]);
    expect(codes(result)).toEqual(['rehearse/refused']);
    expect(result.findings[0]?.params).toMatchObject({ side: 'client', causes: ['certificate/expired (CN=x)'] });
  });

  it('says so where no finding explains it', async () => {
    const result = await run({ server: serverSide, client: { trustedCA: [stranger] } }, []);
    expect([result.ok, codes(result)]).toEqual([false, ['rehearse/refused', 'rehearse/unexplained']]);
    expect(result.findings[1]?.params).toMatchObject({ error: 'SELF_SIGNED_CERT_IN_CHAIN' });
  });

  it('maps an error of trust to a trusted-ca that is not set', async () => {
    const params = { option: 'trusted-ca', role: 'UNIX client', level: '[security]', unread: [] };
    const missing = createFinding('option/mandatory-missing', { kind: 'option', name: 'trusted-ca' }, params);
    const { first } = await run({ server: serverSide, client: {} }, [missing]);
    expect(first.errors).toMatchObject([{ stage: 'verification', explainedBy: [missing] }]);
  });

  it('maps an error that Node has no name for to the fault that OpenSSL met on the way', async () => {
    const noCA = issueCertificate(root, { subject: 'CN=Issuing', ca: false, keyUsage: ['digitalSignature'] });
    const below = issueCertificate(noCA, { subject: 'CN=below' });
    const finding = createFinding('chain/issuer-is-no-ca', subject, { issued: 'CN=below', reason: 'x' });
    const { first } = await run(
      { server: { ...serverSide, certificate: [below, noCA], certificateKey: [below.key] }, client: clientSide },
      [finding],
    );
    expect(first.errors).toMatchObject([{ code: 'UNSPECIFIED', explainedBy: [finding] }]);
    expect(first.errors[0]).not.toHaveProperty('opensslError');
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('is not connected where only the server refuses: %s', async (version) => {
    const finding = createFinding('chain/missing-issuer', subject, {} as never);
    const result = await run(
      {
        server: { ...mutualServer, mutual: true, ...only(version), trustedCA: [stranger] },
        client: mutualClient,
      },
      [finding],
    );
    const { first } = result;
    expect([first.connected, first.client.verdict, first.server.verdict]).toEqual([false, 'accepted', 'refused']);
    expect(first.errors[0]).toMatchObject({ side: 'server', stage: 'verification', explainedBy: [finding] });
  });

  it.each([
    ['TLSv1.2', 40],
    ['TLSv1.3', 116],
  ] as const)('shows the alert of a server that insists on a certificate: %s', async (version, number) => {
    const { first } = await run({
      server: { ...serverSide, mutual: true, ...only(version) },
      client: clientSide,
    });
    expect([first.connected, first.server.verdict]).toEqual([false, 'refused']);
    expect(
      first.errors.map(({ side, code, alert, isConsequence }) => [side, code, alert?.number, isConsequence]),
    ).toEqual([
      ['server', 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE', undefined, false],
      ['client', expect.stringContaining('ALERT'), number, true],
    ]);
  });

  it('shows the verdicts of both sides where both refuse', async () => {
    const { first } = await run({
      server: { ...mutualServer, trustedCA: [stranger] },
      client: { ...mutualClient, trustedCA: [stranger] },
    });
    expect(first.errors.map(({ side, stage }) => [side, stage]).sort()).toEqual([
      ['client', 'verification'],
      ['server', 'verification'],
    ]);
  });

  it.each([
    [
      'a revoked certificate',
      [crlOf(root), crlOf(ca, { entries: [{ serialNumber: 1001 }] })],
      'CERT_REVOKED',
      'crl/revoked',
    ],
    ['no CRL for the issuing CA', [crlOf(root)], 'UNABLE_TO_GET_CRL', 'crl/missing'],
    ['a stale CRL', [crlOf(root), crlOf(ca, { nextUpdate: new Date('2025-08-01') })], 'CRL_HAS_EXPIRED', 'crl/stale'],
  ] as const)('is refused for %s', async (_, crls, code, finding) => {
    const said = createFinding(finding, { kind: 'crl', name: 'x' }, {} as never);
    const { first } = await run({ server: serverSide, client: { ...clientSide, tlsCRL: crls } }, [said]);
    expect(first.errors).toMatchObject([{ code, explainedBy: [said] }]);
  });

  it('goes without the CRLs where only the own certificate is to be checked, and says so', async () => {
    const input = { server: serverSide, revocation: 'leaf' } as const;
    const partial = await run({ ...input, client: { ...clientSide, tlsCRL: [crlOf(ca)] } });
    expect([partial.first.connected, partial.first.revocation]).toEqual([true, 'not-rehearsed']);
    expect(codes(partial)).toEqual(['rehearse/revocation-not-rehearsed']);
    const whole = await run({ ...input, client: { ...clientSide, tlsCRL: [crlOf(ca), crlOf(root)] } });
    expect([whole.first.connected, whole.first.revocation, codes(whole)]).toEqual([true, 'rehearsed', []]);
  });
});

describe('what cannot be rehearsed in full', () => {
  it('puts a client in the place of one that is not given, and says what it trusts', async () => {
    const result = await run({ server: mutualServer });
    expect([result.ok, codes(result)]).toEqual([true, ['rehearse/stand-in-client']]);
    expect(result.findings[0]?.params).toEqual({ trusted: 1, mutual: true });
    expect([result.first.client.isStandIn, result.first.server.verdict]).toEqual([true, 'not-asked']);
  });

  it('refuses a client alone', async () => {
    const configuration = await makeConfiguration(makeScratch(), { client: clientSide });
    const result = await rehearse(configuration, { findings: [] });
    expect([result.ok, result.rehearsals, codes(result)]).toEqual([false, [], ['rehearse/no-server']]);
  });

  it('takes certificate, key and roots of a Windows side from the store that is given', async () => {
    const thumbprint = fingerprint(server.certificate, 'sha1').toUpperCase();
    const windows = { platform: 'windows' } as const;
    const input = { server: { ...windows, thumbprint }, client: windows };
    const store = { holders: [root, ca, server], keys: [server.key] };
    const { ok, first } = await run({ ...input, store });
    expect([ok, names(first.client.received)]).toEqual([true, ['CN=server', 'CN=Issuing']]);
    for (const [given, missing] of [
      [undefined, ['store', 'store']],
      [{ ...store, holders: [] }, ['certificate']],
      [{ ...store, keys: [] }, ['key']],
    ] as const) {
      const configuration = await makeConfiguration(makeScratch(), { ...input, store: given });
      const result = await rehearse(configuration, { findings: [] });
      expect([result.ok, result.rehearsals]).toEqual([false, []]);
      expect(result.findings.map(({ params }) => params.missing)).toEqual(missing);
    }
  });

  it('ends in bounded time and when it is called off', async () => {
    const input = { server: serverSide, client: clientSide };
    const configuration = await makeConfiguration(makeScratch(), input);
    const controller = new AbortController();
    controller.abort();
    const called = await rehearse(configuration, { findings: [], signal: controller.signal });
    expect(called.rehearsals[0]?.errors).toMatchObject([{ code: 'ABORT_ERR' }]);
    const late = await rehearse(configuration, { findings: [], timeLimit: 0 });
    expect(late.rehearsals[0]?.errors).toMatchObject([{ code: 'ETIMEDOUT' }]);
    expect([called.ok, late.ok]).toEqual([false, false]);
  });

  it('leaves no socket behind and tells nothing of the key', async () => {
    const countSockets = async () => {
      // Handles are closed at the end of a turn of the event loop.
      await new Promise((resolve) => setTimeout(resolve, 50));
      return process.getActiveResourcesInfo().filter((name) => /TCP|TLS/.test(name)).length;
    };
    const before = await countSockets();
    const result = await run({ server: mutualServer, client: mutualClient });
    await run({ server: serverSide, client: { trustedCA: [stranger] } });
    expect(await countSockets()).toBe(before);
    expect(JSON.stringify(result)).not.toContain('PRIVATE KEY');
  });
});
