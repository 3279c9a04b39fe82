/** Holds the table of `src/pem/consumers.ts` against the real programs: each form of damage, between good blocks and alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consumers, effects, observedEffects } from '../../src/pem/consumers.js';
import type { Effect, PemForm } from '../../src/pem/consumers.js';
import { damagedForms } from '../support/damaged-pem.js';
import { makeConsumerBench } from '../support/pem-consumers.js';
import type { ConsumerBench } from '../support/pem-consumers.js';

let bench: ConsumerBench;
beforeAll(async () => {
  bench = await makeConsumerBench();
});
afterAll(() => {
  bench.close();
});

const worst = (seen: readonly Effect[]): Effect =>
  effects[Math.max(...seen.map((effect) => effects.indexOf(effect)))] ?? 'reads';

test.each(consumers)('%s does with every form of damage what the table says', async (consumer) => {
  const absent = bench.absent(consumer);
  if (absent) {
    console.log(`not asked: ${absent}`);
    return;
  }
  const forms = Object.keys(observedEffects) as PemForm[];
  const shapes = forms.map((form) => damagedForms[form](bench.material));
  const seen = await bench.observe(consumer, shapes.flat());
  let at = 0;
  const observed = forms.map((form, i) => [form, worst(seen.slice(at, (at += shapes[i]?.length ?? 0)))]);
  expect(Object.fromEntries(observed)).toEqual(
    Object.fromEntries(forms.map((form) => [form, observedEffects[form][consumer]])),
  );
});
