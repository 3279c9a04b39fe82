/** Which keys public CAs may certify and which signatures they may make (Baseline Requirements 6.1.5 and 7.1.3). */
import { describePublicKey, formatPublicKey, type PublicKeyDescription } from '../../crypto/public-key.js';
import { signatureAlgorithmName, signatureDigest } from '../../crypto/signature.js';
import { Tag } from '../../der/tag.js';
import type { AlgorithmIdentifier } from '../../x509/algorithm-identifier.js';
import type { Examination } from './examination.js';

const allowedKeys = 'RSA of 2048 bits or more in whole octets, and the curves P-256, P-384 and P-521';
const allowedCurves = ['prime256v1', 'secp384r1', 'secp521r1'];

/** Baseline Requirements 6.1.5 and 7.1.3.1. */
function isAllowedKey({ type, bits = 0, curve = '' }: PublicKeyDescription): boolean {
  return type === 'RSA' ? bits >= 2048 && bits % 8 === 0 : type === 'EC' && allowedCurves.includes(curve);
}

export function checkKey({ certificate, report }: Examination): void {
  const key = describePublicKey(certificate.tbsCertificate.subjectPublicKeyInfo);
  if (!isAllowedKey(key)) report('form/key-not-allowed', { key: formatPublicKey(key), allowed: allowedKeys });
}

const allowedDigests = ['sha256', 'sha384', 'sha512'];
const rsassaPss = '1.2.840.113549.1.1.10';
const rsaPrefix = '1.2.840.113549.1.1.';

/** Baseline Requirements 7.1.3.2: the digest, and the encoding of the parameters: NULL for RSA, none for ECDSA. */
function isAllowedSignature(algorithm: AlgorithmIdentifier): boolean {
  const digest = signatureDigest(algorithm);
  if (digest === undefined || !allowedDigests.includes(digest)) return false;
  const { parameters } = algorithm;
  if (algorithm.algorithm === rsassaPss) return true;
  if (!algorithm.algorithm.startsWith(rsaPrefix)) return parameters === undefined;
  return parameters?.tag === Tag.null && parameters.end === parameters.contentStart;
}

/** The signature of a root is nobody's business: its key is trusted, not what it says about itself. */
export function checkSignatureAlgorithm({ certificate, role, report }: Examination): void {
  if (role === 'root' || isAllowedSignature(certificate.signatureAlgorithm)) return;
  report('form/signature-algorithm-not-allowed', {
    algorithm: signatureAlgorithmName(certificate.signatureAlgorithm),
    allowed: 'RSA and ECDSA with SHA-256, SHA-384 or SHA-512, parameters written as in RFC 4055 and RFC 5758',
  });
}
