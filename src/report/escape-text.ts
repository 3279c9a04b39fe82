/** Text out of files, made safe for a terminal. */

/** Nothing but printable ASCII, as most text is: for this the classes of Unicode need not be built. */
const printableASCII = /^[ -~]*$/;

/**
 * Writes control, formatting and other invisible characters as `\0`, `\u001b` or `\u{e0001}`, so that nothing read from
 * a file can move the cursor, change colours or turn the direction of what stands around it.
 */
export function escapeInvisible(text: string): string {
  if (printableASCII.test(text)) return text;
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffd]/gu, (character) => {
    if (character === '\0') return '\\0';
    const point = (character.codePointAt(0) ?? 0).toString(16);
    return point.length <= 4 ? `\\u${point.padStart(4, '0')}` : `\\u{${point}}`;
  });
}
