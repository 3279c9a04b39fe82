/** `certwright bundle check`: is a bundle fit to be a trusted-ca, and would these peers be trusted with it. */
import { checkBundle, explainFileContents } from '../../bundle/check-bundle.js';
import { readInputs } from '../../files/read-inputs.js';
import { isOk, type Finding } from '../../finding/finding.js';
import { viewBundleCheck } from '../../report/json/bundle.js';
import { formatBundleCheck } from '../../report/text/bundle.js';
import type { Certificate } from '../../x509/certificate.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf, Options, Positionals } from '../options.js';
import { readWithStores, storeOptions } from './bundle-inputs.js';

const positionals = {
  files: { array: true, describe: 'the bundle: a file, directory, comma list, or - for standard input' },
} as const satisfies Positionals;

const options = {
  peer: { array: true, describe: 'what one peer sends, its certificate with its chain; once for each peer' },
  ...storeOptions,
} as const satisfies Options;

type CheckArguments = ArgumentsOf<typeof positionals, typeof options>;

function nameBundle(sources: readonly string[], { mozilla, system }: CheckArguments): string {
  return [...sources, ...(system ? ['--system'] : []), ...(mozilla ? ['--mozilla'] : [])].join(', ');
}

async function run(args: CheckArguments, context: Context): Promise<CommandOutcome> {
  const sources = args.files ?? [];
  if (sources.length === 0 && !args.mozilla && !args.system) throw new UsageError('bundle check: name a bundle');
  const inputs = await readWithStores(sources, args, context, ['certificate', 'private-key', 'crl']);
  const { at, onProgress } = context;
  const name = nameBundle(sources, args);
  const peers: (readonly Certificate[])[] = [];
  const peerFindings: Finding[] = [];
  for (const peer of args.peer ?? []) {
    const sent = await readInputs([peer], {
      ...context.reading,
      expect: ['certificate', 'private-key'],
    });
    peers.push(sent.certificates);
    peerFindings.push(...sent.findings);
  }
  const check = checkBundle(inputs.certificates, { at, name, peers, onProgress });
  const own = [...inputs.findings, ...explainFileContents(inputs.objects)];
  const fit = check.fit && isOk(own);
  return {
    findings: [...own, ...peerFindings, ...check.findings],
    get result() {
      return viewBundleCheck(check, fit);
    },
    text: (palette) => formatBundleCheck(check, { name, fit }, palette),
  };
}

export const bundleCheckCommand: Command<CheckArguments> = { positionals, options, run };
