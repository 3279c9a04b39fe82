/**
 * Which level of a side is in force: the most specific that holds any option of the certificates or the protocol, and
 * that level alone (Security Deployment Guide). A flag beside files stands for the option of the level in force.
 */
import type { Finding } from '../../finding/finding.js';
import { findOption, type OptionName } from './option-table.js';
import { reportSetting } from './report-setting.js';
import { resolveLevel, type ResolvedLevel } from './resolve-level.js';
import type { Level, LevelKind, Setting, SettingsSource, Side } from '../setting.js';

export interface ChosenLevel {
  /** Undefined where no level holds an option that would put it in force. */
  readonly inForce: ResolvedLevel | undefined;
  readonly others: readonly ResolvedLevel[];
  /** Flags that were put into the level in force. */
  readonly findings: readonly Finding[];
}

const specificFirst: readonly LevelKind[] = ['connection', 'application', 'host', 'unnamed'];

const isMaterial = ({ name, value }: Setting): boolean => value !== '' && findOption(name)?.material === true;

/** One level of each kind; a plain [security] beside named levels is the application's. */
function mergeLevels(levels: readonly Level[]): Level[] {
  const isNamed = levels.some(({ kind }) => kind !== 'unnamed');
  const kindOf = ({ kind }: Level): LevelKind => (isNamed && kind === 'unnamed' ? 'application' : kind);
  return specificFirst.flatMap((kind) => {
    const alike = levels.filter((level) => kindOf(level) === kind);
    if (alike.length === 0) return [];
    const names = new Set(alike.map(({ name }) => name));
    return [{ kind, name: [...names].join(' and '), settings: alike.flatMap(({ settings }) => settings) }];
  });
}

/** The level with each flag in the place of the option that it is about, under whatever name it stands there. */
function replaceByFlags(level: Level, flags: readonly Setting[], side: Side): { level: Level; findings: Finding[] } {
  const optionOf = ({ name }: Setting): string => findOption(name)?.name ?? name;
  const replaced = new Set(flags.map(optionOf));
  const findings = flags.map((flag) => {
    const { name: option, value } = flag;
    const before = level.settings.findLast((setting) => optionOf(setting) === optionOf(flag))?.value;
    return reportSetting('option/flag-replaces', side, flag, { option, value, replaced: before, level: level.name });
  });
  const settings = [...level.settings.filter((setting) => !replaced.has(optionOf(setting))), ...flags];
  return { level: { ...level, settings }, findings };
}

/** Merges the sources of one side and chooses the level in force. */
export function chooseLevel(sources: readonly SettingsSource[], side: Side): ChosenLevel {
  const all = sources.flatMap(({ levels }) => levels);
  const isFlags = ({ settings }: Level): boolean => settings.some(({ source }) => source === 'flag');
  const flags = all.filter(isFlags);
  const levels = mergeLevels(all.filter((level) => !isFlags(level)));
  const fromFiles = levels.find(({ settings }) => settings.some(isMaterial));
  const flagged = flags.flatMap(({ settings }) => settings);
  const { level, findings } = fromFiles ? replaceByFlags(fromFiles, flagged, side) : { level: flags[0], findings: [] };
  return {
    inForce: level && resolveLevel(level, side),
    others: levels.filter((each) => each !== fromFiles).map((each) => resolveLevel(each, side)),
    findings,
  };
}

/** Where an option stands that counts wherever it stands: flags first, then the most specific level. */
export function findAnywhere(
  { inForce, others }: ChosenLevel,
  option: OptionName,
  counts: (setting: Setting, level: Level) => boolean = () => true,
): Setting | undefined {
  const levels = inForce ? [inForce, ...others] : others;
  const bySpecificity = [...levels].sort(
    (a, b) => specificFirst.indexOf(a.level.kind) - specificFirst.indexOf(b.level.kind),
  );
  const found = bySpecificity.flatMap(({ level, options }) => {
    const setting = options.get(option);
    return setting && counts(setting, level) ? [setting] : [];
  });
  return found.find(({ source }) => source === 'flag') ?? found[0];
}
