/**
 * One pass over CRL entries in DER: finds wanted serial numbers without making an object for any other entry.
 *
 * A CRL of a million entries is 42 MB; decoding each entry would take seconds and more memory than the CRL itself. So the
 * loop only measures: where the entry ends, where its serial number stands, whether its time has the right shape, and
 * whether an extension in it is critical. A table over the last three octets of the wanted serials lets all but one entry
 * in a hundred or more pass with a single look, however many are wanted; what remains is compared octet for octet. Whenever a measure does not fit, the slow
 * decoder of `x509/crl-entry.ts` reads the entry again, and it is the one that says what is wrong.
 *
 * In an indirect CRL an entry is about the issuer that the last certificateIssuer extension named, be it entries back
 * (RFC 5280 5.3.3). Only where that extension stands is carried along; its names are decoded for entries that are wanted.
 *
 * The pass works on a stretch of whole entries and says where it stopped, so that a reader that holds one block of the
 * file at a time can carry the unfinished entry over to the next; what it keeps is copied, since the block will be
 * overwritten. Cost: a tenth of a second for a million entries.
 */
import { readElement } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import { decodeObjectIdentifier, toHex } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { decodeRevokedCertificate, type RevokedCertificate } from '../x509/crl-entry.js';
import { Extensions } from '../x509/extensions.js';
import { certificateIssuer } from '../x509/extensions/crl-entry-extensions.js';
import type { GeneralNames } from '../x509/general-name.js';
import { contentStartOf, endOf, endOfTime, isInteger } from './measure-der.js';

/** Serial numbers to look for, by their content octets. */
export interface WantedSerials {
  /** By hexadecimal content octets. */
  readonly serials: ReadonlySet<string>;
  /** 1 at the place of each wanted serial number, see `placeOf`. */
  readonly places: Uint8Array;
  /** By how many bits a place is shifted to fit the table. */
  readonly shift: number;
}

export interface CriticalEntryExtension {
  /** Dotted OID. */
  readonly extnID: string;
  /** Where the extension stands, in bytes from the start of the CRL. */
  readonly offset: number;
}

/** An entry with the issuer that it is about. */
export interface ListedCertificate extends RevokedCertificate {
  /** The names of the certificateIssuer extension in force (RFC 5280 5.3.3); undefined where it is the CRL issuer. */
  readonly certificateIssuer: GeneralNames | undefined;
}

/** What the entries scanned so far came to. */
export interface EntryTally {
  /** Where the stretch being scanned begins in the CRL: all offsets that are kept or thrown count from the CRL's start. */
  base: number;
  entries: number;
  /** All entries of each wanted serial number, by its hexadecimal content octets, in the order of the CRL. */
  readonly found: Map<string, ListedCertificate[]>;
  /** What is wrong with entries of wanted serial numbers that are built well, in the order of the CRL. */
  readonly undecodable: Map<string, MalformedInputError>;
  /** The first critical entry extension other than certificateIssuer. */
  criticalExtension: CriticalEntryExtension | undefined;
  /** Where the first certificateIssuer extension stands: the mark of an indirect CRL. */
  certificateIssuerAt: number | undefined;
  /** extnValue of the certificateIssuer in force after the stretches scanned before. */
  issuerBefore: Uint8Array | undefined;
  /** Where the certificateIssuer in force stands in the stretch being scanned: from and to of extnValue; -1 for none. */
  issuerFrom: number;
  issuerTo: number;
}

/** Places in the table for each wanted serial number: at most one entry in so many is looked at in vain. */
const placesEach = 128;
/** Bits of the smallest and the largest table: 4 KB, and 4 MB for 32,000 serial numbers and more. */
const tableBits = { least: 12, most: 22 };

export function wantSerials(serials: readonly Uint8Array[]): WantedSerials {
  const wantedBits = Math.ceil(Math.log2(serials.length * placesEach + 1));
  const bits = Math.min(Math.max(wantedBits, tableBits.least), tableBits.most);
  const places = new Uint8Array(2 ** bits);
  const shift = 32 - bits;
  for (const serial of serials) {
    // As it stands in an entry, with the octets before it.
    const bytes = Uint8Array.of(Tag.integer, serial.length, ...serial);
    places[placeOf(bytes, bytes.length, shift)] = 1;
  }
  return { serials: new Set(serials.map(toHex)), places, shift };
}

export function startTally(): EntryTally {
  return {
    base: 0,
    entries: 0,
    found: new Map(),
    undecodable: new Map(),
    criticalExtension: undefined,
    certificateIssuerAt: undefined,
    issuerBefore: undefined,
    issuerFrom: -1,
    issuerTo: -1,
  };
}

// A serial number of one or two octets takes length and tag before it along, which does no harm: they are so in every
// CRL. The factor is 2^32 over the golden ratio: serial numbers that are counted up spread over the table.
function placeOf(bytes: Uint8Array, end: number, shift: number): number {
  const octets = ((bytes[end - 3] ?? 0) << 16) | ((bytes[end - 2] ?? 0) << 8) | (bytes[end - 1] ?? 0);
  return Math.imul(octets, 0x9e3779b1) >>> shift;
}

/**
 * Scans the entries that lie wholly between `from` and `to` of a stretch that begins at `tally.base`.
 *
 * @returns where the first entry stands that does not end by `to`: `to` itself when all do.
 * @throws MalformedInputError at the first entry that is not built as RFC 5280 5.1.2.6 says. What else is wrong with a
 * wanted entry is kept in `tally.undecodable`. Not checked, unless the entry is wanted: whether its date is in the calendar, and the values of its extensions.
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
  const { places, shift } = wanted;
  let at = from;
  while (at < to) {
    const end = endOf(bytes, at, to);
    if (end < 0) {
      if (isCutOff(bytes, at, to)) return at;
      throw explainDamage(bytes, at, to);
    }
    const serialAt = contentStartOf(bytes, at);
    const serialEnd = bytes[at] === Tag.sequence ? endOf(bytes, serialAt, end) : -1;
    const timeEnd = isInteger(bytes, serialAt, serialEnd) ? endOfTime(bytes, serialEnd, end) : -1;
    if (timeEnd < 0 || (timeEnd < end && !noteExtensions(bytes, timeEnd, end, tally))) {
      throw explainDamage(bytes, at, end);
    }
    tally.entries++;
    if (places[placeOf(bytes, serialEnd, shift)] === 1) {
      keepWanted(bytes, at, contentStartOf(bytes, serialAt), serialEnd, wanted, tally);
    }
    at = end;
  }
  return at;
}

function keepWanted(
  bytes: Uint8Array,
  at: number,
  serialStart: number,
  serialEnd: number,
  { serials }: WantedSerials,
  tally: EntryTally,
): void {
  const serial = toHex(bytes.subarray(serialStart, serialEnd));
  if (!serials.has(serial)) return;
  try {
    const decoded = decodeRevokedCertificate(readElement(bytes, at));
    const entry = { ...detach(decoded, tally.base), certificateIssuer: decodeIssuer(bytes, at, tally) };
    const others = tally.found.get(serial);
    if (others) others.push(entry);
    else tally.found.set(serial, [entry]);
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    if (!tally.undecodable.has(serial)) tally.undecodable.set(serial, moveBy(error, tally.base));
  }
}

/** The entry with bytes of its own and its offsets from the start of the CRL. */
function detach(
  { userCertificate, revocationDate, crlEntryExtensions }: RevokedCertificate,
  base: number,
): RevokedCertificate {
  const own = crlEntryExtensions.list.map((extension) => ({
    ...extension,
    extnValue: new Uint8Array(extension.extnValue),
    offset: extension.offset + base,
  }));
  return { userCertificate: new Uint8Array(userCertificate), revocationDate, crlEntryExtensions: new Extensions(own) };
}

function moveBy(error: MalformedInputError, base: number): MalformedInputError {
  return base === 0
    ? error
    : new MalformedInputError(error.code, error.offset + base, error.detail, error.origin, error);
}

/** Whom the entry at `at` is about. Without a directory name it could be anybody's, so that is damage. */
function decodeIssuer(bytes: Uint8Array, at: number, tally: EntryTally): GeneralNames | undefined {
  const { issuerFrom, issuerTo, issuerBefore } = tally;
  const extnValue = issuerFrom >= 0 ? new Uint8Array(bytes.subarray(issuerFrom, issuerTo)) : issuerBefore;
  if (!extnValue) return undefined;
  let names: GeneralNames;
  try {
    names = certificateIssuer.decode(extnValue);
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    throw new MalformedInputError(error.code, at, `certificateIssuer: ${error.detail}`);
  }
  // RFC 5280 5.3.3
  if (names.some(({ type }) => type === 'directoryName')) return names;
  throw new MalformedInputError('der/bad-value', at, 'certificateIssuer: no directory name');
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
