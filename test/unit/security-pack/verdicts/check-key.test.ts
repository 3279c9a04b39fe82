import { chmodSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Check } from '../../../../src/security-pack/check.js';
import { preflight } from '../../../../src/security-pack/preflight.js';
import { makeConfiguration, makePKI, soundConfiguration } from '../../../support/configuration.js';
import { makeKeyPair } from '../../../support/pki.js';
import {
  changeSound,
  failed,
  findCheck,
  judge,
  passed,
  preflightAt,
  runPreflight,
  tellFindings,
  warned,
} from '../../../support/preflighted.js';
import { makeScratch } from '../../../support/scratch.js';

test.each(['key/present', 'key/usable', 'key/matches', 'key/protected'])(
  '%s passes with the right key',
  async (name) => {
    expect(
      await judge(
        changeSound(() => ({})),
        'server',
        name,
      ),
    ).toEqual(passed);
  },
);

test('key/present fails for a file without a key, and the others are not made', async () => {
  const result = await runPreflight(changeSound(({ server }) => ({ server: { certificateKey: [server] } })));
  expect(tellFindings(findCheck(result, 'server', 'key/present'))).toEqual([
    'error key/none-in-file key.pem [server certificate-key]',
  ]);
  expect(findCheck(result, 'server', 'key/usable').params).toEqual({ because: 'key/present' });
  expect(result.ok).toBe(false);
});

describe('key/usable', () => {
  const encrypt = (key: ReturnType<typeof makeKeyPair>): string =>
    key.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'secret' }).toString();

  test('fails for an encrypted key: the pack has nobody to ask', async () => {
    const input = changeSound(({ server }) => ({ server: { certificateKey: [encrypt(server.key)] } }));
    const finding = 'error key/encrypted ENCRYPTED PRIVATE KEY [server certificate-key]';
    expect(await judge(input, 'server', 'key/usable')).toEqual(failed(finding));
    const matches = findCheck(await runPreflight(input), 'server', 'key/matches');
    expect(matches).toMatchObject({ outcome: 'not-made', params: { because: 'key/usable' } });
  });

  test('warns of several keys, of which OpenSSL takes the first', async () => {
    const input = changeSound(({ server }) => ({ server: { certificateKey: [server.key, makeKeyPair()] } }));
    expect(await judge(input, 'server', 'key/usable')).toEqual(
      warned('warning key/several-in-file key.pem [server certificate-key]'),
    );
    expect(await judge(input, 'server', 'key/matches')).toEqual(passed);
    const turned = changeSound(({ server }) => ({ server: { certificateKey: [makeKeyPair(), server.key] } }));
    expect((await judge(turned, 'server', 'key/matches')).outcome).toBe('failed');
  });
});

describe('key/matches', () => {
  test('fails for the key of no certificate of the file', async () => {
    const input = changeSound(() => ({ client: { certificateKey: [makeKeyPair()] } }));
    expect(await judge(input, 'client', 'key/matches')).toEqual(
      failed('error chain/key-matches-none CN=agent.example.com [client certificate-key]'),
    );
  });

  test('fails even where the client is not asked for its certificate: OpenSSL loads it all the same', async () => {
    const input = changeSound(() => ({ server: { mutual: false }, client: { certificateKey: [makeKeyPair()] } }));
    const result = await runPreflight(input);
    expect(findCheck(result, 'client', 'key/matches').outcome).toBe('failed');
    expect(findCheck(result, 'client', 'chain/complete').params).toEqual({ reason: 'not-sent' });
  });

  test('leaves a wrong order to the check of the order', async () => {
    const input = changeSound(({ root, issuing, server }) => ({ server: { certificate: [root, issuing, server] } }));
    const check = findCheck(await runPreflight(input), 'server', 'key/matches');
    expect(check).toMatchObject({ outcome: 'not-made', params: { because: 'chain/own-first' } });
  });
});

describe('key/protected', () => {
  const readable = async (root: boolean): Promise<Check> => {
    const scratch = makeScratch();
    const input = { ...soundConfiguration(makePKI()), root };
    await makeConfiguration(scratch, input);
    const key = scratch.path('server/key.pem');
    chmodSync(key, 0o644);
    const path = root ? key.slice(scratch.directory.length) : key;
    const configuration = await makeConfiguration(scratch, {
      ...input,
      server: { ...input.server, certificateKey: { path } },
    });
    return findCheck(preflight(configuration, { at: preflightAt }), 'server', 'key/protected');
  };

  test('warns of a key that all may read', async () => {
    const check = await readable(false);
    expect(check.outcome).toBe('warned');
    expect(tellFindings(check)).toEqual(['warning preflight/key-readable-by-others key.pem [server certificate-key]']);
    expect(check.findings[0]?.params.mode).toBe('0644');
  });

  test('is not made below --root, where the permissions are those of a copy', async () => {
    expect(await readable(true)).toMatchObject({ outcome: 'not-made', params: { reason: 'copy' }, findings: [] });
  });
});
