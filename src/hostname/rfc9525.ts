/** RFC 9525, which browsers follow: dNSName and iPAddress entries only, a wildcard as the whole first label. */
import { findHostNameFault, toALabels, withoutTrailingDot } from '../names/dns-name.js';
import { compareOctets, hasAddress, type PresentedName, type Situation } from './consider.js';
import { ignore, matchBy, refuse, type Judgement, type MatchReason } from './verdict.js';

/**
 * What registries sell names under: browsers refuse a wildcard over a public suffix (RFC 9525 7.1 leaves it to them).
 * Their list is not at hand here; this takes the usual second level of country domains for one, and every top level.
 */
const publicSuffix = /^(?:[^.]+|(?:ac|co|com|edu|go|gob|gov|gv|id|ltd|me|mil|ne|net|nom|or|org|plc|sch)\.[a-z]{2})$/i;

/**
 * Names with an underscore are no host names here: RFC 5280 4.2.1.6 wants the preferred name syntax. Browsers and Go
 * are more tolerant.
 */
function judgeDNS(presented: string, host: string): Judgement {
  const equality = compareOctets(presented, host);
  if (!presented.includes('*')) {
    if (findHostNameFault(presented)) return refuse('not-a-host-name');
    return equality ? matchBy(equality) : refuse('different-name');
  }
  // RFC 9525 6.3: one wildcard, alone in the left-most label; otherwise the identifier is invalid.
  const base = presented.slice(2);
  if (!presented.startsWith('*.') || findHostNameFault(base)) return refuse('wildcard-form-not-accepted');
  if (publicSuffix.test(base)) return refuse('wildcard-over-public-suffix');
  const dot = host.indexOf('.');
  return dot > 0 && compareOctets(host.slice(dot + 1), base) ? matchBy('wildcard') : refuse('wildcard-does-not-cover');
}

export function judgeAsRFC9525(name: PresentedName, { host }: Situation): Judgement {
  // RFC 9525 appendix A: the common name is no identifier any more.
  if (name.source === 'commonName') return ignore('common-name-never-compared');
  if (host.address) {
    // RFC 9525 6.4: octet for octet.
    if (name.source !== 'ip') return ignore('name-not-compared-with-address');
    return hasAddress(name, host.address) ? matchBy('address-equal') : refuse('different-address');
  }
  if (name.source === 'ip') return ignore('address-not-compared-with-name');
  // SRV-ID and URI-ID are compared only by clients that ask for a service, not for a host (RFC 9525 6.1).
  if (name.source !== 'dns') return ignore('kind-not-compared');
  // RFC 9525 6.3: U-labels of the host become A-labels first. An absolute name is the same host.
  const converted = toALabels(host.text);
  const relative = withoutTrailingDot(converted ?? '');
  if (findHostNameFault(relative)) return refuse('target-not-a-host-name');
  const judgement = judgeDNS(name.octets, relative);
  if (judgement.outcome !== 'match' || judgement.reason === 'wildcard') return judgement;
  const reason: MatchReason | undefined =
    converted !== host.text ? 'equal-as-a-labels' : relative !== host.text ? 'equal-without-trailing-dot' : undefined;
  return reason ? matchBy(reason) : judgement;
}
