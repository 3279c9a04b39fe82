/** The wording of the area `connect`: the subject is the server as `host:port`, or a certificate that it sent. */
import type { connectCatalogue } from '../../finding/connect.js';
import { formatCount } from '../count.js';
import type { Wording } from './words.js';

/** RFC 8446 6.2: alerts that have something to do with a configuration, and what to look at. */
const alertHints: Readonly<Record<number, string>> = {
  40: 'the server found no common cipher or signature algorithm, or wants a client certificate: compare cipher-list and sec-protocol of both sides',
  70: 'the server does not speak TLS 1.2 or 1.3: look at its sec-protocol',
  80: 'the server has a trouble of its own, often a certificate or key that it could not load: look at its log',
  112: 'the server does not know the name that was sent: give the one that it serves with --servername',
};

const mendChain = 'complete and arrange the file of its certificate option with certwright chain, and restart it';

export const connectWording: Wording<typeof connectCatalogue> = {
  'connect/name-not-found': ({ error }) => ({
    message: `there is no address for this name (${error})`,
    hint: 'look for a typing error, or give the address and the name apart: certwright connect ADDRESS:PORT --servername NAME',
  }),
  'connect/refused': ({ error }) => ({
    message: `nothing listens on this port (${error})`,
    hint: 'look whether the server runs and whether this is its TLS port',
  }),
  'connect/unreachable': ({ error, message }) => ({
    message: `cannot be reached: ${message} (${error})`,
    hint: 'look at the address, the route and the firewall',
  }),
  'connect/timeout': ({ seconds, stage, received }) => {
    if (stage === 'connect') {
      return {
        message: `did not take the connection within ${seconds} s`,
        hint: 'a firewall may drop it without a word; wait longer with --timeout',
      };
    }
    if (received === 0) {
      return {
        message: `took the connection and did not answer the TLS handshake within ${seconds} s`,
        hint: 'this is perhaps a port without TLS, which waits for something else; wait longer with --timeout',
      };
    }
    return {
      message: `began to answer the TLS handshake and did not end it within ${seconds} s; ${formatCount(received)} bytes came`,
      hint: 'packets may be lost on the way, as large ones are where a tunnel lets only smaller ones through (MTU): ask from a machine beside the server; or the server hangs; wait longer with --timeout',
    };
  },
  'connect/not-tls': ({ error }) => ({
    message: `what it answers is not TLS (${error})`,
    hint: 'take the TLS port; a protocol that begins in the clear and changes to TLS (STARTTLS) is not spoken here',
  }),
  'connect/reset': ({ error, message }) => ({
    message: `closed the connection in the TLS handshake: ${message} (${error})`,
    hint: 'look at the log of the server; some close like this for want of a certificate of their own, a name (--servername) or a client certificate (--certificate)',
  }),
  'connect/alert': ({ alert, name }) => ({
    message: `ended the handshake with the alert ${alert}, ${name}`,
    hint: alertHints[alert] ?? 'look at the log of the server, which says why',
  }),
  'connect/handshake-failed': ({ error, message }) => ({
    message: `the handshake failed: ${message} (${error})`,
    hint: 'the server may speak nothing newer than TLS 1.1, or use keys or signatures that OpenSSL no longer accepts',
  }),
  'connect/no-certificate': () => ({
    message: 'sent no certificate',
    hint: 'look at the certificate option of the server',
  }),
  'connect/client-certificate-required': ({ alert }) => ({
    message: `insists on a client certificate (${alert === undefined ? 'it closed the connection' : `alert ${alert}`}); none was given`,
    hint: 'give one with --certificate and --certificate-key; what the server sent was judged all the same',
  }),
  'connect/client-certificate-refused': ({ alert, name }) => ({
    message: `refused the client certificate: ${alert === undefined ? name : `alert ${alert}, ${name}`}`,
    hint: 'check it with certwright verify against the trusted-ca of the server; the log of the server says why',
  }),
  'connect/client-certificate-asked': () => ({ message: 'asked for a client certificate and did without' }),
  'connect/client-certificate-unusable': ({ error, message }) => ({
    message: `OpenSSL does not take it: ${message} (${error}); the server was not asked`,
    hint: 'the certificate of the key has to be the first of the file',
  }),
  'connect/wrong-order': ({ order }) => ({
    message: `the chain is sent in the wrong order: from end entity to root it would be the certificates ${order.join(', ')}`,
    hint: `TLS 1.2 wants each certificate to certify the one before; OpenSSL does not mind, some clients do: ${mendChain}`,
  }),
  'connect/issuer-not-sent': () => ({
    message: 'is needed and was not sent; it is known here because it stands among the trusted certificates',
    hint: `clients that do not have it refuse the server: ${mendChain}`,
  }),
  'connect/issuer-unknown': ({ issuer }) => ({
    message: `the certificate of its issuer, ${issuer}, was not sent and is not trusted here`,
    hint: `where that is an intermediate, the server has to send it: ${mendChain}; where it is a root, put it into trusted-ca`,
  }),
  'connect/root-sent': () => ({ message: 'is the root and was sent too; clients believe only their own copy' }),
  'connect/unrelated-sent': () => ({
    message: 'was sent and does not belong to the chain',
    hint: `some clients refuse such a chain: ${mendChain}`,
  }),
  'connect/duplicate-sent': ({ first }) => ({
    message: `was sent a second time, after certificate ${first}`,
    hint: mendChain,
  }),
};
