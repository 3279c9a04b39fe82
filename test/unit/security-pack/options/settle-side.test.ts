/** Every finding about the options of one side: a configuration that triggers it, and one that differs and does not. */
import { describe, expect, test } from 'vitest';
import { optionCatalogue } from '../../../../src/finding/option.js';
import { describeFinding } from '../../../../src/report/wording/wording.js';
import { readEndpointXml } from '../../../../src/security-pack/options/read-endpoint-xml.js';
import { readIni } from '../../../../src/security-pack/options/read-ini.js';
import type { SettleSideOptions } from '../../../../src/security-pack/options/settle-side.js';
import { optionCases } from '../../../support/option-cases.js';
import { optionValueCases } from '../../../support/option-value-cases.js';
import { codesOf, findingsOf, settle } from '../../../support/settings.js';

const files = 'certificate=/c.pem\ncertificate-key=/k.pem\ntrusted-ca=/ca.pem\n';
const server = `[security]\n${files}`;
const trusting = '[security]\ntrusted-ca=/ca.pem\n';
const client: Partial<SettleSideOptions> = { side: 'client' };
const thumbprint = '89A0C1D489A0C1D489A0C1D489A0C1D489A0C1D4';

describe.each([...optionCases, ...optionValueCases])(
  '$code, $severity: $bad',
  ({ code, severity, line, bad, good, options, goodOptions }) => {
    test('is said once, of the line that it is about', () => {
      const found = findingsOf(settle(bad, options).checks).filter((finding) => finding.code === code);
      expect(found.map((finding) => [finding.severity, finding.origin?.line])).toEqual([[severity, line]]);
      const [finding] = found;
      if (line === undefined || !finding) return;
      expect(finding.setting).toMatchObject({ side: options?.side ?? 'server', origin: { file: 'side.ini', line } });
    });

    test(`is not said of ${good.split('\n').join(' ')}`, () => {
      const found = findingsOf(settle(good, goodOptions ?? options).checks);
      expect(found.filter((finding) => finding.code === code && finding.severity === severity)).toEqual([]);
    });

    test('is put into words with every value', () => {
      for (const finding of findingsOf(settle(bad, options).checks)) {
        const { message, hint = '' } = describeFinding(finding);
        expect(`${message} ${hint}`).not.toMatch(/undefined|null|NaN|\[object|\n/);
        expect(message).not.toMatch(/\.$|^$/);
      }
    });
  },
);

test('every code of the area has a case here, or in the tests of what finds it', () => {
  const elsewhere = {
    'read-ini': ['option/outside-section', 'option/section-malformed', 'option/unknown-section'],
    'read-endpoint-xml': [
      'option/doctype',
      'option/xml-malformed',
      'option/not-an-endpoint',
      'option/endpoint-namespace',
      'option/endpoint-incoming',
    ],
    'read-settings-file': ['option/not-a-configuration'],
    'read-flags': ['option/flag-replaces'],
    'check-together': ['option/no-common-protocol', 'option/no-common-cipher', 'option/client-certificate-missing'],
  };
  const here = [...optionCases, ...optionValueCases]
    .map(({ code }) => code)
    .filter((code) => code.startsWith('option/'));
  const tested = [...new Set([...here, ...Object.values(elsewhere).flat()])];
  expect(tested.sort()).toEqual(Object.keys(optionCatalogue).sort());
});

test('a UNIX server and a UNIX client as the guide has them bring up nothing', () => {
  expect(codesOf(settle(`${server}[port]\ntransport=tls=1;tls-mutual=1`).checks)).toEqual([]);
  expect(codesOf(settle(`${trusting}tls-target-name-check=host`, client).checks)).toEqual([]);
});

test('a check that fails, warns or passes follows from its findings', () => {
  const { checks } = settle(`${trusting}sec-protocol=SSLv23\ncipher-list=NONSENSE`, client);
  expect(Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]))).toEqual({
    'options/form': 'passed',
    'options/known': 'passed',
    'options/level': 'passed',
    'options/mandatory': 'passed',
    'options/transport': 'passed',
    'options/paths': 'passed',
    'name/check-on': 'warned',
    'protocol/versions': 'warned',
    'protocol/ciphers': 'failed',
  });
});

describe('the options in force', () => {
  test('are of the most specific level alone', () => {
    const { options } = settle(`[port]\ncertificate=/port.pem\n[application]\n${files}[host]\n${files}`);
    expect(options.certificate?.value).toBe('/port.pem');
    expect([options.certificateKey, options.trustedCA]).toEqual([undefined, undefined]);
  });

  test('tls-mutual of the port counts, and another value elsewhere is a warning', () => {
    const { options, checks } = settle(`${server}tls-mutual=1\n[port]\ntransport=tls=1;tls-mutual=0`);
    expect(options.mutual).toBe(false);
    const found = checks.flatMap(({ findings }) => findings);
    expect(found.map(({ code, severity, params }) => [code, severity, params.values, params.level])).toEqual([
      ['option/repeated', 'warning', ['1', '0'], '[security] and [port]'],
    ]);
    const agreed = settle(`${server}tls-mutual=1\n[port]\ntransport=tls=1;tls-mutual=1`);
    expect(codesOf(agreed.checks)).toEqual([]);
  });

  test('tls and tls-mutual do not put a level in force, and count beside it', () => {
    const { options } = settle(`[port]\ntransport=tls=1;tls-mutual=1\n[host]\n${files}`);
    expect([options.certificate?.value, options.mutual, options.mutualSetting?.origin.line]).toEqual([
      '/c.pem',
      true,
      2,
    ]);
  });

  test('a plain [security] is the level of the application beside named levels', () => {
    const { options } = settle(`[host]\ncertificate=/host.pem\n${server}`);
    expect(options.certificate?.value).toBe('/c.pem');
    expect(settle(`${server}[port]\ncertificate=/port.pem`).options.certificate?.value).toBe('/port.pem');
  });

  test('the new name wins over the old one, in whatever order they stand', () => {
    for (const lines of ['certificate=/new.pem\ncert_file=/old.pem', 'cert_file=/old.pem\ncertificate=/new.pem']) {
      expect(settle(`[security]\n${lines}`).options.certificate).toMatchObject({
        name: 'certificate',
        value: '/new.pem',
      });
    }
    expect(settle('[security]\ncert_file=/old.pem').options.certificate?.value).toBe('/old.pem');
  });

  test('a name or value in another case counts as not set, and so does an option beside a blank', () => {
    const { options } = settle(
      '[security]\nCertificate=/c.pem\ntls-target-name-check=Host\nsec-protocol=tlsv13\n[port]\ntransport=tls=1;tls-mutual= 1',
      client,
    );
    expect([options.certificate, options.nameCheck, options.mutual]).toEqual([undefined, 'no', false]);
    expect(options.protocols).toEqual({ min: 'TLSv1.2', max: 'TLSv1.3' });
  });

  test('what does not count is named where a mandatory option is missing', () => {
    const { checks } = settle('[security]\ncertificate=/c.pem\ncertificate-key=/k.pem\nTrusted-CA=/ca.pem');
    const missing = findingsOf(checks).find(({ code }) => code === 'option/mandatory-missing');
    expect(missing?.params).toMatchObject({ option: 'trusted-ca', unread: ['Trusted-CA (side.ini:4)'] });
  });

  test('a section that is not read is named where everything is missing', () => {
    const { checks } = settle('[Security]\ntrusted-ca=/ca.pem', client);
    const missing = findingsOf(checks).find(({ code }) => code === 'option/mandatory-missing');
    expect([missing?.params.unread, missing?.origin]).toEqual([['[Security] (side.ini:1)'], { file: 'side.ini' }]);
  });

  test.each([
    ['', 'TLSv1.2', 'TLSv1.3'],
    ['SSLv23', 'TLSv1.1', 'TLSv1.3'],
    ['TLSv12', 'TLSv1.2', 'TLSv1.2'],
    ['TLSv13', 'TLSv1.3', 'TLSv1.3'],
    ['nonsense', 'TLSv1.2', 'TLSv1.3'],
  ])('sec-protocol=%s accepts %s to %s', (value, min, max) => {
    expect(settle(`${server}sec-protocol=${value}`).options.protocols).toEqual({ min, max });
  });

  test('several sources of a side are one configuration', () => {
    const sources = [readIni(server, 'a.ini'), readIni('[security]\ntls-crl=/crl.pem', 'b.ini')];
    const { options, checks } = settle(sources);
    expect([options.certificate?.origin.file, options.tlsCRL?.origin]).toEqual(['a.ini', { file: 'b.ini', line: 2 }]);
    expect(codesOf(checks)).toEqual(['option/transport-not-seen']);
  });
});

describe('a SIP endpoint', () => {
  const endpoint = (security: string, protocol = 'TLS', platform: 'unix' | 'windows' = 'unix') =>
    settle(
      [
        readEndpointXml(
          `<SipEndpoint xmlns="http://schemas.genesyslab.com/2009/sipendpoint"><Container name="Basic">
<Connectivity user="5000" server="sip1.fly.example.com:5061" protocol="${protocol}"/></Container>
<Container name="Genesys"><settings version="1.0" xmlns="http://www.genesyslab.com/sip"><domain name="system">
<section name="security">${security}</section></domain></settings></Container></SipEndpoint>`,
          'SipEndpoint.config',
        ),
      ],
      { side: 'client', platform },
    );
  const setting = (name: string, value: string): string => `<setting name="${name}" value="${value}"/>`;
  const trust = setting('trusted-ca', '/ca.pem') + setting('tls-target-name-check', 'host');
  const own = setting('certificate', '/c.pem') + setting('certificate-key', '/k.pem');

  test('takes no incoming TLS without a certificate and its key', () => {
    const { application, checks } = endpoint(trust);
    expect([application, ...codesOf(checks)]).toEqual(['endpoint', 'option/endpoint-incoming']);
    expect(codesOf(endpoint(trust + own).checks)).toEqual([]);
  });

  test('needs trusted-ca on every platform', () => {
    for (const platform of ['unix', 'windows'] as const) {
      const codes = codesOf(endpoint(own + setting('tls-target-name-check', 'host'), 'TLS', platform).checks);
      expect(codes).toContain('option/mandatory-missing');
    }
  });

  test('connects without TLS unless its protocol says so', () => {
    expect(codesOf(endpoint(trust + own, 'TCP').checks)).toEqual(['option/contact-not-tls']);
  });

  test('may name its certificate by a thumbprint on Windows', () => {
    const windowsTrust = setting('trusted-ca', 'C:\\ca.pem') + setting('tls-target-name-check', 'host');
    const windowsOwn = setting('cert_file', thumbprint) + setting('priv_key_file', 'C:\\k.pem');
    expect(codesOf(endpoint(windowsTrust + windowsOwn, 'TLS', 'windows').checks)).toEqual([
      'option/legacy-alias',
      'option/legacy-alias',
    ]);
  });
});
