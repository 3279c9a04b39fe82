/** Options given as flags of the command line, which are called exactly like the options of a file. */
import { isSIPName, transportOption } from './option-table.js';
import { readTransport } from './read-transport.js';
import type { Setting, SettingsSource, SIPSetting } from '../setting.js';

/** What stands for the file in the origin of a flag. */
const commandLine = 'command line';

/**
 * Takes flags as options of one level.
 *
 * @param flags each by its name, old or new, `transport` for transport parameters; undefined where it is not given.
 */
export function readFlags(flags: Readonly<Record<string, string | undefined>>): SettingsSource {
  const origin = { file: commandLine };
  const settings: Setting[] = [];
  const sip: SIPSetting[] = [];
  for (const [name, value] of Object.entries(flags)) {
    if (value === undefined || name === transportOption) continue;
    if (isSIPName(name)) sip.push({ name, value, origin, source: 'flag', section: commandLine });
    else settings.push({ name, value, origin, source: 'flag' });
  }
  const transport = readTransport(flags[transportOption] ?? '', origin);
  const levels = [
    ...(settings.length > 0 ? [{ kind: 'unnamed', name: commandLine, settings } as const] : []),
    ...(flags[transportOption] === undefined ? [] : transport.levels),
  ];
  return { levels, sip, application: 'any', findings: transport.findings };
}
