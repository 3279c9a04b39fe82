/** OpenSSL's X509_check_host and X509_check_ip without flags, as observed on OpenSSL 3.0.19. */
import { equalIgnoringCase } from '../names/dns-name.js';
import { compareOctets, hasAddress, type PresentedName, type Situation } from './consider.js';
import { ignore, matchBy, refuse, type Judgement } from './verdict.js';

const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
/** One `*` at the start or at the end of the first label. */
const wildcardLabel = /^(?:\*(?:[a-z0-9-]*[a-z0-9])?|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\*)$/i;
const aLabel = /^xn--/i;

/** True for a pattern whose `*` OpenSSL takes for a wildcard; it takes any other for the plain character. */
function isWildcardPattern(pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('.');
  return rest.length >= 2 && wildcardLabel.test(first) && !aLabel.test(first) && rest.every((part) => label.test(part));
}

function coversHost(pattern: string, host: string): boolean {
  const star = pattern.indexOf('*');
  const before = pattern.slice(0, star);
  const after = pattern.slice(star + 1);
  if (host.length < before.length + after.length) return false;
  const covered = host.slice(before.length, host.length - after.length);
  if (!equalIgnoringCase(host, before + covered + after)) return false;
  const isWholeLabel = before === '' && after.startsWith('.');
  // A wildcard that is a whole label covers one character at least; one that is a part covers no A-label.
  if (isWholeLabel ? covered === '' : aLabel.test(host)) return false;
  return covered === '*' || /^[a-z0-9-]*$/i.test(covered);
}

function judgeText(pattern: string, host: string): Judgement {
  const equality = compareOctets(pattern, host);
  if (equality) return matchBy(equality);
  // A host with a dot in front stands for every name that ends so, and then `*` is a plain character.
  if (host.length > 1 && host.startsWith('.')) {
    const endsSo = pattern.length > host.length && equalIgnoringCase(pattern.slice(-host.length), host);
    return endsSo ? matchBy('ends-with-target') : refuse('different-name');
  }
  if (!pattern.includes('*')) return refuse('different-name');
  if (!isWildcardPattern(pattern)) return refuse('wildcard-form-not-accepted');
  return coversHost(pattern, host) ? matchBy('wildcard') : refuse('wildcard-does-not-cover');
}

/** An application that gives an address calls X509_check_ip, which looks at iPAddress entries only. */
export function judgeAsOpenSSL(name: PresentedName, { host, hasDNS }: Situation): Judgement {
  if (host.address) {
    if (name.source !== 'ip') return ignore('name-not-compared-with-address');
    return hasAddress(name, host.address) ? matchBy('address-equal') : refuse('different-address');
  }
  if (name.source === 'ip') return ignore('address-not-compared-with-name');
  if (name.source !== 'dns' && name.source !== 'commonName') return ignore('kind-not-compared');
  if (name.source === 'commonName' && hasDNS) return ignore('dns-san-present');
  return judgeText(name.octets, host.octets);
}
