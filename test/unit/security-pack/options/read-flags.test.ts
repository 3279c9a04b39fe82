import { expect, test } from 'vitest';
import { readFlags } from '../../../../src/security-pack/options/read-flags.js';
import { readIni } from '../../../../src/security-pack/options/read-ini.js';
import { codesOf, findingsOf, settle } from '../../../support/settings.js';

const origin = { file: 'command line' };

test('flags are options of one level, under their own names', () => {
  const { levels, sip } = readFlags({ certificate: 'a.pem', 'trusted-ca': undefined, contact: 'sips:fly.example.com' });
  expect(levels).toEqual([
    {
      kind: 'unnamed',
      name: 'command line',
      settings: [{ name: 'certificate', value: 'a.pem', origin, source: 'flag' }],
    },
  ]);
  expect(sip).toMatchObject([{ name: 'contact', value: 'sips:fly.example.com', section: 'command line' }]);
});

test('no flags are no level', () => {
  expect(readFlags({ certificate: undefined }).levels).toEqual([]);
});

test('transport parameters of the command line are those of the connection', () => {
  const { levels, findings } = readFlags({ transport: 'tls=1; tls-mutual=1' });
  expect(levels.map(({ kind, settings }) => [kind, settings.map(({ name }) => name)])).toEqual([
    ['connection', ['tls']],
  ]);
  expect(findings.map(({ code }) => code)).toEqual(['option/blanks-in-transport']);
});

test('alone they are the level in force, and their relative paths are of this machine', () => {
  const flags = {
    certificate: 'a.pem',
    'certificate-key': 'k.pem',
    'trusted-ca': 'ca.pem',
    transport: 'tls=1;tls-mutual=1',
  };
  const { options, checks } = settle([readFlags(flags)]);
  expect([options.certificate?.value, options.mutual]).toEqual(['a.pem', true]);
  expect(codesOf(checks)).toEqual([]);
});

test('beside a file a flag stands for the option of the level in force, under whatever name it has there', () => {
  const file = readIni(
    '[application]\ncert_file=/c.pem\ncertificate-key=/k.pem\ntrusted-ca=/ca.pem\n[host]\ntrusted-ca=/h.pem',
    'a.ini',
  );
  const { options, checks } = settle([file, readFlags({ certificate: 'new.pem', 'tls-crl': 'crl.pem' })]);
  expect(options.certificate).toEqual({ name: 'certificate', value: 'new.pem', origin, source: 'flag' });
  expect([options.certificateKey?.value, options.trustedCA?.value, options.tlsCRL?.value]).toEqual([
    '/k.pem',
    '/ca.pem',
    'crl.pem',
  ]);
  const replaced = findingsOf(checks).filter(({ code }) => code === 'option/flag-replaces');
  expect(replaced.map(({ params }) => [params.option, params.replaced, params.level])).toEqual([
    ['certificate', '/c.pem', '[application]'],
    ['tls-crl', undefined, '[application]'],
  ]);
});

test('a flag for tls-mutual counts before the file', () => {
  const file = readIni('[security]\ntrusted-ca=/ca.pem\n[port]\ntransport=tls=1;tls-mutual=1', 'a.ini');
  expect(settle([file]).options.mutual).toBe(true);
  expect(settle([file, readFlags({ 'tls-mutual': '0' })]).options.mutual).toBe(false);
});
