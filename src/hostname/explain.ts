/** Turns what a verifier made of the names into findings: one error where nothing matched, warnings where something did. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { findHostNameFault, hasNonASCII, toALabels } from '../names/dns-name.js';
import { parseIPAddress } from '../names/ip-address.js';
import { explainMismatch, type Inquiry } from './near-miss.js';
import type { Consideration } from './verdict.js';

/** Which explanation is told first, and as the error. */
const ranks = [
  'host/case-differs',
  'host/wildcard-not-accepted',
  'host/u-labels',
  'host/trailing-dot',
  'host/blanks-around-name',
  'host/common-name-ignored',
  'host/dns-name-ignored',
  'host/name-refused',
  'host/address-as-name',
  'host/uri-not-compared',
  'host/short-target',
  'host/short-name',
  'host/underscore',
  'host/one-letter',
  'host/wildcard-depth',
  'host/parent-domain',
  'host/email-not-compared',
  'host/san-unreadable',
  'host/nul-in-name',
  'host/undecodable-name',
];

/** Names listed where none comes near. */
const mostNames = 10;

const remedyOf = ({ profile, host, advice }: Inquiry) => ({
  profile,
  host,
  connectWith: advice.connectWith,
  askFor: advice.askFor,
});

/** The finding for a host that cannot match whatever the certificate says, where its reason is one of the target. */
function explainTarget(inquiry: Inquiry, considered: readonly Consideration[]): Finding | undefined {
  const { host, profile, subject, origin } = inquiry;
  const place = { origin };
  if (host === '') return createFinding('host/target-empty', subject, { profile, host }, place);
  if (host.includes('\0')) return createFinding('host/target-nul', subject, { profile, host }, place);
  const decided = considered.find(({ reason }) => reason.startsWith('target-'));
  if (!decided) return undefined;
  const remedy = { ...remedyOf(inquiry), assumed: decided.assumed ?? false };
  if (decided.reason === 'target-is-address') {
    const address = parseIPAddress(host);
    const isListed = ({ source, value }: Consideration): boolean => {
      const listed = source === 'ip' ? parseIPAddress(value) : undefined;
      return address !== undefined && listed !== undefined && Buffer.compare(listed, address) === 0;
    };
    return createFinding('host/target-ip', subject, { ...remedy, listed: considered.some(isListed) }, place);
  }
  if (decided.reason === 'target-has-wildcard') return createFinding('host/target-wildcard', subject, remedy, place);
  if (decided.reason === 'target-leading-dot') return createFinding('host/target-leading-dot', subject, remedy, place);
  const fault = findHostNameFault(toALabels(host) ?? host) ?? 'other-character';
  return createFinding('host/target-invalid', subject, { ...remedyOf(inquiry), fault }, place);
}

/** One finding a code: the first name stands for the others, which are counted. */
function mergeByCode(findings: readonly Finding[]): Finding[] {
  const byCode = new Map<string, Finding>();
  for (const finding of findings) {
    const first = byCode.get(finding.code);
    const more = Number(first?.params.more ?? -1) + 1;
    byCode.set(finding.code, { ...(first ?? finding), params: { ...(first ?? finding).params, more } });
  }
  return [...byCode.values()];
}

function explainNothingNear(inquiry: Inquiry, considered: readonly Consideration[]): Finding {
  const { subject, origin, kinds } = inquiry;
  const compared = considered.filter(({ outcome }) => outcome === 'no-match').map(({ value }) => value);
  if (compared.length === 0) {
    return createFinding('host/no-comparable-name', subject, { ...remedyOf(inquiry), kinds }, { origin });
  }
  const names = compared.slice(0, mostNames);
  const more = compared.length - names.length;
  return createFinding('host/no-match', subject, { ...remedyOf(inquiry), names, more }, { origin });
}

/** A name cut at its NUL that then is the host: the attack, not an accident. */
function isAttack({ code, params }: Finding, host: string): boolean {
  return code === 'host/nul-in-name' && String(params.name).split('\0')[0] === host;
}

/** Why nothing matched: the nearest miss as the error, further ones as infos. */
export function explainRefusal(inquiry: Inquiry, considered: readonly Consideration[]): Finding[] {
  const target = explainTarget(inquiry, considered);
  const misses = considered.map((one) => explainMismatch(inquiry, one)).filter((finding) => finding !== undefined);
  const rankOf = (finding: Finding): number => (isAttack(finding, inquiry.host) ? -1 : ranks.indexOf(finding.code));
  const sorted = misses.toSorted((a, b) => rankOf(a) - rankOf(b));
  const [first, ...others] = mergeByCode(target ? [target, ...sorted] : sorted);
  if (!first) return [explainNothingNear(inquiry, considered)];
  return [first, ...others.map((finding): Finding => ({ ...finding, severity: 'info' }))];
}

/** What is unwise about a host that matched. */
export function explainCaveats(inquiry: Inquiry, considered: readonly Consideration[]): Finding[] {
  const { profile, host, advice, subject, origin } = inquiry;
  const findings: Finding[] = [];
  const matches = considered.filter(({ outcome }) => outcome === 'match');
  const [best] = matches;
  if (!best) return findings;
  const near = {
    ...remedyOf(inquiry),
    connectWith: advice.connectWith,
    source: best.source,
    name: best.value,
    more: 0,
  };
  const matchedBy = (reason: Consideration['reason']): boolean => matches.every((match) => match.reason === reason);
  if (profile === 'security-pack' && matchedBy('equal-ignoring-case')) {
    const place = { origin, severity: 'warning' } as const;
    findings.push(createFinding('host/case-differs', subject, { ...near, matched: true }, place));
  }
  if (matchedBy('equal-as-a-labels')) {
    const params = { ...near, matched: true, aLabels: toALabels(host) ?? host };
    findings.push(createFinding('host/u-labels', subject, params, { origin, severity: 'info' }));
  } else if (hasNonASCII(best.value)) {
    findings.push(createFinding('host/non-ascii-name', subject, { profile, host, name: best.value }, { origin }));
  }
  if (matchedBy('equal-without-trailing-dot')) {
    const params = { ...near, matched: true, assumed: false };
    findings.push(createFinding('host/trailing-dot', subject, params, { origin, severity: 'info' }));
  }
  if (best.source === 'commonName') {
    findings.push(createFinding('host/common-name-only', subject, { profile, host, name: best.value }, { origin }));
  }
  const spoilt = considered
    .filter(({ reason }) => reason === 'contains-nul' || reason === 'undecodable')
    .map((one) => explainMismatch(inquiry, one))
    .filter((finding) => finding !== undefined);
  return [...findings, ...mergeByCode(spoilt).map((finding): Finding => ({ ...finding, severity: 'warning' }))];
}
