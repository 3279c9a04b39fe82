/**
 * One TLS handshake with a live server, to see what it sends; no application data goes out.
 *
 * Nothing is verified here: the certificates are judged afterwards by the same rules as files are. They are taken at the
 * first moment at which OpenSSL has them, which Node marks by the event `keylog` (its lines, which are secrets, are not
 * looked at), because a server that insists on a client certificate ends the handshake of TLS 1.2 before Node's
 * `secureConnect`. That it asked for one shows in the signature algorithms that came with its request.
 */
import { connect as connectTCP, type Socket } from 'node:net';
import { connect, createSecureContext, type TLSSocket } from 'node:tls';
import type { PrivateKey } from '../crypto/private-key.js';
import { encodePem } from '../pem/encode.js';
import type { ProtocolRange } from '../security-pack/configuration.js';
import type { Certificate } from '../x509/certificate.js';
import { readSentCertificates } from './sent-certificates.js';
import type { RawError } from './side-error.js';

/** What a client shows for itself: its certificate first, then intermediates. */
export interface ClientIdentity {
  readonly certificates: readonly Certificate[];
  readonly key: PrivateKey;
}

export interface AskServerOptions {
  /** A name or an address, an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Sent as Server Name Indication; none where it is undefined. */
  readonly serverName: string | undefined;
  readonly identity: ClientIdentity | undefined;
  /** TLS 1.2 to 1.3 unless given. */
  readonly protocols: ProtocolRange | undefined;
  /** Milliseconds from the look-up of the name to the end of the handshake. */
  readonly timeLimit: number;
  readonly signal: AbortSignal | undefined;
}

/** How far it came: looking up and connecting, shaking hands, or after that. */
export type AnswerStage = 'connect' | 'handshake' | 'done';

export interface ServerAnswer {
  readonly stage: AnswerStage;
  /** The address that answered. */
  readonly address: string | undefined;
  /** Bytes that came, whatever they are. */
  readonly received: number;
  readonly protocol: string | undefined;
  readonly cipher: string | undefined;
  /** DER, in the order sent. */
  readonly sent: readonly Uint8Array[];
  /** The server asked for a client certificate. */
  readonly asksForCertificate: boolean;
  /** Undefined where the handshake was finished and nothing came after it. */
  readonly error: RawError | undefined;
}

/** Milliseconds. A client of TLS 1.3 is done before the server has seen its certificate: how long its verdict is awaited. */
const verdictTime = 2000;
/** Milliseconds from the session ticket, which servers send when they are content, to a close that shows they are not. */
const settleTime = 200;

interface Answering {
  stage: AnswerStage;
  address: string | undefined;
  received: number;
  protocol: string | undefined;
  cipher: string | undefined;
  sent: readonly Uint8Array[];
  asksForCertificate: boolean;
  error: RawError | undefined;
}

function takeCertificates(socket: TLSSocket, answer: Answering): void {
  // Once only: Node takes them out of OpenSSL's hands.
  if (answer.sent.length === 0) answer.sent = readSentCertificates(socket);
  answer.asksForCertificate ||= socket.getSharedSigalgs().length > 0;
}

interface Connection {
  /** Counts what comes in, which TLS does not. */
  readonly tcp: Socket;
  readonly tls: TLSSocket;
}

/** @throws what OpenSSL says of the identity, before anybody is asked. */
function openConnection({ host, port, serverName, identity, protocols }: AskServerOptions): Connection {
  const secureContext = createSecureContext({
    ...(identity && {
      cert: identity.certificates.map(({ der }) => encodePem('CERTIFICATE', der)).join(''),
      key: identity.key.export({ type: 'pkcs8', format: 'pem' }),
    }),
    minVersion: protocols?.min ?? 'TLSv1.2',
    maxVersion: protocols?.max ?? 'TLSv1.3',
    ca: [],
  });
  const tcp = connectTCP({ host, port });
  const tls = connect({
    socket: tcp,
    ...(serverName !== undefined && { servername: serverName }),
    secureContext,
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  });
  return { tcp, tls };
}

/** Writes down what the connection tells; settles when nothing more is to be expected. */
function follow({ tcp, tls: socket }: Connection, answer: Answering): Promise<void> {
  return new Promise((resolve) => {
    const timers: NodeJS.Timeout[] = [];
    const finish = (): void => {
      timers.forEach(clearTimeout);
      answer.received = tcp.bytesRead;
      resolve();
    };
    tcp.once('connect', () => {
      answer.stage = 'handshake';
      answer.address = tcp.remoteAddress;
    });
    socket.on('keylog', () => {
      takeCertificates(socket, answer);
    });
    socket.once('secureConnect', () => {
      answer.stage = 'done';
      answer.protocol = socket.getProtocol() ?? undefined;
      answer.cipher = socket.getCipher().standardName;
      takeCertificates(socket, answer);
      if (!answer.asksForCertificate) finish();
      else if (answer.protocol === 'TLSv1.3') {
        timers.push(setTimeout(finish, verdictTime));
        socket.once('session', () => timers.push(setTimeout(finish, settleTime)));
      } else timers.push(setTimeout(finish, settleTime));
    });
    const fail = (error: Error): void => {
      answer.error ??= error;
      finish();
    };
    tcp.on('error', fail);
    socket.on('error', fail);
    socket.once('close', () => {
      answer.error ??= { code: 'ECONNRESET', message: 'the server closed the connection' };
      finish();
    });
    // Where nobody reads, an alert is not noticed.
    socket.resume();
  });
}

/** What is known of a server before it says anything. */
export const noAnswer: ServerAnswer = {
  stage: 'connect',
  address: undefined,
  received: 0,
  protocol: undefined,
  cipher: undefined,
  sent: [],
  asksForCertificate: false,
  error: undefined,
};

/**
 * Asks the server and closes the connection, whatever comes. Errors of the network and of TLS are part of the answer.
 *
 * @throws what OpenSSL says where it does not take the identity of the client.
 */
export async function askServer(options: AskServerOptions): Promise<ServerAnswer> {
  const answer: Answering = { ...noAnswer };
  const { tcp, tls } = openConnection(options);
  const giveUp = (code: string, message: string): void => {
    answer.error ??= { code, message };
    tls.destroy();
    tcp.destroy();
  };
  const callOff = (): void => {
    giveUp('ABORT_ERR', 'called off');
  };
  const limit = setTimeout(() => {
    // How the server takes a certificate after the handshake has a time of its own.
    if (answer.stage !== 'done') giveUp('ETIMEDOUT', 'no answer in time');
  }, options.timeLimit);
  if (options.signal?.aborted) callOff();
  options.signal?.addEventListener('abort', callOff, { once: true });
  await follow({ tcp, tls }, answer);
  options.signal?.removeEventListener('abort', callOff);
  clearTimeout(limit);
  // The close that our own end brings is no answer of the server.
  const said = { ...answer };
  tls.end(() => tls.destroy());
  if (said.error) tls.destroy();
  return said;
}
