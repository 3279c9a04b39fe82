import { describe, expect, it } from 'vitest';
import { forecastBy, forecastFailure } from '../../../src/verify/forecast-failure.js';
import { verifyAhead } from '../../../src/verify/verify-ahead.js';
import { Verifier } from '../../../src/verify.js';
import { asCRL, asCertificate } from '../../support/parsed.js';
import { issueCertificate, makeCRL, makeKeyPair } from '../../support/pki.js';

const at = new Date('2026-11-21');
const days = 86_400_000;
const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
const caKey = makeKeyPair();
const makeCA = (notAfter: string) =>
  issueCertificate(root, { subject: 'CN=CA', ca: true, key: caKey, notAfter: new Date(notAfter) });
const [shortCA, longCA] = [makeCA('2026-12-10T08:00:00Z'), makeCA('2040-01-01')];
const leaf = issueCertificate(shortCA, { subject: 'CN=leaf', notAfter: new Date('2027-01-05') });
const crlOf = (nextUpdate: string, crlNumber: number) =>
  asCRL(
    makeCRL({ issuer: 'CN=CA', issuerKey: caKey, crlNumber, nextUpdate: new Date(nextUpdate) }),
    `ca-${crlNumber}.crl`,
  );
const rootCRL = asCRL(makeCRL({ issuer: 'CN=Root', issuerKey: root.key }), 'root.crl');

const input = {
  certificate: asCertificate(leaf.certificate, 'leaf.pem'),
  intermediates: [asCertificate(shortCA.certificate, 'short.pem')],
  trustAnchors: [asCertificate(root.certificate, 'root.pem')],
  at,
};

describe('forecastFailure', () => {
  it('names the first second at which the certificate that ends first is too old', () => {
    const { failure, until } = forecastFailure(input, 90 * days);
    expect(until.toISOString()).toBe('2027-02-19T00:00:00.000Z');
    expect(failure?.at.toISOString()).toBe('2026-12-10T08:00:01.000Z');
    expect(failure?.cause).toMatchObject({ code: 'certificate/expired', origin: { file: 'short.pem' } });
  });

  it('knows that another path takes over', () => {
    const intermediates = [...input.intermediates, asCertificate(longCA.certificate, 'long.pem')];
    const { failure } = forecastFailure({ ...input, intermediates }, 90 * days);
    expect(failure?.at.toISOString()).toBe('2027-01-05T00:00:01.000Z');
    expect(failure?.cause).toMatchObject({ code: 'certificate/expired', origin: { file: 'leaf.pem' } });
  });

  it('knows that a CRL gets stale before any certificate does', () => {
    const { failure } = forecastFailure({ ...input, crls: [crlOf('2026-11-28', 1), rootCRL] }, 90 * days);
    expect(failure?.at.toISOString()).toBe('2026-11-28T00:00:01.000Z');
    expect(failure?.cause).toMatchObject({ code: 'crl/stale', origin: { file: 'ca-1.crl' } });
  });

  it('has nothing to say where all holds until the last instant of the horizon', () => {
    const end = new Date('2026-12-10T08:00:00Z').getTime() - at.getTime();
    expect(forecastFailure(input, end)).toEqual({ until: new Date('2026-12-10T08:00:00Z') });
    expect(forecastFailure(input, end + 1000).failure).toBeDefined();
  });
});

describe('forecastBy', () => {
  it('says of each of many certificates what a forecast of its own says', () => {
    const others = ['2026-12-01', '2026-12-10T08:00:00Z', '2028-01-01'].map((notAfter) =>
      asCertificate(
        issueCertificate(shortCA, { subject: 'CN=other', notAfter: new Date(notAfter) }).certificate,
        `${notAfter}.pem`,
      ),
    );
    for (const crls of [
      [],
      [crlOf('2026-12-05', 1), rootCRL],
      [crlOf('2026-12-05', 1), crlOf('2027-01-01', 2), rootCRL],
    ]) {
      const verifier = new Verifier({ ...input, crls });
      for (const certificate of [input.certificate, ...others, input.certificate]) {
        const alone = forecastFailure({ ...input, crls, certificate }, 90 * days);
        expect(alone.failure).toBeDefined();
        expect(forecastBy(verifier, certificate, 90 * days)).toEqual(alone);
      }
    }
  });
});

describe('verifyAhead', () => {
  it('warns of what fails within the horizon, and only then', () => {
    const { findings } = verifyAhead(new Verifier(input), input.certificate, 90 * days);
    expect(findings.at(-1)).toMatchObject({
      code: 'verify/fails-soon',
      severity: 'warning',
      origin: { file: 'leaf.pem' },
      params: { failsAt: '2026-12-10T08:00:01.000Z', cause: 'certificate/expired', object: 'CN=CA' },
    });
    expect(verifyAhead(new Verifier(input), input.certificate, 10 * days).findings).toEqual([]);
    expect(verifyAhead(new Verifier(input), input.certificate, undefined).forecast).toBeUndefined();
  });

  it('does not look ahead of a certificate that is refused now', () => {
    const refused = verifyAhead(new Verifier({ ...input, trustAnchors: [] }), input.certificate, 90 * days);
    expect(refused.result.ok).toBe(false);
    expect(refused.forecast).toBeUndefined();
  });
});
