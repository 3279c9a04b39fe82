/** The name-constraint rows of the conformance data, and what certwright answers. */
import { matchDNSName, matchIPAddress } from '../../src/names/name-constraint-matching.js';
import { conformance, readConformanceJSON } from '../support/conformance.js';
import { makeAddress } from '../support/names.js';

export interface ConstraintRow {
  readonly kind: 'dns' | 'ip';
  readonly table: 'PRESENTED_MATCHES_CONSTRAINT' | 'WILDCARD_CONSTRAINT_CONTAINMENT' | 'WILDCARD_EXCLUDED_INTERSECTION';
  readonly presented: string;
  readonly constraint: string;
  readonly result: boolean | string;
}
export const constraintRows = conformance.available
  ? (readConformanceJSON('hostnames/name-constraint-matching.json') as { readonly rows: readonly ConstraintRow[] }).rows
  : [];
const verdicts: Readonly<Record<string, string>> = {
  true: 'inside',
  false: 'outside',
  'error:MalformedDnsIdentifier': 'malformed-name',
  'error:MalformedNameConstraint': 'malformed-subtree',
  'error:InvalidNetworkMaskConstraint': 'malformed-subtree',
};

/** What the row says of one name and one subtree, in certwright's words. */
export const expectedMatch = ({ result }: ConstraintRow): string | undefined => verdicts[String(result)];

export function matchRow({ kind, table, presented, constraint }: ConstraintRow): string {
  const rule = table === 'WILDCARD_EXCLUDED_INTERSECTION' ? 'excluded' : 'permitted';
  return kind === 'dns'
    ? matchDNSName(presented, constraint, rule)
    : matchIPAddress(makeAddress(presented), makeAddress(constraint));
}
