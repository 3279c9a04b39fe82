/** What path validation is asked: the inputs of RFC 5280 6.1.1, and what is checked on top. */
import type { Finding } from '../finding/finding.js';
import type { Certificate } from '../x509/certificate.js';
import type { GeneralSubtree } from '../x509/extensions/name-constraints.js';
import { defaultLimits, type Limits } from './budget.js';
import { anyPolicy } from './policy-graph.js';

/** `both` is one certificate in the server's and in the client's role, as the Security Pack uses it; `any` asks nothing. */
export type Purpose = 'serverAuth' | 'clientAuth' | 'both' | 'any';

/**
 * `rfc5280`: section 6 of the RFC, and what section 4 asks as warnings. `webpki`: what public CAs must do on top, as the
 * CA/Browser Forum's Baseline Requirements say. `security-pack`: what OpenSSL 3.0 answers, right or wrong.
 */
export type Profile = 'rfc5280' | 'webpki' | 'security-pack';

/**
 * A further look at a path with which nothing is wrong so far, such as at the revocation of its certificates; end entity
 * first, anchor last. With an error among the findings the path is refused and the search goes on.
 */
export type ExaminePath = (path: readonly Certificate[]) => readonly Finding[];

export interface PathOptions {
  /** Certificates whose subject and key are trusted (RFC 5280 6.1.1(d)). */
  readonly trustAnchors: readonly Certificate[];
  /** The instant of validation; both bounds of a validity belong to it, in whole seconds. */
  readonly at: Date;
  /** `any` unless given. */
  readonly purpose?: Purpose | undefined;
  /** `rfc5280` unless given. */
  readonly profile?: Profile | undefined;
  /**
   * user-initial-policy-set (RFC 5280 6.1.1(c)) as dotted OIDs; any-policy unless given. The profile `security-pack`
   * evaluates policies only where this or one of the three flags is given, and accepts none where this is not, as OpenSSL does.
   */
  readonly initialPolicySet?: readonly string[] | undefined;
  /** initial-explicit-policy (RFC 5280 6.1.1(f)). */
  readonly requireExplicitPolicy?: boolean | undefined;
  /** initial-policy-mapping-inhibit (RFC 5280 6.1.1(e)). */
  readonly inhibitPolicyMapping?: boolean | undefined;
  /** initial-any-policy-inhibit (RFC 5280 6.1.1(g)). */
  readonly inhibitAnyPolicy?: boolean | undefined;
  /** initial-permitted-subtrees (RFC 5280 6.1.1(h)): none of a form permits every name of that form. */
  readonly initialPermittedSubtrees?: readonly GeneralSubtree[] | undefined;
  /** initial-excluded-subtrees (RFC 5280 6.1.1(i)). */
  readonly initialExcludedSubtrees?: readonly GeneralSubtree[] | undefined;
  /** Intermediates that may stand between the end entity and the anchor, self-issued ones not counted; no bound unless given. */
  readonly maxIntermediates?: number | undefined;
  /** True for a name below which anybody may register (`co.uk`); lets `webpki` refuse wildcards right below one. */
  readonly isPublicSuffix?: ((name: string) => boolean) | undefined;
  /** What is left out is as in `defaultLimits`. */
  readonly limits?: Partial<Limits> | undefined;
  readonly examine?: ExaminePath | undefined;
}

/** The options with every default in its place. */
export interface PathInputs {
  readonly trustAnchors: readonly Certificate[];
  /** Whole seconds. */
  readonly at: Date;
  readonly purpose: Purpose;
  readonly profile: Profile;
  readonly userInitialPolicySet: ReadonlySet<string>;
  /** True where any of the policy inputs was given. */
  readonly policiesAsked: boolean;
  readonly initialExplicitPolicy: boolean;
  readonly initialPolicyMappingInhibit: boolean;
  readonly initialAnyPolicyInhibit: boolean;
  readonly initialPermittedSubtrees: readonly GeneralSubtree[];
  readonly initialExcludedSubtrees: readonly GeneralSubtree[];
  readonly maxIntermediates: number | undefined;
  readonly isPublicSuffix: ((name: string) => boolean) | undefined;
  readonly limits: Limits;
  readonly examine: ExaminePath;
}

/** RFC 5280 4.1.2.5 knows whole seconds only: what comes after them does not make a certificate expire. */
function wholeSeconds(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}

export function resolveInputs(options: PathOptions): PathInputs {
  const { initialPolicySet, requireExplicitPolicy, inhibitPolicyMapping, inhibitAnyPolicy } = options;
  return {
    trustAnchors: options.trustAnchors,
    at: wholeSeconds(options.at),
    purpose: options.purpose ?? 'any',
    profile: options.profile ?? 'rfc5280',
    userInitialPolicySet: new Set(initialPolicySet ?? (options.profile === 'security-pack' ? [] : [anyPolicy])),
    policiesAsked:
      initialPolicySet !== undefined ||
      [requireExplicitPolicy, inhibitPolicyMapping, inhibitAnyPolicy].some((flag) => flag === true),
    initialExplicitPolicy: requireExplicitPolicy ?? false,
    initialPolicyMappingInhibit: inhibitPolicyMapping ?? false,
    initialAnyPolicyInhibit: inhibitAnyPolicy ?? false,
    initialPermittedSubtrees: options.initialPermittedSubtrees ?? [],
    initialExcludedSubtrees: options.initialExcludedSubtrees ?? [],
    maxIntermediates: options.maxIntermediates,
    isPublicSuffix: options.isPublicSuffix,
    limits: options.limits ? { ...defaultLimits, ...options.limits } : defaultLimits,
    examine: options.examine ?? (() => []),
  };
}
