/**
 * The CRLs that certificates are judged by: each once, and found by the name of its issuer, so that thousands of
 * certificates and hundreds of CRLs are not all held against each other.
 */
import { toHex } from '../der/values.js';
import { nameKey } from '../names/distinguished-name.js';
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { groupBy } from '../x509/group-by.js';
import type { JudgedCRL } from './judged-crl.js';
import { namesOfCRLIssuers } from './match-scope.js';
import { equalCRLs } from './streamed-crl.js';

export class CRLPile {
  /** By the key of the issuer's name; in the order given. */
  private readonly byIssuer: ReadonlyMap<string, readonly CertificateList[]>;
  private readonly positions = new Map<CertificateList, number>();
  /** What becomes of each CRL where the certificate is none of its business. */
  private readonly ofOthers: readonly JudgedCRL[];

  constructor(given: readonly CertificateList[]) {
    const { unique, repeated } = removeDuplicateCRLs(given);
    given.forEach((crl, position) => {
      if (!repeated.has(position)) this.positions.set(crl, position);
    });
    this.byIssuer = groupBy(unique, ({ tbsCertList }) => nameKey(tbsCertList.issuer));
    this.ofOthers = given.map((crl, position): JudgedCRL => {
      const instead = repeated.get(position);
      return instead ? { crl, outcome: 'duplicate', instead } : { crl, outcome: 'other-issuer' };
    });
  }

  /** Each CRL of an issuer that may speak about the certificate, by the names alone; in the order given. */
  relatedTo(certificate: Certificate): readonly CertificateList[] {
    const names = new Set(namesOfCRLIssuers(certificate).map(nameKey));
    const related = Array.from(names, (key) => this.byIssuer.get(key) ?? []);
    if (related.length === 1) return related[0] ?? [];
    return related.flat().sort((a, b) => this.positionOf(a) - this.positionOf(b));
  }

  /** What became of every CRL that was given, in that order, from what became of those that are related. */
  complete(judged: readonly JudgedCRL[]): readonly JudgedCRL[] {
    const all = [...this.ofOthers];
    for (const item of judged) all[this.positionOf(item.crl)] = item;
    return all;
  }

  private positionOf(crl: CertificateList): number {
    return this.positions.get(crl) ?? 0;
  }
}

/** The first of each CRL; and, by position among those given, which one each of the others repeats. */
export function removeDuplicateCRLs<CRL extends CertificateList>(
  crls: readonly CRL[],
): { unique: CRL[]; repeated: ReadonlyMap<number, CRL> } {
  const unique: CRL[] = [];
  const repeated = new Map<number, CRL>();
  const bySignature = new Map<string, CRL[]>();
  crls.forEach((crl, position) => {
    const signature = toHex(crl.signatureValue.bytes);
    const alike = bySignature.get(signature) ?? [];
    bySignature.set(signature, alike);
    const known = alike.find((other) => equalCRLs(other, crl));
    if (known) {
      repeated.set(position, known);
      return;
    }
    alike.push(crl);
    unique.push(crl);
  });
  return { unique, repeated };
}
