/** Walks the entries of a CRL, one at a time; each is decoded when it is reached and forgotten afterwards. */
import { DerReader, type DerElement } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import { decodeInteger, decodeTime } from '../der/values.js';
import type { WholeCRL } from './crl.js';
import { Extensions, readExtensions } from './extensions.js';

/**
 *     SEQUENCE {
 *         userCertificate     CertificateSerialNumber,
 *         revocationDate      Time,
 *         crlEntryExtensions  Extensions OPTIONAL }
 */
export interface RevokedCertificate {
  /** Content octets of the serial number, two's complement. */
  readonly userCertificate: Uint8Array;
  readonly revocationDate: Date;
  readonly crlEntryExtensions: Extensions;
}

/** Decodes one entry (RFC 5280 5.1.2.6). @throws MalformedInputError */
export function decodeRevokedCertificate(element: DerElement): RevokedCertificate {
  const fields = DerReader.within(element);
  const userCertificate = decodeInteger(fields.read(Tag.integer, 'userCertificate'));
  const revocationDate = decodeTime(fields.readAny());
  const crlEntryExtensions = fields.atEnd ? Extensions.none : readExtensions(fields);
  fields.finish('the CRL entry');
  return { userCertificate, revocationDate, crlEntryExtensions };
}

/** Every entry in the order of the CRL. @throws MalformedInputError at the first entry that cannot be read. */
export function* revokedCertificates(crl: WholeCRL): Generator<RevokedCertificate> {
  const { revokedCertificates: entries } = crl.tbsCertList;
  if (!entries) return;
  for (const reader = DerReader.within(entries); !reader.atEnd;) {
    yield decodeRevokedCertificate(reader.read(Tag.sequence, 'CRL entry'));
  }
}
