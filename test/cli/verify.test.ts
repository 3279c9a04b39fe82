import { describe, expect, it } from 'vitest';
import { encodePem } from '../../src/pem/encode.js';
import { issueCertificate, makeCRL, makeKeyPair, type CRLOptions, type Holder } from '../support/pki.js';
import { runCertwright } from '../support/run.js';
import { listSamples } from '../support/samples.js';
import { parseEnvelope, type PrintedFinding } from '../support/schema.js';
import { makeScratch } from '../support/scratch.js';

const at = ['--at', '2026-11-21'];
const trusted = 'samples/etc/sec/ca/trusted-ca.pem';
const certs = 'samples/etc/sec/certs';
const tlsCRL = 'samples/etc/sec/crl/tls-crl.pem';

interface Summary {
  readonly subject: string;
  readonly origin?: { readonly file: string };
}
interface Verified {
  readonly ok: boolean;
  readonly certificate: Summary;
  readonly anchored: boolean;
  readonly path: readonly Summary[];
  readonly policies: readonly string[];
  readonly revocation: { readonly scope: string; readonly checked: readonly { readonly status: string }[] };
  readonly host?: { readonly matched: boolean };
  readonly horizon?: {
    readonly until: string;
    readonly failsAt?: string;
    readonly findings?: readonly PrintedFinding[];
  };
  readonly findings: readonly PrintedFinding[];
  readonly candidates: readonly { readonly ok: boolean; readonly path: readonly Summary[] }[];
}
interface Result {
  readonly verified: number;
  readonly valid: number;
  readonly certificates: readonly Verified[];
}

function verify(...args: string[]) {
  return runCertwright(['verify', ...args, ...at]);
}
function verifyJSON(...args: string[]) {
  return parseEnvelope<Result>(verify(...args, '--json'));
}
const subjects = (path: readonly Summary[] = []): string[] => path.map(({ subject }) => subject.split(',')[0] ?? '');

const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
const ca = issueCertificate(root, { subject: 'CN=Issuing', ca: true });
const leaf = issueCertificate(ca, { subject: 'CN=leaf', serialNumber: 101, san: ['sip1.example.com'] });
const pem = (...holders: Holder[]): string =>
  holders.map(({ certificate }) => encodePem('CERTIFICATE', certificate)).join('');
const crl = (holder: Holder, options: Partial<CRLOptions> = {}): string =>
  encodePem('X509 CRL', makeCRL({ issuer: holder.subject, issuerKey: holder.key, ...options }));

describe('certwright verify', () => {
  it('puts the verdict first, the path as a picture, and exits 0', () => {
    const { status, stdout, stderr } = verify(`${certs}/sip1-chain.pem`, '--trusted-ca', trusted);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')[0]).toBe('1 certificate verified at 2026-11-21 00:00:00 UTC: 1 valid');
    expect(stdout).toContain('✓ CN=sip1.fly.example.com: valid for any purpose, by RFC 5280');
    expect(stdout).toMatch(/└─ ✓ CN=Example Issuing CA 1\n +trusted · expires/);
    expect(stdout).toContain('revocation: not checked');
  });

  it('says in words which step refuses, where, with both values and the number of OpenSSL', () => {
    const args = [`${certs}/sip1-chain.pem`, '--trusted-ca', trusted];
    const { status, stdout, stderr } = runCertwright(['verify', ...args, '--at', '2046-01-01']);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^ {2}certificate 1 of 2 \(CN=sip1\.fly\.example\.com\) expired 2045-01-31 .*, checked at 2046-01-01 .* \(openssl error 10\)$/m,
    );
    expect(stderr).toContain('[certificate/expired · RFC 5280 6.1.3(a)(2) · openssl error 10 · CERT_HAS_EXPIRED]');
  });

  it('takes the first certificate of a file and the others for intermediates', () => {
    const scratch = makeScratch();
    const chain = scratch.write('chain.pem', pem(leaf, ca));
    const anchors = scratch.write('root.pem', pem(root));
    const { certificates } = verifyJSON(chain, '--trusted-ca', anchors).result;
    expect(certificates.map(({ path }) => subjects(path))).toEqual([['CN=leaf', 'CN=Issuing', 'CN=Root']]);
  });

  it('takes intermediates from --untrusted, and says what is missing without them', () => {
    const scratch = makeScratch();
    const [alone, anchors, pool] = [
      scratch.write('leaf.pem', pem(leaf)),
      scratch.write('root.pem', pem(root)),
      scratch.write('pool.pem', pem(ca)),
    ];
    expect(verify(alone, '--trusted-ca', anchors, '--untrusted', pool).status).toBe(0);
    const { status, stdout } = verify(alone, '--trusted-ca', anchors);
    expect(status).toBe(1);
    expect(stdout).toContain('└─ ✗ CN=Issuing: no such certificate leads on');
    expect(stdout).toContain('(openssl error 20)');
  });

  it('verifies every end entity of a pile with --each', () => {
    const scratch = makeScratch();
    const second = issueCertificate(ca, { subject: 'CN=second' });
    const pile = scratch.write('pile.pem', pem(root, ca, leaf, second));
    const anchors = scratch.write('root.pem', pem(root));
    const { result } = verifyJSON(pile, '--each', '--trusted-ca', anchors);
    expect(result.certificates.map(({ certificate, ok }) => [certificate.subject, ok])).toEqual([
      ['CN=leaf', true],
      ['CN=second', true],
    ]);
    expect(result).toMatchObject({ verified: 2, valid: 2 });
    const first = verifyJSON(pile, '--trusted-ca', anchors);
    expect(first.findings.map(({ code }) => code)).toEqual(['verify/first-is-ca']);
  });

  it('finds the end entity of a PKCS#7 file, whatever its place', () => {
    const { result } = verifyJSON(`${certs}/sip1.p7b`, '--trusted-ca', trusted);
    expect(result.certificates.map(({ certificate }) => certificate.subject)).toEqual([
      expect.stringContaining('CN=sip1.fly.example.com'),
    ]);
    expect(result.valid).toBe(1);
  });

  it('of many shows the refused one first, with its path, and the valid ones in a line each; --verbose draws all', () => {
    const scratch = makeScratch();
    const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
    const stranger = issueCertificate(undefined, { subject: 'CN=Another', ca: true });
    const write = (name: string, { certificate }: Holder): string =>
      scratch.write(`${name}.pem`, encodePem('CERTIFICATE', certificate));
    const leaves = Array.from({ length: 11 }, (_, position) =>
      write(`leaf${position}`, issueCertificate(position === 5 ? stranger : root, { subject: `CN=leaf${position}` })),
    );
    const all = [...leaves, '--trusted-ca', write('root', root), ...at];
    const { stdout } = runCertwright(['verify', ...all]);
    const lines = stdout.split('\n');
    expect(lines[0]).toContain('10 valid, 1 refused');
    expect(lines[2]).toMatch(/^✗ CN=leaf5: refused /);
    const heads = lines.filter((line) => line.startsWith('✓ '));
    expect(heads.map((line) => /leaf\d+/.exec(line)?.[0])).toEqual(
      [0, 1, 2, 3, 4, 6, 7, 8, 9, 10].map((position) => `leaf${position}`),
    );
    expect(lines.filter((line) => line.includes('expires'))).toHaveLength(1);
    expect(stdout).toMatch(/\nrevocation: not checked\n--verbose draws the paths of the valid ones too\n\n$/);
    const drawn = runCertwright(['verify', ...all, '--verbose']).stdout.split('\n');
    expect(drawn.filter((line) => line.includes('trusted · expires'))).toHaveLength(10);
    expect(drawn.filter((line) => line.startsWith('✗ ') || line.startsWith('✓ '))[5]).toMatch(/^✗ CN=leaf5/);
  });

  it('streams one line for each certificate as NDJSON', () => {
    const files = [`${certs}/sip1-chain.pem`, `${certs}/revoked-chain.pem`];
    const { status, stdout } = verify(...files, '--trusted-ca', trusted, '--crl', tlsCRL, '--format', 'ndjson');
    expect(status).toBe(1);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Verified & { type: string });
    expect(lines.filter(({ type }) => type === 'certificate').map(({ ok }) => ok)).toEqual([true, false]);
    expect(lines.at(-1)).toMatchObject({ type: 'result', ok: false, result: { verified: 2, valid: 1 } });
    expect(lines.at(-1)).not.toHaveProperty('result.certificates');
  });
});

describe('certwright verify with CRLs', () => {
  it('refuses what is revoked, with the CRL that says so', () => {
    const { ok, findings, result } = verifyJSON(`${certs}/revoked-chain.pem`, '--trusted-ca', trusted, '--crl', tlsCRL);
    expect(ok).toBe(false);
    expect(findings[0]).toMatchObject({ code: 'crl/revoked', origin: { file: `${certs}/revoked-chain.pem` } });
    expect(result.certificates[0]?.revocation).toMatchObject({
      scope: 'chain',
      checked: [{ status: 'revoked' }, { status: 'good' }],
    });
  });

  it('accepts what is not, and says which CRL passes it over', () => {
    const { status, stdout } = verify(`${certs}/sip1-chain.pem`, '--trusted-ca', trusted, '--crl', tlsCRL);
    expect(status).toBe(0);
    expect(stdout).toContain('✓ CN=sip1.fly.example.com: good, not listed in CRL 2');
  });

  it('a CRL that is of use to one certificate is not called unrelated for another', () => {
    const files = [`${certs}/sip1-chain.pem`, `${certs}/stat-chain.pem`];
    const { findings } = verifyJSON(...files, '--trusted-ca', trusted, '--crl', tlsCRL);
    expect(findings).toEqual([]);
  });

  it('--revocation without --crl leaves the status unknown, which is refused', () => {
    const { findings } = verifyJSON(`${certs}/sip1-chain.pem`, '--trusted-ca', trusted, '--revocation', 'leaf');
    expect(findings.map(({ code }) => code)).toEqual(['crl/missing']);
  });
});

describe('certwright verify asks', () => {
  it('for the purpose', () => {
    const args = [`${certs}/sip1-chain.pem`, '--trusted-ca', trusted, '--purpose'];
    expect(verify(...args, 'serverAuth').status).toBe(0);
    expect(verifyJSON(...args, 'both').findings[0]).toMatchObject({
      code: 'path/wrong-purpose',
      params: { purpose: 'clientAuth' },
    });
  });

  it('for the host, under the rules of the Security Pack unless told otherwise', () => {
    const args = [`${certs}/wildcard-chain.pem`, '--trusted-ca', trusted, '--host', 'eu.web.fly.example.com'];
    const { findings, result } = verifyJSON(...args);
    expect(findings[0]?.code).toBe('host/wildcard-not-accepted');
    expect(result.certificates[0]?.host?.matched).toBe(false);
    expect(verify(...args).stdout).toContain('host: eu.web.fly.example.com does not match, says the Security Pack');
    expect(verify(...args, '--host-profile', 'rfc9525').status).toBe(0);
  });

  it('for a policy', () => {
    const scratch = makeScratch();
    const policies = ['1.2.3.4'];
    const rich = issueCertificate(root, { subject: 'CN=rich', certificatePolicies: policies });
    const file = scratch.write('rich.pem', pem(rich));
    const anchors = scratch.write('root.pem', pem(root));
    const args = [file, '--trusted-ca', anchors, '--explicit-policy', '--policy'];
    expect(verifyJSON(...args, '1.2.3.4').result.certificates[0]?.policies).toEqual(policies);
    expect(verifyJSON(...args, '1.2.3.5').findings[0]).toMatchObject({
      code: expect.stringMatching(/policy/) as string,
    });
    expect(verify(...args, 'gold').status).toBe(2);
  });

  it('for a path of no more intermediates', () => {
    const scratch = makeScratch();
    const chain = scratch.write('chain.pem', pem(leaf, ca));
    const anchors = scratch.write('root.pem', pem(root));
    expect(verify(chain, '--trusted-ca', anchors, '--max-depth', '1').status).toBe(0);
    expect(verifyJSON(chain, '--trusted-ca', anchors, '--max-depth', '0').findings[0]?.code).toBe(
      'path/too-many-intermediates',
    );
    expect(verify(chain, '--trusted-ca', anchors, '--max-depth', 'few').status).toBe(2);
  });
});

describe('what if', () => {
  const rootB = issueCertificate(undefined, { subject: 'CN=Root B', ca: true });
  const key = makeKeyPair();
  const underA = issueCertificate(root, { subject: 'CN=Twice', ca: true, key, serialNumber: 7 });
  const underB = issueCertificate(rootB, {
    subject: 'CN=Twice',
    ca: true,
    key,
    notAfter: new Date('2027-01-01'),
  });
  const twice = issueCertificate(underA, { subject: 'CN=twice.example.com', serialNumber: 8 });
  const prepare = () => {
    const scratch = makeScratch();
    return {
      chain: scratch.write('twice.pem', pem(twice, underA, underB)),
      anchors: scratch.write('roots.pem', pem(root, rootB)),
      crls: scratch.write('crls.pem', crl(underA) + crl(root, { entries: [{ serialNumber: 7 }] }) + crl(rootB)),
    };
  };

  it('--all-paths shows every path that was tried, with why', () => {
    const { chain, anchors, crls } = prepare();
    const { status, stdout } = verify(chain, '--trusted-ca', anchors, '--crl', crls, '--all-paths');
    expect(status).toBe(0);
    expect(stdout).toContain('2 paths tried, best first:\n');
    expect(stdout).toMatch(/1\. CN=twice\.example\.com → CN=Twice → CN=Root B\n +accepted/);
    expect(stdout).toMatch(
      /2\. CN=twice\.example\.com → CN=Twice → CN=Root\n +refused: certificate 2 of 3 \(CN=Twice\) was revoked .*\(openssl error 23\)/,
    );
    expect(verify(chain, '--trusted-ca', anchors, '--crl', crls).stdout).toContain(
      '1 more path was tried; --all-paths',
    );
  });

  it('--without takes a certificate out of the anchors or the pool, and says so', () => {
    const { chain, anchors } = prepare();
    const { findings, result } = verifyJSON(chain, '--trusted-ca', anchors, '--without', '#1');
    expect(subjects(result.certificates[0]?.path)).toEqual(['CN=twice.example.com', 'CN=Twice', 'CN=Root B']);
    expect(findings.map(({ code, subject }) => [code, subject.name])).toEqual([['verify/set-aside', 'CN=Root']]);
    expect(verify(chain, '--trusted-ca', anchors, '--without', 'CN=Root').status).toBe(1);
    const nothing = verify(chain, '--trusted-ca', anchors, '--without', 'no such');
    expect(nothing.status).toBe(1);
    expect(nothing.stderr).toContain('no trusted or untrusted certificate answers to no such');
  });

  it('--horizon says what will fail first, and when', () => {
    const { chain, anchors, crls } = prepare();
    const args = [chain, '--trusted-ca', anchors, '--crl', crls, '--horizon'];
    const { findings, result } = verifyJSON(...args, '90d');
    // The path through root A is no way out: its CA is revoked.
    expect(result.certificates[0]?.horizon).toMatchObject({
      until: '2027-02-19T00:00:00.000Z',
      failsAt: '2027-01-01T00:00:01.000Z',
    });
    expect(findings.map(({ code, severity }) => [code, severity])).toContainEqual(['verify/fails-soon', 'warning']);
    expect(verify(...args, '90d').stdout).toContain(
      'horizon: fails from 2027-01-01 00:00:01 UTC, in 41 days: certificate 2 of 3 (CN=Twice)',
    );
    expect(verify(...args, '30d').stdout).toContain('horizon: nothing of this fails until 2026-12-21 00:00:00 UTC');
  });
});

describe('wrong use of certwright verify', () => {
  it.each([
    ['no certificate', ['--trusted-ca', trusted]],
    ['nothing trusted', [`${certs}/sip1.pem`]],
    ['a purpose that is none', [`${certs}/sip1.pem`, '--trusted-ca', trusted, '--purpose', 'serving']],
    ['a horizon that is none', [`${certs}/sip1.pem`, '--trusted-ca', trusted, '--horizon', 'soon']],
    ['a file that is not there', [`${certs}/none.pem`, '--trusted-ca', trusted]],
  ])('%s: exit 2', (_, args) => {
    const { status, stderr } = verify(...args);
    expect(status).toBe(2);
    expect(stderr).not.toBe('');
  });

  it('a file of trusted certificates that cannot be read is told, and trusts nobody', () => {
    const { status, stdout } = verify(`${certs}/sip1.pem`, '--trusted-ca', 'samples/none.pem');
    expect(status).toBe(2);
    expect(stdout).toContain('1 refused');
  });
});

describe('the samples', () => {
  const chains = listSamples('etc/sec/certs').filter((name) => name.endsWith('-chain.pem'));

  it('are ten chains', () => {
    expect(chains).toHaveLength(10);
  });

  it.each(chains)('%s is valid with the trusted-ca beside it and its CRLs, but for the revoked one', (name) => {
    const result = verifyJSON(`${certs}/${name}`, '--trusted-ca', trusted, '--crl', tlsCRL).result.certificates[0];
    expect(result?.ok).toBe(name !== 'revoked-chain.pem');
  });

  it.each(chains)('%s is valid for whoever trusts root 1, or is of root 2', (name) => {
    const roots = 'samples/etc/sec/ca/trusted-ca-root-1-only.pem';
    const { findings, ok } = verifyJSON(`${certs}/${name}`, '--trusted-ca', roots);
    if (name === 'stat-chain.pem') expect(findings[0]?.code).toBe('chain/root-not-trusted');
    else expect(ok).toBe(true);
  });
});
