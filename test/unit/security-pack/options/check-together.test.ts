import { describe, expect, test } from 'vitest';
import { describeFinding } from '../../../../src/report/wording/wording.js';
import { checkTogether } from '../../../../src/security-pack/options/check-together.js';
import { readEndpointXml } from '../../../../src/security-pack/options/read-endpoint-xml.js';
import { findingsOf, settle, summarize } from '../../../support/settings.js';

const server = (lines = '') => settle(`[security]\ncertificate=/c.pem\n${lines}`);
const client = (lines = '', platform: 'unix' | 'windows' = 'unix') =>
  settle(`[security]\ntrusted-ca=/ca.pem\n${lines}`, { side: 'client', platform });
const outcomes = (...args: Parameters<typeof checkTogether>): Record<string, string> =>
  Object.fromEntries(checkTogether(...args).map(({ name, outcome }) => [name, outcome]));
const say = (...args: Parameters<typeof checkTogether>): string[] => findingsOf(checkTogether(...args)).map(summarize);

describe('versions', () => {
  test.each([
    ['', '', 'TLSv1.3'],
    ['sec-protocol=SSLv23', '', 'TLSv1.3'],
    ['sec-protocol=TLSv12', '', 'TLSv1.2'],
    ['', 'sec-protocol=TLSv12', 'TLSv1.2'],
    ['sec-protocol=TLSv13', 'sec-protocol=SSLv23', 'TLSv1.3'],
  ])('server %j, client %j: the highest in common is %s', (ours, theirs, version) => {
    const checks = checkTogether(server(ours), client(theirs));
    expect(checks.map(({ params }) => params.version)).toEqual([version, version]);
    expect(findingsOf(checks)).toEqual([]);
  });

  test.each([
    ['sec-protocol=TLSv13', 'sec-protocol=TLSv12', 'option/no-common-protocol side.ini:3'],
    ['sec-protocol=TLSv12', 'sec-protocol=TLSv13', 'option/no-common-protocol side.ini:3'],
    ['', 'sec-protocol=TLSv11', 'option/no-common-protocol side.ini:3'],
  ])('server %j, client %j: none in common', (ours, theirs, expected) => {
    expect(say(server(ours), client(theirs))).toEqual([expected]);
    expect(outcomes(server(ours), client(theirs))).toMatchObject({
      'protocol/common-version': 'failed',
      'protocol/common-cipher': 'not-made',
    });
  });

  test('the finding stands at the side that sets the option', () => {
    const [finding] = findingsOf(checkTogether(server(), client('sec-protocol=TLSv11')));
    expect(finding?.setting).toMatchObject({ side: 'client', option: 'sec-protocol' });
  });
});

describe('ciphers', () => {
  const [rsa, ecdsa] = ['cipher-list=ECDHE-RSA-AES128-GCM-SHA256', 'cipher-list=ECDHE-ECDSA-AES128-GCM-SHA256'];
  const old = 'sec-protocol=TLSv12\n';

  test.each([
    [`${old}${rsa}`, '', 'RSA', []],
    [`${old}${rsa}`, ecdsa, 'RSA', ['option/no-common-cipher side.ini:4']],
    [`${old}${ecdsa}`, '', 'RSA', ['option/no-common-cipher side.ini:4']],
    [`${old}${ecdsa}`, '', 'EC', []],
    [`${old}${ecdsa}`, '', undefined, []],
    [old, `${old}${ecdsa}`, 'RSA', ['option/no-common-cipher side.ini:4']],
    // TLS 1.3 takes its suites from elsewhere, and does not mind the key.
    [rsa, ecdsa, 'RSA', []],
  ])('TLS 1.2: server %j, client %j, key %s', (ours, theirs, keyType, expected) => {
    expect(say(server(ours), client(theirs), { keyType })).toEqual(expected);
  });

  test.each([
    ['ciphersuites=TLS_AES_256_GCM_SHA384', 'ciphersuites=TLS_AES_128_GCM_SHA256', 1],
    ['ciphersuites=TLS_AES_256_GCM_SHA384', '', 0],
    ['ciphersuites=TLS_AES_128_CCM_SHA256', '', 1],
    ['ciphersuites=', 'ciphersuites=TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_CCM_SHA256', 0],
  ])('TLS 1.3: server %j, client %j: %d error', (ours, theirs, errors) => {
    expect(say(server(ours), client(theirs))).toEqual(Array(errors).fill('option/no-common-cipher side.ini:3'));
  });

  test('a common cipher of TLS 1.2 does not help where TLS 1.3 is common', () => {
    const [ours, theirs] = [
      server('ciphersuites=TLS_AES_256_GCM_SHA384'),
      client('ciphersuites=TLS_AES_128_GCM_SHA256'),
    ];
    expect(outcomes(ours, theirs)['protocol/common-cipher']).toBe('failed');
  });

  test.each([
    ['anonymous ciphers', 'aNULL', 'RSA', 1],
    ['unencrypted ciphers', 'eNULL', 'RSA', 1],
    ['unencrypted ciphers at level 0', 'eNULL:@SECLEVEL=0', 'RSA', 0],
    ['Diffie-Hellman without parameters', 'DHE-RSA-AES128-GCM-SHA256', 'RSA', 1],
    ['key transport at level 3', 'AES256-GCM-SHA384:@SECLEVEL=3', 'RSA', 1],
    ['key transport with an RSA-PSS key', 'AES256-GCM-SHA384', 'RSA-PSS', 1],
  ])('what no handshake can use is not common: %s', (_, list, keyType, errors) => {
    const lines = `${old}cipher-list=${list}`;
    const said = say(server(lines), client(lines), { keyType });
    expect(said).toEqual(Array(errors).fill('option/no-common-cipher side.ini:4'));
  });

  test('that only ciphers with parameters are left is said', () => {
    const lines = `${old}cipher-list=DHE-RSA-AES128-GCM-SHA256`;
    const [finding] = findingsOf(checkTogether(server(lines), client(lines), { keyType: 'RSA' }));
    expect(finding && describeFinding(finding).message).toContain('works without Diffie-Hellman parameters');
  });

  test('a list that selects nothing has its own error', () => {
    expect(outcomes(server(`${old}cipher-list=NONSENSE`), client())['protocol/common-cipher']).toBe('not-made');
  });

  test('the key is told only where it is what keeps them apart', () => {
    const told = (ours: string, theirs: string): unknown =>
      findingsOf(checkTogether(server(ours), client(theirs), { keyType: 'RSA' }))[0]?.params.keyType;
    expect([told(`${old}${ecdsa}`, ''), told(`${old}${ecdsa}`, rsa)]).toEqual(['RSA', undefined]);
  });
});

describe('mutual TLS', () => {
  const mutual = server('tls-mutual=1');

  test.each([
    ['', ['certificate', 'certificate-key']],
    ['certificate=/c.pem', ['certificate-key']],
    ['certificate-key=/k.pem', ['certificate']],
  ])('a client with %j lacks %j', (lines, lacks) => {
    const findings = findingsOf(checkTogether(mutual, client(lines)));
    expect(findings.map(({ code, params }) => [code, params.lacks])).toEqual([
      ['option/client-certificate-missing', lacks],
    ]);
  });

  test('a client with both has all, and on Windows with a thumbprint alone', () => {
    expect(say(mutual, client('certificate=/c.pem\ncertificate-key=/k.pem'))).toEqual([]);
    expect(say(mutual, client(`certificate=${'ab'.repeat(20)}`, 'windows'))).toEqual([]);
  });

  test('an endpoint on Windows has a key option', () => {
    const xml = `<SipEndpoint xmlns="http://schemas.genesyslab.com/2009/sipendpoint"><Container name="Genesys"><settings xmlns="http://www.genesyslab.com/sip"><domain name="system"><section name="security"><setting name="certificate" value="C:\\c.pem"/></section></domain></settings></Container></SipEndpoint>`;
    const endpoint = settle([readEndpointXml(xml, 'e.config')], { side: 'client', platform: 'windows' });
    expect(say(mutual, endpoint)).toEqual(['option/client-certificate-missing e.config']);
  });

  test('is not asked of a client whose server does not ask', () => {
    expect(Object.keys(outcomes(server(), client('tls-mutual=1')))).not.toContain('options/client-certificate');
  });
});

describe('a pool of SIP proxies', () => {
  const pool = settle('[security]\ncertificate=/c.pem\n[sip-proxy a]\ntls-port=5061\n[sip-proxy b]\ntls-port=5061');
  const sip = (lines: string) => client(`[sip]\n${lines}`);
  const saySIP = (...args: Parameters<typeof checkTogether>): string[] =>
    say(...args).filter((text) => /sips|ports/.test(text));

  test.each([
    ['contact=sip:example.com;transport=tls\nsip-port-tls=5061', []],
    ['contact=sips:example.com;transport=tls', ['option/sips-through-proxy side.ini:4']],
    ['contact=sip:example.com;transport=tls\nsip-port-tls=5071', ['option/tls-ports-differ side.ini:5']],
  ])('held against a client with %j', (lines, expected) => {
    expect(saySIP(pool, sip(lines))).toEqual(expected);
  });

  test('another server does not mind', () => {
    expect(saySIP(server(), sip('contact=sips:example.com\nsip-port-tls=5071'))).toEqual([]);
  });
});

test('every finding is put into words with its values', () => {
  const pairs = [
    [server('sec-protocol=TLSv13'), client('sec-protocol=TLSv12')],
    [server('sec-protocol=TLSv12\ncipher-list=ECDHE-ECDSA-AES128-GCM-SHA256'), client()],
    [server('tls-mutual=1\nciphersuites=TLS_AES_128_CCM_SHA256'), client()],
  ] as const;
  const said = pairs.flatMap(([ours, theirs]) =>
    findingsOf(checkTogether(ours, theirs, { keyType: 'RSA' })).map(describeFinding),
  );
  expect(said).toHaveLength(4);
  for (const { message, hint = '' } of said) expect(`${message} ${hint}`).not.toMatch(/undefined|null|\[object|\n/);
});
