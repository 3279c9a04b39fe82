/**
 * Reads a configuration of either format, in UTF-8 or UTF-16: XML where the text begins like XML, in the encoding that it
 * declares, else INI.
 */
import { detectUTF16, transcodeUTF16 } from '../containers/transcode.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { readIni } from '../security-pack/options/read-ini.js';
import type { SettingsSource } from '../security-pack/setting.js';
import { readSource, readStandardInput } from './read-source.js';

/** What a text is that is no configuration at all; undefined where it may be one. */
function findOther(text: string): string | undefined {
  if (/[^\P{Cc}\t\n\v\f\r]/u.test(text)) return 'binary';
  return /^-{4,5} ?BEGIN [A-Z0-9 ]+-{4,5}\s*$/m.test(text) ? 'pem' : undefined;
}

function isXML(text: string): boolean {
  return /^\uFEFF?\s*</.test(text);
}

function refuse(finding: Finding): SettingsSource {
  return { levels: [], sip: [], application: 'any', findings: [finding] };
}

/**
 * Reads the decoded text of a configuration.
 *
 * @returns what its reader gives, or `option/not-a-configuration` where the text is a PEM file, binary, or has neither a
 * section nor an option. The XML parser is loaded only for XML.
 */
export async function readSettings(text: string, file: string): Promise<SettingsSource> {
  const subject = { kind: 'file', name: file } as const;
  const found = findOther(text);
  if (found !== undefined)
    return refuse(createFinding('option/not-a-configuration', subject, { found }, { origin: { file } }));
  if (isXML(text)) {
    const { readEndpointXml } = await import('../security-pack/options/read-endpoint-xml.js');
    return readEndpointXml(text, file);
  }
  const source = readIni(text, file);
  if (source.levels.length + source.sip.length + source.findings.length > 0) return source;
  return refuse(createFinding('option/not-a-configuration', subject, { found: 'empty' }, { origin: { file } }));
}

/** The encoding that an XML declaration names (XML 1.0 4.3.3). UTF-16 it cannot be where the declaration reads as ASCII. */
function findDeclaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 256)).toString('latin1');
  return /^\s*<\?xml\s[^>]*?encoding\s*=\s*["'](?!utf-?16)([a-z][\w.-]*)["']/i.exec(start)?.[1];
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
  const strict = decodeStrictly(bytes, findDeclaredEncoding(bytes) ?? 'utf-8') ?? decodeStrictly(bytes, 'utf-8');
  if (strict !== undefined) return strict;
  const text = new TextDecoder().decode(bytes);
  return isXML(text) ? text : new TextDecoder('windows-1252').decode(bytes);
}

/** A configuration has some thousand lines at most; more in bytes, inclusive, is another file by mistake. */
const largestConfiguration = 16 << 20;

/** Reads and decodes a file, or standard input for `-`, and takes it for a configuration; the findings of the source say it where it cannot be read. */
export async function readSettingsFile(file: string): Promise<SettingsSource> {
  const source =
    file === '-'
      ? await readStandardInput(process.stdin, largestConfiguration)
      : await readSource(file, { limit: largestConfiguration });
  if ('finding' in source) return refuse(source.finding);
  return readSettings(decodeSettings(source.bytes), file);
}
