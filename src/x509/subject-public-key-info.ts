/** SubjectPublicKeyInfo: read from a certificate, or composed anew around the same key bits. */
import { DerReader, encodingOf } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import { decodeBitString, type BitString } from '../der/values.js';
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
