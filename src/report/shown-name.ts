/** Names out of certificates and command lines, made safe and plain to see. */
import { readableName } from '../hostname/near-miss.js';
import type { NameSource } from '../hostname/verdict.js';

/** Control, format and other invisible characters as `\0` or `\u200e`; quotes around what is empty or has blanks. */
export function showText(text: string): string {
  const escaped = text.replace(/\0/g, '\\0').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu, (character) => {
    const point = (character.codePointAt(0) ?? 0).toString(16);
    return point.length <= 4 ? `\\u${point.padStart(4, '0')}` : `\\u{${point}}`;
  });
  return escaped === '' || /\s/.test(escaped) ? `"${escaped}"` : escaped;
}

/** A name of a certificate; a dNSName in UTF-8 as its writer meant it. */
export function showName(name: string, source: string): string {
  return showText(readableName({ source: source as NameSource, value: name }));
}
