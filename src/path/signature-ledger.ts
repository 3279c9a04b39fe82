/** Signature checks of one validation: each is made once, and each is paid for. */
import { checkSignature, type SignatureCheck } from '../crypto/signature.js';
import { toHex } from '../der/values.js';
import type { Certificate } from '../x509/certificate.js';
import { wantsInheritedParameters, type SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import type { Budget } from './budget.js';

export type LedgerCheck = SignatureCheck | { readonly outcome: 'unpaid' };

export class SignatureLedger {
  private readonly known = new Map<Certificate, Map<string, SignatureCheck>>();

  constructor(readonly budget: Budget) {}

  /**
   * Whether this key made the signature of a certificate. The CA's other certificates with the same key cost nothing.
   *
   * @returns `unpaid` where the budget is spent; that is never `valid`. `unsupported` also for a DSA key that comes
   * without its parameters.
   */
  check(certificate: Certificate, key: SubjectPublicKeyInfo): LedgerCheck {
    if (wantsInheritedParameters(key)) {
      return { outcome: 'unsupported', reason: 'the key inherits its DSA parameters from a key that is not there' };
    }
    let byKey = this.known.get(certificate);
    if (!byKey) this.known.set(certificate, (byKey = new Map<string, SignatureCheck>()));
    const identity = toHex(key.bytes);
    let check = byKey.get(identity);
    if (!check) {
      if (!this.budget.spend('signatureChecks')) return { outcome: 'unpaid' };
      const { tbsCertificate, signatureAlgorithm, signatureValue } = certificate;
      check = checkSignature(tbsCertificate.bytes, signatureAlgorithm, signatureValue, key);
      byKey.set(identity, check);
    }
    return check;
  }
}
