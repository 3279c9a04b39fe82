/** CertificationRequest (PKCS#10): what a CA is asked for. Read for display; certwright decides nothing by it. */
import { DerReader, encodingOf } from '../der/reader.js';
import { Tag, contextConstructed } from '../der/tag.js';
import { decodeBitString, decodeObjectIdentifier, decodeSmallInteger, type BitString } from '../der/values.js';
import type { Origin } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from './algorithm-identifier.js';
import { Extensions, readExtensions } from './extensions.js';
import { readName, type Name } from './name.js';
import { readSubjectPublicKeyInfo, type SubjectPublicKeyInfo } from './subject-public-key-info.js';

/**
 *     CertificationRequest ::= SEQUENCE {
 *         certificationRequestInfo  CertificationRequestInfo,
 *         signatureAlgorithm        AlgorithmIdentifier,
 *         signature                 BIT STRING }
 *
 *     CertificationRequestInfo ::= SEQUENCE {
 *         version            INTEGER { v1(0) },
 *         subject            Name,
 *         subjectPKInfo      SubjectPublicKeyInfo,
 *         attributes     [0] Attributes }
 */
export interface CertificationRequest {
  readonly der: Uint8Array;
  readonly origin?: Origin;
  /** The signed bytes, a view. */
  readonly certificationRequestInfo: Uint8Array;
  /** As people count: 1. */
  readonly version: number;
  readonly subject: Name;
  readonly subjectPKInfo: SubjectPublicKeyInfo;
  readonly attributes: readonly RequestAttribute[];
  /** What the attribute extensionRequest (RFC 2985 5.4.2) asks for. */
  readonly extensions: Extensions;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: BitString;
}

/** `Attribute ::= SEQUENCE { type OBJECT IDENTIFIER, values SET OF ANY }`. */
export interface RequestAttribute {
  /** Dotted OID. */
  readonly type: string;
  /** The SET in DER, a view. */
  readonly values: Uint8Array;
}

const extensionRequest = '1.2.840.113549.1.9.14';

/**
 * Reads one certification request (RFC 2986 4).
 *
 * @param der exactly one DER CertificationRequest; it is kept, not copied.
 * @throws MalformedInputError with a `der/…` code and the offset of the byte at fault. Attributes that are left out,
 * which the RFC does not allow, are read as none. The signature is not checked.
 */
export function parseCertificationRequest(der: Uint8Array, origin?: Origin): CertificationRequest {
  try {
    return readCertificationRequest(der, origin);
  } catch (error) {
    throw error instanceof MalformedInputError ? error.at(origin) : error;
  }
}

function readCertificationRequest(der: Uint8Array, origin: Origin | undefined): CertificationRequest {
  const outer = new DerReader(der);
  const fields = DerReader.within(outer.read(Tag.sequence, 'CertificationRequest'));
  outer.finish('the certification request');
  const sequence = fields.read(Tag.sequence, 'certificationRequestInfo');
  const signatureAlgorithm = readAlgorithmIdentifier(fields, 'signatureAlgorithm');
  const signature = decodeBitString(fields.read(Tag.bitString, 'signature'));
  fields.finish('signature');
  const inner = DerReader.within(sequence);
  const request = {
    der,
    ...(origin && { origin }),
    certificationRequestInfo: encodingOf(sequence),
    version: decodeSmallInteger(inner.read(Tag.integer, 'version')) + 1,
    subject: readName(inner, 'subject'),
    subjectPKInfo: readSubjectPublicKeyInfo(inner),
    ...readAttributes(inner),
    signatureAlgorithm,
    signature,
  };
  inner.finish('certificationRequestInfo');
  return request;
}

function readAttributes(reader: DerReader): Pick<CertificationRequest, 'attributes' | 'extensions'> {
  const element = reader.readOptional(contextConstructed(0));
  const attributes: RequestAttribute[] = [];
  let extensions = Extensions.none;
  if (!element) return { attributes, extensions };
  for (const list = DerReader.within(element); !list.atEnd;) {
    const fields = DerReader.within(list.read(Tag.sequence, 'Attribute'));
    const type = decodeObjectIdentifier(fields.read(Tag.objectIdentifier, 'attribute type'));
    const values = fields.read(Tag.set, 'attribute values');
    fields.finish('Attribute');
    attributes.push({ type, values: encodingOf(values) });
    if (type !== extensionRequest) continue;
    const requested = DerReader.within(values);
    extensions = readExtensions(requested);
    requested.finish('extensionRequest');
  }
  return { attributes, extensions };
}
