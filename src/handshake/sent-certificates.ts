/** The certificates of the other side as it sent them. */
import type { TLSSocket } from 'node:tls';
import type { Finding } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { parseCertificate, type Certificate } from '../x509/certificate.js';

/**
 * DER of the certificates that the other side sent, in the order sent, its own first; none where it sent none.
 *
 * Node's `issuerCertificate` goes through the list as sent, whether or not the one issued the other (tested in both
 * roles, TLS 1.2 and 1.3, with wrong order, strangers and duplicates). Node takes the list out of OpenSSL's hands by this:
 * to be called once a connection.
 */
export function readSentCertificates(socket: TLSSocket): Uint8Array[] {
  const sent: Uint8Array[] = [];
  let certificate = socket.getPeerX509Certificate();
  while (certificate) {
    sent.push(certificate.raw);
    certificate = certificate.issuerCertificate;
  }
  return sent;
}

/**
 * Whether Node tells a server all that a client sent. Observed: up to Node 22 it does; Node 24 tells a server the first
 * certificate alone, and a client still everything.
 */
export const tellsServersEverything = Number(process.versions.node.split('.', 1)[0]) <= 22;

export interface SentCertificates {
  readonly certificates: readonly Certificate[];
  /** Area `der`: one for each that cannot be read and is therefore not among them. */
  readonly findings: readonly Finding[];
}

/** @param file what origins call the place: `sent by the server`; the position counts from 1. */
export function parseSentCertificates(sent: readonly Uint8Array[], file: string): SentCertificates {
  const findings: Finding[] = [];
  const certificates = sent.flatMap((der, position) => {
    const origin = { file, index: position + 1 };
    try {
      return [parseCertificate(der, origin)];
    } catch (error) {
      if (!(error instanceof MalformedInputError)) throw error;
      findings.push(error.at(origin).toFinding({ kind: 'certificate', name: `number ${position + 1}` }));
      return [];
    }
  });
  return { certificates, findings };
}
