/** The commands, each in a file of its own that is loaded when it is called. */
import type { Command } from './command.js';
import type { CommonArguments } from './options.js';

export interface CommandEntry {
  /** Name and positionals, as yargs writes them. */
  readonly usage: string;
  readonly summary: string;
  load(): Promise<Command<CommonArguments>>;
  /** Commands behind this one's name, as `bundle add`; a file of such a name is given as `./add`. */
  readonly subcommands?: Readonly<Record<string, CommandEntry>>;
}

/** Commands under one name: `crl check`, `crl show`. */
export interface CommandGroup {
  readonly usage: string;
  readonly summary: string;
  readonly subcommands: Readonly<Record<string, CommandEntry>>;
}

/** The command that the user means. */
export interface ChosenCommand {
  /** As it is called: `crl check`. */
  readonly command: string;
  readonly entry: CommandEntry;
  /** What its tables declare, by the names in camel case. */
  readonly args: CommonArguments;
}

export const commands: Readonly<Record<string, CommandEntry | CommandGroup>> = {
  chain: {
    usage: 'chain [inputs..]',
    summary: 'arrange certificates: end entity, intermediates, root',
    load: async () => (await import('./commands/chain.js')).chainCommand,
  },
  bundle: {
    usage: 'bundle [inputs..]',
    summary: 'make a trusted-ca bundle; also: bundle add, remove, list, diff, check',
    load: async () => (await import('./commands/bundle.js')).bundleCommand,
    subcommands: {
      add: {
        usage: 'add <file> [sources..]',
        summary: 'add CAs to a bundle, leaving the rest of the file as it is',
        load: async () => (await import('./commands/bundle-add.js')).bundleAddCommand,
      },
      remove: {
        usage: 'remove <file> [selectors..]',
        summary: 'take certificates out of a bundle, leaving the rest of the file as it is',
        load: async () => (await import('./commands/bundle-remove.js')).bundleRemoveCommand,
      },
      list: {
        usage: 'list [files..]',
        summary: 'list the certificates of bundles',
        load: async () => (await import('./commands/bundle-list.js')).bundleListCommand,
      },
      diff: {
        usage: 'diff <first> <second>',
        summary: 'what changed from one bundle to another; exit 1 where they differ',
        load: async () => (await import('./commands/bundle-diff.js')).bundleDiffCommand,
      },
      check: {
        usage: 'check [files..]',
        summary: 'is a bundle fit to be a trusted-ca, and would it trust these peers',
        load: async () => (await import('./commands/bundle-check.js')).bundleCheckCommand,
      },
    },
  },
  crl: {
    usage: 'crl',
    summary: 'check certificates against CRLs, show CRLs, join them for tls-crl',
    subcommands: {
      check: {
        usage: 'check [inputs..]',
        summary: 'is a certificate revoked: good, revoked or unknown, and by which CRL',
        load: async () => (await import('./commands/crl-check.js')).crlCheckCommand,
      },
      show: {
        usage: 'show [inputs..]',
        summary: 'what is in a CRL: issuer, number, dates, entries',
        load: async () => (await import('./commands/crl-show.js')).crlShowCommand,
      },
      join: {
        usage: 'join [inputs..]',
        summary: 'make one PEM for tls-crl of many CRLs, the newest of each',
        load: async () => (await import('./commands/crl-join.js')).crlJoinCommand,
      },
    },
  },
  host: {
    usage: 'host [certificate] [names..]',
    summary: 'will this name match, and why (not)',
    load: async () => (await import('./commands/host.js')).hostCommand,
  },
  verify: {
    usage: 'verify [inputs..]',
    summary: 'would this certificate be accepted: path, revocation, purpose and host',
    load: async () => (await import('./commands/verify.js')).verifyCommand,
  },
  preflight: {
    usage: 'preflight',
    summary: 'will a whole [security] configuration work, server and client side, and what mends it',
    load: async () => (await import('./commands/preflight.js')).preflightCommand,
  },
  rehearse: {
    usage: 'rehearse',
    summary: 'the same configuration in a real TLS handshake on this machine',
    load: async () => (await import('./commands/rehearse.js')).rehearseCommand,
  },
  connect: {
    usage: 'connect [server]',
    summary: 'what a live server sends, and whether it would be accepted: host:port',
    load: async () => (await import('./commands/connect.js')).connectCommand,
  },
  inspect: {
    usage: 'inspect [inputs..]',
    summary: 'what is in these files: certificates, CRLs, keys, requests',
    load: async () => (await import('./commands/inspect.js')).inspectCommand,
  },
};
