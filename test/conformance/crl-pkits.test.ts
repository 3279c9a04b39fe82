/**
 * NIST PKITS as far as CRLs decide: sections 4.4, 4.5, 4.14 and 4.15, and every other case that passes when CRLs are ignored.
 * `crl-pkits.json` lists what comes out of each case: the worst status on the path, the errors, and of a refused one the
 * certificate or CRL that the first error is about. Whatever differs fails, for the better too; a reason stands where the
 * case is not decided by its CRLs.
 */
import { describe, expect, it } from 'vitest';
import { checkCertificates } from '../../src/revocation/check-certificates.js';
import { checkRevocation, type RevocationResult } from '../../src/revocation/check-revocation.js';
import type { RevocationStatus } from '../../src/revocation/judge-revocation.js';
import { parseCertificate, type Certificate } from '../../src/x509/certificate.js';
import { parseCRL, type WholeCRL } from '../../src/x509/crl.js';
import { conformance, pkitsCases, readConformanceFile, type PkitsCase } from '../support/conformance.js';
import listed from './crl-pkits.json' with { type: 'json' };

interface Outcome {
  readonly case: string;
  readonly expected: boolean;
  /** The worst status on the path. */
  readonly status: RevocationStatus;
  /** The errors that were found. */
  readonly codes: readonly string[];
  /** The file that the first error is about. */
  readonly about?: string;
  /** Why a valid path is not good, or why an invalid one may be. */
  readonly reason?: string;
}

const at = new Date('2026-11-21');
const sections = ['4.4', '4.5', '4.14', '4.15'];
const outcomes: readonly Outcome[] = listed as Outcome[];
const cases = pkitsCases().filter(({ section, crlSensitive }) => sections.includes(section) || crlSensitive);

function readCertificates(files: readonly string[]): Certificate[] {
  return files.map((file) => parseCertificate(readConformanceFile(`pkits/certs/${file}`), { file }));
}

function readCRLs(files: readonly string[]): WholeCRL[] {
  return files.map((file) => parseCRL(readConformanceFile(`pkits/crls/${file}`), { file }));
}

function worstOf(statuses: readonly RevocationStatus[]): RevocationStatus {
  return (['revoked', 'unknown'] as const).find((worst) => statuses.includes(worst)) ?? 'good';
}

function judge({ id, path, auxCerts, crls, expected }: PkitsCase): Outcome {
  const { checked, findings } = checkCertificates({
    certificates: readCertificates(path),
    issuers: readCertificates(auxCerts),
    crls: readCRLs(crls),
    at,
    scope: 'chain',
  });
  const errors = findings.filter(({ severity }) => severity === 'error');
  const about = errors[0]?.origin?.file;
  const codes = [...new Set(errors.map(({ code }) => code))].sort();
  return { case: id, expected, status: worstOf(checked.map(({ status }) => status)), codes, ...(about && { about }) };
}

/** Every certificate of the path but the anchor, each with its path as a path validation would hand it over. */
function judgeOneByOne({ path, auxCerts, crls }: PkitsCase): RevocationResult[] {
  const certificates = readCertificates(path).reverse();
  const signers = readCertificates([...auxCerts, ...path]);
  const lists = readCRLs(crls);
  return certificates.slice(0, -1).map((certificate, position) => {
    const [issuer = certificate, ...issuerPath] = certificates.slice(position + 1);
    return checkRevocation({ certificate, issuer, issuerPath, signers, crls: lists, at });
  });
}

describe(`CRLs on NIST PKITS${conformance.reason}`, () => {
  it.skipIf(!conformance.available)('every case is listed, none twice', () => {
    expect(outcomes.map((outcome) => outcome.case)).toEqual(cases.map(({ id }) => id));
    expect(cases.length).toBe(76);
    expect(cases.filter(({ section }) => sections.includes(section)).length).toBe(74);
  });

  it.each(cases)('$id $name comes out as listed', (pkitsCase) => {
    const known = outcomes.find((outcome) => outcome.case === pkitsCase.id);
    expect({ ...judge(pkitsCase), ...(known?.reason && { reason: known.reason }) }).toEqual(known);
  });

  it.each(cases)('$id $name comes out the same certificate by certificate', (pkitsCase) => {
    const known = outcomes.find((outcome) => outcome.case === pkitsCase.id);
    const results = judgeOneByOne(pkitsCase);
    expect(worstOf(results.map(({ status }) => status))).toBe(known?.status);
    for (const { status, findings } of results) {
      expect(findings.some(({ severity }) => severity === 'error')).toBe(status !== 'good');
    }
  });

  it.each(cases.filter(({ crlSensitive }) => crlSensitive))('$id $name is never good', (pkitsCase) => {
    expect(judge(pkitsCase).status).not.toBe('good');
  });

  it.each(cases.filter(({ expected }) => expected))('$id $name is good', (pkitsCase) => {
    expect(judge(pkitsCase).status).toBe('good');
  });

  it.skipIf(!conformance.available)(
    'all 74 cases of the four sections are as NIST expects, but for what has a reason',
    () => {
      for (const { expected, status, reason } of outcomes) {
        if (expected !== (status === 'good')) expect(reason).toBeTruthy();
        else expect(reason).toBeUndefined();
      }
      expect(outcomes.filter(({ reason }) => reason).map((outcome) => outcome.case)).toEqual(['4.5.8']);
    },
  );

  const inherited = pkitsCases().filter(({ id }) => id === '4.1.5');
  it.each(inherited)('$id $name: the key that signed the CRL inherits its DSA parameters', (pkitsCase) => {
    expect(judge(pkitsCase)).toMatchObject({ status: 'good', codes: [] });
  });
});
