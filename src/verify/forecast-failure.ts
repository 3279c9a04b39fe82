/**
 * What will fail first, and when: the same question asked again at each instant at which something ends. Asking again,
 * rather than looking for the earliest date on the path, knows that another path or another CRL may take over.
 */
import type { Finding } from '../finding/finding.js';
import { verifyCertificate, type VerifyCertificateInput, type VerifyCertificateResult } from '../verify.js';
import { readCRLs, readCertificates } from './read-subjects.js';

export interface Forecast {
  /** The end of the horizon; it belongs to it. */
  readonly until: Date;
  /** Undefined where nothing fails until then. */
  readonly failure?: Failure;
}

export interface Failure {
  /** The first second at which the certificate is refused. */
  readonly at: Date;
  readonly result: VerifyCertificateResult;
  /** What it is refused for. */
  readonly cause: Finding | undefined;
}

/**
 * Says when a certificate that is accepted at `input.at` will be refused.
 *
 * @param horizon in milliseconds from `input.at`.
 * @returns the first failure after `at` and not after the horizon. What certificates, keys and CRLs will come until then
 * cannot be known: the answer is for those that are there.
 */
export function forecastFailure(input: VerifyCertificateInput, horizon: number): Forecast {
  const until = new Date(input.at.getTime() + horizon);
  for (const at of findEnds(input, until)) {
    const result = verifyCertificate({ ...input, at });
    if (!result.ok) {
      const cause = result.findings.find(({ severity }) => severity === 'error');
      return { until, failure: { at, result, cause } };
    }
  }
  return { until };
}

/** The first second after each period that ends within the horizon; both bounds of a period belong to it. */
function findEnds(
  { at, certificate, intermediates = [], trustAnchors, crls = [] }: VerifyCertificateInput,
  until: Date,
): Date[] {
  const certificates = readCertificates([certificate, ...intermediates, ...trustAnchors], 'certificate').objects;
  const ends = [
    ...certificates.map(({ tbsCertificate }) => tbsCertificate.validity.notAfter),
    ...readCRLs(crls).objects.flatMap(({ tbsCertList }) => tbsCertList.nextUpdate ?? []),
  ];
  const instants = new Set(ends.map((end) => end.getTime() + 1000));
  return [...instants]
    .filter((instant) => instant > at.getTime() && instant <= until.getTime())
    .sort((a, b) => a - b)
    .map((instant) => new Date(instant));
}
