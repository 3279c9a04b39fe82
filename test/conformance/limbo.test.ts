/** x509-limbo under the profile `webpki`; where a pair of cases contradict each other, the RFC's half under `rfc5280`. */
import { describe, expect, it } from 'vitest';
import { conformance } from '../support/conformance.js';
import { expectOutcome } from '../support/exceptions.js';
import { limboCases } from '../support/limbo.js';
import { judgeLimboCase, profileOf } from './limbo-cases.js';

const cases = limboCases().map((test) => ({ ...test, profile: profileOf(test) }));

describe(`x509-limbo${conformance.reason}`, () => {
  it.skipIf(!conformance.available)('has 104 cases here, two of them with CRLs', () => {
    expect(cases).toHaveLength(104);
    expect(cases.filter(({ crls }) => crls.length > 0)).toHaveLength(2);
  });

  it.each(cases)('$id under $profile', (test) => {
    expectOutcome(`limbo/${test.id}`, judgeLimboCase(test).ok ? 'SUCCESS' : 'FAILURE', test.expected_result);
  });
});
