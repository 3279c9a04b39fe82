/**
 * NIST PKITS under the profile `rfc5280`: all 249 cases with their CRLs, and those whose verdict does not hang on a CRL
 * without any; each once with what belongs to the case, and once as a search through everything of the suite.
 */
import { describe, expect, it } from 'vitest';
import { validatePath, type PathResult, type PathSubject } from '../../src/path/validate-path.js';
import { verifyCertificate, type VerifyCertificateResult } from '../../src/verify.js';
import { parseCertificate, type Certificate } from '../../src/x509/certificate.js';
import { parseCRL, type CertificateList } from '../../src/x509/crl.js';
import { conformance, pkitsCases, readConformanceFile, type PkitsCase } from '../support/conformance.js';
import { expectOutcome } from '../support/exceptions.js';

const at = new Date('2026-11-21T00:00:00Z');
const everyCase = pkitsCases();
const cases = everyCase.filter(({ crlSensitive }) => !crlSensitive);

const parsed = new Map<string, Certificate>();
function read(file: string): Certificate {
  let certificate = parsed.get(file);
  if (!certificate)
    parsed.set(file, (certificate = parseCertificate(readConformanceFile(`pkits/certs/${file}`), { file })));
  return certificate;
}

function validate(subject: PathSubject, { path, settings }: PkitsCase): PathResult {
  const [anchor] = path;
  return validatePath(subject, {
    trustAnchors: anchor === undefined ? [] : [read(anchor)],
    at,
    initialPolicySet: settings.initialPolicySet,
    requireExplicitPolicy: settings.initialExplicitPolicy,
    inhibitPolicyMapping: settings.initialPolicyMappingInhibit,
    inhibitAnyPolicy: settings.initialInhibitAnyPolicy,
  });
}

const verdict = (ok: boolean): string => (ok ? 'valid' : 'invalid');

describe(`NIST PKITS without CRLs${conformance.reason}`, () => {
  it.skipIf(!conformance.available)('has 203 of its 249 cases that do not hang on a CRL', () => {
    expect(everyCase).toHaveLength(249);
    expect(cases).toHaveLength(203);
  });

  it.each(cases)('$id $name as given', (test) => {
    const result = validate({ path: test.path.map(read).reverse() }, test);
    expectOutcome(`pkits/${test.id}`, verdict(result.ok), verdict(test.expected));
    expect(result.candidates).toHaveLength(1);
    // The set is what the policies alone give, also where something else refuses the path.
    expect(result.candidates[0]?.policies).toEqual(test.expectedUserConstrainedPolicySet);
    expect(result.policies).toEqual(result.ok ? test.expectedUserConstrainedPolicySet : []);
  });

  it.each(cases)('$id $name found in a pool', (test) => {
    const pool = [...new Set(everyCase.flatMap(({ certs }) => certs))].map(read);
    const [target] = test.path.toReversed();
    if (target === undefined) throw new Error('a path without certificates');
    const result = validate({ certificate: read(target), pool }, test);
    expectOutcome(`pkits/${test.id}`, verdict(result.ok), verdict(test.expected));
    if (result.ok) expect(result.policies).toEqual(test.expectedUserConstrainedPolicySet);
  });
});

const parsedCRLs = new Map<string, CertificateList>();
function readCRL(file: string): CertificateList {
  let crl = parsedCRLs.get(file);
  if (!crl) parsedCRLs.set(file, (crl = parseCRL(readConformanceFile(`pkits/crls/${file}`), { file })));
  return crl;
}

function verify(test: PkitsCase, certs: readonly string[], crls: readonly string[]): VerifyCertificateResult {
  const { path, settings } = test;
  const [anchor, target] = [path[0], path.at(-1)];
  if (anchor === undefined || target === undefined) throw new Error('a path without certificates');
  return verifyCertificate({
    certificate: read(target),
    intermediates: certs.map(read),
    trustAnchors: [read(anchor)],
    crls: crls.map(readCRL),
    at,
    initialPolicySet: settings.initialPolicySet,
    requireExplicitPolicy: settings.initialExplicitPolicy,
    inhibitPolicyMapping: settings.initialPolicyMappingInhibit,
    inhibitAnyPolicy: settings.initialInhibitAnyPolicy,
  });
}

/** A refusal has an error, an acceptance has none but the policies that NIST says come out. */
function expectVerdict(test: PkitsCase, result: VerifyCertificateResult): void {
  expectOutcome(`pkits/${test.id}`, verdict(result.ok), verdict(test.expected));
  expect(result.findings[0]?.severity === 'error').toBe(!result.ok);
  expect(result.policies).toEqual(result.ok ? test.expectedUserConstrainedPolicySet : []);
}

describe(`NIST PKITS with CRLs${conformance.reason}`, () => {
  const [certs, crls] = (['certs', 'crls'] as const).map((kind) => [
    ...new Set(everyCase.flatMap((test) => test[kind])),
  ]);

  it.each(everyCase)('$id $name', (test) => {
    expectVerdict(test, verify(test, test.certs, test.crls));
  });

  it.each(everyCase)('$id $name among all certificates and CRLs of the suite', (test) => {
    expectVerdict(test, verify(test, certs ?? [], crls ?? []));
  });

  it.each(everyCase.filter(({ crlSensitive }) => crlSensitive))('$id $name is refused for its revocation', (test) => {
    const { findings, candidates } = verify(test, test.certs, test.crls);
    expect(findings[0]?.code).toMatch(/^crl\//);
    expect(candidates.flatMap((candidate) => candidate.findings.slice(0, 1)).map(({ code }) => code)).toEqual(
      candidates.map(() => expect.stringMatching(/^crl\//) as string),
    );
  });
});
