/** The options of `verify`, and what they ask of the core: the files read, the targets chosen, every value checked. */
import { readInputs, type Inputs } from '../../files/read-inputs.js';
import { isOk, type Finding } from '../../finding/finding.js';
import { hostProfiles } from '../../hostname/verdict.js';
import { anyPolicy } from '../../path/policy-graph.js';
import type { VerifyCertificateInput } from '../../verify.js';
import { chooseTargets, type CertificateFile } from '../../verify/choose-targets.js';
import { setAside } from '../../verify/set-aside.js';
import type { Certificate } from '../../x509/certificate.js';
import { groupBy } from '../../x509/group-by.js';
import { UsageError, type Context } from '../command.js';
import type { ArgumentsOf, Options, Positionals } from '../options.js';

export const positionals = {
  inputs: {
    array: true,
    describe: 'certificates: files, directories, comma lists, or -; the first of each file is verified',
  },
} as const satisfies Positionals;

export const options = {
  each: { type: 'boolean', describe: 'verify every end entity of all files, in whatever order they stand' },
  'trusted-ca': { array: true, describe: 'the trusted certificates: what trusted-ca of the other side holds' },
  untrusted: { array: true, describe: 'intermediates to build the path from, beside those in the files' },
  crl: { array: true, describe: 'CRLs to check against, PEM or DER: what tls-crl holds' },
  without: {
    array: true,
    describe: 'what if this one were not trusted, or not there: #2, a thumbprint, or a part of the subject',
  },
  revocation: {
    choices: ['off', 'leaf', 'chain'],
    describe: 'what must not be revoked; chain where CRLs are given, else off',
  },
  purpose: {
    choices: ['serverAuth', 'clientAuth', 'both', 'any'],
    default: 'any',
    describe: 'what the certificate is used for',
  },
  host: { describe: 'the certificate must name this host' },
  'host-profile': { choices: hostProfiles, default: 'security-pack', describe: 'whose rules decide about the host' },
  profile: {
    choices: ['rfc5280', 'webpki', 'security-pack'],
    default: 'rfc5280',
    describe: 'the RFC, what public CAs must do on top, or what OpenSSL 3.0 answers',
  },
  'max-depth': { describe: 'how many intermediates may stand on a path' },
  policy: { array: true, describe: 'an acceptable certificate policy, as an OID; several times for several' },
  'explicit-policy': { type: 'boolean', describe: 'the path must be valid for an acceptable policy' },
  'inhibit-mapping': { type: 'boolean', describe: 'CAs may not map policies to others' },
  'inhibit-any': { type: 'boolean', describe: 'anyPolicy in a certificate asserts nothing' },
  horizon: { describe: 'what will fail first within this time: 90d' },
  'all-paths': { type: 'boolean', describe: 'show every path that was tried' },
} as const satisfies Options;

export type VerifyArguments = ArgumentsOf<typeof positionals, typeof options>;

/** What every certificate of one run is asked. */
export type CommonQuestion = Omit<VerifyCertificateInput, 'certificate' | 'intermediates' | 'trustAnchors' | 'crls'>;

export interface VerifyTarget {
  readonly certificate: Certificate;
  /** What a path may be built from: the same array for all targets that have the same. */
  readonly intermediates: readonly Certificate[];
}

export interface VerifyInputs {
  readonly targets: readonly VerifyTarget[];
  readonly trusted: readonly Certificate[];
  /** What the CRLs are read for: every certificate that was given. */
  readonly certificates: readonly Certificate[];
  /** About the files before the CRLs, and after them. */
  readonly findings: readonly [before: readonly Finding[], after: readonly Finding[]];
}

/** @throws UsageError for a value that cannot be meant. */
export function readQuestion(args: VerifyArguments, at: Date): CommonQuestion {
  const { purpose, profile, host, hostProfile, revocation, policy, maxDepth } = args;
  if (maxDepth !== undefined && !/^\d{1,6}$/.test(maxDepth)) {
    throw new UsageError(`--max-depth ${maxDepth} is no number: write how many intermediates may stand on a path`);
  }
  return {
    at,
    purpose,
    profile,
    host,
    hostProfile,
    revocation,
    initialPolicySet: policy?.map(readPolicy),
    requireExplicitPolicy: args.explicitPolicy,
    inhibitPolicyMapping: args.inhibitMapping,
    inhibitAnyPolicy: args.inhibitAny,
    maxIntermediates: maxDepth === undefined ? undefined : Number(maxDepth),
  };
}

function readPolicy(text: string): string {
  if (text === 'any') return anyPolicy;
  if (!/^[0-2](\.(0|[1-9]\d*))+$/.test(text)) {
    throw new UsageError(
      `--policy ${text} is no object identifier: write it in digits, 2.16.840.1.101.3.2.1.48.1, or any`,
    );
  }
  return text;
}

function groupByFile({ certificates, objects }: Inputs): CertificateFile[] {
  const ordered = new Map(objects.map(({ der, container }) => [der, container === 'pem' || container === 'der']));
  const files = groupBy(certificates, ({ origin }) => origin?.file ?? '');
  return Array.from(files.values(), (own) => ({
    certificates: own,
    ordered: own.every(({ der }) => ordered.get(der) ?? true),
  }));
}

export async function readVerifyInputs(args: VerifyArguments, { reading, onProgress }: Context): Promise<VerifyInputs> {
  const { inputs = [], trustedCa = [], untrusted = [], each = false, without = [] } = args;
  const given = await readInputs(inputs, { ...reading, expect: ['certificate', 'private-key'] });
  const anchors = await readInputs(trustedCa, { ...reading, expect: ['certificate'] });
  const pool = await readInputs(untrusted, { ...reading, expect: ['certificate', 'private-key'] });
  const chosen = chooseTargets(groupByFile(given), each ? 'each' : 'first', onProgress);
  const isTarget = new Set(chosen.targets.map(({ certificate }) => certificate));
  // Of thousands of targets many share one list of companions.
  const lists = new Set(chosen.targets.map(({ companions }) => companions));
  const others = [...new Set([...lists].flat())].filter((certificate) => !isTarget.has(certificate));
  const remainder = setAside(anchors.certificates, [...pool.certificates, ...others], without);
  const stays = new Set(remainder.untrusted);
  const remain = (certificates: readonly Certificate[]): Certificate[] =>
    certificates.filter((each) => stays.has(each));
  const named = remain(pool.certificates);
  const intermediatesOf = new Map(
    Array.from(lists, (own) => {
      const kept = remain(own);
      return [own, kept.length > 0 ? [...kept, ...named] : named];
    }),
  );
  return {
    targets: chosen.targets.map(({ certificate, companions }) => ({
      certificate,
      intermediates: intermediatesOf.get(companions) ?? named,
    })),
    trusted: remainder.trusted,
    certificates: [given, anchors, pool].flatMap(({ certificates }) => certificates),
    findings: [
      [given, anchors, pool].flatMap(({ findings }) => findings),
      [chosen, remainder].flatMap(({ findings }) => findings),
    ],
  };
}

/** True where nothing can be verified and the findings say why already. */
export function isExplained(targets: readonly VerifyTarget[], findings: readonly Finding[]): boolean {
  return targets.length > 0 || !isOk(findings);
}
