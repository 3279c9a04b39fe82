/** Names out of certificates and command lines, made safe and plain to see. */
import { readableName } from '../hostname/near-miss.js';
import type { NameSource } from '../hostname/verdict.js';
import { escapeInvisible } from './escape-text.js';

/** Control, format and other invisible characters as `\0` or `\u200e`; quotes around what is empty or has blanks. */
export function showText(text: string): string {
  const escaped = escapeInvisible(text);
  return escaped === '' || /\s/.test(escaped) ? `"${escaped}"` : escaped;
}

/** A name of a certificate; a dNSName in UTF-8 as its writer meant it. */
export function showName(name: string, source: string): string {
  return showText(readableName({ source: source as NameSource, value: name }));
}
