/** Configurations written in a test, settled, and what is said of them. */
import type { Finding } from '../../src/finding/finding.js';
import type { Check } from '../../src/security-pack/check.js';
import type { SideConfiguration } from '../../src/security-pack/configuration.js';
import { readIni } from '../../src/security-pack/options/read-ini.js';
import type { SettingsSource } from '../../src/security-pack/setting.js';
import { settleSide, type SettleSideOptions } from '../../src/security-pack/options/settle-side.js';

export type Settled = Omit<SideConfiguration, 'files'>;

/** Settles an INI text, or what readers gave, for a UNIX server unless told otherwise. */
export function settle(
  configuration: string | readonly SettingsSource[],
  options: Partial<SettleSideOptions> = {},
): Settled {
  const sources = typeof configuration === 'string' ? [readIni(configuration, 'side.ini')] : configuration;
  return settleSide(sources, { side: 'server', platform: 'unix', ...options });
}

export const findingsOf = (checks: readonly Check[]): readonly Finding[] => checks.flatMap(({ findings }) => findings);

/** `code side.ini:3`, for comparing in one line. */
export function summarize({ code, origin }: Finding): string {
  return origin ? `${code} ${origin.file}${origin.line === undefined ? '' : `:${origin.line}`}` : code;
}

/** Codes of everything that is said, infos included. */
export const codesOf = (checks: readonly Check[]): string[] => findingsOf(checks).map(({ code }) => code);
