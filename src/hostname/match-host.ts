/** Will this host match? One verifier's verdict with the reason for every name, or the verdicts of all beside each other. */
import { adviseOnHost } from './advice.js';
import { explainCaveats, explainRefusal } from './explain.js';
import { hasMatch, judgeHost } from './judge-host.js';
import type { PresentedIdentity } from './presented-identity.js';
import { findResemblance, type Resemblance } from './resemblance.js';
import { readableName } from './near-miss.js';
import { hostProfiles, type Consideration, type HostProfile, type HostVerdict } from './verdict.js';

export interface MatchHostOptions {
  /** Whose rules decide; `security-pack` unless given. */
  readonly profile?: HostProfile;
}

/**
 * Says whether a certificate names a host, under the rules of one verifier (guide: host names).
 *
 * @param identity what `presentedIdentity` gives, or made by hand.
 * @param host a host name or an IP address without brackets, and nothing else: no port, no URI (see `parseTarget`).
 * U-labels are allowed; what becomes of them depends on the verifier. Nothing is trimmed.
 * @returns `matched`, every name with its outcome and reason, and findings `host/…`: one error when nothing
 * matched, warnings for what is unwise about a match. Never throws. Whether the certificate is genuine or
 * valid is not checked, nor is any name looked up.
 */
export function matchHost(identity: PresentedIdentity, host: string, options: MatchHostOptions = {}): HostVerdict {
  const { profile = 'security-pack' } = options;
  const considered = judgeHost(identity, host, profile);
  const matched = hasMatch(considered);
  const inquiry = {
    profile,
    host,
    advice: adviseOnHost(identity, host, profile),
    subject: { kind: 'name', name: host } as const,
    origin: identity.origin,
    kinds: [...new Set(identity.subjectAltNames?.map(({ type }) => type))],
  };
  const findings = matched ? explainCaveats(inquiry, considered) : explainRefusal(inquiry, considered);
  return { matched, findings, considered, host, profile };
}

/** What one verifier says, and the name that decided. */
export interface VerifierRow {
  readonly profile: HostProfile;
  readonly matched: boolean;
  /** The name that matched, or the one that came nearest; undefined when the certificate has no name at all. */
  readonly decisive: Consideration | undefined;
}

/** What explains a refusal best, first. */
const nearness: readonly Resemblance[] = [
  'same',
  'case',
  'wildcard',
  'trailing-dot',
  'blanks',
  'u-labels',
  'short-host',
  'short-name',
  'underscore',
  'one-letter',
  'wildcard-depth',
  'parent-domain',
];

/** How much a name says about a verdict: a match most, then a refusal that concerns this host; names not compared least. */
function weigh({ outcome, reason, ...name }: Consideration, host: string): number {
  if (outcome === 'match') return 4;
  if (reason.startsWith('target-')) return 3;
  const text = readableName(name);
  const near = findResemblance(host, reason === 'contains-nul' ? (text.split('\0')[0] ?? '') : text);
  const weight = near ? 2 - nearness.indexOf(near) / nearness.length : 0;
  return outcome === 'ignored' ? weight - 0.25 : weight;
}

/** Asks every verifier about the same host; one row each, in the order of `hostProfiles`. Never throws. */
export function compareVerifiers(identity: PresentedIdentity, host: string): VerifierRow[] {
  return hostProfiles.map((profile) => {
    const considered = judgeHost(identity, host, profile);
    const [decisive] = considered.toSorted((a, b) => weigh(b, host) - weigh(a, host));
    return { profile, matched: hasMatch(considered), decisive };
  });
}
