/** An ASN.1 tree as lines: offset, header and content length, then type and value, two blanks deeper a level. */
import type { Asn1Element, Asn1Tree } from '../../containers/asn1-tree.js';
import { escapeInvisible } from '../escape-text.js';
import { nameOID } from '../oid-names.js';

/** Hexadecimal digits of a value that are shown without --verbose. */
const shownDigits = 64;

function formatHex(hex: string, verbose: boolean): string {
  return verbose || hex.length <= shownDigits ? hex : `${hex.slice(0, shownDigits)}… (${hex.length / 2} bytes)`;
}

function formatValue({ oid, text, value, hex, encapsulates }: Asn1Element, verbose: boolean): string {
  const parts = [
    oid,
    oid === undefined ? undefined : nameOID(oid),
    text === undefined ? undefined : `"${escapeInvisible(text)}"`,
    value,
    // What can be read needs no hexadecimal beside it.
    hex === undefined || (text !== undefined && !verbose) ? undefined : formatHex(hex, verbose),
    encapsulates && 'encapsulates',
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}

function* formatElement(element: Asn1Element, depth: number, verbose: boolean): Generator<string> {
  const { offset, headerLength, length, type, children = [] } = element;
  const place = `${offset.toString().padStart(7)} ${headerLength}+${length.toString().padEnd(6)}`;
  yield `${place} ${'  '.repeat(depth)}${type} ${formatValue(element, verbose)}`.trimEnd();
  for (const child of children) yield* formatElement(child, depth + 1, verbose);
}

/** Offsets count from the start of the object. Long values are cut unless `verbose` is set. */
export function formatAsn1Tree(tree: Asn1Tree, { verbose }: { readonly verbose: boolean }): string[] {
  if ('refused' in tree) return [`  no tree: ${escapeInvisible(tree.refused)}`];
  return [...formatElement(tree.root, 0, verbose)];
}
