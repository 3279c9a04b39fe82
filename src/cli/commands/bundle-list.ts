/** `certwright bundle list`: the certificates of bundles, numbered as `bundle remove` counts them. */
import { listBundle } from '../../bundle/list-bundle.js';
import { viewBundleList } from '../../report/json/bundle.js';
import { formatBundleList } from '../../report/text/bundle.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf, Positionals } from '../options.js';
import { readWithStores, storeOptions } from './bundle-inputs.js';

const positionals = {
  files: { array: true, describe: 'bundles: files, directories, comma lists, or - for standard input' },
} as const satisfies Positionals;

type ListArguments = ArgumentsOf<typeof positionals, typeof storeOptions>;

async function run(args: ListArguments, context: Context): Promise<CommandOutcome> {
  const sources = args.files ?? [];
  if (sources.length === 0 && !args.mozilla && !args.system) throw new UsageError('bundle list: name a bundle');
  const { certificates, findings } = await readWithStores(sources, args, context, ['certificate']);
  const files = listBundle(certificates, context.onProgress);
  return {
    findings,
    get result() {
      return viewBundleList(files);
    },
    text: (palette) => formatBundleList(files, context.at, palette),
  };
}

export const bundleListCommand: Command<ListArguments> = { positionals, options: storeOptions, run };
