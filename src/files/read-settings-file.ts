/** Reads a configuration of either format: XML where the text begins like XML, else INI. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { readIni } from '../security-pack/options/read-ini.js';
import type { SettingsSource } from '../security-pack/setting.js';
import { readSource, readStandardInput } from './read-source.js';
import { decodeSettings, isXML } from './settings-text.js';

/** What a text is that is no configuration at all; undefined where it may be one. */
function findOther(text: string): string | undefined {
  if (/[^\P{Cc}\t\n\v\f\r]/u.test(text)) return 'binary';
  return /^-{4,5} ?BEGIN [A-Z0-9 ]+-{4,5}\s*$/m.test(text) ? 'pem' : undefined;
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
