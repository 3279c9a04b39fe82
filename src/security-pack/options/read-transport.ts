/** Reads transport parameters, `tls=1;tls-mutual=1`, where a blank around `;` or `=` makes an option go unread. */
import { createFinding } from '../../finding/catalogue.js';
import type { Finding, Origin } from '../../finding/finding.js';
import type { Setting, SettingsSource } from '../setting.js';

export interface TransportParameters {
  /** Those that are read; an option beside a blank is not among them. */
  readonly settings: readonly Setting[];
  readonly findings: readonly Finding[];
}

/**
 * Takes transport parameters apart.
 *
 * @param origin the line of the whole string, which every option of it gets.
 * @returns the options that the pack reads; errors for those that it does not: `option/blanks-in-transport`,
 * `option/not-an-option`. Names and values are not judged.
 */
export function parseTransport(text: string, origin: Origin): TransportParameters {
  const settings: Setting[] = [];
  const findings: Finding[] = [];
  // Blanks around the whole are around no `;` and no `=`.
  for (const part of text.trim().split(';')) {
    if (part.trim() === '') continue;
    const at = part.indexOf('=');
    const name = part.slice(0, at < 0 ? undefined : at);
    const value = part.slice(at + 1);
    const subject = { kind: 'option', name: name.trim() } as const;
    if (at < 0 || name.trim() === '') {
      const lacks = at < 0 ? 'equals' : 'name';
      findings.push(createFinding('option/not-an-option', subject, { text: part.trim(), lacks }, { origin }));
    } else if (name.trim() !== name || value.trim() !== value) {
      findings.push(
        createFinding('option/blanks-in-transport', subject, { option: subject.name, text: part }, { origin }),
      );
    } else {
      settings.push({ name, value, origin, source: 'transport' });
    }
  }
  return { settings, findings };
}

/** Transport parameters of their own, as `--transport` gives them: the level of a port or connection. */
export function readTransport(text: string, origin: Origin): SettingsSource {
  const { settings, findings } = parseTransport(text, origin);
  const level = { kind: 'connection', name: 'transport parameters', settings } as const;
  return { levels: [level], sip: [], application: 'any', findings };
}
