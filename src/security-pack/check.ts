/**
 * One line of a pre-flight: what was looked at, how it came out, and the findings behind it. A check without findings
 * above `info` has passed; one that could not be made says which findings kept it from being made.
 */
import type { Finding } from '../finding/finding.js';
import type { Side } from './setting.js';

/** As an administrator thinks, in the order of the report. */
export const checkGroups = [
  'options',
  'files',
  'key',
  'chain',
  'trust',
  'revocation',
  'name',
  'protocol',
  'sip',
] as const;
export type CheckGroup = (typeof checkGroups)[number];

/** not-made: what it needs is not there, which another check or finding says. */
export type CheckOutcome = 'passed' | 'warned' | 'failed' | 'not-made';

export interface Check {
  /** `group/kebab-name`, stable: `chain/complete`, `trust/peer-trusted`. Worded in `report/wording/checks.ts`. */
  readonly name: string;
  readonly group: CheckGroup;
  /** Whose configuration is at stake: a server's certificate that its client does not trust is the client's trust. */
  readonly side: Side;
  readonly outcome: CheckOutcome;
  /** What the line says: names, counts, instants as ISO 8601. */
  readonly params: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly findings: readonly Finding[];
}

/** A check that was made; its findings say how it came out. */
export function concludeCheck(check: Omit<Check, 'outcome' | 'group'>): Check {
  const { findings } = check;
  const group = groupOf(check.name);
  if (findings.some(({ severity }) => severity === 'error')) return { ...check, group, outcome: 'failed' };
  if (findings.some(({ severity }) => severity === 'warning')) return { ...check, group, outcome: 'warned' };
  return { ...check, group, outcome: 'passed' };
}

/** Reasons of a check that nobody asks for: the configuration does not want it, or it is for the target machine alone. */
const unasked: readonly unknown[] = ['tls-crl-not-set', 'not-sent', 'name-check-off', 'copy', 'windows-store'];

/** What says by itself that it does not know. */
const unknowing: ReadonlySet<string> = new Set(['preflight/store-key-missing']);

/** True for a check that was to be made and was not, or not in full: what it would have said is not known. */
export function isLeftOpen({ outcome, params, findings }: Check): boolean {
  if (outcome === 'not-made') return !unasked.includes(params.reason);
  return findings.some(({ code }) => unknowing.has(code));
}

/** A check that could not be made; `params` may say what it needs. */
export function skipCheck(name: string, side: Side, params: Check['params'] = {}): Check {
  return { name, group: groupOf(name), side, outcome: 'not-made', params, findings: [] };
}

function groupOf(name: string): CheckGroup {
  const group = checkGroups.find((each) => name.startsWith(`${each}/`));
  if (!group) throw new TypeError(`a check of no group: ${name}`);
  return group;
}
