/**
 * CertificateList: header and trailer are read, the entries only located. A CRL may hold millions of entries, so no
 * object is made of them here; `revocation/scan-crl.ts` looks for wanted serials, `crl-entry.ts` walks them all.
 */
import { DerReader, encodingOf, type DerElement } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import { decodeBitString, decodeSmallInteger, decodeTime, type BitString } from '../der/values.js';
import type { Origin, Subject } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from './algorithm-identifier.js';
import { readOptionalExtensions, type Extensions } from './extensions.js';
import { readName, shortName, type Name } from './name.js';

/**
 *     CertificateList ::= SEQUENCE {
 *         tbsCertList         TBSCertList,
 *         signatureAlgorithm  AlgorithmIdentifier,
 *         signatureValue      BIT STRING }
 *
 * Everything but the bytes of the entries, which a CRL that was streamed does not hold: what a verdict needs.
 */
export interface CertificateList {
  /** In bytes of DER. */
  readonly size: number;
  readonly origin?: Origin;
  readonly tbsCertList: TBSCertList;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signatureValue: BitString;
}

/**
 *     TBSCertList ::= SEQUENCE {
 *         version                 Version OPTIONAL,
 *         signature               AlgorithmIdentifier,
 *         issuer                  Name,
 *         thisUpdate              Time,
 *         nextUpdate              Time OPTIONAL,
 *         revokedCertificates     SEQUENCE OF SEQUENCE { … } OPTIONAL,
 *         crlExtensions       [0] EXPLICIT Extensions OPTIONAL }
 */
export interface TBSCertList extends TBSCertListHead {
  /** Where the entries stand; absent when the CRL revokes nothing. */
  readonly revokedCertificates: Extent | undefined;
  readonly crlExtensions: Extensions;
}

/** What stands before the entries. */
export interface TBSCertListHead {
  /** As people count: 1 or 2. */
  readonly version: number;
  readonly signature: AlgorithmIdentifier;
  readonly issuer: Name;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
}

/** Where an element stands, in bytes from the start of the CRL. */
export type Extent = Pick<DerElement, 'start' | 'contentStart' | 'end'>;

/** A CRL with all its bytes. */
export interface WholeCRL extends CertificateList {
  /** A view of what was given. */
  readonly der: Uint8Array;
  readonly tbsCertList: TBSCertList & {
    /** The signed bytes, a view. */
    readonly bytes: Uint8Array;
    readonly revokedCertificates: DerElement | undefined;
  };
}

/** False for a CRL that was streamed. */
export function isWhole(crl: CertificateList): crl is WholeCRL {
  return 'der' in crl;
}

/**
 * Reads one CRL (RFC 5280 5.1).
 *
 * @param der exactly one DER CertificateList; it is kept, not copied.
 * @param origin where it was read; findings about it point there.
 * @throws MalformedInputError with a `der/…` code and the offset of the byte at fault. The entries are not walked, and
 * neither signature nor dates are checked.
 */
export function parseCRL(der: Uint8Array, origin?: Origin): WholeCRL {
  try {
    return readCertificateList(der, origin);
  } catch (error) {
    throw error instanceof MalformedInputError ? error.at(origin) : error;
  }
}

function readCertificateList(der: Uint8Array, origin: Origin | undefined): WholeCRL {
  const outer = new DerReader(der);
  const fields = DerReader.within(outer.read(Tag.sequence, 'CertificateList'));
  outer.finish('the CRL');
  const tbsCertList = readTBSCertList(fields);
  const signed = readSignature(fields);
  return { der, size: der.length, ...(origin && { origin }), tbsCertList, ...signed };
}

/** Reads what follows tbsCertList, to its end. */
export function readSignature(fields: DerReader): Pick<CertificateList, 'signatureAlgorithm' | 'signatureValue'> {
  const signatureAlgorithm = readAlgorithmIdentifier(fields, 'signatureAlgorithm');
  const signatureValue = decodeBitString(fields.read(Tag.bitString, 'signatureValue'));
  fields.finish('signatureValue');
  return { signatureAlgorithm, signatureValue };
}

function isTime(tag: number | undefined): boolean {
  return tag === Tag.utcTime || tag === Tag.generalizedTime;
}

/** Reads the fields of tbsCertList up to nextUpdate. */
export function readTBSCertListHead(fields: DerReader): TBSCertListHead {
  const version = fields.readOptional(Tag.integer);
  return {
    version: version ? decodeSmallInteger(version) + 1 : 1,
    signature: readAlgorithmIdentifier(fields, 'signature'),
    issuer: readName(fields, 'issuer'),
    thisUpdate: decodeTime(fields.readAny()),
    nextUpdate: isTime(fields.nextTag) ? decodeTime(fields.readAny()) : undefined,
  };
}

function readTBSCertList(reader: DerReader): WholeCRL['tbsCertList'] {
  const sequence = reader.read(Tag.sequence, 'tbsCertList');
  const fields = DerReader.within(sequence);
  const tbsCertList = {
    bytes: encodingOf(sequence),
    ...readTBSCertListHead(fields),
    revokedCertificates: fields.readOptional(Tag.sequence),
    crlExtensions: readOptionalExtensions(fields, 0),
  };
  fields.finish('tbsCertList');
  return tbsCertList;
}

/** What findings about this CRL call it: its issuer. */
export function subjectOfCRL(crl: CertificateList): Subject {
  return { kind: 'crl', name: shortName(crl.tbsCertList.issuer) };
}
