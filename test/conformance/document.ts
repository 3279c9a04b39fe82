/** The figures of docs/conformance.md, as Markdown between two markers: `npm run conformance` writes what it prints. */
import sample from './sample.json' with { type: 'json' };
import { pkitsCases } from '../support/conformance.js';
import { limboCases } from '../support/limbo.js';
import type { FuzzResult } from '../support/fuzz.js';
import type { VerifyCertificateResult } from '../../src/verify.js';
import { judgeLimboCase } from './limbo-cases.js';
import { judgePkitsCase } from './pkits-cases.js';
import type { Agreement, Score } from './tables.js';

function formatTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => String(row[column] ?? '').length)),
  );
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells
      .map((cell, at) =>
        typeof cell === 'number' ? String(cell).padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join(' | ')} |`;
  // Figures stand to the right, as their column says.
  const rule = widths.map((width, at) =>
    typeof rows[0]?.[at] === 'number' ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  const title = head.map((text, at) => (typeof rows[0]?.[at] === 'number' ? text.padStart(widths[at] ?? 0) : text));
  return [line(title), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

export function formatScores(scores: readonly Score[]): string {
  const head = ['', 'cases', 'passed', 'false accepts', 'false rejects', 'otherwise wrong'];
  return formatTable(
    head,
    scores.map((score) => [
      score.name,
      score.cases,
      score.passed,
      score.falseAccepts,
      score.falseRejects,
      score.otherwiseWrong,
    ]),
  );
}

export function formatAgreements(agreements: readonly Agreement[]): string {
  const rows = agreements.map(({ name, cases, sameVerdict, sameNumber }) => [name, cases, sameVerdict, sameNumber]);
  const departures = agreements.flatMap(({ name, departures: each }) => each.map((text) => `- ${name}, ${text}`));
  const table = formatTable(['', 'cases', 'same verdict', 'same first error number'], rows);
  return departures.length > 0 ? `${table}\n\n${departures.join('\n')}` : table;
}

export interface SampledRefusal {
  readonly case: string;
  /** What the suite means it to be refused for. */
  readonly about: string;
  /** The code of the first finding. */
  readonly code: string;
  readonly remark?: string | undefined;
}

const firstError = ({ findings }: VerifyCertificateResult): string =>
  findings.find(({ severity }) => severity === 'error')?.code ?? 'accepted';

/** The refusals that were read one by one, with the code of the first finding as it is today. */
export function sampleRefusals(): SampledRefusal[] {
  const results = new Map<string, () => VerifyCertificateResult>([
    ...pkitsCases().map((test) => [test.id, () => judgePkitsCase(test)] as const),
    ...limboCases().map((test) => [test.id, () => judgeLimboCase(test)] as const),
  ]);
  return sample.map((entry: Omit<SampledRefusal, 'code'>) => {
    const judge = results.get(entry.case);
    if (!judge) throw new Error(`no case ${entry.case}`);
    return { ...entry, code: firstError(judge()) };
  });
}

export function formatSample(refusals: readonly SampledRefusal[]): string {
  return formatTable(
    ['case', 'what it is about', 'first finding'],
    refusals.map(({ case: id, about, code, remark }) => [
      `\`${id}\``,
      about,
      remark === undefined ? `\`${code}\`` : `\`${code}\`: ${remark}`,
    ]),
  );
}

/** As `error 20`, the most frequent first. */
export function formatFuzz({ cases, withCRLs, accepted, errors, disagreements }: FuzzResult, seed: number): string {
  const counts = [...errors].sort((a, b) => b[1] - a[1]).map(([answer, count]) => `${answer}: ${count}`);
  return [
    `${cases} cases from seed ${seed}, ${withCRLs} of them with CRLs; openssl accepts ${accepted}.`,
    `Another verdict or another first error number: ${disagreements.length}.`,
    '',
    `Answers of openssl: ${counts.join(', ')}.`,
  ].join('\n');
}

/** The document with `text` between the markers of this name. */
export function replaceBlock(document: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no markers "${name}" in the document`);
  return `${document.slice(0, from + begin.length)}\n\n${text}\n\n${document.slice(to)}`;
}
