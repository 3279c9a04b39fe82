/** DNS names: case, labels, what a host name may look like, and U-labels turned into A-labels. */
import { domainToASCII } from 'node:url';

/** Lower case for A to Z only, as RFC 4343 compares names: no other letter has a case here. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Equal when the case of A to Z does not count (RFC 4343). */
export function equalIgnoringCase(a: string, b: string): boolean {
  return a.length === b.length && foldCase(a) === foldCase(b);
}

/** The name without one final dot: an absolute name as people write it in certificates. */
export function withoutTrailingDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name;
}

/** Why a text is no host name; the first rule that is broken. */
export type HostNameFault =
  | 'empty'
  | 'too-long'
  | 'empty-label'
  | 'label-too-long'
  | 'hyphen-at-edge'
  | 'underscore'
  | 'other-character'
  | 'numeric-last-label';

/** Longest name in text form, without the final dot: 255 octets on the wire (RFC 1035 2.3.4). */
const longestName = 253;
/** RFC 1035 2.3.4. */
const longestLabel = 63;

/**
 * Says why `name` is no host name in the preferred syntax (RFC 1034 3.5 and RFC 1123 2.1: letters, digits and inner
 * hyphens), or undefined when it is one. A final dot is a fault (`empty-label`), and so is a last label of digits
 * alone, which would be an address. A-labels are not decoded: that their Punycode is valid is not checked.
 */
export function findHostNameFault(name: string): HostNameFault | undefined {
  if (name === '') return 'empty';
  if (name.length > longestName) return 'too-long';
  const labels = name.split('.');
  if (labels.includes('')) return 'empty-label';
  if (labels.some((label) => label.length > longestLabel)) return 'label-too-long';
  if (/[^a-z0-9._-]/i.test(name)) return 'other-character';
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-'))) return 'hyphen-at-edge';
  if (name.includes('_')) return 'underscore';
  return endsInNumber(name) ? 'numeric-last-label' : undefined;
}

/** True when the last label has digits only: such a text is a (perhaps abbreviated) IPv4 address to many programs. */
function endsInNumber(name: string): boolean {
  return /(?:^|\.)\d+$/.test(name);
}

/** True when a character stands outside ASCII, so that the name has or may have U-labels (RFC 5890 2.3.2.1). */
export function hasNonASCII(text: string): boolean {
  return /[^\0-\x7f]/.test(text);
}

/**
 * Turns the U-labels of a name into A-labels by UTS 46 (non-transitional, as browsers do), in lower case; a name
 * without any comes back unchanged. Undefined when the name has no such form, or when what comes out is no name any
 * more: full-width digits would otherwise become an address.
 */
export function toALabels(name: string): string | undefined {
  if (!hasNonASCII(name)) return name;
  // domainToASCII parses as a URL does and would decode %41 or cut at a slash.
  if (/[^-a-z0-9._]/i.test(name.replace(/[^\0-\x7f]/g, ''))) return undefined;
  const ascii = domainToASCII(name);
  const fault = findHostNameFault(withoutTrailingDot(ascii));
  return fault === undefined || fault === 'underscore' ? ascii : undefined;
}
