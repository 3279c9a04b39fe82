/** A path as somebody gave it: nothing is searched but the anchor above its last certificate. */
import { equalNames } from '../names/distinguished-name.js';
import { isSelfIssued } from '../chain/issuer-index.js';
import type { Certificate } from '../x509/certificate.js';
import type { BuiltPath } from './build-path.js';
import type { CertificatePool } from './certificate-pool.js';
import type { SignatureLedger } from './signature-ledger.js';

/** @param path end entity first; its last certificate is an anchor, or issued by one. */
export function resolveGivenPath(
  path: readonly Certificate[],
  anchors: CertificatePool,
  ledger: SignatureLedger,
): BuiltPath {
  const last = path.at(-1);
  const own = last && anchors.find(last);
  if (own && path.length > 1) return { certificates: path.slice(0, -1), anchor: own, deadEnd: undefined };
  if (own && isSelfIssued(own)) return { certificates: path, anchor: own, deadEnd: undefined };
  const sameName = last ? anchors.findBySubject(last.tbsCertificate.issuer) : [];
  const anchor =
    sameName.find(
      ({ tbsCertificate }) => last && ledger.check(last, tbsCertificate.subjectPublicKeyInfo).outcome === 'valid',
    ) ?? sameName[0];
  if (anchor) return { certificates: path, anchor, deadEnd: undefined };
  const { subject, issuer } = last?.tbsCertificate ?? {};
  const isRoot = subject !== undefined && issuer !== undefined && equalNames(subject, issuer);
  return {
    certificates: path,
    anchor: undefined,
    deadEnd: isRoot ? { reason: 'untrusted-root' } : { reason: 'no-issuer', nearMisses: [] },
  };
}
