/** `certwright rehearse`: the same configuration in a real TLS handshake on this machine. */
import { readConfiguration } from '../../files/read-configuration.js';
import { rehearse } from '../../handshake/rehearse.js';
import { viewRehearsals } from '../../report/json/rehearsal.js';
import { formatRehearsals } from '../../report/text/rehearsal.js';
import { preflight } from '../../security-pack/preflight.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf } from '../options.js';
import { chooseSides, configurationOptions } from './configuration-inputs.js';

const positionals = {};

type RehearseArguments = ArgumentsOf<typeof positionals, typeof configurationOptions>;

async function run(args: RehearseArguments, context: Context): Promise<CommandOutcome> {
  if (args.at !== undefined) {
    throw new UsageError('rehearse: a real handshake happens now; --at is for preflight');
  }
  const { configuration, findings: reading } = await readConfiguration({
    ...chooseSides(args, context, 'rehearse'),
    keepBytes: true,
  });
  const { findings } = preflight(configuration, { at: context.at });
  const result = await rehearse(configuration, { findings });
  return {
    findings: [...reading, ...result.findings],
    get result() {
      return viewRehearsals(result, configuration);
    },
    text: (palette) => formatRehearsals(result, palette),
  };
}

export const rehearseCommand: Command<RehearseArguments> = { positionals, options: configurationOptions, run };
