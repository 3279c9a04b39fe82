/** What `bundle add` and `bundle remove` share: the one PEM file that they edit. */
import { readFile } from 'node:fs/promises';
import type { BundleEdit } from '../../bundle/edit-bundle.js';
import { editPem } from '../../bundle/edit-pem.js';
import { explainFileContents } from '../../bundle/check-bundle.js';
import { detectUTF16, transcodeUTF16 } from '../../containers/transcode.js';
import { readInputs, type Inputs } from '../../files/read-inputs.js';
import { writeFileAtomically } from '../../files/write-file.js';
import type { Finding } from '../../finding/finding.js';
import { viewEditedBundle } from '../../report/json/bundle.js';
import { formatEditedBundle } from '../../report/text/bundle.js';
import { annotateCertificate } from '../../x509/annotation.js';
import { lacksInput } from './bundle-inputs.js';
import { UsageError, type CommandOutcome, type Context } from '../command.js';
import type { CommonArguments, PositionalDeclaration } from '../options.js';

/** The bundle that is edited. */
export const editedFile = {
  required: true,
  describe: 'the bundle, a PEM file',
} as const satisfies PositionalDeclaration;

export type EditArguments = CommonArguments & { readonly file: string; readonly annotate?: boolean | undefined };

export interface EditedFile {
  readonly inputs: Inputs;
  /** As it was read, in UTF-8. */
  readonly text: Uint8Array;
  /** The file is one that can be edited. */
  readonly editable: boolean;
  readonly findings: readonly Finding[];
}

/** An empty file may get its first certificate. */
function softenEmpty(finding: Finding): Finding {
  return finding.code === 'input/empty' ? { ...finding, severity: 'info' } : finding;
}

/** Reads the bundle that is to be edited. @throws UsageError where `file` is not one file with a name. */
export async function readEditedFile(file: string, context: Context): Promise<EditedFile> {
  if (file === '-') throw new UsageError('the bundle to edit must be a file, not standard input');
  const inputs = await readInputs([file], context.reading);
  const [only, ...others] = inputs.files;
  if (others.length > 0 || (only && only.file !== file)) {
    throw new UsageError(`the bundle to edit must be one file, which ${file} is not`);
  }
  const armoured = inputs.objects.every(({ pem }) => pem !== undefined);
  // A PKCS#7 block among others is taken apart by the edit; whole files in other formats are refused.
  const contents = explainFileContents(inputs.objects).filter(({ code }) => !armoured || code !== 'bundle/not-pem');
  const findings = [...inputs.findings.map(softenEmpty), ...contents];
  if (!only || lacksInput(findings) || !armoured) return { inputs, text: new Uint8Array(), editable: false, findings };
  const bytes = await readFile(file);
  if (bytes.length !== only.size) throw new UsageError(`${file} was changed while it was read: try again`);
  const encoding = detectUTF16(bytes);
  return { inputs, text: encoding ? transcodeUTF16(bytes, encoding) : bytes, editable: true, findings };
}

/**
 * Carries an edit out: into the file itself, or into that of -o. Nothing is written where the edit failed, and the file
 * stays untouched where nothing changed.
 */
export async function applyEdit(
  { file, annotate = false }: EditArguments,
  { inputs, text, editable, findings }: EditedFile,
  edit: BundleEdit,
  context: Context,
): Promise<CommandOutcome> {
  const { output } = context;
  const { added, removed, leftOut } = edit;
  const refused = !editable || !edit.ok || lacksInput(findings);
  const plan = { file, objects: inputs.objects, certificates: inputs.certificates, added, removed };
  const edited = refused ? undefined : editPem(text, { ...plan, annotate: annotate ? annotateCertificate : undefined });
  const changed =
    edited !== undefined && (annotate || added.length + removed.length > 0) && Buffer.compare(edited.text, text) !== 0;
  const written = edited && (changed || output !== undefined) ? [output ?? file] : [];
  const secret = inputs.privateKeys.length > 0;
  if (edited && written.length > 0) await writeFileAtomically(output ?? file, edited.text, { secret });
  const outcome = { file, added: refused ? [] : added, removed: refused ? [] : removed, leftOut, written };
  return {
    findings: [...findings, ...(editable ? edit.findings : []), ...(changed ? edited.findings : [])],
    get result() {
      return viewEditedBundle(outcome);
    },
    text: (palette) => formatEditedBundle({ ...outcome, refused }, palette),
    outputIsWritten: true,
  };
}
