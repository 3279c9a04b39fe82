/** Certificates and CRLs as callers have them: parsed already, or as DER. */
import type { Finding, SubjectKind } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { parseCertificate, type Certificate } from '../x509/certificate.js';
import { parseCRL, type CertificateList } from '../x509/crl.js';

/** A parsed certificate, or its DER. */
export type CertificateInput = Certificate | Uint8Array;
/** A parsed CRL, or its DER. */
export type CRLInput = CertificateList | Uint8Array;

export interface Readable<T> {
  readonly objects: readonly T[];
  /** Why others cannot be read, with their position from 1. */
  readonly findings: readonly Finding[];
}

function readAll<T extends object>(
  given: readonly (T | Uint8Array)[],
  kind: SubjectKind,
  list: string,
  parse: (der: Uint8Array) => T,
): Readable<T> {
  // The same array comes back: by it a pool that was made of it is known again.
  if (given.every((one): one is T => !(one instanceof Uint8Array))) return { objects: given, findings: [] };
  const findings: Finding[] = [];
  const objects = given.flatMap((one, position) => {
    if (!(one instanceof Uint8Array)) return [one];
    try {
      return [parse(one)];
    } catch (error) {
      if (!(error instanceof MalformedInputError)) throw error;
      findings.push(error.toFinding({ kind, name: `${list} ${position + 1}` }));
      return [];
    }
  });
  return { objects, findings };
}

/** @param list what the certificates are called in findings. */
export function readCertificates(given: readonly CertificateInput[], list: string): Readable<Certificate> {
  return readAll(given, 'certificate', list, (der) => parseCertificate(der));
}

export function readCRLs(given: readonly CRLInput[]): Readable<CertificateList> {
  return readAll(given, 'crl', 'CRL', (der) => parseCRL(der));
}
