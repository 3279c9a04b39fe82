/** `certwright chain`: arranges a pile of certificates from end entity to root. */
import { join } from 'node:path';
import { checkArrangement } from '../../chain/check-arrangement.js';
import { orderChain, orderChains, type ChainResult, type OrderChainOptions } from '../../chain/order-chain.js';
import type { ObjectKind } from '../../containers/input-object.js';
import { isOk, type Finding } from '../../finding/finding.js';
import { readInputs, type Inputs } from '../../files/read-inputs.js';
import { makeDirectory, writeFileAtomically } from '../../files/write-file.js';
import { encodeCertificates } from '../../report/certificates-pem.js';
import { drawGraph } from '../../report/graph.js';
import { viewChain } from '../../report/json/chain.js';
import { formatChains } from '../../report/text/chain.js';
import type { Certificate } from '../../x509/certificate.js';
import { shortName } from '../../x509/name.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf, Options, Positionals } from '../options.js';
import { readLeafKey } from '../leaf-key.js';
import { rewriteInPlace } from './chain-in-place.js';

const positionals = {
  inputs: { array: true, describe: 'files, directories, comma lists, or - for standard input' },
} as const satisfies Positionals;

const options = {
  key: { conflicts: ['each'], describe: 'the end entity is the certificate of this private key' },
  leaf: { conflicts: ['key', 'each'], describe: 'the end entity: #2, a thumbprint, or a part of the subject' },
  each: { type: 'boolean', describe: 'a chain for each end entity; -o is then a directory' },
  issuers: { array: true, describe: 'certificates to complete the chain from' },
  'trusted-ca': { array: true, describe: 'the chain must end in one of these roots' },
  root: {
    choices: ['include', 'omit'],
    default: 'include',
    describe: 'the Security Pack wants the root in the file',
  },
  check: {
    type: 'boolean',
    conflicts: ['in-place', 'output', 'graph'],
    describe: 'write nothing; exit 1 unless the input is arranged already',
  },
  'in-place': {
    type: 'boolean',
    conflicts: ['output', 'each', 'graph'],
    describe: 'rewrite the one input file; a private key in it stays',
  },
  annotate: { type: 'boolean', describe: 'a comment with subject and expiry above each certificate' },
  'all-paths': { type: 'boolean', describe: 'list every path with what expires first on it' },
  graph: { choices: ['mermaid', 'dot'], describe: 'draw the paths instead of writing the PEM' },
} as const satisfies Options;

type ChainArguments = ArgumentsOf<typeof positionals, typeof options>;

/** What the arguments ask of the core; reads the further inputs that they name. */
async function readOptions(
  args: ChainArguments,
  context: Context,
): Promise<{ options: OrderChainOptions; findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  const read = async (sources: readonly string[] | undefined): Promise<readonly Certificate[] | undefined> => {
    if (!sources) return undefined;
    const inputs = await readInputs(sources, context.reading);
    findings.push(...inputs.findings);
    return inputs.certificates;
  };
  const issuers = await read(args.issuers);
  const trusted = await read(args.trustedCa);
  const key = args.key === undefined ? undefined : await readLeafKey(args.key, context);
  findings.push(...(key?.findings ?? []));
  const { at, onProgress } = context;
  return { options: { at, leaf: args.leaf, key: key?.key, issuers, trusted, root: args.root, onProgress }, findings };
}

/** In place, a private key in the file is no stranger there. */
function expected({ inPlace }: ChainArguments): readonly ObjectKind[] {
  return inPlace ? ['certificate', 'private-key'] : ['certificate'];
}

/** The results; none where the inputs or the key that names the end entity could not be read, which is said already. */
function arrange(args: ChainArguments, inputs: Inputs, options: OrderChainOptions): readonly ChainResult[] {
  if (args.key !== undefined && !options.key) return [];
  if (inputs.certificates.length === 0 && !isOk(inputs.findings)) return [];
  return args.each ? orderChains(inputs.certificates, options) : [orderChain(inputs.certificates, options)];
}

/** `sip1.fly.example.com.pem`, made of the leaf's name; a number keeps two of one name apart. */
function chainFileNames(results: readonly ChainResult[]): string[] {
  const seen = new Map<string, number>();
  return results.map(({ leaf }) => {
    const name = leaf ? shortName(leaf.tbsCertificate.subject).replace(/^CN=/, '') : 'chain';
    const safe = name.replace(/[^\w.-]/g, '_').replace(/^\.+/, '');
    const count = (seen.get(safe) ?? 0) + 1;
    seen.set(safe, count);
    return `${safe}${count === 1 ? '' : `-${count}`}.pem`;
  });
}

async function writeEach(
  results: readonly ChainResult[],
  directory: string,
  annotate: boolean,
  { progress }: Context,
): Promise<string[]> {
  makeDirectory(directory);
  const paths = chainFileNames(results).map((name) => join(directory, name));
  for (const [index, path] of paths.entries()) {
    progress.report('writing', index, paths.length, 'files');
    await writeFileAtomically(path, encodeCertificates(results[index]?.chain ?? [], annotate));
  }
  return paths;
}

async function run(args: ChainArguments, context: Context): Promise<CommandOutcome> {
  const sources = args.inputs ?? [];
  if (sources.length === 0) throw new UsageError('chain: name at least one file, directory or - for standard input');
  const inputs = await readInputs(sources, { ...context.reading, expect: expected(args) });
  const { options, findings: optionFindings } = await readOptions(args, context);
  const results = arrange(args, inputs, options);
  const findings = [...inputs.findings, ...optionFindings, ...results.flatMap((result) => result.findings)];
  if (args.check) findings.push(...results.flatMap(checkArrangement));

  const annotate = args.annotate ?? false;
  const arranged = results.filter(({ chain }) => chain.length > 0);
  const written: string[] = [];
  let product: string | null | undefined;
  if (args.check) product = undefined;
  else if (arranged.length === 0) product = null;
  else if (args.graph) product = drawGraph(arranged, args.graph);
  else if (args.inPlace) {
    const [only] = arranged;
    const outcome = only && (await rewriteInPlace(sources, inputs, only, annotate));
    findings.push(...(outcome?.findings ?? []));
    written.push(...(outcome?.written ?? []));
  } else if (args.each && context.output !== undefined) {
    written.push(...(await writeEach(arranged, context.output, annotate, context)));
  } else product = arranged.map(({ chain }) => encodeCertificates(chain, annotate)).join('\n');

  return {
    findings,
    get result() {
      return { chains: results.map(viewChain), ...(written.length > 0 && { written }) };
    },
    text: (palette) => formatChains(results, written, { at: context.at, allPaths: args.allPaths ?? false }, palette),
    ...(product !== undefined && { product }),
    ...(written.length > 0 && { outputIsWritten: true }),
  };
}

export const chainCommand: Command<ChainArguments> = { positionals, options, run };
