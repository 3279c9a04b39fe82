/** Lays out an OpenSSL hashed directory (`-CApath`): one file for each certificate and CRL, named after the hash of its name. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { subjectOfCRL, type CertificateList } from '../x509/crl.js';
import { hashName } from './subject-hash.js';

export interface HashedFile {
  /** `c01eb047.0`; for a CRL `c01eb047.r0`. */
  readonly name: string;
  readonly object: { readonly certificate: Certificate } | { readonly crl: CertificateList };
}

export interface HashDirectory {
  readonly files: readonly HashedFile[];
  /** `bundle/name-without-hash` for each object that OpenSSL could not find. */
  readonly findings: readonly Finding[];
}

/** A file of such a directory: eight digits, r for a CRL, a number. */
export function isHashedFileName(name: string): boolean {
  return /^[0-9a-f]{8}\.r?\d+$/.test(name);
}

/**
 * Names the files of a hashed directory, as `openssl rehash` names its links.
 *
 * Certificates whose names have one hash are numbered from 0 in the order given, CRLs apart from them; OpenSSL tries the
 * numbers from 0 until one is missing. The objects must be without duplicates.
 */
export function layOutHashDirectory(
  certificates: readonly Certificate[],
  crls: readonly CertificateList[],
): HashDirectory {
  const files: HashedFile[] = [];
  const findings: Finding[] = [];
  const taken = new Map<string, number>();
  const nextName = (stem: string): string => {
    const number = taken.get(stem) ?? 0;
    taken.set(stem, number + 1);
    return `${stem}${number}`;
  };
  for (const certificate of certificates) {
    const hashed = hashName(certificate.tbsCertificate.subject);
    if ('hash' in hashed) files.push({ name: nextName(`${hashed.hash}.`), object: { certificate } });
    else {
      const place = { origin: certificate.origin };
      findings.push(createFinding('bundle/name-without-hash', subjectOf(certificate), hashed, place));
    }
  }
  for (const crl of crls) {
    const hashed = hashName(crl.tbsCertList.issuer);
    if ('hash' in hashed) files.push({ name: nextName(`${hashed.hash}.r`), object: { crl } });
    else findings.push(createFinding('bundle/name-without-hash', subjectOfCRL(crl), hashed, { origin: crl.origin }));
  }
  return { files, findings };
}
