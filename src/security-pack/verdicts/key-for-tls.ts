/** Whether a key can take part in a handshake at all: its kind, its curve, and that it may sign. */
import { describePublicKey, formatPublicKey } from '../../crypto/public-key.js';
import { createFinding } from '../../finding/catalogue.js';
import type { Finding } from '../../finding/finding.js';
import { MalformedInputError } from '../../finding/malformed-input.js';
import { subjectOf, type Certificate } from '../../x509/certificate.js';
import { keyUsage, type KeyUsage } from '../../x509/extensions/key-usage.js';
import type { ProtocolRange, SideConfiguration } from '../configuration.js';
import type { Side } from '../setting.js';

const keyTypes: ReadonlySet<string> = new Set(['RSA', 'RSA-PSS', 'EC', 'Ed25519', 'Ed448']);
/** OpenSSL's default groups on which ECDSA is done; observed on 3.0.19: no other curve is agreed upon, in TLS 1.2 or 1.3. */
const curves: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);
const usable = ['RSA', ...curves, 'Ed25519', 'Ed448'] as const;

const versions: readonly ProtocolRange['max'][] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

function readKeyUsage({ tbsCertificate }: Certificate): KeyUsage | undefined {
  try {
    return tbsCertificate.extensions.get(keyUsage);
  } catch (error) {
    // Whoever validates the certificate says so.
    if (error instanceof MalformedInputError) return undefined;
    throw error;
  }
}

/** The highest version that all sides accept. */
function findHighest(sides: readonly (SideConfiguration | undefined)[]): ProtocolRange['max'] {
  const highest = sides.flatMap((side) => (side ? [versions.indexOf(side.options.protocols.max)] : []));
  return versions[Math.min(versions.length - 1, ...highest)] ?? 'TLSv1.3';
}

/** What keeps the key of `own`, which `presenter` shows, from a handshake between the sides that are known. */
export function explainKeyForTLS(
  own: Certificate,
  presenter: Side,
  sides: readonly (SideConfiguration | undefined)[],
): Finding[] {
  const key = describePublicKey(own.tbsCertificate.subjectPublicKeyInfo);
  const place = { origin: own.origin };
  if (!keyTypes.has(key.type) || (key.type === 'EC' && !curves.has(key.curve ?? ''))) {
    const params = { key: formatPublicKey(key), usable };
    return [createFinding('preflight/key-not-for-tls', subjectOf(own), params, place)];
  }
  const usages = readKeyUsage(own);
  if (!usages || usages.has('digitalSignature')) return [];
  const highest = findHighest(sides);
  // RSA may still encipher keys there; of a client's certificate OpenSSL does not ask it.
  const isRefused = presenter === 'server' && highest !== 'TLSv1.3' && !key.type.startsWith('RSA');
  const params = { keyUsage: [...usages], highest };
  const severity = isRefused ? ('error' as const) : undefined;
  return [createFinding('preflight/key-may-not-sign', subjectOf(own), params, { ...place, severity })];
}
