import { describe, expect, test } from 'vitest';
import { checkCertificates } from '../../../src/hostname/check-certificates.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import { integer, sequence } from '../../support/der.js';
import { makeExtension } from '../../support/extensions.js';
import { asCertificate } from '../../support/parsed.js';
import { makeCertificate, makeKeyPair, type CertificateOptions } from '../../support/pki.js';

const key = makeKeyPair('p256');
const certify = (options: Omit<CertificateOptions, 'key'>, line = 1): Certificate =>
  asCertificate(makeCertificate({ key, ...options }), 'pile.pem', line);

const server = certify({ subject: 'CN=server', san: ['a.com'] });
const other = certify({ subject: 'CN=other', san: ['b.com'] }, 20);
const ca = certify({ subject: 'CN=ca', ca: true }, 40);
const first = { profile: 'security-pack', which: 'first' } as const;
const all = { profile: 'security-pack', which: 'all' } as const;

describe('the certificates of one input', () => {
  test('the first counts, and the others are named', () => {
    const { checked, notChecked, findings } = checkCertificates([server, other, ca], ['a.com'], first);
    expect(checked.map(({ certificate }) => certificate)).toEqual([server]);
    expect(checked[0]?.checks.map(({ matched }) => matched)).toEqual([true]);
    expect(notChecked).toEqual([other, ca]);
    expect(findings.map(({ code, subject }) => [code, subject.name])).toEqual([['host/first-taken', 'CN=server']]);
    expect(findings[0]?.params.others).toEqual(['CN=other', 'CN=ca']);
  });

  test('a CA in front of an end entity is a warning that names it', () => {
    const { findings } = checkCertificates([ca, server], ['a.com'], first);
    expect(findings[0]).toMatchObject({ code: 'host/first-is-ca', severity: 'warning', origin: { line: 40 } });
    expect(findings[0] && describeFinding(findings[0]).hint).toContain('CN=server is probably meant');
    expect(checkCertificates([ca], ['a.com'], first).findings.map(({ code }) => code)).not.toContain(
      'host/first-is-ca',
    );
  });

  test('long lists of others are cut', () => {
    const [finding] = checkCertificates([server, ...Array<Certificate>(9).fill(other)], ['a.com'], first).findings;
    expect(finding && describeFinding(finding).message).toMatch(/CN=other and 4 more$/);
  });

  test('all are checked when asked for, each with its own findings', () => {
    const { checked, notChecked, findings } = checkCertificates([server, other], ['a.com', 'b.com'], all);
    expect(checked.map(({ checks }) => checks.map(({ matched }) => matched))).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(notChecked).toEqual([]);
    expect(findings.map(({ subject, origin }) => [subject.name, origin?.line])).toEqual([
      ['b.com', 1],
      ['a.com', 20],
    ]);
  });

  test('malformed names are an error at the certificate and match nothing', () => {
    const extensions = [makeExtension('2.5.29.17', sequence(integer(1)))];
    const malformed = certify({ subject: 'CN=a.com', extensions }, 60);
    const { checked, findings } = checkCertificates([malformed], ['a.com'], first);
    expect(checked).toEqual([{ certificate: malformed, identity: undefined, checks: [] }]);
    expect(findings).toMatchObject([
      { code: 'der/unexpected-tag', severity: 'error', subject: { name: 'CN=a.com' }, origin: { line: 60 } },
    ]);
  });

  test('malformed basic constraints make no CA', () => {
    const extensions = [makeExtension('2.5.29.19', integer(1))];
    const strange = certify({ subject: 'CN=x', san: ['a.com'], extensions });
    const { findings } = checkCertificates([strange, server], ['a.com'], first);
    expect(findings.map(({ code }) => code)).toEqual(['host/first-taken']);
  });

  test('no certificate is an error', () => {
    const { findings } = checkCertificates([], ['a.com'], all);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['host/no-certificate', 'error']]);
    expect(findings[0] && describeFinding(findings[0]).hint).toBeDefined();
  });
});
