/** Compares distinguished names as RFC 5280 7.1 asks: by meaning, not by octets. */
import { toHex } from '../der/values.js';
import type { AttributeTypeAndValue, RDNSequence, RelativeDistinguishedName } from '../x509/name.js';

/** Keys of the names that were asked for; a name never changes. */
const keys = new WeakMap<RDNSequence, string>();

// RFC 4518 2.2 to 2.6 as far as names in certificates need it: NFKC, case folded, blanks trimmed and run together.
// A value that is no character string, or a damaged one, compares by its octets.
function attributeKey({ type, tag, content, value }: AttributeTypeAndValue): string {
  if (value === undefined || value.includes('\ufffd')) return `${type}#${tag}:${toHex(content)}`;
  // As most values are; nothing is left to do for them but the case.
  if (/^[!#-[\]-~]+(?: [!#-[\]-~]+)*$/.test(value)) return `${type}="${value.toLowerCase()}"`;
  return `${type}=${JSON.stringify(value.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' '))}`;
}

function rdnKey(rdn: RelativeDistinguishedName): string {
  return rdn.length === 1 && rdn[0] ? attributeKey(rdn[0]) : rdn.map(attributeKey).sort().join('+');
}

/** The same string for two names that RFC 5280 7.1 calls the same; meant as a key, not for people. */
export function nameKey(name: RDNSequence): string {
  let key = keys.get(name);
  if (key === undefined) {
    key = name.rdnSequence.map(rdnKey).join(',');
    keys.set(name, key);
  }
  return key;
}

function equalRDNs(a: RelativeDistinguishedName, b: RelativeDistinguishedName): boolean {
  if (a.length !== b.length) return false;
  const one = a[0];
  const other = b[0];
  if (a.length > 1 || !one || !other) return rdnKey(a) === rdnKey(b);
  return one.type === other.type && attributeKey(one) === attributeKey(other);
}

/** RFC 5280 7.1: same attributes in the same order, case and runs of blanks aside. */
export function equalNames(a: RDNSequence, b: RDNSequence): boolean {
  if (a === b) return true;
  if (a.rdnSequence.length !== b.rdnSequence.length) return false;
  // From the most specific on: most names differ there, and the key of neither has to be made.
  for (let position = a.rdnSequence.length - 1; position >= 0; position--) {
    if (!equalRDNs(a.rdnSequence[position] ?? [], b.rdnSequence[position] ?? [])) return false;
  }
  return true;
}
