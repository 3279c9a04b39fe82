// Keeps docs/findings/README.md true: its tables are made of the catalogue, and every code has its place in the page of
// its area. Reads the built library.
//   node build/finding-index.js          compares and exits 1 where something differs
//   node build/finding-index.js --write  writes the tables anew
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs/findings');
const path = join(folder, 'README.md');
const { catalogue } = await import(new URL('../dist/lib/finding/catalogue.js', import.meta.url).href);
const codes = Object.keys(catalogue);

const areaOf = (code) => code.slice(0, code.indexOf('/'));
const linkTo = (code) => `${areaOf(code)}.md#${code.replace('/', '')}`;
const link = (code) => `[${code}](${linkTo(code)})`;
const codesBy = (key) => {
  const groups = new Map();
  for (const code of codes) {
    const value = catalogue[code][key];
    if (value !== undefined) groups.set(value, [...(groups.get(value) ?? []), code]);
  }
  return groups;
};

/** The rows of a table as arrays of cells, without its head. */
function readRows(table) {
  const rows = table.trim().split('\n').slice(2);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const makeTable = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Replaces the first table below a heading; `make` gets the rows that are there. */
function replaceTable(text, heading, make) {
  const start = text.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`docs/findings/README.md has no heading ${heading}`);
  const from = text.indexOf('\n|', start) + 1;
  const [table] = /^(?:\|.*\n)+/.exec(text.slice(from)) ?? [''];
  return `${text.slice(0, from)}${make(readRows(table))}\n${text.slice(from + table.length)}`;
}

/** The number's words stand in the table alone, as OpenSSL has them; a number without words is a fault. */
function makeOpensslTable(rows) {
  const words = new Map(rows.map(([number, text]) => [Number(number), text]));
  const numbers = [...codesBy('opensslError')].sort(([a], [b]) => a - b);
  return makeTable(
    ['number', 'its words', 'findings'],
    numbers.map(([number, own]) => [number, words.get(number) ?? 'WORDS MISSING', own.map(link).join(', ')]),
  );
}

function makeNodeTable() {
  const rows = [...codesBy('nodeError')].sort(([a], [b]) => (a < b ? -1 : 1));
  return makeTable(
    ['code', 'findings'],
    rows.map(([code, own]) => [`\`${code}\``, own.map(link).join(', ')]),
  );
}

const makeCodeTable = () =>
  makeTable(
    ['code', 'severity'],
    codes.map((code) => [`[\`${code}\`](${linkTo(code)})`, catalogue[code].severity]),
  );

/** What the pages of the areas lack, or say otherwise than the catalogue. */
function findFaults() {
  const faults = [];
  for (const area of new Set(codes.map(areaOf))) {
    const page = join(folder, `${area}.md`);
    const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
    const sections = new Map(
      text
        .split(/^## /m)
        .slice(1)
        .map((section) => [section.slice(0, section.indexOf('\n')), section]),
    );
    for (const code of codes.filter((each) => areaOf(each) === area)) {
      const said = /^\*\*(\w+)\*\*/m.exec(sections.get(code) ?? '')?.[1];
      if (!sections.has(code)) faults.push(`docs/findings/${area}.md: ${code} is not described`);
      else if (said !== catalogue[code].severity)
        faults.push(
          `docs/findings/${area}.md: ${code} is called ${said}, the catalogue has ${catalogue[code].severity}`,
        );
    }
    for (const heading of sections.keys())
      if (heading.includes('/') && !(heading in catalogue)) faults.push(`docs/findings/${area}.md: no code ${heading}`);
  }
  return faults;
}

const text = readFileSync(path, 'utf8');
let fresh = replaceTable(text, '## From an error of OpenSSL', makeOpensslTable);
fresh = replaceTable(fresh, '## From an error of Node', makeNodeTable);
fresh = replaceTable(fresh, '## All codes', makeCodeTable);
const options = await prettier.resolveConfig(path);
fresh = await prettier.format(fresh, { ...options, filepath: path });

const faults = findFaults();
if (fresh.includes('WORDS MISSING')) faults.push('docs/findings/README.md: a number of OpenSSL has no words');
if (process.argv.includes('--write')) writeFileSync(path, fresh);
else if (fresh !== text) faults.push('docs/findings/README.md: its tables are not those of the catalogue');
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
