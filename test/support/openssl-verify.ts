/** What `openssl verify` of this machine says about certificates, asked through files. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PathOptions, Purpose } from '../../src/path/path-inputs.js';
import { toPEM } from './der.js';
import { openssl, runOpenSSL, verifyErrors } from './openssl.js';

/** The model is of OpenSSL 3.0: no other version is asked. */
const isModelled = openssl.version.startsWith('OpenSSL 3.0.');

export const opensslVerify = {
  available: openssl.installed && isModelled,
  /** Goes to the end of the name of a test that asks. */
  skipReason: openssl.skipReason || (isModelled ? '' : ` (skipped: ${openssl.version} is not OpenSSL 3.0)`),
};

export interface OpensslVerdict {
  readonly ok: boolean;
  /** Error numbers in the order they were said. */
  readonly errors: readonly number[];
}

/** What one run is asked; all certificates and CRLs as DER. */
export interface OpensslQuestion extends Omit<PathOptions, 'trustAnchors' | 'profile'> {
  /** One verdict each. */
  readonly targets: readonly Uint8Array[];
  /** Goes to -untrusted. */
  readonly pool: readonly Uint8Array[];
  /** Goes to -CAfile. */
  readonly trusted: readonly Uint8Array[];
  readonly crls?: readonly Uint8Array[];
  /** `off` unless given. */
  readonly revocation?: 'off' | 'leaf' | 'chain';
}

const purposeNames: Readonly<Record<Exclude<Purpose, 'any' | 'both'>, string>> = {
  serverAuth: 'sslserver',
  clientAuth: 'sslclient',
};

/** Without -extended_crl and -use_deltas, which a program has to ask for and hardly any does. */
const revocationArguments = { off: [], leaf: ['-crl_check'], chain: ['-crl_check_all'] } as const;

function policyArguments(options: OpensslQuestion): string[] {
  return [
    ...(options.initialPolicySet ?? []).flatMap((policy) => ['-policy', policy]),
    ...(options.requireExplicitPolicy ? ['-explicit_policy'] : []),
    ...(options.inhibitPolicyMapping ? ['-inhibit_map'] : []),
    ...(options.inhibitAnyPolicy ? ['-inhibit_any'] : []),
  ];
}

/**
 * Asks with the options of `validatePath`, all targets in one process; subtrees and limits have no counterpart here.
 *
 * @param folder where the files are written, over those of the question before.
 */
export function askOpenssl(folder: string, question: OpensslQuestion): OpensslVerdict[] {
  const write = (name: string, ders: readonly Uint8Array[], label?: string): string => {
    const path = join(folder, name);
    writeFileSync(path, ders.map((der) => toPEM(der, label)).join(''));
    return path;
  };
  const { purpose = 'any', maxIntermediates, pool, crls = [], revocation = 'off' } = question;
  const files = question.targets.map((target, position) => write(`target-${position}.pem`, [target]));
  const run = runOpenSSL([
    'verify',
    ...['-no-CApath', '-no-CAstore'],
    ...(question.trusted.length > 0 ? ['-CAfile', write('trusted.pem', question.trusted)] : ['-no-CAfile']),
    ...(pool.length > 0 ? ['-untrusted', write('untrusted.pem', pool)] : []),
    ...(crls.length > 0 ? ['-CRLfile', write('lists.pem', crls, 'X509 CRL')] : []),
    ...revocationArguments[revocation],
    ...(purpose === 'any' || purpose === 'both' ? [] : ['-purpose', purposeNames[purpose]]),
    ...(maxIntermediates === undefined ? [] : ['-verify_depth', String(maxIntermediates)]),
    ...['-attime', String(Math.floor(question.at.getTime() / 1000))],
    ...policyArguments(question),
    ...files,
  ]);
  // Errors stand before the line that says that the file failed; a file without errors says OK on the other stream.
  let rest = run.stderr;
  return files.map((file) => {
    const ok = run.stdout.includes(`${file}: OK`);
    const failure = `error ${file}: verification failed`;
    if (ok || !rest.includes(failure)) return { ok, errors: [] };
    const [said = ''] = rest.split(failure, 1);
    rest = rest.slice(said.length + failure.length);
    return { ok, errors: verifyErrors({ status: run.status, stdout: '', stderr: said }) };
  });
}
