/** How far a name is from the trust anchors, so that a search through cross-certificates goes the short way first. */
import { nameKey } from '../names/distinguished-name.js';
import type { Name } from '../x509/name.js';
import type { CertificatePool } from './certificate-pool.js';

/**
 * Counts the certificates that lie between a CA of this name and the nearest anchor, going by names alone: 0 for an
 * anchor's own name, Infinity where no names lead to one. One walk over the pool, whatever its shape, once somebody asks.
 */
export function measureDistances(anchors: CertificatePool, intermediates: CertificatePool): (name: Name) => number {
  let distances: ReadonlyMap<string, number> | undefined;
  return (name) => {
    distances ??= walk(anchors, intermediates);
    return distances.get(nameKey(name)) ?? Number.POSITIVE_INFINITY;
  };
}

function walk(anchors: CertificatePool, intermediates: CertificatePool): ReadonlyMap<string, number> {
  const certified = new Map<string, string[]>();
  for (const { tbsCertificate } of intermediates.certificates) {
    const issuer = nameKey(tbsCertificate.issuer);
    const subjects = certified.get(issuer);
    if (subjects) subjects.push(nameKey(tbsCertificate.subject));
    else certified.set(issuer, [nameKey(tbsCertificate.subject)]);
  }
  const distances = new Map<string, number>();
  let frontier = anchors.certificates.map(({ tbsCertificate }) => nameKey(tbsCertificate.subject));
  for (let distance = 0; frontier.length > 0; distance++) {
    const reached = frontier.filter((name) => !distances.has(name));
    for (const name of reached) distances.set(name, distance);
    frontier = [...new Set(reached.flatMap((name) => certified.get(name) ?? []))];
  }
  return distances;
}
