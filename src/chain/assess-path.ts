/** Says of each path what speaks for and against it, and which of several is best. */
import { fingerprint } from '../crypto/fingerprint.js';
import { equalCertificates, type Certificate } from '../x509/certificate.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';
import { keyUsage } from '../x509/extensions/key-usage.js';
import type { CandidatePath } from './find-paths.js';
import { isCA } from './find-leaves.js';
import { isSelfIssued } from './issuer-index.js';
import type { Pile } from './pile.js';

export interface AssessedPath extends CandidatePath {
  /** The root is one of the trusted certificates; where none were given, any root counts. */
  readonly trusted: boolean;
  /** Every issuer is a CA that may sign, is the one that its key identifier names, keeps its path length, and was proven by its signature. */
  readonly sound: boolean;
  /** Every certificate is valid at the instant asked for. */
  readonly validNow: boolean;
  /** The certificate that expires first. */
  readonly endsFirst: Certificate;
}

export interface AssessmentOptions {
  readonly at: Date;
  readonly trusted?: readonly Certificate[] | undefined;
}

/** Both bounds belong to the period (RFC 5280 4.1.2.5). */
export function isValidAt({ tbsCertificate: { validity } }: Certificate, at: Date): boolean {
  return validity.notBefore <= at && at <= validity.notAfter;
}

/** RFC 5280 4.2.1.3: a CA without keyUsage is not restricted. */
export function maySignCertificates(certificate: Certificate): boolean {
  return certificate.tbsCertificate.extensions.get(keyUsage)?.has('keyCertSign') ?? true;
}

export interface PathLengthFault {
  /** The CA whose pathLenConstraint is exceeded. */
  readonly certificate: Certificate;
  readonly allowed: number;
  /** CAs between it and the end entity, self-issued ones not counted. */
  readonly found: number;
}

/** RFC 5280 4.2.1.9: how many CAs may follow a CA; the end entity and self-issued certificates do not count. */
export function findPathLengthFaults(certificates: readonly Certificate[]): PathLengthFault[] {
  const faults: PathLengthFault[] = [];
  let found = 0;
  for (const certificate of certificates.slice(1)) {
    const allowed = certificate.tbsCertificate.extensions.get(basicConstraints)?.pathLenConstraint;
    if (allowed !== undefined && found > allowed) faults.push({ certificate, allowed, found });
    if (!isSelfIssued(certificate)) found++;
  }
  return faults;
}

export function assessPath(path: CandidatePath, pile: Pile, { at, trusted }: AssessmentOptions): AssessedPath {
  const { certificates, links, complete } = path;
  const root = certificates.at(-1);
  return {
    ...path,
    trusted: complete && root !== undefined && (trusted?.some((anchor) => equalCertificates(anchor, root)) ?? true),
    sound:
      findPathLengthFaults(certificates).length === 0 &&
      links.every(
        ({ certificate, keyIdentifier, signature }) =>
          signature.outcome === 'valid' &&
          keyIdentifier !== 'mismatch' &&
          isCA(certificate, pile) &&
          maySignCertificates(certificate),
      ),
    validNow: certificates.every((certificate) => isValidAt(certificate, at)),
    endsFirst: certificates.reduce((first, certificate) => (expiry(certificate) < expiry(first) ? certificate : first)),
  };
}

export function expiry({ tbsCertificate }: Certificate): number {
  return tbsCertificate.validity.notAfter.getTime();
}

/**
 * Orders paths, best first: a trusted root, a root at all, sound links, valid now, longest validity, shortest. The last
 * word have the fingerprints, so that the choice never hangs on the order of the input.
 */
export function comparePaths(a: AssessedPath, b: AssessedPath): number {
  return (
    Number(b.trusted) - Number(a.trusted) ||
    Number(b.complete) - Number(a.complete) ||
    Number(b.sound) - Number(a.sound) ||
    Number(b.validNow) - Number(a.validNow) ||
    expiry(b.endsFirst) - expiry(a.endsFirst) ||
    a.certificates.length - b.certificates.length ||
    (identity(a) < identity(b) ? -1 : 1)
  );
}

function identity({ certificates }: AssessedPath): string {
  return certificates.map(({ der }) => fingerprint(der, 'sha256')).join();
}
