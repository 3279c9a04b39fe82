/** Servers of one test on the loopback interface, closed afterwards: TLS by Node or openssl, and such as speak no TLS. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createNetServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';
import { openssl } from './openssl.js';

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A TLS server of this process. @returns its port and what it received. */
export async function startTLSServer(options: TlsOptions): Promise<{ port: number; received: Buffer[] }> {
  const received: Buffer[] = [];
  const server = createServer(options, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk);
    });
  });
  return { port: await listen(server), received };
}

/** A server without TLS that does this with each connection. */
export function startPlainServer(serve: (socket: Socket) => void): Promise<number> {
  return listen(createNetServer(serve));
}

/** A port that nobody listens on any more. */
export async function findClosedPort(): Promise<number> {
  const server = createNetServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** `openssl s_server` on a port of its own choice. */
export async function startOpenSSLServer(args: readonly string[]): Promise<number> {
  const child = spawn(openssl.program, ['s_server', '-accept', '127.0.0.1:0', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill();
  });
  // Read to the end: a server that cannot write its log would die of it.
  let said = '';
  return new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [, port] = /^ACCEPT \S*?:(\d+)$/m.exec(said) ?? [];
      if (port !== undefined) resolve(Number(port));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('close', () => {
      reject(new Error(`openssl s_server did not start: ${said}`));
    });
  });
}
