/**
 * What the CRLs themselves say, found out once each: however many certificates are asked about, a signature over 42 MB
 * is checked once for each key, and the entries are walked once for all serial numbers. A CRL that was streamed has been
 * asked before, and answers from memory.
 */
import type { SignatureCheck } from '../crypto/signature.js';
import { toHex } from '../der/values.js';
import type { MalformedInputError } from '../finding/malformed-input.js';
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { spkiKey, type SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import { checkCRLSignature } from './authenticate-crl.js';
import { findMalformation } from './crl-gate.js';
import type { CRLScan } from './scan-crl.js';
import { scanAnyCRL } from './streamed-crl.js';
import { wantSerials, type WantedSerials } from './wanted-serials.js';

export class CRLEvidence {
  /** Content octets by their hexadecimal form. */
  private readonly serials = new Map<string, Uint8Array>();
  private wanted: WantedSerials | undefined;
  private readonly malformations = new Map<CertificateList, MalformedInputError | undefined>();
  private readonly signatures = new Map<CertificateList, Map<string, SignatureCheck>>();
  private readonly scans = new Map<CertificateList, CRLScan | MalformedInputError>();

  /** @param certificates what is likely to be asked about; anything else costs another walk over the CRLs. */
  constructor(certificates: readonly Certificate[]) {
    for (const certificate of certificates) this.wantSerial(certificate);
  }

  findMalformation(crl: CertificateList): MalformedInputError | undefined {
    if (!this.malformations.has(crl)) this.malformations.set(crl, findMalformation(crl));
    return this.malformations.get(crl);
  }

  checkSignature(crl: CertificateList, key: SubjectPublicKeyInfo): SignatureCheck {
    const byKey = this.signatures.get(crl) ?? new Map<string, SignatureCheck>();
    this.signatures.set(crl, byKey);
    const name = spkiKey(key);
    const known = byKey.get(name) ?? checkCRLSignature(crl, key);
    byKey.set(name, known);
    return known;
  }

  /** The scan for the serial number of `certificate` and all others asked about, or what is wrong with an entry. */
  scan(crl: CertificateList, certificate: Certificate): CRLScan | MalformedInputError {
    // Serial numbers that nobody expected: what was scanned without them is of no use any more.
    if (!this.serials.has(toHex(certificate.tbsCertificate.serialNumber))) {
      this.wantSerial(certificate);
      this.wanted = undefined;
      this.scans.clear();
    }
    let known = this.scans.get(crl);
    if (!known) {
      this.wanted ??= wantSerials([...this.serials.values()]);
      known = scanAnyCRL(crl, this.wanted);
      this.scans.set(crl, known);
    }
    return known;
  }

  private wantSerial({ tbsCertificate: { serialNumber } }: Certificate): void {
    this.serials.set(toHex(serialNumber), serialNumber);
  }
}
