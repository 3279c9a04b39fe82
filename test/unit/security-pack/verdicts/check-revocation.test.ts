import { describe, expect, test } from 'vitest';
import { makeCRLOf, makePKI, type SoundPKI } from '../../../support/configuration.js';
import {
  changeSound,
  failed,
  findCheck,
  judge,
  passed,
  runPreflight,
  tellFindings,
} from '../../../support/preflighted.js';

const past = new Date('2026-01-01');
const pki = makePKI({ server: { serialNumber: 77 }, issuing: { serialNumber: 78 } });
const withCRLs = (pick: (pki: SoundPKI) => readonly Uint8Array[]) =>
  changeSound((own) => ({ client: { tlsCRL: pick(own) } }), pki);
const assumed = 'info preflight/revocation-scope-assumed tls-crl [client tls-crl]';

describe('revocation/crls-usable', () => {
  test('passes for current CRLs', async () => {
    expect(
      await judge(
        withCRLs(({ crls }) => crls),
        'client',
        'revocation/crls-usable',
      ),
    ).toEqual(passed);
  });

  test.each<readonly [string, (pki: SoundPKI) => readonly Uint8Array[], string]>([
    [
      'a stale CRL',
      ({ issuing, crls }) => [makeCRLOf(issuing, { nextUpdate: past }), crls[1]],
      'crl/stale CN=Issuing CA',
    ],
    [
      'a stale CRL of the root',
      ({ root, crls }) => [crls[0], makeCRLOf(root, { nextUpdate: past })],
      'crl/stale CN=Root CA',
    ],
    [
      'a forged CRL',
      ({ issuing, crls }) => [makeCRLOf(issuing, { signature: 'broken' }), crls[1]],
      'crl/bad-signature CN=Issuing CA',
    ],
    [
      'a CRL of tomorrow',
      ({ issuing, crls }) => [makeCRLOf(issuing, { thisUpdate: new Date('2027-01-01') }), crls[1]],
      'crl/not-yet-valid CN=Issuing CA',
    ],
  ])('fails for %s, and says it once', async (_, pick, finding) => {
    const result = await runPreflight(withCRLs(pick));
    const check = findCheck(result, 'client', 'revocation/crls-usable');
    expect(tellFindings(check)).toEqual([`error ${finding} [client tls-crl]`]);
    expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual(check.findings);
    expect(findCheck(result, 'client', 'revocation/peer-not-revoked').params).toEqual({
      because: 'revocation/crls-usable',
    });
  });

  test('only warns of a stale CRL that nobody needs, and of one that ends within a week', async () => {
    const other = makePKI({ issuing: { subject: 'CN=Other CA' } }).issuing;
    const soon = new Date('2026-11-24T00:00:00Z');
    const input = withCRLs(({ issuing, crls }) => [
      makeCRLOf(issuing, { nextUpdate: soon }),
      crls[1],
      makeCRLOf(other, { nextUpdate: past }),
    ]);
    const { outcome, findings } = await judge(input, 'client', 'revocation/crls-usable');
    expect(outcome).toBe('warned');
    expect(findings).toContain('warning crl/expires-soon CN=Issuing CA [client tls-crl]');
    expect(findings).toContain('warning crl/stale CN=Other CA [client tls-crl]');
  });
});

describe('revocation/peer-not-revoked', () => {
  test('passes where no CRL lists the chain, and says what is assumed', async () => {
    const { outcome, findings } = await judge(
      withCRLs(({ crls }) => crls),
      'client',
      'revocation/peer-not-revoked',
    );
    expect([outcome, findings]).toEqual(['passed', [assumed]]);
  });

  test.each<readonly [string, (pki: SoundPKI) => readonly Uint8Array[], string]>([
    [
      'a revoked certificate',
      ({ issuing, crls }) => [makeCRLOf(issuing, { entries: [{ serialNumber: 77 }] }), crls[1]],
      'crl/revoked CN=sip1.example.com',
    ],
    [
      'a revoked intermediate',
      ({ root, crls }) => [crls[0], makeCRLOf(root, { entries: [{ serialNumber: 78 }] })],
      'crl/revoked CN=Issuing CA',
    ],
    ['a CA without a CRL', ({ crls }) => [crls[0]], 'crl/missing CN=Root CA'],
  ])('fails for %s', async (_, pick, finding) => {
    expect(await judge(withCRLs(pick), 'client', 'revocation/peer-not-revoked')).toEqual(
      failed(`error ${finding} [client tls-crl]`, assumed),
    );
  });

  test('asks for the CRL of the end entity alone where the scope is leaf', async () => {
    const input = { ...withCRLs(({ crls }) => [crls[0]]), revocation: 'leaf' } as const;
    expect((await judge(input, 'client', 'revocation/peer-not-revoked')).outcome).toBe('passed');
  });

  test('is not made without tls-crl, and says so', async () => {
    const input = changeSound(() => ({ client: { tlsCRL: undefined } }), pki);
    const result = await runPreflight(input);
    expect(findCheck(result, 'client', 'revocation/peer-not-revoked')).toMatchObject({
      outcome: 'not-made',
      params: { reason: 'tls-crl-not-set' },
    });
    expect(result.ok).toBe(true);
  });
});

describe('revocation/distribution-points', () => {
  const store = { holders: [pki.root], keys: [] };
  const judgeWindows = (points?: readonly string[]) => {
    const own = makePKI(points ? { server: { crlDistributionPoints: points } } : {});
    const client = { platform: 'windows' as const, trustedCA: undefined, tlsCRL: undefined };
    const input = changeSound(
      () => ({ server: { mutual: false }, client: { ...client, certificate: undefined } }),
      own,
    );
    return judge({ ...input, store }, 'client', 'revocation/distribution-points');
  };

  test('passes for a Windows verifier without remote distribution points', async () => {
    expect(await judgeWindows()).toEqual(passed);
  });

  test('warns of a remote one, at which verification stalls', async () => {
    expect(await judgeWindows(['URI:http://crl.example.com/ca.crl'])).toMatchObject({
      outcome: 'warned',
      findings: [expect.stringContaining('warning preflight/remote-distribution-point CN=sip1.example.com')],
    });
  });
});
