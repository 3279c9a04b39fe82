/** Sifts certificates on their way into a bundle: what stays out, with its reason, and the finding that says so. */
import type { Duplicate, Pile } from '../chain/pile.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { nameCertificate } from '../x509/naming.js';
import { explainNotCA, makeSuccessorIndex, nameSuccessor } from './inspect-members.js';
import type { BundleRole } from './role.js';

/** keep: in the bundle, with a warning · drop: left out · fail: an error, so that nothing is written. */
export type ExpiredPolicy = 'keep' | 'drop' | 'fail';

export type BundleLeftOutReason = 'malformed' | 'duplicate' | 'not-a-ca' | 'expired';

export interface BundleLeftOut {
  readonly certificate: Certificate;
  readonly reason: BundleLeftOutReason;
}

export interface Sifted {
  readonly kept: readonly Certificate[];
  readonly leftOut: readonly BundleLeftOut[];
  readonly findings: readonly Finding[];
}

/** Keeps CAs, and with `allow` everything; either way what is no CA is told. */
export function siftNonCAs(
  certificates: readonly Certificate[],
  roleOf: (certificate: Certificate) => BundleRole,
  policy: 'deny' | 'allow',
): Sifted {
  const kept: Certificate[] = [];
  const leftOut: BundleLeftOut[] = [];
  const findings: Finding[] = [];
  for (const certificate of certificates) {
    const role = roleOf(certificate);
    const denied = role.role === 'not-a-ca' && policy === 'deny';
    if (role.role === 'not-a-ca') findings.push(explainNotCA(certificate, role, denied ? 'left-out' : 'kept'));
    if (denied) leftOut.push({ certificate, reason: 'not-a-ca' });
    else kept.push(certificate);
  }
  return { kept, leftOut, findings };
}

/** Keeps what has not expired. */
export function siftExpired(certificates: readonly Certificate[], at: Date): Sifted {
  const successorOf = makeSuccessorIndex(certificates, at);
  const kept: Certificate[] = [];
  const leftOut: BundleLeftOut[] = [];
  const findings: Finding[] = [];
  for (const certificate of certificates) {
    const { notAfter } = certificate.tbsCertificate.validity;
    if (at <= notAfter) {
      kept.push(certificate);
      continue;
    }
    const successor = nameSuccessor(successorOf(certificate));
    const params = { notAfter: notAfter.toISOString(), at: at.toISOString(), successor };
    leftOut.push({ certificate, reason: 'expired' });
    const place = { origin: certificate.origin, severity: successor === undefined ? undefined : ('info' as const) };
    findings.push(createFinding('bundle/expired-left-out', subjectOf(certificate), params, place));
  }
  return { kept, leftOut, findings };
}

export function explainDuplicates(duplicates: readonly Duplicate[], treatment: 'left-out' | 'found'): Finding[] {
  return duplicates.map(({ certificate, first }) => {
    const params = { first: nameCertificate(first), treatment };
    return createFinding('bundle/duplicate', subjectOf(certificate), params, { origin: certificate.origin });
  });
}

/** What the gate of `buildPile` kept out. */
export function leaveOutOfPile({ malformed, duplicates }: Pile): BundleLeftOut[] {
  return [
    ...malformed.map((certificate): BundleLeftOut => ({ certificate, reason: 'malformed' })),
    ...duplicates.map(({ certificate }): BundleLeftOut => ({ certificate, reason: 'duplicate' })),
  ];
}

/** What is left out does no harm in the bundle: a warning, like the others. */
export function softenMalformed(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, severity: 'warning' }));
}
