/** An error as a side met it, and what it says: code, words, alert, and whether it only follows from the other side's. */
import type { Side } from '../security-pack/setting.js';
import type { SideError, Stage } from './rehearsal.js';
import { describeVerifyError } from './verify-errors.js';

/** What Node and OpenSSL say of an error; not every field is always there. */
export interface RawError {
  readonly code?: string | undefined;
  readonly message: string;
  readonly reason?: string | undefined;
}

export interface MetError {
  readonly side: Side;
  readonly stage: Stage;
  readonly error: RawError;
  readonly option?: string;
}

/** The connection went away under it; the other side knows why. */
const lostConnection: readonly string[] = ['ECONNRESET', 'EPIPE', 'ECONNABORTED'];

/** `…:SSL routines:…:tlsv13 alert certificate required:…:SSL alert number 116`. */
export function readAlert({ message, reason = '' }: RawError): SideError['alert'] {
  const [, number] = /SSL alert number (\d+)/.exec(message) ?? [];
  if (number === undefined) return undefined;
  const [, name = reason] = /alert (.+)$/.exec(reason) ?? [];
  return { number: Number(number), name };
}

/** The reason that OpenSSL gives, without the file and line of its source. */
export function readReason({ message, reason }: RawError): string {
  return reason ?? message.trim();
}

/** The error of a certificate that was not accepted, by what Node's `authorizationError` says. */
export function makeVerificationError(side: Side, code: string): MetError {
  return { side, stage: 'verification', error: { code, message: describeVerifyError(code).message } };
}

/**
 * Everything about the errors but what explains them, in the order given.
 *
 * In a handshake whoever meets a fault tells the other by an alert or just closes: what the other meets then is a
 * consequence, whatever OpenSSL calls it there.
 */
export function describeErrors(met: readonly MetError[]): Omit<SideError, 'explainedBy'>[] {
  let first: Side | undefined;
  return met.map(({ side, stage, error, option }) => {
    const { code = 'UNKNOWN' } = error;
    const alert = readAlert(error);
    const inTransit = stage === 'handshake' || stage === 'exchange';
    const isConsequence =
      inTransit && (alert !== undefined || lostConnection.includes(code) || (first !== undefined && first !== side));
    if (inTransit && !isConsequence) first ??= side;
    const number = stage === 'verification' ? describeVerifyError(code).number : undefined;
    return {
      side,
      stage,
      code,
      message: readReason(error),
      ...(option !== undefined && { option }),
      ...(number !== undefined && { opensslError: number }),
      ...(alert && { alert }),
      isConsequence,
    };
  });
}
