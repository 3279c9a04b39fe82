/** Where the parts of a CRL stand, told from its first bytes, and the object made of what stands around its entries. */
import { DerReader, readElement, type DerElement } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import {
  readSignature,
  readTBSCertListHead,
  type CertificateList,
  type Extent,
  type TBSCertListHead,
} from '../x509/crl.js';
import { Extensions, readOptionalExtensions } from '../x509/extensions.js';

export interface CRLLayout {
  /** The whole CRL, in bytes. */
  readonly size: number;
  readonly tbsCertList: Extent;
  readonly revokedCertificates: Extent;
  readonly head: TBSCertListHead;
}

/** Tag and the longest length that is read, in octets. */
const longestHeader = 8;

const { integer, sequence, utcTime, generalizedTime } = Tag;
/** RFC 5280 5.1.2: the fields before revokedCertificates. */
const headFields: readonly { readonly tags: readonly number[]; readonly optional: boolean }[] = [
  { tags: [integer], optional: true },
  { tags: [sequence], optional: false },
  { tags: [sequence], optional: false },
  { tags: [utcTime, generalizedTime], optional: false },
  { tags: [utcTime, generalizedTime], optional: true },
];

/**
 * Reads the head of a CRL.
 *
 * @param bytes the first bytes of the CRL, as many as there are.
 * @returns undefined where the head goes on beyond them. @throws MalformedInputError where it is no CRL with entries.
 */
export function layOutCRL(bytes: Uint8Array): CRLLayout | undefined {
  if (bytes.length < 2 * longestHeader) return undefined;
  const list = new DerReader(bytes, 0, Number.MAX_SAFE_INTEGER).read(sequence, 'CertificateList');
  const tbsCertList = new DerReader(bytes, list.contentStart, list.end).read(sequence, 'tbsCertList');
  let at = tbsCertList.contentStart;
  for (const { tags, optional } of headFields) {
    if (at + longestHeader > bytes.length) return undefined;
    if (optional && !tags.includes(bytes[at] ?? 0)) continue;
    at = readElement(bytes, at, tbsCertList.end).end;
  }
  if (at + longestHeader > bytes.length) return undefined;
  const fields = new DerReader(bytes, tbsCertList.contentStart, tbsCertList.end);
  const head = readTBSCertListHead(new DerReader(new Uint8Array(bytes.subarray(0, at)), tbsCertList.contentStart, at));
  const revokedCertificates = new DerReader(bytes, at, fields.end).read(sequence, 'revokedCertificates');
  return { size: list.end, tbsCertList: placeOf(tbsCertList), revokedCertificates: placeOf(revokedCertificates), head };
}

function placeOf({ start, contentStart, end }: DerElement): Extent {
  return { start, contentStart, end };
}

/**
 * The CRL without its entries.
 *
 * @param tail everything behind the entries. @throws MalformedInputError where the CRL does not end with it.
 */
export function assembleCRL(layout: CRLLayout, tail: Uint8Array): CertificateList {
  const { size, tbsCertList, revokedCertificates, head } = layout;
  const tailAt = revokedCertificates.end;
  const fields = new DerReader(tail, 0, tbsCertList.end - tailAt);
  const { list } = readOptionalExtensions(fields, 0);
  fields.finish('tbsCertList');
  const crlExtensions = new Extensions(list.map((each) => ({ ...each, offset: each.offset + tailAt })));
  const signed = readSignature(new DerReader(tail, tbsCertList.end - tailAt, size - tailAt));
  return { size, tbsCertList: { ...head, revokedCertificates, crlExtensions }, ...signed };
}
