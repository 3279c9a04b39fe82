/** Codes for bytes that are not the DER they should be. */
import { entry } from './finding.js';

export interface Malformed {
  /** Offset of the offending byte from the start of the object, in bytes. */
  readonly offset: number;
  /** What stood there and what was expected. */
  readonly detail: string;
}

export const derCatalogue = {
  'der/truncated': entry<Malformed>({ severity: 'error', reference: 'X.690 8.1.3' }),
  'der/indefinite-length': entry<Malformed>({ severity: 'error', reference: 'X.690 10.1' }),
  'der/length-not-minimal': entry<Malformed>({ severity: 'error', reference: 'X.690 10.1' }),
  'der/unexpected-tag': entry<Malformed>({ severity: 'error', reference: 'RFC 5280 4.1' }),
  'der/trailing-data': entry<Malformed>({ severity: 'error', reference: 'RFC 5280 4.1' }),
  'der/bad-value': entry<Malformed>({ severity: 'error', reference: 'X.690 8, 11' }),
};
export type DerCode = keyof typeof derCatalogue;
