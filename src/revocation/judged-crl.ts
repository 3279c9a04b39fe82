/** What became of one CRL where the status of a certificate was asked for. */
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import type { RevokedCertificate } from '../x509/crl-entry.js';
import type { Departure } from './consider-crl.js';
import type { Objection, ObjectionCode } from './objection.js';

/** What became of one CRL: `used` where the status rests on it, `overruled` where another outweighs it, or what is wrong. */
export type CRLOutcome = 'used' | 'overruled' | 'other-issuer' | 'duplicate' | 'superseded' | ObjectionCode;

export interface JudgedCRL {
  readonly crl: CertificateList;
  readonly outcome: CRLOutcome;
  readonly objection?: Objection;
  /** The CRL that made this one superfluous, where the outcome is `superseded` or `duplicate`. */
  readonly instead?: CertificateList;
  /** The certificate's entry, where a genuine CRL has one. */
  readonly entry?: RevokedCertificate;
  /** The certificate whose key made the signature, where one was found. */
  readonly signer?: Certificate;
  /** What the status rests on here that OpenSSL 3.0 does not follow, or only where it is asked to; when `used`. */
  readonly departures?: readonly Departure[];
}
