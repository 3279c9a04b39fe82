import { chmodSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fingerprint, formatThumbprint } from '../../src/crypto/fingerprint.js';
import { toPEM } from '../support/der.js';
import { exportPKCS8 } from '../support/keys.js';
import { issueCertificate, makeKeyPair, type Holder } from '../support/pki.js';
import { runCertwright, type Run } from '../support/run.js';
import { samplePath } from '../support/samples.js';
import { parseEnvelope } from '../support/schema.js';
import { makeScratch } from '../support/scratch.js';

const at = ['--at', '2026-11-21'];
const bundle = (...args: readonly string[]): Run => runCertwright(['bundle', ...args, ...at]);

const ca = (issuer: Holder | undefined, subject: string, options: object = {}): Holder =>
  issueCertificate(issuer, { subject, ca: true, ...options });
const root = ca(undefined, 'CN=Root CA');
const other = ca(undefined, 'CN=Other Root');
const issuing = ca(root, 'CN=Issuing CA');
const server = issueCertificate(issuing, { subject: 'CN=server' });
const pem = (...holders: readonly Holder[]): string => holders.map(({ certificate }) => toPEM(certificate)).join('');

const codesOf = (run: Run): string[] => parseEnvelope(run).findings.map(({ code }) => code);
const read = (path: string): string => readFileSync(path, 'utf8');

describe('certwright bundle add', () => {
  it('puts CAs at the end, leaves the rest alone, keeps the mode and sums up', () => {
    const scratch = makeScratch();
    const before = `# our CAs\n${pem(root)}\n# to be looked at again in spring\n`;
    const file = scratch.write('trusted-ca.pem', before);
    chmodSync(file, 0o600);
    const { status, stdout } = bundle('add', file, scratch.write('new.pem', pem(other, server, root)));
    expect(status).toBe(0);
    expect(stdout).toContain('1 added, 0 removed, 2 left out\n1 duplicate, 1 that is no CA left out\n');
    expect(read(file)).toBe(before + pem(other));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keeps a private key that stands in the file, and warns of it', () => {
    const scratch = makeScratch();
    const before = toPEM(exportPKCS8(makeKeyPair()), 'PRIVATE KEY') + pem(root);
    const file = scratch.write('trusted-ca.pem', before);
    const run = bundle('add', file, scratch.write('new.pem', pem(other)), '--json');
    expect(codesOf(run)).toEqual(['bundle/holds-private-key']);
    expect(read(file)).toBe(before + pem(other));
  });

  it('does not touch the file where there is nothing to add', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', pem(root));
    const { mtimeMs } = statSync(file);
    const run = bundle('add', file, scratch.write('new.pem', pem(root)), '--json');
    expect([run.status, statSync(file).mtimeMs]).toEqual([0, mtimeMs]);
    expect(parseEnvelope(run).result).toMatchObject({ file, added: [], removed: [], written: [] });
  });

  it('writes to the file of -o where one is given', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', pem(root));
    const output = scratch.path('new.pem');
    const run = bundle('add', file, scratch.write('other.pem', pem(other)), '-o', output, '--json');
    expect(parseEnvelope(run).result).toMatchObject({ written: [output] });
    expect([read(file), read(output)]).toEqual([pem(root), pem(root, other)]);
  });

  it('makes a file readable for OpenSSL that was not', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', pem(root).replaceAll('-----', '----'));
    const run = bundle('add', file, scratch.write('new.pem', pem(other)), '--json');
    expect(codesOf(run)).toContain('bundle/blocks-rewritten');
    expect(read(file)).toBe(pem(root, other));
  });

  it('fills an empty file, and reads standard input', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', '');
    const run = runCertwright(['bundle', 'add', file, '-', ...at], { stdin: pem(root) });
    expect([run.status, read(file)]).toEqual([0, pem(root)]);
  });

  it('--expired drop takes out what has expired', () => {
    const scratch = makeScratch();
    const old = ca(undefined, 'CN=Old', { notBefore: new Date('2020-01-01'), notAfter: new Date('2025-01-01') });
    const file = scratch.write('trusted-ca.pem', pem(old, root));
    const news = scratch.write('new.pem', pem(other));
    expect(bundle('add', file, news, '--expired', 'fail').stdout).toContain('nothing was written');
    expect(read(file)).toBe(pem(old, root));
    expect(bundle('add', file, news, '--expired', 'drop').stdout).toContain('1 added, 1 removed, 0 left out');
    expect(read(file)).toBe(pem(root, other));
  });

  it('--annotate comments each certificate', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', pem(root));
    expect(bundle('add', file, scratch.write('new.pem', pem(other)), '--annotate').status).toBe(0);
    expect(read(file).match(/^# subject: .*/gm)).toEqual(['# subject: CN=Root CA', '# subject: CN=Other Root']);
    expect(read(file).replace(/^#.*\n/gm, '')).toBe(pem(root, other));
  });

  it('refuses a file that is not PEM, and leaves it as it is', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.cer', root.certificate);
    const run = bundle('add', file, scratch.write('new.pem', pem(other)), '--json');
    expect([run.status, codesOf(run)]).toEqual([1, ['bundle/not-pem']]);
    expect(Buffer.compare(readFileSync(file), root.certificate)).toBe(0);
  });

  it('refuses a page that is no bundle at all', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', '<html>not found</html>\n');
    const run = bundle('add', file, scratch.write('new.pem', pem(other)), '--json');
    expect([run.status, codesOf(run)]).toEqual([2, ['input/no-objects']]);
    expect(read(file)).toBe('<html>not found</html>\n');
  });

  it('writes nothing where a source cannot be read', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', pem(root));
    const run = bundle('add', file, scratch.write('new.pem', pem(other)), scratch.path('gone.pem'), '--json');
    expect([run.status, codesOf(run)]).toEqual([2, ['input/not-found']]);
    expect(read(file)).toBe(pem(root));
  });

  it('refuses a directory as the bundle', () => {
    const scratch = makeScratch();
    scratch.write('cas/a.pem', pem(root));
    const { status, stderr } = bundle('add', scratch.path('cas'), scratch.write('new.pem', pem(other)));
    expect(stderr).toContain('must be one file');
    expect(status).toBe(2);
  });
});

describe('certwright bundle remove', () => {
  it.each<[string, string]>([
    ['a position', '#2'],
    ['a part of the subject', 'other root'],
    ['a thumbprint', formatThumbprint(fingerprint(other.certificate, 'sha1'))],
    [
      'a thumbprint as it is pasted',
      `\u200e${formatThumbprint(fingerprint(other.certificate, 'sha1')).toLowerCase().replaceAll(' ', ':')}`,
    ],
  ])('takes out a certificate by %s', (_, selector) => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', `# mine\n${pem(root, other, issuing)}`);
    const { status, stdout } = bundle('remove', file, selector);
    expect(status).toBe(0);
    expect(stdout).toContain('0 added, 1 removed, 0 left out');
    expect(read(file)).toBe(`# mine\n${pem(root, issuing)}`);
  });

  it('takes out the certificates of a file', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', pem(root, other, issuing));
    const gone = scratch.write('gone.der', other.certificate);
    expect(bundle('remove', file, gone).status).toBe(0);
    expect(read(file)).toBe(pem(root, issuing));
  });

  it('removes several by a part of the subject only with --all', () => {
    const scratch = makeScratch();
    const third = ca(undefined, 'CN=Third');
    const file = scratch.write('trusted-ca.pem', pem(root, other, third));
    const refused = bundle('remove', file, 'root', '--json');
    expect([refused.status, codesOf(refused)]).toEqual([1, ['bundle/selector-ambiguous']]);
    expect(parseEnvelope(refused).findings[0]?.message).toContain(`CN=Root CA (${file}:1); CN=Other Root (${file}:`);
    expect(read(file)).toBe(pem(root, other, third));
    expect(bundle('remove', file, 'root', '--all').stdout).toContain('0 added, 2 removed, 0 left out');
    expect(read(file)).toBe(pem(third));
  });

  it('writes nothing where a selector hits nothing, or nothing would stay', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', pem(root, other));
    expect(codesOf(bundle('remove', file, 'other', 'nobody', '--json'))).toEqual(['bundle/selector-hits-nothing']);
    expect(codesOf(bundle('remove', file, '#1', '#2', '--json'))).toEqual(['bundle/empty']);
    expect(read(file)).toBe(pem(root, other));
  });

  it('tells what text it left behind', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', `${pem(root)}Other Root, 2025\n${pem(other)}`);
    const run = bundle('remove', file, '#2', '--json');
    expect(codesOf(run)).toEqual(['pem/text-outside-blocks', 'bundle/text-kept']);
    expect(read(file)).toBe(`${pem(root)}Other Root, 2025\n`);
  });
});

describe('certwright bundle list', () => {
  it('numbers the certificates of each file, with role, key, dates and thumbprint', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', pem(root, issuing, server));
    const { status, stdout } = bundle('list', file, samplePath('etc/sec/ca/example-root-ca-1.pem'));
    expect(status).toBe(0);
    expect(stdout).toContain(
      `${file}: 3 certificates\n   #1  CN=Root CA\n       root · EC prime256v1 · expires 2045-01-01`,
    );
    expect(stdout).toContain('   #2  CN=Issuing CA\n       intermediate · ');
    expect(stdout).toContain('   #3  CN=server\n       no CA · ');
    expect(stdout).toContain(formatThumbprint(fingerprint(root.certificate, 'sha1')));
    expect(stdout).toContain('   #1  CN=Example Root CA 1,O=Fly Example Ltd,C=GB\n       root · RSA 2048 · ');
  });

  it('prints JSON', () => {
    const scratch = makeScratch();
    const file = scratch.write('trusted-ca.pem', pem(root, server));
    const { result } = parseEnvelope<{ files: { certificates: { position: number; role: string; key: string }[] }[] }>(
      bundle('list', file, '--json'),
    );
    expect(result.files[0]?.certificates.map(({ position, role, key }) => [position, role, key])).toEqual([
      [1, 'root', 'EC prime256v1'],
      [2, 'not-a-ca', 'EC prime256v1'],
    ]);
  });
});

describe('certwright bundle diff', () => {
  const renewed = ca(undefined, 'CN=Other Root', { key: other.key, notAfter: new Date('2050-01-01') });
  const replaced = ca(undefined, 'CN=Root CA');

  it('exits 0 and says nothing of two bundles that trust the same', () => {
    const scratch = makeScratch();
    const [a, b] = [scratch.write('a.pem', pem(root, other)), scratch.write('b.pem', `# b\n${pem(other, root, root)}`)];
    const { status, stdout, stderr } = bundle('diff', a, b, '--quiet');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe('0 added, 0 removed, 0 renewed, 0 replaced, 2 unchanged\n');
  });

  it('exits 1 and names what was added, removed, renewed and replaced', () => {
    const scratch = makeScratch();
    const a = scratch.write('a.pem', pem(root, other, issuing));
    const b = scratch.write('b.pem', pem(replaced, renewed, ca(undefined, 'CN=New')));
    const { status, stdout } = bundle('diff', a, b);
    expect(status).toBe(1);
    expect(stdout.split('\n').map((line) => line.slice(0, 24))).toEqual([
      '- CN=Issuing CA (' + a.slice(0, 7),
      '+ CN=New (' + b.slice(0, 14),
      '~ CN=Other Root renewed:',
      '! CN=Root CA replaced: a',
      '1 added, 1 removed, 1 re',
      '',
    ]);
    const run = bundle('diff', a, b, '--json');
    expect(codesOf(run)).toEqual(['bundle/differs']);
    expect(parseEnvelope<{ renewed: { after: { notAfter: string } }[] }>(run).result.renewed[0]?.after.notAfter).toBe(
      '2050-01-01T00:00:00.000Z',
    );
  });
});

describe('certwright bundle check', () => {
  it('finds a good bundle fit and its peers trusted', () => {
    const run = bundle(
      'check',
      samplePath('etc/sec/ca/trusted-ca.pem'),
      ...['--peer', samplePath('etc/sec/certs/sip1-chain.pem'), '--peer', samplePath('etc/sec/certs/stat.pem')],
    );
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('fit to be a trusted-ca: 2 roots, 2 intermediates');
    expect(run.stdout).toContain('✓ CN=sip1.fly.example.com');
    expect(run.stdout).toContain('CN=stat.fly.example.com → CN=Example Issuing CA 2 → CN=Example Root CA 2');
  });

  it('names the root that a peer would need', () => {
    const peer = samplePath('etc/sec/certs/stat-chain.pem');
    const run = bundle('check', samplePath('etc/sec/ca/trusted-ca-root-1-only.pem'), '--peer', peer, '--json');
    expect(run.status).toBe(1);
    const { result, findings } = parseEnvelope<{ fit: boolean; peers: { trusted: boolean; fault: string }[] }>(run);
    expect(result).toMatchObject({ fit: true, peers: [{ trusted: false, fault: 'root-not-in-bundle' }] });
    expect(findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      `bundle/peer-not-trusted: would not be trusted with ${samplePath('etc/sec/ca/trusted-ca-root-1-only.pem')}: its root CN=Example Root CA 2 is not in the bundle`,
    ]);
  });

  it.each<[string, string | Uint8Array, string[]]>([
    ['is DER', root.certificate, ['bundle/not-pem']],
    ['has four dashes', pem(root).replaceAll('-----', '----'), ['pem/dash-count']],
    ['lacks the root', pem(other, issuing), ['bundle/missing-root']],
  ])('finds a bundle not fit that %s', (_, contents, codes) => {
    const run = bundle('check', makeScratch().write('trusted-ca', contents), '--json');
    expect([run.status, codesOf(run)]).toEqual([1, codes]);
    expect(parseEnvelope(run).result).toMatchObject({ fit: false });
  });

  it('warns of a private key among the CAs', () => {
    const key = toPEM(exportPKCS8(makeKeyPair()), 'PRIVATE KEY');
    const run = bundle('check', makeScratch().write('trusted-ca.pem', key + pem(root)), '--json');
    expect([run.status, codesOf(run)]).toEqual([0, ['bundle/holds-private-key']]);
  });

  it('asks the stores whether they would trust a peer', () => {
    const scratch = makeScratch();
    const env = { SSL_CERT_FILE: scratch.write('system.pem', pem(root)), SSL_CERT_DIR: '' };
    const peer = scratch.write('peer.pem', pem(server, issuing));
    const run = runCertwright(['bundle', 'check', '--system', '--peer', peer, ...at], { env });
    expect([run.status, run.stdout.includes('✓ CN=server')]).toEqual([0, true]);
  });
});
