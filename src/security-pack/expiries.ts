/** What a connection hangs on that ends: certificates of the paths in use, and the CRLs that their status rests on. */
import { fingerprint } from '../crypto/fingerprint.js';
import type { Origin } from '../finding/finding.js';
import { toHex } from '../der/values.js';
import { nameCertificate, nameCRL } from '../x509/naming.js';
import type { Direction } from './verdicts/direction.js';
import type { Side } from './setting.js';

export interface Expiry {
  /** Whose file it is: what is sent is the presenter's, what only the verifier has is the verifier's, as its CRLs are. */
  readonly side: Side;
  readonly kind: 'certificate' | 'crl';
  /** As people know it, with its place. */
  readonly name: string;
  readonly origin: Origin | undefined;
  /** notAfter or nextUpdate. */
  readonly instant: Date;
}

/** What ends, by what the object is known by: a digest, or the signature of a CRL, which may be too large to digest. */
type Ending = readonly [identity: string, expiry: Expiry];

function listEndings({ presenter, verifier, sent, result }: Direction): Ending[] {
  const path = result && result.path.length > 0 ? [...new Set([...result.path, ...sent])] : sent;
  const certificates = path.map((certificate): Ending => {
    const side = sent.includes(certificate) ? presenter : verifier;
    const { origin, der, tbsCertificate } = certificate;
    const instant = tbsCertificate.validity.notAfter;
    return [
      fingerprint(der, 'sha256'),
      { side, kind: 'certificate', name: nameCertificate(certificate), origin, instant },
    ];
  });
  const crls = (result?.revocation.checked ?? []).flatMap(({ considered }) =>
    considered.filter(({ outcome }) => outcome === 'used' || outcome === 'stale').map(({ crl }) => crl),
  );
  return [
    ...certificates,
    ...crls.flatMap((crl): Ending[] => {
      const { nextUpdate } = crl.tbsCertList;
      if (!nextUpdate) return [];
      const expiry = {
        side: verifier,
        kind: 'crl',
        name: nameCRL(crl),
        origin: crl.origin,
        instant: nextUpdate,
      } as const;
      return [[toHex(crl.signatureValue.bytes), expiry]];
    }),
  ];
}

/** Soonest first, each object once: of a root that is trusted and sent too, the one that is trusted. */
export function findExpiries(directions: readonly Direction[]): readonly Expiry[] {
  // A map keeps the last of a key; the first of an object is the one of the path in use.
  const unique = new Map(directions.flatMap(listEndings).reverse());
  return [...unique.values()].sort((a, b) => a.instant.getTime() - b.instant.getTime());
}
