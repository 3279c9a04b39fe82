/** AlgorithmIdentifier: an algorithm's OID with its parameters left in DER. */
import { DerReader, readElement, type DerElement } from '../der/reader.js';
import { SharedValues } from '../der/shared-values.js';
import { Tag } from '../der/tag.js';
import { decodeObjectIdentifier, equalBytes } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';

/**
 *     AlgorithmIdentifier ::= SEQUENCE {
 *         algorithm   OBJECT IDENTIFIER,
 *         parameters  ANY DEFINED BY algorithm OPTIONAL }
 */
export interface AlgorithmIdentifier {
  /** Dotted form. */
  readonly algorithm: string;
  readonly parameters: DerElement | undefined;
  /** The whole SEQUENCE in DER. */
  readonly bytes: Uint8Array;
}

const identifiers = new SharedValues<AlgorithmIdentifier>();

function decodeAlgorithmIdentifier(bytes: Uint8Array): AlgorithmIdentifier {
  const fields = DerReader.within(readElement(bytes, 0));
  const algorithm = decodeObjectIdentifier(fields.read(Tag.objectIdentifier, 'algorithm'));
  const parameters = fields.atEnd ? undefined : fields.readAny();
  fields.finish('the parameters');
  return { algorithm, parameters, bytes };
}

/** RFC 5280 4.1.1.2. The parameters are not looked into. The same identifier, read again, is the same object. */
export function readAlgorithmIdentifier(reader: DerReader, what: string): AlgorithmIdentifier {
  const { source, start, end } = reader.read(Tag.sequence, what);
  try {
    return identifiers.get(source, start, end, decodeAlgorithmIdentifier);
  } catch (error) {
    throw error instanceof MalformedInputError ? error.within(start, `${what}: ${error.detail}`) : error;
  }
}

/** Same OID, same parameters, octet for octet. */
export function equalAlgorithms(a: AlgorithmIdentifier, b: AlgorithmIdentifier): boolean {
  return equalBytes(a.bytes, b.bytes);
}
