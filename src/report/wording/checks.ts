/** What a line of a pre-flight says of a check: what it looked at, and what holds or why it could not be made. */
import type { Check } from '../../security-pack/check.js';
import { optionChecks, type CheckWords } from './checks-options.js';

const checks: Readonly<Record<string, CheckWords>> = { ...optionChecks };

/** One line without a final full stop; the findings of a check that has failed say more. */
export function describeCheck({ name, outcome, params }: Check): string {
  const words = checks[name];
  if (!words) return [name, ...Object.entries(params).map(([key, value]) => `${key} ${String(value)}`)].join(' ');
  if (outcome === 'not-made') return `${words.title}: ${words.notMade?.(params) ?? 'could not be checked'}`;
  return outcome === 'failed' ? words.title : words.passed(params);
}
