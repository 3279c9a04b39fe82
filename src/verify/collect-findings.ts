/** The findings of many verifications as one list: what concerns them all is said once. */
import type { Finding } from '../finding/finding.js';
import type { Verification } from './verify-ahead.js';

/** Infos about a CRL that is of no use to one certificate; they count only where it is of no use to any. */
const onlyIfForAll: readonly string[] = ['crl/unrelated'];

const identify = (finding: Finding): string => JSON.stringify(finding);

/** In the order of the certificates; the same finding once. */
export function collectFindings(verifications: readonly Verification[]): Finding[] {
  const counts = new Map<string, number>();
  const first = new Map<string, Finding>();
  for (const { findings } of verifications) {
    for (const [key, finding] of new Map(findings.map((each) => [identify(each), each]))) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (!first.has(key)) first.set(key, finding);
    }
  }
  const asked = verifications.filter(({ result }) => result.revocation.checked.length > 0).length;
  return Array.from(first.entries())
    .filter(([key, { code }]) => !onlyIfForAll.includes(code) || counts.get(key) === asked)
    .map(([, finding]) => finding);
}
