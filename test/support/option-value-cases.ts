/** Configurations that differ in one value: paths, thumbprints, the name check, protocols, ciphers, SIP settings. */
import type { SettleSideOptions } from '../../src/security-pack/options/settle-side.js';
import type { OptionCase } from './option-cases.js';

const files = 'certificate=/c.pem\ncertificate-key=/k.pem\ntrusted-ca=/ca.pem\n';
const server = `[security]\n${files}`;
const trusting = '[security]\ntrusted-ca=/ca.pem\n';
const client: Partial<SettleSideOptions> = { side: 'client' };
const windows: Partial<SettleSideOptions> = { platform: 'windows' };
const thumbprint = '89A0C1D489A0C1D489A0C1D489A0C1D489A0C1D4';
const store = (value: string): string => `[security]\ncertificate=${value}\n`;
const pool = (port: string): string =>
  `[sip-proxy A]\ntls-port=5061\nprotocol=tls\n[sip-proxy B]\ntls-port=${port}\nprotocol=tls\n[sip]\nsip-port-tls=5061\n`;

export const optionValueCases: readonly OptionCase[] = [
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
    code: 'option/not-a-list',
    severity: 'error',
    line: 2,
    bad: '[security]\ntrusted-ca=/ca.pem, /old.pem',
    good: '[security]\ntrusted-ca=/ca,old.pem',
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
  ...['SSLv3', 'TLSv1', 'TLSv11'].map((value): OptionCase => ({
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
  {
    code: 'option/wrong-case',
    severity: 'error',
    line: 2,
    bad: '[sip]\nContact=sips:fly.example.com',
    good: '[sip]\ncontact=sips:fly.example.com',
  },
  {
    code: 'option/misspelt',
    severity: 'error',
    line: 2,
    bad: '[sip]\nsip-port-tsl=5061',
    good: '[sip]\nsip-port-tls=5061',
  },
  {
    code: 'option/unknown',
    severity: 'warning',
    line: 2,
    bad: '[sip-proxy A]\ncertificate=/c.pem',
    good: '[sip-proxy A]\ntls-port=5061',
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
