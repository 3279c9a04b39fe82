/** `certwright crl join`: one PEM for `tls-crl` out of many CRLs. */
import { constants } from 'node:buffer';
import { readInputs } from '../../files/read-inputs.js';
import { isOk } from '../../finding/finding.js';
import { formatCount } from '../../report/count.js';
import { viewCRLJoin } from '../../report/json/crl.js';
import { formatCRLJoin } from '../../report/text/crl-join.js';
import { encodeCRLs, joinCRLs } from '../../revocation/join-crls.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf, Options, Positionals } from '../options.js';
import { readWarnBefore, warnBeforeOption } from '../parse-span.js';

const positionals = {
  inputs: { array: true, describe: 'CRLs: files, directories, comma lists, or - for standard input' },
} as const satisfies Positionals;

const options = {
  for: {
    array: true,
    describe: 'the chain to serve, root included: checks signatures and says which CA has no CRL',
  },
  ...warnBeforeOption,
} as const satisfies Options;

type CRLJoinArguments = ArgumentsOf<typeof positionals, typeof options>;

/** Bytes of PEM that JSON takes: half of Node's longest string, since line ends are escaped and more stands around. */
const longestInJSON = constants.MAX_STRING_LENGTH / 2;

function asJSONText(pem: Uint8Array): string {
  if (pem.length <= longestInJSON) return Buffer.from(pem).toString('latin1');
  throw new UsageError(
    `crl join: ${formatCount(Math.round(pem.length / 1e6))} MB of PEM are more than JSON can hold: write them with -o FILE`,
  );
}

async function run(args: CRLJoinArguments, context: Context): Promise<CommandOutcome> {
  const { inputs = [], for: chain } = args;
  if (inputs.length === 0) throw new UsageError('crl join: name at least one CRL file');
  const warnBefore = readWarnBefore(args);
  const { at, reading, output, structured } = context;
  const given = await readInputs(inputs, { ...reading, expect: ['crl'] });
  const served = chain && (await readInputs(chain, { ...reading, expect: ['certificate'] }));
  const read = [...given.findings, ...(served?.findings ?? [])];
  const result = joinCRLs(given.crls, { at, for: served?.certificates, warnBefore });
  const product = result.kept.length > 0 ? encodeCRLs(result.kept) : null;
  const pem = structured && output === undefined && product ? asJSONText(product) : undefined;
  // Why there is no CRL has been said then.
  const isSaid = given.crls.length === 0 && !isOk(given.findings);
  return {
    findings: isSaid ? read : [...read, ...result.findings],
    get result() {
      return viewCRLJoin(result, pem);
    },
    text: (palette) => formatCRLJoin(result, at, palette),
    product,
  };
}

export const crlJoinCommand: Command<CRLJoinArguments> = { positionals, options, run };
