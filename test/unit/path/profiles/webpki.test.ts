import { describe, expect, it } from 'vitest';
import type { PathOptions } from '../../../../src/path/path-inputs.js';
import { validatePath, type PathResult } from '../../../../src/path/validate-path.js';
import { describeFinding } from '../../../../src/report/wording/wording.js';
import {
  bitString,
  explicit,
  generalizedTime,
  integer,
  nullValue,
  oid,
  retag,
  sequence,
} from '../../../support/der.js';
import {
  makeBasicConstraints,
  makeExtension,
  makeExtKeyUsage,
  makeKeyUsage,
  makeSubjectAltName,
} from '../../../support/extensions.js';
import { asCertificates } from '../../../support/parsed.js';
import { makeChain, makeKeyPair, type CertificateOptions } from '../../../support/pki.js';

const at = new Date('2030-01-01T00:00:00Z');

function validate(overrides: readonly Partial<CertificateOptions>[], options: Partial<PathOptions> = {}): PathResult {
  const path = asCertificates(
    makeChain(3, (position) => ({ ...(position === 0 && { extKeyUsage: ['serverAuth'] }), ...overrides[position] })),
  );
  return validatePath(
    { path },
    { trustAnchors: path.slice(-1), at, profile: 'webpki', purpose: 'serverAuth', ...options },
  );
}

/** Severity, code and common name of everything that is said. */
function say({ findings }: PathResult): string[] {
  for (const finding of findings) expect(describeFinding(finding).message).not.toBe('');
  return findings.map(({ severity, code, subject }) => `${severity} ${code} ${subject.name.slice(3)}`);
}

const leaf = 'leaf.example.com';
const spelledOut = (id: string, value: Uint8Array, critical = false): Uint8Array => makeExtension(id, value, critical);
const noExtKeyUsage = { extKeyUsage: undefined as never };
const plainConstraints = spelledOut(
  '2.5.29.30',
  sequence(explicit(0, sequence(retag(0x82, integer(Buffer.from('example.com')))))),
);
const plainKeyUsage = makeKeyUsage(['keyCertSign', 'cRLSign'], false);

it('accepts what a public CA would issue', () => {
  expect(say(validate([]))).toEqual([]);
});

describe('the end entity', () => {
  it.each<[string, Partial<CertificateOptions>, readonly string[], Partial<PathOptions>?]>([
    ['without alternative names', { san: undefined as never }, ['error form/extension-missing']],
    ['without an extended key usage', noExtKeyUsage, ['error form/extension-missing']],
    ['with anyExtendedKeyUsage', { extKeyUsage: ['serverAuth', 'any'] }, ['error form/purpose-not-allowed']],
    ['with codeSigning', { extKeyUsage: ['serverAuth', 'codeSigning'] }, ['error form/purpose-not-allowed']],
    [
      'with a critical extended key usage',
      { ...noExtKeyUsage, extensions: [makeExtKeyUsage(['serverAuth'], true)] },
      ['error form/extension-critical'],
    ],
    [
      'with critical alternative names',
      { san: undefined as never, extensions: [makeSubjectAltName([leaf], true)] },
      ['error form/extension-critical'],
    ],
    ['that is a CA', { ca: true, keyUsage: ['digitalSignature'] }, ['error form/end-entity-is-ca']],
    [
      'that may sign certificates',
      { keyUsage: ['digitalSignature', 'keyCertSign'] },
      ['error form/key-usage-contradicts-ca', 'error form/end-entity-is-ca'],
    ],
    [
      'with name constraints',
      { nameConstraints: { permitted: ['example.com'] } },
      ['error form/extension-not-allowed'],
    ],
    ['with an underscore', { san: [leaf, 'a_b.example.com'] }, ['error form/dns-name-malformed']],
    ['with a wildcard inside', { san: [leaf, 'a.*.example.com'] }, ['error form/dns-name-malformed']],
    ['with a wildcard inside a label', { san: [leaf, 'a*.example.com'] }, ['error form/dns-name-malformed']],
    ['with a final dot', { san: [leaf, 'www.example.com.'] }, ['error form/dns-name-malformed']],
    [
      'with an address of five octets',
      { san: [leaf, retag(0x87, integer(new Uint8Array(5)))] },
      ['error form/ip-address-malformed'],
    ],
    ['with a wildcard for a top-level domain', { san: [leaf, '*.com'] }, ['error form/wildcard-too-wide']],
    ['with a wildcard alone', { san: [leaf, '*'] }, ['error form/wildcard-too-wide']],
    [
      'with a wildcard right below a public suffix',
      { san: [leaf, '*.co.uk'] },
      ['error form/wildcard-too-wide'],
      { isPublicSuffix: (name) => name === 'co.uk' },
    ],
    ['with an e-mail address', { san: [leaf, 'email:root@example.com'] }, ['warning form/name-form-not-allowed']],
    ['without an authority key identifier', { aki: false }, ['error form/authority-key-identifier-missing']],
    [
      'with the serial number of its issuer',
      { aki: { keyIdentifier: Uint8Array.of(1), authorityCertSerialNumber: 1 } },
      ['error form/authority-key-identifier-fields'],
    ],
    ['with serial number 0', { serialNumber: 0 }, ['error form/serial-number']],
    ['with a negative serial number', { serialNumber: -5 }, ['error form/serial-number']],
    ['with a serial number of 21 octets', { serialNumber: new Uint8Array(21).fill(1) }, ['error form/serial-number']],
    [
      'with GeneralizedTime before 2050',
      { notBefore: generalizedTime(new Date('2025-01-01')) },
      ['error form/time-encoding'],
    ],
    ['with a short RSA key', { key: makeKeyPair('rsa1024', 'webpki short') }, ['error form/key-not-allowed']],
    ['with an Ed25519 key', { key: makeKeyPair('ed25519', 'webpki') }, ['error form/key-not-allowed']],
    ['signed with SHA-1', { hash: 'sha1' }, ['error form/signature-algorithm-not-allowed']],
    [
      'with ECDSA parameters',
      { signatureAlgorithm: sequence(oid('1.2.840.10045.4.3.2'), nullValue()) },
      ['error form/signature-algorithm-not-allowed'],
    ],
    [
      'with keyUsage not critical',
      { keyUsage: [], extensions: [makeKeyUsage(['digitalSignature'], false)] },
      ['warning form/extension-not-critical'],
    ],
  ])('%s', (_, fault, expected, options = {}) => {
    const result = validate([fault], options);
    expect(say(result)).toEqual(expected.map((each) => `${each} ${leaf}`));
    expect(result.ok).toBe(expected.every((each) => each.startsWith('warning')));
  });

  it('without any name', () => {
    const { findings } = validate([
      { subject: sequence(), san: undefined as never, extensions: [makeSubjectAltName([leaf])] },
    ]);
    expect(findings).toMatchObject([{ code: 'form/extension-not-critical', params: { extension: 'subjectAltName' } }]);
  });

  it('of version 2', () => {
    const { findings } = validate([{ version: 2, extensions: [] }]);
    expect(findings.map(({ code }) => code)).toContain('form/version');
  });
});

describe('its common name', () => {
  it.each([
    ['www.example.com', ['www.example.com'], undefined],
    ['192.0.2.1', ['IP:192.0.2.1'], undefined],
    ['2001:db8::1', ['IP:2001:db8::1'], undefined],
    ['WWW.example.com', ['www.example.com'], 'error'],
    ['0xC0000201', ['IP:192.0.2.1'], 'error'],
    ['192.000.002.001', ['IP:192.0.2.1'], 'error'],
    ['2001:DB8::1', ['IP:2001:db8::1'], 'error'],
    ['bücher.example', ['xn--bcher-kva.example'], 'error'],
    ['example.org', ['www.example.com'], 'error'],
    ['example.com', ['*.example.com'], 'warning'],
    ['Our server', ['www.example.com'], 'warning'],
    ['example.com', ['localhost'], 'warning'],
    ['example.com', ['IP:127.0.0.1'], 'warning'],
  ])('%s beside %j', (commonName, san, severity) => {
    const { findings } = validate([{ subject: `CN=${commonName}`, san }]);
    const expected = severity ? [{ code: 'form/common-name-not-in-san', severity, params: { commonName } }] : [];
    expect(findings).toMatchObject(expected);
    expect(findings).toHaveLength(expected.length);
  });
});

describe('its CA', () => {
  const { keyIdentifier } = makeKeyPair('p256', 'webpki issuing');
  it.each<[string, Partial<CertificateOptions>, readonly string[]]>([
    ['without a subject key identifier', { ski: false }, ['error form/subject-key-identifier-missing']],
    ['without key usage', { keyUsage: [] }, ['error form/extension-missing']],
    [
      'with key usage not critical',
      { keyUsage: [], extensions: [plainKeyUsage] },
      ['warning form/extension-not-critical'],
    ],
    [
      'with basic constraints not critical',
      { ca: undefined as never, keyUsage: ['keyCertSign'], extensions: [makeBasicConstraints(true, undefined, false)] },
      ['error form/extension-not-critical'],
    ],
    ['with name constraints not critical', { extensions: [plainConstraints] }, ['warning form/extension-not-critical']],
    [
      'with name constraints that say nothing',
      { extensions: [spelledOut('2.5.29.30', sequence(), true)] },
      ['error form/name-constraints-empty'],
    ],
    [
      'with a constraint that starts with a dot',
      { nameConstraints: { permitted: ['.example.com'] } },
      ['error form/name-constraint-syntax'],
    ],
    [
      'with policy constraints not critical',
      { extensions: [spelledOut('2.5.29.36', sequence(retag(0x80, integer(9))))] },
      ['error form/extension-not-critical'],
    ],
    [
      'with a critical key identifier',
      { ski: false, extensions: [spelledOut('2.5.29.14', retag(4, integer(keyIdentifier)), true)] },
      ['error form/extension-critical'],
    ],
  ])('%s', (_, fault, expected) => {
    expect(say(validate([{ aki: true }, fault]))).toEqual(expected.map((each) => `${each} Issuing CA 1`));
  });

  it('with another spelling of its name', () => {
    const { findings } = validate([{ issuer: 'CN=Issuing CA 1,O=FLY Example Ltd' }]);
    expect(findings).toMatchObject([{ code: 'form/issuer-encoding', subject: { name: `CN=${leaf}` } }]);
  });
});

describe('its root', () => {
  it.each<[string, Partial<CertificateOptions>, readonly string[]]>([
    ['with an extended key usage', { extKeyUsage: ['serverAuth'] }, ['error form/extension-not-allowed']],
    ['whose key identifiers differ', { aki: Uint8Array.of(1, 2) }, ['error form/key-identifiers-differ']],
    ['with an authority key identifier without key', { aki: {} }, ['error form/authority-key-identifier-missing']],
    ['with serial number 0, as old roots have it', { serialNumber: 0 }, ['warning form/serial-number']],
    ['signed with SHA-1, which nobody looks at', { hash: 'sha1' }, []],
    [
      'without basic constraints',
      { ca: undefined as never, keyUsage: ['keyCertSign'] },
      ['error form/key-usage-contradicts-ca', 'error form/extension-missing'],
    ],
    [
      'of version 1',
      { version: 1 },
      [
        'error form/version',
        'error form/subject-key-identifier-missing',
        'error form/extension-missing',
        'warning form/extension-missing',
      ],
    ],
  ])('%s', (_, fault, expected) => {
    expect(say(validate([{}, {}, fault]))).toEqual(expected.map((each) => `${each} Root CA`));
  });

  it('that is none: an intermediate is no anchor here', () => {
    const path = asCertificates(
      makeChain(3, (position) => (position === 0 ? { extKeyUsage: ['serverAuth'] } : {})),
    ).slice(0, 2);
    const result = validatePath({ path }, { trustAnchors: path.slice(-1), at, profile: 'webpki' });
    expect(say(result)).toEqual(['error path/anchor-not-self-signed Issuing CA 1']);
    expect(validatePath({ path }, { trustAnchors: path.slice(-1), at }).ok).toBe(true);
  });
});

it('a curve that is spelled out is refused by every profile', () => {
  const key = makeKeyPair('p256', 'explicit');
  const point = key.spki.subarray(-65);
  const explicitKey = {
    ...key,
    spki: sequence(sequence(oid('1.2.840.10045.2.1'), sequence(integer(1))), bitString(point)),
  };
  for (const profile of ['rfc5280', 'webpki'] as const) {
    expect(say(validate([{ key: explicitKey }], { profile }))).toContain(`error path/explicit-curve ${leaf}`);
  }
});

it('rfc5280 warns of what webpki refuses, and is silent where RFC 5280 is', () => {
  const silent = validate([{ san: undefined as never, ...noExtKeyUsage }], { profile: 'rfc5280' });
  expect(say(silent)).toEqual([]);
  const warned = validate([{ serialNumber: 0, aki: false }, { nameConstraints: { permitted: ['.example.com'] } }], {
    profile: 'rfc5280',
  });
  expect(say(warned)).toEqual([
    'warning form/name-constraint-syntax Issuing CA 1',
    'warning form/serial-number leaf.example.com',
    'info form/authority-key-identifier-missing leaf.example.com',
  ]);
  expect(warned.ok).toBe(true);
});

it('rfc5280 refuses name constraints that are not critical', () => {
  expect(say(validate([{}, { extensions: [plainConstraints] }], { profile: 'rfc5280' }))).toEqual([
    'error form/extension-not-critical Issuing CA 1',
  ]);
});

it('security-pack says nothing of it', () => {
  expect(say(validate([{ serialNumber: 0, san: undefined as never }], { profile: 'security-pack' }))).toEqual([]);
});
