import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/finding/finding.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import type { PathOptions } from '../../../src/path/path-inputs.js';
import { validatePath, type PathResult } from '../../../src/path/validate-path.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import { boolean, integer, oid, retag, sequence } from '../../support/der.js';
import { makeCertificatePolicies, makeExtension } from '../../support/extensions.js';
import { asCertificates } from '../../support/parsed.js';
import { makeChain, makeKeyPair, type CertificateOptions } from '../../support/pki.js';

const at = new Date('2030-01-01T00:00:00Z');

/** A chain of three, end entity first, with faults at the positions given. */
function makePath(...overrides: readonly Partial<CertificateOptions>[]): Certificate[] {
  return asCertificates(makeChain(Math.max(3, overrides.length), (position) => overrides[position] ?? {}));
}

function validate(path: readonly Certificate[], options: Partial<PathOptions> = {}): PathResult {
  const root = path.at(-1);
  return validatePath({ path }, { trustAnchors: root ? [root] : [], at, ...options });
}

/** Code, subject and line of every error; what is said of it must not be empty. */
function errors(findings: readonly Finding[]): string[] {
  const found = findings.filter(({ severity }) => severity === 'error');
  for (const finding of found) expect(describeFinding(finding).message).not.toBe('');
  return found.map(({ code, subject, origin }) => `${code} ${subject.name} line ${origin?.line}`);
}

const leaf = 'CN=leaf.example.com line 1';
const issuing = 'CN=Issuing CA 1 line 21';
const root = 'CN=Root CA line 41';

describe('a path without fault', () => {
  it('is accepted, with the anchor at its end', () => {
    const path = makePath();
    const result = validate(path, { purpose: 'both' });
    expect(result).toMatchObject({ ok: true, findings: [], path });
    expect(result.candidates).toHaveLength(1);
    expect(result.candidates[0]?.anchor).toBe(path[2]);
  });

  it('need not contain the anchor', () => {
    const path = makePath();
    const [anchor] = path.slice(-1);
    const result = validatePath({ path: path.slice(0, -1) }, { trustAnchors: anchor ? [anchor] : [], at });
    expect(result).toMatchObject({ ok: true, path });
  });

  it('may be a self-signed certificate that is trusted itself', () => {
    const path = asCertificates(makeChain(1, () => ({ ca: false, keyUsage: ['digitalSignature'] })));
    expect(validate(path)).toMatchObject({ ok: true, path });
  });

  it('is valid in the first and in the last second of its certificates, and not outside', () => {
    const path = makePath({ notBefore: new Date('2030-01-01T00:00:00Z'), notAfter: new Date('2030-01-02T00:00:00Z') });
    expect(validate(path, { at: new Date('2030-01-01T00:00:00Z') }).ok).toBe(true);
    expect(validate(path, { at: new Date('2030-01-02T00:00:00.999Z') }).ok).toBe(true);
    expect(errors(validate(path, { at: new Date('2029-12-31T23:59:59.999Z') }).findings)).toEqual([
      `certificate/not-yet-valid ${leaf}`,
    ]);
    expect(errors(validate(path, { at: new Date('2030-01-02T00:00:01Z') }).findings)).toEqual([
      `certificate/expired ${leaf}`,
    ]);
  });
});

const unknownCritical = makeExtension('1.2.3.4.5', boolean(true), true);
const policyConstraints = (n: 0 | 1, value: number): Uint8Array =>
  makeExtension('2.5.29.36', sequence(retag(0x80 | n, integer(value))), true);
const policyMappings = (from: string, to: string): Uint8Array =>
  makeExtension('2.5.29.33', sequence(sequence(oid(from), oid(to))));
const subtreeWithMinimum = makeExtension(
  '2.5.29.30',
  sequence(retag(0xa0, sequence(sequence(retag(0x82, sequence(Buffer.from('example.com'))), retag(0x80, integer(1)))))),
  true,
);

describe('each fault is named once, on its certificate', () => {
  it.each<[string, readonly Partial<CertificateOptions>[], Partial<PathOptions>, readonly string[]]>([
    ['a broken signature', [{ signature: 'broken' }], {}, [`path/signature-invalid ${leaf}`]],
    ['a broken signature of a CA', [{}, { signature: 'broken' }], {}, [`path/signature-invalid ${issuing}`]],
    ['an expired CA', [{}, { notAfter: new Date('2029-01-01') }], {}, [`certificate/expired ${issuing}`]],
    ['an expired root', [{}, {}, { notAfter: new Date('2029-01-01') }], {}, [`certificate/expired ${root}`]],
    [
      'a CA that is not valid yet',
      [{}, { notBefore: new Date('2031-01-01') }],
      {},
      [`certificate/not-yet-valid ${issuing}`],
    ],
    ['a wrong issuer name', [{ issuer: 'CN=Somebody' }], {}, [`path/issuer-name-mismatch ${leaf}`]],
    [
      'two signature algorithms',
      [{ tbsSignatureAlgorithm: sequence(oid('1.2.840.10045.4.3.3')) }],
      {},
      [`path/algorithm-mismatch ${leaf}`],
    ],
    [
      'an issuer that says it is no CA',
      [{}, { ca: false, keyUsage: ['keyCertSign'] }],
      {},
      [`chain/issuer-is-no-ca ${issuing}`],
    ],
    [
      'an issuer without basic constraints',
      [{}, { ca: undefined as never, keyUsage: [] }],
      {},
      [`chain/issuer-is-no-ca ${issuing}`],
    ],
    ['an issuer of version 1', [{}, { version: 1 }], {}, [`chain/issuer-is-no-ca ${issuing}`]],
    ['an anchor that says it is no CA', [{}, {}, { ca: false }], {}, [`chain/issuer-is-no-ca ${root}`]],
    ['an issuer that may not sign', [{}, { keyUsage: ['cRLSign'] }], {}, [`chain/issuer-may-not-sign ${issuing}`]],
    ['an anchor that may not sign', [{}, {}, { keyUsage: ['cRLSign'] }], {}, [`chain/issuer-may-not-sign ${root}`]],
    [
      'an unknown critical extension',
      [{ extensions: [unknownCritical] }],
      {},
      [`path/unknown-critical-extension ${leaf}`],
    ],
    [
      'an unknown critical extension of a CA',
      [{}, { extensions: [unknownCritical] }],
      {},
      [`path/unknown-critical-extension ${issuing}`],
    ],
    [
      'an unknown critical extension of the root',
      [{}, {}, { extensions: [unknownCritical] }],
      {},
      [`path/unknown-critical-extension ${root}`],
    ],
    ['a path length of the root', [{}, {}, { pathLen: 0 }], {}, [`path/path-length-exceeded ${issuing}`]],
    ['more intermediates than allowed', [], { maxIntermediates: 0 }, [`path/too-many-intermediates ${issuing}`]],
    [
      'a name outside what is permitted',
      [{}, { nameConstraints: { permitted: ['example.org'] } }],
      {},
      [`path/name-not-permitted ${leaf}`],
    ],
    [
      'an excluded name',
      [{}, { nameConstraints: { excluded: ['leaf.example.com'] } }],
      {},
      [`path/name-excluded ${leaf}`],
    ],
    [
      'a name excluded by the root',
      [{}, {}, { nameConstraints: { excluded: ['example.com'] } }],
      {},
      [`path/name-excluded ${leaf}`],
    ],
    [
      'a name form without rule',
      [{ san: ['RID:1.2.3'] }, { nameConstraints: { permitted: ['RID:1.2.3'] } }],
      {},
      [`path/name-form-unsupported ${leaf}`],
    ],
    [
      'a malformed constraint',
      [{}, { nameConstraints: { permitted: ['example.com.'] } }],
      {},
      [`path/name-constraint-malformed ${leaf}`],
    ],
    [
      'a malformed name under constraint',
      [{ san: ['a..example.com'] }, { nameConstraints: { permitted: ['example.com'] } }],
      {},
      [`path/constrained-name-malformed ${leaf}`],
    ],
    [
      'a constraint with a distance',
      [{}, { extensions: [subtreeWithMinimum] }],
      {},
      [`path/name-constraint-distance ${leaf}`],
    ],
    ['a missing purpose', [{ extKeyUsage: ['clientAuth'] }], { purpose: 'serverAuth' }, [`path/wrong-purpose ${leaf}`]],
    ['one role of two', [{ extKeyUsage: ['serverAuth'] }], { purpose: 'both' }, [`path/wrong-purpose ${leaf}`]],
    [
      'a key usage that serves no TLS',
      [{ keyUsage: ['nonRepudiation'] }],
      { purpose: 'clientAuth' },
      [`path/key-usage-unfit ${leaf}`],
    ],
    [
      'a CA for another purpose',
      [{}, { extKeyUsage: ['emailProtection'] }],
      { purpose: 'serverAuth' },
      [`path/ca-purpose-missing ${issuing}`],
    ],
    ['a missing policy', [], { requireExplicitPolicy: true }, [`path/no-valid-policy ${issuing}`]],
    [
      'a policy that the root CA requires',
      [{}, { extensions: [policyConstraints(0, 0)] }],
      {},
      [`path/no-valid-policy ${leaf}`],
    ],
    [
      'MD5',
      [
        {
          signatureAlgorithm: sequence(oid('1.2.840.113549.1.1.4')),
          tbsSignatureAlgorithm: sequence(oid('1.2.840.113549.1.1.4')),
        },
      ],
      {},
      [`path/signature-invalid ${leaf}`, `certificate/weak-signature ${leaf}`],
    ],
  ])('%s', (_, overrides, options, expected) => {
    const result = validate(makePath(...overrides), options);
    expect(result.ok).toBe(false);
    expect(result.policies).toEqual([]);
    expect(errors(result.findings)).toEqual(expected);
  });

  it('a policy that the end entity requires of its own path', () => {
    const path = makePath({ extensions: [policyConstraints(0, 0)] });
    const { findings } = validate(path);
    expect(errors(findings)).toEqual([`path/no-valid-policy ${leaf}`]);
    expect(findings[0]?.params).toMatchObject({ requiredBy: 'CN=leaf.example.com', policies: [] });
  });

  it('a policy that is not among those accepted', () => {
    const asserted = makeCertificatePolicies(['1.2.3']);
    const path = makePath({ extensions: [asserted] }, { extensions: [asserted] });
    const options = { requireExplicitPolicy: true };
    expect(validate(path, { ...options, initialPolicySet: ['1.2.3', '1.2.4'] })).toMatchObject({
      ok: true,
      policies: ['1.2.3'],
    });
    const refused = validate(path, { ...options, initialPolicySet: ['1.2.4'] });
    expect(errors(refused.findings)).toEqual([`path/policy-not-acceptable ${leaf}`]);
    expect(refused.findings[0]?.params).toMatchObject({
      requiredBy: 'the user',
      policies: ['1.2.3'],
      accepted: ['1.2.4'],
    });
  });

  it('anyPolicy on either side of a mapping', () => {
    const asserted = makeCertificatePolicies(['1.2.3']);
    const path = makePath(
      { extensions: [asserted] },
      { extensions: [asserted, policyMappings('1.2.3', '2.5.29.32.0')] },
    );
    expect(errors(validate(path).findings)).toEqual([`path/any-policy-mapped ${issuing}`]);
  });

  it('a mapping is followed unless it is inhibited', () => {
    const path = makePath(
      { extensions: [makeCertificatePolicies(['1.2.4'])] },
      { extensions: [makeCertificatePolicies(['1.2.3']), policyMappings('1.2.3', '1.2.4')] },
    );
    expect(validate(path, { requireExplicitPolicy: true })).toMatchObject({ ok: true, policies: ['1.2.3'] });
    const inhibited = validate(path, { requireExplicitPolicy: true, inhibitPolicyMapping: true });
    expect(errors(inhibited.findings)).toEqual([`path/no-valid-policy ${leaf}`]);
  });

  it('anyPolicy counts unless it is inhibited', () => {
    const any = makeCertificatePolicies(['2.5.29.32.0']);
    const path = makePath({ extensions: [any] }, { extensions: [any] });
    expect(validate(path, { requireExplicitPolicy: true })).toMatchObject({ ok: true, policies: ['2.5.29.32.0'] });
    const inhibited = validate(path, { requireExplicitPolicy: true, inhibitAnyPolicy: true });
    expect(errors(inhibited.findings)).toEqual([`path/no-valid-policy ${issuing}`]);
  });
});

describe('what the user constrains', () => {
  const subtree = { base: { type: 'dNSName', value: 'example.com' }, minimum: 0, maximum: undefined } as const;

  it('permitted and excluded subtrees hold from the anchor down', () => {
    expect(validate(makePath(), { initialPermittedSubtrees: [subtree] }).ok).toBe(true);
    const excluded = validate(makePath(), { initialExcludedSubtrees: [subtree] });
    expect(errors(excluded.findings)).toEqual([`path/name-excluded ${leaf}`]);
    expect(excluded.findings[0]?.params).toMatchObject({ by: 'the user' });
  });
});

describe('self-issued certificates', () => {
  const key = makeKeyPair('p256', 'rollover');

  it('do not count for a path length, and name constraints pass over them', () => {
    const path = makePath(
      { issuer: 'CN=Issuing CA 1,O=Fly Example Ltd' },
      { subject: 'CN=Issuing CA 1,O=Fly Example Ltd', issuer: 'CN=Issuing CA 1,O=Fly Example Ltd', key },
      {
        subject: 'CN=Issuing CA 1,O=Fly Example Ltd',
        issuer: 'CN=Root CA,O=Fly Example Ltd',
        pathLen: 0,
        ca: true,
        nameConstraints: { permitted: ['leaf.example.com'] },
      },
      { subject: 'CN=Root CA,O=Fly Example Ltd', ca: true },
    );
    expect(errors(validate(path).findings)).toEqual([]);
  });
});

describe('what cannot be read', () => {
  it('refuses the path and names the certificate', () => {
    const path = makePath({}, { extensions: [makeExtension('2.5.29.32', Uint8Array.of(0x31, 0))] });
    const result = validate(path);
    expect(result).toMatchObject({ ok: false, policies: [] });
    expect(errors(result.findings)).toEqual([`certificate/malformed-extension ${issuing}`]);
  });

  it('an extension that stands twice is as bad', () => {
    const path = makePath({ extensions: [makeCertificatePolicies(['1.2']), makeCertificatePolicies(['1.3'])] });
    expect(errors(validate(path).findings)).toEqual([`certificate/malformed-extension ${leaf}`]);
  });

  it('an anchor with it is no anchor, and is named', () => {
    const path = makePath({}, {}, { extensions: [makeExtension('2.5.29.32', Uint8Array.of(0x31, 0))] });
    const anchor = path.at(-1);
    const result = validatePath({ path: path.slice(0, 2) }, { trustAnchors: anchor ? [anchor] : [], at });
    expect(errors(result.findings)).toEqual([
      `chain/missing-issuer ${issuing}`,
      `certificate/malformed-extension ${root}`,
    ]);
  });

  it('no path is no crash', () => {
    expect(validatePath({ path: [] }, { trustAnchors: [], at })).toMatchObject({
      ok: false,
      path: [],
      findings: [{ code: 'path/empty' }],
    });
  });
});
