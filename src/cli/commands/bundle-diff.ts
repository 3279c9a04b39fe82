/** `certwright bundle diff`: what changed from one bundle to another; exit 1 where they differ, as diff(1) does. */
import type { Argv } from 'yargs';
import { diffBundles, isSameBundle } from '../../bundle/diff-bundles.js';
import { readInputs } from '../../files/read-inputs.js';
import { createFinding } from '../../finding/catalogue.js';
import { viewBundleDiff } from '../../report/json/bundle.js';
import { formatBundleDiff } from '../../report/text/bundle.js';
import type { Command, CommandOutcome, CommonArguments, Context } from '../command.js';

interface DiffArguments extends CommonArguments {
  readonly first: string;
  readonly second: string;
}

function build(parser: Argv): Argv<DiffArguments> {
  return parser
    .positional('first', { type: 'string', demandOption: true, describe: 'the bundle as it was' })
    .positional('second', { type: 'string', demandOption: true, describe: 'the bundle as it is now' });
}

async function run({ first, second }: DiffArguments, context: Context): Promise<CommandOutcome> {
  const options = { ...context.reading, expect: ['certificate'] as const };
  const before = await readInputs([first], options);
  const after = await readInputs([second], options);
  const diff = diffBundles(before.certificates, after.certificates);
  const { added, removed, renewed, replaced } = diff;
  const params = {
    other: second,
    added: added.length,
    removed: removed.length,
    renewed: renewed.length,
    replaced: replaced.length,
  };
  const differs = createFinding('bundle/differs', { kind: 'bundle', name: first }, params);
  return {
    findings: [...before.findings, ...after.findings, ...(isSameBundle(diff) ? [] : [differs])],
    get result() {
      return viewBundleDiff(diff);
    },
    text: (palette) => formatBundleDiff(diff, palette),
  };
}

export const bundleDiffCommand: Command<DiffArguments> = { build, run };
