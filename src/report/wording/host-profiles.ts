/** What the verifiers and the kinds of names are called. */
import type { HostProfile, NameSource } from '../../hostname/verdict.js';

const profiles: Readonly<Record<HostProfile, string>> = {
  'security-pack': 'the Security Pack',
  'security-pack-8.1': 'the Security Pack 8.1 and earlier',
  openssl: 'OpenSSL',
  rfc9525: 'RFC 9525 (browsers)',
  rfc5922: 'RFC 5922 (SIP)',
  java: 'Java',
  node: 'Node',
};

const sources: Readonly<Record<NameSource, string>> = {
  dns: 'SAN DNS',
  ip: 'SAN IP',
  email: 'SAN e-mail',
  uri: 'SAN URI',
  other: 'SAN other',
  commonName: 'CN',
};

/** A verifier as it stands inside a sentence. */
export function nameProfile(profile: string): string {
  return (profiles as Readonly<Record<string, string>>)[profile] ?? profile;
}

/** `SAN DNS`, `CN` … */
export function nameSource(source: string): string {
  return (sources as Readonly<Record<string, string>>)[source] ?? source;
}
