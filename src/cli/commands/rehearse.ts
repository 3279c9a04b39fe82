/** `certwright rehearse`: the same configuration in a real TLS handshake on this machine. */
import type { Argv } from 'yargs';
import { readConfiguration } from '../../files/read-configuration.js';
import { rehearse } from '../../handshake/rehearse.js';
import { viewRehearsals } from '../../report/json/rehearsal.js';
import { formatRehearsals } from '../../report/text/rehearsal.js';
import { preflight } from '../../security-pack/preflight.js';
import { UsageError, type Command, type CommandOutcome, type CommonArguments, type Context } from '../command.js';
import { chooseSides, declareConfiguration, type ConfigurationArguments } from './configuration-inputs.js';

function build(parser: Argv<CommonArguments>): Argv<ConfigurationArguments> {
  return declareConfiguration(parser);
}

async function run(args: ConfigurationArguments, context: Context): Promise<CommandOutcome> {
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
    result: viewRehearsals(result, configuration),
    text: (palette) => formatRehearsals(result, palette),
  };
}

export const rehearseCommand: Command<ConfigurationArguments> = { build, run };
