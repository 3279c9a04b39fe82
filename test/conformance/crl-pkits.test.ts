/**
 * NIST PKITS as far as CRLs decide: sections 4.4, 4.5, 4.14 and 4.15, and every other case that passes when CRLs are ignored.
 * `crl-pkits.json` lists what comes out of each case, and why a valid one is not good yet; whatever differs fails, for the
 * better too.
 */
import { describe, expect, it } from 'vitest';
import { checkCertificates } from '../../src/revocation/check-certificates.js';
import type { RevocationStatus } from '../../src/revocation/judge-revocation.js';
import { parseCertificate, type Certificate } from '../../src/x509/certificate.js';
import { parseCRL } from '../../src/x509/crl.js';
import { conformance, pkitsCases, readConformanceFile, type PkitsCase } from '../support/conformance.js';
import listed from './crl-pkits.json' with { type: 'json' };

interface Outcome {
  readonly case: string;
  readonly expected: boolean;
  /** The worst status on the path. */
  readonly status: RevocationStatus;
  /** The errors that were found. */
  readonly codes: readonly string[];
  /** Why a valid path is not good, or why an invalid one may be. */
  readonly reason?: string;
}

const at = new Date('2026-11-21');
const outcomes: readonly Outcome[] = listed as Outcome[];
const cases = pkitsCases().filter(
  ({ section, crlSensitive }) => ['4.4', '4.5', '4.14', '4.15'].includes(section) || crlSensitive,
);

function readCertificates(files: readonly string[]): Certificate[] {
  return files.map((file) => parseCertificate(readConformanceFile(`pkits/certs/${file}`), { file }));
}

function judge({ id, path, auxCerts, crls, expected }: PkitsCase): Outcome {
  const { checked, findings } = checkCertificates({
    certificates: readCertificates(path),
    issuers: readCertificates(auxCerts),
    crls: crls.map((file) => parseCRL(readConformanceFile(`pkits/crls/${file}`), { file })),
    at,
    scope: 'chain',
  });
  const statuses = checked.map(({ status }) => status);
  const status = (['revoked', 'unknown'] as const).find((worst) => statuses.includes(worst)) ?? 'good';
  const codes = new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code));
  return { case: id, expected, status, codes: [...codes].sort() };
}

describe(`CRLs on NIST PKITS${conformance.reason}`, () => {
  it.skipIf(!conformance.available)('every case is listed, none twice', () => {
    expect(outcomes.map((outcome) => outcome.case)).toEqual(cases.map(({ id }) => id));
    expect(cases.length).toBe(76);
  });

  it.each(cases)('$id $name comes out as listed', (pkitsCase) => {
    const known = outcomes.find((outcome) => outcome.case === pkitsCase.id);
    expect({ ...judge(pkitsCase), ...(known?.reason && { reason: known.reason }) }).toEqual(known);
  });

  it.each(cases.filter(({ crlSensitive }) => crlSensitive))('$id $name is never good', (pkitsCase) => {
    expect(judge(pkitsCase).status).not.toBe('good');
  });

  it.each(cases.filter(({ expected }) => expected))('$id $name is never revoked', (pkitsCase) => {
    expect(judge(pkitsCase).status).not.toBe('revoked');
  });

  it('what is not as NIST expects has a reason', () => {
    for (const { expected, status, reason } of outcomes) {
      if (expected !== (status === 'good')) expect(reason).toBeTruthy();
      else expect(reason).toBeUndefined();
    }
  });
});
