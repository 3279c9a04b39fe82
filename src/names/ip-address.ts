/** IP addresses: text to octets and back, in the one canonical spelling. */

/** An IPv4 part as RFC 3986 3.2.2 writes it: decimal, 0 to 255, no leading zero. */
const ipv4Part = /^(?:0|[1-9]\d{0,2})$/;
const ipv6Group = /^[0-9a-f]{1,4}$/i;

function parseIPv4(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => ipv4Part.test(part) && Number(part) <= 255)) return undefined;
  return parts.map(Number);
}

/** The octets of groups separated by colons; the last group of the address may be a dotted IPv4 address. */
function parseGroups(text: string, mayEndDotted: boolean): number[] | undefined {
  if (text === '') return [];
  const octets: number[] = [];
  const groups = text.split(':');
  for (const [position, group] of groups.entries()) {
    const dotted = mayEndDotted && position === groups.length - 1 ? parseIPv4(group) : undefined;
    if (dotted) octets.push(...dotted);
    else if (ipv6Group.test(group)) octets.push(parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff);
    else return undefined;
  }
  return octets;
}

function parseIPv6(text: string): number[] | undefined {
  const halves = text.split('::');
  const [head = '', tail] = halves;
  if (halves.length > 2) return undefined;
  const before = parseGroups(head, tail === undefined);
  if (tail === undefined) return before?.length === 16 ? before : undefined;
  const after = parseGroups(tail, true);
  if (!before || !after || before.length + after.length > 14) return undefined;
  return [...before, ...Array<number>(16 - before.length - after.length).fill(0), ...after];
}

/**
 * Reads an address: four decimal parts without leading zeros, or IPv6 as RFC 4291 2.2 writes it, in either case of
 * letters. Gives 4 or 16 octets, or undefined for anything else: a zone (`%eth0`), brackets, a mask, `127.1`.
 */
export function parseIPAddress(text: string): Uint8Array | undefined {
  const octets = text.includes(':') ? parseIPv6(text) : parseIPv4(text);
  return octets && Uint8Array.from(octets);
}

/** Where the longest run of two or more zero groups starts and how long it is; the first of equal ones (RFC 5952 4.2). */
function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/**
 * Writes 4 octets as `192.0.2.1`, 16 octets as RFC 5952 says (`2001:db8::1`, IPv4-mapped ones as `::ffff:192.0.2.1`);
 * undefined for any other length.
 */
export function formatIPAddress(octets: Uint8Array): string | undefined {
  if (octets.length === 4) return octets.join('.');
  if (octets.length !== 16) return undefined;
  const groups = Array.from({ length: 8 }, (_, at) => ((octets[at * 2] ?? 0) << 8) | (octets[at * 2 + 1] ?? 0));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${octets.subarray(12).join('.')}`;
  }
  const write = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  const { start, length } = longestZeroRun(groups);
  return start < 0 ? write(groups) : `${write(groups.slice(0, start))}::${write(groups.slice(start + length))}`;
}

/** The canonical spelling of an address given as text, or undefined when it is none. */
export function canonicalIPAddress(text: string): string | undefined {
  const octets = parseIPAddress(text);
  return octets && formatIPAddress(octets);
}
