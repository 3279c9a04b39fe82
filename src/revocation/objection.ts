/** What speaks against using a CRL for a certificate: a code of the area `crl` with its params. */
import type { ParamsOf } from '../finding/catalogue.js';

/**
 * Objections that leave the CRL its say where it lists the certificate: what it revoked stays revoked, only its silence
 * proves nothing.
 */
const silenceProvesNothing = ['key-identifier-mismatch', 'partial-reasons', 'stale'] as const;

export type ObjectionCode =
  | (typeof silenceProvesNothing)[number]
  | 'wrong-key'
  | 'bad-signature'
  | 'signature-not-checked'
  | 'issuer-may-not-sign'
  | 'signer-missing'
  | 'signer-not-accepted'
  | 'malformed'
  | 'unhandled-critical-extension'
  | 'delta'
  | 'indirect'
  | 'not-indirect'
  | 'out-of-scope'
  | 'not-yet-valid';

interface Objecting<Code extends ObjectionCode> {
  readonly code: Code;
  readonly params: Omit<ParamsOf<`crl/${Code}`>, 'certificates'>;
}

export type Objection = { [Code in ObjectionCode]: Objecting<Code> }[ObjectionCode];

export function makeObjection<Code extends ObjectionCode>(code: Code, params: Objecting<Code>['params']): Objection {
  return { code, params } as Objection;
}

/** True where the CRL still revokes what it lists. */
export function mayRevoke(objection: Objection | undefined): boolean {
  return !objection || (silenceProvesNothing as readonly string[]).includes(objection.code);
}
