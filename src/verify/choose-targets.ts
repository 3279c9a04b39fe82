/** Which certificates of the files are verified, and which others came with them. */
import { findLeaves } from '../chain/find-leaves.js';
import type { OnProgress } from '../chain/issuer-index.js';
import { buildPile } from '../chain/pile.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { nameCertificate } from '../x509/naming.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';

/** The certificates of one file. */
export interface CertificateFile {
  readonly certificates: readonly Certificate[];
  /** False for PKCS#7 and PKCS#12, where the place of a certificate says nothing. */
  readonly ordered: boolean;
}

export interface VerificationTarget {
  readonly certificate: Certificate;
  /** What came with it: intermediates, perhaps; never trusted. */
  readonly companions: readonly Certificate[];
}

export interface ChosenTargets {
  readonly targets: readonly VerificationTarget[];
  /** Which end entities are not verified, and which certificates cannot be read. */
  readonly findings: readonly Finding[];
}

/**
 * Chooses what to verify.
 *
 * @param which `first`: the first certificate of each file, as OpenSSL takes it; files without an order give every end
 * entity they hold. `each`: every end entity of all files, whatever file its intermediates are in.
 * @param onProgress told, for `each`, of how many certificates the signature has been looked into.
 */
export function chooseTargets(
  files: readonly CertificateFile[],
  which: 'first' | 'each',
  onProgress?: OnProgress,
): ChosenTargets {
  if (which === 'each') {
    const all = files.flatMap(({ certificates }) => certificates);
    return chooseLeaves(all, onProgress);
  }
  const chosen = files.map(({ certificates, ordered }) =>
    ordered ? chooseFirst(certificates) : chooseLeaves(certificates),
  );
  return {
    targets: chosen.flatMap(({ targets }) => targets),
    findings: chosen.flatMap(({ findings }) => findings),
  };
}

function chooseLeaves(certificates: readonly Certificate[], onProgress?: OnProgress): ChosenTargets {
  const pile = buildPile(certificates, { onProgress });
  const targets = findLeaves(pile).map((certificate) => ({ certificate, companions: pile.certificates }));
  return { targets, findings: pile.findings };
}

function chooseFirst(certificates: readonly Certificate[]): ChosenTargets {
  const [first, ...companions] = certificates;
  if (!first) return { targets: [], findings: [] };
  const others = companions.filter((certificate) => isEndEntity(certificate));
  return { targets: [{ certificate: first, companions }], findings: explainOthers(first, others) };
}

/** Undecided for a certificate that cannot be read; validation says why. */
function isEndEntity({ tbsCertificate: { version, extensions } }: Certificate): boolean {
  try {
    return version === 3 && !extensions.get(basicConstraints)?.cA;
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    return false;
  }
}

function explainOthers(first: Certificate, others: readonly Certificate[]): Finding[] {
  if (others.length === 0) return [];
  if (isEndEntity(first)) {
    const params = { first: nameCertificate(first) };
    return others.map((other) =>
      createFinding('verify/not-verified', subjectOf(other), params, { origin: other.origin }),
    );
  }
  const params = { endEntities: others.map(nameCertificate) };
  return [createFinding('verify/first-is-ca', subjectOf(first), params, { origin: first.origin })];
}
