/**
 * Checks signatures of certificates and CRLs through OpenSSL. What an AlgorithmIdentifier asks for is decided here, the
 * arithmetic never is. An algorithm that is not listed is `unsupported`, which no caller may take for valid.
 */
import { constants, createVerify, verify, type VerifyKeyObjectInput } from 'node:crypto';
import { DerReader, readSingle } from '../der/reader.js';
import { Tag, contextConstructed } from '../der/tag.js';
import { decodeObjectIdentifier, decodeSmallInteger, type BitString } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { encodingOf } from '../der/reader.js';
import type { AlgorithmIdentifier } from '../x509/algorithm-identifier.js';
import { withAlgorithm, type SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import { importPublicKey } from './public-key.js';

export type SignatureCheck =
  | { readonly outcome: 'valid' }
  | { readonly outcome: 'invalid' }
  | { readonly outcome: 'unsupported'; readonly reason: string };

interface SignatureAlgorithm {
  readonly name: string;
  /** Node's `asymmetricKeyType` of the keys that make such signatures. */
  readonly keyTypes: readonly string[];
  /** OpenSSL's name of the digest; null where the algorithm has its own. */
  readonly digest: string | null;
}

const rsa = (name: string, digest: string): SignatureAlgorithm => ({ name, keyTypes: ['rsa'], digest });
const ecdsa = (name: string, digest: string): SignatureAlgorithm => ({ name, keyTypes: ['ec'], digest });
const dsa = (name: string, digest: string): SignatureAlgorithm => ({ name, keyTypes: ['dsa'], digest });
const rsassaPss = '1.2.840.113549.1.1.10';

/** RFC 3279, RFC 4055, RFC 5758, RFC 8410. */
const algorithms: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.113549.1.1.4': rsa('md5WithRSAEncryption', 'md5'),
  '1.2.840.113549.1.1.5': rsa('sha1WithRSAEncryption', 'sha1'),
  '1.2.840.113549.1.1.11': rsa('sha256WithRSAEncryption', 'sha256'),
  '1.2.840.113549.1.1.12': rsa('sha384WithRSAEncryption', 'sha384'),
  '1.2.840.113549.1.1.13': rsa('sha512WithRSAEncryption', 'sha512'),
  '1.2.840.113549.1.1.14': rsa('sha224WithRSAEncryption', 'sha224'),
  [rsassaPss]: { name: 'rsassaPss', keyTypes: ['rsa', 'rsa-pss'], digest: null },
  '1.2.840.10045.4.1': ecdsa('ecdsa-with-SHA1', 'sha1'),
  '1.2.840.10045.4.3.1': ecdsa('ecdsa-with-SHA224', 'sha224'),
  '1.2.840.10045.4.3.2': ecdsa('ecdsa-with-SHA256', 'sha256'),
  '1.2.840.10045.4.3.3': ecdsa('ecdsa-with-SHA384', 'sha384'),
  '1.2.840.10045.4.3.4': ecdsa('ecdsa-with-SHA512', 'sha512'),
  '1.2.840.10040.4.3': dsa('dsa-with-sha1', 'sha1'),
  '2.16.840.1.101.3.4.3.1': dsa('dsa-with-sha224', 'sha224'),
  '2.16.840.1.101.3.4.3.2': dsa('dsa-with-sha256', 'sha256'),
  '1.3.101.112': { name: 'Ed25519', keyTypes: ['ed25519'], digest: null },
  '1.3.101.113': { name: 'Ed448', keyTypes: ['ed448'], digest: null },
};

/** The digests that RSASSA-PSS parameters name (RFC 4055 2.1). */
const digestNames: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.4': 'sha224',
};

/** The standard's name of a signature algorithm, e.g. `sha256WithRSAEncryption`; the dotted OID where it is unknown. */
export function signatureAlgorithmName(algorithm: Pick<AlgorithmIdentifier, 'algorithm'>): string {
  return algorithms[algorithm.algorithm]?.name ?? algorithm.algorithm;
}

/** The digest behind a signature, e.g. `sha1`; undefined for algorithms with a digest of their own and for unknown ones. */
export function signatureDigest(algorithm: AlgorithmIdentifier): string | undefined {
  if (algorithm.algorithm !== rsassaPss) return algorithms[algorithm.algorithm]?.digest ?? undefined;
  return readPssParameters(algorithm)?.digest;
}

/**
 * Checks a signature over the DER of a tbsCertificate or tbsCertList (RFC 5280 6.1.3 step (a)(1), 6.3.3 step (g)).
 *
 * @param signed the bytes that were signed.
 * @param key the signer's key; a DSA key must come with its parameters.
 * @returns `invalid` also where the key is of a kind that cannot make such signatures or forbids the parameters used;
 * `unsupported` where the algorithm is unknown or OpenSSL cannot read the key. That the inner and the outer
 * AlgorithmIdentifier agree is not checked.
 */
export function checkSignature(
  signed: Uint8Array,
  algorithm: AlgorithmIdentifier,
  signature: BitString,
  key: SubjectPublicKeyInfo,
): SignatureCheck {
  const plan = planCheck(algorithm, key);
  return conclude(algorithm, signature, plan, (digest, input) => verify(digest, signed, input, signature.bytes));
}

/** A check of a signature over bytes that come one block at a time. */
export interface RunningSignatureCheck {
  /** The block may be overwritten afterwards. */
  readonly update: (block: Uint8Array) => void;
  /** What `checkSignature` says of the same bytes; to be called once. */
  readonly finish: (signature: BitString) => SignatureCheck;
}

/**
 * Begins to check a signature whose value comes after the bytes that it signs. Each key has a running digest of its own,
 * since OpenSSL's cannot be copied through node:crypto.
 *
 * @returns undefined for an algorithm that has to see all bytes at once: Ed25519 and Ed448.
 */
export function startSignatureCheck(
  algorithm: AlgorithmIdentifier,
  key: SubjectPublicKeyInfo,
): RunningSignatureCheck | undefined {
  const plan = planCheck(algorithm, key);
  if ('outcome' in plan) {
    const finish = (signature: BitString): SignatureCheck => conclude(algorithm, signature, plan, () => false);
    return { update: () => undefined, finish };
  }
  const { digest, keys } = plan;
  if (digest === null) return undefined;
  const verifiers = new Map(keys.map((input) => [input, createVerify(digest)]));
  return {
    update: (block) => {
      for (const verifier of verifiers.values()) verifier.update(block);
    },
    finish: (signature) =>
      conclude(algorithm, signature, plan, (_, input) => verifiers.get(input)?.verify(input, signature.bytes) ?? false),
  };
}

interface CheckPlan {
  /** Null where the algorithm has its own. */
  readonly digest: string | null;
  /** With each of these the signature must verify; the first one tells what is wrong. */
  readonly keys: readonly VerifyKeyObjectInput[];
}

/** What is to be asked of OpenSSL, or why nothing is. */
function planCheck(algorithm: AlgorithmIdentifier, key: SubjectPublicKeyInfo): CheckPlan | SignatureCheck {
  const known = algorithms[algorithm.algorithm];
  if (!known) return { outcome: 'unsupported', reason: `unknown signature algorithm ${algorithm.algorithm}` };
  if (algorithm.algorithm === rsassaPss) return planPssCheck(algorithm, key);
  const object = importPublicKey(key);
  if (!object) return { outcome: 'unsupported', reason: 'OpenSSL cannot read the public key' };
  if (!known.keyTypes.includes(object.asymmetricKeyType ?? '')) return { outcome: 'invalid' };
  return { digest: known.digest, keys: [{ key: object, dsaEncoding: 'der' }] };
}

/** @param isValid asks OpenSSL. */
function conclude(
  { algorithm }: AlgorithmIdentifier,
  { unusedBits }: BitString,
  plan: CheckPlan | SignatureCheck,
  isValid: (digest: string | null, input: VerifyKeyObjectInput) => boolean,
): SignatureCheck {
  if (unusedBits !== 0 && algorithm in algorithms) return { outcome: 'invalid' };
  if ('outcome' in plan) return plan;
  const { digest, keys } = plan;
  const checks = keys.map((input) => () => attempt(() => isValid(digest, input)));
  const check = checks[0]?.() ?? { outcome: 'invalid' };
  if (check.outcome !== 'valid') return check;
  return checks.slice(1).every((other) => other().outcome === 'valid') ? check : { outcome: 'invalid' };
}

function attempt(isValid: () => boolean): SignatureCheck {
  try {
    return { outcome: isValid() ? 'valid' : 'invalid' };
  } catch (error) {
    return { outcome: 'unsupported', reason: error instanceof Error ? error.message : String(error) };
  }
}

interface PssParameters {
  readonly digest: string | undefined;
  readonly saltLength: number;
}

/**
 *     RSASSA-PSS-params ::= SEQUENCE {
 *         hashAlgorithm    [0] HashAlgorithm    DEFAULT sha1Identifier,
 *         maskGenAlgorithm [1] MaskGenAlgorithm DEFAULT mgf1SHA1Identifier,
 *         saltLength       [2] INTEGER          DEFAULT 20,
 *         trailerField     [3] INTEGER          DEFAULT 1 }
 */
function readPssParameters(algorithm: AlgorithmIdentifier): PssParameters | undefined {
  if (!algorithm.parameters) return undefined;
  try {
    const fields = DerReader.within(readSingle(encodingOf(algorithm.parameters), Tag.sequence, 'RSASSA-PSS-params'));
    const hash = fields.readOptional(contextConstructed(0));
    fields.readOptional(contextConstructed(1));
    const salt = fields.readOptional(contextConstructed(2));
    const trailer = fields.readOptional(contextConstructed(3));
    // RFC 4055 3.1: no other trailer exists. OpenSSL does not look at that of a key.
    if (trailer && decodeSmallInteger(DerReader.within(trailer).read(Tag.integer, 'trailerField')) !== 1)
      return undefined;
    const hashFields = hash && DerReader.within(DerReader.within(hash).read(Tag.sequence, 'hashAlgorithm'));
    const oid = hashFields && decodeObjectIdentifier(hashFields.read(Tag.objectIdentifier, 'hashAlgorithm'));
    return {
      digest: oid === undefined ? 'sha1' : digestNames[oid],
      saltLength: salt ? decodeSmallInteger(DerReader.within(salt).read(Tag.integer, 'saltLength')) : 20,
    };
  } catch (error) {
    if (error instanceof MalformedInputError) return undefined;
    throw error;
  }
}

// The parameters become part of the key, so that OpenSSL itself holds the signature to each of them, the mask generation
// function included, for which node:crypto has no option. A key that bears parameters of its own must allow them too
// (RFC 4055 3.3): its second look throws where it does not.
function planPssCheck(algorithm: AlgorithmIdentifier, key: SubjectPublicKeyInfo): CheckPlan | SignatureCheck {
  const parameters = readPssParameters(algorithm);
  if (!parameters?.digest)
    return { outcome: 'unsupported', reason: 'RSASSA-PSS parameters that OpenSSL does not know' };
  const own = importPublicKey(key);
  if (!own) return { outcome: 'unsupported', reason: 'OpenSSL cannot read the public key' };
  const type = own.asymmetricKeyType;
  if (type !== 'rsa' && type !== 'rsa-pss') return { outcome: 'invalid' };
  const bound = importPublicKey(withAlgorithm(key, algorithm.bytes));
  if (!bound) return { outcome: 'unsupported', reason: 'RSASSA-PSS parameters that OpenSSL does not know' };
  const { digest, saltLength } = parameters;
  const mayForbid = type === 'rsa-pss' && key.algorithm.parameters !== undefined;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return { digest, keys: (mayForbid ? [bound, own] : [bound]).map((object) => ({ key: object, padding, saltLength })) };
}
