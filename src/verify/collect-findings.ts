/** The findings of many verifications as one list: what concerns them all is said once. */
import { identifyFinding, type Finding } from '../finding/finding.js';
import type { Verification } from './verify-ahead.js';

/** Infos about a CRL that is of no use to one certificate; they count only where it is of no use to any. */
const onlyIfForAll: readonly string[] = ['crl/unrelated'];

/** In the order of the certificates; the same finding once. */
export function collectFindings(verifications: readonly Verification[]): Finding[] {
  const first = new Map<string, Finding>();
  /** Of those that count only if they are for all: for how many certificates they are. */
  const counts = new Map<Finding, number>();
  for (const { findings } of verifications) {
    for (const finding of new Set(findings)) {
      const key = `${finding.severity} ${identifyFinding(finding)}`;
      const same = first.get(key) ?? finding;
      first.set(key, same);
      if (onlyIfForAll.includes(finding.code)) counts.set(same, (counts.get(same) ?? 0) + 1);
    }
  }
  const asked = verifications.filter(({ result }) => result.revocation.checked.length > 0).length;
  return [...first.values()].filter((finding) => !onlyIfForAll.includes(finding.code) || counts.get(finding) === asked);
}
