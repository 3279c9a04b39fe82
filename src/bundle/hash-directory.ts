/** Lays out an OpenSSL hashed directory (`-CApath`): one file for each certificate and CRL, named after the hash of its name. */
import { fingerprint } from '../crypto/fingerprint.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { subjectOfCRL, type WholeCRL } from '../x509/crl.js';
import { describePlace } from './identity.js';
import { hashName } from './subject-hash.js';

export interface HashedFile {
  /** `c01eb047.0`; for a CRL `c01eb047.r0`. */
  readonly name: string;
  readonly object: { readonly certificate: Certificate } | { readonly crl: WholeCRL };
}

export interface HashDirectory {
  readonly files: readonly HashedFile[];
  /** `bundle/name-without-hash` for each object that OpenSSL could not find, `bundle/duplicate` for CRLs. */
  readonly findings: readonly Finding[];
}

/** A file of such a directory: eight digits, r for a CRL, a number. */
export function isHashedFileName(name: string): boolean {
  return /^[0-9a-f]{8}\.r?\d+$/.test(name);
}

/** CRLs by SHA-256: the first of each; a finding for every other. */
function removeDuplicateCRLs(crls: readonly WholeCRL[], findings: Finding[]): WholeCRL[] {
  const first = new Map<string, WholeCRL>();
  for (const crl of crls) {
    const key = fingerprint(crl.der, 'sha256');
    const known = first.get(key);
    if (!known) first.set(key, crl);
    else {
      const params = { first: describePlace(subjectOfCRL(known).name, known.origin), treatment: 'left-out' } as const;
      findings.push(createFinding('bundle/duplicate', subjectOfCRL(crl), params, { origin: crl.origin }));
    }
  }
  return [...first.values()];
}

/**
 * Names the files of a hashed directory, as `openssl rehash` names its links.
 *
 * Certificates whose names have one hash are numbered from 0 in the order given, CRLs apart from them; OpenSSL tries the
 * numbers from 0 until one is missing.
 *
 * @param certificates without duplicates, as `buildBundle` gives them.
 * @param crls of two with the same SHA-256 the first stays. Superseded ones stay: OpenSSL takes the newest that is valid.
 */
export function layOutHashDirectory(certificates: readonly Certificate[], crls: readonly WholeCRL[]): HashDirectory {
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
  for (const crl of removeDuplicateCRLs(crls, findings)) {
    const hashed = hashName(crl.tbsCertList.issuer);
    if ('hash' in hashed) files.push({ name: nextName(`${hashed.hash}.r`), object: { crl } });
    else findings.push(createFinding('bundle/name-without-hash', subjectOfCRL(crl), hashed, { origin: crl.origin }));
  }
  return { files, findings };
}
