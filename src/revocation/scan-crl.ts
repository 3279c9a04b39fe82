/** Looks for serial numbers in one CRL, and for what in its entries speaks against the CRL as a whole. */
import { MalformedInputError } from '../finding/malformed-input.js';
import type { WholeCRL } from '../x509/crl.js';
import { startTally, type CriticalEntryExtension, type ListedCertificate } from './entry-tally.js';
import { scanEntries } from './scan-entries.js';
import { wantSerials, type WantedSerials } from './wanted-serials.js';

export interface CRLScan {
  readonly entries: number;
  /** All entries of each serial number that was found, by its hexadecimal content octets, in the order of the CRL. */
  readonly found: ReadonlyMap<string, readonly ListedCertificate[]>;
  /** The first critical entry extension other than certificateIssuer. */
  readonly criticalExtension: CriticalEntryExtension | undefined;
  /** Where the first certificateIssuer extension stands; only an indirect CRL may have one (RFC 5280 5.3.3). */
  readonly certificateIssuerAt: number | undefined;
}

/**
 * Scans the entries of a CRL once for all of `serials` (RFC 5280 5.1.2.6 and 5.3).
 *
 * @param serials content octets of the serial numbers, as `TBSCertificate.serialNumber` has them.
 * @returns how many entries there are, every entry of the serials that were found with the issuer that it is about
 * (5.3.3: an indirect CRL may list one serial number for several), and the first critical entry extension (5.3: a CRL
 * with one that is not processed says nothing about any certificate). Offsets count from the start of the CRL.
 * @throws MalformedInputError at the first entry that is damaged. Neither signature nor dates are checked.
 */
export function scanCRL(crl: WholeCRL, serials: readonly Uint8Array[]): CRLScan {
  return scanFor(crl, wantSerials(serials));
}

/** The same for many CRLs, each of which is looked through for the same. */
export function scanFor(crl: WholeCRL, wanted: WantedSerials): CRLScan {
  const tally = startTally();
  const { revokedCertificates } = crl.tbsCertList;
  if (!revokedCertificates) return conclude(tally);
  const { source, contentStart, end } = revokedCertificates;
  try {
    const stopped = scanEntries(source, contentStart, end, wanted, tally);
    if (stopped < end) throw sayCutOff(stopped);
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    throw (firstOf(tally.undecodable) ?? error).at(crl.origin);
  }
  const damage = firstOf(tally.undecodable);
  if (damage) throw damage.at(crl.origin);
  return conclude(tally);
}

/** An entry whose length leads beyond the end of all entries. @param offset where it stands in the CRL. */
export function sayCutOff(offset: number): MalformedInputError {
  return new MalformedInputError('der/truncated', offset, 'the last CRL entry is cut off');
}

function firstOf(damages: ReadonlyMap<string, MalformedInputError>): MalformedInputError | undefined {
  return damages.values().next().value;
}

/** The scan for whoever asks about it. */
export function conclude({ entries, found, criticalExtension, certificateIssuerAt }: CRLScan): CRLScan {
  return { entries, found, criticalExtension, certificateIssuerAt };
}
