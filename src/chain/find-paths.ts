/**
 * Every path from an end entity upward. Depth first, the likeliest issuer first, so that a search that is cut short has
 * seen the good paths; a path never meets the same name with the same key twice, so cross-signs cannot make it run in
 * circles. No validation: only who signed whom.
 */
import { nameKey } from '../names/distinguished-name.js';
import type { Certificate } from '../x509/certificate.js';
import { spkiKey } from '../x509/subject-public-key-info.js';
import { type IssuerCandidate, type IssuerIndex } from './issuer-index.js';

export interface CandidatePath {
  /** End entity first. */
  readonly certificates: readonly Certificate[];
  /** How each certificate but the last was tied to the next. */
  readonly links: readonly IssuerCandidate[];
  /** True when the last certificate is self-signed. */
  readonly complete: boolean;
}

export interface PathSearch {
  readonly paths: readonly CandidatePath[];
  /** True when the limit ended the search. */
  readonly cutShort: boolean;
}

/**
 * Steps that one search may take. An ordinary chain takes one a certificate; each cross-sign multiplies them, and a mesh
 * in which n CAs all sign each other has more than n! paths (RFC 4158 2.4.2), which nobody wants listed.
 */
export const pathSearchLimit = 2_000;

/** The same name with the same key is the same CA, whatever its certificates: it need not stand on a path twice. */
export function entityKey(certificate: Certificate): string {
  const { subject, subjectPublicKeyInfo } = certificate.tbsCertificate;
  return `${nameKey(subject)} ${spkiKey(subjectPublicKeyInfo)}`;
}

export function findPaths(leaf: Certificate, index: IssuerIndex, limit: number = pathSearchLimit): PathSearch {
  const paths: CandidatePath[] = [];
  let steps = 0;

  const climb = (
    certificates: readonly Certificate[],
    links: readonly IssuerCandidate[],
    seen: ReadonlySet<string>,
  ): void => {
    if (++steps > limit) return;
    const last = certificates.at(-1) ?? leaf;
    if (index.isSelfSigned(last)) {
      paths.push({ certificates, links, complete: true });
      return;
    }
    let deadEnd = true;
    // A root ends the search on this branch at once: it comes first.
    const rootsFirst = index
      .findUsableIssuers(last)
      .toSorted((a, b) => Number(index.isSelfSigned(b.certificate)) - Number(index.isSelfSigned(a.certificate)));
    for (const link of rootsFirst) {
      const key = entityKey(link.certificate);
      if (seen.has(key)) continue;
      deadEnd = false;
      climb([...certificates, link.certificate], [...links, link], new Set([...seen, key]));
    }
    if (deadEnd) paths.push({ certificates, links, complete: false });
  };

  climb([leaf], [], new Set([entityKey(leaf)]));
  return { paths, cutShort: steps > limit };
}
