/** How OpenSSL 3.0 compares distinguished names: by a canonical form that folds ASCII only. */
import { Tag } from '../../der/tag.js';
import { toHex } from '../../der/values.js';
import type { AttributeTypeAndValue, Name } from '../../x509/name.js';

/** The string types that OpenSSL converts before it compares; others compare octet for octet. */
const convertedTags: ReadonlySet<number> = new Set([
  Tag.utf8String,
  Tag.bmpString,
  Tag.universalString,
  Tag.printableString,
  Tag.teletexString,
  Tag.ia5String,
  Tag.visibleString,
]);

function canonicalAttribute({ type, tag, content, value }: AttributeTypeAndValue): string {
  if (value === undefined || !convertedTags.has(tag)) return `${type}#${tag}:${toHex(content)}`;
  const folded = value
    .replace(/^[\t-\r ]+|[\t-\r ]+$/g, '')
    .replace(/[\t-\r ]+/g, ' ')
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return `${type}=${JSON.stringify(folded)}`;
}

const keys = new WeakMap<Name, string>();

/** The same string for two names that OpenSSL takes for one; the RDNs stand in it one after another, each with a comma. */
export function opensslNameKey(name: Name): string {
  let key = keys.get(name);
  if (key === undefined) {
    key = name.rdnSequence.map((rdn) => `${rdn.map(canonicalAttribute).sort().join('+')},`).join('');
    keys.set(name, key);
  }
  return key;
}
