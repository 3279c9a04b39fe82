/** Certificates by subject, each once; those that cannot be read stay outside and are named. */
import { removeDuplicates, separateMalformed } from '../chain/pile.js';
import type { Finding } from '../finding/finding.js';
import { nameKey } from '../names/distinguished-name.js';
import { equalCertificates, type Certificate } from '../x509/certificate.js';
import { groupBy } from '../x509/group-by.js';
import type { Name } from '../x509/name.js';

/** The latest pool made of an array: thousands of certificates are verified against the same one. */
const pools = new WeakMap<readonly Certificate[], CertificatePool>();

/** A number that two certificates seldom have in common, from the end of the signature. */
function markOf({ der }: Certificate): number {
  const end = der.length;
  return ((der[end - 1] ?? 0) << 24) | ((der[end - 2] ?? 0) << 16) | ((der[end - 3] ?? 0) << 8) | (der[end - 4] ?? 0);
}

export class CertificatePool {
  /** Why certificates were left out: extensions that cannot be read or stand twice. */
  readonly findings: readonly Finding[];
  /** Every certificate that can be read, once. */
  readonly certificates: readonly Certificate[];
  private readonly bySubject: ReadonlyMap<string, readonly Certificate[]>;
  /** By the number that `markOf` gives. */
  private readonly byMark: ReadonlyMap<number, readonly Certificate[]>;
  private readonly given: readonly Certificate[];

  /** The pool of these certificates; one that is made already where the array holds what it held then. */
  static of(certificates: readonly Certificate[]): CertificatePool {
    let pool = pools.get(certificates);
    if (!pool?.isOf(certificates)) {
      pool = new CertificatePool(certificates);
      pools.set(certificates, pool);
    }
    return pool;
  }

  constructor(certificates: readonly Certificate[]) {
    this.given = [...certificates];
    const { wellFormed, findings } = separateMalformed(removeDuplicates(certificates).unique);
    this.bySubject = groupBy(wellFormed, ({ tbsCertificate }) => nameKey(tbsCertificate.subject));
    this.byMark = groupBy(wellFormed, markOf);
    this.certificates = wellFormed;
    this.findings = findings;
  }

  private isOf(certificates: readonly Certificate[]): boolean {
    const { given } = this;
    return given.length === certificates.length && given.every((own, position) => own === certificates[position]);
  }

  findBySubject(subject: Name): readonly Certificate[] {
    return this.bySubject.get(nameKey(subject)) ?? [];
  }

  /** The pool's own object for the same bytes. */
  find(certificate: Certificate): Certificate | undefined {
    return this.byMark.get(markOf(certificate))?.find((own) => equalCertificates(own, certificate));
  }
}
