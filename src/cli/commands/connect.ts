/** `certwright connect`: what a live server really sends, and whether it would be accepted. */
import { readInputs } from '../../files/read-inputs.js';
import { findSystemStore } from '../../files/root-stores.js';
import type { Finding } from '../../finding/finding.js';
import type { ClientIdentity } from '../../handshake/ask-server.js';
import { connect } from '../../handshake/connect.js';
import { parseTarget } from '../../hostname/parse-target.js';
import { hostProfiles } from '../../hostname/verdict.js';
import { encodeCertificates } from '../../report/certificates-pem.js';
import { viewConnection } from '../../report/json/connect.js';
import { formatConnection } from '../../report/text/connect.js';
import { describeFinding } from '../../report/wording/wording.js';
import type { Certificate } from '../../x509/certificate.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf, Options, Positionals } from '../options.js';
import { readPrivateKey } from '../leaf-key.js';

const positionals = {
  server: { describe: 'host:port; an IPv6 address in brackets' },
} as const satisfies Positionals;

const options = {
  servername: { describe: 'the name to send (SNI) and to compare, in place of the host' },
  'trusted-ca': { array: true, describe: "the trusted certificates; the system's roots unless given" },
  crl: { array: true, describe: 'CRLs to check the whole chain against, PEM or DER' },
  certificate: { describe: 'the certificate to show to a server that asks, with its chain' },
  'certificate-key': { describe: 'its private key; looked for in the file of --certificate unless given' },
  timeout: { describe: 'seconds to wait for the server; 10 unless given' },
  'host-profile': {
    choices: hostProfiles,
    default: 'security-pack',
    describe: 'whose rules decide about the name',
  },
} as const satisfies Options;

type ConnectArguments = ArgumentsOf<typeof positionals, typeof options>;

function readServer(text: string | undefined): { host: string; port: number } {
  if (text === undefined) throw new UsageError('connect: name the server as host:port');
  const { host, port, findings } = parseTarget(text);
  const [fault] = findings;
  if (host === undefined) {
    throw new UsageError(`connect ${text}: ${fault ? describeFinding(fault).message : 'no host can be made out'}`);
  }
  if (port === undefined) {
    const written = host.includes(':') ? `[${host}]` : host;
    throw new UsageError(`connect ${text}: the port is missing, write ${written}:5061`);
  }
  return { host, port };
}

/** Milliseconds; undefined where it is not given. */
function readTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(text) || Number(text) === 0) {
    throw new UsageError(`--timeout ${text} is no number of seconds: write 10 or 0.5`);
  }
  return Math.round(Number(text) * 1000);
}

interface TrustedRoots {
  readonly certificates: readonly Certificate[];
  /** The files, as they were named or found. */
  readonly sources: readonly string[];
  readonly isSystem: boolean;
  readonly findings: readonly Finding[];
}

async function readTrusted({ trustedCa }: ConnectArguments, { reading }: Context): Promise<TrustedRoots> {
  const store = trustedCa ? { sources: trustedCa, findings: [] } : await findSystemStore();
  const { certificates, findings } = await readInputs(store.sources, { ...reading, expect: ['certificate'] });
  // Nobody who asks a server wants to know what else lies in the system's folders.
  const worthSaying = trustedCa ? findings : findings.filter(({ severity }) => severity !== 'info');
  return {
    certificates,
    sources: store.sources,
    isSystem: trustedCa === undefined,
    findings: [...store.findings, ...worthSaying],
  };
}

interface ReadIdentity {
  /** Undefined where none was asked for, or where the findings say what is wrong with it. */
  readonly identity: ClientIdentity | undefined;
  readonly findings: readonly Finding[];
}

async function readIdentity(args: ConnectArguments, context: Context): Promise<ReadIdentity> {
  const { certificate: file, certificateKey } = args;
  if (file === undefined) {
    if (certificateKey !== undefined) throw new UsageError('--certificate-key stands without --certificate');
    return { identity: undefined, findings: [] };
  }
  const { reading } = context;
  const { certificates, findings } = await readInputs([file], { ...reading, expect: ['certificate', 'private-key'] });
  const { privateKey, findings: keyFindings } = await readPrivateKey(certificateKey ?? file, context);
  const all = certificateKey === undefined ? keyFindings : [...findings, ...keyFindings];
  const isComplete = privateKey !== undefined && certificates.length > 0;
  return { identity: isComplete ? { certificates, key: privateKey } : undefined, findings: all };
}

async function run(args: ConnectArguments, context: Context): Promise<CommandOutcome> {
  const { at, reading, output } = context;
  const { host, port } = readServer(args.server);
  const timeLimit = readTimeout(args.timeout);
  const roots = await readTrusted(args, context);
  const { identity, findings: identityFindings } = await readIdentity(args, context);
  const lists = await readInputs(args.crl ?? [], { ...reading, expect: ['crl'] });
  const { crls } = lists;
  const result = await connect({
    host,
    port,
    serverName: args.servername,
    trusted: roots.certificates,
    crls,
    identity,
    hostProfile: args.hostProfile,
    at,
    timeLimit,
  });
  const connection = { result, trustedFrom: roots, crls };
  const product = result.sent.length > 0 ? encodeCertificates(result.sent) : null;
  return {
    findings: [...roots.findings, ...identityFindings, ...lists.findings, ...result.findings],
    get result() {
      return viewConnection(connection);
    },
    text: (palette) => formatConnection(connection, { at, output: product === null ? undefined : output }, palette),
    ...(output !== undefined && { product }),
  };
}

export const connectCommand: Command<ConnectArguments> = { positionals, options, run };
