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

/** OpenSSL's security levels, SSL_CTX_set_security_level(3). */
export type SecurityLevel = 0 | 1 | 2 | 3 | 4 | 5;

/** Bits of security that a level asks for. */
export const securityBits: Readonly<Record<SecurityLevel, number>> = { 0: 0, 1: 80, 2: 112, 3: 128, 4: 192, 5: 256 };

/** NIST SP 800-57 part 1, table 2: bits of the modulus, of the prime, of the field that give so many bits of security. */
const integerBits: Readonly<Record<SecurityLevel, number>> = { 0: 0, 1: 1024, 2: 2048, 3: 3072, 4: 7680, 5: 15360 };
const fieldBits: Readonly<Record<SecurityLevel, number>> = { 0: 0, 1: 160, 2: 224, 3: 256, 4: 384, 5: 512 };
const keyBits: Readonly<Record<string, Readonly<Record<SecurityLevel, number>>>> = {
  RSA: integerBits,
  'RSA-PSS': integerBits,
  DSA: integerBits,
  EC: fieldBits,
};

/** What OpenSSL 3.0 gives a signature for its digest, observed; those it has no digest for cannot be used at all. */
const digestBits: Readonly<Record<string, number>> = { md5: 39, sha1: 63 };

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

/** 112 bits of security are the least that is wise today (NIST SP 800-131A Rev. 2). */
const wiseLevel = 2;

const rsaEncryption = '1.2.840.113549.1.1.1';
const ecPublicKey = '1.2.840.10045.2.1';
/** P-256, P-384 and P-521. */
const strongCurves: readonly string[] = ['1.2.840.10045.3.1.7', '1.3.132.0.34', '1.3.132.0.35'];

/** Bytes of an RSA modulus of the fewest bits, its sign octet included. */
const fewestModulusBytes = 257;

/**
 * What most keys are at the wise level, told by their DER: to import a key into OpenSSL takes longer than all else about
 * a certificate.
 */
function isPlainlyWise({ algorithm: { algorithm, parameters }, subjectPublicKey }: SubjectPublicKeyInfo): boolean {
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

function findWeakKey(certificate: Certificate, level: SecurityLevel): Finding[] {
  const { subjectPublicKeyInfo } = certificate.tbsCertificate;
  if (level <= wiseLevel && isPlainlyWise(subjectPublicKeyInfo)) return [];
  const key: PublicKeyDescription = describePublicKey(subjectPublicKeyInfo);
  const bits = key.bits ?? bitsInName(key.curve);
  const needed = keyBits[key.type];
  const fewest = needed?.[level > wiseLevel ? level : wiseLevel];
  if (needed === undefined || fewest === undefined || bits === undefined || bits >= fewest) return [];
  const params = { key: formatPublicKey(key), minimum: `${key.type} ${fewest}` };
  const place = { origin: certificate.origin, severity: bits < needed[level] ? ('error' as const) : undefined };
  return [createFinding('certificate/weak-key', subjectOf(certificate), params, place)];
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
 * @param level an error is what OpenSSL refuses in a handshake at this security level; at 0 it refuses nothing.
 * @returns `certificate/weak-key` and `certificate/weak-signature`, warnings unless `level` says otherwise. The signature
 * of a self-signed root is passed over: nobody rests on it. Not checked: RSA exponents, keys known to be broken,
 * algorithms that OpenSSL cannot read, and at levels above 2 signatures over longer digests.
 */
export function findWeakness(certificate: Certificate, level: SecurityLevel = 0): Finding[] {
  const findings = findWeakKey(certificate, level);
  const algorithm = weakSignatureName(certificate.signatureAlgorithm);
  if (algorithm !== undefined && !isOwnSignature(certificate)) {
    const refused = (digestBits[signatureDigest(certificate.signatureAlgorithm) ?? ''] ?? 0) < securityBits[level];
    const place = { origin: certificate.origin, severity: refused ? ('error' as const) : undefined };
    findings.push(createFinding('certificate/weak-signature', subjectOf(certificate), { algorithm }, place));
  }
  return findings;
}
