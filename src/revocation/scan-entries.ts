/**
 * One pass over CRL entries in DER: finds wanted serial numbers without making an object for any other entry.
 *
 * A CRL of a million entries is 42 MB; decoding each entry would take seconds and more memory than the CRL itself. So the
 * loop only measures: where the entry ends, where its serial number stands, whether its time has the right shape, and
 * whether an extension in it is critical. A table over the wanted serials lets nearly all entries pass with a single look.
 * Whenever a measure does not fit, the slow decoder of `x509/crl-entry.ts` reads the entry again, and it is the one that
 * says what is wrong.
 *
 * In an indirect CRL an entry is about the issuer that the last certificateIssuer extension named, be it entries back
 * (RFC 5280 5.3.3). Only where that extension stands is carried along; its names are decoded for entries that are wanted.
 *
 * The pass works on a stretch of whole entries and says where it stopped, so that a reader that holds one block of the
 * file at a time can carry the unfinished entry over to the next; what it keeps is copied, since the block will be
 * overwritten. Cost: a thirtieth of a second for a million entries.
 */
import { readElement } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import { decodeObjectIdentifier } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { decodeRevokedCertificate } from '../x509/crl-entry.js';
import { keepWanted, moveBy, type EntryTally } from './entry-tally.js';
import { contentStartOf, endOf, endOfTime, isInteger } from './measure-der.js';
import { placeOf, type WantedSerials } from './wanted-serials.js';

/**
 * Scans the entries that lie wholly between `from` and `to` of a stretch that begins at `tally.base`.
 *
 * @returns where the first entry stands that does not end by `to`: `to` itself when all do.
 * @throws MalformedInputError at the first entry that is not built as RFC 5280 5.1.2.6 says. What else is wrong with a
 * wanted entry is kept in `tally.undecodable`. Not checked, unless the entry is wanted: whether its date is in the
 * calendar, and the values of its extensions.
 */
export function scanEntries(
  bytes: Uint8Array,
  from: number,
  to: number,
  wanted: WantedSerials,
  tally: EntryTally,
): number {
  tally.issuerFrom = -1;
  let stopped: number;
  try {
    stopped = walkEntries(bytes, from, to, wanted, tally);
  } catch (error) {
    throw error instanceof MalformedInputError ? moveBy(error, tally.base) : error;
  }
  // A copy: the stretch may be overwritten before the next one comes.
  if (tally.issuerFrom >= 0) tally.issuerBefore = new Uint8Array(bytes.subarray(tally.issuerFrom, tally.issuerTo));
  return stopped;
}

function walkEntries(bytes: Uint8Array, from: number, to: number, wanted: WantedSerials, tally: EntryTally): number {
  const { places, shift, serials } = wanted;
  let at = from;
  while (at < to) {
    let end = endOfPlainEntry(bytes, at, to);
    const isPlain = end > 0;
    if (!isPlain) end = endOf(bytes, at, to);
    if (end < 0) {
      if (isCutOff(bytes, at, to)) return at;
      throw explainDamage(bytes, at, to);
    }
    const serialAt = contentStartOf(bytes, at);
    const serialEnd = bytes[at] === Tag.sequence ? endOf(bytes, serialAt, end) : -1;
    if (!isPlain) {
      const timeEnd = isInteger(bytes, serialAt, serialEnd) ? endOfTime(bytes, serialEnd, end) : -1;
      if (timeEnd < 0 || (timeEnd < end && !noteExtensions(bytes, timeEnd, end, tally))) {
        throw explainDamage(bytes, at, end);
      }
    }
    tally.entries++;
    if (places[placeOf(bytes, serialEnd, shift)] === 1) {
      keepWanted(bytes, at, contentStartOf(bytes, serialAt), serialEnd, serials, tally);
    }
    at = end;
  }
  return at;
}

/**
 * The end of an entry of the shape that nearly all have: under 128 octets, a UTCTime, then nothing or a reasonCode alone;
 * -1 for any other, which is not to say that there is anything wrong with it. Saves half of the time.
 */
function endOfPlainEntry(bytes: Uint8Array, at: number, to: number): number {
  const end = at + 2 + (bytes[at + 1] ?? 0);
  const serialLength = bytes[at + 3] ?? 0;
  const timeAt = at + 4 + serialLength;
  const isPlain =
    bytes[at] === Tag.sequence &&
    end <= to &&
    end < at + 0x82 &&
    serialLength < 0x80 &&
    isInteger(bytes, at + 2, timeAt) &&
    bytes[timeAt] === Tag.utcTime &&
    bytes[timeAt + 1] === 13 &&
    bytes[timeAt + 14] === 0x5a &&
    (timeAt + 15 === end || (timeAt + 29 === end && isReasonCode(bytes, timeAt + 15)));
  return isPlain ? end : -1;
}

/** SEQUENCE { SEQUENCE { 2.5.29.21, OCTET STRING of 3 octets } }, 14 octets: it is not critical. */
function isReasonCode(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === Tag.sequence &&
    bytes[at + 1] === 12 &&
    bytes[at + 2] === Tag.sequence &&
    bytes[at + 3] === 10 &&
    bytes[at + 4] === Tag.objectIdentifier &&
    bytes[at + 5] === 3 &&
    bytes[at + 6] === 0x55 &&
    bytes[at + 7] === 0x1d &&
    bytes[at + 8] === 0x15 &&
    bytes[at + 9] === Tag.octetString &&
    bytes[at + 10] === 3
  );
}

/** Walks crlEntryExtensions, which must fill the entry to `entryEnd`, and notes what matters to the whole CRL. */
function noteExtensions(bytes: Uint8Array, from: number, entryEnd: number, tally: EntryTally): boolean {
  if (bytes[from] !== Tag.sequence || endOf(bytes, from, entryEnd) !== entryEnd) return false;
  let at = contentStartOf(bytes, from);
  if (at === entryEnd) return false;
  let issuerIsNamed = false;
  while (at < entryEnd) {
    const end = endOf(bytes, at, entryEnd);
    const oidAt = contentStartOf(bytes, at);
    const oidEnd =
      end < 0 || bytes[at] !== Tag.sequence || bytes[oidAt] !== Tag.objectIdentifier ? -1 : endOf(bytes, oidAt, end);
    if (oidEnd < 0) return false;
    const critical = bytes[oidEnd] === Tag.boolean && oidEnd + 3 <= end;
    const flag = bytes[oidEnd + 2];
    if (critical && (bytes[oidEnd + 1] !== 1 || (flag !== 0 && flag !== 0xff))) return false;
    const valueAt = critical ? oidEnd + 3 : oidEnd;
    if (bytes[valueAt] !== Tag.octetString || endOf(bytes, valueAt, end) !== end) return false;
    if (isCertificateIssuer(bytes, oidAt, oidEnd)) {
      // Two issuers for one entry: neither can be believed.
      if (issuerIsNamed) return false;
      issuerIsNamed = true;
      tally.certificateIssuerAt ??= tally.base + at;
      tally.issuerFrom = contentStartOf(bytes, valueAt);
      tally.issuerTo = end;
    } else if (critical && flag === 0xff) {
      tally.criticalExtension ??= {
        extnID: decodeObjectIdentifier(readElement(bytes, oidAt, end)),
        offset: tally.base + at,
      };
    }
    at = end;
  }
  return true;
}

/** The OID 2.5.29.29, by its octets. */
function isCertificateIssuer(bytes: Uint8Array, at: number, end: number): boolean {
  return end - at === 5 && bytes[at + 2] === 0x55 && bytes[at + 3] === 0x1d && bytes[at + 4] === 0x1d;
}

/** True where the entry would be well begun, were there more bytes. */
function isCutOff(bytes: Uint8Array, at: number, to: number): boolean {
  // Where blocks end: no error has to be made for that.
  if (to - at < 2 || (bytes[at] === Tag.sequence && (bytes[at + 1] ?? 0) < 0x80)) return true;
  try {
    readElement(bytes, at, to);
  } catch (error) {
    return error instanceof MalformedInputError && error.code === 'der/truncated';
  }
  return false;
}

/** The slow decoder says what is wrong with the entry at `at`. */
function explainDamage(bytes: Uint8Array, at: number, to: number): MalformedInputError {
  try {
    const element = readElement(bytes, at, to);
    if (element.tag !== Tag.sequence)
      return new MalformedInputError('der/unexpected-tag', at, 'CRL entry: no SEQUENCE');
    decodeRevokedCertificate(element);
  } catch (error) {
    if (error instanceof MalformedInputError) return error;
    throw error;
  }
  return new MalformedInputError('der/bad-value', at, 'a CRL entry that is not built as it should be');
}
