/** AlgorithmIdentifier: an algorithm's OID with its parameters left in DER. */
import { DerReader, encodingOf, type DerElement } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import { decodeObjectIdentifier, equalBytes } from '../der/values.js';

/**
 *     AlgorithmIdentifier ::= SEQUENCE {
 *         algorithm   OBJECT IDENTIFIER,
 *         parameters  ANY DEFINED BY algorithm OPTIONAL }
 */
export interface AlgorithmIdentifier {
  /** Dotted form. */
  readonly algorithm: string;
  readonly parameters: DerElement | undefined;
  /** The whole SEQUENCE in DER, a view. */
  readonly bytes: Uint8Array;
}

/** RFC 5280 4.1.1.2. The parameters are not looked into. */
export function readAlgorithmIdentifier(reader: DerReader, what: string): AlgorithmIdentifier {
  const sequence = reader.read(Tag.sequence, what);
  const fields = DerReader.within(sequence);
  const algorithm = decodeObjectIdentifier(fields.read(Tag.objectIdentifier, `${what} algorithm`));
  const parameters = fields.atEnd ? undefined : fields.readAny();
  fields.finish(what);
  return { algorithm, parameters, bytes: encodingOf(sequence) };
}

/** Same OID, same parameters, octet for octet. */
export function equalAlgorithms(a: AlgorithmIdentifier, b: AlgorithmIdentifier): boolean {
  return equalBytes(a.bytes, b.bytes);
}
