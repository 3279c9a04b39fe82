/** Where certwright departs from a public suite, case by case; a departure that is gone fails as loudly as a new one. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

export interface Exception {
  /** `suite/case`, and behind a blank what it is held against where there are several. */
  readonly case: string;
  readonly expected: string;
  readonly actual: string;
  /** Why this is right, or why it must stay so. */
  readonly reason: string;
}

const exceptions = JSON.parse(
  readFileSync(new URL('../conformance/exceptions.json', import.meta.url), 'utf8'),
) as readonly Exception[];

/** Holds an outcome against what the suite expects, or against the exception that is argued for this case. */
export function expectOutcome(id: string, actual: string, expected: string): void {
  const exception = exceptions.find((candidate) => candidate.case === id);
  if (!exception) {
    expect(actual, id).toBe(expected);
    return;
  }
  expect(expected, `${id}: what exceptions.json says is expected`).toBe(exception.expected);
  expect(actual, `${id}: an exception is argued for it in exceptions.json; if it passes now, remove it`).toBe(
    exception.actual,
  );
}
