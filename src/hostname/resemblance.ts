/** How a name that does not match comes near the host: what a tired eye overlooks. */
import { equalIgnoringCase, foldCase, hasNonASCII, toALabels, withoutTrailingDot } from '../names/dns-name.js';

export type Resemblance =
  | 'same'
  | 'case'
  | 'trailing-dot'
  | 'blanks'
  | 'u-labels'
  | 'wildcard'
  | 'wildcard-depth'
  | 'short-host'
  | 'short-name'
  | 'underscore'
  | 'one-letter'
  | 'parent-domain';

/** One insertion, deletion, replacement, or swap of neighbours makes `a` into `b`; not when they are equal. */
export function differInOneLetter(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restA.charAt(1) + restA.charAt(0) === restB;
}

/** True when some verifier could read the `*` of `name` so that it covers the host, label by label. */
function mayCover(name: string, host: string): boolean {
  const labels = name.split('.');
  const hostLabels = host.split('.');
  const covers = (pattern: string, label: string): boolean => {
    const [before = '', ...after] = pattern.split('*');
    if (after.length === 0) return pattern === label;
    const end = after.at(-1) ?? '';
    return label.length >= before.length + end.length && label.startsWith(before) && label.endsWith(end);
  };
  return labels.length === hostLabels.length && labels.every((label, at) => covers(label, hostLabels[at] ?? ''));
}

function resembleWildcard(host: string, name: string): Resemblance | undefined {
  if (mayCover(name, host)) return 'wildcard';
  const base = name.startsWith('*.') ? name.slice(2) : undefined;
  return base && (host === base || host.endsWith(`.${base}`)) ? 'wildcard-depth' : undefined;
}

/** Names shorter than this differ in one letter from too many others. */
const shortestForOneLetter = 4;

/** The resemblance that explains most, or undefined when the two have nothing in common that would. */
export function findResemblance(host: string, name: string): Resemblance | undefined {
  if (host === '' || name === '') return undefined;
  if (host === name) return 'same';
  if (equalIgnoringCase(host, name)) return 'case';
  const [h, n] = [foldCase(host), foldCase(name)];
  if (n.includes('*')) return resembleWildcard(withoutTrailingDot(h), withoutTrailingDot(n));
  if (withoutTrailingDot(h) === withoutTrailingDot(n)) return 'trailing-dot';
  if (h.trim() === n.trim()) return 'blanks';
  if ((hasNonASCII(h) || hasNonASCII(n)) && toALabels(h) !== undefined && toALabels(h) === toALabels(n)) {
    return 'u-labels';
  }
  if (!h.includes('.') && n.startsWith(`${h}.`)) return 'short-host';
  if (!n.includes('.') && h.startsWith(`${n}.`)) return 'short-name';
  if (h.replaceAll('_', '-') === n.replaceAll('_', '-')) return 'underscore';
  if (h.length >= shortestForOneLetter && differInOneLetter(h, n)) return 'one-letter';
  return n.includes('.') && h.endsWith(`.${n}`) ? 'parent-domain' : undefined;
}
