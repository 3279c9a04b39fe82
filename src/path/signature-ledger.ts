/** Signature checks: each is made once, and each is paid for by the validation that needs it first. */
import { checkSignature, type SignatureCheck } from '../crypto/signature.js';
import { equalBytes } from '../der/values.js';
import type { Certificate } from '../x509/certificate.js';
import { wantsInheritedParameters, type SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import type { Budget } from './budget.js';

export type LedgerCheck = SignatureCheck | { readonly outcome: 'unpaid' };

interface KnownCheck {
  readonly key: SubjectPublicKeyInfo;
  readonly check: SignatureCheck;
}

/** A handful of keys each at most, for which budgets paid: compared one by one they cost less than a table. */
export type KnownChecks = Map<Certificate, KnownCheck[]>;

export class SignatureLedger {
  /** @param known what other validations have found out. */
  constructor(
    readonly budget: Budget,
    private readonly known: KnownChecks = new Map(),
  ) {}

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
    const checks = this.known.get(certificate) ?? [];
    for (const { key: own, check } of checks) if (own === key || equalBytes(own.bytes, key.bytes)) return check;
    if (!this.budget.spend('signatureChecks')) return { outcome: 'unpaid' };
    const { tbsCertificate, signatureAlgorithm, signatureValue } = certificate;
    const check = checkSignature(tbsCertificate.bytes, signatureAlgorithm, signatureValue, key);
    checks.push({ key, check });
    this.known.set(certificate, checks);
    return check;
  }
}
