/** Compares two bundles by what they trust, whatever their order and spelling. */
import { entityKey } from '../chain/find-paths.js';
import { fingerprint } from '../crypto/fingerprint.js';
import { nameKey } from '../names/distinguished-name.js';
import { removeDuplicates } from '../chain/pile.js';
import type { Certificate } from '../x509/certificate.js';
import { groupBy } from '../x509/group-by.js';
import { subjectKeyOf } from './identity.js';

export interface Succession {
  readonly before: Certificate;
  readonly after: Certificate;
}

export interface BundleDiff {
  /** Only in the second. */
  readonly added: readonly Certificate[];
  /** Only in the first. */
  readonly removed: readonly Certificate[];
  /** The same name and key in both, in another certificate: new validity, another signer or other extensions. */
  readonly renewed: readonly Succession[];
  /** The same name in both with another key. */
  readonly replaced: readonly Succession[];
  /** In both, byte for byte, as the first bundle has them. */
  readonly unchanged: readonly Certificate[];
}

interface Leftovers {
  readonly before: readonly Certificate[];
  readonly after: readonly Certificate[];
}

/** Pairs what has the same key on both sides, in the order of each; the others stay over. */
function pairUp({ before, after }: Leftovers, keyOf: (certificate: Certificate) => string): [Succession[], Leftovers] {
  const waiting = new Map(Array.from(groupBy(before, keyOf), ([key, group]) => [key, group.values()]));
  const pairs: Succession[] = [];
  const paired = new Set<Certificate>();
  for (const successor of after) {
    const next = waiting.get(keyOf(successor))?.next();
    if (!next || next.done) continue;
    pairs.push({ before: next.value, after: successor });
    paired.add(next.value).add(successor);
  }
  const isOver = (certificate: Certificate): boolean => !paired.has(certificate);
  return [pairs, { before: before.filter(isOver), after: after.filter(isOver) }];
}

/**
 * What changed from bundle `a` to bundle `b`.
 *
 * Certificates are the same when their bytes are; order and duplicates do not count. A renewed certificate is paired with
 * one of its issuer first, so that a cross-sign is not taken for the renewal of a root. Names compare by RFC 5280 7.1.
 * Not checked: whether the certificates are valid, or CAs.
 */
export function diffBundles(a: readonly Certificate[], b: readonly Certificate[]): BundleDiff {
  const [first, second] = [removeDuplicates(a).unique, removeDuplicates(b).unique];
  const identityOf = ({ der }: Certificate): string => fingerprint(der, 'sha256');
  const [same, changed] = pairUp({ before: first, after: second }, identityOf);
  const issuedKey = (certificate: Certificate): string =>
    `${entityKey(certificate)} ${nameKey(certificate.tbsCertificate.issuer)}`;
  const [reissued, otherwise] = pairUp(changed, issuedKey);
  const [crossSigned, strangers] = pairUp(otherwise, entityKey);
  const [replaced, { before, after }] = pairUp(strangers, subjectKeyOf);
  const inBoth = new Set(same.map((pair) => pair.before));
  return {
    added: after,
    removed: before,
    renewed: [...reissued, ...crossSigned],
    replaced,
    unchanged: first.filter((certificate) => inBoth.has(certificate)),
  };
}

/** True when neither bundle trusts anything that the other does not. */
export function isSameBundle({ added, removed, renewed, replaced }: BundleDiff): boolean {
  return added.length + removed.length + renewed.length + replaced.length === 0;
}
