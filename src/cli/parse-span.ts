/** Spans of time as options have them: `7d`, `12h`, `30m`. */
import { UsageError } from './command.js';
import type { DeclaredBy, Options } from './options.js';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** In milliseconds; undefined where the option is not given. @throws UsageError for anything but a number and a unit. */
export function parseSpan(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, number, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const factor = units[unit];
  if (number === undefined || factor === undefined) {
    throw new UsageError(`${option} ${text} is no span of time: write 7d, 12h or 30m`);
  }
  return Number(number) * factor;
}

/** Of every command that speaks of CRLs alone. */
export const warnBeforeOption = {
  'warn-before': { describe: 'warn of CRLs with no more time left: 7d, 12h' },
} as const satisfies Options;

/** In milliseconds; undefined where it is not given. @throws UsageError */
export function readWarnBefore({ warnBefore }: DeclaredBy<typeof warnBeforeOption>): number | undefined {
  return parseSpan('--warn-before', warnBefore);
}
