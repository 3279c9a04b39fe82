/** `certwright verify`: would this certificate be accepted, and if not, which step refuses it. */
import type { Argv } from 'yargs';
import { createFinding } from '../../finding/catalogue.js';
import { judgeByCRLs, type CRLInputs } from '../../files/judge-by-crls.js';
import type { Finding } from '../../finding/finding.js';
import { hostProfiles } from '../../hostname/verdict.js';
import { stringifyJSON } from '../../report/json/stringify.js';
import { viewVerification, viewVerifications } from '../../report/json/verify.js';
import { formatVerifications } from '../../report/text/verify.js';
import { Verifier } from '../../verify.js';
import type { Certificate } from '../../x509/certificate.js';
import { collectFindings } from '../../verify/collect-findings.js';
import { verifyAhead, type Verification } from '../../verify/verify-ahead.js';
import { UsageError, type Command, type CommandOutcome, type CommonArguments, type Context } from '../command.js';
import { parseSpan } from '../parse-span.js';
import {
  isExplained,
  readQuestion,
  readVerifyInputs,
  type InputArguments,
  type PolicyArguments,
  type RuleArguments,
  type VerifyArguments,
} from './verify-inputs.js';

function declareInputs<A>(parser: Argv<A>): Argv<A & InputArguments> {
  const list = { type: 'string', array: true, requiresArg: true } as const;
  return parser
    .positional('inputs', {
      type: 'string',
      array: true,
      describe: 'certificates: files, directories, comma lists, or -; the first of each file is verified',
    })
    .option('each', { type: 'boolean', describe: 'verify every end entity of all files, in whatever order they stand' })
    .option('trusted-ca', { ...list, describe: 'the trusted certificates: what trusted-ca of the other side holds' })
    .option('untrusted', { ...list, describe: 'intermediates to build the path from, beside those in the files' })
    .option('crl', { ...list, describe: 'CRLs to check against, PEM or DER: what tls-crl holds' })
    .option('without', {
      ...list,
      describe: 'what if this one were not trusted, or not there: #2, a thumbprint, or a part of the subject',
    });
}

function declareRules<A>(parser: Argv<A>): Argv<A & RuleArguments> {
  return parser
    .option('revocation', {
      choices: ['off', 'leaf', 'chain'] as const,
      requiresArg: true,
      describe: 'what must not be revoked; chain where CRLs are given, else off',
    })
    .option('purpose', {
      choices: ['serverAuth', 'clientAuth', 'both', 'any'] as const,
      default: 'any' as const,
      requiresArg: true,
      describe: 'what the certificate is used for',
    })
    .option('host', { type: 'string', requiresArg: true, describe: 'the certificate must name this host' })
    .option('host-profile', {
      choices: hostProfiles,
      default: 'security-pack' as const,
      requiresArg: true,
      describe: 'whose rules decide about the host',
    })
    .option('profile', {
      choices: ['rfc5280', 'webpki', 'security-pack'] as const,
      default: 'rfc5280' as const,
      requiresArg: true,
      describe: 'the RFC, what public CAs must do on top, or what OpenSSL 3.0 answers',
    })
    .option('max-depth', { type: 'string', requiresArg: true, describe: 'how many intermediates may stand on a path' });
}

function declarePolicies<A>(parser: Argv<A>): Argv<A & PolicyArguments> {
  return parser
    .option('policy', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'an acceptable certificate policy, as an OID; several times for several',
    })
    .option('explicit-policy', { type: 'boolean', describe: 'the path must be valid for an acceptable policy' })
    .option('inhibit-mapping', { type: 'boolean', describe: 'CAs may not map policies to others' })
    .option('inhibit-any', { type: 'boolean', describe: 'anyPolicy in a certificate asserts nothing' });
}

function build(parser: Argv<CommonArguments>): Argv<VerifyArguments> {
  return declarePolicies(declareRules(declareInputs(parser)))
    .option('horizon', { type: 'string', requiresArg: true, describe: 'what will fail first within this time: 90d' })
    .option('all-paths', { type: 'boolean', describe: 'show every path that was tried' });
}

async function run(args: VerifyArguments, context: Context): Promise<CommandOutcome> {
  const { at, verbose, format, structured, output, writeOut, reading, progress } = context;
  if ((args.inputs ?? []).length === 0) throw new UsageError('verify: name at least one certificate file');
  if ((args.trustedCa ?? []).length === 0) throw new UsageError('verify: name what is trusted with --trusted-ca');
  const horizon = parseSpan('--horizon', args.horizon);
  const question = readQuestion(args, at);
  const inputs = await readVerifyInputs(args, context);
  const { targets, trusted, certificates } = inputs;
  const verifications: Verification[] = [];
  const streamed = format === 'ndjson' && output === undefined;
  const verifyAll = async ({ crls }: CRLInputs): Promise<void> => {
    const verifiers = new Map<readonly Certificate[], Verifier>();
    // Those that were verified before the CRLs had to be read again stay as they are.
    for (const { certificate, intermediates } of targets.slice(verifications.length)) {
      const verifier =
        verifiers.get(intermediates) ?? new Verifier({ ...question, intermediates, trustAnchors: trusted, crls });
      verifiers.set(intermediates, verifier);
      const verification = verifyAhead(verifier, certificate, horizon);
      verifications.push(verification);
      // Each goes out as soon as it is known; in a file it stands in the result at the end.
      if (streamed) {
        await writeOut(`${stringifyJSON({ type: 'certificate', ...viewVerification(verification) })}\n`);
      } else progress.report('verifying', verifications.length, targets.length, 'certificates');
    }
  };
  const readingCRLs = {
    ...reading,
    expect: ['crl'] as const,
    certificates,
    fingerprints: structured,
  };
  const { inputs: lists } = await judgeByCRLs(args.crl ?? [], readingCRLs, verifyAll);
  const { crls } = lists;
  const [before, after] = inputs.findings;
  const read = [...before, ...lists.findings, ...after];
  const findings: readonly Finding[] = [
    ...read,
    ...(isExplained(targets, read)
      ? []
      : [createFinding('chain/no-certificates', { kind: 'chain', name: 'the input' }, {})]),
    ...collectFindings(verifications),
  ];
  return {
    findings,
    get result() {
      return viewVerifications(verifications, crls, streamed);
    },
    text: (palette) =>
      formatVerifications(verifications, { at, crls, allPaths: args.allPaths ?? false, verbose }, palette),
  };
}

export const verifyCommand: Command<VerifyArguments> = { build, run };
