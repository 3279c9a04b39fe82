/** Checks of the group `name`: the names that the client connects to stand in the server's certificate. */
import { createFinding } from '../../finding/catalogue.js';
import { withSetting, type Finding } from '../../finding/finding.js';
import { checkCertificates } from '../../hostname/check-certificates.js';
import type { TargetCheck } from '../../hostname/check-target.js';
import type { HostProfile } from '../../hostname/verdict.js';
import { subjectOf } from '../../x509/certificate.js';
import { heedsTargetName, isOlder } from '../options/check-values.js';
import { concludeCheck, skipCheck, type Check } from '../check.js';
import type { Configuration, SideConfiguration } from '../configuration.js';
import { placeOf, type Presented } from './presented.js';

/** 8.1 and earlier compare names with their case (Security Deployment Guide). */
const caseInsensitiveSince = '8.2';

export function hostProfileOf({ packVersion }: SideConfiguration): HostProfile {
  const isOld = packVersion !== undefined && isOlder(packVersion, caseInsensitiveSince);
  return isOld ? 'security-pack-8.1' : 'security-pack';
}

/** The names that the client looks for: `tls-target-name` stands for whatever it connects to, where the pack heeds it. */
export function namesToCheck({ client, targets }: Pick<Configuration, 'client' | 'targets'>): readonly string[] {
  const setting = client?.options.tlsTargetName;
  return client && setting && setting.value !== '' && heedsTargetName(client) ? [setting.value] : targets;
}

/** Other verifiers that would answer otherwise; the two ages of the pack are not others to each other. */
function explainDifferences({ target: { host }, matched, verifiers }: TargetCheck): Finding[] {
  const others = verifiers
    .filter((row) => !row.profile.startsWith('security-pack') && row.matched !== matched)
    .map(({ profile }) => profile);
  if (host === undefined || others.length === 0) return [];
  return [createFinding('preflight/verifiers-differ', { kind: 'name', name: host }, { host, matched, others })];
}

export interface NameVerdict {
  readonly checks: readonly Check[];
  readonly hostChecks: readonly TargetCheck[];
}

/** Checks every name; where the name check is off, what it would say is told as worth knowing. */
export function checkNames(configuration: Configuration, client: SideConfiguration, presented: Presented): NameVerdict {
  const { side, options } = client;
  const isOn = options.nameCheck === 'host';
  const targets = namesToCheck(configuration);
  const place = placeOf(side, options.nameCheckSetting ?? options.tlsTargetName);
  const set = (finding: Finding): Finding => (place ? withSetting(finding, place) : finding);
  const subject = { kind: 'option', name: options.nameCheckSetting?.name ?? 'tls-target-name-check' } as const;
  const unknown = targets.length === 0 && isOn ? [createFinding('preflight/target-unknown', subject, {})] : [];
  const known = concludeCheck({ name: 'name/target-known', side, params: { targets }, findings: unknown.map(set) });
  if (targets.length === 0) {
    const obstacle = isOn ? { because: 'name/target-known' } : { reason: 'name-check-off' };
    const checks = [...(isOn ? [known] : []), skipCheck('name/matches', side, obstacle)];
    return { checks, hostChecks: [] };
  }
  const { own, obstacle } = presented;
  if (!own) return { checks: [known, skipCheck('name/matches', side, { ...obstacle })], hostChecks: [] };
  const profile = hostProfileOf(client);
  const { checked, findings } = checkCertificates([own], targets, { profile, which: 'first' });
  const hostChecks = checked.flatMap(({ checks }) => checks);
  const params = { targets, certificate: subjectOf(own).name, profile };
  const lowered = isOn ? findings : findings.map((finding) => ({ ...finding, severity: 'info' as const }));
  const made = concludeCheck({ name: 'name/matches', side, params, findings: lowered.map(set) });
  const isMatch = hostChecks.length > 0 && hostChecks.every(({ matched }) => matched);
  const matches =
    isOn || isMatch ? made : { ...made, outcome: 'not-made' as const, params: { ...params, reason: 'name-check-off' } };
  const differences = hostChecks.flatMap(explainDifferences).map(set);
  const told = { targets, differing: differences.length };
  const verifiers = concludeCheck({ name: 'name/verifiers', side, params: told, findings: differences });
  return { checks: [known, matches, verifiers], hostChecks };
}
