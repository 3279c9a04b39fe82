/** One certificate verified now and, where that is asked, until a horizon. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import type { Verifier, VerifierInput, VerifyCertificateResult } from '../verify.js';
import { subjectOf } from '../x509/certificate.js';
import { forecastBy, type Forecast } from './forecast-failure.js';
import type { CertificateInput } from './read-subjects.js';

export interface Verification {
  readonly input: VerifierInput;
  readonly result: VerifyCertificateResult;
  /** Absent where none was asked for, or where the certificate is refused already. */
  readonly forecast?: Forecast;
  /** Those of the result, and `verify/fails-soon` where the forecast is a failure. */
  readonly findings: readonly Finding[];
}

/** @param horizon in milliseconds; undefined asks about the verifier's instant alone. */
export function verifyAhead(
  verifier: Verifier,
  certificate: CertificateInput,
  horizon: number | undefined,
): Verification {
  const { input } = verifier;
  const result = verifier.verify(certificate);
  if (horizon === undefined || !result.ok) return { input, result, findings: result.findings };
  const forecast = forecastBy(verifier, certificate, horizon);
  return { input, result, forecast, findings: [...result.findings, ...explainForecast(input, result, forecast)] };
}

function explainForecast(
  { at }: VerifierInput,
  { certificate }: VerifyCertificateResult,
  { failure }: Forecast,
): Finding[] {
  if (!failure || !certificate) return [];
  const params = {
    failsAt: failure.at.toISOString(),
    at: at.toISOString(),
    cause: failure.cause?.code ?? '',
    object: failure.cause?.subject.name ?? '',
  };
  return [createFinding('verify/fails-soon', subjectOf(certificate), params, { origin: certificate.origin })];
}
