/** Every finding about the options of one side: a configuration that triggers it, and one that differs and does not. */
import { describe, expect, test } from 'vitest';
import type { Severity } from '../../../src/finding/finding.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import { readEndpointXml } from '../../../src/security-pack/read-endpoint-xml.js';
import { readIni } from '../../../src/security-pack/read-ini.js';
import type { SettleSideOptions } from '../../../src/security-pack/settle-side.js';
import { codesOf, findingsOf, settle } from '../../support/settings.js';

type Side = Partial<SettleSideOptions>;
interface Case {
  readonly code: string;
  readonly severity: Severity;
  /** The option line that the finding points at, 1-based; absent where it points at the file or at nothing. */
  readonly line?: number;
  readonly bad: string;
  readonly good: string;
  readonly options?: Side;
  /** Where the good configuration is settled otherwise. */
  readonly goodOptions?: Side;
}

const files = 'certificate=/c.pem\ncertificate-key=/k.pem\ntrusted-ca=/ca.pem\n';
const server = `[security]\n${files}`;
const trusting = '[security]\ntrusted-ca=/ca.pem\n';
const client: Side = { side: 'client' };
const windows: Side = { platform: 'windows' };
const thumbprint = '89A0C1D489A0C1D489A0C1D489A0C1D489A0C1D4';
const store = (value: string): string => `[security]\ncertificate=${value}\n`;
const pool = (port: string): string =>
  `[sip-proxy A]\ntls-port=5061\nprotocol=tls\n[sip-proxy B]\ntls-port=${port}\nprotocol=tls\n[sip]\nsip-port-tls=5061\n`;

const cases: readonly Case[] = [
  // Names and values.
  {
    code: 'option/wrong-case',
    severity: 'error',
    line: 2,
    bad: '[security]\nCertificate=/c.pem\n',
    good: '[security]\ncertificate=/c.pem\n',
  },
  {
    code: 'option/wrong-case',
    severity: 'error',
    line: 3,
    bad: `${trusting}sec-protocol=tlsv12`,
    good: `${trusting}sec-protocol=TLSv12`,
  },
  {
    code: 'option/wrong-case',
    severity: 'error',
    line: 3,
    bad: `${trusting}tls-target-name-check=Host`,
    good: `${trusting}tls-target-name-check=host`,
    options: client,
  },
  {
    code: 'option/misspelt',
    severity: 'error',
    line: 2,
    bad: '[security]\ncertficate=/c.pem\n',
    good: '[security]\ncertificate=/c.pem\n',
  },
  {
    code: 'option/misspelt',
    severity: 'error',
    line: 2,
    bad: '[security]\ntrusted_ca=/c.pem\n',
    good: '[security]\ntrusted-ca=/c.pem\n',
  },
  {
    code: 'option/unknown',
    severity: 'warning',
    line: 5,
    bad: `${server}keep-alive=1`,
    good: `${server}tls-crl=/crl.pem`,
  },
  {
    code: 'option/unknown-value',
    severity: 'error',
    line: 5,
    bad: `${server}tls-mutual=yes`,
    good: `${server}tls-mutual=1`,
  },
  {
    code: 'option/not-evaluated',
    severity: 'info',
    line: 5,
    bad: `${server}fips140-enabled=1`,
    good: server,
  },
  {
    code: 'option/legacy-alias',
    severity: 'info',
    line: 2,
    bad: '[security]\ncert_file=/c.pem\n',
    good: '[security]\ncertificate=/c.pem\n',
  },
  {
    code: 'option/alias-and-name',
    severity: 'warning',
    line: 3,
    bad: '[security]\ntrusted-ca=/new.pem\nca_list_file=/old.pem',
    good: '[security]\ntrusted-ca=/new.pem\nca_list_file=',
  },
  {
    code: 'option/repeated',
    severity: 'error',
    line: 3,
    bad: `${trusting}trusted-ca=/other.pem`,
    good: `${trusting}[host]\ntrusted-ca=/other.pem`,
    options: client,
  },
  {
    code: 'option/repeated',
    severity: 'warning',
    line: 3,
    bad: `${trusting}trusted-ca=/ca.pem`,
    good: trusting,
    options: client,
  },
  // Levels.
  {
    code: 'option/split-over-levels',
    severity: 'error',
    line: 4,
    bad: '[application]\ncertificate=/c.pem\n[host]\ncertificate-key=/k.pem\ntrusted-ca=/ca.pem',
    good: `[application]\n${files}[host]\n${files}`,
  },
  {
    code: 'option/split-over-levels',
    severity: 'error',
    line: 6,
    bad: `[application]\n${files}[host]\nsec-protocol=TLSv12`,
    good: `[application]\n${files}sec-protocol=TLSv12`,
  },
  {
    code: 'option/level-overridden',
    severity: 'info',
    line: 9,
    bad: `[application]\n${files}[host]\n${files}tls-crl=/crl.pem`,
    good: `[host]\n${files}tls-crl=/crl.pem`,
  },
  {
    code: 'option/certificate-source',
    severity: 'info',
    line: 2,
    bad: `[host]\n${files}`,
    good: `[application]\n${files}`,
  },
  {
    code: 'option/restart-needed',
    severity: 'info',
    line: 2,
    bad: `[host]\n${files}`,
    good: server,
  },
  // What must be there.
  {
    code: 'option/mandatory-missing',
    severity: 'error',
    bad: '[security]\ncertificate=/c.pem\ncertificate-key=/k.pem\n',
    good: server,
  },
  {
    code: 'option/mandatory-missing',
    severity: 'error',
    bad: '[security]\ntls-target-name-check=host\n',
    good: trusting,
    options: client,
  },
  {
    code: 'option/mandatory-missing',
    severity: 'error',
    bad: '[security]\ntrusted-ca=C:\\ca.pem\n',
    good: store(thumbprint),
    options: windows,
  },
  {
    code: 'option/mandatory-missing',
    severity: 'error',
    bad: '[security]\ntrusted-ca=\n',
    good: '[security]\ntrusted-ca=\n',
    options: client,
    goodOptions: { side: 'client', platform: 'windows' },
  },
  {
    code: 'option/pair-incomplete',
    severity: 'error',
    line: 3,
    bad: `${trusting}certificate-key=/k.pem`,
    good: `${trusting}certificate=/c.pem\ncertificate-key=/k.pem`,
    options: client,
  },
  {
    code: 'option/pair-incomplete',
    severity: 'error',
    line: 3,
    bad: `${trusting}certificate=/c.pem`,
    good: trusting,
    options: client,
  },
  // Transport parameters.
  {
    code: 'option/blanks-in-transport',
    severity: 'error',
    line: 2,
    bad: '[port]\ntransport=tls=1; tls-mutual=1',
    good: '[port]\ntransport=tls=1;tls-mutual=1',
  },
  {
    code: 'option/tls-not-set',
    severity: 'error',
    line: 2,
    bad: '[port]\ntransport=tls=0;tls-mutual=1',
    good: '[port]\ntransport=tls=1;tls-mutual=1',
  },
  {
    code: 'option/tls-not-set',
    severity: 'error',
    line: 2,
    bad: '[port]\ntransport=tls-mutual=1',
    good: '[port]\ntls=1\ntls-mutual=1',
  },
  {
    code: 'option/transport-not-seen',
    severity: 'info',
    bad: server,
    good: `${server}transport=tls=1`,
  },
  {
    code: 'option/tls-misplaced',
    severity: 'warning',
    line: 5,
    bad: `${server}tls=1`,
    good: `${server}[port]\ntls=1`,
  },
  {
    code: 'option/mutual-on-client',
    severity: 'info',
    line: 3,
    bad: `${trusting}tls-mutual=1`,
    good: `${trusting}tls-mutual=1`,
    options: client,
    goodOptions: { side: 'server' },
  },
  // Paths and thumbprints.
  {
    code: 'option/relative-path',
    severity: 'warning',
    line: 2,
    bad: '[security]\ncertificate=/c.pem,certs/b.pem',
    good: '[security]\ncertificate=/c.pem, /certs/b.pem',
  },
  {
    code: 'option/relative-path',
    severity: 'warning',
    line: 2,
    bad: '[security]\ntrusted-ca=C:\\sec\\ca.pem',
    good: '[security]\ntrusted-ca=C:\\sec\\ca.pem',
    options: client,
    goodOptions: { side: 'client', platform: 'windows' },
  },
  {
    code: 'option/thumbprint-malformed',
    severity: 'error',
    line: 2,
    bad: store(thumbprint.slice(1)),
    good: store(thumbprint),
    options: windows,
  },
  {
    code: 'option/thumbprint-malformed',
    severity: 'error',
    line: 2,
    bad: store('ab'.repeat(32)),
    good: store('ab'.repeat(20)),
    options: windows,
  },
  {
    code: 'option/thumbprint-cleaned',
    severity: 'info',
    line: 2,
    bad: store(`\u200e${thumbprint}`),
    good: store('89 A0 C1 D4 89 A0 C1 D4 89 A0 C1 D4 89 A0 C1 D4 89 A0 C1 D4'),
    options: windows,
  },
  {
    code: 'option/thumbprint-on-unix',
    severity: 'error',
    line: 2,
    bad: store(thumbprint),
    good: store('/c.pem'),
  },
  {
    code: 'option/path-on-windows',
    severity: 'error',
    line: 2,
    bad: store('C:\\sec\\c.pem'),
    good: store(thumbprint),
    options: windows,
  },
  {
    code: 'option/key-on-windows',
    severity: 'info',
    line: 3,
    bad: `${store(thumbprint)}certificate-key=C:\\k.pem`,
    good: store(thumbprint),
    options: windows,
  },
  // The name check.
  {
    code: 'option/name-check-off',
    severity: 'warning',
    bad: trusting,
    good: `${trusting}tls-target-name-check=host`,
    options: client,
  },
  {
    code: 'option/name-check-off',
    severity: 'warning',
    line: 3,
    bad: `${trusting}tls-target-name-check=no`,
    good: `${trusting}tls-target-name-check=no`,
    options: client,
    goodOptions: { side: 'server' },
  },
  {
    code: 'option/client-only',
    severity: 'warning',
    line: 5,
    bad: `${server}tls-target-name-check=host`,
    good: server,
  },
  {
    code: 'option/target-name-too-new',
    severity: 'error',
    line: 3,
    bad: `${trusting}tls-target-name=sip1.example.com`,
    good: `${trusting}tls-target-name=sip1.example.com`,
    options: { side: 'client', packVersion: '8.5.100.22' },
    goodOptions: { side: 'client', packVersion: '8.5.100.23' },
  },
  {
    code: 'option/target-name-too-new',
    severity: 'info',
    line: 3,
    bad: `${trusting}tls-target-name=sip1.example.com`,
    good: `${trusting}tls-target-name=sip1.example.com`,
    options: client,
    goodOptions: { side: 'client', packVersion: '9.0' },
  },
  {
    code: 'option/target-name-on-windows',
    severity: 'error',
    line: 2,
    bad: '[security]\ntls-target-name=sip1.example.com',
    good: '[security]\ntls-target-name=sip1.example.com',
    options: { side: 'client', platform: 'windows' },
    goodOptions: client,
  },
  // Protocols and ciphers.
  ...['SSLv3', 'TLSv1', 'TLSv11'].map((value): Case => ({
    code: 'option/protocol-refused',
    severity: 'error',
    line: 5,
    bad: `${server}sec-protocol=${value}`,
    good: `${server}sec-protocol=TLSv13`,
  })),
  {
    code: 'option/protocol-legacy',
    severity: 'warning',
    line: 5,
    bad: `${server}sec-protocol=SSLv23`,
    good: `${server}sec-protocol=`,
  },
  {
    code: 'option/ciphersuites-unknown',
    severity: 'error',
    line: 5,
    bad: `${server}ciphersuites=TLS_AES_256_GCM_SHA384:ECDHE-RSA-AES128-GCM-SHA256`,
    good: `${server}ciphersuites=TLS_AES_256_GCM_SHA384:TLS_AES_128_CCM_8_SHA256`,
  },
  {
    code: 'option/cipher-list-empty',
    severity: 'error',
    line: 5,
    bad: `${server}cipher-list=TLS_AES_256_GCM_SHA384`,
    good: `${server}cipher-list=HIGH:!aNULL`,
  },
  {
    code: 'option/cipher-list-empty',
    severity: 'error',
    line: 5,
    bad: `${server}cipher-list=HIGH:!ALL`,
    good: `${server}cipher-list=`,
  },
  {
    code: 'option/ciphers-without-effect',
    severity: 'warning',
    line: 6,
    bad: `${server}sec-protocol=TLSv13\ncipher-list=HIGH`,
    good: `${server}sec-protocol=TLSv13\ncipher-list=HIGH\nciphersuites=TLS_AES_256_GCM_SHA384`,
  },
  {
    code: 'option/ciphers-without-effect',
    severity: 'warning',
    line: 6,
    bad: `${server}sec-protocol=TLSv12\nciphersuites=TLS_AES_256_GCM_SHA384`,
    good: `${server}sec-protocol=\nciphersuites=TLS_AES_256_GCM_SHA384`,
  },
  // SIP.
  {
    code: 'option/sips-through-proxy',
    severity: 'error',
    line: 2,
    bad: `[sip-proxy A]\ncontact=sips:fly.example.com\n`,
    good: `[sip]\ncontact=sips:fly.example.com\n`,
  },
  {
    code: 'option/contact-not-tls',
    severity: 'error',
    line: 4,
    bad: `${trusting}[sip]\ncontact=sip:fly.example.com;transport=tcp`,
    good: `${trusting}[sip]\ncontact=sip:fly.example.com;transport=tls`,
    options: client,
  },
  {
    code: 'option/contact-not-tls',
    severity: 'error',
    line: 4,
    bad: `${trusting}[sip]\ncontact=sip:fly.example.com`,
    good: '[sip]\ncontact=sip:fly.example.com',
    options: client,
  },
  {
    code: 'host/target-malformed',
    severity: 'error',
    line: 4,
    bad: `${trusting}[sip]\ncontact=sips:`,
    good: `${trusting}[sip]\ncontact=sips:192.168.8.57;transport=tcp`,
    options: client,
  },
  {
    code: 'option/tls-ports-differ',
    severity: 'error',
    line: 5,
    bad: pool('5062'),
    good: pool('5061'),
  },
  {
    code: 'option/srv-not-tls',
    severity: 'warning',
    line: 2,
    bad: '[sip]\nsrv=_sip._tcp.example.com',
    good: '[sip]\nsrv=_sips._tls.example.com',
  },
  {
    code: 'option/protocol-not-tls',
    severity: 'warning',
    line: 2,
    bad: '[sip]\npeer-proxy-protocol=udp',
    good: '[sip]\npeer-proxy-protocol=tls',
  },
  {
    code: 'option/protocol-not-tls',
    severity: 'warning',
    line: 2,
    bad: '[sip-proxy A]\nprotocol=tcp',
    good: '[sip-proxy A]\nprotocol=tls',
  },
  // The form of the file, as its reader found it.
  {
    code: 'option/not-an-option',
    severity: 'error',
    line: 2,
    bad: `[security]\ncertificate\n`,
    good: '[security]\n; certificate\n',
  },
];

describe.each(cases)('$code, $severity: $bad', ({ code, severity, line, bad, good, options, goodOptions }) => {
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
