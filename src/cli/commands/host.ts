/** `certwright host`: will this name match, and why (not). */
import { readInputs } from '../../files/read-inputs.js';
import { checkCertificates } from '../../hostname/check-certificates.js';
import { hostProfiles } from '../../hostname/verdict.js';
import { renderCertificatesCheck } from '../../report/json/host.js';
import { formatCertificatesCheck } from '../../report/text/host.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf, Options, Positionals } from '../options.js';

const positionals = {
  certificate: { describe: 'file, directory, comma list, or - for standard input; the first certificate in it counts' },
  names: { array: true, describe: 'host, host:port, [IPv6]:port, a SIP URI, a contact= value or a URL' },
} as const satisfies Positionals;

const options = {
  profile: {
    choices: hostProfiles,
    default: 'security-pack',
    describe: 'whose rules decide; the table shows what all of them say',
  },
  all: { type: 'boolean', describe: 'check every certificate of the input, not only the first' },
} as const satisfies Options;

type HostArguments = ArgumentsOf<typeof positionals, typeof options>;

async function run(args: HostArguments, context: Context): Promise<CommandOutcome> {
  const { certificate, names = [], profile, all = false } = args;
  if (certificate === undefined || names.length === 0) {
    throw new UsageError('host: name a certificate and then at least one host');
  }
  const inputs = await readInputs([certificate], { ...context.reading, expect: ['certificate'] });
  const unreadable = inputs.certificates.length === 0 && inputs.findings.some(({ severity }) => severity === 'error');
  const check = checkCertificates(inputs.certificates, names, {
    profile,
    which: all ? 'all' : 'first',
    onProgress: context.onProgress,
  });
  return {
    // Why there is no certificate has been said then.
    findings: unreadable ? inputs.findings : [...inputs.findings, ...check.findings],
    get result() {
      return renderCertificatesCheck(check);
    },
    text: (palette) => formatCertificatesCheck(check, palette),
  };
}

export const hostCommand: Command<HostArguments> = { positionals, options, run };
