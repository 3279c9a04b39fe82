import { expect, test } from 'vitest';
import { optionChecks } from '../../../src/report/wording/checks-options.js';
import { checkTogether } from '../../../src/security-pack/options/check-together.js';
import { settle } from '../../support/settings.js';

const files = 'certificate=/c.pem\ncertificate-key=/k.pem\ntrusted-ca=/ca.pem\ntls-target-name-check=host\n';
const sip =
  '[sip]\ncontact=sips:fly.example.com\nsrv=_sips._tls.example.com\nsip-port-tls=5061\n[sip-proxy A]\ntls-port=5061\n';
const server = settle(`[security]\n${files}[port]\ntransport=tls=1;tls-mutual=1\n${sip}`);
const client = settle(`[security]\n${files}cipher-list=HIGH\nciphersuites=TLS_AES_256_GCM_SHA384\n${sip}`, {
  side: 'client',
});
const bare = settle('', { side: 'client', platform: 'windows' });

const checks = [
  ...server.checks,
  ...client.checks,
  ...bare.checks,
  ...checkTogether(server, client),
  ...checkTogether(settle('[security]\nsec-protocol=TLSv13'), settle('[security]\nsec-protocol=TLSv12')),
  ...checkTogether(settle('[security]\nsec-protocol=TLSv12\ncipher-list=NONSENSE'), bare),
];

test('every check of the options has its words, and no other', () => {
  expect([...new Set(checks.map(({ name }) => name))].sort()).toEqual(Object.keys(optionChecks).sort());
});

test('what a line says is one line without a missing value', () => {
  const lines = checks.map((check) => {
    const words = optionChecks[check.name];
    return check.outcome === 'not-made' ? words?.notMade?.(check.params) : words?.passed(check.params);
  });
  expect(
    lines.filter((line) => line === undefined || line === '' || /undefined|null|\[object|\n|\.$/.test(line)),
  ).toEqual([]);
});

test('a line says what holds', () => {
  const lineOf = (name: string): string | undefined => {
    const check = [...client.checks, ...checkTogether(server, client)].find((each) => each.name === name);
    return check && optionChecks[name]?.passed(check.params);
  };
  expect(lineOf('options/level')).toBe(
    '[security] is in force: certificate, certificate-key, trusted-ca, tls-target-name-check, cipher-list, ciphersuites',
  );
  expect(lineOf('options/mandatory')).toBe('trusted-ca: all that a UNIX client needs is set');
  expect(lineOf('protocol/versions')).toBe('TLSv1.2 to TLSv1.3, the default');
  expect(lineOf('protocol/common-cipher')).toBe('1 cipher of TLSv1.3 in common, such as TLS_AES_256_GCM_SHA384');
  expect(lineOf('sip/ports')).toBe('the same TLS port 5061 in 2 places');
});
