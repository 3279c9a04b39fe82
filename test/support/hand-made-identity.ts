/** Identities as the library's callers may make them by hand. */
import type { PresentedIdentity } from '../../src/hostname/presented-identity.js';

/** `DNS:…`, `IP:…`, `email:…`, `URI:…`, `other:…` become entries of the SAN, `CN:…` common names; text alone is a dNSName. */
export function identityWith(...names: readonly string[]): PresentedIdentity {
  const types = { DNS: 'dns', IP: 'ip', email: 'email', URI: 'uri', other: 'other' } as const;
  const commonNames = names.filter((name) => name.startsWith('CN:')).map((name) => name.slice(3));
  const subjectAltNames = names
    .filter((name) => !name.startsWith('CN:'))
    .map((name) => {
      const [, kind = 'DNS', value = ''] = /^(?:(DNS|IP|email|URI|other):)?(.*)$/s.exec(name) ?? [];
      return { type: types[kind as keyof typeof types], value };
    });
  return { subjectAltNames: subjectAltNames.length > 0 ? subjectAltNames : undefined, commonNames };
}
