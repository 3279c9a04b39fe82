/** `certwright bundle list`: the certificates of bundles, numbered as `bundle remove` counts them. */
import type { Argv } from 'yargs';
import { listBundle } from '../../bundle/list-bundle.js';
import { viewBundleList } from '../../report/json/bundle.js';
import { formatBundleList } from '../../report/text/bundle.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import { declareStores, readWithStores, type StoreArguments } from './bundle-inputs.js';

interface ListArguments extends StoreArguments {
  readonly files?: readonly string[] | undefined;
}

function build(parser: Argv): Argv<ListArguments> {
  return declareStores(
    parser.positional('files', {
      type: 'string',
      array: true,
      describe: 'bundles: files, directories, comma lists, or - for standard input',
    }),
  );
}

async function run(args: ListArguments, context: Context): Promise<CommandOutcome> {
  const sources = args.files ?? [];
  if (sources.length === 0 && !args.mozilla && !args.system) throw new UsageError('bundle list: name a bundle');
  const { certificates, findings } = await readWithStores(sources, args, context, ['certificate']);
  const files = listBundle(certificates);
  return {
    findings,
    get result() {
      return viewBundleList(files);
    },
    text: (palette) => formatBundleList(files, context.at, palette),
  };
}

export const bundleListCommand: Command<ListArguments> = { build, run };
