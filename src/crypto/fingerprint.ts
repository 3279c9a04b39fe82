/** Fingerprints: the digest of a whole certificate, CRL or key in DER. */
import { createHash } from 'node:crypto';

/** Windows shows SHA-1, everybody else SHA-256. */
export type FingerprintAlgorithm = 'sha1' | 'sha256';

/** Lower-case hexadecimal without separators. */
export function fingerprint(der: Uint8Array, algorithm: FingerprintAlgorithm): string {
  return createHash(algorithm).update(der).digest('hex');
}

/** A digest over bytes that come one block at a time. */
export interface RunningDigest {
  readonly update: (block: Uint8Array) => void;
  /** Lower-case hexadecimal; to be called once. */
  readonly finish: () => string;
}

export function startDigest(algorithm: FingerprintAlgorithm): RunningDigest {
  const hash = createHash(algorithm);
  return { update: (block) => void hash.update(block), finish: () => hash.digest('hex') };
}

/** Upper-case pairs with blanks, `89 A0 C1 …`, as the Windows certificate dialogue shows a thumbprint. */
export function formatThumbprint(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(' ');
}

export interface Thumbprint {
  readonly algorithm: FingerprintAlgorithm;
  /** Lower-case hexadecimal, 40 or 64 digits. */
  readonly hex: string;
}

/**
 * Reads a thumbprint in any spelling that people paste: upper or lower case, pairs apart by blanks, colons or dashes,
 * the U+200E that the Windows dialogue puts in front. Undefined where the rest is not 40 or 64 hexadecimal digits.
 */
export function parseThumbprint(text: string): Thumbprint | undefined {
  const hex = text.replace(/[\s:\-\p{Cf}]/gu, '').toLowerCase();
  if (!/^[0-9a-f]+$/.test(hex)) return undefined;
  if (hex.length === 40) return { algorithm: 'sha1', hex };
  if (hex.length === 64) return { algorithm: 'sha256', hex };
  return undefined;
}
