/** NIST PKITS as questions: to certwright in whole, CRLs included, and to openssl. */
import type { PathOptions } from '../../src/path/path-inputs.js';
import { verifyCertificate, type VerifierInput, type VerifyCertificateResult } from '../../src/verify.js';
import { parseCertificate, type Certificate } from '../../src/x509/certificate.js';
import { parseCRL, type CertificateList, type WholeCRL } from '../../src/x509/crl.js';
import { readConformanceFile, type PkitsCase } from '../support/conformance.js';
import type { OpensslQuestion } from '../support/openssl-verify.js';

/** The suite is valid from 2010 to 2030. */
const pkitsInstant = new Date('2026-11-21T00:00:00Z');

const certificates = new Map<string, Certificate>();
const lists = new Map<string, WholeCRL>();

function remember<T>(known: Map<string, T>, file: string, read: () => T): T {
  const value = known.get(file) ?? read();
  known.set(file, value);
  return value;
}

/** A certificate of the suite; its file is its origin. */
export function readPkitsCertificate(file: string): Certificate {
  return remember(certificates, file, () => parseCertificate(readConformanceFile(`pkits/certs/${file}`), { file }));
}

function readPkitsCRL(file: string): WholeCRL {
  return remember(lists, file, () => parseCRL(readConformanceFile(`pkits/crls/${file}`), { file }));
}

/** The initial inputs of a case, RFC 5280 6.1.1 (c) and (e) to (g), and the instant. */
export function pkitsInputs({ settings }: PkitsCase): Omit<PathOptions, 'trustAnchors'> {
  return {
    at: pkitsInstant,
    initialPolicySet: settings.initialPolicySet,
    requireExplicitPolicy: settings.initialExplicitPolicy,
    inhibitPolicyMapping: settings.initialPolicyMappingInhibit,
    inhibitAnyPolicy: settings.initialInhibitAnyPolicy,
  };
}

interface Roles {
  readonly target: string;
  readonly anchor: string;
  readonly pool: readonly string[];
}

function assignRoles({ certs, path, auxCerts }: PkitsCase): Roles {
  const [anchor] = path;
  const target = path.at(-1);
  if (anchor === undefined || target === undefined) throw new Error('a case without certificates');
  const pool = new Set([...certs, ...auxCerts].filter((file) => file !== target && file !== anchor));
  return { target, anchor, pool: [...pool] };
}

/** The case as NIST means it: a path has to be found, and every certificate on it must not be revoked. */
export function judgePkitsCase(
  test: PkitsCase,
  crls: readonly CertificateList[] = test.crls.map(readPkitsCRL),
): VerifyCertificateResult {
  const { target, anchor, pool } = assignRoles(test);
  return verifyCertificate({
    ...pkitsInputs(test),
    certificate: readPkitsCertificate(target),
    intermediates: pool.map(readPkitsCertificate),
    trustAnchors: [readPkitsCertificate(anchor)],
    crls,
    revocation: 'chain',
  });
}

export function askPkitsCase(test: PkitsCase, revocation: 'off' | 'chain'): OpensslQuestion {
  const { target, anchor, pool } = assignRoles(test);
  return {
    ...pkitsInputs(test),
    targets: [readPkitsCertificate(target).der],
    pool: pool.map((file) => readPkitsCertificate(file).der),
    trusted: [readPkitsCertificate(anchor).der],
    revocation,
    crls: revocation === 'off' ? [] : test.crls.map((file) => readPkitsCRL(file).der),
  };
}

/** The whole suite as one pile: every end entity, and everything that any case has. */
export function gatherPkits(tests: readonly PkitsCase[]): VerifierInput & { readonly targets: readonly Certificate[] } {
  const roles = tests.map(assignRoles);
  const read = (files: readonly string[]): Certificate[] => [...new Set(files)].map(readPkitsCertificate);
  return {
    targets: read(roles.map(({ target }) => target)),
    intermediates: read(roles.flatMap(({ pool }) => pool)),
    trustAnchors: read(roles.map(({ anchor }) => anchor)),
    crls: [...new Set(tests.flatMap(({ crls }) => crls))].map(readPkitsCRL),
    at: pkitsInstant,
    revocation: 'chain',
  };
}
