/** Uses everything that a parsed certificate or CRL offers, to prove that nothing throws what it should not. */
import { describePublicKey } from '../../src/crypto/public-key.js';
import { checkSignature } from '../../src/crypto/signature.js';
import { nameKey } from '../../src/names/distinguished-name.js';
import { summarizeCertificate } from '../../src/report/json/certificate.js';
import { subjectOf, type Certificate } from '../../src/x509/certificate.js';
import { subjectOfCRL, type WholeCRL } from '../../src/x509/crl.js';
import { revokedCertificates } from '../../src/x509/crl-entry.js';
import {
  certificateExtensions,
  crlEntryExtensions,
  crlExtensions,
  findMalformedExtensions,
} from '../../src/x509/extensions/known-extensions.js';
import { isWellFormed } from './malformed.js';

/** Every field and extension; throws only where certwright has a bug. */
export function touchCertificate(certificate: Certificate): void {
  const { tbsCertificate } = certificate;
  findMalformedExtensions(tbsCertificate.extensions, certificateExtensions);
  summarizeCertificate(certificate);
  subjectOf(certificate);
  nameKey(tbsCertificate.subject);
  nameKey(tbsCertificate.issuer);
}

/** Key and signature too, which cost more: OpenSSL is asked. */
export function touchCryptography({ tbsCertificate, signatureAlgorithm, signatureValue }: Certificate): void {
  const key = tbsCertificate.subjectPublicKeyInfo;
  describePublicKey(key);
  checkSignature(tbsCertificate.bytes, signatureAlgorithm, signatureValue, key);
}

/** Every field, extension and entry; a malformed entry is allowed to throw. */
export function touchCRL(crl: WholeCRL): void {
  findMalformedExtensions(crl.tbsCertList.crlExtensions, crlExtensions);
  subjectOfCRL(crl);
  nameKey(crl.tbsCertList.issuer);
  isWellFormed(() => {
    for (const entry of revokedCertificates(crl)) findMalformedExtensions(entry.crlEntryExtensions, crlEntryExtensions);
  });
}
