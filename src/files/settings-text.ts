/** The text of a configuration in whatever encoding it was saved, and what it says itself of that. */
import { detectUTF16, transcodeUTF16 } from '../containers/transcode.js';

/** The encoding that an XML declaration names, with what stands before the name (XML 1.0 4.3.3). */
const declaration = /^(\s*<\?xml\s[^>]*?encoding\s*=\s*["'])([\w.-]+)/i;
/** In bytes: as far as a declaration is looked for. */
const longestDeclaration = 256;

export function isXML(text: string): boolean {
  return /^\uFEFF?\s*</.test(text);
}

/** UTF-8 unless it says otherwise; UTF-16 it cannot be where the declaration reads as ASCII. */
function findDeclaredEncoding(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, longestDeclaration)).toString('latin1');
  const [, , encoding = 'utf-8'] = declaration.exec(start) ?? [];
  return /^utf-?16/i.test(encoding) ? 'utf-8' : encoding;
}

/** Undefined where the bytes are not in this encoding, or nothing has that name. */
function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The text of a configuration: UTF-16, the encoding that an XML declaration names, UTF-8; else, as Windows has long written
 * INI files, windows-1252. XML that is in no such encoding comes with U+FFFD, which its parser refuses as others do.
 */
export function decodeSettings(bytes: Uint8Array): string {
  const utf16 = detectUTF16(bytes);
  if (utf16) return new TextDecoder().decode(transcodeUTF16(bytes, utf16));
  const strict = decodeStrictly(bytes, findDeclaredEncoding(bytes)) ?? decodeStrictly(bytes, 'utf-8');
  if (strict !== undefined) return strict;
  const text = new TextDecoder().decode(bytes);
  return isXML(text) ? text : new TextDecoder('windows-1252').decode(bytes);
}

/** The same text for a file in UTF-8: an XML declaration says so. */
export function declareUTF8(text: string): string {
  return text.replace(declaration, (whole, before: string, encoding: string) =>
    encoding.toLowerCase() === 'utf-8' ? whole : `${before}utf-8`,
  );
}
