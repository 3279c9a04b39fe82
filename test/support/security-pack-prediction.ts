/** Holds one prediction of the profile `security-pack` against the installed `openssl verify`. */
import { expect } from 'vitest';
import type { PathOptions } from '../../src/path/path-inputs.js';
import { validatePath } from '../../src/path/validate-path.js';
import { openssl } from './openssl.js';
import { askOpenssl } from './openssl-verify.js';
import { asCertificate } from './parsed.js';
import { makeChain, type CertificateOptions } from './pki.js';

/** The instant of every prediction. */
export const predictedAt = new Date('2030-01-01T00:00:00Z');
const asks = openssl.installed && openssl.version.startsWith('OpenSSL 3.0.');
/** Goes to the end of a test's name where the program is not asked. */
export const predictionReason = asks ? '' : ` (openssl is not asked: ${openssl.version} is not 3.0)`;

/** A chain of `makeChain`, end entity first, and what is done with it. */
export interface Setting {
  readonly overrides: readonly Partial<CertificateOptions>[];
  readonly options?: Omit<Partial<PathOptions>, 'trustAnchors'>;
  /** Positions that are trusted; the last unless given. */
  readonly trusted?: readonly number[];
  /** Positions in the pool; all between the first and the last unless given. */
  readonly pool?: readonly number[];
}

/** The error numbers that are predicted, all of them; the same must come from the program. */
export function predictErrors({ overrides, options = {}, trusted, pool }: Setting): (number | undefined)[] {
  const length = Math.max(3, overrides.length);
  const chain = makeChain(length, (position) => overrides[position] ?? {}).map(({ certificate }) => certificate);
  const pick = (positions: readonly number[]): Uint8Array[] => positions.flatMap((position) => chain[position] ?? []);
  const [target = new Uint8Array(0)] = chain;
  const untrusted = pick(pool ?? [...chain.keys()].slice(1, -1));
  const anchors = pick(trusted ?? [length - 1]);
  const { ok, findings } = validatePath(
    { certificate: asCertificate(target), pool: untrusted.map((der) => asCertificate(der)) },
    { at: predictedAt, ...options, profile: 'security-pack', trustAnchors: anchors.map((der) => asCertificate(der)) },
  );
  const errors = findings.filter(({ severity }) => severity === 'error').map(({ opensslError }) => opensslError);
  expect(ok).toBe(errors.length === 0);
  if (asks) expect(askOpenssl(target, untrusted, anchors, { at: predictedAt, ...options })).toEqual({ ok, errors });
  return errors;
}
