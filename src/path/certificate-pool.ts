/** Certificates by subject, each once; those that cannot be read stay outside and are named. */
import { removeDuplicates, separateMalformed } from '../chain/pile.js';
import type { Finding } from '../finding/finding.js';
import { nameKey } from '../names/distinguished-name.js';
import { equalCertificates, type Certificate } from '../x509/certificate.js';
import type { Name } from '../x509/name.js';

export class CertificatePool {
  /** Why certificates were left out: extensions that cannot be read or stand twice. */
  readonly findings: readonly Finding[];
  /** Every certificate that can be read, once. */
  readonly certificates: readonly Certificate[];
  private readonly bySubject = new Map<string, Certificate[]>();

  constructor(certificates: readonly Certificate[]) {
    const { wellFormed, findings } = separateMalformed(removeDuplicates(certificates).unique);
    for (const certificate of wellFormed) {
      const key = nameKey(certificate.tbsCertificate.subject);
      const sameName = this.bySubject.get(key);
      if (sameName) sameName.push(certificate);
      else this.bySubject.set(key, [certificate]);
    }
    this.certificates = wellFormed;
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
