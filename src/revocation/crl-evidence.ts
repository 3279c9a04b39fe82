/**
 * What the CRLs themselves say, found out once each: however many certificates are asked about, a signature over 42 MB
 * is checked once for each issuer, and the entries are walked once for all serial numbers.
 */
import { MalformedInputError } from '../finding/malformed-input.js';
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { authenticateCRL, type Authenticity } from './authenticate-crl.js';
import { findMalformation } from './crl-gate.js';
import { scanCRL, type CRLScan } from './scan-crl.js';

export class CRLEvidence {
  private readonly serials: readonly Uint8Array[];
  private readonly malformations = new Map<CertificateList, MalformedInputError | undefined>();
  private readonly authenticities = new Map<CertificateList, Map<Certificate, Authenticity>>();
  private readonly scans = new Map<CertificateList, CRLScan | MalformedInputError>();

  /** @param certificates everything that will be asked about. */
  constructor(certificates: readonly Certificate[]) {
    this.serials = certificates.map(({ tbsCertificate }) => tbsCertificate.serialNumber);
  }

  findMalformation(crl: CertificateList): MalformedInputError | undefined {
    if (!this.malformations.has(crl)) this.malformations.set(crl, findMalformation(crl));
    return this.malformations.get(crl);
  }

  authenticate(crl: CertificateList, issuer: Certificate): Authenticity {
    const byIssuer = this.authenticities.get(crl) ?? new Map<Certificate, Authenticity>();
    this.authenticities.set(crl, byIssuer);
    const known = byIssuer.get(issuer) ?? authenticateCRL(crl, issuer);
    byIssuer.set(issuer, known);
    return known;
  }

  /** The scan for every serial number asked about, or what is wrong with an entry. */
  scan(crl: CertificateList): CRLScan | MalformedInputError {
    let known = this.scans.get(crl);
    if (!known) {
      try {
        known = scanCRL(crl, this.serials);
      } catch (error) {
        if (!(error instanceof MalformedInputError)) throw error;
        known = error;
      }
      this.scans.set(crl, known);
    }
    return known;
  }
}
