/** The findings of many verifications as one list: what concerns them all is said once. */
import { identifyFinding, type Finding } from '../finding/finding.js';
import type { Verification } from './verify-ahead.js';

/** Infos about a CRL that is of no use to one certificate; they count only where it is of no use to any. */
const onlyIfForAll: readonly string[] = ['crl/unrelated'];

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
  return Array.from(said.values())
    .filter(({ finding, certificates }) => !onlyIfForAll.includes(finding.code) || certificates === asked)
    .map(({ finding }) => finding);
}
