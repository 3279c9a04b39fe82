/**
 * Java's check for TLS (the endpoint identification algorithm HTTPS), as observed on Java 17.
 *
 * Java compares names as Unicode after an IDNA 2003 round trip, allows `*` in any label, and refuses a host that is no
 * name of letters, digits and hyphens. IDNA 2003 is not at hand here, so everything on which it and UTS 46 could
 * differ is answered with "no": letters outside the common scripts, and a wildcard inside a name with A-labels or
 * U-labels. Public suffixes, which Java looks at only under its own built-in roots, are not known either.
 */
import { foldCase, hasNonASCII, toALabels } from '../names/dns-name.js';
import { parseIPAddress } from '../names/ip-address.js';
import type { PresentedName, Situation } from './consider.js';
import { ignore, matchBy, refuse, type Judgement } from './verdict.js';

/** Letters that Unicode 3.2 had and that IDNA 2003 and UTS 46 map alike: Latin, Greek (without ς), Cyrillic, kana, Han, Hangul. */
const commonLetters =
  /^[\0-\x7f\xe0-\xf6\xf8-\xfe\xc0-\xd6\xd8-\xde\u0100-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03c1\u03c3-\u03ce\u0400-\u045f\u3041-\u3094\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3]*$/;

/** The name with A-labels, in lower case, when Java takes it as a server name: letters, digits and inner hyphens. */
function toServerName(text: string): string | undefined {
  if (!commonLetters.test(text)) return undefined;
  const ascii = foldCase(toALabels(text) ?? '');
  return ascii.split('.').every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label)) ? ascii : undefined;
}

/** Java takes these for IPv4 addresses too: up to four numbers, the last filling what is left. */
function isAbbreviatedAddress(text: string): boolean {
  return /^\d+(?:\.\d+){0,3}$/.test(text);
}

/** Each `*` of a label covers any run of characters, also none. */
function coversLabel(pattern: string, label: string): boolean {
  if (!pattern.includes('*')) return pattern === label;
  if (label.startsWith('xn--') && !/^\*+$/.test(pattern)) return false;
  const [before = '', ...parts] = pattern.split('*');
  const after = parts.pop() ?? '';
  if (!label.startsWith(before)) return false;
  let at = before.length;
  for (const part of parts) {
    const found = label.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return label.slice(at).endsWith(after);
}

function judgePattern(pattern: string, host: string): Judgement {
  const labels = pattern.split('.');
  // The last label may hold no wildcard, nor may it be all there is.
  if (labels.at(-1)?.includes('*') || hasNonASCII(pattern) || /(?:^|\.)xn--[^.]*\*/.test(pattern)) {
    return refuse('wildcard-form-not-accepted');
  }
  if (!toServerName(pattern.replaceAll('*', 'z'))) return refuse('not-a-host-name');
  const hostLabels = host.split('.');
  const covers =
    labels.length === hostLabels.length && labels.every((label, at) => coversLabel(label, hostLabels[at] ?? ''));
  return covers ? matchBy('wildcard') : refuse('wildcard-does-not-cover');
}

function judgeText(value: string, host: string, asked: string): Judgement {
  if (value.includes('*')) return judgePattern(foldCase(value), host);
  const presented = toServerName(value);
  if (presented === undefined) return refuse('not-a-host-name');
  if (presented !== host) return refuse('different-name');
  if (hasNonASCII(value) || hasNonASCII(asked)) return matchBy('equal-as-a-labels');
  return matchBy(value === asked ? 'equal' : 'equal-ignoring-case');
}

/** URIs that Java certainly reads: no brackets, no fragment, no final dot of the host. */
const readableURI =
  /^[a-z][a-z0-9+.-]*:(?:\/\/(?:[^/?@]*@)?[a-z0-9_*.-]*[a-z0-9_*-](?::\d*)?(?=[/?]|$)|\/?(?!\/))(?:[a-z0-9;/?:@&=+$,_.!~*'()-]|%[0-9a-f]{2})*$/i;

/**
 * Java drops a whole SAN over one entry that it cannot read: a URI, an address of the wrong length, an x400Address. It
 * then looks at the CN, and refuses the certificate if the SAN is critical. Here nothing matches such a certificate.
 */
function isUnreadable({ source, value }: PresentedName): boolean {
  if (source === 'uri') return !readableURI.test(value) || !/^[^:]*:./.test(value);
  return (source === 'ip' || source === 'other') && value.startsWith('#');
}

/** An IPv4-mapped IPv6 address is the IPv4 address to Java. */
function unmapAddress(octets: Uint8Array): Uint8Array {
  const isMapped = octets.length === 16 && octets.subarray(0, 12).every((octet, at) => octet === (at < 10 ? 0 : 0xff));
  return isMapped ? octets.subarray(12) : octets;
}

function judgeAddress(name: PresentedName, address: Uint8Array): Judgement {
  if (name.source !== 'ip') return ignore('name-not-compared-with-address');
  const presented = parseIPAddress(name.value);
  const isEqual = presented !== undefined && Buffer.compare(unmapAddress(presented), unmapAddress(address)) === 0;
  return isEqual ? matchBy('address-equal') : refuse('different-address');
}

export function judgeAsJava(name: PresentedName, { host, names, hasDNS }: Situation): Judgement {
  if (names.some(isUnreadable)) return ignore('san-unreadable');
  if (host.address) return judgeAddress(name, host.address);
  if (isAbbreviatedAddress(host.text)) return refuse('target-is-address');
  if (name.source === 'ip') return ignore('address-not-compared-with-name');
  if (name.source !== 'dns' && name.source !== 'commonName') return ignore('kind-not-compared');
  if (name.source === 'commonName') {
    if (hasDNS) return ignore('dns-san-present');
    if (!name.isLast) return ignore('not-the-last-common-name');
    if (name.value !== name.value.normalize('NFKC')) return refuse('not-a-host-name');
  }
  const serverName = toServerName(host.text);
  if (serverName === undefined) return refuse('target-not-a-host-name');
  // The octets of a dNSName are ASCII to Java: anything else makes it useless.
  if (name.source === 'dns' && hasNonASCII(name.value)) return refuse('not-a-host-name');
  return judgeText(name.value, serverName, host.text);
}
