/**
 * What the CRLs themselves say, found out once each: however many certificates are asked about, a signature over 42 MB
 * is checked once for each key, and the entries are walked once for all serial numbers. A CRL that was streamed has been
 * asked before, and answers from memory.
 */
import type { SignatureCheck } from '../crypto/signature.js';
import { toHex } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { spkiKey, type SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import { checkCRLSignature } from './authenticate-crl.js';
import { findMalformation } from './crl-gate.js';
import type { CRLScan } from './scan-crl.js';
import { scanAnyCRL } from './streamed-crl.js';
import { wantSerials, type WantedSerials } from './wanted-serials.js';

/** The entries of CRLs for one set of serial numbers. */
class SerialScans {
  private wanted: WantedSerials | undefined;
  private readonly scans = new Map<CertificateList, CRLScan | MalformedInputError>();

  /** @param serials content octets by their hexadecimal form. */
  constructor(readonly serials: ReadonlyMap<string, Uint8Array>) {}

  /** The scan for all of them, or what is wrong with an entry. */
  of(crl: CertificateList): CRLScan | MalformedInputError {
    let known = this.scans.get(crl);
    if (!known) {
      this.wanted ??= wantSerials([...this.serials.values()]);
      known = scanAnyCRL(crl, this.wanted);
      this.scans.set(crl, known);
    }
    return known;
  }
}

export class CRLEvidence {
  private readonly malformations = new Map<CertificateList, MalformedInputError | undefined>();
  private readonly signatures = new Map<CertificateList, Map<string, SignatureCheck>>();
  private readonly expected: SerialScans;
  /** Of the latest certificate that nobody expected, or that has to be looked for alone. */
  private unexpected = new SerialScans(new Map());

  /** @param certificates what is likely to be asked about; anything else costs another walk over the CRLs. */
  constructor(certificates: readonly Certificate[]) {
    const serials = certificates.map(({ tbsCertificate: { serialNumber } }) => serialNumber);
    this.expected = new SerialScans(new Map(serials.map((serial) => [toHex(serial), serial])));
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

  /** The scan for the serial number of `certificate` and others, or what is wrong with its entry or with all of them. */
  scan(crl: CertificateList, certificate: Certificate): CRLScan | MalformedInputError {
    const { serialNumber } = certificate.tbsCertificate;
    const name = toHex(serialNumber);
    if (this.expected.serials.has(name)) {
      const known = this.expected.of(crl);
      // What is wrong with the entry of another certificate is none of this one's business.
      if (!(known instanceof MalformedInputError)) return known;
    }
    if (!this.unexpected.serials.has(name)) this.unexpected = new SerialScans(new Map([[name, serialNumber]]));
    return this.unexpected.of(crl);
  }
}
