/**
 * preflight and rehearse must agree: each configuration of the matrix goes through both. What connects has no error of the
 * pre-flight, and what is refused is refused by both for the same cause; where the Security Pack is stricter than a
 * handshake, `rehearsal-matrix/exceptions.ts` says why, code by code. A rule of the exceptions that no longer applies fails.
 */
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/finding/finding.js';
import { rehearse } from '../../src/handshake/rehearse.js';
import type { SideError } from '../../src/handshake/rehearsal.js';
import { preflight } from '../../src/security-pack/preflight.js';
import { makeScratch } from '../support/scratch.js';
import { openssl30 } from '../support/own-openssl.js';
import { exceptions, onlyOpenSSL30 } from './rehearsal-matrix/exceptions.js';
import { listCases } from './rehearsal-matrix/matrix.js';
import { readScene, type Scene } from './rehearsal-matrix/scene.js';
import type { Expected } from './rehearsal-matrix/variation.js';

interface Verdicts {
  readonly preflight: 'ok' | 'refused';
  readonly rehearse: 'ok' | 'refused';
  /** Codes of the pre-flight's errors. */
  readonly errors: readonly string[];
  /** What the handshake met by itself, with the errors of the pre-flight that explain it. */
  readonly met: readonly { readonly error: string; readonly causes: readonly string[] }[];
}

const errorsIn = (findings: readonly Finding[]): string[] => [
  ...new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)),
];

function summarizeError({ side, stage, code, explainedBy }: SideError): Verdicts['met'][number] {
  return { error: `${side} ${stage} ${code}`, causes: errorsIn(explainedBy) };
}

async function judge(scene: Scene): Promise<Verdicts> {
  const configuration = await readScene(makeScratch(), scene);
  const at = new Date(Math.floor(Date.now() / 1000) * 1000);
  const { ok, findings } = preflight(configuration, { at });
  const rehearsed = await rehearse(configuration, { findings });
  const met = rehearsed.rehearsals.flatMap(({ errors }) => errors.filter(({ isConsequence }) => !isConsequence));
  return {
    preflight: ok ? 'ok' : 'refused',
    rehearse: rehearsed.ok ? 'ok' : 'refused',
    errors: errorsIn(findings),
    met: met.map(summarizeError),
  };
}

function expectVerdicts(verdicts: Verdicts, expected: Expected): void {
  if (expected === 'connects') {
    expect(verdicts).toEqual({ preflight: 'ok', rehearse: 'ok', errors: [], met: [] });
  } else if ('stricter' in expected) {
    expect(verdicts).toEqual({ preflight: 'refused', rehearse: 'ok', errors: [expected.stricter], met: [] });
  } else {
    expect(verdicts).toMatchObject({ preflight: 'refused', rehearse: 'refused' });
    expect(verdicts.met.filter(({ causes }) => causes.length === 0)).toEqual([]);
    expect(verdicts.met.flatMap(({ causes }) => causes)).toContain(expected.cause);
  }
}

const cases = listCases();
const count = (counts: (expected: Expected) => boolean): number =>
  cases.filter(({ expected }) => counts(expected)).length;
const isOnlyOf30 = (name: string): boolean => Object.keys(onlyOpenSSL30).some((start) => name.startsWith(start));
const connected = count((expected) => expected === 'connects');
const excepted = count((expected) => expected !== 'connects' && 'stricter' in expected);
const refused = cases.length - connected - excepted;

describe(`${cases.length} configurations: ${connected} connect, ${refused} are refused by both for the same cause, ${excepted} by a rule of the pack alone`, () => {
  for (const { name, scene, expected } of cases) {
    const passes = openssl30.isHere || !isOnlyOf30(name);
    test.runIf(passes)(passes ? name : `${name}${openssl30.skipReason}`, async () => {
      expectVerdicts(await judge(scene), expected);
    });
  }
});

test('every exception is argued for, and none of them is idle', () => {
  const used = cases.flatMap(({ expected }) =>
    expected !== 'connects' && 'stricter' in expected ? [expected.stricter] : [],
  );
  expect(Object.keys(exceptions).sort()).toEqual([...new Set(used)].sort());
  for (const start of Object.keys(onlyOpenSSL30)) expect(cases.some(({ name }) => name.startsWith(start))).toBe(true);
});

test('no two configurations have one name, so that a failure names one', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});
