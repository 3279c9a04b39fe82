/** What `openssl verify` of this machine says about a certificate, asked through files. */
import type { PathOptions, Purpose } from '../../src/path/path-inputs.js';
import { toPEM } from './der.js';
import { runOpenSSL, verifyErrors } from './openssl.js';
import { makeScratch, type Scratch } from './scratch.js';

export interface OpensslVerdict {
  readonly ok: boolean;
  /** Error numbers in the order they were said. */
  readonly errors: readonly number[];
}

const purposeNames: Readonly<Record<Exclude<Purpose, 'any' | 'both'>, string>> = {
  serverAuth: 'sslserver',
  clientAuth: 'sslclient',
};

function policyArguments(options: Omit<PathOptions, 'trustAnchors'>): string[] {
  return [
    ...(options.initialPolicySet ?? []).flatMap((policy) => ['-policy', policy]),
    ...(options.requireExplicitPolicy ? ['-explicit_policy'] : []),
    ...(options.inhibitPolicyMapping ? ['-inhibit_map'] : []),
    ...(options.inhibitAnyPolicy ? ['-inhibit_any'] : []),
  ];
}

/**
 * Asks with the options of `validatePath`; trust anchors go to -CAfile, the pool to -untrusted. CRLs, subtrees and limits
 * have no counterpart here. To be called inside a test.
 */
export function askOpenssl(
  target: Uint8Array,
  pool: readonly Uint8Array[],
  trusted: readonly Uint8Array[],
  options: Omit<PathOptions, 'trustAnchors'>,
  scratch: Scratch = makeScratch(),
): OpensslVerdict {
  const write = (name: string, certificates: readonly Uint8Array[]): string =>
    scratch.write(name, certificates.map((der) => toPEM(der)).join(''));
  const { purpose = 'any', maxIntermediates } = options;
  const run = runOpenSSL([
    'verify',
    ...['-no-CApath', '-no-CAstore'],
    ...(trusted.length > 0 ? ['-CAfile', write('trusted.pem', trusted)] : ['-no-CAfile']),
    ...(pool.length > 0 ? ['-untrusted', write('untrusted.pem', pool)] : []),
    ...(purpose === 'any' || purpose === 'both' ? [] : ['-purpose', purposeNames[purpose]]),
    ...(maxIntermediates === undefined ? [] : ['-verify_depth', String(maxIntermediates)]),
    ...['-attime', String(Math.floor(options.at.getTime() / 1000))],
    ...policyArguments(options),
    write('target.pem', [target]),
  ]);
  return { ok: run.status === 0, errors: verifyErrors(run) };
}
