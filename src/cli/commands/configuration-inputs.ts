/** The options that `preflight` and `rehearse` share: where the configuration of each side is, and what stands in for what is not here. */
import { statSync } from 'node:fs';
import type { Argv } from 'yargs';
import type { ReadConfigurationOptions, SideSources } from '../../files/read-configuration.js';
import type { Platform, Side } from '../../security-pack/setting.js';
import { UsageError, type CommonArguments, type Context } from '../command.js';

/** Flags that are named exactly like the options of the Security Pack. */
const optionFlags = {
  certificate: 'certificate file, or several apart by commas; on Windows a thumbprint',
  'certificate-key': 'private key file',
  'trusted-ca': 'PEM with the trusted CAs',
  'tls-crl': 'PEM with CRLs',
  'tls-mutual': '1: the server verifies the client too',
  'tls-target-name-check': 'host: the client compares the name; no: it does not',
  'tls-target-name': 'the name to compare and to send as SNI',
  'sec-protocol': 'SSLv23, TLSv12 or TLSv13',
  'cipher-list': 'ciphers up to TLS 1.2, as OpenSSL writes them',
  ciphersuites: 'cipher suites of TLS 1.3, apart by colons',
} as const;
type OptionFlag = keyof typeof optionFlags;
const flagNames = Object.keys(optionFlags) as OptionFlag[];

export interface ConfigurationArguments extends CommonArguments, Readonly<Partial<Record<OptionFlag, string>>> {
  readonly server?: readonly string[] | undefined;
  readonly client?: readonly string[] | undefined;
  readonly role?: Side | undefined;
  readonly transport?: string | undefined;
  readonly peerCertificate?: readonly string[] | undefined;
  readonly root?: string | undefined;
  readonly target?: readonly string[] | undefined;
  readonly platform?: Platform | undefined;
  readonly serverPlatform?: Platform | undefined;
  readonly clientPlatform?: Platform | undefined;
  readonly windowsStore?: readonly string[] | undefined;
  readonly packVersion?: string | undefined;
  readonly crlScope: 'leaf' | 'chain';
}

const list = { type: 'string', array: true, requiresArg: true } as const;
const text = { type: 'string', requiresArg: true } as const;
const platforms = { choices: ['unix', 'windows'] as const, requiresArg: true } as const;

function declareSources(parser: Argv<CommonArguments>): Argv<CommonArguments> {
  return parser
    .option('server', { ...list, describe: "the server's options: an INI file or several; --role server with flags" })
    .option('client', { ...list, describe: "the client's options: an INI file or a SIP Endpoint XML" })
    .option('role', {
      choices: ['server', 'client'] as const,
      requiresArg: true,
      describe: 'whose options the flags below are',
    })
    .option('transport', { ...text, describe: "transport parameters of the port: 'tls=1;tls-mutual=1'" });
}

/** Declares all of them; every command that has them takes them from `chooseSides`. */
export function declareConfiguration(parser: Argv<CommonArguments>): Argv<ConfigurationArguments> {
  const withFlags = flagNames.reduce(
    (declared, name) => declared.option(name, { ...text, describe: optionFlags[name] }),
    declareSources(parser),
  );
  return withFlags
    .option('peer-certificate', { ...list, describe: 'what the other side sends, where only one side is given' })
    .option('root', { ...text, describe: 'where the absolute paths of the target machine stand in a copy' })
    .option('target', { ...list, describe: 'the host that the client connects to; once for each of an HA pair' })
    .option('platform', { ...platforms, describe: 'of both machines: unix unless given' })
    .option('server-platform', { ...platforms, describe: 'of the server alone' })
    .option('client-platform', { ...platforms, describe: 'of the client alone' })
    .option('windows-store', { ...list, describe: 'certificates and keys that stand in for the Windows store' })
    .option('pack-version', { ...text, describe: 'of the Security Pack: 8.5.100.23' })
    .option('crl-scope', {
      choices: ['leaf', 'chain'] as const,
      default: 'chain' as const,
      requiresArg: true,
      describe: 'which certificates need a CRL where tls-crl is set',
    }) as unknown as Argv<ConfigurationArguments>;
}

function readFlagValues(args: ConfigurationArguments): Record<string, string> {
  return Object.fromEntries(
    flagNames.flatMap((name) => {
      const value = args[name];
      return value === undefined ? [] : [[name, value]];
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
