/** `certwright bundle`: makes a trusted-ca of files, directories and stores. */
import { buildBundle, type BundleResult } from '../../bundle/build-bundle.js';
import { layOutHashDirectory } from '../../bundle/hash-directory.js';
import { writePKCS7 } from '../../containers/write-pkcs7.js';
import type { Inputs } from '../../files/read-inputs.js';
import type { Finding } from '../../finding/finding.js';
import { encodePem } from '../../pem/encode.js';
import { encodeCertificates } from '../../report/certificates-pem.js';
import { viewBuiltBundle } from '../../report/json/bundle.js';
import { formatBuiltBundle } from '../../report/text/bundle.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf, Options, Positionals } from '../options.js';
import { writeHashDirectory } from './bundle-directory.js';
import { admissionOf, admissionOptions, lacksInput, readWithStores, storeOptions } from './bundle-inputs.js';

const positionals = {
  inputs: { array: true, describe: 'files, directories, comma lists, or - for standard input' },
} as const satisfies Positionals;

const options = {
  sort: { choices: ['given', 'subject', 'expiry'], default: 'given', describe: 'the order of the bundle' },
  annotate: { type: 'boolean', describe: 'a comment with subject and expiry above each certificate' },
  ...admissionOptions,
  ...storeOptions,
} as const satisfies Options;

type BundleArguments = ArgumentsOf<typeof positionals, typeof options>;

/** How the bundle is written; they stand beside the report formats of --format. */
const bundleFormats = ['pem', 'pkcs7', 'pkcs7-der', 'hashdir'] as const;
type BundleFormat = (typeof bundleFormats)[number];

function readFormat({ format }: BundleArguments): BundleFormat {
  return bundleFormats.find((known) => known === format) ?? 'pem';
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
  const { output, at, onProgress } = context;
  if (format === 'hashdir' && output === undefined) throw new UsageError('--format hashdir needs -o DIRECTORY');
  if (args.annotate && format !== 'pem') throw new UsageError(`--annotate goes with PEM, not with ${format}`);
  const inputs = await readWithStores(
    sources,
    args,
    context,
    format === 'hashdir' ? ['certificate', 'crl'] : ['certificate'],
  );
  const result = buildBundle(inputs.certificates, { at, ...admissionOf(args), sort: args.sort, onProgress });
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

export const bundleCommand: Command<BundleArguments> = { productFormats: bundleFormats, positionals, options, run };
