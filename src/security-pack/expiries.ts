/** What a connection hangs on that ends: certificates of the paths in use, and the CRLs that their status rests on. */
import type { Origin } from '../finding/finding.js';
import { nameCertificate, nameCRL } from '../x509/naming.js';
import type { Direction } from './direction.js';
import type { Side } from './setting.js';

export interface Expiry {
  /** Whose file it is: what is sent is the presenter's, trusted roots and CRLs are the verifier's. */
  readonly side: Side;
  readonly kind: 'certificate' | 'crl';
  /** As people know it, with its place. */
  readonly name: string;
  readonly origin: Origin | undefined;
  /** notAfter or nextUpdate. */
  readonly instant: Date;
}

function listExpiries({ presenter, verifier, sent, result }: Direction): Expiry[] {
  const path = result && result.path.length > 0 ? [...new Set([...result.path, ...sent])] : sent;
  const certificates = path.map((certificate): Expiry => ({
    side: sent.includes(certificate) ? presenter : verifier,
    kind: 'certificate',
    name: nameCertificate(certificate),
    origin: certificate.origin,
    instant: certificate.tbsCertificate.validity.notAfter,
  }));
  const crls = (result?.revocation.checked ?? []).flatMap(({ considered }) =>
    considered.filter(({ outcome }) => outcome === 'used' || outcome === 'stale').map(({ crl }) => crl),
  );
  return [
    ...certificates,
    ...[...new Set(crls)].flatMap((crl): Expiry[] => {
      const { nextUpdate } = crl.tbsCertList;
      if (!nextUpdate) return [];
      return [{ side: verifier, kind: 'crl', name: nameCRL(crl), origin: crl.origin, instant: nextUpdate }];
    }),
  ];
}

/** Soonest first, each object once. */
export function findExpiries(directions: readonly Direction[]): readonly Expiry[] {
  const all = directions.flatMap(listExpiries);
  const unique = new Map(all.map((expiry) => [`${expiry.side} ${expiry.kind} ${expiry.name}`, expiry]));
  return [...unique.values()].sort((a, b) => a.instant.getTime() - b.instant.getTime());
}
