/** The Security Pack's check of a host name, `tls-target-name-check=host`: current packs, and 8.1 and earlier. */
import { compareOctets, type PresentedName, type Situation, type Verifier } from './consider.js';
import { assume, ignore, matchBy, refuse, type Judgement } from './verdict.js';

// Security Deployment Guide, Check Certificate Host Matching: the SAN if present, otherwise the subject CN; no wildcard
// in either; the FQDN of the certificate, not an IP address. Where that page is silent the choice is ours and the
// judgement says so (`assume`). The octets are compared as X509_check_host of OpenSSL compares them.
function judge(name: PresentedName, { host, hasSAN, hasDNS }: Situation): Judgement {
  // Assumed: an address fails even where the certificate has it; documented is only that the FQDN must be used.
  if (host.address) return assume(refuse('target-is-address'));
  if (name.source !== 'dns' && name.source !== 'commonName') return assume(ignore('kind-not-compared'));
  if (name.source === 'commonName' && hasSAN) {
    // Assumed: a SAN with only addresses or e-mail names suppresses the CN too; OpenSSL would look at the CN.
    return hasDNS ? ignore('san-present') : assume(ignore('san-present'));
  }
  if (host.text.includes('*')) return assume(refuse('target-has-wildcard'));
  // Assumed: `.example.com` is no FQDN; OpenSSL would take it for any name that ends so.
  if (host.text.startsWith('.')) return assume(refuse('target-leading-dot'));
  if (name.octets.includes('*')) return refuse('wildcard-not-accepted');
  const equality = compareOctets(name.octets, host.octets);
  return equality ? matchBy(equality) : refuse('different-name');
}

/** Packs after 8.1: the case of letters does not count. */
export const judgeAsSecurityPack: Verifier = judge;

/** Packs 8.1 and earlier: as above, but the case of letters counts. */
export const judgeAsSecurityPack81: Verifier = (name, situation) => {
  const judgement = judge(name, situation);
  return judgement.reason === 'equal-ignoring-case' ? refuse('case-differs') : judgement;
};
