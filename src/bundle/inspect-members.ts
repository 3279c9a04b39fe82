/** What is to be said of the certificates that stand in a bundle, whoever put them there. */
import { entityKey } from '../chain/find-paths.js';
import { isValidAt } from '../chain/assess-path.js';
import { explainValidity } from '../chain/explain-chain.js';
import type { Pile } from '../chain/pile.js';
import { findWeakness } from '../crypto/strength.js';
import { createFinding, type ParamsOf } from '../finding/catalogue.js';
import type { Finding, Severity } from '../finding/finding.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { groupBy } from '../x509/group-by.js';
import { nameCertificate } from '../x509/naming.js';
import { findLookAlikes } from './look-alikes.js';
import { findMissingRoots } from './missing-roots.js';
import { describeRole, type BundleRole } from './role.js';

export interface Members {
  readonly roots: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  /** Kept although they are no CAs. */
  readonly others: readonly Certificate[];
}

/** Sorts certificates by their role; the order among each is kept. */
export function groupByRole(
  certificates: readonly Certificate[],
  roleOf: (certificate: Certificate) => BundleRole,
): Members {
  const members = { roots: [] as Certificate[], intermediates: [] as Certificate[], others: [] as Certificate[] };
  const places = { root: members.roots, intermediate: members.intermediates, 'not-a-ca': members.others };
  for (const certificate of certificates) places[roleOf(certificate).role].push(certificate);
  return members;
}

/** Each certificate's role, judged once. */
export function makeRoleIndex(pile: Pick<Pile, 'index'>): (certificate: Certificate) => BundleRole {
  const known = new Map<Certificate, BundleRole>();
  return (certificate) => {
    const role = known.get(certificate) ?? describeRole(certificate, pile);
    known.set(certificate, role);
    return role;
  };
}

export function explainNotCA(
  certificate: Certificate,
  role: Extract<BundleRole, { role: 'not-a-ca' }>,
  treatment: ParamsOf<'bundle/not-a-ca'>['treatment'],
): Finding {
  const params = { reason: role.reason, selfSigned: role.selfSigned, treatment };
  return createFinding('bundle/not-a-ca', subjectOf(certificate), params, { origin: certificate.origin });
}

/** For a certificate that is not valid: the one of the same name and key that is, if there is one. */
export function makeSuccessorIndex(
  certificates: readonly Certificate[],
  at: Date,
): (certificate: Certificate) => Certificate | undefined {
  const valid = groupBy(
    certificates.filter((certificate) => isValidAt(certificate, at)),
    entityKey,
  );
  return (certificate) => valid.get(entityKey(certificate))?.[0];
}

function explainDates(certificate: Certificate, at: Date, severity: Severity): Finding[] {
  return explainValidity(certificate, at).map((finding) => ({ ...finding, severity }));
}

/** How bad what does not serve is: a warning while a bundle is made, an error when it is asked whether one is fit. */
export interface InspectionSeverities {
  readonly rootMissing: Severity;
  readonly expired: Severity;
}

/**
 * Findings about members in their order: dates, weak keys and signatures; then what they lack and who resembles whom.
 * Who is expired beside a valid certificate of its name and key does no harm (OpenSSL takes the valid one): a warning.
 */
export function inspectMembers(
  members: Members,
  pile: Pick<Pile, 'index'>,
  at: Date,
  { rootMissing, expired }: InspectionSeverities,
): Finding[] {
  const certificates = [...members.roots, ...members.intermediates, ...members.others];
  const successorOf = makeSuccessorIndex(certificates, at);
  const single = certificates.flatMap((certificate) => {
    const isExpired = at > certificate.tbsCertificate.validity.notAfter;
    const severity = isExpired && !successorOf(certificate) ? expired : 'warning';
    return [...explainDates(certificate, at, severity), ...findWeakness(certificate)];
  });
  const missing = findMissingRoots(members.intermediates, members.roots, pile.index);
  return [
    ...single,
    ...missing.map((finding) => ({ ...finding, severity: rootMissing })),
    ...findLookAlikes([...members.roots, ...members.intermediates]),
  ];
}

/** `CN=… (file:line)` of the successor, for a finding. */
export function nameSuccessor(successor: Certificate | undefined): string | undefined {
  return successor && nameCertificate(successor);
}
