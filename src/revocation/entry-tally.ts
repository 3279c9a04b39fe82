/** What a scan of CRL entries keeps: counts, what speaks against the CRL as a whole, and the entries that are wanted. */
import { readElement } from '../der/reader.js';
import { toHex } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { decodeRevokedCertificate, type RevokedCertificate } from '../x509/crl-entry.js';
import { Extensions } from '../x509/extensions.js';
import { certificateIssuer } from '../x509/extensions/crl-entry-extensions.js';
import type { GeneralNames } from '../x509/general-name.js';

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

/** Keeps the entry at `at`, whose serial number stands between the two places, if that is among `serials`. */
export function keepWanted(
  bytes: Uint8Array,
  at: number,
  serialStart: number,
  serialEnd: number,
  serials: ReadonlyMap<string, unknown>,
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

/** The same error with its offset from the start of the CRL. */
export function moveBy(error: MalformedInputError, base: number): MalformedInputError {
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
