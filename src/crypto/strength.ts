/** Keys and signatures too weak to rest on: what OpenSSL at security level 2 refuses. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { DerReader, contentOf } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import { decodeObjectIdentifier, equalBytes } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import type { AlgorithmIdentifier } from '../x509/algorithm-identifier.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import type { SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import { describePublicKey, formatPublicKey, type PublicKeyDescription } from './public-key.js';
import { checkSignature, signatureAlgorithmName, signatureDigest } from './signature.js';

/** 112 bits of security (NIST SP 800-57 part 1, table 2): bits of the modulus, of the prime, of the field. */
const fewestBits: Readonly<Record<string, number>> = { RSA: 2048, 'RSA-PSS': 2048, DSA: 2048, EC: 224 };

/** Signature algorithms that this OpenSSL has no digest for, or under the older OIDs of the OIW. */
const otherWeakAlgorithms: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'md2WithRSAEncryption',
  '1.2.840.113549.1.1.3': 'md4WithRSAEncryption',
  '1.3.14.3.2.3': 'md5WithRSA',
  '1.3.14.3.2.15': 'shaWithRSAEncryption',
  '1.3.14.3.2.27': 'dsaWithSHA1',
  '1.3.14.3.2.29': 'sha1WithRSA',
};

function weakSignatureName(algorithm: AlgorithmIdentifier): string | undefined {
  const digest = signatureDigest(algorithm);
  if (digest !== 'sha1' && digest !== 'md5') return otherWeakAlgorithms[algorithm.algorithm];
  const name = signatureAlgorithmName(algorithm);
  return name.toLowerCase().includes(digest) ? name : `${name} with ${digest}`;
}

/** OpenSSL's names of curves bear the size of the field: `secp160r1`, `c2pnb163v1`, `brainpoolP192t1`. */
function bitsInName(curve: string | undefined): number | undefined {
  const written = /\d{3}/.exec(curve ?? '');
  return written ? Number(written[0]) : undefined;
}

const rsaEncryption = '1.2.840.113549.1.1.1';
const ecPublicKey = '1.2.840.10045.2.1';
/** P-256, P-384 and P-521. */
const strongCurves: readonly string[] = ['1.2.840.10045.3.1.7', '1.3.132.0.34', '1.3.132.0.35'];

/** Bytes of an RSA modulus of the fewest bits, its sign octet included. */
const fewestModulusBytes = 257;

/** What most keys are, told by their DER: to import a key into OpenSSL takes longer than all else about a certificate. */
function isPlainlyStrong({ algorithm: { algorithm, parameters }, subjectPublicKey }: SubjectPublicKeyInfo): boolean {
  try {
    if (algorithm === ecPublicKey)
      return parameters !== undefined && strongCurves.includes(decodeObjectIdentifier(parameters));
    if (algorithm !== rsaEncryption) return false;
    const fields = DerReader.within(new DerReader(subjectPublicKey.bytes).read(Tag.sequence, 'RSAPublicKey'));
    return contentOf(fields.read(Tag.integer, 'modulus')).length >= fewestModulusBytes;
  } catch (error) {
    if (error instanceof MalformedInputError) return false;
    throw error;
  }
}

function findWeakKey(certificate: Certificate): Finding[] {
  const { subjectPublicKeyInfo } = certificate.tbsCertificate;
  if (isPlainlyStrong(subjectPublicKeyInfo)) return [];
  const key: PublicKeyDescription = describePublicKey(subjectPublicKeyInfo);
  const fewest = fewestBits[key.type];
  const bits = key.bits ?? bitsInName(key.curve);
  if (fewest === undefined || bits === undefined || bits >= fewest) return [];
  const params = { key: formatPublicKey(key), minimum: `${key.type} ${fewest}` };
  return [createFinding('certificate/weak-key', subjectOf(certificate), params, { origin: certificate.origin })];
}

/** Signed with its own key, as far as anybody can tell: an algorithm that OpenSSL has lost speaks neither for nor against it. */
function isOwnSignature({ tbsCertificate, signatureAlgorithm, signatureValue }: Certificate): boolean {
  const { bytes, subject, issuer, subjectPublicKeyInfo } = tbsCertificate;
  if (!equalBytes(subject.bytes, issuer.bytes)) return false;
  return checkSignature(bytes, signatureAlgorithm, signatureValue, subjectPublicKeyInfo).outcome !== 'invalid';
}

/**
 * Says whether the key or the signature of a certificate is weak: RSA and DSA under 2048 bits, EC under 224, signatures
 * over MD2, MD4, MD5 or SHA-1 (NIST SP 800-131A Rev. 2).
 *
 * @returns `certificate/weak-key` and `certificate/weak-signature`, warnings. The signature of a self-signed root is
 * passed over: nobody rests on it. Not checked: RSA exponents, keys known to be broken, algorithms that OpenSSL cannot read.
 */
export function findWeakness(certificate: Certificate): Finding[] {
  const findings = findWeakKey(certificate);
  const algorithm = weakSignatureName(certificate.signatureAlgorithm);
  if (algorithm !== undefined && !isOwnSignature(certificate)) {
    const place = { origin: certificate.origin };
    findings.push(createFinding('certificate/weak-signature', subjectOf(certificate), { algorithm }, place));
  }
  return findings;
}
