/**
 * A CRL that was read past in one stream: what stands around its entries, and the answers to the questions that were
 * asked beforehand. All answers come from one pass, so the signature covers the very bytes that were scanned. A question
 * that was not asked has no answer here, and no guess either: whoever needs it gets an `UnreadEvidenceError`, and the
 * reader makes another pass with the question among the others.
 */
import { fingerprint, type FingerprintAlgorithm } from '../crypto/fingerprint.js';
import type { SignatureCheck } from '../crypto/signature.js';
import { equalBytes } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { isWhole, type CertificateList, type WholeCRL } from '../x509/crl.js';
import type { Name } from '../x509/name.js';
import { spkiKey, type SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import { scanFor, type CRLScan } from './scan-crl.js';
import type { WantedSerials } from './wanted-serials.js';

/** What is asked of every CRL that is streamed. */
export interface StreamQuestions {
  /** Content octets of the serial numbers to look for. */
  readonly serials: readonly Uint8Array[];
  /** The keys that may have signed a CRL of this issuer; each costs a digest of the CRL. */
  readonly keysFor: (issuer: Name) => readonly SubjectPublicKeyInfo[];
  /** The fingerprints of the whole CRL that are wanted; each costs one more digest. */
  readonly fingerprints: readonly FingerprintAlgorithm[];
}

/** The answers of one pass. */
export interface StreamPass {
  /** The serial numbers that were looked for, by their hexadecimal content octets. */
  readonly serials: ReadonlySet<string>;
  readonly scan: CRLScan | MalformedInputError;
  /** Entries of these serial numbers that cannot be decoded, in the order of the CRL. */
  readonly undecodable: ReadonlyMap<string, MalformedInputError>;
  /** By `spkiKey`. */
  readonly signatures: ReadonlyMap<string, SignatureCheck>;
  /** In lower-case hexadecimal. */
  readonly fingerprints: ReadonlyMap<FingerprintAlgorithm, string>;
}

export interface StreamedCRL extends CertificateList {
  readonly pass: StreamPass;
}

export type OpenQuestion =
  | { readonly serials: readonly Uint8Array[] }
  | { readonly key: SubjectPublicKeyInfo }
  | { readonly fingerprint: FingerprintAlgorithm }
  /** The CRL itself, as whoever writes it anew needs it. */
  | { readonly bytes: true };

/** Thrown where a streamed CRL was not asked what is needed now; never shown to people. */
export class UnreadEvidenceError extends Error {
  override readonly name = 'UnreadEvidenceError';

  constructor(readonly question: OpenQuestion) {
    super('a streamed CRL has to be read again with one more question');
  }
}

function passOf(crl: CertificateList): StreamPass {
  if ('pass' in crl) return (crl as StreamedCRL).pass;
  throw new TypeError('a CRL that was neither parsed nor streamed');
}

/** Puts the place where it was read on a CRL and its damage. */
export function placeStreamedCRL(crl: StreamedCRL, origin: CertificateList['origin']): StreamedCRL {
  if (!origin) return crl;
  const { scan, undecodable } = crl.pass;
  const placed = {
    scan: scan instanceof MalformedInputError ? scan.at(origin) : scan,
    undecodable: new Map(Array.from(undecodable, ([serial, error]) => [serial, error.at(origin)])),
  };
  return { ...crl, origin, pass: { ...crl.pass, ...placed } };
}

/** What `scanCRL` says of any CRL, or what is wrong with an entry. @throws UnreadEvidenceError */
export function scanAnyCRL(crl: CertificateList, wanted: WantedSerials): CRLScan | MalformedInputError {
  return isWhole(crl) ? scanWhole(crl, wanted) : recallScan(crl, wanted);
}

function scanWhole(crl: WholeCRL, wanted: WantedSerials): CRLScan | MalformedInputError {
  try {
    return scanFor(crl, wanted);
  } catch (error) {
    if (error instanceof MalformedInputError) return error;
    throw error;
  }
}

function recallScan(crl: CertificateList, { serials }: WantedSerials): CRLScan | MalformedInputError {
  const pass = passOf(crl);
  const unread = Array.from(serials).filter(([serial]) => !pass.serials.has(serial));
  if (unread.length > 0) throw new UnreadEvidenceError({ serials: unread.map(([, octets]) => octets) });
  for (const [serial, damage] of pass.undecodable) if (serials.has(serial)) return damage;
  return pass.scan;
}

/** @throws UnreadEvidenceError */
export function recallSignature(crl: CertificateList, key: SubjectPublicKeyInfo): SignatureCheck {
  const known = passOf(crl).signatures.get(spkiKey(key));
  if (!known) throw new UnreadEvidenceError({ key });
  return known;
}

/** The digest of the DER in lower-case hexadecimal, of any CRL. @throws UnreadEvidenceError */
export function fingerprintCRL(crl: CertificateList, algorithm: FingerprintAlgorithm = 'sha256'): string {
  if (isWhole(crl)) return fingerprint(crl.der, algorithm);
  const known = passOf(crl).fingerprints.get(algorithm);
  if (known === undefined) throw new UnreadEvidenceError({ fingerprint: algorithm });
  return known;
}

/** The DER of any CRL. @throws UnreadEvidenceError */
export function bytesOfCRL(crl: CertificateList): Uint8Array {
  if (isWhole(crl)) return crl.der;
  throw new UnreadEvidenceError({ bytes: true });
}

/** True where both are the same to the last byte. @throws UnreadEvidenceError */
export function equalCRLs(a: CertificateList, b: CertificateList): boolean {
  if (a.size !== b.size || !equalBytes(a.signatureValue.bytes, b.signatureValue.bytes)) return false;
  return isWhole(a) && isWhole(b) ? equalBytes(a.der, b.der) : fingerprintCRL(a) === fingerprintCRL(b);
}
