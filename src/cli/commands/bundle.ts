/** `certwright bundle`: makes a trusted-ca of files, directories and stores. */
import type { Argv } from 'yargs';
import { buildBundle, type BundleResult } from '../../bundle/build-bundle.js';
import { layOutHashDirectory } from '../../bundle/hash-directory.js';
import type { BundleOrder } from '../../bundle/sort.js';
import { writePKCS7 } from '../../containers/write-pkcs7.js';
import type { Inputs } from '../../files/read-inputs.js';
import type { Finding } from '../../finding/finding.js';
import { encodePem } from '../../pem/encode.js';
import { encodeCertificates } from '../../report/certificates-pem.js';
import { viewBuiltBundle } from '../../report/json/bundle.js';
import { formatBuiltBundle } from '../../report/text/bundle.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import { writeHashDirectory } from './bundle-directory.js';
import {
  admissionOptions,
  declareAdmission,
  declareStores,
  lacksInput,
  readWithStores,
  type AdmissionArguments,
  type StoreArguments,
} from './bundle-inputs.js';

interface BundleArguments extends AdmissionArguments, StoreArguments {
  readonly inputs?: readonly string[] | undefined;
  readonly sort: string;
  readonly annotate?: boolean | undefined;
}

/** How the bundle is written; they stand beside the report formats of --format. */
const bundleFormats = ['pem', 'pkcs7', 'pkcs7-der', 'hashdir'] as const;
type BundleFormat = (typeof bundleFormats)[number];

function build(parser: Argv): Argv<BundleArguments> {
  const withInputs = parser
    .positional('inputs', {
      type: 'string',
      array: true,
      describe: 'files, directories, comma lists, or - for standard input',
    })
    .option('sort', {
      choices: ['given', 'subject', 'expiry'],
      default: 'given',
      describe: 'the order of the bundle',
    })
    .option('annotate', { type: 'boolean', describe: 'a comment with subject and expiry above each certificate' });
  const declared = declareStores(declareAdmission(withInputs));
  // yargs would hand them down to `bundle add` and the others; its types do not know the second argument.
  const scoped = declared as unknown as { global: (names: readonly string[], isGlobal: boolean) => void };
  scoped.global(['inputs', 'sort', 'annotate', 'expired', 'non-ca', 'mozilla', 'system'], false);
  return declared as Argv<BundleArguments>;
}

function readFormat({ format }: BundleArguments): BundleFormat {
  return bundleFormats.find((known) => known === format) ?? 'pem';
}

function readOrder({ sort }: BundleArguments): BundleOrder {
  return sort === 'subject' || sort === 'expiry' ? sort : 'given';
}

interface Writing {
  readonly product?: string | Uint8Array | null;
  readonly written: readonly string[];
  readonly findings: readonly Finding[];
}

async function writeDirectory(result: BundleResult, { crls }: Inputs, directory: string): Promise<Writing> {
  const layout = layOutHashDirectory(result.certificates, crls);
  const files = layout.files.map(({ name, object }) => ({
    name,
    contents:
      'certificate' in object
        ? encodePem('CERTIFICATE', object.certificate.der)
        : encodePem('X509 CRL', object.crl.der),
  }));
  const refused = await writeHashDirectory(directory, files);
  return { written: refused.length > 0 ? [] : [directory], findings: [...layout.findings, ...refused] };
}

function encodeBundle(
  result: BundleResult,
  format: Exclude<BundleFormat, 'hashdir'>,
  annotate: boolean,
): string | Uint8Array {
  if (format === 'pem') return encodeCertificates(result.certificates, annotate);
  const der = writePKCS7(result.certificates.map((certificate) => certificate.der));
  return format === 'pkcs7' ? encodePem('PKCS7', der) : der;
}

async function run(args: BundleArguments, context: Context): Promise<CommandOutcome> {
  const sources = args.inputs ?? [];
  if (sources.length === 0 && !args.mozilla && !args.system) {
    throw new UsageError('bundle: name at least one file or directory, - for standard input, --mozilla or --system');
  }
  const format = readFormat(args);
  const { output, at } = context;
  if (format === 'hashdir' && output === undefined) throw new UsageError('--format hashdir needs -o DIRECTORY');
  if (args.annotate && format !== 'pem') throw new UsageError(`--annotate goes with PEM, not with ${format}`);
  const inputs = await readWithStores(
    sources,
    args,
    context,
    format === 'hashdir' ? ['certificate', 'crl'] : ['certificate'],
  );
  const result = buildBundle(inputs.certificates, { at, ...admissionOptions(args), sort: readOrder(args) });
  const { certificates, leftOut } = result;

  let writing: Writing = { product: null, written: [], findings: [] };
  const writable = result.ok && !lacksInput(inputs.findings);
  if (writable && format === 'hashdir') writing = await writeDirectory(result, inputs, output ?? '');
  else if (writable && format !== 'hashdir') {
    const product = encodeBundle(result, format, args.annotate ?? false);
    writing = { product, written: output === undefined ? [] : [output], findings: [] };
  }
  const { product, written } = writing;
  const refused = product === null || (format === 'hashdir' && written.length === 0);
  const pem = typeof product === 'string' && output === undefined ? product : undefined;
  return {
    findings: [...inputs.findings, ...result.findings, ...writing.findings],
    get result() {
      return viewBuiltBundle({ certificates, leftOut, format, written, pem });
    },
    text: (palette) => formatBuiltBundle({ certificates, leftOut, refused, written, at }, palette),
    ...(format === 'hashdir' ? { outputIsWritten: true } : { product: product ?? null }),
  };
}

export const bundleCommand: Command<BundleArguments> = { productFormats: bundleFormats, build, run };
