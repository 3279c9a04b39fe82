/** Whether the end entity names the host that it is to be used for. */
import type { Finding } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { checkTarget, type TargetCheck } from '../hostname/check-target.js';
import { presentedIdentity } from '../hostname/presented-identity.js';
import type { HostProfile } from '../hostname/verdict.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';

export interface HostOutcome {
  /** Undefined where the names of the certificate cannot be read: then nothing matches. */
  readonly check: TargetCheck | undefined;
  /** Without an error exactly where the host matches. */
  readonly findings: readonly Finding[];
}

export function checkHost(certificate: Certificate, host: string, profile: HostProfile): HostOutcome {
  try {
    const check = checkTarget(presentedIdentity(certificate), host, profile);
    return { check, findings: check.findings };
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    return { check: undefined, findings: [error.at(certificate.origin).toFinding(subjectOf(certificate))] };
  }
}
