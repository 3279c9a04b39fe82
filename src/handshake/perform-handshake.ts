/**
 * One TLS handshake over the loopback interface, watched from both sides.
 *
 * Both sides let OpenSSL verify and neither lets Node cut the connection for it (`rejectUnauthorized: false`): so both
 * verdicts are seen even where the first would have ended it, and a client of TLS 1.3, which is done before the server has
 * seen its certificate, does not pass for connected. The exception is a client without a certificate: there the server
 * insists in the handshake, and the alert is the real one. The cost: a certificate that is refused gives the other side
 * no alert, because Node, unlike a program on OpenSSL alone, says no only after the handshake.
 */
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import {
  connect,
  createSecureContext,
  createServer,
  type SecureContext,
  type SecureContextOptions,
  type Server,
  type TLSSocket,
} from 'node:tls';
import type { Side } from '../security-pack/setting.js';
import { readSentCertificates } from './sent-certificates.js';
import { makeVerificationError, type MetError, type RawError } from './side-error.js';

export interface HandshakeSetup {
  readonly server: SecureContextOptions;
  readonly client: SecureContextOptions;
  /** optional: the server asks and takes what comes · required: it insists · no: it does not ask. */
  readonly clientCertificate: 'no' | 'optional' | 'required';
  readonly serverName: string | undefined;
  /** The client's say about the certificates that it received, beyond OpenSSL's. */
  readonly judgeServer: (received: readonly Uint8Array[]) => MetError | undefined;
  /** The options of the CRLs as they are written: of all the set-up only they are still to be read by OpenSSL. */
  readonly crlOptions: Readonly<Record<Side, string | undefined>>;
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
}

export interface HandshakeRecord {
  /** Undefined where no handshake was finished. */
  readonly protocol: string | undefined;
  readonly cipher: string | undefined;
  /** DER of the certificates that each side received, in the order sent; undefined where it did not finish. */
  readonly receivedByServer: readonly Uint8Array[] | undefined;
  readonly receivedByClient: readonly Uint8Array[] | undefined;
  readonly errors: readonly MetError[];
  /** A byte went each way. */
  readonly connected: boolean;
}

/** What is written down while the handshake runs. */
interface Log {
  protocol: string | undefined;
  cipher: string | undefined;
  receivedByServer: Uint8Array[] | undefined;
  receivedByClient: Uint8Array[] | undefined;
  readonly errors: MetError[];
}

const loopback = '127.0.0.1';
const oneByte = Buffer.from([0]);

const refuse = (log: Log, side: Side, stage: 'handshake' | 'exchange', error: RawError): void => {
  log.errors.push({ side, stage, error });
};

/** What OpenSSL said of the other's certificate; Node gives the code of the error as a string, typed as an error. */
function noteVerification(log: Log, side: Side, socket: TLSSocket): void {
  if (socket.authorized) return;
  log.errors.push(makeVerificationError(side, String(socket.authorizationError)));
}

function watchServer(server: Server, asks: boolean, log: Log): Promise<TLSSocket | undefined> {
  return new Promise((resolve) => {
    server.once('secureConnection', (socket: TLSSocket) => {
      socket.on('error', (error: Error) => {
        refuse(log, 'server', 'exchange', error);
      });
      log.receivedByServer = asks ? readSentCertificates(socket) : [];
      if (asks && log.receivedByServer.length === 0) {
        const error = {
          code: 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE',
          message: 'peer did not return a certificate',
        };
        refuse(log, 'server', 'handshake', error);
      } else if (asks) noteVerification(log, 'server', socket);
      resolve(socket);
    });
    server.once('tlsClientError', (error: Error) => {
      refuse(log, 'server', 'handshake', error);
      resolve(undefined);
    });
  });
}

interface ClientSide {
  /** True when it finished the handshake, false when it was closed before. */
  readonly finished: Promise<boolean>;
  readonly closed: Promise<void>;
}

function watchClient(client: TLSSocket, { judgeServer }: HandshakeSetup, log: Log): ClientSide {
  client.on('error', (error: Error) => {
    refuse(log, 'client', 'handshake', error);
  });
  const closed = new Promise<void>((resolve) => {
    client.once('close', () => {
      resolve();
    });
  });
  const finished = new Promise<boolean>((resolve) => {
    client.once('secureConnect', () => {
      log.protocol = client.getProtocol() ?? undefined;
      log.cipher = client.getCipher().standardName;
      log.receivedByClient = readSentCertificates(client);
      noteVerification(log, 'client', client);
      const objection = judgeServer(log.receivedByClient);
      if (objection) log.errors.push(objection);
      resolve(true);
    });
    void closed.then(() => {
      resolve(false);
    });
  });
  // Where nobody reads, an alert is not noticed.
  client.resume();
  return { finished, closed };
}

async function exchangeBytes(client: TLSSocket, server: TLSSocket): Promise<void> {
  const arrived = Promise.all([once(client, 'data'), once(server, 'data')]);
  client.write(oneByte);
  server.write(oneByte);
  await arrived;
}

/** What `make` gives; an error of OpenSSL, which can only come of the CRLs here, is written down. */
function setUp<T>(side: Side, { crlOptions }: HandshakeSetup, log: Log, make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    const option = crlOptions[side];
    log.errors.push({ side, stage: 'setup', error: error as RawError, ...(option !== undefined && { option }) });
    return undefined;
  }
}

/** True when both sides are done, content, and a byte went each way. */
async function meet(
  server: Server,
  secureContext: SecureContext,
  setup: HandshakeSetup,
  sockets: Set<Socket>,
  log: Log,
): Promise<boolean> {
  server.listen(0, loopback);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const serverSide = watchServer(server, setup.clientCertificate !== 'no', log);
  const client = connect({
    secureContext,
    host: loopback,
    port,
    ...(setup.serverName !== undefined && { servername: setup.serverName }),
    rejectUnauthorized: false,
    // Names are judged by the matcher of the Security Pack.
    checkServerIdentity: () => undefined,
  });
  sockets.add(client);
  const { finished, closed } = watchClient(client, setup, log);
  const [isFinished, accepted] = await Promise.all([finished, serverSide]);
  if (isFinished && accepted && log.errors.length === 0) {
    await exchangeBytes(client, accepted);
    return true;
  }
  // A server that said no in the handshake tells the client by an alert, which is worth waiting for.
  if (!accepted) await closed;
  return false;
}

/** Settles as `work` does, or rejects when the signal comes first. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}

async function closeAll(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  if (!server.listening) return;
  server.close();
  await once(server, 'close');
}

/**
 * Performs the handshake and closes everything behind it, whatever comes.
 *
 * @returns what both sides saw; errors of the set-up too, of which OpenSSL speaks only now. Rejects only where the
 * loopback interface itself fails.
 */
export async function performHandshake(setup: HandshakeSetup): Promise<HandshakeRecord> {
  const { signal, clientCertificate } = setup;
  const log: Log = {
    protocol: undefined,
    cipher: undefined,
    receivedByServer: undefined,
    receivedByClient: undefined,
    errors: [],
  };
  const sockets = new Set<Socket>();
  const insists = { requestCert: clientCertificate !== 'no', rejectUnauthorized: clientCertificate === 'required' };
  const server = setUp('server', setup, log, () => createServer({ ...setup.server, ...insists }));
  const secureContext = setUp('client', setup, log, () => createSecureContext(setup.client));
  if (!server || !secureContext) return { ...log, connected: false };
  // One client is awaited; whoever else finds the port is turned away.
  server.maxConnections = 1;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
  });
  let connected = false;
  try {
    connected = await untilAborted(meet(server, secureContext, setup, sockets, log), signal);
  } catch (error) {
    if (signal.aborted) {
      const isLate = (signal.reason as Error).name === 'TimeoutError';
      const side = log.receivedByClient ? 'server' : 'client';
      refuse(log, side, 'handshake', {
        code: isLate ? 'ETIMEDOUT' : 'ABORT_ERR',
        message: isLate ? 'the handshake did not end in time' : 'the handshake was called off',
      });
    } else if (log.errors.length === 0) throw error;
  } finally {
    await closeAll(server, sockets);
  }
  return { ...log, connected };
}
