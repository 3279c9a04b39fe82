/** `certwright bundle add`: puts CAs at the end of a bundle, everything else in the file left as it is. */
import { addToBundle } from '../../bundle/edit-bundle.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf, Options, Positionals } from '../options.js';
import { applyEdit, editedFile, readEditedFile } from './bundle-edit.js';
import { admissionOf, admissionOptions, readWithStores, storeOptions } from './bundle-inputs.js';

const positionals = {
  file: editedFile,
  sources: { array: true, describe: 'what to add: files, directories, comma lists, or - for standard input' },
} as const satisfies Positionals;

const options = {
  annotate: { type: 'boolean', describe: 'a comment with subject and expiry above each certificate' },
  ...admissionOptions,
  ...storeOptions,
} as const satisfies Options;

type AddArguments = ArgumentsOf<typeof positionals, typeof options>;

async function run(args: AddArguments, context: Context): Promise<CommandOutcome> {
  const sources = args.sources ?? [];
  if (sources.length === 0 && !args.mozilla && !args.system) {
    throw new UsageError('bundle add: name what to add to it');
  }
  const { at, onProgress } = context;
  const edited = await readEditedFile(args.file, context);
  const candidates = await readWithStores(sources, args, context, ['certificate']);
  const admission = { at, ...admissionOf(args), onProgress };
  const edit = addToBundle(edited.inputs.certificates, candidates.certificates, admission);
  const findings = [...edited.findings, ...candidates.findings];
  return applyEdit(args, { ...edited, findings }, edit, context);
}

export const bundleAddCommand: Command<AddArguments> = { positionals, options, run };
