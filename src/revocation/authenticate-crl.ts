/** Whether a CRL comes from one certificate of the issuer whose name it bears: its key made the signature, and may make it. */
import { matchAuthority } from '../chain/issuer-index.js';
import { checkSignature, type SignatureCheck } from '../crypto/signature.js';
import { toHex } from '../der/values.js';
import { equalAlgorithms } from '../x509/algorithm-identifier.js';
import type { Certificate } from '../x509/certificate.js';
import { isWhole, type CertificateList } from '../x509/crl.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { keyUsage } from '../x509/extensions/key-usage.js';
import { subjectKeyIdentifier } from '../x509/extensions/subject-key-identifier.js';
import { formatName } from '../x509/name.js';
import type { SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import { makeObjection, type Objection } from './objection.js';
import { recallSignature } from './streamed-crl.js';

export interface Authenticity {
  /** True when the issuer's key made the signature and its certificate allows it to. */
  readonly genuine: boolean;
  /** What speaks against the CRL; a genuine one may still have `key-identifier-mismatch` against it. */
  readonly objection: Objection | undefined;
}

/** RFC 5280 6.3.3 step (g): whether the key made the signature of the CRL. */
export function checkCRLSignature(crl: CertificateList, key: SubjectPublicKeyInfo): SignatureCheck {
  if (!isWhole(crl)) return recallSignature(crl, key);
  return checkSignature(crl.tbsCertList.bytes, crl.signatureAlgorithm, crl.signatureValue, key);
}

/**
 * Checks signature and signer of a CRL (RFC 5280 6.3.3 steps (f) and (g)).
 *
 * @param issuer a certificate whose subject is the issuer of the CRL; its extensions must be well-formed. Whether that
 * certificate is itself valid and trusted is not checked.
 * @param check what `checkCRLSignature` says, where the key is not all in the certificate or the answer known already.
 */
export function authenticateCRL(
  crl: CertificateList,
  issuer: Certificate,
  check: SignatureCheck = checkCRLSignature(crl, issuer.tbsCertificate.subjectPublicKeyInfo),
): Authenticity {
  const { tbsCertList, signatureAlgorithm } = crl;
  const { extensions } = issuer.tbsCertificate;
  const authority = tbsCertList.crlExtensions.get(authorityKeyIdentifier);
  const keyIdentifier = matchAuthority(authority, issuer);
  const compareIdentifiers = (): { wanted: string; found: string } => ({
    wanted: hexOrNone(extensions.get(subjectKeyIdentifier)),
    found: hexOrNone(authority?.keyIdentifier),
  });
  const refuse = (objection: Objection): Authenticity => ({ genuine: false, objection });
  // RFC 5280 5.1.1.2. OpenSSL 3.0 does not compare the two.
  if (!equalAlgorithms(tbsCertList.signature, signatureAlgorithm)) {
    return refuse(makeObjection('bad-signature', { reason: 'algorithms-differ' }));
  }
  // RFC 5280 6.3.3 step (g)
  if (check.outcome !== 'valid') {
    // The key identifier tells another key's CRL from a damaged one.
    if (keyIdentifier === 'mismatch') return refuse(makeObjection('wrong-key', compareIdentifiers()));
    return refuse(
      check.outcome === 'unsupported'
        ? makeObjection('signature-not-checked', { reason: check.reason })
        : makeObjection('bad-signature', { reason: 'does-not-verify' }),
    );
  }
  // RFC 5280 6.3.3 step (f)
  if (!maySignCRLs(issuer)) {
    const usages = [...(extensions.get(keyUsage) ?? [])];
    const params = { issuer: formatName(issuer.tbsCertificate.subject), keyUsage: usages };
    return refuse(makeObjection('issuer-may-not-sign', params));
  }
  const mismatch =
    keyIdentifier === 'mismatch' ? makeObjection('key-identifier-mismatch', compareIdentifiers()) : undefined;
  return { genuine: true, objection: mismatch };
}

/** RFC 5280 4.2.1.3: a CA without keyUsage is not restricted. */
export function maySignCRLs({ tbsCertificate }: Certificate): boolean {
  return tbsCertificate.extensions.get(keyUsage)?.has('cRLSign') ?? true;
}

function hexOrNone(identifier: Uint8Array | undefined): string {
  return identifier ? toHex(identifier) : 'none';
}
