/** What the rules about one side's options look at. */
import type { Finding } from '../../finding/finding.js';
import type { ChosenLevel } from './choose-level.js';
import type { OptionName } from './option-table.js';
import type { SettingsSource, Platform, Setting, Side, SIPSetting } from '../setting.js';

export interface SideUnderCheck {
  readonly side: Side;
  readonly platform: Platform;
  readonly packVersion: string | undefined;
  readonly application: SettingsSource['application'];
  readonly chosen: ChosenLevel;
  /** The options of the level in force. */
  readonly options: ReadonlyMap<OptionName, Setting>;
  readonly sip: readonly SIPSetting[];
  /** What the readers said of the sources, each with its option. */
  readonly sourceFindings: readonly Finding[];
}

/** `SIP endpoint`, `UNIX server`, `Windows client`. */
export function nameRole({ side, platform, application }: SideUnderCheck): string {
  if (application === 'endpoint') return 'SIP endpoint';
  return `${platform === 'unix' ? 'UNIX' : 'Windows'} ${side}`;
}
