import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { UnwritableFileError } from '../../../src/files/write-file.js';
import { writeMending } from '../../../src/files/write-mending.js';
import type { SettingCorrection } from '../../../src/security-pack/options/correct-settings.js';
import type { MendedFile, Mending } from '../../../src/security-pack/mend.js';
import { makeScratch } from '../../support/scratch.js';

const mendedFile = (path: string, value = path): MendedFile => ({
  side: 'server',
  kind: 'chain',
  setting: { name: 'certificate', value, origin: { file: 'server.ini', line: 2 }, source: 'ini' },
  path,
  sources: [path],
  completedFrom: [],
  keyFile: undefined,
  count: 1,
  contents: Buffer.from('PEM\n'),
});

const mending = (parts: Partial<Mending>): Mending => ({ files: [], corrections: [], missingTrust: [], ...parts });

const correction = (file: string, line: number, written: string, corrected?: string): SettingCorrection => ({
  side: 'server',
  origin: { file, line },
  written,
  corrected,
});

describe('writeMending', () => {
  test('lays the files out as on the target machine', async () => {
    const { path } = makeScratch();
    const written = await writeMending(path('fix'), mending({ files: [mendedFile('/etc/sec/a.pem')] }), []);
    expect(written).toEqual([path('fix/etc/sec/a.pem')]);
    expect(readFileSync(path('fix/etc/sec/a.pem'), 'utf8')).toBe('PEM\n');
  });

  test('never leaves its directory, whatever a path says', async () => {
    const { path } = makeScratch();
    const written = await writeMending(path('fix'), mending({ files: [mendedFile('../../../up.pem')] }), []);
    expect(written).toEqual([path('fix/up.pem')]);
  });

  test('never writes over an original, and then writes nothing at all', async () => {
    const { path, write, directory } = makeScratch();
    const original = write('etc/a.pem', 'the original');
    const files = [mendedFile('/etc/new.pem'), mendedFile('/etc/a.pem')];
    await expect(writeMending(directory, mending({ files }), [original])).rejects.toThrow(/one of the originals/);
    expect(readFileSync(original, 'utf8')).toBe('the original');
    expect(readdirSync(path('etc'))).toEqual(['a.pem']);
  });

  test.each([
    ['a file', 'file', /a part of the path is a file|it is a file/],
    ['below a file', 'file/fix', /a part of the path is a file/],
    // Node's own recursive mkdir does not come back from here.
    ...(process.platform === 'linux' ? ([['no place for directories', '/proc/fix', /does not exist/]] as const) : []),
  ] as const)('says why nothing can be written: %s', async (_, to, reason) => {
    const { path, write } = makeScratch();
    write('file', '');
    const directory = to.startsWith('/') ? to : path(to);
    const writing = writeMending(directory, mending({ files: [mendedFile('/etc/a.pem')] }), []);
    await expect(writing).rejects.toThrow(UnwritableFileError);
    await expect(writing).rejects.toThrow(reason);
  });

  test('corrects the lines of an INI file and leaves the others as they are', async () => {
    const { path, write } = makeScratch();
    const source = write(
      'server.ini',
      '; by hand\n[security]\nCertificate = /a.pem\nsec-protocol=SSLv3\ntls-crl=/crl;1.pem\n[port]\ntransport=tls=1; tls-mutual=1\n',
    );
    const corrections = [
      correction(source, 3, 'Certificate=/a.pem', 'certificate=/a.pem'),
      correction(source, 4, 'sec-protocol=SSLv3'),
      correction(source, 7, ' tls-mutual=1', 'tls-mutual=1'),
    ];
    await writeMending(path('fix'), mending({ corrections }), [source]);
    expect(readFileSync(path('fix/server.ini'), 'utf8')).toBe(
      '; by hand\n[security]\ncertificate = /a.pem\n; sec-protocol=SSLv3\ntls-crl=/crl;1.pem\n[port]\ntransport=tls=1;tls-mutual=1\n',
    );
  });

  test('corrects the attributes of an XML setting', async () => {
    const { path, write } = makeScratch();
    const line = '  <setting name="cert_file" value="/a.pem"/>';
    const source = write('endpoint.xml', `<section>\n${line}\n</section>\n`);
    const corrections = [correction(source, 2, 'cert_file=/a.pem', 'certificate=/a.pem')];
    await writeMending(path('fix'), mending({ corrections }), [source]);
    expect(readFileSync(path('fix/endpoint.xml'), 'utf8')).toContain('<setting name="certificate" value="/a.pem"/>');
  });

  test.each([
    ['UTF-16LE', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['windows-1252', (text: string) => Buffer.from(text, 'latin1')],
    ['UTF-8', (text: string) => Buffer.from(text)],
  ])('writes UTF-8 of a source in %s, nothing lost', async (_, encode) => {
    const { path, write } = makeScratch();
    const source = write('server.ini', encode('; für alle\n[security]\nCertificate=/é.pem\n'));
    const corrections = [correction(source, 3, 'Certificate=/é.pem', 'certificate=/é.pem')];
    await writeMending(path('fix'), mending({ corrections }), [source]);
    expect(readFileSync(path('fix/server.ini'), 'utf8')).toBe('; für alle\n[security]\ncertificate=/é.pem\n');
  });

  test.each(['ISO-8859-1', 'utf-8'])('says in an XML declaration what it writes: %s', async (declared) => {
    const { path, write } = makeScratch();
    const text = `<?xml version="1.0" encoding="${declared}"?>\n<!-- für alle -->\n<setting name="tls" value="2"/>\n`;
    const source = write('client.xml', Buffer.from(text, declared === 'utf-8' ? 'utf8' : 'latin1'));
    const corrections = [correction(source, 3, 'tls=2', 'tls=1')];
    await writeMending(path('fix'), mending({ corrections }), [source]);
    expect(readFileSync(path('fix/client.xml'), 'utf8')).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<!-- für alle -->\n<setting name="tls" value="1"/>\n',
    );
  });

  test('names the one file that a list has become', async () => {
    const { path, write } = makeScratch();
    const source = write('server.ini', '[security]\ncertificate=/a.pem,/b.pem\n');
    const file = mendedFile('/a.pem', '/a.pem,/b.pem');
    const setting = { ...file.setting, origin: { file: source, line: 2 } };
    await writeMending(path('fix'), mending({ files: [{ ...file, setting }] }), [source]);
    expect(readFileSync(path('fix/server.ini'), 'utf8')).toBe('[security]\ncertificate=/a.pem\n');
  });

  test('keeps two sources of one name apart', async () => {
    const { path, write } = makeScratch();
    const [first, second] = [write('a/tls.ini', 'Tls=1\n'), write('b/tls.ini', 'Tls=1\n')];
    const corrections = [correction(first, 1, 'Tls=1', 'tls=1'), correction(second, 1, 'Tls=1', 'tls=1')];
    const written = await writeMending(path('fix'), mending({ corrections }), []);
    expect(new Set(written).size).toBe(2);
  });
});
