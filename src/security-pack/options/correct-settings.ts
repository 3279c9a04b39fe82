/** The option lines that a configuration should have instead of those that its findings speak against. */
import { formatThumbprint } from '../../crypto/fingerprint.js';
import type { Finding, Origin } from '../../finding/finding.js';
import type { SideConfiguration } from '../configuration.js';
import type { Setting, Side } from '../setting.js';

/** One option, as it is written and as it should be. */
export interface SettingCorrection {
  readonly side: Side;
  /** The line of the option; of the transport parameters, where it stands among them. */
  readonly origin: Origin;
  /** `name=value` as it stands there; undefined for an option that is missing. */
  readonly written: string | undefined;
  /** `name=value`; undefined where the option should go. */
  readonly corrected: string | undefined;
}

type Correct = (setting: Setting, params: Finding['params']) => string | undefined;

const write = (name: string, value: string): string => `${name}=${value}`;
const text = (value: Finding['params'][string]): string => (typeof value === 'string' ? value : '');

/** What each code makes of the option that it is about; codes that are not here need a decision, not a spelling. */
const corrections: Readonly<Record<string, Correct>> = {
  'option/wrong-case': ({ name, value }, { what, right }) =>
    what === 'value' ? write(name, text(right)) : write(text(right), value),
  'option/misspelt': ({ value }, { right }) => write(text(right), value),
  'option/legacy-alias': ({ value }, { name }) => write(text(name), value),
  'option/alias-and-name': () => undefined,
  'option/thumbprint-cleaned': ({ name }, { thumbprint }) => write(name, formatThumbprint(text(thumbprint))),
  'option/name-check-off': ({ name }) => write(name, 'host'),
  'option/protocol-refused': () => undefined,
  'option/protocol-legacy': () => undefined,
  'option/client-only': () => undefined,
  'option/key-on-windows': () => undefined,
};

const samePlace = (first: Origin, second: Origin): boolean => first.file === second.file && first.line === second.line;

/** What one finding corrects, if it speaks of the spelling of an option. */
function correctSetting(finding: Finding, settings: readonly Setting[], side: Side): SettingCorrection[] {
  const { code, params, setting: place } = finding;
  const correct = corrections[code];
  if (!correct || place?.side !== side || params.what === 'section') return [];
  const { origin } = place;
  const setting = settings.find((each) => each.name === place.option && samePlace(each.origin, origin));
  if (!setting) return [];
  return [{ side, origin, written: write(setting.name, setting.value), corrected: correct(setting, params) }];
}

/**
 * Lists the corrections for one side, in the order of its findings.
 *
 * Codes of the area `option` alone; a transport parameter beside a blank is corrected by its text, which the finding has.
 */
export function correctSettings(
  { side, settings }: SideConfiguration,
  findings: readonly Finding[],
): readonly SettingCorrection[] {
  const all = findings.flatMap((finding): SettingCorrection[] => {
    const { code, params, setting } = finding;
    if (code === 'option/blanks-in-transport' && setting?.side === side) {
      const written = text(params.text);
      const corrected = written.trim().replace(/\s*=\s*/, '=');
      return [{ side, origin: setting.origin, written, corrected }];
    }
    return correctSetting(finding, settings, side);
  });
  // Two findings may want the same of a line.
  return [...new Map(all.map((correction) => [JSON.stringify(correction), correction])).values()];
}
