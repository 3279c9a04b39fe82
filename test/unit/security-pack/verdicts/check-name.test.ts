import { describe, expect, test } from 'vitest';
import { makePKI } from '../../../support/configuration.js';
import {
  changeSound,
  failed,
  findCheck,
  judge,
  passed,
  runPreflight,
  tellFindings,
  warned,
} from '../../../support/preflighted.js';

const sound = changeSound(() => ({}));
const option = '[client tls-target-name-check]';

describe('name/matches', () => {
  test('passes for the name of the certificate, and in another case with a warning', async () => {
    expect(await judge(sound, 'client', 'name/matches')).toEqual(passed);
    expect(await judge({ ...sound, targets: ['SIP1.example.com'] }, 'client', 'name/matches')).toEqual(
      warned(`warning host/case-differs SIP1.example.com ${option}`),
    );
  });

  test('a pack of 8.1 compares the case', async () => {
    const input = changeSound(() => ({ client: { packVersion: '8.1.300.35' } }));
    expect(await judge({ ...input, targets: ['SIP1.example.com'] }, 'client', 'name/matches')).toEqual(
      failed(
        `error host/case-differs SIP1.example.com ${option}`,
        `info host/common-name-ignored SIP1.example.com ${option}`,
      ),
    );
  });

  test.each([
    ['another name', 'phone.other.net', 'host/no-match'],
    ['an address', '192.0.2.1', 'host/target-ip'],
    ['the short name', 'sip1', 'host/short-target'],
  ])('fails for %s', async (_, target, code) => {
    const { outcome, findings } = await judge({ ...sound, targets: [target] }, 'client', 'name/matches');
    expect(outcome).toBe('failed');
    expect(findings[0]).toBe(`error ${code} ${target} ${option}`);
  });

  test('every host of an HA pair has to match', async () => {
    const result = await runPreflight({ ...sound, targets: ['sip1.example.com', 'sip9.example.com'] });
    expect(findCheck(result, 'client', 'name/matches').outcome).toBe('failed');
    expect(result.directions[0]?.hostChecks.map(({ matched }) => matched)).toEqual([true, false]);
  });

  test('with the name check off a mismatch is worth knowing, no error, and no pass', async () => {
    const input = changeSound(() => ({ client: { nameCheck: 'no' } }));
    const result = await runPreflight({ ...input, targets: ['sip9.example.com'] });
    const check = findCheck(result, 'client', 'name/matches');
    expect(check).toMatchObject({ outcome: 'not-made', params: { reason: 'name-check-off' } });
    expect(new Set(check.findings.map(({ severity }) => severity))).toEqual(new Set(['info']));
    expect(result.ok).toBe(true);
  });

  test('tls-target-name stands for the host, where the pack heeds it', async () => {
    const client = { tlsTargetName: 'sip1.example.com' };
    const targets = ['192.0.2.1'];
    const modern = changeSound(() => ({ client }));
    expect(await judge({ ...modern, targets }, 'client', 'name/matches')).toEqual(passed);
    const old = changeSound(() => ({ client: { ...client, packVersion: '8.5.100.10' } }));
    expect((await judge({ ...old, targets }, 'client', 'name/matches')).outcome).toBe('failed');
  });

  test('a common name alone works here, and is warned of', async () => {
    const input = changeSound(() => ({}), makePKI({ server: { san: undefined as never } }));
    const result = await runPreflight(input);
    const check = findCheck(result, 'client', 'name/matches');
    expect(check.outcome).toBe('warned');
    expect(tellFindings(check)).toEqual([`warning host/common-name-only sip1.example.com ${option}`]);
    const verifiers = findCheck(result, 'client', 'name/verifiers');
    expect(verifiers.findings.map(({ params }) => params.others)).toEqual([expect.arrayContaining(['rfc9525'])]);
  });
});

describe('name/verifiers', () => {
  test('has nothing to tell where all agree', async () => {
    expect(await judge(sound, 'client', 'name/verifiers')).toEqual(passed);
  });

  test('tells who would take a wildcard', async () => {
    const input = changeSound(() => ({}), makePKI({ server: { san: ['*.example.com'] } }));
    const { params } = findCheck(await runPreflight(input), 'client', 'name/verifiers').findings[0] ?? {};
    expect(params).toMatchObject({ matched: false, others: expect.arrayContaining(['openssl', 'java']) as unknown });
  });
});

describe('name/target-known', () => {
  test('passes with a target', async () => {
    expect(await judge(sound, 'client', 'name/target-known')).toEqual(passed);
  });

  test('warns where the check is on and nobody says what is connected to', async () => {
    const result = await runPreflight({ ...sound, targets: [] });
    expect(tellFindings(findCheck(result, 'client', 'name/target-known'))).toEqual([
      `warning preflight/target-unknown tls-target-name-check ${option}`,
    ]);
    expect(findCheck(result, 'client', 'name/matches').params).toEqual({ because: 'name/target-known' });
  });
});
