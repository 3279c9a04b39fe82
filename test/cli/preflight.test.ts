import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openssl, runOpenSSL } from '../support/openssl.js';
import { runCertwright, type Run } from '../support/run.js';
import { makeScratch } from '../support/scratch.js';
import { parseEnvelope } from '../support/schema.js';

const at = ['--at', '2026-11-21'];
const target = ['--target', 'sip1.fly.example.com'];
const good = (side: string): string => `samples/config/simple/${side}.ini`;
const broken = (name: string, side: string): string => `samples/broken/config/${name}/${side}.ini`;
const both = (name: string): string[] => ['--server', broken(name, 'server'), '--client', broken(name, 'client')];
const run = (command: string, ...args: string[]): Run => runCertwright([command, '--root', 'samples', ...args]);

interface Result {
  readonly checks: readonly { readonly name: string; readonly side: string; readonly outcome: string }[];
  readonly mending: { readonly files: readonly object[]; readonly written: readonly string[] };
}

describe('preflight', () => {
  it('says first whether it will work, then what ends first, then a line for each check', () => {
    const { status, stdout } = run(
      'preflight',
      '--server',
      good('server'),
      '--client',
      good('client'),
      ...target,
      ...at,
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^pre-flight at 2026-11-21 00:00:00 UTC: ready · \d+ checks: /);
    expect(stdout).toMatch(/^ends first: CN=sip1\.fly\.example\.com .* 2045-01-31, in 18 years 76 days$/m);
    expect(stdout).toMatch(/^ {2}✓ client {2}trusts CN=sip1\.fly\.example\.com through CN=Example Root CA 1$/m);
  });

  it('names the first cause, its place, the option that led there, and the command that mends it', () => {
    const { status, stdout, stderr } = run('preflight', ...both('missing-intermediate-trusted'), ...target, ...at);
    expect(status).toBe(1);
    expect(stdout).toMatch(/will fail/);
    expect(stdout).toMatch(/^first cause: certificate 1 \(CN=sip1\.fly\.example\.com\): its issuer is not here/m);
    expect(stdout).toMatch(
      /certwright chain samples\/broken\/chain\/missing-intermediate\.pem --issuers \S+ --key \S+ -o \S+\.mended/,
    );
    expect(stderr).toMatch(/^ {2}option: certificate of the server, samples\/broken\/config\/\S+\/server\.ini:4$/m);
  });

  it('takes flags named like the options, for one side alone with what the peer sends', () => {
    const sec = 'samples/etc/sec';
    const files = ['--trusted-ca', `${sec}/ca/trusted-ca.pem`, '--tls-crl', `${sec}/crl/tls-crl.pem`];
    const check = ['--tls-target-name-check', 'host'];
    const peer = ['--peer-certificate', `${sec}/certs/sip1-chain.pem`];
    const { status, stdout } = runCertwright([
      'preflight',
      '--role',
      'client',
      ...files,
      ...check,
      ...peer,
      ...target,
      ...at,
    ]);
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(/✓ client {2}good, none is revoked: CN=sip1\.fly\.example\.com/);
  });

  it('reads a configuration from standard input', () => {
    const stdin = readFileSync(good('client'), 'utf8');
    const args = ['preflight', '--root', 'samples', '--server', good('server'), '--client', '-', ...target, ...at];
    const { status, stdout } = runCertwright(args, { stdin });
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(/^client: standard input · UNIX$/m);
  });

  it('calls nothing ready that it does not know', () => {
    const { status, stdout } = run('preflight', '--server', good('server'), ...at);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^pre-flight .*: no fault found, but not everything is known/);
    expect(stdout).toMatch(/– client {2}trust not checked: what the other side trusts is not known/);
  });

  it('calls nothing ready whose key is not among what stands in for the Windows store', () => {
    const windows = (side: string): string[] => [`--${side}`, `samples/config/windows/${side}.ini`];
    const ask = (...store: string[]): string => {
      const certs = store.map((name) => `samples/etc/sec/certs/${name}`).join(',');
      const sides = [...windows('server'), ...windows('client'), '--server-platform', 'windows'];
      return run('preflight', ...sides, '--windows-store', certs, ...target, ...at).stdout;
    };
    expect(ask('sip1-chain.pem')).toMatch(/^pre-flight .*: no fault found, but not everything is known/);
    expect(ask('sip1-chain.pem', 'sip1-key.pem')).toMatch(/^pre-flight .*: ready/);
  });

  it('exits with 1 where a file of an option is missing, with 2 where the configuration itself is', () => {
    expect(run('preflight', ...both('file-missing'), ...target, ...at).status).toBe(1);
    expect(run('preflight', '--server', 'no/such.ini', '--client', good('client'), ...at).status).toBe(2);
  });

  it.each([
    [[], /name the options with --server FILE and --client FILE/],
    [['--server', good('server'), '--client', good('client'), '--tls-mutual', '1'], /--role server or --role client/],
    [['--server', good('server'), '--pack-version', 'new'], /--pack-version new is no version/],
    [['--server', good('server'), '--client', good('client'), '--peer-certificate', 'x.pem'], /for one side alone/],
  ])('refuses %j', (args, message) => {
    const { status, stderr } = run('preflight', ...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});

describe('preflight --fix', () => {
  it('writes what mends the configuration, and with it the pre-flight is clean', () => {
    const { path } = makeScratch();
    const first = run('preflight', ...both('four-dashes'), ...target, ...at, '--fix', path('fix'), '--json');
    const { result } = parseEnvelope<Result>(first);
    const mended = path('fix/broken/config/four-dashes/trusted-ca.pem');
    expect(result.mending.written).toEqual([mended]);
    expect(readFileSync(mended, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    const peer = ['--peer-certificate', 'samples/etc/sec/certs/sip1-chain.pem'];
    const alone = ['--role', 'client', '--trusted-ca', mended, '--tls-target-name-check', 'host'];
    expect(runCertwright(['preflight', ...alone, ...peer, ...target, ...at]).status).toBe(0);
  });

  it('writes the options with their lines corrected', () => {
    const { path } = makeScratch();
    run('preflight', ...both('wrong-case-value'), ...target, ...at, '--fix', path('fix'));
    const fixed = ['--server', broken('wrong-case-value', 'server'), '--client', path('fix/client.ini')];
    const { status, stdout } = run('preflight', ...fixed, ...target, ...at);
    expect(status, stdout).toBe(0);
  });

  it('never writes over what it read', () => {
    const original = readFileSync('samples/broken/config/four-dashes/trusted-ca.pem', 'utf8');
    const { status, stderr } = run('preflight', ...both('four-dashes'), ...target, ...at, '--fix', 'samples');
    expect(stderr).toMatch(/one of the originals/);
    expect(status).toBe(2);
    expect(readFileSync('samples/broken/config/four-dashes/trusted-ca.pem', 'utf8')).toBe(original);
  });
});

describe('preflight --fix, of several sources', () => {
  it('never writes over one that stands in a comma list', () => {
    const { write, directory } = makeScratch();
    const first = write('first.ini', '[security]\ntls-target-name-check=Host\n');
    const second = write('second.ini', readFileSync(good('client'), 'utf8').replace(/tls-target-name-check=.*\n/, ''));
    const sides = ['--server', good('server'), '--client', `${first},${second}`];
    const { status, stderr } = run('preflight', ...sides, ...target, ...at, '--fix', directory);
    expect(stderr).toMatch(/one of the originals/);
    expect(status).toBe(2);
    expect(readFileSync(first, 'utf8')).toContain('=Host');
  });
});

describe('rehearse', () => {
  it('connects with a good configuration and shows what went over the wire', () => {
    const sides = ['--server', 'samples/config/mutual/server.ini', '--client', 'samples/config/mutual/client.ini'];
    const { status, stdout } = run('rehearse', ...sides, '--target', 'framework.fly.example.com');
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(
      /^✓ connected to framework\.fly\.example\.com: TLSv1\.3, TLS_\w+ \(SNI framework\.fly\.example\.com\)$/m,
    );
    expect(stdout).toMatch(
      / {4}1\. CN=framework\.fly\.example\.com.*\n {4}2\. CN=Example Issuing CA 1.*\n {4}3\. CN=Example Root CA 1/,
    );
    expect(stdout).toMatch(/server accepted the client/);
  });

  it('puts each error beside the finding of the pre-flight that explains it', () => {
    const { status, stdout } = run('rehearse', ...both('expired-intermediate'), ...target);
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ verifying the other side: .*CERT_HAS_EXPIRED/);
    expect(stdout).toMatch(/because .*expired-intermediate\.pem:26: .*expired 2025-07-01.*\[certificate\/expired\]/);
  });

  it('happens now, so that no other instant can be asked for', () => {
    const { status, stderr } = run('rehearse', '--server', good('server'), '--client', good('client'), ...at);
    expect(stderr).toMatch(/happens now; --at is for preflight/);
    expect(status).toBe(2);
  });
});

describe('preflight, where somebody was careless', () => {
  const sec = 'samples/etc/sec';
  const client = ['--role', 'client', '--tls-target-name-check', 'host', ...target, ...at];
  const peer = ['--peer-certificate', `${sec}/certs/sip1-chain.pem`];

  it.skipIf(!openssl.installed)(`does not call a trusted-ca with trust settings ready${openssl.skipReason}`, () => {
    const { write } = makeScratch();
    const root = `${sec}/ca/example-root-ca-1.pem`;
    const trusted = write('ca.pem', runOpenSSL(['x509', '-in', root, '-addreject', 'serverAuth']).stdout);
    const { stdout } = runCertwright(['preflight', ...client, '--trusted-ca', trusted, ...peer]);
    expect(stdout).toMatch(/^pre-flight .*: no fault found, but not everything is known/);
    expect(stdout).toMatch(/trust not checked: trusted-ca holds TRUSTED CERTIFICATE blocks/);
  });

  it('does not call a server ready of which nobody has seen that TLS is on', () => {
    const { write } = makeScratch();
    const text = readFileSync(good('server'), 'utf8').replace(/\[port\]\n.*\n/, '');
    const sides = ['--server', write('server.ini', text), '--client', good('client')];
    const { status, stdout } = run('preflight', ...sides, ...target, ...at);
    expect(status).toBe(0);
    expect(stdout).toMatch(/not everything is known/);
    expect(stdout).toMatch(/– server {2}whether tls=1 is set at the port is not known/);
  });

  it('says ready, with warnings, where there are some', () => {
    const { stdout } = run('preflight', ...both('name-check-missing'), ...target, ...at);
    expect(stdout).toMatch(/^pre-flight .*: ready, with warnings · /);
  });

  it('says of a path in quotes that they belong to it', () => {
    const { stderr } = runCertwright(['preflight', ...client, '--trusted-ca', '"/etc/sec/ca.pem"', ...peer]);
    expect(stderr).toMatch(/hint: check the path: a value is taken as it is written, quotes/);
  });

  it('refuses a --root that is not there, and a configuration that is none, with 2', () => {
    const sides = ['--server', good('server'), '--client', good('client')];
    const { status, stderr } = runCertwright(['preflight', '--root', 'no/such', ...sides, ...at]);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/--root no\/such is no directory/)]);
    const pem = `${sec}/certs/sip1.pem`;
    expect(run('preflight', '--server', pem, '--client', good('client'), ...at).status).toBe(2);
  });
});
