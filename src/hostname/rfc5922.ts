/** RFC 5922, for SIP: `sip:` URI entries, then dNSName entries, and the common name only without a SAN; no wildcards. */
import { findHostNameFault, toALabels } from '../names/dns-name.js';
import { compareOctets, type PresentedName, type Situation } from './consider.js';
import { readUriHost } from './uri-host.js';
import { ignore, matchBy, refuse, type Judgement } from './verdict.js';

/** The domain of a `sip:` URI entry without user part: a SIP domain identity (RFC 5922 7.1). */
function sipDomainOf(name: PresentedName): string | undefined {
  if (name.source !== 'uri') return undefined;
  const uri = readUriHost(name.octets);
  return uri?.scheme === 'sip' && !uri.hasUser ? uri.host : undefined;
}

// RFC 5922 7.2: the whole name, whatever the case; no wildcard and no leading dot stands for anything.
function judgeDomain(domain: string, host: string, reason?: 'sip-domain'): Judgement {
  if (domain.includes('*')) return refuse('wildcard-not-accepted');
  if (findHostNameFault(domain)) return refuse('not-a-host-name');
  const equality = compareOctets(domain, host);
  return equality ? matchBy(reason ?? equality) : refuse('different-name');
}

function judgeURI(name: PresentedName, host: string): Judgement {
  const domain = sipDomainOf(name);
  if (domain !== undefined) return judgeDomain(domain, host, 'sip-domain');
  // RFC 5922 7.1: a URI with a user part names a person; any scheme but `sip`, so `sips` too, is not accepted.
  return ignore(readUriHost(name.octets)?.scheme === 'sip' ? 'sip-uri-with-user' : 'uri-of-another-scheme');
}

/**
 * `host` is the SIP domain, not the name that an SRV record led to (RFC 5922 4). Deviation: a host with a wildcard
 * matches nothing, although the RFC lets `*.example.com` match itself: no host has that name.
 */
export function judgeAsRFC5922(name: PresentedName, { host, hasSAN, names }: Situation): Judgement {
  // Identities are domain names: nothing in RFC 5922 compares addresses.
  if (host.address) return refuse('target-is-address');
  if (name.source === 'ip') return ignore('address-not-compared-with-name');
  if (name.source === 'email' || name.source === 'other') return ignore('kind-not-compared');
  if (name.source === 'commonName' && hasSAN) return ignore('san-present');
  if (name.source === 'dns' && names.some((other) => sipDomainOf(other) !== undefined)) {
    return ignore('sip-domain-present');
  }
  // RFC 5922 7.2 and RFC 5280 7.2: internationalised names are compared as A-labels.
  const converted = toALabels(host.text) ?? '';
  if (findHostNameFault(converted)) return refuse('target-not-a-host-name');
  const judgement = name.source === 'uri' ? judgeURI(name, converted) : judgeDomain(name.octets, converted);
  return judgement.outcome === 'match' && converted !== host.text ? matchBy('equal-as-a-labels') : judgement;
}
