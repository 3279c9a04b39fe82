/** Warns where a `good` rests on CRLs that RFC 5280 knows how to read and OpenSSL 3.0 does not, or only when asked to. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { subjectOfCRL, type CertificateList } from '../x509/crl.js';
import { shortName } from '../x509/name.js';
import type { Departure } from './consider-crl.js';
import type { RevocationVerdict } from './judge-revocation.js';

/** What X509_V_FLAG_EXTENDED_CRL_SUPPORT is for: without it OpenSSL 3.0 passes over such CRLs. */
const extended = ['indirect', 'partial-reasons', 'signer-outside-path'] as const;

/** One finding for each CRL and kind of departure, with the certificates whose status rests on it. */
export function explainDepartures(verdicts: readonly RevocationVerdict[]): Finding[] {
  const resting = new Map<CertificateList, Map<Departure, Set<string>>>();
  for (const verdict of verdicts.flatMap(withSigners)) {
    for (const { crl, departures } of verdict.considered) {
      departures?.forEach((departure) => {
        note(resting, crl, departure, verdict);
      });
    }
  }
  return Array.from(resting, ([crl, byDeparture]) => explainCRL(crl, byDeparture)).flat();
}

/** The verdict, and those on the signers that it rests on where it departs itself. */
function withSigners(verdict: RevocationVerdict): RevocationVerdict[] {
  const departs = verdict.considered.some(({ departures }) => departures);
  const signers = departs ? (verdict.signers ?? []) : [];
  return [verdict, ...signers.flatMap((signer) => (signer.assessment.accepted ? signer.verdicts : []))];
}

function note(
  resting: Map<CertificateList, Map<Departure, Set<string>>>,
  crl: CertificateList,
  departure: Departure,
  { certificate }: RevocationVerdict,
): void {
  const byDeparture = resting.get(crl) ?? new Map<Departure, Set<string>>();
  resting.set(crl, byDeparture);
  const names = byDeparture.get(departure) ?? new Set<string>();
  byDeparture.set(departure, names.add(shortName(certificate.tbsCertificate.subject)));
}

function explainCRL(crl: CertificateList, byDeparture: ReadonlyMap<Departure, ReadonlySet<string>>): Finding[] {
  const subject = subjectOfCRL(crl);
  const place = { origin: crl.origin };
  const certificatesOf = (...kinds: readonly Departure[]): string[] => [
    ...new Set(kinds.flatMap((kind) => [...(byDeparture.get(kind) ?? [])])),
  ];
  const features = extended.filter((kind) => byDeparture.has(kind));
  const findings =
    features.length > 0
      ? [
          createFinding(
            'crl/extended-support-needed',
            subject,
            { certificates: certificatesOf(...features), features },
            place,
          ),
        ]
      : [];
  for (const [kind, code] of [
    ['vouches-for-itself', 'crl/signer-vouches-for-itself'],
    ['issuer-as-distribution-point', 'crl/issuer-as-distribution-point'],
    ['later-distribution-points', 'crl/later-distribution-points'],
  ] as const) {
    const certificates = certificatesOf(kind);
    if (certificates.length > 0) findings.push(createFinding(code, subject, { certificates }, place));
  }
  return findings;
}
