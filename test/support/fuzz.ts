/** The differential fuzz: random chains judged by the profile `security-pack` and by `openssl verify`. */
import { compareWithOpenssl } from './compare-openssl.js';
import { makeRandom, makeRandomPile } from './random-chains.js';

export interface Disagreement {
  /** Of the pile: `makeRandomPile(makeRandom(seed))` makes it again. */
  readonly seed: number;
  /** Of the end entity among the pile's. */
  readonly target: number;
  readonly predicted: string;
  readonly observed: string;
  /** Codes of the errors that were predicted. */
  readonly codes: readonly string[];
  /** What is unusual anywhere in the pile. */
  readonly traits: readonly string[];
}

export interface FuzzResult {
  readonly cases: number;
  /** Cases that openssl accepts. */
  readonly accepted: number;
  readonly withCRLs: number;
  /** How often each first error was said. */
  readonly errors: ReadonlyMap<string, number>;
  readonly disagreements: readonly Disagreement[];
}

/**
 * Runs at least `count` cases.
 *
 * @param folder for the files that openssl reads.
 * @param seed of the first pile; the next ones count up from it.
 */
export function fuzzAgainstOpenssl(folder: string, count: number, seed: number): FuzzResult {
  const disagreements: Disagreement[] = [];
  const errors = new Map<string, number>();
  let cases = 0;
  let withCRLs = 0;
  for (let current = seed; cases < count; current++) {
    const pile = makeRandomPile(makeRandom(current));
    compareWithOpenssl(folder, pile).forEach(({ result, predicted, observed }, target) => {
      cases++;
      if (pile.revocation !== 'off') withCRLs++;
      errors.set(observed, (errors.get(observed) ?? 0) + 1);
      if (predicted === observed) return;
      const codes = result.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
      const traits = [...new Set(pile.traits)];
      disagreements.push({ seed: current, target, predicted, observed, codes, traits });
    });
  }
  return { cases, accepted: errors.get('ok') ?? 0, withCRLs, errors, disagreements };
}
