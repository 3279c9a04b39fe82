/** `certwright verify`: would this certificate be accepted, and if not, which step refuses it. */
import { createFinding } from '../../finding/catalogue.js';
import { judgeByCRLs, type CRLInputs } from '../../files/judge-by-crls.js';
import type { Finding } from '../../finding/finding.js';
import { stringifyJSON } from '../../report/json/stringify.js';
import { viewVerification, viewVerifications } from '../../report/json/verify.js';
import { formatVerifications } from '../../report/text/verify.js';
import { Verifier } from '../../verify.js';
import type { Certificate } from '../../x509/certificate.js';
import { collectFindings } from '../../verify/collect-findings.js';
import { verifyAhead, type Verification } from '../../verify/verify-ahead.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import { parseSpan } from '../parse-span.js';
import {
  isExplained,
  options,
  positionals,
  readQuestion,
  readVerifyInputs,
  type VerifyArguments,
} from './verify-inputs.js';

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
    const expected = targets.map(({ certificate }) => certificate);
    // Those that were verified before the CRLs had to be read again stay as they are.
    for (const { certificate, intermediates } of targets.slice(verifications.length)) {
      const verifier =
        verifiers.get(intermediates) ??
        new Verifier({ ...question, intermediates, trustAnchors: trusted, crls, expected });
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
    fingerprints: structured ? (['sha256'] as const) : [],
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

export const verifyCommand: Command<VerifyArguments> = { positionals, options, run };
