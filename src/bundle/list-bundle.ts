/** The certificates of a bundle one by one, numbered as selectors count them. */
import type { OnProgress } from '../chain/issuer-index.js';
import { buildPile } from '../chain/pile.js';
import { describePublicKey, type PublicKeyDescription } from '../crypto/public-key.js';
import type { Certificate } from '../x509/certificate.js';
import { groupBy } from '../x509/group-by.js';
import { makeRoleIndex } from './inspect-members.js';

export interface ListedCertificate {
  readonly certificate: Certificate;
  /** Among the certificates of its file, from 1: what `#2` counts by. */
  readonly position: number;
  readonly key: PublicKeyDescription;
  readonly role: 'root' | 'intermediate' | 'not-a-ca' | 'malformed';
}

export interface ListedFile {
  readonly file: string;
  readonly certificates: readonly ListedCertificate[];
}

/**
 * Groups certificates by the file of their origin, in the order given, duplicates included.
 *
 * @param onProgress told of how many have been looked at.
 */
export function listBundle(certificates: readonly Certificate[], onProgress?: OnProgress): ListedFile[] {
  const pile = buildPile(certificates);
  const roleOf = makeRoleIndex(pile);
  const malformed = new Set(pile.malformed);
  const files = groupBy(certificates, ({ origin }) => origin?.file ?? '');
  let done = 0;
  const list = (certificate: Certificate, index: number): ListedCertificate => {
    onProgress?.(++done, certificates.length);
    return {
      certificate,
      position: index + 1,
      key: describePublicKey(certificate.tbsCertificate.subjectPublicKeyInfo),
      role: malformed.has(certificate) ? 'malformed' : roleOf(certificate).role,
    };
  };
  return Array.from(files, ([file, members]) => ({ file, certificates: members.map(list) }));
}
