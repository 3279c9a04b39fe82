/** `certwright bundle remove`: takes certificates out of a bundle, everything else in the file left as it is. */
import { stat } from 'node:fs/promises';
import { removeFromBundle, type RemovalSelector } from '../../bundle/edit-bundle.js';
import { readInputs } from '../../files/read-inputs.js';
import type { Finding } from '../../finding/finding.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf, Options, Positionals } from '../options.js';
import { applyEdit, editedFile, readEditedFile } from './bundle-edit.js';

const positionals = {
  file: editedFile,
  selectors: {
    array: true,
    describe: 'a file of certificates, a thumbprint, #2 for the second, or a part of the subject',
  },
} as const satisfies Positionals;

const options = {
  all: { type: 'boolean', describe: 'remove every certificate that a part of a subject hits' },
  annotate: { type: 'boolean', describe: 'a comment with subject and expiry above each that stays' },
} as const satisfies Options;

type RemoveArguments = ArgumentsOf<typeof positionals, typeof options>;

/** What stands under that name as a file is meant as a file; everything else is for `selectCertificates`. */
async function readSelector(
  selector: string,
  context: Context,
): Promise<{ selector: RemovalSelector; findings: readonly Finding[] }> {
  const isFile = selector === '-' || (await stat(selector).catch(() => undefined)) !== undefined;
  if (!isFile) return { selector: { kind: 'text', text: selector }, findings: [] };
  const { certificates, findings } = await readInputs([selector], {
    ...context.reading,
    expect: ['certificate'],
  });
  return { selector: { kind: 'file', file: selector, certificates }, findings };
}

async function run(args: RemoveArguments, context: Context): Promise<CommandOutcome> {
  const wanted = args.selectors ?? [];
  if (wanted.length === 0) throw new UsageError('bundle remove: say what to remove from it');
  const edited = await readEditedFile(args.file, context);
  const selectors: RemovalSelector[] = [];
  const findings: Finding[] = [...edited.findings];
  for (const text of wanted) {
    const read = await readSelector(text, context);
    selectors.push(read.selector);
    findings.push(...read.findings);
  }
  const several = args.all ? 'allow' : 'deny';
  const edit = removeFromBundle(edited.inputs.certificates, selectors, {
    name: args.file,
    several,
    onProgress: context.onProgress,
  });
  return applyEdit(args, { ...edited, findings }, edit, context);
}

export const bundleRemoveCommand: Command<RemoveArguments> = { positionals, options, run };
