/** `certwright crl show`: what CRLs say of themselves; with `--entries` every certificate they list. */
import { judgeByCRLs } from '../../files/judge-by-crls.js';
import { MalformedInputError } from '../../finding/malformed-input.js';
import { formatEntries } from '../../report/crl-entries.js';
import { viewCRLShow } from '../../report/json/crl.js';
import { formatCRLShow } from '../../report/text/crl-show.js';
import { surveyCRL, surveyFingerprints } from '../../revocation/survey-crl.js';
import { isWhole, type WholeCRL } from '../../x509/crl.js';
import { formatName } from '../../x509/name.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf, Options, Positionals } from '../options.js';
import { readWarnBefore, warnBeforeOption } from '../parse-span.js';

const positionals = {
  inputs: { array: true, describe: 'CRLs: files, directories, comma lists, or - for standard input' },
} as const satisfies Positionals;

const options = {
  entries: {
    type: 'boolean',
    describe: 'every certificate that is listed, one a line; as NDJSON with --format ndjson',
  },
  ...warnBeforeOption,
} as const satisfies Options;

type CRLShowArguments = ArgumentsOf<typeof positionals, typeof options>;

/** Writes the entries as they are read: a CRL may hold millions. A damaged entry ends it, which the survey tells. */
async function streamEntries(crls: readonly WholeCRL[], { format, writeOut }: Context): Promise<void> {
  const asText = format === 'text';
  for (const [number, crl] of crls.entries()) {
    if (asText && crls.length > 1) await writeOut(`CRL of ${formatName(crl.tbsCertList.issuer)}\n`);
    try {
      for (const piece of formatEntries(crl, asText ? 'text' : 'ndjson', number)) await writeOut(piece);
    } catch (error) {
      if (!(error instanceof MalformedInputError)) throw error;
    }
    if (asText) await writeOut('\n');
  }
}

async function run(args: CRLShowArguments, context: Context): Promise<CommandOutcome> {
  const { inputs = [], entries = false } = args;
  if (inputs.length === 0) throw new UsageError('crl show: name at least one CRL file');
  if (entries && context.format === 'json') {
    throw new UsageError('--entries with --json would hold every entry at once: use --format ndjson');
  }
  if (entries && context.output !== undefined) {
    throw new UsageError('--entries goes to standard output: use > instead of -o');
  }
  const warnBefore = readWarnBefore(args);
  const { at, reading } = context;
  const { inputs: read, judgement: surveys } = await judgeByCRLs(
    inputs,
    {
      ...reading,
      expect: ['crl'],
      certificates: [],
      fingerprints: surveyFingerprints,
      // The entries are walked in the CRL itself.
      ...(entries && { largeFrom: Infinity }),
    },
    ({ crls }) => crls.map((crl) => surveyCRL(crl, { at, warnBefore })),
  );
  if (entries) await streamEntries(read.crls.filter(isWhole), context);
  return {
    findings: [...read.findings, ...surveys.flatMap((survey) => survey.findings)],
    get result() {
      return viewCRLShow(surveys);
    },
    text: (palette) => formatCRLShow(surveys, at, palette),
  };
}

export const crlShowCommand: Command<CRLShowArguments> = { positionals, options, run };
