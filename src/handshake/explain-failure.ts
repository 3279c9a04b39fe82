/** Why no handshake came about with a live server, as a finding. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import type { ServerAnswer } from './ask-server.js';
import { readAlert, readReason, type RawError } from './side-error.js';

export interface FailureContext {
  /** `host:port`. */
  readonly place: string;
  readonly timeLimit: number;
  readonly hasIdentity: boolean;
}

const nameErrors = /^(?:ENOTFOUND|EAI_)/;
const unreachable = /^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM|EINVAL)$/;
/** What OpenSSL says when the first bytes are no TLS record. */
const notTLS = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|BAD_RECORD_TYPE|RECORD_LAYER_FAILURE/;
const lost = /^(?:ECONNRESET|EPIPE|ECONNABORTED)$/;

/** The alert, or a close, of a server that asked for a certificate. */
function explainCertificate(error: RawError, context: FailureContext): Finding | undefined {
  const { place, hasIdentity } = context;
  const alert = readAlert(error);
  if (!alert && !lost.test(error.code ?? '')) return undefined;
  const subject = { kind: 'name', name: place } as const;
  if (!hasIdentity) {
    return createFinding('connect/client-certificate-required', subject, { alert: alert?.number });
  }
  const name = alert?.name ?? readReason(error);
  return createFinding('connect/client-certificate-refused', subject, { alert: alert?.number, name });
}

/** @returns undefined where the answer has no error. */
export function explainFailure(answer: ServerAnswer, context: FailureContext): Finding | undefined {
  const { error, stage, received, asksForCertificate, sent } = answer;
  if (!error) return undefined;
  const subject = { kind: 'name', name: context.place } as const;
  const { code = 'UNKNOWN' } = error;
  const params = { error: code, message: readReason(error) };
  if (code === 'ETIMEDOUT') {
    return createFinding('connect/timeout', subject, { seconds: context.timeLimit / 1000, stage, received });
  }
  if (nameErrors.test(code)) return createFinding('connect/name-not-found', subject, params);
  if (code === 'ECONNREFUSED') return createFinding('connect/refused', subject, params);
  if (unreachable.test(code)) return createFinding('connect/unreachable', subject, params);
  const ofCertificate = asksForCertificate ? explainCertificate(error, context) : undefined;
  if (ofCertificate) return ofCertificate;
  const alert = readAlert(error);
  if (alert) return createFinding('connect/alert', subject, { alert: alert.number, name: alert.name });
  if (lost.test(code)) return createFinding('connect/reset', subject, params);
  if (sent.length === 0 && notTLS.test(code)) return createFinding('connect/not-tls', subject, params);
  return createFinding('connect/handshake-failed', subject, params);
}
