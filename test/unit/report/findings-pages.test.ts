/** Holds docs/findings against the catalogue, the table of PEM consumers and the command line. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/cli/commands.js';
import { parseByYargs } from '../../../src/cli/parse-by-yargs.js';
import { areaOf, catalogues } from '../../../src/finding/catalogue.js';
import type { CatalogueEntry } from '../../../src/finding/finding.js';
import { observedEffects, type PemForm } from '../../../src/pem/consumers.js';

const folder = new URL('../../../docs/findings/', import.meta.url);
const readPage = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

const codes = Object.values(catalogues).flatMap((own) => Object.entries<CatalogueEntry<object>>(own()));
const areas = [...new Set(codes.map(([code]) => areaOf(code)))];

interface Section {
  readonly code: string;
  /** The paragraphs under the heading. */
  readonly paragraphs: readonly string[];
}

const readSections = (page: string): Section[] =>
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [code = '', ...paragraphs] = section.trim().split(/\n{2,}/);
      return { code, paragraphs };
    });

/** The line that stands first under the heading of a code. */
function describeFacts({ severity, reference, opensslError, nodeError }: CatalogueEntry<object>): string {
  const peers = [
    opensslError === undefined ? undefined : `openssl error ${opensslError}`,
    nodeError === undefined ? undefined : `Node \`${nodeError}\``,
  ];
  return [`**${severity}**`, reference, ...peers].filter((fact) => fact !== undefined).join(' · ');
}

function describeConsumers(form: PemForm): string {
  const { openssl, node, keytool, gnutls } = observedEffects[form];
  return `OpenSSL ${openssl} · Node ${node} · keytool ${keytool} · GnuTLS ${gnutls}`;
}

/** As GitHub names the place of a heading. */
const anchorOf = (code: string): string => `${areaOf(code)}.md#${code.replace('/', '')}`;

test('every code stands in the catalogue of its area', () => {
  for (const [area, own] of Object.entries(catalogues)) {
    expect(Object.keys(own()).filter((code) => areaOf(code) !== area)).toEqual([]);
  }
});

test('docs/findings holds one page for each area, and the index', () => {
  expect(readdirSync(folder).sort()).toEqual([...areas.map((area) => `${area}.md`), 'README.md'].sort());
});

describe.each(areas)('the page of the area %s', (area) => {
  const own = codes.filter(([code]) => areaOf(code) === area);
  const sections = readSections(readPage(`${area}.md`));

  test('has one section for each code, and no other', () => {
    expect(sections.map(({ code }) => code).sort()).toEqual(own.map(([code]) => code).sort());
  });

  test.each(own)('%s: the facts are those of the catalogue', (code, entry) => {
    expect(sections.find((section) => section.code === code)?.paragraphs[0]).toBe(describeFacts(entry));
  });

  test('tells of every code more than its facts', () => {
    const proseOf = ({ paragraphs }: Section): string => paragraphs.filter((text) => !text.includes(' · ')).join('\n');
    const silent = sections.filter((section) => proseOf(section).length < 60);
    expect(silent.map(({ code }) => code)).toEqual([]);
  });
});

test('the page of the area pem tells of each form what the four consumers do with it', () => {
  const told = readSections(readPage('pem.md')).flatMap(({ code, paragraphs: [, second = ''] }) =>
    second.startsWith('OpenSSL ') && second.includes(' · ') ? [[code, second]] : [],
  );
  const forms = Object.keys(observedEffects) as PemForm[];
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries(forms.map((form) => [`pem/${form}`, describeConsumers(form)])),
  );
});

describe('the index', () => {
  const index = readPage('README.md');
  const rows = Array.from(index.matchAll(/^\|(.*)\|$/gm), ([, row = '']) => row.split('|').map((cell) => cell.trim()));

  test('lists each code once, with its link and its severity', () => {
    const listed = rows.filter(([first = '']) => /^\[`[a-z]+\//.test(first)).map((row) => row.slice(0, 2));
    expect(listed.sort()).toEqual(
      codes.map(([code, { severity }]) => [`[\`${code}\`](${anchorOf(code)})`, severity]).sort(),
    );
  });

  test.each([
    ['openssl error', 'opensslError'],
    ['error of Node', 'nodeError'],
  ] as const)('leads from each %s to the codes that carry it', (_, field) => {
    const wanted = new Map<string, string[]>();
    for (const [code, entry] of codes) {
      const error = entry[field];
      if (error === undefined) continue;
      const shown = field === 'nodeError' ? `\`${error}\`` : String(error);
      wanted.set(shown, [...(wanted.get(shown) ?? []), `[${code}](${anchorOf(code)})`]);
    }
    const told = new Map(
      rows.flatMap(([first = '', ...cells]) => (wanted.has(first) ? [[first, cells.at(-1)?.split(', ').sort()]] : [])),
    );
    expect(Object.fromEntries(told)).toEqual(
      Object.fromEntries(Array.from(wanted, ([error, links]) => [error, links.sort()])),
    );
  });
});

const pages = [...areas.map((area) => `${area}.md`), 'README.md'];

test.each(pages)('every link of %s leads to a page and, where it names one, to a section', (page) => {
  const targets = Array.from(readPage(page).matchAll(/\]\(([^)#]*)(#[^)]*)?\)/g));
  const broken = targets.filter(([, file = '', anchor]) => {
    const target = new URL(file || page, folder);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !codes.some(([code]) => `${file}${anchor}` === anchorOf(code));
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

/** Every command line of certwright in the pages, behind pipes too. */
const proposed = pages.flatMap((page) =>
  Array.from(readPage(page).matchAll(/(?:^ {4}(?:.*\| )?|`)(certwright [^|`\n]+)/gm), ([, line = '']) => line.trim()),
);

const wordsOf = (line: string): string[] =>
  Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '').slice(1);

/** The command that a line calls, and what is left for its options. */
test('the pages propose commands', () => {
  expect(new Set(proposed).size).toBeGreaterThan(30);
});

test.each([...new Set(proposed)])('%s: command and options exist', async (line) => {
  expect(await parseByYargs(wordsOf(line), { commands, version: '' })).toMatchObject({
    chosen: { command: expect.any(String) as string },
  });
});
