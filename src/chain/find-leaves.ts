/** Which certificates of a pile are the end entities: those that issued none of the others. */
import type { Certificate } from '../x509/certificate.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';
import type { Pile } from './pile.js';

/** RFC 5280 4.2.1.9; a self-signed certificate older than version 3 counts as a CA, for nothing says that it is not. */
export function isCA(certificate: Certificate, pile: Pile): boolean {
  const { version, extensions } = certificate.tbsCertificate;
  const constraints = extensions.get(basicConstraints);
  return constraints ? constraints.cA : version < 3 && pile.index.isSelfSigned(certificate);
}

/**
 * The end entities, in the order of the pile. A CA is taken for one only where no other certificate can be: the lowest
 * CA of a chain without its end entity, else a root that stands alone.
 */
export function findLeaves(pile: Pile): readonly Certificate[] {
  const issuers = new Set<Certificate>();
  for (const certificate of pile.certificates) {
    for (const link of pile.index.findUsableIssuers(certificate)) {
      if (link.certificate !== certificate) issuers.add(link.certificate);
    }
  }
  const lowest = pile.certificates.filter((certificate) => !issuers.has(certificate));
  const endEntities = lowest.filter((certificate) => !isCA(certificate, pile));
  if (endEntities.length > 0) return endEntities;
  const intermediates = lowest.filter((certificate) => !pile.index.isSelfSigned(certificate));
  return intermediates.length > 0 ? intermediates : lowest;
}
