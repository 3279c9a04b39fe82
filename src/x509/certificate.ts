/** Certificate: one pass over the DER reads every field; extensions and key are decoded when asked for. */
import { DerReader, encodingOf } from '../der/reader.js';
import { Tag, contextConstructed, contextPrimitive } from '../der/tag.js';
import {
  decodeBitString,
  decodeInteger,
  decodeSmallInteger,
  decodeTime,
  equalBytes,
  toHex,
  type BitString,
} from '../der/values.js';
import type { Origin, Subject } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from './algorithm-identifier.js';
import { readOptionalExtensions, type Extensions } from './extensions.js';
import { readName, shortName, type Name } from './name.js';
import { readSubjectPublicKeyInfo, type SubjectPublicKeyInfo } from './subject-public-key-info.js';

/**
 *     Certificate ::= SEQUENCE {
 *         tbsCertificate      TBSCertificate,
 *         signatureAlgorithm  AlgorithmIdentifier,
 *         signatureValue      BIT STRING }
 */
export interface Certificate {
  /** The whole certificate, a view of what was given. */
  readonly der: Uint8Array;
  readonly origin?: Origin;
  readonly tbsCertificate: TBSCertificate;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signatureValue: BitString;
}

/**
 *     TBSCertificate ::= SEQUENCE {
 *         version          [0] EXPLICIT Version DEFAULT v1,
 *         serialNumber         CertificateSerialNumber,
 *         signature            AlgorithmIdentifier,
 *         issuer               Name,
 *         validity             Validity,
 *         subject              Name,
 *         subjectPublicKeyInfo SubjectPublicKeyInfo,
 *         issuerUniqueID   [1] IMPLICIT UniqueIdentifier OPTIONAL,
 *         subjectUniqueID  [2] IMPLICIT UniqueIdentifier OPTIONAL,
 *         extensions       [3] EXPLICIT Extensions OPTIONAL }
 */
export interface TBSCertificate {
  /** The signed bytes, a view. */
  readonly bytes: Uint8Array;
  /** As people count: 1, 2 or 3. */
  readonly version: number;
  /** Content octets of the INTEGER, two's complement. */
  readonly serialNumber: Uint8Array;
  readonly signature: AlgorithmIdentifier;
  readonly issuer: Name;
  readonly validity: Validity;
  readonly subject: Name;
  readonly subjectPublicKeyInfo: SubjectPublicKeyInfo;
  readonly issuerUniqueID: BitString | undefined;
  readonly subjectUniqueID: BitString | undefined;
  readonly extensions: Extensions;
}

/** Both bounds belong to the period (RFC 5280 4.1.2.5). */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** How they are written: the identifier octets of UTCTime or GeneralizedTime. */
  readonly tags: { readonly notBefore: number; readonly notAfter: number };
}

/**
 * Reads one certificate (RFC 5280 4.1).
 *
 * @param der exactly one DER Certificate; it is kept, not copied.
 * @param origin where it was read; findings about it point there.
 * @throws MalformedInputError with a `der/…` code and the offset of the byte at fault. The content of single extensions
 * is decoded on first use and throws then. No rule beyond the syntax is checked: not the signature, the dates, the
 * version, nor that an extension stands only once (`findMalformedExtensions` does that).
 */
export function parseCertificate(der: Uint8Array, origin?: Origin): Certificate {
  try {
    return readCertificate(der, origin);
  } catch (error) {
    throw error instanceof MalformedInputError ? error.at(origin) : error;
  }
}

function readCertificate(der: Uint8Array, origin: Origin | undefined): Certificate {
  const outer = new DerReader(der);
  const fields = DerReader.within(outer.read(Tag.sequence, 'Certificate'));
  outer.finish('the certificate');
  const tbsCertificate = readTBSCertificate(fields);
  const signatureAlgorithm = readAlgorithmIdentifier(fields, 'signatureAlgorithm');
  const signatureValue = decodeBitString(fields.read(Tag.bitString, 'signatureValue'));
  fields.finish('signatureValue');
  return { der, ...(origin && { origin }), tbsCertificate, signatureAlgorithm, signatureValue };
}

function readTBSCertificate(reader: DerReader): TBSCertificate {
  const sequence = reader.read(Tag.sequence, 'tbsCertificate');
  const fields = DerReader.within(sequence);
  const tbsCertificate = {
    bytes: encodingOf(sequence),
    version: readVersion(fields),
    serialNumber: decodeInteger(fields.read(Tag.integer, 'serialNumber')),
    signature: readAlgorithmIdentifier(fields, 'signature'),
    issuer: readName(fields, 'issuer'),
    validity: readValidity(fields),
    subject: readName(fields, 'subject'),
    subjectPublicKeyInfo: readSubjectPublicKeyInfo(fields),
    issuerUniqueID: readUniqueIdentifier(fields, 1),
    subjectUniqueID: readUniqueIdentifier(fields, 2),
    extensions: readOptionalExtensions(fields, 3),
  };
  fields.finish('tbsCertificate');
  return tbsCertificate;
}

function readVersion(reader: DerReader): number {
  const element = reader.readOptional(contextConstructed(0));
  if (!element) return 1;
  const inner = DerReader.within(element);
  const version = decodeSmallInteger(inner.read(Tag.integer, 'version'));
  inner.finish('version');
  return version + 1;
}

function readValidity(reader: DerReader): Validity {
  const fields = DerReader.within(reader.read(Tag.sequence, 'validity'));
  const first = fields.readAny();
  const notBefore = decodeTime(first);
  const second = fields.readAny();
  const notAfter = decodeTime(second);
  fields.finish('validity');
  return { notBefore, notAfter, tags: { notBefore: first.tag, notAfter: second.tag } };
}

function readUniqueIdentifier(reader: DerReader, number: number): BitString | undefined {
  const element = reader.readOptional(contextPrimitive(number));
  return element && decodeBitString(element);
}

/** The serial number in lower-case hexadecimal as the INTEGER is encoded, with a leading 00 where the sign asks for it dropped. */
export function formatSerialNumber(serialNumber: Uint8Array): string {
  const hex = toHex(serialNumber);
  return serialNumber.length > 1 && serialNumber[0] === 0 ? hex.slice(2) : hex;
}

/** The same bytes: the same certificate. */
export function equalCertificates(a: Certificate, b: Certificate): boolean {
  return equalBytes(a.der, b.der);
}

/** What findings about this certificate call it. */
export function subjectOf(certificate: Certificate): Subject {
  return { kind: 'certificate', name: shortName(certificate.tbsCertificate.subject) };
}
