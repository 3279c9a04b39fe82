/** SubjectPublicKeyInfo: read from a certificate, or composed anew around the same key bits. */
import { DerReader, encodingOf } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import { decodeBitString, toHex, type BitString } from '../der/values.js';
import { encodeElement } from '../der/writer.js';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from './algorithm-identifier.js';

/**
 *     SubjectPublicKeyInfo ::= SEQUENCE {
 *         algorithm         AlgorithmIdentifier,
 *         subjectPublicKey  BIT STRING }
 */
export interface SubjectPublicKeyInfo {
  /** The whole SEQUENCE in DER: what node:crypto calls `spki`. */
  readonly bytes: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  readonly subjectPublicKey: BitString;
}

/** RFC 5280 4.1.2.7. Whether the key is sound is not looked at. */
export function readSubjectPublicKeyInfo(reader: DerReader): SubjectPublicKeyInfo {
  const sequence = reader.read(Tag.sequence, 'subjectPublicKeyInfo');
  const fields = DerReader.within(sequence);
  const algorithm = readAlgorithmIdentifier(fields, 'subjectPublicKeyInfo');
  const subjectPublicKey = decodeBitString(fields.read(Tag.bitString, 'subjectPublicKey'));
  fields.finish('subjectPublicKeyInfo');
  return { bytes: encodingOf(sequence), algorithm, subjectPublicKey };
}

const keys = new WeakMap<SubjectPublicKeyInfo, string>();

/** The same string for two keys of the same octets; meant as a key of a map, not for people. */
export function spkiKey(info: SubjectPublicKeyInfo): string {
  let key = keys.get(info);
  if (key === undefined) {
    key = toHex(info.bytes);
    keys.set(info, key);
  }
  return key;
}

const rsaEncryption = Uint8Array.of(
  ...[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00],
);

/**
 * The one SubjectPublicKeyInfo in `der`, or one made around an RSAPublicKey (RFC 8017 A.1.1), which is what stands under
 * the PEM label RSA PUBLIC KEY. @throws MalformedInputError
 */
export function parsePublicKey(der: Uint8Array, form: 'spki' | 'pkcs1' = 'spki'): SubjectPublicKeyInfo {
  const spki =
    form === 'spki'
      ? der
      : encodeElement(Tag.sequence, rsaEncryption, encodeElement(Tag.bitString, Uint8Array.of(0), der));
  const reader = new DerReader(spki);
  const key = readSubjectPublicKeyInfo(reader);
  reader.finish('the public key');
  return key;
}

/** The same key bits under another AlgorithmIdentifier, given in DER. */
export function withAlgorithm(key: SubjectPublicKeyInfo, algorithm: Uint8Array): SubjectPublicKeyInfo {
  const { unusedBits, bytes } = key.subjectPublicKey;
  const composed = encodeElement(
    Tag.sequence,
    algorithm,
    encodeElement(Tag.bitString, Uint8Array.of(unusedBits), bytes),
  );
  return readSubjectPublicKeyInfo(new DerReader(composed));
}

const dsa = '1.2.840.10040.4.1';

/** True for a DSA key that leaves its parameters to its issuer (RFC 3279 2.3.2, RFC 5280 6.1.4 step (e)). */
export function wantsInheritedParameters(key: SubjectPublicKeyInfo): boolean {
  return key.algorithm.algorithm === dsa && key.algorithm.parameters === undefined;
}

/** The key with the parameters of its issuer's key, or undefined where the two are not of one algorithm. */
export function withInheritedParameters(
  key: SubjectPublicKeyInfo,
  issuerKey: SubjectPublicKeyInfo,
): SubjectPublicKeyInfo | undefined {
  const { algorithm, parameters, bytes } = issuerKey.algorithm;
  return algorithm === key.algorithm.algorithm && parameters ? withAlgorithm(key, bytes) : undefined;
}
