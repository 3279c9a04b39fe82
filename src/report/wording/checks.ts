/** What a line of a pre-flight says of a check: what it looked at, and what holds or why it could not be made. */
import type { Check } from '../../security-pack/check.js';
import type { CheckWords } from './check-words.js';
import { optionChecks } from './checks-options.js';
import { verdictChecks } from './checks-verdicts.js';

const checks: Readonly<Record<string, CheckWords>> = { ...optionChecks, ...verdictChecks };

/** One line without a final full stop; the findings of a check that has failed say more. */
export function describeCheck({ name, outcome, params }: Check): string {
  const words = checks[name];
  if (!words) throw new TypeError(`a check without words: ${name}`);
  if (outcome === 'not-made') return words.notMade?.(params) ?? `${words.title} not checked`;
  return outcome === 'failed' ? words.title : words.passed(params);
}
