import { it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { listCases } from './conformance/rehearsal-matrix/matrix.js';
import { readScene } from './conformance/rehearsal-matrix/scene.js';
import { makeScratch } from './support/scratch.js';
import { preflight } from '../src/security-pack/preflight.js';
import { rehearse } from '../src/handshake/rehearse.js';

it('scan', { timeout: 300000 }, async () => {
  const out: string[] = [];
  const start = performance.now();
  let pf = 0,
    rh = 0,
    rd = 0;
  const cases = listCases();
  const root = makeScratch();
  let n = 0;
  for (const { name, expected, scene } of cases) {
    n++;
    const scratch = {
      ...root,
      path: (f: string) => root.path(`${n}/${f}`),
      write: (f: string, c: string | Uint8Array) => root.write(`${n}/${f}`, c),
    };
    const t0 = performance.now();
    const configuration = await readScene(scratch, scene);
    const t1 = performance.now();
    const { ok, findings } = preflight(configuration, { at: new Date(Math.floor(Date.now() / 1000) * 1000) });
    const t2 = performance.now();
    const result = await rehearse(configuration, { findings });
    const t3 = performance.now();
    rd += t1 - t0;
    pf += t2 - t1;
    rh += t3 - t2;
    const errors = findings.filter((f) => f.severity === 'error').map((f) => f.code);
    const met = result.rehearsals.flatMap((r) =>
      r.errors
        .filter((e) => !e.isConsequence)
        .map(
          (e) =>
            `${e.side} ${e.stage} ${e.code} <- ${e.explainedBy.map((f) => f.severity[0] + ' ' + f.code).join(',') || 'NOTHING'}`,
        ),
    );
    const unexplained = result.findings.some((f) => f.code === 'rehearse/unexplained');
    const want = JSON.stringify(expected);
    const causes = result.rehearsals.flatMap((r) =>
      r.errors.filter((e) => !e.isConsequence).flatMap((e) => e.explainedBy),
    );
    const weak = result.rehearsals.some((r) =>
      r.errors.some((e) => !e.isConsequence && !e.explainedBy.some((f) => f.severity === 'error')),
    );
    const fine =
      expected === 'connects'
        ? ok && result.ok
        : 'cause' in expected
          ? !ok && !result.ok && !unexplained && !weak && causes.some((f) => f.code.startsWith(expected.cause))
          : !ok && result.ok && errors.every((c) => c === expected.stricter);
    const tag = fine
      ? 'fine'
      : ok && !result.ok
        ? 'FALSE OK'
        : !ok && result.ok
          ? 'STRICTER'
          : ok
            ? 'BOTH OK'
            : unexplained || weak
              ? 'UNEXPLAINED'
              : 'OTHER CAUSE';
    out.push(
      `${tag} | ${name} | want ${want} | pf ${ok} ${errors.join(',')} | rh ${result.ok} ${met.join(' ; ')} ${result.rehearsals.length === 0 ? result.findings.map((f) => f.code).join() : ''}`,
    );
  }
  writeFileSync('/tmp/scan.txt', out.sort().join('\n') + '\n');
  console.log(cases.length, (performance.now() - start) / 1000, 'read', rd, 'pf', pf, 'rh', rh);
});
