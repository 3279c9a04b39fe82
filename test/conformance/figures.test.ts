/** docs/conformance.md says what `npm run conformance` prints, nothing is accepted wrongly, and OpenSSL is predicted. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conformance } from '../support/conformance.js';
import { fuzzAgainstOpenssl } from '../support/fuzz.js';
import { opensslVerify } from '../support/openssl-verify.js';
import { makeScratch } from '../support/scratch.js';
import { replaceBlock, sampleRefusals } from './document.js';
import { measureAgreement, measureSuites, type Block } from './figures.js';
import { scoreConstraints, scoreHostNames, scoreLimbo, scorePkits } from './tables.js';

const document = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8');

function expectInDocument({ name, text }: Block): void {
  expect(document, `run "npm run conformance": ${name}`).toBe(replaceBlock(document, name, text));
}

describe(`the figures of docs/conformance.md${conformance.reason}`, () => {
  it.skipIf(!conformance.available)('are those that the command prints', () => {
    measureSuites().forEach(expectInDocument);
  });

  it.skipIf(!conformance.available || !opensslVerify.available)(
    `are those that the command prints of openssl${opensslVerify.skipReason}`,
    () => {
      expectInDocument(measureAgreement(makeScratch().directory));
    },
  );

  it.skipIf(!conformance.available)('have no false accept in any suite', () => {
    const scores = [scorePkits, scoreLimbo, scoreHostNames, scoreConstraints].flatMap((score) => score());
    expect(scores.length).toBeGreaterThan(20);
    expect(scores.filter(({ falseAccepts }) => falseAccepts > 0)).toEqual([]);
  });

  it.skipIf(!conformance.available)('have sixty refusals, no case twice', () => {
    const cases = new Set(sampleRefusals().map((refusal) => refusal.case));
    expect(cases.size).toBe(60);
    expect(sampleRefusals().filter(({ code }) => code === 'accepted')).toEqual([]);
  });
});

it.skipIf(!opensslVerify.available)(
  `openssl verify says of random chains what the profile security-pack predicts${opensslVerify.skipReason}`,
  () => {
    const { cases, accepted, withCRLs, disagreements } = fuzzAgainstOpenssl(makeScratch().directory, 400, 20_261);
    expect(disagreements).toEqual([]);
    // A generator that only makes rubbish would prove little.
    expect(accepted).toBeGreaterThan(cases / 10);
    expect(withCRLs).toBeGreaterThan(cases / 10);
  },
);
