/** What `openssl verify` says while it verifies: errors in its order, some of which do not stop it. */
import type { FindingCode, ParamsOf } from '../../finding/catalogue.js';
import type { Finding } from '../../finding/finding.js';
import type { Certificate } from '../../x509/certificate.js';
import { reportAbout } from '../report-finding.js';

/**
 * Errors after which the program `openssl verify` goes on, only to say no in the end. A TLS handshake stops at the first
 * error, whatever it is; the first is what both say.
 */
const passedOver: ReadonlySet<number> = new Set([10, 18, 25, 26, 34, 43, 79]);

export class Transcript {
  readonly findings: Finding[] = [];
  /** True once an error came after which OpenSSL does not go on. */
  stopped = false;

  /** Notes an error that OpenSSL would call the callback with; nothing after it stopped. */
  say<Code extends FindingCode>(certificate: Certificate, code: Code, params: ParamsOf<Code>): void {
    if (this.stopped) return;
    reportAbout(certificate, this.findings)(code, params);
    const number = this.findings.at(-1)?.opensslError;
    this.stopped = number === undefined || !passedOver.has(number);
  }

  /** Notes what OpenSSL does not say, or does not stop at. */
  add(findings: readonly Finding[]): void {
    this.findings.push(...findings);
  }
}
