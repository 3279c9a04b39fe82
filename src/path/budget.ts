/** What one validation may cost. A pool of certificates comes from a stranger: every loop over it is paid for here. */

/** What is counted over a whole validation. */
export type BudgetKind = 'signatureChecks' | 'nodes' | 'nameComparisons';
export interface Limits extends Readonly<Record<BudgetKind, number>> {
  /** Holds for each path by itself. */
  readonly pathLength: number;
}

/**
 * An ordinary chain takes 3 signature checks, some ten nodes and no name comparison at all.
 *
 * - `signatureChecks`: as Go's crypto/x509 (maxChainSignatureChecks) and rustls-webpki allow.
 * - `nodes`: certificates visited by the search or judged on a finished path. A mesh in which n CAs all sign each other
 *   has more than n! paths (RFC 4158 2.4.2), which nobody wants listed.
 * - `nameComparisons`: names times subtrees, as rustls-webpki allows; a third of a second here. OpenSSL's NAME_CHECK_MAX,
 *   which the profile `security-pack` goes by, is four times as many.
 * - `pathLength`: certificates below the trust anchor, as OpenSSL's default of `-verify_depth`.
 */
export const defaultLimits: Limits = {
  signatureChecks: 100,
  nodes: 2_000,
  nameComparisons: 250_000,
  pathLength: 100,
};

export class Budget {
  private readonly spent: Record<BudgetKind, number> = {
    signatureChecks: 0,
    nodes: 0,
    nameComparisons: 0,
  };
  private firstExceeded: BudgetKind | undefined;

  /** A limit itself may still be spent. */
  constructor(readonly limits: Limits = defaultLimits) {}

  /** The first limit that was passed. Once there is one, nothing that was found out since may be called complete. */
  get exceeded(): BudgetKind | undefined {
    return this.firstExceeded;
  }

  /** Takes from the budget; false when that is more than was left, and then the work must not be done. */
  spend(kind: BudgetKind, amount = 1): boolean {
    this.spent[kind] += amount;
    if (this.spent[kind] <= this.limits[kind]) return true;
    this.firstExceeded ??= kind;
    return false;
  }

  /** How much was taken so far. */
  used(kind: BudgetKind): number {
    return this.spent[kind];
  }
}
