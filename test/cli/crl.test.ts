import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodePem, encodePemBytes } from '../../src/pem/encode.js';
import { makeExtension } from '../support/extensions.js';
import { openssl, runOpenSSL } from '../support/openssl.js';
import {
  issueCertificate,
  largeCRLSerialNumber,
  makeCRL,
  makeLargeCRL,
  type CRLOptions,
  type Holder,
} from '../support/pki.js';
import { runCertwright, type Run } from '../support/run.js';
import { parseEnvelope } from '../support/schema.js';
import { makeScratch } from '../support/scratch.js';

const at = ['--at', '2026-11-21'];
const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
const ca = issueCertificate(root, { subject: 'CN=Issuing', ca: true });
const [good, revoked] = [101, 102].map((serialNumber) =>
  issueCertificate(ca, { subject: `CN=leaf ${serialNumber}`, serialNumber }),
) as [Holder, Holder];

const certificates = (...holders: Holder[]): string =>
  holders.map(({ certificate }) => encodePem('CERTIFICATE', certificate)).join('');
const crl = (holder: Holder, options: Partial<CRLOptions> = {}): string =>
  encodePem('X509 CRL', makeCRL({ issuer: holder.subject, issuerKey: holder.key, ...options }));
const listing = { entries: [{ serialNumber: 102, reason: 'keyCompromise' as const }] };

interface CheckResult {
  readonly certificates: readonly {
    readonly certificate: { readonly subject: string };
    readonly status: string;
    readonly reason?: string;
    readonly crl?: number;
    readonly crls: readonly { readonly outcome: string; readonly listed: boolean }[];
  }[];
  readonly notChecked: readonly { readonly subject: string; readonly reason: string }[];
  readonly crls: readonly { readonly issuer: string; readonly number?: string }[];
}

describe('certwright crl check', () => {
  it('says good, verdict first, and exits 0', () => {
    const scratch = makeScratch();
    const chain = scratch.write('chain.pem', certificates(good, ca, root));
    const crls = scratch.write('tls-crl.pem', crl(ca, listing) + crl(root));
    const { status, stdout, stderr } = runCertwright(['crl', 'check', chain, '--crl', crls, ...at]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')[0]).toBe('2 certificates checked at 2026-11-21 00:00:00 UTC: 2 good');
    expect(stdout).toContain('✓ CN=leaf 101: good, not listed in CRL 1\n');
    expect(stdout).toContain('– CN=Root: not checked, a root');
    expect(stdout).toMatch(/^CN=leaf 101 +✓ {2}·$/m);
  });

  it('says revoked with when and why, and exits 1', () => {
    const scratch = makeScratch();
    const chain = scratch.write('chain.pem', certificates(revoked, ca, root));
    const crls = scratch.write('tls-crl.pem', crl(ca, listing) + crl(root));
    const { status, stdout, stderr } = runCertwright(['crl', 'check', chain, '--crl', crls, ...at]);
    expect(status).toBe(1);
    expect(stdout).toContain(
      '✗ CN=leaf 102: revoked since 2025-06-01 00:00:00 UTC, reason keyCompromise, listed in CRL 1',
    );
    expect(stderr).toContain(`${chain}:1: error: certificate 1 (CN=leaf 102): was revoked on 2025-06-01 00:00:00 UTC`);
    expect(stderr).toContain('[crl/revoked · RFC 5280 6.3.3(j) · openssl error 23 · CERT_REVOKED]');
  });

  it('unknown is never good: exit 1, and the finding points at the CRL', () => {
    const scratch = makeScratch();
    const chain = scratch.write('chain.pem', certificates(good, ca, root));
    const stale = scratch.write('stale.pem', crl(ca, { nextUpdate: new Date('2026-11-20') }));
    const roots = scratch.write('root.pem', crl(root));
    const { status, stdout, stderr } = runCertwright(['crl', 'check', chain, '--crl', `${stale},${roots}`, ...at]);
    expect(status).toBe(1);
    expect(stdout).toContain('? CN=leaf 101: unknown: CRL 1 is stale\n');
    expect(stderr).toContain(
      `${stale}:1: error: CRL 1 (CN=Issuing): is stale since 2026-11-20 00:00:00 UTC, by 24 hours`,
    );
  });

  it('every verdict and every CRL are in the JSON, which fits the schema', () => {
    const scratch = makeScratch();
    const chain = scratch.write('pile.pem', certificates(good, revoked, ca, root));
    const files = [
      scratch.write('new.pem', crl(ca, { ...listing, crlNumber: 2 })),
      scratch.write('old.pem', crl(ca)),
      scratch.write('bad.pem', crl(root, { signature: 'broken' })),
      scratch.write('other.pem', crl(issueCertificate(undefined, { subject: 'CN=Other', ca: true }))),
    ];
    const args = ['crl', 'check', chain, ...files.flatMap((file) => ['--crl', file])];
    const { ok, result, findings } = parseEnvelope<CheckResult>(runCertwright([...args, '--json', ...at]));
    expect(ok).toBe(false);
    expect(result.certificates.map(({ certificate, status, crl: by }) => [certificate.subject, status, by])).toEqual([
      ['CN=leaf 101', 'good', 0],
      ['CN=leaf 102', 'revoked', 0],
      ['CN=Issuing', 'unknown', undefined],
    ]);
    expect(result.certificates.map(({ crls }) => crls.map(({ outcome }) => outcome))).toEqual([
      ['used', 'superseded', 'other-issuer', 'other-issuer'],
      ['used', 'superseded', 'other-issuer', 'other-issuer'],
      ['other-issuer', 'other-issuer', 'bad-signature', 'other-issuer'],
    ]);
    expect(result.notChecked).toMatchObject([{ subject: 'CN=Root', reason: 'root' }]);
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'error crl/revoked',
      'info crl/superseded',
      'error crl/bad-signature',
      'info crl/unrelated',
    ]);
  });

  it('--issuers gives the CA, --scope leaf leaves the CAs alone', () => {
    const scratch = makeScratch();
    const leaf = scratch.write('leaf.pem', certificates(good));
    const crls = scratch.write('crl.pem', crl(ca));
    const check = (...more: string[]): Run => runCertwright(['crl', 'check', leaf, '--crl', crls, ...more, ...at]);
    const without = check();
    expect([without.status, without.stdout.includes('the certificate of its issuer is not here')]).toEqual([1, true]);
    expect(without.stderr).toContain('give the certificate of the CA with --issuers');
    const issuers = scratch.write('cas.pem', certificates(root, ca));
    expect(check('--issuers', issuers, '--scope', 'leaf').status).toBe(0);
    const chain = check('--issuers', issuers);
    expect([chain.status, chain.stdout.includes('? CN=Issuing: unknown: no CRL of its issuer is here')]).toEqual([
      1,
      true,
    ]);
  });

  it('--warn-before warns, and --fail-on warning makes it exit 1', () => {
    const scratch = makeScratch();
    const chain = scratch.write('chain.pem', certificates(good, ca, root));
    const crls = scratch.write('crl.pem', crl(ca, { nextUpdate: new Date('2026-11-23') }) + crl(root));
    const args = ['crl', 'check', chain, '--crl', crls, ...at];
    expect(runCertwright([...args, '--warn-before', '1d', '--fail-on', 'warning'])).toMatchObject({
      status: 0,
      stderr: '',
    });
    const warned = runCertwright([...args, '--warn-before', '2d', '--fail-on', 'warning']);
    expect([
      warned.status,
      warned.stderr.includes('warning: CRL 1 (CN=Issuing): is to be replaced by 2026-11-23'),
    ]).toEqual([1, true]);
  });

  it.each([
    [['crl'], 'choose check, show, join'],
    [['crl', 'fetch'], 'fetch'],
    [['crl', 'check'], 'name at least one certificate file'],
    [['crl', 'check', 'package.json'], 'name the CRLs with --crl'],
    [['crl', 'check', 'a.pem', '--crl', 'b.pem', '--warn-before', 'soon'], 'soon is no span of time'],
    [['crl', 'check', 'a.pem', '--crl', 'b.pem', '--scope', 'root'], 'scope'],
    [['crl', 'show'], 'name at least one CRL file'],
    [['crl', 'show', 'a.pem', '--entries', '--json'], 'use --format ndjson'],
    [['crl', 'show', 'a.pem', '--entries', '-o', 'x'], 'use > instead'],
    [['crl', 'join'], 'name at least one CRL file'],
  ])('%j is wrong use: exit 2', (args, message) => {
    const { status, stdout, stderr } = runCertwright(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('files that are not there are said, and exit 2', () => {
    const { status, stderr } = runCertwright(['crl', 'check', '/nowhere/a.pem', '--crl', '/nowhere/b.pem']);
    expect(status).toBe(2);
    expect(stderr).toContain('/nowhere/a.pem');
    expect(stderr).not.toContain('bug in certwright');
  });

  it('a million entries, 57 MB of PEM: within 250 MB', () => {
    const scratch = makeScratch();
    const hit = issueCertificate(ca, { subject: 'CN=hit', serialNumber: largeCRLSerialNumber(654_321) });
    const leaves = scratch.write('leaves.pem', certificates(hit, good));
    const big = scratch.write('big.pem', encodePemBytes('X509 CRL', makeLargeCRL(ca, 1_000_000)));
    const tellPeak = 'process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))';
    const { stdout, stderr } = runCertwright(
      [
        'crl',
        'check',
        leaves,
        '--crl',
        big,
        '--issuers',
        scratch.write('ca.pem', certificates(ca)),
        '--scope',
        'leaf',
        ...at,
      ],
      { nodeArguments: ['--import', `data:text/javascript,${tellPeak}`] },
    );
    expect(stdout).toContain('2 certificates checked at 2026-11-21 00:00:00 UTC: 1 revoked, 1 good');
    const kilobytes = Number(/peak (\d+)$/.exec(stderr)?.[1]);
    expect(kilobytes).toBeLessThan(250 * 1024);
  });
});

interface ShowResult {
  readonly crls: readonly { readonly issuer: string; readonly entries?: number; readonly scope: object }[];
}

describe('certwright crl show', () => {
  it('shows issuer, number, dates with time left, entries, extensions and fingerprints', () => {
    const scratch = makeScratch();
    const file = scratch.write('crl.pem', crl(ca, { ...listing, crlNumber: 42 }));
    const { status, stdout } = runCertwright(['crl', 'show', file, ...at]);
    expect(status).toBe(0);
    for (const line of [
      /^CRL of CN=Issuing$/m,
      /^ {2}number +42$/m,
      /^ {2}this update +2025-07-01 00:00:00 UTC$/m,
      /^ {2}next update +2045-01-01 00:00:00 UTC, in 18 years 46 days$/m,
      /^ {2}entries +1$/m,
      /^ {2}extensions +authorityKeyIdentifier, cRLNumber$/m,
      /^ {2}SHA-256 +[0-9a-f]{64}$/m,
    ])
      expect(stdout).toMatch(line);
  });

  it('shows scope and delta, and what is stale as a warning', () => {
    const scratch = makeScratch();
    const options: Partial<CRLOptions> = {
      deltaCRLIndicator: 3,
      nextUpdate: new Date('2026-11-18'),
      issuingDistributionPoint: {
        fullName: ['URI:http://a/\u001b[31m'],
        onlyContainsUserCerts: true,
        onlySomeReasons: [1],
      },
    };
    const file = scratch.write('crl.pem', crl(ca, options));
    const { status, stdout, stderr } = runCertwright(['crl', 'show', file, ...at]);
    expect(status).toBe(0);
    expect(stdout).toContain(
      'end-entity certificates of the issuer, with the distribution point http://a/\\u001b[31m, revoked for keyCompromise',
    );
    expect(stdout).toContain('none, as a delta to number 3');
    expect(stdout).toContain('issuingDistributionPoint (critical)');
    expect(stdout).toContain('2026-11-18 00:00:00 UTC, stale for 3 days');
    expect(stderr).toContain('warning: CRL 1 (CN=Issuing): is stale since');
    const { result } = parseEnvelope<ShowResult>(runCertwright(['crl', 'show', file, '--json', ...at]));
    expect(result.crls[0]?.scope).toEqual({
      certificates: 'user',
      points: ['http://a/\u001b[31m'],
      reasons: ['keyCompromise'],
      indirect: false,
    });
  });

  it('does not take a scope that cannot be read for none', () => {
    const scratch = makeScratch();
    const damaged = makeExtension('2.5.29.28', Uint8Array.of(5, 0), true);
    const run = runCertwright(['crl', 'show', scratch.write('crl.pem', crl(ca, { extensions: [damaged] })), ...at]);
    expect([run.status, /^ {2}scope +cannot be read$/m.test(run.stdout)]).toEqual([1, true]);
  });

  it('--entries lists every entry, as text or as NDJSON', () => {
    const scratch = makeScratch();
    const entries: CRLOptions['entries'] = [
      { serialNumber: 0xab01, reason: 'keyCompromise', invalidityDate: new Date('2025-05-01') },
      { serialNumber: 2 },
    ];
    const file = scratch.write('crl.pem', crl(ca, { entries }) + crl(root, { entries: [{ serialNumber: 3 }] }));
    const text = runCertwright(['crl', 'show', file, '--entries', ...at]).stdout;
    expect(
      text.startsWith('CRL of CN=Issuing\nab01  2025-06-01 00:00:00 UTC  keyCompromise, invalid since 2025-05-01'),
    ).toBe(true);
    expect(text).toContain('\n02  2025-06-01 00:00:00 UTC  no reason given\n\nCRL of CN=Root\n03  ');
    const lines = runCertwright(['crl', 'show', file, '--entries', '--format', 'ndjson', ...at])
      .stdout.trimEnd()
      .split('\n');
    const parsed = lines.map((line) => JSON.parse(line) as { type: string });
    expect(parsed.map(({ type }) => type)).toEqual(['entry', 'entry', 'entry', 'result']);
    expect(parsed[0]).toEqual({
      type: 'entry',
      crl: 0,
      serialNumber: 'ab01',
      revokedAt: '2025-06-01T00:00:00.000Z',
      reason: 'keyCompromise',
      invalidityDate: '2025-05-01T00:00:00.000Z',
    });
    expect(parsed[2]).toMatchObject({ crl: 1, serialNumber: '03' });
  });

  it('--entries of a CRL with a damaged entry gives those before it, and says so', () => {
    const scratch = makeScratch();
    const entries: CRLOptions['entries'] = [
      { serialNumber: 0x11 },
      { serialNumber: 0x22, revocationDate: Uint8Array.of(4, 1, 1) },
    ];
    const file = scratch.write('crl.pem', crl(ca, { entries }));
    const { status, stdout, stderr } = runCertwright(['crl', 'show', file, '--entries', ...at]);
    expect([status, stdout.startsWith('11  2025-06-01')]).toEqual([1, true]);
    expect(stdout).toMatch(/^ {2}entries +damaged$/m);
    expect(stderr).toContain('[crl/malformed · ');
  });
});

describe('certwright crl join', () => {
  it('writes one PEM, superseded ones left out and named', () => {
    const scratch = makeScratch();
    const chain = scratch.write('chain.pem', certificates(good, ca, root));
    scratch.write('crls/a-old.pem', crl(ca, { crlNumber: 41 }));
    scratch.write('crls/b-new.crl', makeCRL({ issuer: ca.subject, issuerKey: ca.key, crlNumber: 42 }));
    scratch.write('crls/c-root.pem', crl(root).replaceAll('X509 CRL', 'CRL'));
    const out = scratch.path('tls-crl.pem');
    const run = runCertwright(['crl', 'join', scratch.path('crls'), '--for', chain, '-o', out, ...at]);
    expect(run.stdout.split('\n')[0]).toBe('2 CRLs joined, 1 left out');
    expect(run.stdout).toContain('every certificate of the chain is covered');
    expect(run.stdout).toMatch(/– CN=Issuing · number 41 · .*: superseded by CN=Issuing \(.*b-new\.crl\)/);
    expect(run.stderr).toContain('number 41 of 2025-07-01 00:00:00 UTC is superseded by');
    expect(readFileSync(out, 'utf8').match(/-----BEGIN [^-]+-----/g)).toEqual([
      '-----BEGIN X509 CRL-----',
      '-----BEGIN X509 CRL-----',
    ]);
    expect(runCertwright(['crl', 'check', chain, '--crl', out, ...at]).status).toBe(0);
  });

  it.skipIf(!openssl.installed)(
    `what it writes is enough for openssl verify -crl_check_all${openssl.skipReason}`,
    () => {
      const scratch = makeScratch();
      const out = scratch.path('tls-crl.pem');
      runCertwright([
        'crl',
        'join',
        scratch.write('a.pem', crl(ca)),
        scratch.write('b.pem', crl(root)),
        '-o',
        out,
        ...at,
      ]);
      const verified = runOpenSSL([
        'verify',
        '-crl_check_all',
        ...[
          '-CAfile',
          scratch.write('root.pem', certificates(root)),
          '-untrusted',
          scratch.write('ca.pem', certificates(ca)),
        ],
        ...['-CRLfile', out, scratch.write('leaf.pem', certificates(good))],
      ]);
      expect(verified.stdout).toContain('leaf.pem: OK');
    },
  );

  it('without -o the PEM goes to standard output and the words to standard error', () => {
    const scratch = makeScratch();
    const pem = crl(ca);
    const run = runCertwright(['crl', 'join', scratch.write('crl.pem', pem), ...at]);
    expect([run.status, run.stdout]).toEqual([0, pem]);
    expect(run.stderr).toContain('1 CRL joined, 0 left out');
    expect(run.stderr).toContain('info: the CRLs: their signatures were not checked');
  });

  it('--for says which CA has none, and exits 1', () => {
    const scratch = makeScratch();
    const chain = scratch.write('chain.pem', certificates(good, ca, root));
    const args = ['crl', 'join', scratch.write('crl.pem', crl(ca)), '--for', chain, ...at];
    const run = runCertwright([...args, '-o', scratch.path('out.pem')]);
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('not covered: CN=Issuing');
    expect(run.stderr).toContain('no CRL of CN=Root is here; the status of CN=Issuing is unknown');
    const { result } = parseEnvelope<{ pem?: string }>(runCertwright([...args, '--json']));
    expect(result.pem).toContain('BEGIN X509 CRL');
  });

  it('writes nothing where there is nothing to join', () => {
    const scratch = makeScratch();
    const out = scratch.path('out.pem');
    const { status } = runCertwright(['crl', 'join', scratch.write('a.pem', certificates(good)), '-o', out]);
    expect(status).toBe(2);
    expect(() => readFileSync(out)).toThrow();
  });
});
