import { describe, expect, test } from 'vitest';
import { createFinding } from '../../../../src/finding/catalogue.js';
import { withSetting } from '../../../../src/finding/finding.js';
import { encodePem } from '../../../../src/pem/encode.js';
import { concludeCheck } from '../../../../src/security-pack/check.js';
import { encodeParts, makePKI, type SoundPKI } from '../../../support/configuration.js';
import { samplePath } from '../../../support/samples.js';
import { exportPKCS8 } from '../../../support/keys.js';
import {
  changeSound,
  failed,
  findCheck,
  judge,
  passed,
  runPreflight,
  tellFindings,
  type SideChanges,
} from '../../../support/preflighted.js';

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

  test('a PKCS#12 file is told once, opened or not', async () => {
    const path = samplePath('etc/sec/certs/sip1.p12');
    const input = changeSound(() => ({ server: { certificate: { path } } }));
    const check = findCheck(await runPreflight(input), 'server', 'files/pem');
    expect(tellFindings(check)).toEqual(['error preflight/not-pem sip1.p12 [server certificate]']);
    expect(check.findings[0]?.params.container).toBe('PKCS#12');
  });

  test('a value that names no file is the fault of the option, which its check has told', async () => {
    const setting = { side: 'server', option: 'certificate', origin: { file: 'server.ini', line: 2 } } as const;
    const told = createFinding(
      'option/thumbprint-on-unix',
      { kind: 'option', name: 'certificate' },
      { value: 'AB' },
      { origin: setting.origin },
    );
    const findings = [withSetting(told, setting)];
    const checks = [concludeCheck({ name: 'options/paths', side: 'server', params: {}, findings })];
    const input = changeSound(() => ({ server: { certificate: { path: '/nowhere' }, checks } }));
    const result = await runPreflight(input);
    expect(findCheck(result, 'server', 'files/readable').outcome).toBe('passed');
    expect(findCheck(result, 'server', 'chain/complete').params).toEqual({ because: 'options/paths' });
    expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual(findings);
  });
});
