import { describe, expect, test } from 'vitest';
import { makePKI, type SoundPKI } from '../../../support/configuration.js';
import { issueCertificate } from '../../../support/pki.js';
import {
  changeSound,
  failed,
  findCheck,
  judge,
  passed,
  runPreflight,
  tellFindings,
  warned,
  type SideChanges,
} from '../../../support/preflighted.js';

const past = new Date('2026-01-01');
const stranger = makePKI({ root: { subject: 'CN=Other Root' }, issuing: { subject: 'CN=Other Issuing CA' } });
const trust = (pick: (pki: SoundPKI) => SideChanges['client']) => changeSound((pki) => ({ client: pick(pki) }));

describe('trust/bundle-fit', () => {
  test('passes for the root alone', async () => {
    expect(
      await judge(
        trust(() => ({})),
        'client',
        'trust/bundle-fit',
      ),
    ).toEqual(passed);
  });

  test('fails for an intermediate without its root, and says it once', async () => {
    const result = await runPreflight(trust(({ issuing }) => ({ trustedCA: [issuing] })));
    const check = findCheck(result, 'client', 'trust/bundle-fit');
    expect(tellFindings(check)).toEqual(['error bundle/missing-root CN=Issuing CA [client trusted-ca]']);
    expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual(check.findings);
    expect(findCheck(result, 'client', 'trust/peer-trusted').params).toEqual({ because: 'trust/bundle-fit' });
  });

  test('only warns of what the peer is trusted without', async () => {
    const expired = issueCertificate(undefined, { subject: 'CN=Old Root', ca: true, notAfter: past });
    const input = trust(({ root }) => ({ trustedCA: [root, expired, stranger.issuing] }));
    expect(await judge(input, 'client', 'trust/bundle-fit')).toEqual(
      warned(
        'warning certificate/expired CN=Old Root [client trusted-ca]',
        'warning bundle/missing-root CN=Other Issuing CA [client trusted-ca]',
      ),
    );
  });

  test('fails for a stale intermediate in it, which OpenSSL takes before the one that is sent', async () => {
    const input = trust(({ root, issuing }) => ({
      trustedCA: [
        issueCertificate(root, { subject: issuing.subject, ca: true, key: issuing.key, notAfter: past }),
        root,
      ],
    }));
    expect(await judge(input, 'client', 'trust/bundle-fit')).toEqual(
      failed('error certificate/expired CN=Issuing CA [client trusted-ca]'),
    );
  });

  test('warns of a private key in it', async () => {
    const input = trust(({ root, client }) => ({ trustedCA: [root, client.key] }));
    const { outcome, findings } = await judge(input, 'client', 'trust/bundle-fit');
    expect(outcome).toBe('warned');
    expect(findings).toContain('warning bundle/holds-private-key PRIVATE KEY [client trusted-ca]');
  });

  test('a side that trusts nobody fails', async () => {
    expect(
      await judge(
        trust(() => ({ trustedCA: undefined })),
        'client',
        'trust/bundle-fit',
      ),
    ).toEqual(failed('error preflight/no-trusted-ca trusted-ca'));
  });
});

describe('trust/peer-trusted', () => {
  test('passes where the chain ends in a trusted root, in both directions', async () => {
    const result = await runPreflight(trust(() => ({})));
    expect(findCheck(result, 'client', 'trust/peer-trusted').params).toEqual({
      peer: 'CN=sip1.example.com',
      root: 'CN=Root CA',
    });
    expect(findCheck(result, 'server', 'trust/peer-trusted').params).toEqual({
      peer: 'CN=agent.example.com',
      root: 'CN=Root CA',
    });
  });

  test('fails for another root, at the verifier', async () => {
    expect(
      await judge(
        trust(() => ({ trustedCA: [stranger.root] })),
        'client',
        'trust/peer-trusted',
      ),
    ).toEqual(failed('error chain/root-not-trusted CN=Root CA [client trusted-ca]'));
  });

  test('in mutual TLS the server has to trust the client, too', async () => {
    const input = changeSound(() => ({ server: { trustedCA: [stranger.root] } }));
    expect(await judge(input, 'server', 'trust/peer-trusted')).toEqual(
      failed('error chain/root-not-trusted CN=Root CA [server trusted-ca]'),
    );
  });

  test('fails for an impostor of the same name, whatever the CRLs are', async () => {
    const impostor = issueCertificate(undefined, { subject: 'CN=Root CA', ca: true, ski: false });
    expect(
      await judge(
        trust(({ root }) => ({ trustedCA: [impostor, root] })),
        'client',
        'trust/peer-trusted',
      ),
    ).toEqual(failed('error path/signature-invalid CN=Issuing CA [client trusted-ca]'));
  });

  test('a self-signed certificate is trusted where it is itself in the trusted-ca', async () => {
    const own = issueCertificate(undefined, { subject: 'CN=self', san: ['sip1.example.com'] });
    const files = { certificate: [own], certificateKey: [own.key] };
    const judgeWith = (trustedCA: readonly (typeof own)[]) =>
      judge(
        changeSound(() => ({ server: files, client: { trustedCA, tlsCRL: undefined } })),
        'client',
        'trust/peer-trusted',
      );
    expect(await judgeWith([own])).toEqual(passed);
    expect(await judgeWith([stranger.root])).toEqual(
      failed('error path/self-signed-end-entity CN=self [client trusted-ca]'),
    );
  });
});
