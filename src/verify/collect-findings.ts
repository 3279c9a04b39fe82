/** The findings of many verifications as one list: what concerns them all is said once. */
import { identifyFinding, type Finding, type Origin } from '../finding/finding.js';
import { uselessCodes } from '../revocation/explain-revocation.js';
import type { Verification } from './verify-ahead.js';

/** An info about a CRL that is of no use to one certificate; it counts only where it is of no use to any. */
const onlyIfForAll = 'crl/unrelated';

/** Where the CRLs stand that a status rests on. */
function placesOfUsed(verifications: readonly Verification[]): ReadonlySet<Origin | undefined> {
  const verdicts = verifications.flatMap(({ result }) => result.revocation.checked);
  const used = new Set<Origin | undefined>();
  for (const { considered } of verdicts) {
    for (const { crl, outcome } of considered) if (outcome === 'used') used.add(crl.origin);
  }
  return used;
}

/** A finding with what is known of it among all. */
interface Said {
  readonly finding: Finding;
  /** For how many certificates, and which of them was the last. */
  certificates: number;
  last: number;
}

/** In the order of the certificates; the same finding once. */
export function collectFindings(verifications: readonly Verification[]): Finding[] {
  const said = new Map<string, Said>();
  // Thousands of certificates have the same objects among their findings.
  const byObject = new Map<Finding, Said>();
  for (const [number, { findings }] of verifications.entries()) {
    for (const finding of findings) {
      let same = byObject.get(finding);
      if (!same) {
        const key = `${finding.severity} ${identifyFinding(finding)}`;
        same = said.get(key) ?? { finding, certificates: 0, last: -1 };
        said.set(key, same);
        byObject.set(finding, same);
      }
      if (same.last !== number) same.certificates++;
      same.last = number;
    }
  }
  const asked = verifications.filter(({ result }) => result.revocation.checked.length > 0).length;
  const used = placesOfUsed(verifications);
  const isWorthSaying = ({ finding: { code, severity, origin }, certificates }: Said): boolean => {
    if (code === onlyIfForAll) return certificates === asked;
    return severity !== 'info' || !uselessCodes.has(code) || !origin || !used.has(origin);
  };
  return Array.from(said.values())
    .filter(isWorthSaying)
    .map(({ finding }) => finding);
}
