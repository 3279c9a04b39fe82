/** The certificates to arrange, each once, with an index over them and over the pool they may be completed from. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { certificateExtensions, findMalformedExtensions } from '../x509/extensions/known-extensions.js';
import { IssuerIndex, type OnProgress } from './issuer-index.js';

export interface Duplicate {
  readonly certificate: Certificate;
  /** The one that was kept. */
  readonly first: Certificate;
}

export interface Pile {
  /** What was given to be arranged, without duplicates, in the order given. */
  readonly certificates: readonly Certificate[];
  /** Where each of them stood among what was given, from 1. */
  readonly positions: ReadonlyMap<Certificate, number>;
  readonly duplicates: readonly Duplicate[];
  /** Certificates with an extension that cannot be read; they take part in nothing. */
  readonly malformed: readonly Certificate[];
  /** Over the certificates and the pool. */
  readonly index: IssuerIndex;
  readonly findings: readonly Finding[];
}

/** All bytes, one character each: found again in a Map in less time than a digest of them takes. */
function identityOf({ der }: Certificate): string {
  return Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1');
}

/** Certificates by their bytes: the first of each, and the others. */
export function removeDuplicates(certificates: readonly Certificate[]): {
  unique: Certificate[];
  duplicates: Duplicate[];
} {
  const first = new Map<string, Certificate>();
  const duplicates: Duplicate[] = [];
  for (const certificate of certificates) {
    const key = identityOf(certificate);
    const known = first.get(key);
    if (known) duplicates.push({ certificate, first: known });
    else first.set(key, certificate);
  }
  return { unique: [...first.values()], duplicates };
}

/** Why a certificate cannot be reasoned about: extensions that cannot be read or stand twice. */
export function explainMalformed(certificate: Certificate): readonly Finding[] {
  const { extensions } = certificate.tbsCertificate;
  return findMalformedExtensions(extensions, certificateExtensions).map(({ offset, detail }) => {
    const place = { origin: certificate.origin };
    return createFinding('certificate/malformed-extension', subjectOf(certificate), { offset, detail }, place);
  });
}

/** The gate of everything that reasons about certificates: those with an extension that cannot be read stay outside, named. */
export function separateMalformed(certificates: readonly Certificate[]): {
  wellFormed: Certificate[];
  malformed: Certificate[];
  findings: Finding[];
} {
  const wellFormed: Certificate[] = [];
  const malformed: Certificate[] = [];
  const findings: Finding[] = [];
  for (const certificate of certificates) {
    const faults = explainMalformed(certificate);
    (faults.length > 0 ? malformed : wellFormed).push(certificate);
    findings.push(...faults);
  }
  return { wellFormed, malformed, findings };
}

export interface PileOptions {
  /** Certificates that may complete a chain but are not to be arranged for their own sake. */
  readonly pool?: readonly Certificate[] | undefined;
  /** Told of how many certificates the signature has been looked into. */
  readonly onProgress?: OnProgress | undefined;
}

export function buildPile(given: readonly Certificate[], { pool = [], onProgress }: PileOptions = {}): Pile {
  const { wellFormed, malformed, findings } = separateMalformed(given);
  const { unique, duplicates } = removeDuplicates(wellFormed);
  const useful = separateMalformed(pool);
  const everything = pool.length === 0 ? unique : removeDuplicates([...unique, ...useful.wellFormed]).unique;
  // What only stands by may be left out without harm; where it was needed, the chain says what is missing.
  const aside = useful.findings.map((finding) => ({ ...finding, severity: 'warning' as const }));
  const place = new Map(given.map((certificate, position) => [certificate, position + 1]));
  const positions = new Map(unique.map((certificate) => [certificate, place.get(certificate) ?? 0]));
  const index = new IssuerIndex(everything, { onProgress });
  return { certificates: unique, positions, duplicates, malformed, index, findings: [...findings, ...aside] };
}
