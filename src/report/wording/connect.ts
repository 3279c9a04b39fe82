/** The wording of the area `connect`. */
import type { connectCatalogue } from '../../finding/connect.js';
import type { Wording } from './words.js';

/** `sip1.example.com:5061`, an IPv6 address in brackets. */
const at = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** RFC 8446 6.2: alerts that have something to do with a configuration, and what to look at. */
const alertHints: Readonly<Record<number, string>> = {
  40: 'the server found no common cipher or signature algorithm, or wants a client certificate: compare cipher-list and sec-protocol of both sides',
  42: 'the server could not use the certificate of the client: give another with --certificate',
  70: 'the server does not speak TLS 1.2 or 1.3: look at its sec-protocol',
  80: 'the server has a trouble of its own, often a certificate or key that it could not load: look at its log',
  112: 'the server does not know the name that was sent: give the one that it serves with --servername',
};

const behindChain = 'put the chain in order with certwright chain, and restart the server with it';

export const connectWording: Wording<typeof connectCatalogue> = {
  'connect/name-not-found': ({ host, error }) => ({
    message: `there is no address for ${host} (${error})`,
    hint: 'look for a typing error, or give the address and the name apart: certwright connect ADDRESS:PORT --servername NAME',
  }),
  'connect/refused': (params) => ({
    message: `nothing listens on ${at(params)} (${params.error})`,
    hint: 'look whether the server runs and whether this is its TLS port',
  }),
  'connect/unreachable': (params) => ({
    message: `there is no way to ${at(params)}: ${params.message} (${params.error})`,
    hint: 'look at the address, the route and the firewall',
  }),
  'connect/timeout': ({ seconds, stage, ...params }) =>
    stage === 'connect'
      ? {
          message: `${at(params)} did not take the connection within ${seconds} s`,
          hint: 'a firewall may drop it without a word; wait longer with --timeout',
        }
      : {
          message: `${at(params)} took the connection and did not answer the TLS handshake within ${seconds} s`,
          hint: 'this is perhaps a port without TLS, which waits for something else; wait longer with --timeout',
        },
  'connect/not-tls': (params) => ({
    message: `what ${at(params)} answers is not TLS (${params.error})`,
    hint: 'take the TLS port; a protocol that begins in the clear and changes to TLS (STARTTLS) is not spoken here',
  }),
  'connect/reset': (params) => ({
    message: `${at(params)} closed the connection in the TLS handshake: ${params.message}`,
    hint: 'look at the log of the server; some close like this for want of a certificate of their own, a name (--servername) or a client certificate (--certificate)',
  }),
  'connect/alert': ({ alert, name, ...params }) => ({
    message: `${at(params)} ended the handshake with the alert ${alert}, ${name}`,
    hint: alertHints[alert] ?? 'look at the log of the server, which says why',
  }),
  'connect/handshake-failed': (params) => ({
    message: `the handshake with ${at(params)} failed: ${params.message} (${params.error})`,
    hint: 'the server may speak nothing newer than TLS 1.1, or use keys or signatures that OpenSSL no longer accepts',
  }),
  'connect/no-certificate': (params) => ({
    message: `${at(params)} sent no certificate`,
    hint: 'look at the certificate option of the server',
  }),
  'connect/client-certificate-required': ({ alert, ...params }) => ({
    message: `${at(params)} insists on a client certificate (${alert === undefined ? 'it closed the connection' : `alert ${alert}`}); none was given`,
    hint: 'give one with --certificate and --certificate-key; what the server sent was judged all the same',
  }),
  'connect/client-certificate-refused': ({ alert, name, ...params }) => ({
    message: `${at(params)} refused the client certificate: ${alert === undefined ? name : `alert ${alert}, ${name}`}`,
    hint: 'check it with certwright verify against the trusted-ca of the server; the log of the server says why',
  }),
  'connect/client-certificate-asked': (params) => ({
    message: `${at(params)} asked for a client certificate and did without`,
  }),
  'connect/client-certificate-unusable': ({ error, message }) => ({
    message: `OpenSSL does not take it: ${message} (${error}); the server was not asked`,
    hint: 'the certificate of the key has to be the first of the file',
  }),
  'connect/wrong-order': ({ order, ...params }) => ({
    message: `${at(params)} sends its chain in the wrong order: from end entity to root it would be the certificates ${order.join(', ')}`,
    hint: `TLS 1.2 wants each certificate to certify the one before; OpenSSL does not mind, some clients do: ${behindChain}`,
  }),
  'connect/issuer-not-sent': (params) => ({
    message: `is needed and was not sent by ${at(params)}; it is known here because it stands among the trusted certificates`,
    hint: `clients that do not have it refuse the server: ${behindChain}`,
  }),
  'connect/root-sent': (params) => ({
    message: `is the root and was sent by ${at(params)} too; clients use their own copy`,
  }),
  'connect/unrelated-sent': (params) => ({
    message: `was sent by ${at(params)} and does not belong to its chain`,
    hint: `some clients refuse such a chain: ${behindChain}`,
  }),
  'connect/duplicate-sent': ({ first, ...params }) => ({
    message: `was sent by ${at(params)} a second time, after certificate ${first}`,
    hint: behindChain,
  }),
};
