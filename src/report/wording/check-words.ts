/** What the words of checks are made of: the params of a check as text, lists and counts. */
import type { Check } from '../../security-pack/check.js';

type Params = Check['params'];

/** The words of one check. */
export interface CheckWords {
  /** What was looked at, for the line of a check that failed: its findings say the rest. */
  readonly title: string;
  /** What holds, when it has passed; as far as it holds, when there are only warnings. */
  readonly passed: (params: Params) => string;
  /** Why it could not be made. */
  readonly notMade?: (params: Params) => string;
}

export const listOf = (value: Params[string]): readonly string[] =>
  Array.isArray(value) ? (value as readonly string[]) : [];

export const textOf = (value: Params[string]): string => (value === undefined ? '' : String(value));

/** `1 root`, `2 roots`. */
export const countOf = (number: Params[string], one: string): string =>
  `${textOf(number)} ${number === 1 ? one : `${one}s`}`;
