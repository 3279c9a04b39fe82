/** What the bundle commands share: reading inputs with the stores of Node and the system, and options of several of them. */
import { readInputs, type Inputs } from '../../files/read-inputs.js';
import { findSystemStore, readMozillaRoots } from '../../files/root-stores.js';
import type { ExpiredPolicy } from '../../bundle/sift.js';
import type { ObjectKind } from '../../containers/input-object.js';
import type { Finding } from '../../finding/finding.js';
import type { Context } from '../command.js';
import type { DeclaredBy, Options } from '../options.js';

export const storeOptions = {
  mozilla: { type: 'boolean', describe: "take Mozilla's roots too, as this Node has them" },
  system: { type: 'boolean', describe: "take the system's trusted CAs too (SSL_CERT_FILE, /etc/ssl/certs …)" },
} as const satisfies Options;

export type StoreArguments = DeclaredBy<typeof storeOptions>;

/** Which certificates may come in. */
export const admissionOptions = {
  expired: {
    choices: ['keep', 'drop', 'fail'],
    describe: 'what to do with certificates that have expired; drop unless given',
  },
  'non-ca': {
    choices: ['deny', 'allow'],
    default: 'deny',
    describe: 'what is no CA, as a self-signed server certificate',
  },
} as const satisfies Options;

export function admissionOf({ expired, nonCa }: DeclaredBy<typeof admissionOptions>): {
  expired: ExpiredPolicy | undefined;
  nonCA: 'deny' | 'allow';
} {
  return { expired, nonCA: nonCa };
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
