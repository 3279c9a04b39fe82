/** Shows damaged PEM files to openssl, Node, keytool and certtool, and tells what each of them did. */
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createSecureContext, createServer, type SecureContext, type Server } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { encodePem } from '../../src/pem/encode.js';
import type { Consumer, Effect } from '../../src/pem/consumers.js';
import { bytesOf, makeMaterial, probeNames, type Material, type Shape } from './damaged-pem.js';
import { exportPKCS8 } from './keys.js';
import { certtool, keytool, openssl, runOpenSSL } from './openssl.js';
import type { Holder } from './pki.js';
import { runProgram } from './run.js';

/** Which of the probes A, B and C a program has seen, and whether it said no. */
interface Sight {
  readonly refused: boolean;
  readonly seen: readonly string[];
}

export interface ConsumerBench {
  readonly material: Material;
  /** Why a consumer cannot be asked here, or undefined. */
  readonly absent: (consumer: Consumer) => string | undefined;
  readonly observe: (consumer: Consumer, shapes: readonly Shape[]) => Promise<Effect[]>;
  readonly close: () => void;
}

/** The probes that a program's output names on lines like `subject=CN=Probe A`. */
const probesIn = (output: string, field: RegExp): string[] =>
  output.split('\n').flatMap((line) => (field.test(line) ? (/Probe ([ABC])/.exec(line)?.slice(1) ?? []) : []));

/** The damaged block is B: good is only who sees A, B and C of the whole file, and B of the one that has nothing else. */
function judge(kind: Shape['kind'], consumer: Consumer, among: Sight, alone: Sight): Effect {
  // Node and certtool read one CRL of a file: what they do with a later one says nothing.
  if (kind === 'certificate' || consumer === 'openssl' || consumer === 'keytool') {
    if (among.refused) return 'refuses';
    if (!among.seen.includes('C')) return 'stops';
    if (!among.seen.includes('B')) return 'skips';
  }
  return alone.refused || !alone.seen.includes('B') ? 'refuses' : 'reads';
}

/** `isAlone`: the block is also read as one's own certificate would be, by the OpenSSL that is built into Node. */
function askOpenSSL(kind: Shape['kind'], file: string, isAlone: boolean): Sight {
  if (kind === 'crl') {
    const { stdout } = runOpenSSL(['storeutl', '-noout', '-text', '-crls', file]);
    return { refused: false, seen: probesIn(stdout, /Issuer:/) };
  }
  // crl2pkcs7 reads as X509_load_cert_crl_file does, but does not mind when nothing is found.
  const collected = runOpenSSL(['crl2pkcs7', '-nocrl', '-certfile', file, '-out', `${file}.p7`]);
  if (collected.status !== 0) return { refused: true, seen: [] };
  const seen = probesIn(runOpenSSL(['pkcs7', '-in', `${file}.p7`, '-print_certs', '-noout']).stdout, /^subject/);
  return { refused: seen.length === 0 || (isAlone && !isOwnCertificate(file)), seen };
}

function isOwnCertificate(file: string): boolean {
  try {
    createSecureContext({ cert: readFileSync(file) });
    return true;
  } catch {
    return false;
  }
}

function askCerttool(kind: Shape['kind'], file: string): Sight {
  const { status, stdout } = runProgram(certtool.program, [kind === 'crl' ? '--crl-info' : '-i', '--infile', file]);
  return { refused: status !== 0, seen: probesIn(stdout, kind === 'crl' ? /Issuer:/ : /Subject:/) };
}

/** keytool over all files at once, in one virtual machine. */
function askKeytool(files: readonly { kind: Shape['kind']; file: string }[]): Sight[] {
  const program = fileURLToPath(new URL('PrintCertificates.java', import.meta.url));
  const opens = '--add-opens=java.base/sun.security.tools.keytool=ALL-UNNAMED';
  const commands = files.flatMap(({ kind, file }) => [kind === 'crl' ? '-printcrl' : '-printcert', file]);
  const { stdout, stderr } = runProgram('java', ['-Duser.language=en', opens, program, ...commands]);
  const answers = stdout.split(/^### (.*)$/m);
  if (answers.length !== files.length * 2 + 1) throw new Error(`keytool did not answer: ${stderr}`);
  return files.map((_, i) => ({
    refused: answers[i * 2 + 1] !== 'ok',
    seen: probesIn(answers[i * 2] ?? '', /^(Owner|Issuer):|^X.509 CRL|Issuer:/),
  }));
}

/** Does a client that trusts `ca` accept the server? */
function trusts(server: Server, secureContext: SecureContext): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(
      { port, secureContext, rejectUnauthorized: false, checkServerIdentity: () => undefined },
      () => {
        resolve(socket.authorized);
        socket.destroy();
      },
    );
    socket.on('error', reject);
  });
}

async function askNode(
  kind: Shape['kind'],
  text: string,
  servers: readonly Server[],
  isAlone: boolean,
): Promise<Sight> {
  const contents = Buffer.from(bytesOf(text));
  try {
    if (kind === 'crl') {
      createSecureContext({ crl: contents });
      return { refused: false, seen: ['B'] };
    }
    if (isAlone) return { refused: false, seen: probesIn(new X509Certificate(contents).subject, /Probe/) };
    const context = createSecureContext({ ca: contents });
    const accepted = await Promise.all(servers.map((server) => trusts(server, context)));
    return { refused: false, seen: probeNames.filter((_, i) => accepted[i]) };
  } catch {
    return { refused: true, seen: [] };
  }
}

function startServer(holder: Holder): Promise<Server> {
  const cert = encodePem('CERTIFICATE', holder.certificate);
  const key = encodePem('PRIVATE KEY', exportPKCS8(holder.key));
  const server = createServer({ cert, key }, (socket) => socket.on('error', () => undefined));
  server.on('tlsClientError', () => undefined);
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    }),
  );
}

/** Makes three probes, self-signed; call `close` at the end. */
export async function makeConsumerBench(): Promise<ConsumerBench> {
  const directory = mkdtempSync(join(tmpdir(), 'certwright-'));
  const { holders, material } = makeMaterial();
  const servers = await Promise.all(holders.map(startServer));
  const tools = { openssl, node: undefined, keytool, gnutls: certtool };
  let count = 0;
  const store = (text: string): string => {
    const file = join(directory, `${String(++count)}.pem`);
    writeFileSync(file, bytesOf(text));
    return file;
  };
  const look = async (consumer: Consumer, kind: Shape['kind'], text: string, isAlone: boolean): Promise<Sight> => {
    if (consumer === 'node') return askNode(kind, text, servers, isAlone);
    return consumer === 'openssl' ? askOpenSSL(kind, store(text), isAlone) : askCerttool(kind, store(text));
  };
  return {
    material,
    absent: (consumer) => {
      const tool = tools[consumer];
      return tool === undefined || tool.installed ? undefined : `no ${tool.program} here: ${tool.version}`;
    },
    observe: async (consumer, shapes) => {
      const texts = shapes.flatMap(({ kind, among, alone }) => [
        { kind, text: among },
        { kind, text: alone },
      ]);
      const sights: Sight[] = [];
      if (consumer === 'keytool')
        sights.push(...askKeytool(texts.map(({ kind, text }) => ({ kind, file: store(text) }))));
      else
        for (const [i, { kind, text }] of texts.entries()) sights.push(await look(consumer, kind, text, i % 2 === 1));
      const none: Sight = { refused: true, seen: [] };
      return shapes.map(({ kind }, i) => judge(kind, consumer, sights[i * 2] ?? none, sights[i * 2 + 1] ?? none));
    },
    close: () => {
      for (const server of servers) server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
