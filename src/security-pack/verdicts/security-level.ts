/** Which keys and signatures OpenSSL refuses in a handshake, whatever else is right: its security level. */
import { findWeakness, type SecurityLevel } from '../../crypto/strength.js';
import type { Finding } from '../../finding/finding.js';
import type { Certificate } from '../../x509/certificate.js';
import type { SideConfiguration } from '../configuration.js';

/** OpenSSL 3.0's own default. Which one the Security Pack was built with is not documented. [assumed] */
const defaultLevel: SecurityLevel = 1;

/** As `cipher-list` sets it with `@SECLEVEL=`; OpenSSL goes by the last one. */
export function securityLevelOf({ options }: Pick<SideConfiguration, 'options'>): SecurityLevel {
  const set = Array.from(options.cipherList?.value.matchAll(/@SECLEVEL=([0-5])(?![0-9])/g) ?? []).at(-1);
  return set ? (Number(set[1]) as SecurityLevel) : defaultLevel;
}

/** Weak keys and signatures on a chain: an error where either side refuses them at its level, a warning else. */
export function findChainWeakness(
  chain: readonly Certificate[],
  sides: readonly (SideConfiguration | undefined)[],
): Finding[] {
  const levels = sides.flatMap((side) => (side ? [securityLevelOf(side)] : []));
  const strictest = levels.reduce<SecurityLevel>((a, b) => (a > b ? a : b), 0);
  return chain.flatMap((certificate) => findWeakness(certificate, levels.length > 0 ? strictest : defaultLevel));
}
