/**
 * What will fail first, and when: the same question asked again at each instant at which something ends. Asking again,
 * rather than looking for the earliest date on the path, knows that another path or another CRL may take over.
 */
import type { Finding } from '../finding/finding.js';
import { Verifier, type VerifierInput, type VerifyCertificateInput, type VerifyCertificateResult } from '../verify.js';
import type { Certificate } from '../x509/certificate.js';
import { readCRLs, readCertificates, type CertificateInput } from './read-subjects.js';

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
  return forecastBy(new Verifier(input), input.certificate, horizon);
}

/** The same for one of many certificates. */
export function forecastBy(verifier: Verifier, certificate: CertificateInput, horizon: number): Forecast {
  const { input } = verifier;
  const until = new Date(input.at.getTime() + horizon);
  const own = readCertificates([certificate], 'certificate').objects;
  const common = findEnds(input);
  const ends = new Set([...common, ...own.map(endOf)]);
  const instants = [...ends].filter((end) => end > input.at.getTime() && end <= until.getTime()).sort((a, b) => a - b);
  for (const instant of instants) {
    const at = new Date(instant);
    // At its own end a certificate is alone; at the others thousands meet.
    const later = common.has(instant) ? verifier.askedAt(at) : new Verifier({ ...input, at });
    const result = later.verify(certificate);
    if (!result.ok) {
      const cause = result.findings.find(({ severity }) => severity === 'error');
      return { until, failure: { at, result, cause } };
    }
  }
  return { until };
}

/** The first second after a period; both of its bounds belong to it. */
function secondAfter(end: Date): number {
  return end.getTime() + 1000;
}

function endOf({ tbsCertificate }: Certificate): number {
  return secondAfter(tbsCertificate.validity.notAfter);
}

/** When what all certificates have in common ends, in milliseconds. */
function findEnds({ intermediates = [], trustAnchors, crls = [] }: VerifierInput): ReadonlySet<number> {
  const certificates = readCertificates([...intermediates, ...trustAnchors], 'certificate').objects;
  const lists = readCRLs(crls).objects;
  return new Set([
    ...certificates.map(endOf),
    ...lists.flatMap(({ tbsCertList: { nextUpdate } }) => (nextUpdate ? [secondAfter(nextUpdate)] : [])),
  ]);
}
