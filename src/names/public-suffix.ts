/** The Public Suffix List: below which names anybody may register. The list itself is the caller's. */
import { foldCase, toALabels } from './dns-name.js';

/**
 * Makes a predicate of the text of a Public Suffix List (https://publicsuffix.org/list/, both of its sections): true for a
 * name that is a public suffix, in A-labels, case ignored. A name that no rule speaks about is one when it has a single label.
 */
export function parsePublicSuffixList(text: string): (name: string) => boolean {
  const rules = new Set<string>();
  const exceptions = new Set<string>();
  for (const line of text.split('\n')) {
    const rule = line.trim().split(/\s/, 1)[0] ?? '';
    if (rule === '' || rule.startsWith('//')) continue;
    const isException = rule.startsWith('!');
    const wildcard = rule.startsWith('*.');
    const name = rule.slice(isException ? 1 : wildcard ? 2 : 0);
    const ascii = toALabels(name) ?? name;
    if (isException) exceptions.add(foldCase(ascii));
    else rules.add((wildcard ? '*.' : '') + foldCase(ascii));
  }
  return (name) => {
    const folded = foldCase(name);
    if (exceptions.has(folded)) return false;
    const parent = folded.slice(folded.indexOf('.') + 1);
    return !folded.includes('.') || rules.has(folded) || rules.has(`*.${parent}`);
  };
}
