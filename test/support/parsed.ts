/** Made certificates and CRLs as certwright sees them, with an origin that tests can recognise. */
import { parseCertificate, type Certificate } from '../../src/x509/certificate.js';
import { parseCRL, type WholeCRL } from '../../src/x509/crl.js';
import type { Holder } from './pki.js';

/** Parses DER as if it had been read from `file`. */
export function asCertificate(der: Uint8Array, file = 'test.pem', line = 1): Certificate {
  return parseCertificate(der, { file, line });
}

/** The certificates of some holders, all in one file, one after another. */
export function asCertificates(holders: readonly Holder[], file = 'pile.pem'): Certificate[] {
  return holders.map(({ certificate }, position) =>
    parseCertificate(certificate, { file, line: position * 20 + 1, index: position + 1 }),
  );
}

export function asCRL(der: Uint8Array, file = 'test.crl'): WholeCRL {
  return parseCRL(der, { file, line: 1 });
}
