/** The options that `preflight` and `rehearse` share: where the configuration of each side is, and what stands in for what is not here. */
import { statSync } from 'node:fs';
import type { ReadConfigurationOptions, SideSources } from '../../files/read-configuration.js';
import type { Side } from '../../security-pack/setting.js';
import { UsageError, type Context } from '../command.js';
import { toCamelCase, type DeclaredBy, type Options } from '../options.js';

/** Flags that are named exactly like the options of the Security Pack. */
const optionFlags = {
  certificate: { describe: 'certificate file, or several apart by commas; on Windows a thumbprint' },
  'certificate-key': { describe: 'private key file' },
  'trusted-ca': { describe: 'PEM with the trusted CAs' },
  'tls-crl': { describe: 'PEM with CRLs' },
  'tls-mutual': { describe: '1: the server verifies the client too' },
  'tls-target-name-check': { describe: 'host: the client compares the name; no: it does not' },
  'tls-target-name': { describe: 'the name to compare and to send as SNI' },
  'sec-protocol': { describe: 'SSLv23, TLSv12 or TLSv13' },
  'cipher-list': { describe: 'ciphers up to TLS 1.2, as OpenSSL writes them' },
  ciphersuites: { describe: 'cipher suites of TLS 1.3, apart by colons' },
} as const satisfies Options;
const flagNames = Object.keys(optionFlags) as (keyof typeof optionFlags)[];

const platforms = ['unix', 'windows'] as const;

/** Every command that has them takes them from `chooseSides`. */
export const configurationOptions = {
  server: { array: true, describe: "the server's options: an INI file or several; --role server with flags" },
  client: { array: true, describe: "the client's options: an INI file or a SIP Endpoint XML" },
  role: { choices: ['server', 'client'], describe: 'whose options the flags below are' },
  transport: { describe: "transport parameters of the port: 'tls=1;tls-mutual=1'" },
  ...optionFlags,
  'peer-certificate': { array: true, describe: 'what the other side sends, where only one side is given' },
  root: { describe: 'where the absolute paths of the target machine stand in a copy' },
  target: { array: true, describe: 'the host that the client connects to; once for each of an HA pair' },
  platform: { choices: platforms, describe: 'of both machines: unix unless given' },
  'server-platform': { choices: platforms, describe: 'of the server alone' },
  'client-platform': { choices: platforms, describe: 'of the client alone' },
  'windows-store': { array: true, describe: 'certificates and keys that stand in for the Windows store' },
  'pack-version': { describe: 'of the Security Pack: 8.5.100.23' },
  'crl-scope': {
    choices: ['leaf', 'chain'],
    default: 'chain',
    describe: 'which certificates need a CRL where tls-crl is set',
  },
} as const satisfies Options;

export type ConfigurationArguments = DeclaredBy<typeof configurationOptions>;

function readFlagValues(args: ConfigurationArguments): Record<string, string> {
  const given = new Map<string, unknown>(Object.entries(args));
  return Object.fromEntries(
    flagNames.flatMap((name) => {
      const value = given.get(toCamelCase(name));
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

/** Whose the flags are: --role, or the one side that is given. */
function chooseRole({ role, server, client }: ConfigurationArguments, command: string): Side {
  if (role) return role;
  if (server && !client) return 'server';
  if (client && !server) return 'client';
  throw new UsageError(`${command}: say with --role server or --role client whose options the flags are`);
}

function gatherSides(
  args: ConfigurationArguments,
  command: string,
): { readonly server: SideSources | undefined; readonly client: SideSources | undefined } {
  const flags = readFlagValues(args);
  const { transport, packVersion } = args;
  const hasFlags = Object.keys(flags).length > 0 || transport !== undefined;
  const role = hasFlags ? chooseRole(args, command) : args.role;
  const gather = (side: Side): SideSources | undefined => {
    const files = args[side]?.flatMap((each) => each.split(',').filter((file) => file !== ''));
    if (!files && role !== side) return undefined;
    const own = role === side ? { flags, transport } : {};
    const platform = (side === 'server' ? args.serverPlatform : args.clientPlatform) ?? args.platform;
    return { files, platform, packVersion, ...own };
  };
  return { server: gather('server'), client: gather('client') };
}

/** What is to be read. @throws UsageError where neither side is given, or a value cannot be meant. */
export function chooseSides(args: ConfigurationArguments, context: Context, command: string): ReadConfigurationOptions {
  const { server, client } = gatherSides(args, command);
  if (!server && !client) {
    throw new UsageError(`${command}: name the options with --server FILE and --client FILE, or one of them`);
  }
  if (args.packVersion !== undefined && !/^\d+(\.\d+){1,3}$/.test(args.packVersion)) {
    throw new UsageError(`--pack-version ${args.packVersion} is no version: write 8.5.100.23`);
  }
  if (args.root !== undefined && !statSync(args.root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(
      `--root ${args.root || '(empty)'} is no directory: name the one that holds the copy of /etc/…`,
    );
  }
  if (args.peerCertificate && server && client) {
    throw new UsageError(`${command}: --peer-certificate is for one side alone; here both are given`);
  }
  return {
    server,
    client,
    peerCertificates: args.peerCertificate,
    windowsStore: args.windowsStore,
    targets: args.target,
    root: args.root,
    revocation: args.crlScope,
    ...context.reading,
  };
}
