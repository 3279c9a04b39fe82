/** Entries of a CRL as lines of text or NDJSON, in pieces that are worth a write; never all of them at once. */
import { formatSerialNumber } from '../x509/certificate.js';
import { revokedCertificates, type RevokedCertificate } from '../x509/crl-entry.js';
import type { WholeCRL } from '../x509/crl.js';
import { certificateIssuer, invalidityDate, reasonCode } from '../x509/extensions/crl-entry-extensions.js';
import { formatGeneralName } from '../revocation/crl-scope.js';
import { escapeInvisible } from './escape-text.js';
import { formatInstant } from './instant.js';
import { joinParts } from './join-parts.js';
import { stringifyJSON } from './json/stringify.js';
import { readIfWellFormed } from './read-extension.js';

interface EntryValues {
  readonly serialNumber: string;
  readonly revokedAt: Date;
  readonly reason?: string;
  readonly invalidityDate?: Date;
  readonly certificateIssuer?: readonly string[];
}

function readEntry({ userCertificate, revocationDate, crlEntryExtensions }: RevokedCertificate): EntryValues {
  const reason = readIfWellFormed(crlEntryExtensions, reasonCode);
  const invalid = readIfWellFormed(crlEntryExtensions, invalidityDate);
  const issuer = readIfWellFormed(crlEntryExtensions, certificateIssuer);
  return {
    serialNumber: formatSerialNumber(userCertificate),
    revokedAt: revocationDate,
    ...(reason && { reason }),
    ...(invalid && { invalidityDate: invalid }),
    ...(issuer && { certificateIssuer: issuer.map(formatGeneralName) }),
  };
}

function formatText({
  serialNumber,
  revokedAt,
  reason,
  invalidityDate: invalid,
  certificateIssuer: of,
}: EntryValues): string {
  const notes = [
    reason ?? 'no reason given',
    ...(invalid ? [`invalid since ${formatInstant(invalid)}`] : []),
    ...(of ? [`of ${of.map(escapeInvisible).join(', ')}`] : []),
  ];
  return `${serialNumber}  ${formatInstant(revokedAt)}  ${notes.join(', ')}\n`;
}

/**
 * The entries of one CRL, one a line. `number` tells NDJSON lines of several CRLs apart, from 0 as in the result.
 *
 * @throws MalformedInputError at the first damaged entry; those before it have been given.
 */
export function formatEntries(crl: WholeCRL, format: 'text' | 'ndjson', number: number): Generator<string> {
  function* lines(): Generator<string> {
    for (const entry of revokedCertificates(crl)) {
      const values = readEntry(entry);
      yield format === 'text' ? formatText(values) : `${stringifyJSON({ type: 'entry', crl: number, ...values })}\n`;
    }
  }
  return joinParts(lines());
}
