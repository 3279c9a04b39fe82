/** What the profile `security-pack` predicts beside what `openssl verify` says: the verdict and the first error number. */
import { verifyCertificate, type VerifyCertificateResult } from '../../src/verify.js';
import { askOpenssl, type OpensslQuestion, type OpensslVerdict } from './openssl-verify.js';

export interface Comparison {
  readonly result: VerifyCertificateResult;
  readonly said: OpensslVerdict;
  /** `ok`, or `error 20`: the number of the first error. */
  readonly predicted: string;
  readonly observed: string;
}

/** The answer of the profile `security-pack` to the same question about one of its targets. */
function predictOpenssl(question: OpensslQuestion, target: Uint8Array): VerifyCertificateResult {
  return verifyCertificate({
    ...question,
    certificate: target,
    intermediates: question.pool,
    trustAnchors: question.trusted,
    revocation: question.revocation ?? 'off',
    profile: 'security-pack',
  });
}

/** One comparison for each target of the question; `folder` is for the files that openssl reads. */
export function compareWithOpenssl(folder: string, question: OpensslQuestion): Comparison[] {
  const verdicts = askOpenssl(folder, question);
  return verdicts.map((said, position) => {
    const result = predictOpenssl(question, question.targets[position] ?? new Uint8Array());
    const first = result.findings.find(({ severity }) => severity === 'error');
    return {
      result,
      said,
      predicted: result.ok ? 'ok' : `error ${first?.opensslError}`,
      observed: said.ok ? 'ok' : `error ${said.errors[0]}`,
    };
  });
}
