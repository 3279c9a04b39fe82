import { describe, expect, it, vi } from 'vitest';
import { createFinding } from '../../../src/finding/catalogue.js';
import {
  checkRevocation,
  type RevocationResult,
  type SignerOptions,
} from '../../../src/revocation/check-revocation.js';
import type { SignerPath } from '../../../src/revocation/validate-signer.js';
import { subjectOf, type Certificate } from '../../../src/x509/certificate.js';
import type { WholeCRL } from '../../../src/x509/crl.js';
import { tlv } from '../../support/der.js';
import { makeExtension } from '../../support/extensions.js';
import { asCRL, asCertificate } from '../../support/parsed.js';
import { issueCertificate, makeCRL, type CertificateOptions, type CRLOptions, type Holder } from '../../support/pki.js';
import { at, codes } from '../../support/revocation.js';

const serialNumber = 0x77;
const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
const ca = issueCertificate(root, { subject: 'CN=Issuing', ca: true, serialNumber: 500 });
const parse = (holder: Holder, file = 'signer.pem'): Certificate => asCertificate(holder.certificate, file);
const [issuer, anchor] = [parse(ca, 'ca.pem'), parse(root, 'root.pem')];
const leaf = parse(issueCertificate(ca, { subject: 'CN=leaf', serialNumber }), 'leaf.pem');

/** Another key of the issuing CA, in a certificate of the root, unless told otherwise. */
const rekey = (options: Partial<CertificateOptions> = {}, by: Holder = root): Holder =>
  issueCertificate(by, { subject: 'CN=Issuing', ca: true, serialNumber: 501, ...options });
const crlOf = (holder: Holder, options: Partial<CRLOptions> = {}, file = 'test.crl'): WholeCRL =>
  asCRL(makeCRL({ issuer: holder.subject, issuerKey: holder.key, ...options }), file);
const rootCRL = (...revoked: number[]): WholeCRL =>
  crlOf(root, { entries: revoked.map((number) => ({ serialNumber: number })) }, 'root.crl');
const listing: Partial<CRLOptions> = { entries: [{ serialNumber, reason: 'keyCompromise' }] };

function check(
  crls: readonly WholeCRL[],
  signers: readonly Holder[],
  options: SignerOptions = {},
  certificate = leaf,
): RevocationResult {
  const given = signers.map((holder) => parse(holder));
  return checkRevocation({ certificate, issuer, issuerPath: [anchor], crls, at, signers: given, ...options });
}

/** The problem with the signer of the first CRL. */
function problemOf({ considered: [first] }: RevocationResult): unknown {
  return first?.objection?.code === 'signer-not-accepted' ? first.objection.params.problem : first?.outcome;
}

describe('CRL signers: another key of the issuer', () => {
  it('a key that the root certified signs for the issuer, if its certificate is not revoked', () => {
    const other = rekey();
    const result = check([crlOf(other), rootCRL()], [other]);
    expect([result.status, result.considered.map(({ outcome }) => outcome)]).toEqual([
      'good',
      ['used', 'other-issuer'],
    ]);
    expect(result.considered[0]?.signer?.origin?.file).toBe('signer.pem');
    expect(result.signers).toMatchObject([{ assessment: { accepted: true }, verdicts: [{ status: 'good' }] }]);
    expect(codes(result.findings)).toEqual(['crl/extended-support-needed']);
  });

  it('so does a key that the issuer certified itself', () => {
    const other = rekey({}, ca);
    const limited = { fullName: ['URI:http://crl.example.com/self.crl'] };
    const own = rekey({ crlDistributionPoints: limited.fullName }, ca);
    expect(check([crlOf(other), crlOf(ca, { issuingDistributionPoint: limited })], [other]).status).toBe('unknown');
    expect(check([crlOf(own), crlOf(ca, { issuingDistributionPoint: limited })], [own]).status).toBe('good');
  });

  it('what it lists is revoked', () => {
    const other = rekey();
    expect(check([crlOf(other, listing), rootCRL()], [other])).toMatchObject({
      status: 'revoked',
      reason: 'keyCompromise',
    });
  });

  it('what either key lists is revoked, however new the CRL of the other', () => {
    const other = rekey();
    const newer = { crlNumber: 9, thisUpdate: new Date('2026-09-01') };
    for (const crls of [
      [crlOf(ca, listing), crlOf(other, newer)],
      [crlOf(ca, newer), crlOf(other, listing)],
    ]) {
      expect(check([...crls, rootCRL()], [other]).status).toBe('revoked');
    }
  });

  it('a certificate of the path needs no status here, and is no news to OpenSSL', () => {
    const other = rekey();
    const below = issueCertificate(other, { subject: 'CN=Issuing', key: ca.key, ca: true });
    const result = checkRevocation({
      certificate: leaf,
      issuer: parse(below),
      issuerPath: [parse(other), anchor],
      crls: [crlOf(other)],
      at,
    });
    expect([result.status, result.findings, result.signers]).toEqual(['good', [], undefined]);
  });

  it('without its certificate the CRL is signed with a wrong key', () => {
    expect(check([crlOf(rekey())], []).considered[0]?.outcome).toBe('wrong-key');
  });

  it('the right one is found among several of that name', () => {
    const others = [rekey({ serialNumber: 502 }), rekey({ serialNumber: 503 }), rekey({ serialNumber: 504 })];
    const [, , last] = others;
    expect(check(last ? [crlOf(last, { aki: false }), rootCRL()] : [], others).status).toBe('good');
  });

  it('a key that two certificates have counts where one of them holds', () => {
    const strange = issueCertificate(undefined, { subject: 'CN=Strange root', ca: true });
    const other = rekey();
    const cross = rekey({ key: other.key }, strange);
    expect(check([crlOf(other), rootCRL()], [cross, other]).status).toBe('good');
  });
});

/** One fault each of the signer's certificate. */
const faults: readonly (readonly [string, string, () => Holder])[] = [
  [
    'issued by a stranger',
    'issued-by-others',
    () => rekey({}, issueCertificate(undefined, { subject: 'CN=X', ca: true })),
  ],
  ['self-signed', 'issued-by-others', () => issueCertificate(undefined, { subject: 'CN=Issuing', ca: true })],
  ['with a damaged signature', 'issued-by-others', () => rekey({ signature: 'broken' })],
  [
    'with two signature algorithms',
    'issued-by-others',
    () => rekey({ tbsSignatureAlgorithm: Uint8Array.from([0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3]) }),
  ],
  [
    'issued by a CA between it and the path',
    'issued-by-others',
    () => rekey({}, issueCertificate(root, { subject: 'CN=Between', ca: true })),
  ],
  ['expired', 'outside-validity', () => rekey({ notAfter: new Date('2026-01-01') })],
  ['not valid yet', 'outside-validity', () => rekey({ notBefore: new Date('2044-01-01') })],
  [
    'with a critical extension that nobody knows',
    'critical-extension',
    () => rekey({ extensions: [makeExtension('1.2.3.4', tlv(0x05), true)] }),
  ],
  ['without cRLSign', 'issuer-may-not-sign', () => rekey({ keyUsage: ['keyCertSign'] })],
];

describe('CRL signers: who is not accepted', () => {
  it.each(faults)('a signer %s: %s', (_, problem, make) => {
    const other = make();
    const result = check([crlOf(other), rootCRL()], [other]);
    expect([result.status, problemOf(result)]).toEqual(['unknown', problem]);
    const code = problem === 'issuer-may-not-sign' ? problem : 'signer-not-accepted';
    const about = result.findings.find((finding) => finding.code === `crl/${code}`);
    expect([about?.severity, about?.origin?.file]).toEqual(['error', 'test.crl']);
    expect(about?.params.certificates).toEqual(['CN=leaf']);
  });

  it('a signer that is revoked', () => {
    const other = rekey();
    const result = check([crlOf(other), rootCRL(501)], [other]);
    expect([result.status, problemOf(result)]).toEqual(['unknown', 'revoked']);
    expect(result.findings.map(({ code, origin }) => [code, origin?.file])).toEqual([
      ['crl/revoked', 'signer.pem'],
      ['crl/signer-not-accepted', 'test.crl'],
    ]);
  });

  it('a signer of whom nobody knows whether it is revoked, and why nobody knows', () => {
    const other = rekey();
    const missing = check([crlOf(other)], [other]);
    expect([missing.status, problemOf(missing)]).toEqual(['unknown', 'status-unknown']);
    expect(codes(missing.findings)).toEqual(['crl/missing', 'crl/signer-not-accepted']);
    const stale = check([crlOf(other), crlOf(root, { nextUpdate: new Date('2026-01-01') })], [other]);
    expect(codes(stale.findings, 'error').sort()).toEqual(['crl/signer-not-accepted', 'crl/stale']);
  });

  it('a signer that is not accepted takes nothing away from the CRL of the issuer', () => {
    const other = rekey();
    const result = check([crlOf(other, listing), crlOf(ca), rootCRL(501)], [other]);
    expect(result.status).toBe('good');
    expect(result.findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['crl/signer-not-accepted', 'warning'],
    ]);
  });

  it('a signer whose only CRL is its own', () => {
    const own = rekey({}, ca);
    const result = check([crlOf(own)], [own]);
    expect([result.status, problemOf(result)]).toEqual(['unknown', 'status-unknown']);
    expect(result.signers?.[0]?.verdicts[0]?.considered[0]?.objection).toMatchObject({
      params: { problem: 'circular' },
    });
  });

  it('two signers that vouch for each other', () => {
    const [a, b] = [rekey({ serialNumber: 502 }, ca), rekey({ serialNumber: 503 }, ca)];
    expect(check([crlOf(a), crlOf(b)], [a, b]).status).toBe('unknown');
  });

  it('a signer whose CRL is signed by another signer whose CRL the root signed', () => {
    const second = issueCertificate(root, { subject: 'CN=Root', ca: true, serialNumber: 600 });
    const first = rekey();
    const distributionPoint = { fullName: ['URI:http://crl.example.com/600.crl'] };
    const named = issueCertificate(root, {
      subject: 'CN=Root',
      ca: true,
      serialNumber: 600,
      crlDistributionPoints: distributionPoint.fullName,
    });
    expect(check([crlOf(first), crlOf(second)], [first, second]).status).toBe('unknown');
    const about600 = crlOf(root, { issuingDistributionPoint: distributionPoint });
    expect(check([crlOf(first), crlOf(named), about600], [first, named]).status).toBe('good');
  });

  it('a signer with a malformed extension is left out, and named', () => {
    const other = rekey({ extensions: [makeExtension('2.5.29.31', tlv(0x05))] });
    const result = check([crlOf(other), rootCRL()], [other]);
    expect([result.status, result.findings.map(({ code, severity }) => [code, severity])]).toEqual([
      'unknown',
      [
        ['crl/wrong-key', 'error'],
        ['crl/unrelated', 'info'],
        ['certificate/malformed-extension', 'warning'],
      ],
    ]);
  });

  it('more certificates of one name than anybody has: the bound is told', () => {
    const crowd = Array.from({ length: 20 }, (_, position) =>
      issueCertificate(undefined, { subject: 'CN=Issuing', ca: true, ski: Uint8Array.of(position) }),
    );
    const stranger = issueCertificate(undefined, { subject: 'CN=Issuing', ca: true });
    const result = check([crlOf(stranger, { aki: false })], crowd);
    expect(result.considered[0]?.objection).toEqual({
      code: 'signature-not-checked',
      params: { reason: 'more than 16 certificates bear the name of its issuer' },
    });
  });

  it('a crowd of signers that all sign each other ends soon', () => {
    const crowd = Array.from({ length: 16 }, (_, position) => rekey({ serialNumber: 700 + position }, ca));
    const started = performance.now();
    const result = check(
      crowd.map((each, position) => crlOf(each, { crlNumber: position })),
      crowd,
    );
    expect(result.status).toBe('unknown');
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('CRL signers: validateSigner', () => {
  const between = issueCertificate(root, { subject: 'CN=Between', ca: true, serialNumber: 510 });
  const other = rekey({}, between);
  const path: SignerPath = { ok: true, issuers: [parse(between), anchor] };
  const betweenCRL = crlOf(between, {}, 'between.crl');

  it('is asked once for each signer outside the path, and its path is believed', () => {
    const validateSigner = vi.fn(() => path);
    const crls = [crlOf(other), crlOf(other, { crlNumber: 2 }), crlOf(ca), betweenCRL, rootCRL()];
    const result = check(crls, [other], { validateSigner });
    expect([result.status, validateSigner.mock.calls.length]).toEqual(['good', 1]);
    expect(result.considered[1]?.outcome).toBe('used');
  });

  it('every certificate of that path but the anchor must be good', () => {
    const validateSigner = (): SignerPath => path;
    expect(check([crlOf(other), betweenCRL], [other], { validateSigner }).status).toBe('unknown');
    expect(check([crlOf(other), rootCRL()], [other], { validateSigner }).status).toBe('unknown');
    expect(problemOf(check([crlOf(other), betweenCRL, rootCRL(510)], [other], { validateSigner }))).toBe('revoked');
    const result = check([crlOf(other), betweenCRL, rootCRL()], [other], { validateSigner });
    expect(result.signers?.[0]?.verdicts.map(({ status }) => status)).toEqual(['good', 'good']);
  });

  it('its refusal is told with its findings', () => {
    const finding = createFinding('chain/path-too-long', subjectOf(parse(other)), { allowed: 0, found: 1 });
    const validateSigner = (): SignerPath => ({ ok: false, problem: 'path-refused', findings: [finding] });
    const result = check([crlOf(other), betweenCRL, rootCRL()], [other], { validateSigner });
    expect([result.status, problemOf(result)]).toEqual(['unknown', 'path-refused']);
    expect(codes(result.findings, 'error')).toEqual(['chain/path-too-long', 'crl/signer-not-accepted']);
  });

  it('a path with a malformed certificate is refused', () => {
    const odd = parse(
      issueCertificate(root, { subject: 'CN=odd', extensions: [makeExtension('2.5.29.31', tlv(0x05))] }),
    );
    const validateSigner = (): SignerPath => ({ ok: true, issuers: [odd, anchor] });
    expect(problemOf(check([crlOf(other)], [other], { validateSigner }))).toBe('path-refused');
  });

  it('is not asked about certificates of the path', () => {
    const validateSigner = vi.fn(() => path);
    expect(check([crlOf(ca)], [ca, root], { validateSigner }).status).toBe('good');
    expect(validateSigner).not.toHaveBeenCalled();
  });
});

describe('CRL signers: signerStatus', () => {
  it('not-revoked accepts a signer of unknown status, but no revoked one', () => {
    const other = rekey();
    expect(check([crlOf(other)], [other], { signerStatus: 'not-revoked' }).status).toBe('good');
    const result = check([crlOf(other), rootCRL(501)], [other], { signerStatus: 'not-revoked' });
    expect([result.status, problemOf(result)]).toEqual(['unknown', 'revoked']);
  });
});

describe('CRL signers: without a path', () => {
  it('only what the issuer itself certified may sign beside it', () => {
    const [byRoot, byCA] = [rekey(), rekey({}, ca)];
    const checkAlone = (other: Holder): string =>
      checkRevocation({
        certificate: leaf,
        issuer,
        crls: [crlOf(other), rootCRL()],
        at,
        signers: [parse(other)],
        signerStatus: 'not-revoked',
      }).status;
    expect([checkAlone(byRoot), checkAlone(byCA)]).toEqual(['unknown', 'good']);
  });
});
