/**
 * One fault, one finding. The chain of a side, the bundle of its peer and the verification of one by the other all meet
 * the same expired certificate; whichever check comes first says it, and the others say that they could not be made.
 */
import type { Finding, Severity } from '../finding/finding.js';

/** The same fault in the words of another area. */
const sameFault: Readonly<Record<string, string>> = {
  'path/signature-invalid': 'chain/bad-signature',
  'path/path-length-exceeded': 'chain/path-too-long',
  'path/anchor-not-self-signed': 'bundle/missing-root',
  'path/extension-unreadable': 'certificate/malformed-extension',
};

const weights: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Code, object and place. */
export function identifyFault({ code, subject, origin }: Finding): string {
  return JSON.stringify([sameFault[code] ?? code, subject.name, origin?.file, origin?.line, origin?.index]);
}

interface Claim {
  readonly check: string;
  readonly severity: Severity;
}

export class FaultLedger {
  private readonly claims = new Map<string, Claim>();

  /** Those that no check has said yet, at least not as badly; they are this check's from now on. */
  claim(check: string, findings: readonly Finding[]): Finding[] {
    return findings.filter((finding) => {
      const known = this.findClaim(finding);
      if (known) return false;
      this.claims.set(identifyFault(finding), { check, severity: finding.severity });
      return true;
    });
  }

  /** The check that said the first of these errors, where one has. */
  findOwner(findings: readonly Finding[]): string | undefined {
    const errors = findings.filter(({ severity }) => severity === 'error');
    return errors.map((finding) => this.findClaim(finding)?.check).find((check) => check !== undefined);
  }

  private findClaim(finding: Finding): Claim | undefined {
    const known = this.claims.get(identifyFault(finding));
    return known && weights[known.severity] >= weights[finding.severity] ? known : undefined;
  }
}
