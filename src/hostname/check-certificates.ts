/** The targets of one run against the certificates of one input: which certificate counts, and every check. */
import type { OnProgress } from '../chain/issuer-index.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';
import { checkTarget, type TargetCheck } from './check-target.js';
import { presentedIdentity, type PresentedIdentity } from './presented-identity.js';
import type { HostProfile } from './verdict.js';

export interface CheckCertificatesOptions {
  readonly profile: HostProfile;
  /** first: the first certificate is the server's own, as OpenSSL takes it · all: each is checked. */
  readonly which: 'first' | 'all';
  /** Told of how many certificates have been checked. */
  readonly onProgress?: OnProgress | undefined;
}

interface CertificateCheck {
  readonly certificate: Certificate;
  /** Undefined where its names are malformed: then nothing matches. */
  readonly identity: PresentedIdentity | undefined;
  /** One for each target, in their order; none where the names are malformed. */
  readonly checks: readonly TargetCheck[];
}

export interface CertificatesCheck {
  readonly checked: readonly CertificateCheck[];
  readonly notChecked: readonly Certificate[];
  /** What was said of targets and names, and which certificate was taken. */
  readonly findings: readonly Finding[];
}

function isCA({ tbsCertificate }: Certificate): boolean {
  try {
    return tbsCertificate.extensions.get(basicConstraints)?.cA ?? false;
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    return false;
  }
}

function readIdentity(certificate: Certificate): PresentedIdentity | MalformedInputError {
  try {
    return presentedIdentity(certificate);
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    return error.at(certificate.origin);
  }
}

/** Says which certificate was taken for the server's own, and when that is likely not it. */
function reportChoice(taken: Certificate, others: readonly Certificate[]): Finding[] {
  const { origin } = taken;
  const subject = subjectOf(taken);
  const names = others.map((certificate) => subjectOf(certificate).name);
  const endEntity = others.findIndex((certificate) => !isCA(certificate));
  if (isCA(taken) && endEntity >= 0) {
    const params = { endEntity: names[endEntity] ?? '', others: names };
    return [createFinding('host/first-is-ca', subject, params, { origin })];
  }
  return others.length === 0 ? [] : [createFinding('host/first-taken', subject, { others: names }, { origin })];
}

/**
 * Checks every target against the first certificate or against each (see `checkTarget`).
 *
 * @param certificates in the order of the input. Without any there is the error `host/no-certificate`; malformed names
 * are an error `der/…` and match nothing. Never throws.
 */
export function checkCertificates(
  certificates: readonly Certificate[],
  targets: readonly string[],
  { profile, which, onProgress }: CheckCertificatesOptions,
): CertificatesCheck {
  const [first, ...others] = certificates;
  if (!first) {
    const finding = createFinding('host/no-certificate', { kind: 'certificate', name: 'no certificate' }, {});
    return { checked: [], notChecked: [], findings: [finding] };
  }
  const taken = which === 'all' ? certificates : [first];
  const findings = which === 'all' ? [] : reportChoice(first, others);
  const checked = taken.map((certificate, position): CertificateCheck => {
    onProgress?.(position + 1, taken.length);
    const identity = readIdentity(certificate);
    if (identity instanceof MalformedInputError) {
      findings.push(identity.toFinding(subjectOf(certificate)));
      return { certificate, identity: undefined, checks: [] };
    }
    const checks = targets.map((target) => checkTarget(identity, target, profile));
    findings.push(...checks.flatMap((check) => check.findings));
    return { certificate, identity, checks };
  });
  return { checked, notChecked: which === 'all' ? [] : others, findings };
}
