/**
 * Random certification paths for differential tests: chains of good sense in which each certificate may have a fault or
 * two, or something unusual that is none. The same seed gives the same chains, keys aside.
 */
import { boolean, implicit, integer, oid, retag, sequence } from './der.js';
import { makeExtension, makeCertificatePolicies, type KeyUsageName } from './extensions.js';
import { makeCertificate, makeKeyPair, type CertificateOptions, type KeyPair } from './pki.js';

/** A small generator of numbers in [0, 1) (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface RandomCase {
  readonly target: Uint8Array;
  readonly pool: readonly Uint8Array[];
  readonly trusted: readonly Uint8Array[];
  readonly at: Date;
  readonly purpose: 'any' | 'serverAuth' | 'clientAuth';
  readonly initialPolicySet?: readonly string[];
  readonly requireExplicitPolicy?: boolean;
  readonly inhibitPolicyMapping?: boolean;
  readonly inhibitAnyPolicy?: boolean;
  readonly maxIntermediates?: number;
  /** What was spoilt or unusual, for messages. */
  readonly traits: readonly string[];
}

const at = new Date('2030-06-01T12:00:00Z');
const policies = ['1.2.3.1', '1.2.3.2', '1.2.3.3', '2.5.29.32.0'] as const;
const keyNames = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Draws with the odds that make a fault here and there. */
class Dice {
  readonly traits: string[] = [];

  constructor(readonly random: () => number) {}

  /** True once in `one in` times; then the trait is noted. */
  rolls(trait: string, oneIn: number): boolean {
    const hit = this.random() < 1 / oneIn;
    if (hit && trait !== '') this.traits.push(trait);
    return hit;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  some<T>(items: readonly T[]): T[] {
    const chosen = items.filter(() => this.random() < 0.5);
    return chosen.length > 0 ? chosen : [this.pick(items)];
  }
}

function policyExtensions(dice: Dice, isCA: boolean): Uint8Array[] {
  const extensions: Uint8Array[] = [];
  if (!dice.rolls('no policies', 4)) extensions.push(makeCertificatePolicies(dice.some(policies)));
  if (isCA && dice.rolls('policy mapping', 5)) {
    const pairs = dice
      .some([0, 1])
      .map(() => sequence(oid(dice.pick(policies.slice(0, 3))), oid(dice.pick(policies.slice(0, 3)))));
    extensions.push(makeExtension('2.5.29.33', sequence(...pairs)));
  }
  if (dice.rolls('policy constraints', 6)) {
    const fields = dice.some([0, 1]).map((n) => retag(0x80 | n, integer(dice.pick([0, 1, 2]))));
    extensions.push(makeExtension('2.5.29.36', sequence(...fields), true));
  }
  if (isCA && dice.rolls('inhibitAnyPolicy', 8)) {
    extensions.push(makeExtension('2.5.29.54', integer(dice.pick([0, 1, 2])), true));
  }
  return extensions;
}

const constraintNames = [
  'example.com',
  '.example.com',
  'www.example.com',
  'email:example.com',
  'email:.example.com',
  'email:root@example.com',
  'URI:example.com',
  'URI:.example.com',
  'IP:192.0.2.0/24',
  'dirName:O=Fly',
  'dirName:O=Other',
];
const subjectNames = [
  'www.example.com',
  'example.com',
  'a.b.example.com',
  'example.org',
  'email:root@example.com',
  'email:root@www.example.com',
  'URI:http://www.example.com/x',
  'URI:http://example.com:8080/',
  'IP:192.0.2.7',
  'IP:198.51.100.7',
];

function unusual(dice: Dice, isCA: boolean): Partial<CertificateOptions> {
  const usages: KeyUsageName[][] = [[], ['cRLSign'], ['keyCertSign'], ['digitalSignature'], ['keyEncipherment']];
  return {
    ...(dice.rolls('expired', 30) && { notAfter: new Date('2029-01-01') }),
    ...(dice.rolls('not yet valid', 30) && { notBefore: new Date('2031-01-01') }),
    ...(dice.rolls('ends this second', 40) && { notAfter: at }),
    ...(dice.rolls('broken signature', 30) && { signature: 'broken' as const }),
    ...(dice.rolls('other key usage', 12) && { keyUsage: dice.pick(usages) }),
    ...(dice.rolls('extended key usage', 6) && {
      extKeyUsage: dice.some(['serverAuth', 'clientAuth', 'any', 'codeSigning']),
    }),
    ...(dice.rolls('no key identifiers', 8) && { ski: false, aki: false }),
    ...(dice.rolls('foreign authority key', 40) && { aki: Uint8Array.of(1, 2, 3) }),
    ...(dice.rolls('version 1', 40) && { version: 1 }),
    ...(isCA && dice.rolls('no CA', 30) && { ca: false }),
    ...(isCA && dice.rolls('path length', 5) && { pathLen: dice.pick([0, 1, 2]) }),
    ...(isCA &&
      dice.rolls('name constraints', 5) && {
        nameConstraints: {
          ...(dice.rolls('', 2) && { permitted: dice.some(constraintNames) }),
          ...(dice.rolls('', 3) && { excluded: [dice.pick(constraintNames)] }),
        },
      }),
    ...(dice.rolls('alternative names', isCA ? 10 : 2) && { san: dice.some(subjectNames).slice(0, 3) }),
  };
}

function extraExtensions(dice: Dice, isCA: boolean, withPolicies: boolean): Uint8Array[] {
  return [
    ...(withPolicies ? policyExtensions(dice, isCA) : []),
    ...(dice.rolls('unknown critical extension', 40) ? [makeExtension('1.2.3.4.5', boolean(true), true)] : []),
    ...(dice.rolls('unknown extension', 10) ? [makeExtension('1.2.3.4.6', implicit(0, Uint8Array.of(1)))] : []),
  ];
}

export function makeRandomCase(random: () => number): RandomCase {
  const dice = new Dice(random);
  const length = 1 + Math.floor(random() * 5);
  const withPolicies = dice.rolls('policies', 2);
  const keys = keyNames.map((name) => makeKeyPair('p256', `random chain ${name}`));
  let issuer: { readonly subject: string; readonly key: KeyPair } | undefined;
  const certificates: Uint8Array[] = [];
  for (let position = length; position >= 0; position--) {
    const isCA = position > 0;
    const selfIssued = isCA && issuer !== undefined && dice.rolls('self-issued', 10);
    const organization = dice.rolls('', 6) ? 'Other' : 'Fly';
    const name = isCA
      ? `O=${organization},CN=CA ${position}`
      : `O=${organization},CN=${dice.rolls('', 3) ? 'www.example.com' : 'End entity'}`;
    const subject = selfIssued && issuer ? issuer.subject : name;
    const key = dice.pick(keys);
    const signer = issuer && { issuer: issuer.subject, issuerKey: issuer.key };
    certificates.unshift(
      makeCertificate({
        subject,
        key,
        ...signer,
        serialNumber: 1 + Math.floor(random() * 2 ** 31),
        ...(isCA ? { ca: true } : { keyUsage: ['digitalSignature'] as const }),
        notBefore: new Date('2025-01-01'),
        notAfter: new Date('2045-01-01'),
        ...unusual(dice, isCA),
        extensions: extraExtensions(dice, isCA, withPolicies),
      }),
    );
    issuer = { subject, key };
  }
  return arrange(dice, certificates, withPolicies);
}

function arrange(dice: Dice, certificates: readonly Uint8Array[], withPolicies: boolean): RandomCase {
  const [target, ...issuers] = certificates;
  const root = issuers.at(-1);
  if (!target || !root) throw new Error('a chain of one certificate');
  const pool = issuers.slice(0, -1).filter(() => !dice.rolls('missing intermediate', 30));
  if (dice.rolls('root in the pool', 4)) pool.push(root);
  const trusted = dice.rolls('root not trusted', 30) ? [] : [root];
  if (pool[0] && dice.rolls('trusted intermediate', 15)) trusted.push(pool[0]);
  if (trusted.length === 0)
    trusted.push(
      makeCertificate({ subject: 'CN=Somebody else', key: makeKeyPair('p256', 'random chain x'), ca: true }),
    );
  return {
    target,
    pool: pool.sort(() => dice.random() - 0.5),
    trusted,
    at,
    purpose: dice.pick(['any', 'serverAuth', 'clientAuth']),
    ...(withPolicies && {
      initialPolicySet: dice.rolls('wanted policies', 2) ? dice.some(policies) : ['2.5.29.32.0'],
      requireExplicitPolicy: dice.rolls('explicit policy', 2),
      inhibitPolicyMapping: dice.rolls('mapping inhibited', 6),
      inhibitAnyPolicy: dice.rolls('anyPolicy inhibited', 6),
    }),
    ...(dice.rolls('depth', 12) && { maxIntermediates: dice.pick([0, 1, 2, 3]) }),
    traits: dice.traits,
  };
}
