/** CRLs that are streamed, through the built program: the same words as for small ones, and nothing else on any stream. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodePem, encodePemBytes } from '../../src/pem/encode.js';
import { openssl, runOpenSSL } from '../support/openssl.js';
import { issueCertificate, largeCRLSerialNumber, makeLargeCRL } from '../support/pki.js';
import { runCertwright, runProgram } from '../support/run.js';
import { parseEnvelope } from '../support/schema.js';
import { makeScratch } from '../support/scratch.js';

const at = ['--at', '2026-11-21'];
const count = 120_000;
const ca = issueCertificate(undefined, { subject: 'CN=Issuing', ca: true });
const namesake = issueCertificate(undefined, { subject: 'CN=Issuing', ca: true });
const good = issueCertificate(ca, { subject: 'CN=leaf', serialNumber: 5 });
const revoked = issueCertificate(ca, { subject: 'CN=revoked', serialNumber: largeCRLSerialNumber(77_777) });
let der: Uint8Array;
let pem: Uint8Array;
beforeAll(() => {
  der = makeLargeCRL(ca, count);
  pem = encodePemBytes('X509 CRL', der);
});
const certificates = (...holders: { readonly certificate: Uint8Array }[]): string =>
  holders.map(({ certificate }) => encodePem('CERTIFICATE', certificate)).join('');

describe('certwright crl check with a CRL of 5 MB', () => {
  it.each(['PEM', 'PEM with CR LF', 'DER', 'standard input'])('finds what is listed and what is not: %s', (form) => {
    const scratch = makeScratch();
    const chain = scratch.write('chain.pem', certificates(good, revoked, ca, namesake));
    const crlf = Buffer.from(pem).toString('latin1').replaceAll('\n', '\r\n');
    const file = scratch.write('large.crl', form === 'DER' ? der : form === 'PEM with CR LF' ? crlf : pem);
    const isPiped = form === 'standard input';
    const args = ['crl', 'check', chain, '--crl', isPiped ? '-' : file, '--scope', 'leaf', ...at];
    const { status, stdout, stderr } = runCertwright([...args, '--quiet'], isPiped ? { stdin: pem } : {});
    expect(status).toBe(1);
    expect(stdout).toContain('✓ CN=leaf: good, not listed in the CRL\n');
    expect(stdout).toContain('✗ CN=revoked: revoked since 2025-06-01 00:00:00 UTC, reason keyCompromise');
    // No progress in a pipe.
    expect(stderr).not.toContain('\r');
    expect(stderr.match(/: error: /g)).toHaveLength(1);
  });

  it('gives its fingerprint as JSON, and notices that it is there twice', () => {
    const scratch = makeScratch();
    const chain = scratch.write('chain.pem', certificates(good, ca));
    const crls = [scratch.write('a.pem', pem), scratch.write('b.der', der)];
    const args = ['crl', 'check', chain, ...crls.flatMap((file) => ['--crl', file]), '--scope', 'leaf', ...at];
    const run = runCertwright([...args, '--json']);
    expect([run.status, run.stderr]).toEqual([0, '']);
    const { result, findings } = parseEnvelope<{ readonly crls: readonly { readonly sha256: string }[] }>(run);
    const sha256 = createHash('sha256').update(der).digest('hex');
    expect(result.crls.map((each) => each.sha256)).toEqual([sha256, sha256]);
    expect(findings.map(({ code }) => code)).toEqual(['crl/duplicate']);
    // The text needs no fingerprints, but for the comparison of the two.
    expect(runCertwright(args).stdout).toContain('good');
  });

  it.each([
    ['cut off', () => pem.subarray(0, 3_000_000), 'pem/truncated-block'],
    ['cut off in DER', () => der.subarray(0, 4_800_000), 'input/truncated-der'],
    [
      'with a length that claims too much',
      () => Uint8Array.from(der, (byte, place) => (place === 3 ? byte + 1 : byte)),
      'input/truncated-der',
    ],
    [
      'with a length that claims too little',
      () => Uint8Array.from(der, (byte, place) => (place === 3 ? byte - 1 : byte)),
      'input/unknown-structure',
    ],
    ['with entries that claim too much', () => lengthened(), 'input/unknown-structure'],
    [
      'with a damaged signature',
      () => Uint8Array.from(der, (byte, place) => (place === der.length - 2 ? byte ^ 1 : byte)),
      'crl/bad-signature',
    ],
  ])('%s: never good, and a finding says why', (_, damage, code) => {
    const scratch = makeScratch();
    const chain = scratch.write('chain.pem', certificates(good, ca));
    const file = scratch.write('damaged.crl', damage());
    const { status, stdout, stderr } = runCertwright(['crl', 'check', chain, '--crl', file, '--scope', 'leaf', ...at]);
    expect(status).toBeGreaterThan(0);
    expect(stderr).toContain(`[${code}`);
    expect(stdout).toContain('? CN=leaf: unknown');
  });

  /** revokedCertificates claims the bytes behind it, too. */
  function lengthened(): Uint8Array {
    const damaged = Uint8Array.from(der);
    const place = Buffer.from(der.buffer, der.byteOffset).indexOf(Uint8Array.of(0x30, 0x83), 8);
    expect(place).toBeGreaterThan(0);
    damaged[place + 2] = 0xff;
    return damaged;
  }
});

describe('certwright verify with a CRL of 5 MB', () => {
  const files = (): { readonly chain: string; readonly anchor: string; readonly crl: string } => {
    const scratch = makeScratch();
    return {
      chain: scratch.write('leaves.pem', certificates(good, revoked)),
      anchor: scratch.write('ca.pem', certificates(ca)),
      crl: scratch.write('large.crl', pem),
    };
  };

  it.each(['rfc5280', 'security-pack'])('accepts what is not listed and refuses what is: profile %s', (profile) => {
    const { chain, anchor, crl } = files();
    const given = ['--trusted-ca', anchor, '--crl', crl, '--revocation', 'leaf', '--profile', profile, ...at];
    const run = runCertwright(['verify', chain, '--each', ...given, '--json']);
    expect(run.status).toBe(1);
    const { result } = parseEnvelope<{ readonly certificates: readonly { readonly ok: boolean }[] }>(run);
    expect(result.certificates.map(({ ok }) => ok)).toEqual([true, false]);
  });

  it('writes each verdict once as NDJSON, though a key of another name asks for a second pass', () => {
    const scratch = makeScratch();
    const odd = issueCertificate({ subject: 'CN=Somebody else', key: ca.key }, { subject: 'CN=odd', serialNumber: 9 });
    const chain = scratch.write('leaves.pem', certificates(good, odd, revoked));
    const given = ['--trusted-ca', scratch.write('ca.pem', certificates(ca)), '--crl', scratch.write('a.crl', pem)];
    const { stdout } = runCertwright([
      'verify',
      chain,
      '--each',
      ...given,
      '--revocation',
      'leaf',
      '--profile',
      'security-pack',
      '--format',
      'ndjson',
      ...at,
    ]);
    const types = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly type: string }).type);
    expect(types.filter((type) => type === 'certificate')).toHaveLength(3);
  });

  it.skipIf(!openssl.installed)(`answers as openssl does${openssl.skipReason}`, () => {
    const { anchor, crl } = files();
    const scratch = makeScratch();
    for (const [holder, isGood] of [
      [good, true],
      [revoked, false],
    ] as const) {
      const leaf = scratch.write('leaf.pem', certificates(holder));
      const args = ['-crl_check', '-attime', '1795219200', '-CAfile', anchor, '-CRLfile', crl, leaf];
      expect(runOpenSSL(['verify', ...args]).status === 0).toBe(isGood);
      const own = ['verify', leaf, '--trusted-ca', anchor, '--crl', crl, '--revocation', 'leaf', ...at];
      expect(runCertwright(own).status === 0).toBe(isGood);
    }
  });
});

const hasTerminal = process.platform === 'linux' && runProgram('sh', ['-c', 'command -v script || true']).stdout !== '';
describe.skipIf(!hasTerminal)(`on a terminal${hasTerminal ? '' : ' (skipped: no script program)'}`, () => {
  it('a file that is read within a second shows no progress', () => {
    const scratch = makeScratch();
    const chain = scratch.write('chain.pem', certificates(good, ca));
    const crl = scratch.write('a.crl', pem);
    const command = `${process.execPath} bin/certwright.js crl check ${chain} --crl ${crl} --scope leaf --no-color`;
    const { stdout } = runProgram('script', ['-qec', command, '/dev/null']);
    expect(stdout).toContain('good');
    expect(stdout).not.toContain(' left');
  });
});

describe('certwright preflight with a CRL of 5 MB', () => {
  /** A client that is given alone, what the server sends beside it. */
  const run = (sent: { readonly certificate: Uint8Array }, crl: string | Uint8Array, ...more: readonly string[]) => {
    const scratch = makeScratch();
    const files = {
      trusted: scratch.write('ca.pem', certificates(ca)),
      peer: scratch.write('peer.pem', certificates(sent)),
      crl: scratch.write('tls-crl.pem', crl),
    };
    const options = ['--trusted-ca', files.trusted, '--tls-crl', files.crl, '--peer-certificate', files.peer];
    const fix = more.map((argument) => (argument === 'FIX' ? `${scratch.directory}/fixed` : argument));
    const ran = runCertwright(['preflight', '--role', 'client', ...options, '--crl-scope', 'leaf', ...at, ...fix]);
    return { ...ran, crl: files.crl, directory: scratch.directory };
  };

  it('accepts what is not listed and refuses what is', () => {
    expect(run(good, pem).stdout).toContain('good, none is revoked: CN=leaf');
    const refused = run(revoked, pem);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('[crl/revoked');
  });

  it('writes it anew where it is mended, byte for byte but for what was wrong', () => {
    const text = Buffer.from(pem).toString('latin1');
    const mislabelled = run(good, text.replaceAll('X509 CRL', 'CRL'), '--fix', 'FIX');
    expect(mislabelled.stderr).toContain('[pem/crl-label');
    const written = readFileSync(`${mislabelled.directory}/fixed${mislabelled.crl}`, 'latin1');
    expect(written === text).toBe(true);
  });
});

describe('what a CRL of 5 MB says of itself', () => {
  const digest = (algorithm: string): string => createHash(algorithm).update(der).digest('hex');

  it.each(['PEM', 'DER', 'standard input'])('crl show reads it without keeping it: %s', (form) => {
    const file = makeScratch().write('large.crl', form === 'DER' ? der : pem);
    const isPiped = form === 'standard input';
    const { status, stdout } = runCertwright(
      ['crl', 'show', isPiped ? '-' : file, ...at],
      isPiped ? { stdin: pem } : {},
    );
    expect(status).toBe(0);
    expect(stdout).toContain(`  entries      ${count.toLocaleString('en-US')}\n`);
    expect(stdout).toContain(`  size         ${der.length.toLocaleString('en-US')} bytes, version 2\n`);
    expect(stdout).toContain(`  SHA-256      ${digest('sha256')}\n  SHA-1        ${digest('sha1')}\n`);
  });

  it('crl show --entries gives every entry all the same', () => {
    const file = makeScratch().write('large.crl', pem);
    const { stdout } = runCertwright(['crl', 'show', '--entries', '--format', 'ndjson', file, ...at]);
    expect(stdout.match(/^\{"type":"entry"/gm)).toHaveLength(count);
    expect(stdout).toContain(digest('sha1'));
  });

  it('inspect names it in its place among what else the file holds', () => {
    const small = encodePem('X509 CRL', makeLargeCRL(ca, 1));
    const file = makeScratch().write('mixed.pem', Buffer.concat([pem, Buffer.from(certificates(ca) + small)]));
    const run = runCertwright(['inspect', '--json', file, ...at]);
    expect([run.status, run.stderr]).toEqual([0, '']);
    const { result } = parseEnvelope<{ readonly objects: readonly Record<string, unknown>[] }>(run);
    expect(result.objects.map(({ kind, entries }) => [kind, entries])).toEqual([
      ['crl', count],
      ['certificate', undefined],
      ['crl', 1],
    ]);
    const [large] = result.objects;
    expect([large?.size, large?.sha256]).toEqual([der.length, digest('sha256')]);
  });

  it('inspect --asn1 takes all of it apart, which is more than asn1js does', () => {
    const file = makeScratch().write('large.crl', pem);
    const { status, stdout } = runCertwright(['inspect', '--asn1', file, ...at]);
    expect(status).toBe(0);
    expect(stdout).toContain('no tree: Maximum ASN.1 node count exceeded');
  });
});
