/** Fingerprints: the digest of a whole certificate, CRL or key in DER. */
import { createHash } from 'node:crypto';

/** Lower-case hexadecimal without separators. */
export function fingerprint(der: Uint8Array, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(der).digest('hex');
}

/** Upper-case pairs with blanks, `89 A0 C1 …`, as the Windows certificate dialogue shows a thumbprint. */
export function formatThumbprint(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(' ');
}
