/**
 * Writes certificates and CRLs as PKCS#7, the "degenerate" SignedData without a signer that Windows calls .p7b.
 *
 * Five nested TLVs: less to be sure of than a library's object model. The certificates stay in the order given, as
 * `openssl crl2pkcs7` leaves them; DER would sort the SETs, and no reader minds.
 */
import { Tag, contextConstructed } from '../der/tag.js';
import { encodeElement } from '../der/writer.js';

/** 1.2.840.113549.1.7.2 and .1, with tag and length. */
const signedData = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02);
const plainData = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01);

/**
 *     ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT SignedData }
 *     SignedData ::= SEQUENCE {
 *         version           INTEGER (1),
 *         digestAlgorithms  SET OF AlgorithmIdentifier,
 *         contentInfo       SEQUENCE { OBJECT IDENTIFIER },
 *         certificates  [0] IMPLICIT SET OF Certificate OPTIONAL,
 *         crls          [1] IMPLICIT SET OF CertificateList OPTIONAL,
 *         signerInfos       SET OF SignerInfo }
 *
 * @param certificates each the DER of one certificate; `crls` likewise. Nothing in them is checked. RFC 2315 9.1.
 */
export function writePKCS7(certificates: readonly Uint8Array[], crls: readonly Uint8Array[] = []): Uint8Array {
  const empty = encodeElement(Tag.set);
  const content = encodeElement(
    Tag.sequence,
    encodeElement(Tag.integer, Uint8Array.of(1)),
    empty,
    encodeElement(Tag.sequence, plainData),
    encodeElement(contextConstructed(0), ...certificates),
    ...(crls.length > 0 ? [encodeElement(contextConstructed(1), ...crls)] : []),
    empty,
  );
  return encodeElement(Tag.sequence, signedData, encodeElement(contextConstructed(0), content));
}
