/** Configurations that differ in one thing: names, levels, what must be there, transport parameters. */
import type { Severity } from '../../src/finding/finding.js';
import type { SettleSideOptions } from '../../src/security-pack/options/settle-side.js';

export interface OptionCase {
  readonly code: string;
  readonly severity: Severity;
  /** The option line that the finding points at, 1-based; absent where it points at the file or at nothing. */
  readonly line?: number;
  readonly bad: string;
  readonly good: string;
  readonly options?: Partial<SettleSideOptions>;
  /** Where the good configuration is settled otherwise. */
  readonly goodOptions?: Partial<SettleSideOptions>;
}

const files = 'certificate=/c.pem\ncertificate-key=/k.pem\ntrusted-ca=/ca.pem\n';
const server = `[security]\n${files}`;
const trusting = '[security]\ntrusted-ca=/ca.pem\n';
const client: Partial<SettleSideOptions> = { side: 'client' };
const windows: Partial<SettleSideOptions> = { platform: 'windows' };
const thumbprint = '89A0C1D489A0C1D489A0C1D489A0C1D489A0C1D4';
const store = (value: string): string => `[security]\ncertificate=${value}\n`;

export const optionCases: readonly OptionCase[] = [
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
];
