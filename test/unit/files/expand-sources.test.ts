import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expandSources } from '../../../src/files/expand-sources.js';
import { makeScratch, type Scratch } from '../../support/scratch.js';

const expand = async (scratch: Scratch, ...sources: readonly string[]) => {
  const { files, findings } = await expandSources(sources);
  const relative = (path: string): string => path.replaceAll(`${scratch.directory}/`, '');
  return {
    files: files.map(({ file }) => relative(file)),
    directories: files.map(({ directory }) => directory && relative(`${directory}/`)),
    findings,
    codes: findings.map(({ code }) => code),
  };
};

test('files come in the order they were named, those that are not there too', async () => {
  const scratch = makeScratch();
  const [b, a] = [scratch.write('b', ''), scratch.write('a', '')];
  expect(await expand(scratch, b, scratch.path('none'), a, '-')).toMatchObject({
    files: ['b', 'none', 'a', '-'],
    codes: [],
  });
});

describe('comma-separated lists', () => {
  test('are taken apart, empty parts dropped', async () => {
    const scratch = makeScratch();
    const [a, b] = [scratch.write('a', ''), scratch.write('b', '')];
    expect(await expand(scratch, `${a},,${b},`)).toMatchObject({ files: ['a', 'b'], codes: [] });
  });
  test('a file that has the whole name wins', async () => {
    const scratch = makeScratch();
    scratch.write('a', '');
    expect(await expand(scratch, scratch.write('a,b', ''))).toMatchObject({ files: ['a,b'], codes: [] });
  });
  test('blanks around a name are dropped, which is told', async () => {
    const scratch = makeScratch();
    const [a, b] = [scratch.write('a', ''), scratch.write('b', '')];
    const list = `${a}, ${b}`;
    const { files, findings } = await expand(scratch, list);
    expect(files).toEqual(['a', 'b']);
    expect(findings).toMatchObject([{ code: 'input/blanks-in-list', severity: 'info', params: { list } }]);
  });
  test('blanks that belong to the name of a file are kept', async () => {
    const scratch = makeScratch();
    expect(await expand(scratch, `${scratch.write('a', '')},${scratch.write('b ', '')}`)).toMatchObject({
      files: ['a', 'b '],
      codes: [],
    });
  });
  test('a part may be a directory or standard input', async () => {
    const scratch = makeScratch();
    scratch.write('d/x', '');
    expect(await expand(scratch, `${scratch.path('d')},-`)).toMatchObject({ files: ['d/x', '-'] });
  });
});

describe('directories', () => {
  test('give their files in the order of the names, with those below them', async () => {
    const scratch = makeScratch();
    for (const name of ['d/b', 'd/a/z', 'd/a/y', 'd/c', 'd/B']) scratch.write(name, '');
    const { files, directories, codes } = await expand(scratch, scratch.path('d'));
    expect(files).toEqual(['d/B', 'd/a/y', 'd/a/z', 'd/b', 'd/c']);
    expect(new Set(directories)).toEqual(new Set(['d/']));
    expect(codes).toEqual([]);
  });
  test('hidden files and directories are passed over, which is told once', async () => {
    const scratch = makeScratch();
    for (const name of ['d/a', 'd/.hidden', 'd/.git/config', 'd/e/.x']) scratch.write(name, '');
    const { files, findings } = await expand(scratch, scratch.path('d'));
    expect(files).toEqual(['d/a']);
    expect(findings).toMatchObject([
      {
        code: 'input/hidden-files',
        severity: 'info',
        params: { count: 3, names: [scratch.path('d/.git'), scratch.path('d/.hidden'), scratch.path('d/e/.x')] },
      },
    ]);
  });
  test('the links of an OpenSSL directory lead to files that are read once, under their own names', async () => {
    const scratch = makeScratch();
    scratch.write('real/Root_CA.crt', '');
    scratch.write('real/Other_CA.crt', '');
    mkdirSync(scratch.path('certs'));
    const link = (target: string, name: string): void => {
      symlinkSync(target, scratch.path(`certs/${name}`));
    };
    link('../real/Root_CA.crt', 'Root_CA.pem');
    link('../real/Other_CA.crt', 'Other_CA.pem');
    link('Root_CA.pem', '01234567.0');
    link('Other_CA.pem', 'fedcba98.r0');
    const { files, findings } = await expand(scratch, scratch.path('certs'));
    expect(files).toEqual(['certs/Other_CA.pem', 'certs/Root_CA.pem']);
    expect(findings).toMatchObject([{ code: 'input/repeated-file', severity: 'info', params: { count: 2 } }]);
  });
  test('a link back to the directory above ends nowhere', async () => {
    const scratch = makeScratch();
    scratch.write('d/a', '');
    symlinkSync('..', scratch.path('d/up'));
    symlinkSync('.', scratch.path('d/here'));
    const { files } = await expand(scratch, scratch.path('d'));
    expect(files).toContain('d/a');
    expect(files.length).toBeLessThan(3);
  });
  test('many repeated names are counted, five of them named', async () => {
    const scratch = makeScratch();
    const real = scratch.write('d/a', '');
    for (let i = 0; i < 9; i++) symlinkSync(real, scratch.path(`d/link${String(i)}`));
    const { findings } = await expand(scratch, scratch.path('d'));
    expect(findings[0]?.params.count).toBe(9);
    expect(findings[0]?.params.names).toHaveLength(5);
  });
  test('an empty one is an error', async () => {
    const scratch = makeScratch();
    mkdirSync(scratch.path('d'));
    expect((await expand(scratch, scratch.path('d'))).findings).toMatchObject([
      { code: 'input/empty-directory', severity: 'error', params: { entries: 0 } },
    ]);
  });
});

test('what was named before is read once, which is told', async () => {
  const scratch = makeScratch();
  const a = scratch.write('d/a', '');
  symlinkSync(a, scratch.path('other'));
  const { files, codes, findings } = await expand(scratch, a, scratch.path('other'), scratch.path('d'), '-', '-');
  expect(files).toEqual(['d/a', '-']);
  expect(codes).toEqual(['input/repeated-file', 'input/repeated-file', 'input/repeated-file']);
  expect(findings.map(({ subject }) => subject.kind)).toEqual(['file', 'directory', 'file']);
});
