/** `certwright crl check`: which certificates are revoked, and which CRL says so. */
import { judgeByCRLs } from '../../files/judge-by-crls.js';
import { readInputs } from '../../files/read-inputs.js';
import type { Finding } from '../../finding/finding.js';
import { isOk } from '../../finding/finding.js';
import { viewCRLCheck } from '../../report/json/crl.js';
import { formatCRLCheck } from '../../report/text/crl-check.js';
import { checkCertificates } from '../../revocation/check-certificates.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf, Options, Positionals } from '../options.js';
import { readWarnBefore, warnBeforeOption } from '../parse-span.js';

const positionals = {
  inputs: { array: true, describe: 'certificates: files, directories, comma lists, or - for standard input' },
} as const satisfies Positionals;

const options = {
  crl: { array: true, describe: 'CRLs to check against, PEM or DER: what tls-crl will hold' },
  issuers: { array: true, describe: 'CA certificates, where they do not stand beside the certificates' },
  scope: {
    choices: ['leaf', 'chain'],
    default: 'chain',
    describe: 'the end entities alone, or every CA up to the root too',
  },
  ...warnBeforeOption,
} as const satisfies Options;

type CRLCheckArguments = ArgumentsOf<typeof positionals, typeof options>;

async function run(args: CRLCheckArguments, context: Context): Promise<CommandOutcome> {
  const { inputs = [], crl = [], issuers = [], scope } = args;
  if (inputs.length === 0) throw new UsageError('crl check: name at least one certificate file');
  if (crl.length === 0) throw new UsageError('crl check: name the CRLs with --crl');
  const warnBefore = readWarnBefore(args);
  const { at, reading, structured, onProgress } = context;
  const given = await readInputs(inputs, { ...reading, expect: ['certificate'] });
  const pool = await readInputs(issuers, { ...reading, expect: ['certificate'] });
  const { certificates } = given;
  const { inputs: lists, judgement: result } = await judgeByCRLs(
    crl,
    {
      ...reading,
      expect: ['crl'],
      certificates: [...certificates, ...pool.certificates],
      fingerprints: structured ? ['sha256'] : [],
    },
    ({ crls }) =>
      checkCertificates({ certificates, issuers: pool.certificates, crls, at, scope, warnBefore, onProgress }),
  );
  const { crls } = lists;
  const read: Finding[] = [...given.findings, ...lists.findings, ...pool.findings];
  // Why there is no certificate has been said then.
  const isSaid = certificates.length === 0 && !isOk(given.findings);
  return {
    findings: isSaid ? read : [...read, ...result.findings],
    get result() {
      return viewCRLCheck(result, crls);
    },
    text: (palette) => formatCRLCheck({ result, crls, at }, palette),
  };
}

export const crlCheckCommand: Command<CRLCheckArguments> = { positionals, options, run };
