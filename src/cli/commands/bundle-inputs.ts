/** What the bundle commands share: reading inputs with the stores of Node and the system, and options of several of them. */
import type { Argv } from 'yargs';
import { readInputs, type Inputs } from '../../files/read-inputs.js';
import { findSystemStore, readMozillaRoots } from '../../files/root-stores.js';
import type { ExpiredPolicy } from '../../bundle/sift.js';
import type { ObjectKind } from '../../containers/input-object.js';
import type { Finding } from '../../finding/finding.js';
import type { CommonArguments, Context } from '../command.js';

export interface StoreArguments extends CommonArguments {
  readonly mozilla?: boolean | undefined;
  readonly system?: boolean | undefined;
}

export function declareStores(parser: Argv<CommonArguments>): Argv<StoreArguments> {
  return parser
    .option('mozilla', { type: 'boolean', describe: "take Mozilla's roots too, as this Node has them" })
    .option('system', {
      type: 'boolean',
      describe: "take the system's trusted CAs too (SSL_CERT_FILE, /etc/ssl/certs …)",
    });
}

export interface AdmissionArguments extends CommonArguments {
  readonly expired?: string | undefined;
  readonly nonCa: string;
}

/** Which certificates may come in. */
export function declareAdmission(parser: Argv<CommonArguments>): Argv<CommonArguments> {
  return parser
    .option('expired', {
      choices: ['keep', 'drop', 'fail'],
      describe: 'what to do with certificates that have expired; drop unless given',
    })
    .option('non-ca', {
      choices: ['deny', 'allow'],
      default: 'deny',
      describe: 'what is no CA, as a self-signed server certificate',
    });
}

export function admissionOptions({ expired, nonCa }: AdmissionArguments): {
  expired: ExpiredPolicy | undefined;
  nonCA: 'deny' | 'allow';
} {
  const policies: readonly (ExpiredPolicy | undefined)[] = ['keep', 'drop', 'fail'];
  return { expired: policies.find((policy) => policy === expired), nonCA: nonCa === 'allow' ? 'allow' : 'deny' };
}

/** Reads the sources and the stores asked for; the stores come last. */
export async function readWithStores(
  sources: readonly string[],
  { mozilla, system }: StoreArguments,
  context: Context,
  expect: readonly ObjectKind[] | undefined,
): Promise<Inputs> {
  const store = system ? await findSystemStore() : { sources: [], findings: [] };
  const all = [...sources, ...store.sources];
  const inputs = await readInputs(all, { ...context.reading, expect });
  return {
    ...inputs,
    certificates: [...inputs.certificates, ...(mozilla ? readMozillaRoots() : [])],
    findings: [...inputs.findings, ...store.findings],
  };
}

/** Something that was named could not be read: a bundle made without it would lack CAs that somebody counts on. */
export function lacksInput(findings: readonly Finding[]): boolean {
  return findings.some(({ code, severity }) => severity === 'error' && code.startsWith('input/'));
}
