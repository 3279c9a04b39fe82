/** The certificates of a bundle one by one, numbered as selectors count them. */
import { buildPile } from '../chain/pile.js';
import type { Certificate } from '../x509/certificate.js';
import { groupBy } from '../x509/group-by.js';
import { makeRoleIndex } from './inspect-members.js';

export interface ListedCertificate {
  readonly certificate: Certificate;
  /** Among the certificates of its file, from 1: what `#2` counts by. */
  readonly position: number;
  readonly role: 'root' | 'intermediate' | 'not-a-ca' | 'malformed';
}

export interface ListedFile {
  readonly file: string;
  readonly certificates: readonly ListedCertificate[];
}

/** Groups certificates by the file of their origin, in the order given, duplicates included. */
export function listBundle(certificates: readonly Certificate[]): ListedFile[] {
  const pile = buildPile(certificates);
  const roleOf = makeRoleIndex(pile);
  const malformed = new Set(pile.malformed);
  const files = groupBy(certificates, ({ origin }) => origin?.file ?? '');
  return Array.from(files, ([file, members]) => ({
    file,
    certificates: members.map((certificate, index) => ({
      certificate,
      position: index + 1,
      role: malformed.has(certificate) ? ('malformed' as const) : roleOf(certificate).role,
    })),
  }));
}
