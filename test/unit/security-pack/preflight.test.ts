import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verdictChecks } from '../../../src/report/wording/checks-verdicts.js';
import { makeCRLOf, makePKI, soundConfiguration } from '../../support/configuration.js';
import { makeKeyPair } from '../../support/pki.js';
import { changeSound, findCheck, runPreflight, tellFindings } from '../../support/preflighted.js';

describe('a sound configuration', () => {
  test('of mutual TLS passes every check, in both directions', async () => {
    const result = await runPreflight(soundConfiguration());
    expect(result.ok).toBe(true);
    expect(result.checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(result.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(result.directions.map(({ presenter, verifier }) => `${presenter} to ${verifier}`)).toEqual([
      'server to client',
      'client to server',
    ]);
    expect(result.directions.map(({ result: verified, sent }) => [verified?.ok, sent.length])).toEqual([
      [true, 3],
      [true, 3],
    ]);
  });

  test('of simple TLS goes one way only, and needs no client certificate', async () => {
    const bare = { certificate: undefined, certificateKey: undefined };
    const result = await runPreflight(changeSound(() => ({ server: { mutual: false }, client: bare })));
    expect(result.ok).toBe(true);
    expect(result.directions).toHaveLength(1);
  });

  test('has at most 16 lines a side of files, keys, chains, trust, CRLs and names', async () => {
    const { checks } = await runPreflight(soundConfiguration());
    const own = checks.filter(({ name }) => name in verdictChecks);
    expect(own.filter(({ side }) => side === 'server').length).toBeLessThanOrEqual(16);
    expect(own.length).toBeGreaterThan(25);
  });
});

test('every check that is not about options has its words, passed and not made', async () => {
  const results = [
    await runPreflight(soundConfiguration()),
    await runPreflight(changeSound(() => ({ server: { certificate: { path: '/nowhere.pem' } } }))),
    await runPreflight({ server: soundConfiguration().server }),
  ];
  for (const { checks } of results) {
    for (const { name, group, params, outcome } of checks) {
      if (group === 'options' || group === 'protocol') continue;
      const words = verdictChecks[name];
      expect(words, name).toBeDefined();
      const line = outcome === 'not-made' ? words?.notMade?.(params) : words?.passed(params);
      expect(line, name).toMatch(/^(?!.*(undefined|null|NaN))./);
    }
  }
});

test('findings are each told once, errors first', async () => {
  const input = changeSound(() => ({
    server: { certificateKey: [makeKeyPair()] },
    client: { trustedCA: [makePKI().issuing] },
  }));
  const { findings } = await runPreflight(input);
  const severities = findings.map(({ severity }) => severity);
  expect(severities).toEqual([...severities].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
  expect(new Set(findings.map((finding) => JSON.stringify(finding))).size).toBe(findings.length);
});
const order = ['error', 'warning', 'info'];

describe('expiries', () => {
  test('name what ends first, with its side, certificates and CRLs together', async () => {
    const pki = makePKI({ client: { notAfter: new Date('2026-12-24') } });
    const crls = [makeCRLOf(pki.issuing, { nextUpdate: new Date('2026-12-06') }), pki.crls[1]];
    const { expiries } = await runPreflight(changeSound(() => ({ client: { tlsCRL: crls } }), pki));
    expect(expiries.slice(0, 2).map(({ side, kind, instant }) => [side, kind, instant.toISOString()])).toEqual([
      ['client', 'crl', '2026-12-06T00:00:00.000Z'],
      ['client', 'certificate', '2026-12-24T00:00:00.000Z'],
    ]);
    expect(expiries[0]?.origin?.file).toMatch(/tls-crl\.pem$/);
  });
});

describe('a side alone', () => {
  test('a server is judged by its own root, and it is said that nobody is known to trust it', async () => {
    const result = await runPreflight({ server: { ...soundConfiguration().server, mutual: false } });
    expect(result.ok).toBe(true);
    expect(findCheck(result, 'server', 'chain/valid').outcome).toBe('passed');
    expect(findCheck(result, 'client', 'trust/peer-trusted')).toMatchObject({
      outcome: 'not-made',
      params: { reason: 'verifier-not-known' },
    });
  });

  test('a client verifies what its peer is said to send', async () => {
    const pki = makePKI();
    const { client, targets } = soundConfiguration(pki);
    const peer = [pki.server, pki.issuing, pki.root];
    const good = await runPreflight({ client, targets, peer });
    expect(findCheck(good, 'client', 'trust/peer-trusted').outcome).toBe('passed');
    expect(findCheck(good, 'client', 'name/matches').outcome).toBe('passed');
    const stranger = makePKI();
    const bad = await runPreflight({ client, targets, peer: [stranger.server, stranger.issuing, stranger.root] });
    expect(tellFindings(findCheck(bad, 'client', 'trust/peer-trusted'))[0]).toContain('error chain/root-not-trusted');
    expect(bad.ok).toBe(false);
  });

  test('what an unknown peer would send is not guessed', async () => {
    const { client, targets } = soundConfiguration();
    const result = await runPreflight({ client, targets });
    for (const name of ['trust/peer-trusted', 'name/matches']) {
      expect(findCheck(result, 'client', name)).toMatchObject({
        outcome: 'not-made',
        params: { reason: 'peer-not-known' },
      });
    }
  });
});

describe('mutual TLS', () => {
  test('a client without a certificate fails at its options, and the server has nothing to verify', async () => {
    const bare = { certificate: undefined, certificateKey: undefined };
    const result = await runPreflight(changeSound(() => ({ client: bare })));
    expect(result.ok).toBe(false);
    expect(findCheck(result, 'client', 'options/client-certificate').outcome).toBe('failed');
    expect(findCheck(result, 'client', 'key/present').params).toEqual({ because: 'options/client-certificate' });
    expect(findCheck(result, 'server', 'trust/peer-trusted').params).toEqual({
      because: 'key/present',
      becauseSide: 'client',
    });
  });

  test('a server without a key fails, whoever read its options', async () => {
    const result = await runPreflight(changeSound(() => ({ server: { certificateKey: undefined } })));
    const check = findCheck(result, 'server', 'key/present');
    expect(tellFindings(check)).toEqual(['error preflight/nothing-to-present certificate']);
    expect(check.findings[0]?.params.missing).toEqual(['certificate-key']);
  });
});

describe('a Windows side', () => {
  const pki = makePKI();
  const thumbprint = createHash('sha1').update(pki.server.certificate).digest('hex');
  const windows = (changes: object = {}) =>
    changeSound(
      () => ({
        server: {
          platform: 'windows',
          thumbprint,
          certificate: undefined,
          certificateKey: undefined,
          trustedCA: undefined,
          tlsCRL: undefined,
          mutual: false,
          ...changes,
        },
      }),
      pki,
    );
  const holders = [pki.root, pki.issuing, pki.server];

  test('without its store is warned of, never simply passed', async () => {
    const result = await runPreflight(windows());
    expect(tellFindings(findCheck(result, 'server', 'files/windows-store'))).toEqual([
      'warning preflight/store-not-at-hand certificate [server certificate]',
    ]);
    expect(findCheck(result, 'server', 'chain/complete').params).toEqual({ because: 'files/windows-store' });
    expect(findCheck(result, 'client', 'trust/peer-trusted').outcome).toBe('not-made');
  });

  test('with its store is judged as any other, and does not send the root', async () => {
    const result = await runPreflight({ ...windows(), store: { holders, keys: [pki.server.key] } });
    expect(result.ok).toBe(true);
    expect(findCheck(result, 'client', 'trust/peer-trusted').outcome).toBe('passed');
    expect(result.directions[0]?.sent).toHaveLength(2);
  });

  test('is warned of a key that is not at hand, and fails for an unknown thumbprint', async () => {
    const store = { holders, keys: [] };
    const keyless = await runPreflight({ ...windows(), store });
    expect(tellFindings(findCheck(keyless, 'server', 'files/windows-store'))).toEqual([
      'warning preflight/store-key-missing certificate [server certificate]',
    ]);
    const unknown = await runPreflight({ ...windows({ thumbprint: '0'.repeat(40) }), store });
    expect(tellFindings(findCheck(unknown, 'server', 'files/windows-store'))).toEqual([
      'error preflight/thumbprint-not-found certificate [server certificate]',
    ]);
    expect(unknown.ok).toBe(false);
  });
});
