/** `certwright preflight`: a whole [security] configuration, checked offline before it is deployed. */
import { judgeConfiguration } from '../../files/read-configuration.js';
import { writeMending } from '../../files/write-mending.js';
import { viewPreflight } from '../../report/json/preflight.js';
import type { Palette } from '../../report/palette.js';
import { formatPreflight } from '../../report/text/preflight.js';
import { listSides, type Configuration } from '../../security-pack/configuration.js';
import { mendConfiguration } from '../../security-pack/mend.js';
import { preflight } from '../../security-pack/preflight.js';
import type { Command, CommandOutcome, Context } from '../command.js';
import type { ArgumentsOf, Options } from '../options.js';
import { chooseSides, configurationOptions } from './configuration-inputs.js';

const positionals = {};

const options = {
  ...configurationOptions,
  fix: {
    describe: 'write the mended files and options into this directory; the originals stay as they are',
  },
} as const satisfies Options;

type PreflightArguments = ArgumentsOf<typeof positionals, typeof options>;

/** Every file that holds an option, and every file that one names, as it was read. */
function listOriginals(configuration: Configuration): string[] {
  return listSides(configuration).flatMap(
    ({ settings, sip, files: { certificate, certificateKey, trustedCA, tlsCRL } }) => [
      ...new Set([...settings, ...sip].map(({ origin }) => origin.file)),
      ...[certificate, certificateKey, trustedCA, tlsCRL].flatMap(
        (option) => option?.files.map(({ readAs }) => readAs) ?? [],
      ),
    ],
  );
}

async function run(args: PreflightArguments, context: Context): Promise<CommandOutcome> {
  const { at } = context;
  return judgeConfiguration(chooseSides(args, context, 'preflight'), async ({ configuration, findings }) => {
    const result = preflight(configuration, { at });
    const mending = mendConfiguration(configuration, result, at);
    const written = args.fix === undefined ? [] : await writeMending(args.fix, mending, listOriginals(configuration));
    return {
      findings: [...findings, ...result.findings],
      get result() {
        return viewPreflight(result, configuration, mending, written);
      },
      text: (palette: Palette) => formatPreflight(result, { at, configuration, mending, written }, palette),
    };
  });
}

export const preflightCommand: Command<PreflightArguments> = { positionals, options, run };
