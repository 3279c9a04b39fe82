/** Finds the intermediates of a bundle from which no way leads to a root of the same bundle, and what is missing. */
import { toHex } from '../der/values.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { isUsable, type IssuerIndex } from '../chain/issuer-index.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { formatName, shortName } from '../x509/name.js';
import { nameCertificate } from '../x509/naming.js';

/** Issuers within the bundle, the certificate itself not among them. */
function issuersOf(certificate: Certificate, index: IssuerIndex, members: ReadonlySet<Certificate>): Certificate[] {
  return index
    .findUsableIssuers(certificate)
    .filter((link) => link.certificate !== certificate && members.has(link.certificate))
    .map((link) => link.certificate);
}

/** The first issuer of each step up, as far as the bundle goes; ends where a cross-sign leads back. */
function climb(certificate: Certificate, issuers: ReadonlyMap<Certificate, readonly Certificate[]>): Certificate[] {
  const path = [certificate];
  const seen = new Set(path);
  for (let top = certificate; ;) {
    const next = issuers.get(top)?.find((issuer) => !seen.has(issuer));
    if (!next) return path;
    path.push(next);
    seen.add(next);
    top = next;
  }
}

/** Namesakes of the missing issuer that are not it. */
function describeNearMisses(top: Certificate, index: IssuerIndex, members: ReadonlySet<Certificate>): string[] {
  return index
    .findIssuers(top)
    .filter((link) => !isUsable(link) && members.has(link.certificate))
    .map((link) =>
      link.certificate === top
        ? 'it bears its own name as issuer, but its own key did not sign it'
        : `${nameCertificate(link.certificate)} has that name, but another key made the signature`,
    );
}

function explainMissingRoot(
  path: readonly Certificate[],
  index: IssuerIndex,
  members: ReadonlySet<Certificate>,
): Finding {
  const [certificate, ...through] = path as [Certificate, ...Certificate[]];
  const top = path.at(-1) ?? certificate;
  const { issuer, extensions } = top.tbsCertificate;
  const keyIdentifier = extensions.get(authorityKeyIdentifier)?.keyIdentifier;
  const params = {
    issuer: formatName(issuer) || '(empty name)',
    keyIdentifier: keyIdentifier && toHex(keyIdentifier),
    through: through.map(({ tbsCertificate }) => shortName(tbsCertificate.subject)),
    nearMisses: describeNearMisses(top, index, members),
  };
  return createFinding('bundle/missing-root', subjectOf(certificate), params, { origin: certificate.origin });
}

/**
 * Names every intermediate whose root is not in the bundle (openssl error 2: only partial_chain would accept it).
 *
 * @param index an index over the members at least; who is not a member does not count as an issuer.
 */
export function findMissingRoots(
  intermediates: readonly Certificate[],
  roots: readonly Certificate[],
  index: IssuerIndex,
): Finding[] {
  const members = new Set([...roots, ...intermediates]);
  const issuers = new Map(intermediates.map((certificate) => [certificate, issuersOf(certificate, index, members)]));
  const issued = new Map<Certificate, Certificate[]>();
  for (const [certificate, above] of issuers) {
    for (const issuer of above) {
      const below = issued.get(issuer);
      if (below) below.push(certificate);
      else issued.set(issuer, [certificate]);
    }
  }
  // From the roots downward: whoever is met has a way up.
  const rooted = new Set(roots);
  for (const certificate of rooted) for (const below of issued.get(certificate) ?? []) rooted.add(below);
  return intermediates
    .filter((certificate) => !rooted.has(certificate))
    .map((certificate) => explainMissingRoot(climb(certificate, issuers), index, members));
}
