/** Holds what `--json` prints to the schema that the package ships. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import type { Run } from './run.js';

const schema = JSON.parse(
  readFileSync(new URL('../../src/report/output.schema.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv2020({ strictTypes: false, strictRequired: false, allErrors: true }).compile(schema);

export interface PrintedFinding {
  readonly code: string;
  readonly severity: string;
  readonly subject: { readonly kind: string; readonly name: string };
  readonly origin?: { readonly file: string; readonly line?: number };
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly hint?: string;
}

export interface PrintedEnvelope<Result> {
  readonly command: string;
  readonly at: string;
  readonly ok: boolean;
  readonly findings: readonly PrintedFinding[];
  readonly result: Result;
}

/** Parses the envelope on standard output; fails the test where it does not fit the schema. */
export function parseEnvelope<Result = unknown>({ stdout, stderr }: Run): PrintedEnvelope<Result> {
  const envelope: unknown = JSON.parse(stdout);
  expect(validate(envelope) ? [] : validate.errors, stderr).toEqual([]);
  return envelope as PrintedEnvelope<Result>;
}
