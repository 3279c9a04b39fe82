/**
 * One fault, one finding. The chain of a side, the bundle of its peer and the verification of one by the other all meet
 * the same expired certificate; whichever check comes first says it, and the others say that they could not be made.
 */
import type { Finding, Severity } from '../../finding/finding.js';

/** The same fault in the words of another area, or what follows from it. */
const sameFault: Readonly<Record<string, string>> = {
  'path/signature-invalid': 'chain/bad-signature',
  'path/path-length-exceeded': 'chain/path-too-long',
  'path/anchor-not-self-signed': 'bundle/missing-root',
  'path/extension-unreadable': 'certificate/malformed-extension',
  'chain/issuer-may-not-sign': 'chain/issuer-is-no-ca',
};

/** A certificate that is no CA has not the purpose of one either: OpenSSL says both, without a list of what it found. */
function nameFault({ code, params }: Finding): string {
  const isNoCA = code === 'path/ca-purpose-missing' && Array.isArray(params.found) && params.found.length === 0;
  return isNoCA ? 'chain/issuer-is-no-ca' : (sameFault[code] ?? code);
}

const weights: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Code, object and place. */
export function identifyFault(finding: Finding): string {
  const { subject, origin } = finding;
  return JSON.stringify([nameFault(finding), subject.name, origin?.file, origin?.line, origin?.index]);
}

interface Claim {
  readonly check: string;
  readonly code: string;
  readonly severity: Severity;
}

export class FaultLedger {
  private readonly claims = new Map<string, Claim>();

  /** Those that no check has said yet, at least not as badly; they are this check's from now on. */
  claim(check: string, findings: readonly Finding[]): Finding[] {
    return findings.filter((finding) => {
      const known = this.findClaim(finding);
      if (known) return false;
      this.claims.set(identifyFault(finding), { check, code: finding.code, severity: finding.severity });
      return true;
    });
  }

  /** The check that said the first of these errors, where one has. */
  findOwner(findings: readonly Finding[]): string | undefined {
    const errors = findings.filter(({ severity }) => severity === 'error');
    return errors.map((finding) => this.findClaim(finding)?.check).find((check) => check !== undefined);
  }

  /** The check that said an error of one of these codes, whatever it is about. */
  findCheckOf(codes: ReadonlySet<string>): string | undefined {
    return Array.from(this.claims.values()).find(({ code, severity }) => severity === 'error' && codes.has(code))
      ?.check;
  }

  private findClaim(finding: Finding): Claim | undefined {
    const known = this.claims.get(identifyFault(finding));
    return known && weights[known.severity] >= weights[finding.severity] ? known : undefined;
  }
}
