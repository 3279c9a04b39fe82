import { describe, expect, it } from 'vitest';
import { checkRevocation, type RevocationResult } from '../../../src/revocation/check-revocation.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import type { WholeCRL } from '../../../src/x509/crl.js';
import { asCRL, asCertificate } from '../../support/parsed.js';
import { issueCertificate, makeCRL, type CertificateOptions, type CRLOptions, type Holder } from '../../support/pki.js';
import { at, codes } from '../../support/revocation.js';

const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
const ca = issueCertificate(root, { subject: 'CN=CA 1', ca: true, serialNumber: 500 });
const other = issueCertificate(root, { subject: 'CN=CA 2', ca: true, serialNumber: 501 });
/** Signs CRLs for others and issues no certificate. */
const crlIssuer = issueCertificate(root, { subject: 'CN=CRL Issuer', keyUsage: ['cRLSign'], serialNumber: 502 });
const delegation = [{ cRLIssuer: ['dirName:CN=CRL Issuer'] }];
const indirectCRL = { indirectCRL: true };

const parse = ({ certificate }: Holder, file = 'test.pem'): Certificate => asCertificate(certificate, file);
const issue = (by: Holder, options: Partial<CertificateOptions> = {}): Certificate =>
  parse(
    issueCertificate(by, { subject: 'CN=leaf', serialNumber: 7, distributionPoints: delegation, ...options }),
    'leaf.pem',
  );
const crlOf = (holder: Holder, options: Partial<CRLOptions> = {}): WholeCRL =>
  asCRL(makeCRL({ issuer: holder.subject, issuerKey: holder.key, ...options }));
/** An indirect CRL of the CRL issuer. */
const indirect = (...entries: NonNullable<CRLOptions['entries']>): WholeCRL =>
  crlOf(crlIssuer, { issuingDistributionPoint: indirectCRL, entries });

function check(crls: readonly WholeCRL[], certificate: Certificate, by = ca, signers = [crlIssuer]): RevocationResult {
  return checkRevocation({
    certificate,
    issuer: parse(by),
    issuerPath: [parse(root)],
    crls,
    at,
    signers: signers.map((holder) => parse(holder, 'signer.pem')),
  });
}

const of = (name: string): { certificateIssuer: string[] } => ({ certificateIssuer: [`dirName:CN=${name}`] });

describe('indirect CRLs: whose certificate an entry is about', () => {
  it('nobody listed: good, with a warning that OpenSSL passes over such CRLs', () => {
    const result = check([indirect(), crlOf(root)], issue(ca));
    expect([result.status, codes(result.findings)]).toEqual(['good', ['crl/extended-support-needed']]);
    expect(result.findings[0]?.params).toEqual({
      certificates: ['CN=leaf'],
      features: ['indirect', 'signer-outside-path'],
    });
  });

  it.each([
    ['with its own certificateIssuer', [{ serialNumber: 7, ...of('CA 1') }], 'revoked'],
    ['after one with it', [{ serialNumber: 3, ...of('CA 1') }, { serialNumber: 7 }], 'revoked'],
    [
      'entries after one with it',
      [{ serialNumber: 3, ...of('CA 1') }, { serialNumber: 4 }, { serialNumber: 7 }],
      'revoked',
    ],
    ['in other letters', [{ serialNumber: 7, ...of('ca  1') }], 'revoked'],
    ['before any: the CRL issuer is meant', [{ serialNumber: 7 }, { serialNumber: 3, ...of('CA 1') }], 'good'],
    ['of another issuer', [{ serialNumber: 7, ...of('CA 2') }], 'good'],
    [
      'after another issuer came',
      [{ serialNumber: 3, ...of('CA 1') }, { serialNumber: 4, ...of('CA 2') }, { serialNumber: 7 }],
      'good',
    ],
    [
      'of both',
      [
        { serialNumber: 7, ...of('CA 2') },
        { serialNumber: 7, ...of('CA 1') },
      ],
      'revoked',
    ],
    [
      'of several names',
      [{ serialNumber: 7, certificateIssuer: ['DNS:x', 'dirName:CN=CA 9', 'dirName:CN=CA 1'] }],
      'revoked',
    ],
  ] as const)('an entry %s', (_, entries, status) => {
    const options = { issuingDistributionPoint: indirectCRL, entries };
    expect(check([crlOf(crlIssuer, options), crlOf(root)], issue(ca)).status).toBe(status);
  });

  it('one scan serves certificates of two issuers with one serial number', () => {
    const crls = [indirect({ serialNumber: 7, ...of('CA 2') }), crlOf(root)];
    expect([check(crls, issue(ca)).status, check(crls, issue(other), other).status]).toEqual(['good', 'revoked']);
  });

  it('entries without certificateIssuer are about the CRL issuer itself', () => {
    const options = { issuingDistributionPoint: indirectCRL, entries: [{ serialNumber: 7 }] };
    expect(
      check([crlOf(ca, options)], issue(ca, { distributionPoints: [{ fullName: ['URI:http://crl.example.com'] }] }))
        .status,
    ).toBe('revoked');
  });

  it('a certificateIssuer that names nobody leaves the status unknown', () => {
    const crls = [indirect({ serialNumber: 7, certificateIssuer: ['DNS:ca-1'] }), crlOf(root)];
    expect(check(crls, issue(ca)).considered[0]?.outcome).toBe('malformed');
  });

  it('an indirect delta carries its own issuers', () => {
    const base = crlOf(crlIssuer, {
      issuingDistributionPoint: indirectCRL,
      entries: [{ serialNumber: 7, reason: 'certificateHold', ...of('CA 1') }],
    });
    const delta = (name: string): WholeCRL =>
      crlOf(crlIssuer, {
        issuingDistributionPoint: indirectCRL,
        deltaCRLIndicator: 1,
        crlNumber: 2,
        entries: [{ serialNumber: 7, reason: 'removeFromCRL', ...of(name) }],
      });
    expect(check([base, delta('CA 1'), crlOf(root)], issue(ca)).status).toBe('good');
    expect(check([base, delta('CA 2'), crlOf(root)], issue(ca)).status).toBe('revoked');
  });
});

describe('indirect CRLs: who may speak for an issuer', () => {
  it('only whom the certificate names', () => {
    const result = check(
      [indirect({ serialNumber: 7, ...of('CA 1') })],
      issue(ca, { distributionPoints: [{ fullName: ['URI:http://crl.example.com'] }] }),
    );
    expect([result.status, result.considered[0]?.outcome]).toEqual(['unknown', 'other-issuer']);
    expect(codes(result.findings)).toEqual(['crl/missing', 'crl/unrelated']);
  });

  it('only where the CRL says that it is indirect', () => {
    const result = check([crlOf(crlIssuer), crlOf(root)], issue(ca));
    expect([result.status, result.considered[0]?.outcome]).toEqual(['unknown', 'not-indirect']);
    expect(codes(result.findings, 'error')).toEqual(['crl/not-indirect']);
  });

  it('only where the certificate of the CRL issuer is at hand', () => {
    const result = check([indirect(), crlOf(root)], issue(ca), ca, []);
    expect([result.status, result.considered[0]?.outcome]).toEqual(['unknown', 'signer-missing']);
    expect(result.findings[0]?.params).toMatchObject({ issuer: 'CN=CRL Issuer' });
  });

  it('only where it is good itself', () => {
    expect(check([indirect()], issue(ca)).considered[0]?.objection).toMatchObject({
      params: { problem: 'status-unknown' },
    });
    const revoked = crlOf(root, { entries: [{ serialNumber: 502 }] });
    expect(check([indirect(), revoked], issue(ca)).considered[0]?.objection).toMatchObject({
      params: { problem: 'revoked' },
    });
  });

  it('a CA above may be named, and is on the path', () => {
    const certificate = issue(ca, { distributionPoints: [{ cRLIssuer: ['dirName:CN=Root'] }] });
    const options = { issuingDistributionPoint: indirectCRL };
    const result = check([crlOf(root, options)], certificate, ca, []);
    expect([result.status, result.findings[0]?.params.features]).toEqual(['good', ['indirect']]);
    const entries = [{ serialNumber: 7, ...of('CA 1') }];
    expect(check([crlOf(root, { ...options, entries })], certificate, ca, []).status).toBe('revoked');
  });

  it('the CRL of the issuer still counts beside it, either way', () => {
    const certificate = issue(ca);
    expect(check([crlOf(ca)], certificate)).toMatchObject({ status: 'good', findings: [] });
    expect(check([crlOf(ca, { entries: [{ serialNumber: 7 }] }), indirect(), crlOf(root)], certificate).status).toBe(
      'revoked',
    );
    expect(check([crlOf(ca), indirect({ serialNumber: 7, ...of('CA 1') }), crlOf(root)], certificate).status).toBe(
      'revoked',
    );
  });
});

describe('indirect CRLs: a CRL issuer whose own status is on the CRL that it signs', () => {
  const itself = issueCertificate(ca, {
    subject: 'CN=CRL Issuer',
    keyUsage: ['cRLSign'],
    serialNumber: 8,
    distributionPoints: delegation,
  });
  const byItself = (...entries: NonNullable<CRLOptions['entries']>): WholeCRL =>
    crlOf(itself, { issuingDistributionPoint: indirectCRL, entries });

  it('is accepted where its issuer left its status to it, with a warning', () => {
    const result = check([byItself()], issue(ca), ca, [itself]);
    expect([result.status, codes(result.findings)]).toEqual([
      'good',
      ['crl/extended-support-needed', 'crl/signer-vouches-for-itself'],
    ]);
  });

  it('is not accepted where it lists itself', () => {
    const result = check([byItself({ serialNumber: 8, ...of('CA 1') })], issue(ca), ca, [itself]);
    expect([result.status, result.considered[0]?.objection?.params]).toMatchObject(['unknown', { problem: 'revoked' }]);
  });

  it('is not accepted where its issuer revokes it', () => {
    const result = check([byItself(), crlOf(ca, { entries: [{ serialNumber: 8 }] })], issue(ca), ca, [itself]);
    expect(result.considered[0]?.outcome).toBe('signer-not-accepted');
  });

  it('is asked about itself like any other certificate', () => {
    const certificate = parse(itself);
    expect(check([byItself()], certificate, ca, [itself]).status).toBe('good');
    expect(check([byItself({ serialNumber: 8, ...of('CA 1') })], certificate, ca, [itself]).status).toBe('revoked');
  });
});
