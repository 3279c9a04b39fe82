import { describe, expect, it } from 'vitest';
import { createFinding } from '../../../src/finding/catalogue.js';
import { checkRevocation } from '../../../src/revocation/check-revocation.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import type { CertificateList } from '../../../src/x509/crl.js';
import { integer, tlv } from '../../support/der.js';
import { makeExtension, makeReasonCode } from '../../support/extensions.js';
import { asCertificate } from '../../support/parsed.js';
import { issueCertificate, type CRLOptions, type RevokedEntry } from '../../support/pki.js';
import {
  at,
  ca,
  check,
  codes,
  crl,
  issue,
  issuer,
  leaf,
  listed,
  outcomes,
  renewed,
  serialNumber,
} from '../../support/revocation.js';

const fileOf = (item: CertificateList | undefined): string | undefined => item?.origin?.file;

describe('checkRevocation: good and revoked', () => {
  it('a current CRL of the issuer that does not list the certificate makes it good', () => {
    const result = check([crl({ entries: [{ serialNumber: 1 }] }, 'mine')]);
    expect([result.status, outcomes(result), fileOf(result.crl)]).toEqual(['good', ['used'], 'mine']);
    expect(result.findings).toEqual([]);
  });

  it('a certificate that is listed is revoked, with date, reason and invalidity date', () => {
    const entry = { ...listed, revocationDate: new Date('2026-02-03'), invalidityDate: new Date('2026-01-15') };
    const result = check([crl({ entries: [{ serialNumber: 1 }, entry] }, 'mine')]);
    expect(result).toMatchObject({
      status: 'revoked',
      reason: 'keyCompromise',
      revokedAt: new Date('2026-02-03'),
      invalidityDate: new Date('2026-01-15'),
    });
    expect(fileOf(result.crl)).toBe('mine');
    expect(result.findings).toEqual([
      createFinding(
        'crl/revoked',
        { kind: 'certificate', name: 'CN=sip1.fly.example.com' },
        {
          revokedAt: '2026-02-03T00:00:00.000Z',
          reason: 'keyCompromise',
          invalidityDate: '2026-01-15T00:00:00.000Z',
          crl: 'CN=Issuing CA 1 (mine:1)',
        },
        { origin: leaf.origin },
      ),
    ]);
  });

  it('a reason that is absent stays absent', () => {
    const result = check([crl({ entries: [{ serialNumber }] })]);
    expect(result.status).toBe('revoked');
    expect(result).not.toHaveProperty('reason');
  });

  it('a reason with a number that nobody knows still revokes', () => {
    const result = check([crl({ entries: [{ serialNumber, reason: 7 }] })]);
    expect([result.status, result.reason]).toEqual(['revoked', undefined]);
  });

  it('an invalidity date that cannot be read still revokes', () => {
    const extensions = [makeExtension('2.5.29.24', integer(1))];
    const result = check([crl({ entries: [{ serialNumber, extensions }] })]);
    expect([result.status, result.invalidityDate]).toEqual(['revoked', undefined]);
  });

  it('certificateHold is revoked', () => {
    const result = check([crl({ entries: [{ serialNumber, reason: 'certificateHold' }] })]);
    expect([result.status, result.reason]).toEqual(['revoked', 'certificateHold']);
  });

  it('a serial number of another length is another certificate', () => {
    expect(check([crl({ entries: [{ serialNumber: 0x1234 }, { serialNumber: 0x77_1234_00 }] })]).status).toBe('good');
  });

  it('a CRL of version 1, without extensions, counts', () => {
    expect(check([crl({ version: 1, entries: [{ serialNumber }] })]).status).toBe('revoked');
    expect(check([crl({ version: 1 })]).status).toBe('good');
  });

  it('a CRL without authority key identifier counts', () => {
    expect(check([crl({ aki: false })]).status).toBe('good');
  });

  it.each(['thisUpdate', 'nextUpdate'] as const)('%s itself belongs to the period', (bound) => {
    expect(check([crl({ [bound]: at })]).status).toBe('good');
  });

  it('a CRL without nextUpdate counts, with a warning', () => {
    const result = check([crl({ nextUpdate: null }, 'endless')]);
    expect(result.status).toBe('good');
    expect(result.findings.map(({ code, severity, origin }) => [code, severity, origin?.file])).toEqual([
      ['crl/no-next-update', 'warning', 'endless'],
    ]);
  });

  it('warnBefore warns of the CRL that the status rests on, to the millisecond', () => {
    const crls = [crl({ nextUpdate: new Date(at.getTime() + 1000) }, 'ending')];
    const warn = (warnBefore: number): string[] =>
      codes(checkRevocation({ certificate: leaf, issuer, crls, at, warnBefore }).findings, 'warning');
    expect(warn(999)).toEqual([]);
    expect(warn(1000)).toEqual(['crl/expires-soon']);
  });
});

/** One fault each; the status is unknown whether the CRL lists the certificate or not. */
const unusable: readonly (readonly [string, string, () => Partial<CRLOptions>])[] = [
  ['signed with another key of that name', 'wrong-key', () => ({ issuerKey: renewed.key })],
  ['signed with another key, without key identifier', 'bad-signature', () => ({ issuerKey: renewed.key, aki: false })],
  ['with a damaged signature', 'bad-signature', () => ({ signature: 'broken' })],
  [
    'with two signature algorithms',
    'bad-signature',
    () => ({ tbsSignatureAlgorithm: Uint8Array.from([0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3]) }),
  ],
  [
    'with a signature algorithm that nobody knows',
    'signature-not-checked',
    () => ({ signatureAlgorithm: Uint8Array.from([0x30, 4, 6, 2, 0x2a, 0x03]) }),
  ],
  ['from the future', 'not-yet-valid', () => ({ thisUpdate: new Date('2044-01-01') })],
  ['that is a delta', 'delta', () => ({ deltaCRLIndicator: 1, crlNumber: 2 })],
  [
    'with an entry of another issuer, without being indirect',
    'indirect',
    () => ({ entries: [listed, { serialNumber: 3, certificateIssuer: ['dirName:CN=Other'] }] }),
  ],
  ['about CA certificates only', 'out-of-scope', () => ({ issuingDistributionPoint: { onlyContainsCACerts: true } })],
  [
    'about attribute certificates only',
    'out-of-scope',
    () => ({ issuingDistributionPoint: { onlyContainsAttributeCerts: true } }),
  ],
  [
    'of a distribution point that the certificate does not name',
    'out-of-scope',
    () => ({ issuingDistributionPoint: { fullName: ['URI:http://crl.fly.example.com/7.crl'] } }),
  ],
  [
    'with an unknown critical extension',
    'unhandled-critical-extension',
    () => ({ extensions: [makeExtension('1.2.3.4', tlv(0x05), true)] }),
  ],
  [
    'with an unknown critical extension in any entry',
    'unhandled-critical-extension',
    () => ({ entries: [listed, { serialNumber: 3, extensions: [makeExtension('1.2.3.4', tlv(0x05), true)] }] }),
  ],
  [
    'with a critical CRL number, as OpenSSL refuses it',
    'unhandled-critical-extension',
    () => ({ crlNumber: null, extensions: [makeExtension('2.5.29.20', integer(1), true)] }),
  ],
  [
    'with a critical reason code, as OpenSSL refuses it',
    'unhandled-critical-extension',
    () => ({
      entries: [
        listed,
        { serialNumber: 3, extensions: [makeExtension('2.5.29.21', tlv(0x0a, Uint8Array.of(1)), true)] },
      ],
    }),
  ],
  ['with a malformed extension', 'malformed', () => ({ extensions: [makeExtension('2.5.29.46', tlv(0x05))] })],
  [
    'with an extension that stands twice',
    'malformed',
    () => ({ extensions: [makeExtension('2.5.29.20', integer(9))] }),
  ],
  [
    'with a damaged entry',
    'malformed',
    () => ({ entries: [listed, { serialNumber: 3, revocationDate: tlv(0x04, Uint8Array.of(1)) }] }),
  ],
];

describe('checkRevocation: CRLs that cannot be used', () => {
  it.each(unusable)('a CRL %s leaves the status unknown: %s', (_, outcome, options) => {
    const bad = crl(options(), 'bad.crl');
    const result = check([bad]);
    expect([result.status, outcomes(result)]).toEqual(['unknown', [outcome]]);
    expect(result).not.toHaveProperty('crl');
    const about = result.findings.find(({ code }) => code === `crl/${outcome}`);
    expect([about?.severity, about?.origin?.file]).toEqual(['error', 'bad.crl']);
    expect(about?.params.certificates).toEqual(['CN=sip1.fly.example.com']);
  });

  it.each(unusable)('a CRL %s never makes a certificate good that it lists', (_, __, options) => {
    const entries = options().entries ?? [listed];
    expect(check([crl({ ...options(), entries })]).status).toBe('unknown');
  });

  it('no CRL at all is crl/missing, about the issuer, with where to get one', () => {
    const certificate = issue({ crlDistributionPoints: ['URI:http://crl.fly.example.com/1.crl'] });
    const result = check([], certificate);
    expect([result.status, codes(result.findings)]).toEqual(['unknown', ['crl/missing']]);
    const [missing] = result.findings;
    expect([missing?.origin?.file, missing?.opensslError]).toEqual(['ca.pem', 3]);
    expect(missing?.params).toEqual({
      issuer: 'CN=Issuing CA 1',
      certificates: ['CN=sip1.fly.example.com'],
      urls: ['http://crl.fly.example.com/1.crl'],
      cRLIssuers: [],
    });
  });

  it('a CRL of another issuer is passed over and named', () => {
    const result = check([crl({ issuer: 'CN=Issuing CA 2', entries: [listed] }, 'other.crl')]);
    expect([result.status, outcomes(result)]).toEqual(['unknown', ['other-issuer']]);
    expect(result.findings.map(({ code, origin }) => [code, origin?.file])).toEqual([
      ['crl/missing', 'ca.pem'],
      ['crl/unrelated', 'other.crl'],
    ]);
  });

  it('the issuer name is compared as RFC 5280 7.1 asks, not by octets', () => {
    expect(check([crl({ issuer: 'CN=issuing  ca 1' })]).status).toBe('good');
  });

  it('an issuer that may not sign CRLs is crl/issuer-may-not-sign', () => {
    const { certificate } = issueCertificate(undefined, {
      subject: ca.subject,
      key: ca.key,
      ca: true,
      keyUsage: ['keyCertSign'],
    });
    const result = checkRevocation({ certificate: leaf, issuer: asCertificate(certificate), crls: [crl()], at });
    expect([result.status, codes(result.findings)]).toEqual(['unknown', ['crl/issuer-may-not-sign']]);
    expect(result.findings[0]?.params.keyUsage).toEqual(['keyCertSign']);
  });

  it('an issuer without key usage may sign CRLs', () => {
    const holder = issueCertificate(undefined, { subject: ca.subject, key: ca.key, ca: true, keyUsage: [] });
    const result = checkRevocation({ certificate: leaf, issuer: asCertificate(holder.certificate), crls: [crl()], at });
    expect(result.status).toBe('good');
  });

  it('an issuer of another name gives no status', () => {
    const other = issueCertificate(undefined, { subject: 'CN=Issuing CA 2', ca: true });
    const result = checkRevocation({ certificate: leaf, issuer: asCertificate(other.certificate), crls: [crl()], at });
    expect([result.status, codes(result.findings)]).toEqual(['unknown', ['crl/issuer-certificate-missing']]);
  });

  it('a certificate with a malformed extension gives no status', () => {
    const certificate = issue({ extensions: [makeExtension('2.5.29.31', tlv(0x05))] });
    const result = check([crl()], certificate);
    expect([result.status, codes(result.findings)]).toEqual(['unknown', ['certificate/malformed-extension']]);
  });

  it('removeFromCRL in a complete CRL is against RFC 5280 and gives no status', () => {
    const result = check([crl({ entries: [{ serialNumber, reason: 'removeFromCRL' }] })]);
    expect([result.status, outcomes(result)]).toEqual(['unknown', ['malformed']]);
  });

  it('removeFromCRL beside another entry of the certificate does not lift it', () => {
    const entries: RevokedEntry[] = [{ serialNumber, reason: 'removeFromCRL' }, listed];
    expect(check([crl({ entries })]).status).toBe('revoked');
  });

  it('a certificate listed in a CRL that cannot be used is told so', () => {
    const result = check([crl({ issuingDistributionPoint: { onlyContainsCACerts: true }, entries: [listed] })]);
    const [first] = result.findings;
    expect([first?.code, first?.origin?.file, first?.params.problem]).toEqual([
      'crl/listed-in-unusable',
      'sip1.pem',
      'out-of-scope',
    ]);
  });
});

describe('checkRevocation: findings', () => {
  it('every finding has words, and whatever is not good has an error', () => {
    const all = unusable.map(([, , options]) => crl(options()));
    for (const crls of [[], ...all.map((one) => [one]), all, [crl({ entries: [listed] })]]) {
      const result = checkRevocation({ certificate: leaf, issuer, crls, at, warnBefore: 1e15 });
      expect(codes(result.findings, 'error').length > 0).toBe(result.status !== 'good');
      for (const finding of result.findings) {
        const { message, hint } = describeFinding(finding);
        expect(message).toMatch(/^[a-z][^\n]*[^.!]$/);
        expect(hint ?? '').not.toMatch(/undefined|[.!]$/);
        expect(message).not.toContain('undefined');
      }
    }
  });

  it('entries of a wanted serial with a reason are decoded, others are not', () => {
    const entries = [{ serialNumber: 3, extensions: [makeReasonCode(200)] }, listed];
    expect(check([crl({ entries })]).reason).toBe('keyCompromise');
  });
});
