import { describe, expect, test } from 'vitest';
import { encodePem } from '../../../src/pem/encode.js';
import { encodeParts, makePKI, type SoundPKI } from '../../support/configuration.js';
import { exportPKCS8 } from '../../support/keys.js';
import {
  changeSound,
  failed,
  findCheck,
  judge,
  passed,
  runPreflight,
  tellFindings,
  type SideChanges,
} from '../../support/preflighted.js';

type Case = readonly [name: string, changes: (pki: SoundPKI) => SideChanges, findings: string];

describe('files/readable', () => {
  test('passes where every file is there', async () => {
    expect(
      await judge(
        changeSound(() => ({})),
        'server',
        'files/readable',
      ),
    ).toEqual(passed);
  });

  test.each<Case>([
    [
      'a file that is not there',
      () => ({ server: { certificate: { path: '/nowhere/chain.pem' } } }),
      'error input/not-found chain.pem [server certificate]',
    ],
    ['a directory', () => ({ server: { trustedCA: { path: '/' } } }), 'error input/not-a-file  [server trusted-ca]'],
    ['an empty file', () => ({ server: { tlsCRL: { raw: '' } } }), 'error input/empty tls-crl.pem [server tls-crl]'],
  ])('fails for %s', async (_, changes, finding) => {
    expect(await judge(changeSound(changes), 'server', 'files/readable')).toEqual(failed(finding));
  });

  test('keeps from what hangs on the file, not from the rest', async () => {
    const result = await runPreflight(changeSound(() => ({ server: { certificate: { path: '/nowhere/chain.pem' } } })));
    expect(findCheck(result, 'server', 'chain/complete').params).toEqual({ because: 'files/readable' });
    expect(findCheck(result, 'client', 'trust/peer-trusted').params).toEqual({
      because: 'files/readable',
      becauseSide: 'server',
    });
    expect(findCheck(result, 'server', 'trust/peer-trusted').outcome).toBe('passed');
    expect(result.ok).toBe(false);
  });
});

describe('files/pem', () => {
  test('passes for PEM with Windows line ends', async () => {
    const changes = ({ root }: SoundPKI): SideChanges => ({
      client: { trustedCA: { raw: encodeParts([root]).replaceAll('\n', '\r\n') } },
    });
    const { outcome, findings } = await judge(changeSound(changes), 'client', 'files/pem');
    expect([outcome, findings]).toEqual(['passed', ['info pem/crlf trusted-ca.pem [client trusted-ca]']]);
  });

  test.each<Case>([
    [
      'the four dashes of the guide',
      ({ root }) => ({ client: { trustedCA: { raw: encodeParts([root]).replaceAll('-----', '----') } } }),
      'error pem/dash-count CERTIFICATE [client trusted-ca]',
    ],
    [
      'DER',
      ({ root }) => ({ client: { trustedCA: { raw: root.certificate } } }),
      'error preflight/not-pem trusted-ca.pem [client trusted-ca]',
    ],
    [
      'a key in DER',
      ({ client }) => ({ client: { certificateKey: { raw: exportPKCS8(client.key) } } }),
      'error preflight/not-pem key.pem [client certificate-key]',
    ],
    [
      'text without blocks',
      () => ({ client: { trustedCA: { raw: 'see the wiki\n' } } }),
      'error input/no-objects trusted-ca.pem [client trusted-ca]',
    ],
  ])('fails for %s', async (_, changes, finding) => {
    expect(await judge(changeSound(changes), 'client', 'files/pem')).toEqual(failed(finding));
  });

  test('leaves the label of CRLs to the check of the CRLs', async () => {
    const changes = ({ crls }: SoundPKI): SideChanges => ({
      client: { tlsCRL: { raw: crls.map((crl) => encodePem('CRL', crl)).join('') } },
    });
    const result = await runPreflight(changeSound(changes));
    expect(findCheck(result, 'client', 'files/pem').outcome).toBe('passed');
    expect(tellFindings(findCheck(result, 'client', 'revocation/crls-usable'))).toContain(
      'error pem/crl-label tls-crl.pem [client tls-crl]',
    );
    expect(findCheck(result, 'client', 'revocation/peer-not-revoked').params).toEqual({
      because: 'revocation/crls-usable',
    });
  });

  test('a file of two options is told once', async () => {
    const pki = makePKI();
    const combined = encodeParts([pki.server.key, pki.server, pki.issuing, pki.root]).replaceAll('\n', '\r\n');
    const changes = (): SideChanges => ({
      server: { certificate: { raw: combined }, certificateKey: { raw: combined } },
    });
    const result = await runPreflight(changeSound(changes, pki));
    expect(result.ok).toBe(true);
    expect(findCheck(result, 'server', 'key/matches').outcome).toBe('passed');
  });
});
