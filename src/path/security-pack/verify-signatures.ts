/** Signatures and dates as OpenSSL 3.0 checks them: from the root down, the root's own signature not at all. */
import { shortName } from '../../x509/name.js';
import { checkAlgorithms } from '../process-certificate.js';
import type { SignatureLedger } from '../signature-ledger.js';
import type { OpensslChain } from './build-chain.js';
import type { OpensslCertificate } from './openssl-certificate.js';
import type { Transcript } from './transcript.js';

export function verifySignatures(
  { certificates }: OpensslChain,
  at: Date,
  ledger: SignatureLedger,
  transcript: Transcript,
): void {
  let issuer: OpensslCertificate | undefined;
  for (const view of certificates.toReversed()) {
    if (issuer) checkSignature(view, issuer, ledger, transcript);
    checkTime(view, at, transcript);
    issuer = view;
  }
}

function checkSignature(
  { certificate }: OpensslCertificate,
  issuer: OpensslCertificate,
  ledger: SignatureLedger,
  transcript: Transcript,
): void {
  const { subject, subjectPublicKeyInfo } = issuer.certificate.tbsCertificate;
  if (issuer.keyUsage && !issuer.keyUsage.has('keyCertSign')) {
    const params = { issued: shortName(certificate.tbsCertificate.subject), keyUsage: [...issuer.keyUsage] };
    transcript.say(issuer.certificate, 'chain/issuer-may-not-sign', params);
  }
  // X509_verify compares the two AlgorithmIdentifiers first; a signature that cannot be checked is a bad one.
  checkAlgorithms(certificate, (code, params) => {
    transcript.say(certificate, code, params);
  });
  const { outcome } = ledger.check(certificate, subjectPublicKeyInfo);
  // Where the budget was spent, `path/budget-exceeded` says so in the end.
  if (outcome !== 'valid' && outcome !== 'unpaid') {
    transcript.say(certificate, 'path/signature-invalid', { issuer: shortName(subject) });
  }
}

/** Unlike RFC 5280, the very second of notAfter is too late: X509_cmp_time calls equal times earlier. */
function checkTime({ certificate }: OpensslCertificate, at: Date, transcript: Transcript): void {
  const { notBefore, notAfter } = certificate.tbsCertificate.validity;
  const instant = at.toISOString();
  if (notBefore > at) {
    transcript.say(certificate, 'certificate/not-yet-valid', { notBefore: notBefore.toISOString(), at: instant });
  }
  if (notAfter <= at) {
    transcript.say(certificate, 'certificate/expired', { notAfter: notAfter.toISOString(), at: instant });
  }
}
