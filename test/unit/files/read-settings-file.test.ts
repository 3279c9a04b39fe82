import { describe, expect, test } from 'vitest';
import { readSettings, readSettingsFile } from '../../../src/files/read-settings-file.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import { makeScratch } from '../../support/scratch.js';

const ini = '[security]\n; für alle\ncertificate=/c.pem\n';
const xml = '<?xml version="1.0"?>\n<SipEndpoint xmlns="http://schemas.genesyslab.com/2009/sipendpoint"/>\n';

test('INI and XML are told apart by how they begin', async () => {
  expect(await readSettings(ini, 'a')).toMatchObject({ application: 'any', levels: [{ name: '[security]' }] });
  expect(await readSettings(xml, 'a')).toMatchObject({ application: 'endpoint', findings: [] });
  expect(await readSettings(`\uFEFF\n${xml.replace(/^<\?.*\n/, '')}`, 'a')).toMatchObject({ application: 'endpoint' });
});

describe('what is no configuration is said in one finding', () => {
  test.each([
    ['a PEM file', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', 'pem'],
    ['a PEM file of four dashes', '----BEGIN CERTIFICATE----\r\nMIIB\r\n', 'pem'],
    ['a DER file', '0\x82\x03\x00\x00\x01', 'binary'],
    ['an empty file', '', 'empty'],
    ['comments alone', '; certificate=/c.pem\n', 'empty'],
  ])('%s', async (_, text, found) => {
    const { levels, findings } = await readSettings(text, 'a.txt');
    expect([levels, findings.map(({ code, params }) => [code, params.found])]).toEqual([
      [],
      [['option/not-a-configuration', found]],
    ]);
    for (const finding of findings) expect(describeFinding(finding).message).not.toMatch(/undefined|: it is [a-z]+$/);
  });
});

test.each([
  ['UTF-8', Buffer.from(ini)],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${ini}`)],
  ['UTF-16LE with a byte order mark', Buffer.from(`\uFEFF${ini}`, 'utf16le')],
  ['UTF-16BE with a byte order mark', Buffer.from(`\uFEFF${ini}`, 'utf16le').swap16()],
  ['Latin-1 in a comment', Buffer.from(ini, 'latin1')],
])('a file in %s gives its options with their lines', async (_, bytes) => {
  const file = makeScratch().write('side.ini', bytes);
  const { levels, findings } = await readSettingsFile(file);
  expect(levels[0]?.settings).toEqual([
    { name: 'certificate', value: '/c.pem', origin: { file, line: 3 }, source: 'ini' },
  ]);
  expect(findings).toEqual([]);
});

test('a file that is not there, and a directory, are findings', async () => {
  const { directory, path } = makeScratch();
  const codes = async (file: string) => (await readSettingsFile(file)).findings.map(({ code }) => code);
  expect([await codes(path('none.ini')), await codes(directory)]).toEqual([['input/not-found'], ['input/not-a-file']]);
});

test.each([
  ['ISO-8859-1', 'latin1'],
  ['windows-1252', 'latin1'],
  ['UTF-8', 'utf8'],
  ['utf-16', 'utf8'],
  ['no-such-encoding', 'utf8'],
] as const)('XML that declares %s is read so', async (declared, written) => {
  const text = `<?xml version="1.0" encoding="${declared}"?>
<SipEndpoint xmlns="http://schemas.genesyslab.com/2009/sipendpoint">
  <!-- für alle -->
  <Container name="Basic"><Connectivity user="Zoë" server="sip1.fly.example.com:5061" protocol="TLS"/></Container>
</SipEndpoint>
`;
  const file = makeScratch().write('client.xml', Buffer.from(text, written));
  const { sip, findings } = await readSettingsFile(file);
  expect(findings).toEqual([]);
  expect(sip[0]).toMatchObject({ name: 'user', value: 'Zoë' });
});

test('XML that is in no encoding that it may be in is refused, as every XML parser does', async () => {
  const text = '<?xml version="1.0" encoding="utf-8"?>\n<SipEndpoint user="Zo\u00eb"/>\n';
  const { findings } = await readSettingsFile(makeScratch().write('client.xml', Buffer.from(text, 'latin1')));
  expect(findings.map(({ code }) => code)).toEqual(['option/xml-malformed']);
});

test('INI in windows-1252 keeps its letters', async () => {
  const bytes = Buffer.from('[security]\ncertificate=/\u00e9tc/c.pem\n', 'latin1');
  const { levels } = await readSettingsFile(makeScratch().write('side.ini', bytes));
  expect(levels[0]?.settings).toMatchObject([{ name: 'certificate', value: '/\u00e9tc/c.pem' }]);
});
