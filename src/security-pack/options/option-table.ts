/**
 * Every option that a configuration may hold: its name, its legacy names, its values, where it counts and for which
 * side. The one table of these facts; the readers and rules ask it and know no name themselves.
 *
 * From the Security Deployment Guide ([security] section, transport parameters), the SIP Endpoint SDK Developer's Guide
 * (system.security, the legacy names) and SIP Proxy TLS (the SIP settings).
 */
import type { Side } from '../setting.js';

export type OptionName =
  | 'tls'
  | 'tls-mutual'
  | 'certificate'
  | 'certificate-key'
  | 'trusted-ca'
  | 'tls-crl'
  | 'tls-target-name-check'
  | 'tls-target-name'
  | 'sec-protocol'
  | 'cipher-list'
  | 'ciphersuites'
  | 'client-auth'
  | 'upgrade'
  | 'fips140-enabled'
  | 'provider'
  | 'protocol-list'
  | 'tls-version'
  | 'use_srtp'
  | 'tls_enabled';

export interface OptionFacts {
  readonly name: OptionName;
  /** Older names that mean the same; where both are set, the new name wins. */
  readonly aliases: readonly string[];
  /** The predefined values, case-sensitive; undefined where any text may stand. */
  readonly values?: readonly string[];
  /** Values that older packs knew and current ones refuse. */
  readonly refused?: readonly string[];
  /** path: one file; paths: several, apart by commas. */
  readonly holds?: 'path' | 'paths';
  /** Whose connection it changes. */
  readonly counts: Side | 'both';
  /** False for what stands in the transport parameters: it does not make a level the one in force. */
  readonly material: boolean;
  /** False where certwright knows the option and does not judge it. */
  readonly evaluated: boolean;
}

const material = { aliases: [], counts: 'both', material: true, evaluated: true } as const;
const unjudged = { aliases: [], counts: 'both', material: false, evaluated: false } as const;

export const optionTable: readonly OptionFacts[] = [
  { ...material, name: 'tls', values: ['0', '1'], material: false },
  { ...material, name: 'tls-mutual', values: ['0', '1'], counts: 'server', material: false },
  { ...material, name: 'certificate', aliases: ['cert_file'], holds: 'paths' },
  { ...material, name: 'certificate-key', aliases: ['priv_key_file'], holds: 'path' },
  { ...material, name: 'trusted-ca', aliases: ['ca_list_file'], holds: 'path' },
  { ...material, name: 'tls-crl', aliases: ['crl'], holds: 'path' },
  { ...material, name: 'tls-target-name-check', values: ['no', 'host'], counts: 'client' },
  { ...material, name: 'tls-target-name', counts: 'client' },
  {
    ...material,
    name: 'sec-protocol',
    values: ['SSLv23', 'TLSv12', 'TLSv13'],
    refused: ['SSLv3', 'TLSv1', 'TLSv11'],
  },
  { ...material, name: 'cipher-list' },
  { ...material, name: 'ciphersuites' },
  { ...unjudged, name: 'client-auth' },
  { ...unjudged, name: 'upgrade' },
  { ...unjudged, name: 'fips140-enabled' },
  { ...unjudged, name: 'provider' },
  { ...unjudged, name: 'protocol-list' },
  { ...unjudged, name: 'tls-version' },
  // [assumed] In system.security of endpoints, beside the options above.
  { ...unjudged, name: 'use_srtp' },
  { ...unjudged, name: 'tls_enabled' },
];

/** TLS 1.3 suites that `ciphersuites` may name; empty stands for the first three (SIP Endpoint SDK Developer's Guide). */
export const knownCiphersuites = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_128_CCM_8_SHA256',
  'TLS_AES_128_CCM_SHA256',
] as const;
export const defaultCiphersuites: readonly string[] = knownCiphersuites.slice(0, 3);

/** The first UNIX pack that heeds `tls-target-name` (Security Deployment Guide). */
export const firstPackWithTargetName = '8.5.100.23';

/** The option that holds a level's transport parameters in an INI file: `transport=tls=1;tls-mutual=1`. */
export const transportOption = 'transport';

/** Settings of [sip] and [sip-proxy] sections and of an endpoint's Connectivity element. */
export const sipNames: readonly string[] = [
  'contact',
  'server',
  'user',
  'protocol',
  'transport',
  'srv',
  'port',
  'tls-port',
  'sip-port',
  'sip-port-tls',
  'peer-proxy-protocol',
  'peer-proxy-port',
  'peer-proxy-port-tls',
];

/** Those of them that are SIP settings wherever they stand, because no option of [security] is called so. */
const unmistakableSIPNames = new Set(sipNames.filter((name) => name.includes('-') || name === 'contact'));

/** True for a name that is a SIP setting also in a section of security options. */
export function isSIPName(name: string): boolean {
  return unmistakableSIPNames.has(name);
}

/** The option that goes by this name, old or new, in exactly this spelling. */
export function findOption(name: string): OptionFacts | undefined {
  return optionTable.find((option) => option.name === name || option.aliases.includes(name));
}

const allNames: readonly string[] = [
  ...optionTable.flatMap(({ name, aliases }) => [name, ...aliases]),
  transportOption,
  ...unmistakableSIPNames,
];

/** What a name that is no option was probably meant to be. */
export interface Resembling {
  readonly right: string;
  readonly differs: 'case' | 'letters';
}

/**
 * Finds the known name that differs in case only, or in one letter, or in two where the name is long.
 *
 * @param known the names to choose from; those of the options unless given.
 */
export function findResembling(name: string, known: readonly string[] = allNames): Resembling | undefined {
  const folded = name.toLowerCase();
  const sameLetters = known.find((each) => each.toLowerCase() === folded);
  if (sameLetters !== undefined) return { right: sameLetters, differs: 'case' };
  const near = known
    .filter((right) => Math.abs(right.length - name.length) <= allowedEdits(right))
    .map((right) => ({ right, distance: countEdits(folded, right.toLowerCase()) }))
    .filter(({ right, distance }) => distance <= allowedEdits(right))
    .sort((a, b) => a.distance - b.distance)[0];
  return near && { right: near.right, differs: 'letters' };
}

/** Short names differ in a letter or two from too many words that mean something else. */
function allowedEdits(name: string): number {
  if (name.length < 5) return 0;
  return name.length < 9 ? 1 : 2;
}

/** Insertions, deletions, replacements and swaps of neighbours that make `a` into `b` (optimal string alignment). */
function countEdits(a: string, b: string): number {
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a.charAt(i - 1) === b.charAt(j - 1);
      const isSwap = i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1);
      const steps = [
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        ...(isSwap ? [(before[j - 2] ?? 0) + 1] : []),
      ];
      current.push(Math.min(...steps));
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
