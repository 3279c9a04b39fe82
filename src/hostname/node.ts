/** Node's tls.checkServerIdentity, as observed on Node 20.20 (OpenSSL's own check is the profile `openssl`). */
import { foldCase, withoutTrailingDot } from '../names/dns-name.js';
import { hasAddress, type PresentedName, type Situation } from './consider.js';
import { parseIPAddress } from '../names/ip-address.js';
import { ignore, matchBy, refuse, type Judgement } from './verdict.js';

function judgeText(presented: string, host: string): Judgement {
  const labels = foldCase(withoutTrailingDot(presented)).split('.');
  const hostLabels = foldCase(host).split('.');
  // Blanks, control characters, U-labels and empty labels make a name useless to Node.
  if (labels.includes('') || /[^\x21-\x7f]/.test(presented)) return refuse('not-a-host-name');
  const [first = '', ...rest] = labels;
  const [hostFirst = '', ...hostRest] = hostLabels;
  const isRestEqual = rest.join('.') === hostRest.join('.');
  // In an A-label `*` is a plain character.
  if (!first.includes('*') || first.includes('xn--')) {
    return isRestEqual && first === hostFirst ? matchBy('equal-ignoring-case') : refuse('different-name');
  }
  const [before = '', after = '', ...more] = first.split('*');
  if (more.length > 0 || rest.length < 2) return refuse('wildcard-form-not-accepted');
  const covers =
    isRestEqual &&
    hostFirst.length >= before.length + after.length &&
    hostFirst.startsWith(before) &&
    hostFirst.endsWith(after);
  return covers ? matchBy('wildcard') : refuse('wildcard-does-not-cover');
}

export function judgeAsNode(name: PresentedName, { host, hasDNS }: Situation): Judgement {
  const relative = withoutTrailingDot(host.text);
  // Node looks past the zone of an address (`fe80::1%eth0`).
  const address = parseIPAddress(relative.replace(/^([^%]*:[^%]*)%[0-9a-z.:-]+$/i, '$1'));
  if (address) {
    if (name.source !== 'ip') return ignore('name-not-compared-with-address');
    return hasAddress(name, address) ? matchBy('address-equal') : refuse('different-address');
  }
  if (name.source === 'ip') return ignore('address-not-compared-with-name');
  if (name.source !== 'dns' && name.source !== 'commonName') return ignore('kind-not-compared');
  if (name.source === 'commonName' && hasDNS) return ignore('dns-san-present');
  const judgement = judgeText(name.value, relative);
  if (judgement.reason !== 'equal-ignoring-case') return judgement;
  if (name.value === host.text) return matchBy('equal');
  const isDotOnly = withoutTrailingDot(name.value) === relative;
  return isDotOnly ? matchBy('equal-without-trailing-dot') : judgement;
}
