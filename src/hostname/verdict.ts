/** What a verifier says about a host: a verdict, and an outcome with its reason for every name of the certificate. */
import type { Finding } from '../finding/finding.js';
import type { AltNameType } from './presented-identity.js';

/** The verifiers whose rules are known, in the order in which they are shown. */
export const hostProfiles = [
  'security-pack',
  'security-pack-8.1',
  'openssl',
  'rfc9525',
  'rfc5922',
  'java',
  'node',
] as const;
export type HostProfile = (typeof hostProfiles)[number];

export type NameSource = AltNameType | 'commonName';

/** match: this name names the host · no-match: it was compared and does not · ignored: this verifier does not compare it. */
export type Outcome = 'match' | 'no-match' | 'ignored';

/** Reasons of the outcome `match`. */
export type MatchReason =
  | 'equal'
  | 'equal-ignoring-case'
  | 'equal-as-a-labels'
  | 'equal-without-trailing-dot'
  | 'wildcard'
  | 'ends-with-target'
  | 'address-equal'
  | 'sip-domain';

/** Reasons that lie in the host asked for: no name can match it. */
export type TargetReason =
  | 'target-empty'
  | 'target-contains-nul'
  | 'target-is-address'
  | 'target-has-wildcard'
  | 'target-leading-dot'
  | 'target-not-a-host-name';

/** Reasons of the outcome `no-match` that lie in the name. */
export type MismatchReason =
  | 'different-name'
  | 'different-address'
  | 'case-differs'
  | 'wildcard-not-accepted'
  | 'wildcard-form-not-accepted'
  | 'wildcard-over-public-suffix'
  | 'wildcard-does-not-cover'
  | 'contains-nul'
  | 'undecodable'
  | 'not-a-host-name';

/** Reasons of the outcome `ignored`. */
export type IgnoredReason =
  | 'kind-not-compared'
  | 'name-not-compared-with-address'
  | 'address-not-compared-with-name'
  | 'san-present'
  | 'dns-san-present'
  | 'common-name-never-compared'
  | 'not-the-last-common-name'
  | 'sip-domain-present'
  | 'uri-of-another-scheme'
  | 'sip-uri-with-user'
  | 'san-unreadable';

export type HostReason = MatchReason | TargetReason | MismatchReason | IgnoredReason;

export interface Judgement {
  readonly outcome: Outcome;
  readonly reason: HostReason;
  /** Set when the rule that decided is not documented for this verifier but our choice. */
  readonly assumed?: true;
}

/** One name of the certificate, and what the verifier makes of it. */
export interface Consideration extends Judgement {
  readonly source: NameSource;
  /** As `presentedIdentity` gives it. */
  readonly value: string;
}

export interface HostVerdict {
  readonly matched: boolean;
  /** Without an error exactly when `matched`. */
  readonly findings: readonly Finding[];
  /** Every name of the certificate, subjectAltName entries first. */
  readonly considered: readonly Consideration[];
  /** The host as it was asked for. */
  readonly host: string;
  readonly profile: HostProfile;
}

export const matchBy = (reason: MatchReason): Judgement => ({ outcome: 'match', reason });
export const refuse = (reason: MismatchReason | TargetReason): Judgement => ({ outcome: 'no-match', reason });
export const ignore = (reason: IgnoredReason): Judgement => ({ outcome: 'ignored', reason });
export const assume = (judgement: Judgement): Judgement => ({ ...judgement, assumed: true });
