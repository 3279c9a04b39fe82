/** Codes of the area `connect`: a live server that cannot be reached, refuses, or sends its chain in a bad state. */
import { entry } from './finding.js';

const handshake = 'RFC 8446 4, RFC 5246 7';
const certificates = 'RFC 5246 7.4.2, RFC 8446 4.4.2';

export interface FailedAt {
  /** As Node has it. */
  readonly error: string;
  readonly message: string;
}

export const connectCatalogue = {
  // On the way to the server.
  'connect/name-not-found': entry<FailedAt>({ severity: 'error', reference: 'getaddrinfo(3)' }),
  'connect/refused': entry<FailedAt>({ severity: 'error', reference: 'connect(2)', nodeError: 'ECONNREFUSED' }),
  'connect/unreachable': entry<FailedAt>({ severity: 'error', reference: 'connect(2)' }),
  'connect/timeout': entry<{
    readonly seconds: number;
    /** connect: no connection came about · handshake: the server took the connection, and the handshake did not end. */
    readonly stage: string;
    /** Bytes that came from the server. */
    readonly received: number;
  }>({ severity: 'error', reference: 'certwright connect --timeout' }),
  // In the handshake.
  'connect/not-tls': entry<FailedAt>({ severity: 'error', reference: 'RFC 8446 5.1' }),
  'connect/reset': entry<FailedAt>({ severity: 'error', reference: handshake }),
  'connect/alert': entry<{ readonly alert: number; readonly name: string }>({
    severity: 'error',
    reference: 'RFC 8446 6.2',
  }),
  'connect/handshake-failed': entry<FailedAt>({ severity: 'error', reference: handshake }),
  'connect/no-certificate': entry({ severity: 'error', reference: certificates }),
  // The client's certificate.
  'connect/client-certificate-required': entry<{ readonly alert?: number | undefined }>({
    severity: 'error',
    reference: 'RFC 8446 4.4.2.4',
  }),
  'connect/client-certificate-refused': entry<{ readonly alert?: number | undefined; readonly name: string }>({
    severity: 'error',
    reference: 'RFC 8446 6.2',
  }),
  'connect/client-certificate-asked': entry({ severity: 'info', reference: 'RFC 8446 4.3.2' }),
  'connect/client-certificate-unusable': entry<{ readonly error: string; readonly message: string }>({
    severity: 'error',
    reference: 'OpenSSL 3.0 SSL_CTX_use_certificate(3)',
  }),
  // The chain as sent.
  'connect/wrong-order': entry<{ readonly order: readonly string[] }>({
    severity: 'warning',
    reference: certificates,
  }),
  'connect/issuer-not-sent': entry({ severity: 'warning', reference: certificates }),
  'connect/issuer-unknown': entry<{ readonly issuer: string }>({ severity: 'warning', reference: certificates }),
  'connect/root-sent': entry({ severity: 'info', reference: certificates }),
  'connect/unrelated-sent': entry({ severity: 'warning', reference: certificates }),
  'connect/duplicate-sent': entry<{ readonly first: number }>({
    severity: 'warning',
    reference: certificates,
  }),
};
