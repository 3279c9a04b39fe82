// Writes the tables of docs/findings/README.md anew from the catalogue of the built library; the tests hold them to it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = join(root, 'docs/findings/README.md');
const { catalogues } = await import(new URL('../dist/lib/finding/catalogue.js', import.meta.url).href);
const catalogue = Object.assign({}, ...Object.values(catalogues).map((own) => own()));
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
  const [table = ''] = /^(?:\|.*\n)+/.exec(text.slice(from)) ?? [];
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

const text = readFileSync(path, 'utf8');
let fresh = replaceTable(text, '## From an error of OpenSSL', makeOpensslTable);
fresh = replaceTable(fresh, '## From an error of Node', makeNodeTable);
fresh = replaceTable(fresh, '## All codes', makeCodeTable);
const options = await prettier.resolveConfig(path);
fresh = await prettier.format(fresh, { ...options, filepath: path });

if (fresh.includes('WORDS MISSING')) throw new Error('a number of OpenSSL has no words: write them into its row');
writeFileSync(path, fresh);
