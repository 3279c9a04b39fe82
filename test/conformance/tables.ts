/** The figures of every suite: how many cases pass, and of the others how many are accepted or refused wrongly. */
import type { HostProfile } from '../../src/hostname/verdict.js';
import { compareWithOpenssl } from '../support/compare-openssl.js';
import { pkitsCases } from '../support/conformance.js';
import { limboCases } from '../support/limbo.js';
import type { OpensslQuestion } from '../support/openssl-verify.js';
import { constraintRows, expectedMatch, matchRow } from './constraint-rows.js';
import { answerRow, hostModels, hostRows } from './host-rows.js';
import { askLimboCase, judgeLimboCase, profileOf } from './limbo-cases.js';
import { askPkitsCase, judgePkitsCase } from './pkits-cases.js';

export interface Score {
  readonly name: string;
  readonly cases: number;
  readonly passed: number;
  readonly falseAccepts: number;
  readonly falseRejects: number;
  /** The verdict is right, something else that the suite expects is not. */
  readonly otherwiseWrong: number;
}

interface Outcome {
  readonly section: string;
  readonly expected: boolean;
  readonly actual: boolean;
  readonly complete?: boolean;
}

function scoreOutcomes(name: string, outcomes: readonly Outcome[]): Score {
  const count = (wanted: (outcome: Outcome) => boolean): number => outcomes.filter(wanted).length;
  return {
    name,
    cases: outcomes.length,
    passed: count(({ expected, actual, complete = true }) => expected === actual && complete),
    falseAccepts: count(({ expected, actual }) => actual && !expected),
    falseRejects: count(({ expected, actual }) => expected && !actual),
    otherwiseWrong: count(({ expected, actual, complete = true }) => expected === actual && !complete),
  };
}

/** One score for each section in the order of its first case, and one for all. */
function scoreSections(total: string, outcomes: readonly Outcome[]): Score[] {
  const sections = [...new Set(outcomes.map(({ section }) => section))];
  return [
    ...sections.map((name) =>
      scoreOutcomes(
        name,
        outcomes.filter(({ section }) => section === name),
      ),
    ),
    scoreOutcomes(total, outcomes),
  ];
}

/** Every case with its CRLs, one row for each section; where NIST accepts, the policy set has to be NIST's too. */
export function scorePkits(): Score[] {
  return scoreSections(
    'all',
    pkitsCases().map((test) => {
      const { ok, policies } = judgePkitsCase(test);
      const samePolicies = JSON.stringify(policies) === JSON.stringify(test.expectedUserConstrainedPolicySet);
      return {
        section: `${test.section} ${test.sectionName}`,
        expected: test.expected,
        actual: ok,
        complete: !ok || samePolicies,
      };
    }),
  );
}

export function scoreLimbo(): Score[] {
  return scoreSections(
    'all',
    limboCases().map((test) => ({
      section: `${test.validation_kind}, profile ${profileOf(test)}`,
      expected: test.expected_result === 'SUCCESS',
      actual: judgeLimboCase(test).ok,
    })),
  );
}

const modelNames: Readonly<Record<string, string>> = {
  'observed-openssl': 'what OpenSSL answered',
  'observed-node': 'what Node answered',
  'expected-by-origin': 'rows of Chromium, Go and mozilla::pkix',
};

export function scoreHostNames(): Score[] {
  return hostModels.map(([oracle, profile, model]: readonly [string, HostProfile, (typeof hostModels)[number][2]]) =>
    scoreOutcomes(
      `${profile}: ${modelNames[oracle] ?? oracle}`,
      hostRows
        // Where origins contradict each other, no answer pleases all of them.
        .filter(({ tags }) => profile !== 'rfc9525' || !tags.includes('origins-disagree'))
        .flatMap((row) => {
          const expected = model(row);
          return expected === undefined ? [] : [{ section: '', expected, actual: answerRow(row, profile) }];
        }),
    ),
  );
}

/** A name that is wrongly taken for one inside a subtree is the false accept. */
export function scoreConstraints(): Score[] {
  const outcomes = constraintRows.map((row) => {
    const [expected, actual] = [expectedMatch(row), matchRow(row)];
    const same = expected === actual;
    return { section: row.table, expected: expected === 'inside', actual: actual === 'inside', complete: same };
  });
  return scoreSections('all', outcomes);
}

export interface Agreement {
  readonly name: string;
  readonly cases: number;
  readonly sameVerdict: number;
  /** The first error number is the same too. */
  readonly sameNumber: number;
  /** `case: predicted / observed`. */
  readonly departures: readonly string[];
}

function compareAll(
  folder: string,
  name: string,
  questions: readonly (readonly [string, OpensslQuestion])[],
): Agreement {
  const all = questions.flatMap(([id, question]) =>
    compareWithOpenssl(folder, question).map((comparison) => ({ id, ...comparison })),
  );
  return {
    name,
    cases: all.length,
    sameVerdict: all.filter(({ result, said }) => result.ok === said.ok).length,
    sameNumber: all.filter(({ predicted, observed }) => predicted === observed).length,
    departures: all
      .filter(({ predicted, observed }) => predicted !== observed)
      .map(({ id, predicted, observed }) => `${id}: ${predicted} predicted, ${observed} observed`),
  };
}

/** The profile `security-pack` beside the installed openssl; `folder` is for the files that openssl reads. */
export function compareSuites(folder: string): Agreement[] {
  return (['off', 'chain'] as const).flatMap((revocation) => {
    const suffix = revocation === 'off' ? 'without CRLs' : 'with CRLs';
    const pkits = pkitsCases().map((test) => [test.id, askPkitsCase(test, revocation)] as const);
    const limbo = limboCases()
      .filter(({ crls }) => revocation === 'off' || crls.length > 0)
      .map((test) => [test.id, askLimboCase(test, revocation)] as const);
    return [compareAll(folder, `NIST PKITS ${suffix}`, pkits), compareAll(folder, `x509-limbo ${suffix}`, limbo)];
  });
}
