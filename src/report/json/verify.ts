/** The `result` of `certwright verify --json`. */
import type { PathCandidate } from '../../path/validate-path.js';
import type { Verification } from '../../verify/verify-ahead.js';
import type { CertificateList } from '../../x509/crl.js';
import { summarizeCertificate } from './certificate.js';
import { summarizeCRL, viewVerdict } from './crl.js';
import { renderFinding } from './envelope.js';
import { renderTargetCheck } from './host.js';

function viewCandidate({ ok, path, anchor, findings, policies }: PathCandidate): object {
  return {
    ok,
    anchored: anchor !== undefined,
    path: path.map(summarizeCertificate),
    policies,
    findings: findings.map(renderFinding),
  };
}

function viewForecast({ forecast }: Verification): object {
  if (!forecast) return {};
  const { until, failure } = forecast;
  return {
    horizon: {
      until: until.toISOString(),
      ...(failure && { failsAt: failure.at.toISOString(), findings: failure.result.findings.map(renderFinding) }),
    },
  };
}

/** One certificate; in the verdicts on revocation, positions from 0 count over the CRLs in the order given. */
export function viewVerification(verification: Verification): object {
  const { input, result, findings } = verification;
  const { ok, certificate, path, candidates, policies, revocation, host } = result;
  return {
    ok,
    ...(certificate && { certificate: summarizeCertificate(certificate) }),
    profile: input.profile ?? 'rfc5280',
    purpose: input.purpose ?? 'any',
    anchored: candidates[0]?.anchor !== undefined,
    path: path.map(summarizeCertificate),
    policies,
    revocation: { scope: revocation.scope, checked: revocation.checked.map(viewVerdict) },
    ...(host && { host: renderTargetCheck(host) }),
    ...viewForecast(verification),
    findings: findings.map(renderFinding),
    candidates: candidates.map(viewCandidate),
  };
}

/** The whole result; with `streamed` the certificates have gone out one by one before it. */
export function viewVerifications(
  verifications: readonly Verification[],
  crls: readonly CertificateList[],
  streamed: boolean,
): object {
  return {
    verified: verifications.length,
    valid: verifications.filter(({ result }) => result.ok).length,
    ...(!streamed && { certificates: verifications.map(viewVerification) }),
    crls: crls.map(summarizeCRL),
  };
}
