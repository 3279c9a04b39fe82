import { describe, expect, it } from 'vitest';
import { validatePath, type PathResult } from '../../../src/path/validate-path.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import { asCertificate } from '../../support/parsed.js';
import { issueCertificate, makeKeyPair, type Holder } from '../../support/pki.js';

const at = new Date('2030-01-01T00:00:00Z');
const ca = (subject: string, issuer?: Holder, more: Partial<Parameters<typeof issueCertificate>[1]> = {}): Holder =>
  issueCertificate(issuer, { subject, ca: true, ...more });
const endEntity = (issuer: Holder, more: Partial<Parameters<typeof issueCertificate>[1]> = {}): Holder =>
  issueCertificate(issuer, { subject: 'CN=leaf', san: ['leaf.example.com'], keyUsage: ['digitalSignature'], ...more });

/** Certificates of holders, each from a file named after it. */
function read(holders: Readonly<Record<string, Holder>>): Record<string, Certificate> {
  return Object.fromEntries(
    Object.entries(holders).map(([file, { certificate }]) => [file, asCertificate(certificate, file)]),
  );
}

function search(
  files: Readonly<Record<string, Certificate>>,
  target: string,
  trusted: readonly string[],
  more: Partial<Parameters<typeof validatePath>[1]> = {},
): PathResult {
  const pick = (name: string): Certificate => {
    const certificate = files[name];
    if (!certificate) throw new Error(`no ${name}`);
    return certificate;
  };
  const pool = Object.values(files);
  return validatePath({ certificate: pick(target), pool }, { trustAnchors: trusted.map(pick), at, ...more });
}

const filesOf = (path: readonly Certificate[]): (string | undefined)[] => path.map(({ origin }) => origin?.file);

describe('the search', () => {
  const root = ca('CN=Root');
  const issuing = ca('CN=Issuing', root);
  const leaf = endEntity(issuing);

  it('finds the path whatever the order of the pool, and takes trust from the anchors alone', () => {
    const files = read({ root, leaf, issuing });
    expect(filesOf(search(files, 'leaf', ['root']).path)).toEqual(['leaf', 'issuing', 'root']);
    const untrusted = search(files, 'leaf', []);
    expect(untrusted.ok).toBe(false);
    expect(untrusted.findings.map(({ code }) => code)).toEqual(['path/no-trust-anchors', 'chain/root-not-trusted']);
  });

  it('ends at an anchor that is no root', () => {
    const files = read({ issuing, leaf });
    expect(filesOf(search(files, 'leaf', ['issuing']).path)).toEqual(['leaf', 'issuing']);
  });

  it('names the issuer that is missing', () => {
    const files = read({ leaf, root });
    const result = search(files, 'leaf', ['root']);
    expect(result.findings).toMatchObject([
      { code: 'chain/missing-issuer', subject: { name: 'CN=leaf' }, params: { issuer: 'CN=Issuing' } },
    ]);
    expect(filesOf(result.path)).toEqual(['leaf']);
  });

  it('goes by the signature where two CAs have one name', () => {
    const namesake = ca('CN=Issuing', root, { ski: false });
    const plain = endEntity(issuing, { aki: false });
    const files = read({ namesake, issuing, root, plain });
    const result = search(files, 'plain', ['root']);
    expect(filesOf(result.path)).toEqual(['plain', 'issuing', 'root']);
  });

  it('says of a lone namesake that its key did not make the signature', () => {
    const namesake = ca('CN=Issuing', root);
    const plain = endEntity(issuing, { aki: false });
    const result = search(read({ namesake, root, plain }), 'plain', ['root']);
    expect(result.findings[0]).toMatchObject({ code: 'path/signature-invalid', subject: { name: 'CN=leaf' } });
    expect(filesOf(result.path)).toEqual(['plain', 'namesake', 'root']);
  });

  it('tells a namesake with another key identifier as a near miss', () => {
    const namesake = ca('CN=Issuing', root);
    const result = search(read({ namesake, root, leaf }), 'leaf', ['root']);
    expect(result.findings.map(({ code, origin }) => [code, origin?.file])).toEqual([
      ['chain/missing-issuer', 'leaf'],
      ['chain/near-miss', 'namesake'],
    ]);
  });

  it('says of a self-signed end entity that it is one', () => {
    const alone = issueCertificate(undefined, { subject: 'CN=alone' });
    const result = search(read({ alone, root }), 'alone', ['root']);
    expect(result.findings).toMatchObject([{ code: 'path/self-signed-end-entity', opensslError: 18 }]);
  });
});

describe('several paths', () => {
  const [key, other] = [makeKeyPair('p256', 'bridge'), makeKeyPair('p256', 'root 2')];
  const rootA = ca('CN=Root A');
  const rootB = ca('CN=Root B', undefined, { key: other });
  const viaA = ca('CN=Bridge', rootA, { key });
  const viaB = ca('CN=Bridge', rootB, { key });
  const leaf = endEntity({ subject: 'CN=Bridge', key, certificate: viaA.certificate });

  it('the cross-certificate that leads to a trusted root is taken', () => {
    const files = read({ rootA, rootB, viaA, viaB, leaf });
    expect(filesOf(search(files, 'leaf', ['rootA']).path)).toEqual(['leaf', 'viaA', 'rootA']);
    expect(filesOf(search(files, 'leaf', ['rootB']).path)).toEqual(['leaf', 'viaB', 'rootB']);
  });

  it('a path that section 6 refuses is kept, and the next one is tried', () => {
    const narrow = ca('CN=Bridge', rootA, {
      key,
      nameConstraints: { permitted: ['example.org'] },
      notAfter: new Date('2046-01-01'),
    });
    const result = search(read({ rootA, rootB, narrow, viaB, leaf }), 'leaf', ['rootA', 'rootB']);
    expect(result.ok).toBe(true);
    expect(result.candidates.map(({ ok, path }) => [ok, ...filesOf(path)])).toEqual([
      [true, 'leaf', 'viaB', 'rootB'],
      [false, 'leaf', 'narrow', 'rootA'],
    ]);
    expect(result.candidates[1]?.findings).toMatchObject([{ code: 'path/name-not-permitted' }]);
  });

  it('of refused paths the one that reaches an anchor comes first', () => {
    const expired = ca('CN=Bridge', rootA, { key, notAfter: new Date('2029-01-01') });
    const result = search(read({ rootA, rootB, expired, viaB, leaf }), 'leaf', ['rootA']);
    expect(result.findings[0]).toMatchObject({ code: 'certificate/expired', origin: { file: 'expired' } });
    expect(result.candidates.map(({ findings }) => findings[0]?.code)).toEqual([
      'certificate/expired',
      'chain/root-not-trusted',
    ]);
  });

  it('an expired CA is passed over for its renewed certificate', () => {
    const expired = ca('CN=Bridge', rootA, { key, notAfter: new Date('2029-01-01') });
    const result = search(read({ expired, rootA, viaA, leaf }), 'leaf', ['rootA']);
    expect(filesOf(result.path)).toEqual(['leaf', 'viaA', 'rootA']);
    expect(result.candidates).toHaveLength(1);
  });

  it('CAs that certify each other run in a circle, and that is said', () => {
    const [one, two] = [makeKeyPair('p256', 'one'), makeKeyPair('p256', 'two')];
    const first = ca('CN=One', { subject: 'CN=Two', key: two, certificate: rootA.certificate }, { key: one });
    const second = ca('CN=Two', first, { key: two });
    const inCircle = endEntity(first);
    const result = search(read({ first, second, inCircle, rootA }), 'inCircle', ['rootA']);
    expect(result.findings).toMatchObject([{ code: 'path/loop', origin: { file: 'second' } }]);
  });

  it('a rekeyed CA is found through its self-issued certificate', () => {
    const [oldKey, newKey] = [makeKeyPair('p256', 'old'), makeKeyPair('p256', 'new')];
    const old = ca('CN=Rekeyed', rootA, { key: oldKey });
    const newWithOld = ca('CN=Rekeyed', old, { key: newKey, aki: true });
    const result = search(read({ old, newWithOld, rootA, fresh: endEntity(newWithOld) }), 'fresh', ['rootA']);
    expect(filesOf(result.path)).toEqual(['fresh', 'newWithOld', 'old', 'rootA']);
  });
});

describe('what is left out', () => {
  it('is a warning on an accepted path, named with its origin', () => {
    const root = ca('CN=Root');
    const files = read({ root, leaf: endEntity(root) });
    const broken = asCertificate(
      ca('CN=Broken', root, {
        extensions: [Uint8Array.from(Buffer.from('300b0603551d20040431000000', 'hex')).subarray(0, 13)],
      }).certificate,
      'broken',
    );
    const result = validatePath(
      { certificate: files.leaf ?? broken, pool: [broken] },
      { trustAnchors: files.root ? [files.root] : [], at },
    );
    expect(result.ok).toBe(true);
    expect(result.findings).toMatchObject([
      { code: 'certificate/malformed-extension', severity: 'warning', origin: { file: 'broken' } },
    ]);
  });
});
