/** The commands, each in a file of its own that is loaded when it is called. */
import type { Command, CommonArguments } from './command.js';

export interface CommandEntry {
  /** Name and positionals, as yargs writes them. */
  readonly usage: string;
  readonly summary: string;
  load(): Promise<Command<CommonArguments>>;
}

export const commands: Readonly<Record<string, CommandEntry>> = {
  chain: {
    usage: 'chain [inputs..]',
    summary: 'arrange certificates: end entity, intermediates, root',
    load: async () => (await import('./commands/chain.js')).chainCommand,
  },
  host: {
    usage: 'host [certificate] [names..]',
    summary: 'will this name match, and why (not)',
    load: async () => (await import('./commands/host.js')).hostCommand,
  },
};
