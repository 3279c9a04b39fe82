/** What is held against the step from a certificate to its issuer, and that the numbers are those of OpenSSL. */
import { describe, expect, it } from 'vitest';
import { orderChain, type ChainResult } from '../../../src/chain/order-chain.js';
import { encodeCertificates } from '../../../src/report/certificates-pem.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import { makeExtension, type AuthorityKeyIdentifierInput } from '../../support/extensions.js';
import { openssl, runOpenSSL, verifyErrors } from '../../support/openssl.js';
import { asCertificates } from '../../support/parsed.js';
import { issueCertificate, makeKeyPair, type CertificateOptions, type Holder } from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';

const at = new Date('2026-11-21T00:00:00Z');
const root = issueCertificate(undefined, { subject: 'CN=Root CA', ca: true });
const issuing = issueCertificate(root, { subject: 'CN=Issuing CA', ca: true });

function codesOf({ findings }: ChainResult): string[] {
  return findings.map(({ code, subject }) => `${code} ${subject.name}`);
}

/** The first finding in words. */
function messageOf({ findings: [first] }: ChainResult): string | undefined {
  return first && describeFinding(first).message;
}

describe('an issuer without basic constraints', () => {
  it('only warns of a root without basic constraints whose key usage has keyCertSign, which OpenSSL lets pass', () => {
    const bareRoot = issueCertificate(undefined, { subject: 'CN=Bare Root', keyUsage: ['keyCertSign'] });
    const result = orderChain(asCertificates([issueCertificate(bareRoot, { subject: 'CN=leaf' }), bareRoot]), { at });
    expect(result.findings).toMatchObject([
      {
        code: 'chain/issuer-is-no-ca',
        severity: 'warning',
        subject: { name: 'CN=Bare Root' },
        params: {
          issued: 'CN=leaf',
          reason: 'it has no basic constraints; OpenSSL goes by keyCertSign in its key usage, others refuse it',
        },
      },
    ]);
    expect([result.ok, result.paths.map(({ sound }) => sound)]).toEqual([true, [false]]);
  });

  it('prefers a root with basic constraints to one of the same key without them', () => {
    const key = makeKeyPair();
    const lasting = { subject: 'CN=Twice', key, notAfter: new Date('2049-01-01') };
    const bareRoot = issueCertificate(undefined, { ...lasting, keyUsage: ['keyCertSign'] });
    const goodRoot = issueCertificate(undefined, { subject: 'CN=Twice', key, ca: true });
    const pile = asCertificates([issueCertificate(goodRoot, { subject: 'CN=leaf' }), bareRoot, goodRoot]);
    expect(orderChain(pile, { at }).chain).toEqual([pile[0], pile[2]]);
  });

  it.each<[string, Partial<CertificateOptions>, string]>([
    ['an intermediate with keyCertSign alone', { keyUsage: ['keyCertSign'] }, 'it has no basic constraints'],
    ['cA FALSE with keyCertSign', { ca: false, keyUsage: ['keyCertSign'] }, 'its basic constraints say cA FALSE'],
  ])('refuses %s as an issuer', (_, options, reason) => {
    const bare = issueCertificate(root, { subject: 'CN=Bare CA', ...options });
    const result = orderChain(asCertificates([issueCertificate(bare, { subject: 'CN=leaf' }), bare, root]), { at });
    expect(result.findings).toMatchObject([
      { code: 'chain/issuer-is-no-ca', severity: 'error', subject: { name: 'CN=Bare CA' }, params: { reason } },
    ]);
    expect([result.ok, result.paths.map(({ sound }) => sound)]).toEqual([false, [false]]);
  });

  it.each<[string, Partial<CertificateOptions>]>([
    ['another key usage', { keyUsage: ['digitalSignature'] }],
    ['no key usage', { keyUsage: [] }],
    ['cA FALSE', { ca: false, keyUsage: ['keyCertSign'] }],
  ])('refuses a root without basic constraints that has %s', (_, options) => {
    const bareRoot = issueCertificate(undefined, { subject: 'CN=Bare Root', ...options });
    const result = orderChain(asCertificates([issueCertificate(bareRoot, { subject: 'CN=leaf' }), bareRoot]), { at });
    expect(result.findings).toMatchObject([
      { code: 'chain/issuer-is-no-ca', severity: 'error', subject: { name: 'CN=Bare Root' } },
    ]);
  });
});

describe('a signer that the authority key identifier does not name', () => {
  it('has another key identifier', () => {
    const leaf = issueCertificate(issuing, { subject: 'CN=leaf', aki: Uint8Array.of(1, 2, 3) });
    const result = orderChain(asCertificates([leaf, issuing, root]), { at });
    const found = Buffer.from(issuing.key.keyIdentifier).toString('hex');
    expect(result.findings[0]?.params).toEqual({ issued: 'CN=leaf', wanted: '010203', found });
    expect(messageOf(result)).toBe(
      `signed CN=leaf, but that certificate names the key 010203 as its issuer and this one is the key ${found}`,
    );
  });

  it.each<[string, AuthorityKeyIdentifierInput, string, string]>([
    [
      'a serial number',
      { authorityCertIssuer: ['dirName:CN=Root CA'], authorityCertSerialNumber: 0x77 },
      'serial number 77 of CN=Root CA',
      'serial number 1234 of CN=Root CA',
    ],
    [
      'an issuer',
      { authorityCertIssuer: ['dirName:CN=Old Root CA'], authorityCertSerialNumber: 0x1234 },
      'serial number 1234 of CN=Old Root CA',
      'serial number 1234 of CN=Root CA',
    ],
    [
      'a serial number without its issuer',
      { authorityCertSerialNumber: 0x77 },
      'serial number 77',
      'serial number 1234',
    ],
    [
      'an issuer without a serial number',
      { authorityCertIssuer: ['dirName:CN=Old Root CA'] },
      'a certificate of CN=Old Root CA',
      'a certificate of CN=Root CA',
    ],
  ])('says what differs where the right key is named, but %s of another certificate', (_, named, wanted, found) => {
    const numbered = issueCertificate(root, { subject: 'CN=Issuing CA', ca: true, serialNumber: 0x1234 });
    const aki = { keyIdentifier: numbered.key.keyIdentifier, ...named };
    const leaf = issueCertificate(numbered, { subject: 'CN=leaf', aki });
    const result = orderChain(asCertificates([leaf, numbered, root]), { at });
    expect(codesOf(result)).toEqual(['chain/key-identifier-mismatch CN=Issuing CA']);
    expect(result.findings[0]?.params).toEqual({ issued: 'CN=leaf', wanted, found });
    expect(messageOf(result)).toBe(
      `signed CN=leaf, but that certificate names ${wanted} as its issuer and this one is ${found}`,
    );
  });

  it('says of a near miss that the serial number is another', () => {
    const impostor = issueCertificate(root, { subject: 'CN=Issuing CA', ca: true, ski: false, serialNumber: 0x1234 });
    const leaf = issueCertificate(issuing, { subject: 'CN=leaf', aki: { authorityCertSerialNumber: 0x77 } });
    const { findings } = orderChain(asCertificates([leaf, impostor, root]), { at });
    expect(findings.find(({ code }) => code === 'chain/near-miss')?.params).toEqual({
      wanted: 'CN=leaf',
      reason: 'serial number 77 is wanted, not serial number 1234',
    });
  });
});

describe('the number that openssl verify has for the same chain', () => {
  const bareRoot = issueCertificate(undefined, { subject: 'CN=Bare Root', keyUsage: ['keyCertSign'] });
  const bare = issueCertificate(root, { subject: 'CN=Bare CA', keyUsage: ['keyCertSign'] });
  const malformed = issueCertificate(root, {
    subject: 'CN=Malformed CA',
    keyUsage: ['keyCertSign'],
    extensions: [makeExtension('2.5.29.19', Uint8Array.of(0x30, 0x05))],
  });
  const aki = { keyIdentifier: issuing.key.keyIdentifier, authorityCertSerialNumber: 0x77 };
  const signatureAlgorithm = Uint8Array.of(0x30, 0x05, 0x06, 0x03, 0x2a, 0x03, 0x04);
  const below = (issuer: Holder, options: Partial<CertificateOptions> = {}): Holder =>
    issueCertificate(issuer, { subject: 'CN=leaf', ...options });

  it.skipIf(!openssl.installed).each<[string, string, Holder[], number[]]>([
    ['another key', 'chain/key-identifier-mismatch', [below(issuing, { aki: Uint8Array.of(1) }), issuing, root], [20]],
    ['another serial number', 'chain/key-identifier-mismatch', [below(issuing, { aki }), issuing, root], [20]],
    [
      'an unknown algorithm',
      'chain/signature-not-checked',
      [below(issuing, { signatureAlgorithm }), issuing, root],
      [20],
    ],
    ['a malformed issuer', 'certificate/malformed-extension', [below(malformed), malformed, root], [20]],
    ['an intermediate with keyCertSign alone', 'chain/issuer-is-no-ca', [below(bare), bare, root], [79]],
    ['a root with keyCertSign alone', 'chain/issuer-is-no-ca', [below(bareRoot), bareRoot], []],
  ])(`is that of the finding: %s, %s${openssl.skipReason}`, (_, code, holders, errors) => {
    const scratch = makeScratch();
    const pile = asCertificates(holders);
    const leaf = scratch.write('leaf.pem', encodeCertificates(pile.slice(0, 1)));
    const untrusted = scratch.write('untrusted.pem', encodeCertificates(pile.slice(1)));
    const trusted = scratch.write('root.pem', encodeCertificates(pile.slice(-1)));
    expect(verifyErrors(runOpenSSL(['verify', '-CAfile', trusted, '-untrusted', untrusted, leaf]))).toEqual(errors);
    const finding = orderChain(pile, { at }).findings.find((found) => found.code === code);
    expect(finding?.severity).toBe(errors.length > 0 ? 'error' : 'warning');
    for (const error of errors) expect(finding?.opensslError).toBe(error);
  });
});
