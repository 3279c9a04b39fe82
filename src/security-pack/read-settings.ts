/** Reads a configuration of either format: XML where the text begins like XML, else INI. */
import { createFinding } from '../finding/catalogue.js';
import { readIni } from './read-ini.js';
import type { SettingsSource } from './setting.js';

/** What a text is that is no configuration at all; undefined where it may be one. */
function findOther(text: string): string | undefined {
  if (text.includes('\0') || text.includes('\uFFFD')) return 'binary';
  return /^-----? ?BEGIN [A-Z0-9 ]+-----?$/m.test(text) ? 'pem' : undefined;
}

/**
 * Reads the decoded text of a configuration file.
 *
 * @returns what its reader gives, or `option/not-a-configuration` where the text is a PEM file, binary, or has neither a
 * section nor an option. The XML parser is loaded only for XML.
 */
export async function readSettings(text: string, file: string): Promise<SettingsSource> {
  const refuse = (found: string): SettingsSource => {
    const finding = createFinding(
      'option/not-a-configuration',
      { kind: 'file', name: file },
      { found },
      { origin: { file } },
    );
    return { levels: [], sip: [], application: 'any', findings: [finding] };
  };
  const other = findOther(text);
  if (other !== undefined) return refuse(other);
  if (/^\uFEFF?\s*</.test(text)) {
    const { readEndpointXml } = await import('./read-endpoint-xml.js');
    return readEndpointXml(text, file);
  }
  const source = readIni(text, file);
  const isEmpty = source.levels.length === 0 && source.sip.length === 0 && source.findings.length === 0;
  return isEmpty ? refuse('empty') : source;
}
