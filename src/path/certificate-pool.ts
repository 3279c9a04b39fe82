/** Certificates by subject, each once; those that cannot be read stay outside and are named. */
import { removeDuplicates } from '../chain/pile.js';
import type { Finding } from '../finding/finding.js';
import { nameKey } from '../names/distinguished-name.js';
import { equalCertificates, type Certificate } from '../x509/certificate.js';
import type { Name } from '../x509/name.js';
import { findMalformedParts } from './examine-certificate.js';

export class CertificatePool {
  /** Why certificates were left out: extensions or names that cannot be read. */
  readonly findings: readonly Finding[];
  readonly size: number;
  private readonly bySubject = new Map<string, Certificate[]>();

  constructor(certificates: readonly Certificate[]) {
    const findings: Finding[] = [];
    const { unique } = removeDuplicates(certificates);
    this.size = unique.length;
    for (const certificate of unique) {
      const malformed = findMalformedParts(certificate);
      findings.push(...malformed);
      if (malformed.length > 0) continue;
      const key = nameKey(certificate.tbsCertificate.subject);
      const sameName = this.bySubject.get(key);
      if (sameName) sameName.push(certificate);
      else this.bySubject.set(key, [certificate]);
    }
    this.findings = findings;
  }

  findBySubject(subject: Name): readonly Certificate[] {
    return this.bySubject.get(nameKey(subject)) ?? [];
  }

  /** The pool's own object for the same bytes. */
  find(certificate: Certificate): Certificate | undefined {
    return this.findBySubject(certificate.tbsCertificate.subject).find((own) => equalCertificates(own, certificate));
  }
}
