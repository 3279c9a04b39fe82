/** `certwright bundle add`: puts CAs at the end of a bundle, everything else in the file left as it is. */
import type { Argv } from 'yargs';
import { addToBundle } from '../../bundle/edit-bundle.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import { applyEdit, readEditedFile, type EditArguments } from './bundle-edit.js';
import {
  admissionOptions,
  declareAdmission,
  declareStores,
  readWithStores,
  type AdmissionArguments,
  type StoreArguments,
} from './bundle-inputs.js';

interface AddArguments extends EditArguments, AdmissionArguments, StoreArguments {
  readonly sources?: readonly string[] | undefined;
}

function build(parser: Argv): Argv<AddArguments> {
  const withFiles = parser
    .positional('file', { type: 'string', demandOption: true, describe: 'the bundle, a PEM file' })
    .positional('sources', {
      type: 'string',
      array: true,
      describe: 'what to add: files, directories, comma lists, or - for standard input',
    })
    .option('annotate', { type: 'boolean', describe: 'a comment with subject and expiry above each certificate' });
  return declareStores(declareAdmission(withFiles)) as Argv<AddArguments>;
}

async function run(args: AddArguments, context: Context): Promise<CommandOutcome> {
  const sources = args.sources ?? [];
  if (sources.length === 0 && !args.mozilla && !args.system) {
    throw new UsageError('bundle add: name what to add to it');
  }
  const edited = await readEditedFile(args.file, context);
  const candidates = await readWithStores(sources, args, context, ['certificate']);
  const options = { at: context.at, ...admissionOptions(args) };
  const edit = addToBundle(edited.inputs.certificates, candidates.certificates, options);
  const findings = [...edited.findings, ...candidates.findings];
  return applyEdit(args, { ...edited, findings }, edit, context);
}

export const bundleAddCommand: Command<AddArguments> = { build, run };
