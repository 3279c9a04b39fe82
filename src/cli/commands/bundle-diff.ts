/** `certwright bundle diff`: what changed from one bundle to another; exit 1 where they differ, as diff(1) does. */
import { diffBundles, isSameBundle } from '../../bundle/diff-bundles.js';
import { readInputs } from '../../files/read-inputs.js';
import { createFinding } from '../../finding/catalogue.js';
import { viewBundleDiff } from '../../report/json/bundle.js';
import { formatBundleDiff } from '../../report/text/bundle.js';
import type { Command, CommandOutcome, Context } from '../command.js';
import type { ArgumentsOf, Positionals } from '../options.js';

const positionals = {
  first: { required: true, describe: 'the bundle as it was' },
  second: { required: true, describe: 'the bundle as it is now' },
} as const satisfies Positionals;

const options = {};

type DiffArguments = ArgumentsOf<typeof positionals, typeof options>;

async function run({ first, second }: DiffArguments, context: Context): Promise<CommandOutcome> {
  const reading = { ...context.reading, expect: ['certificate'] as const };
  const before = await readInputs([first], reading);
  const after = await readInputs([second], reading);
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

export const bundleDiffCommand: Command<DiffArguments> = { positionals, options, run };
