/** Finds out what the settings of one level mean: which names are options, which of several counts, which values are known. */
import type { Finding } from '../../finding/finding.js';
import { findOption, findResembling, transportOption, type OptionFacts, type OptionName } from './option-table.js';
import { reportSetting } from './report-setting.js';
import type { Level, Setting, Side } from '../setting.js';

/** A level whose names are resolved. */
export interface ResolvedLevel {
  readonly level: Level;
  /** What counts, by its new name; an option without a value counts as not set. */
  readonly options: ReadonlyMap<OptionName, Setting>;
  /** What was probably meant for an option and is read as none. */
  readonly unread: readonly { readonly setting: Setting; readonly meant: OptionName }[];
  readonly findings: readonly Finding[];
}

/** A name that is no option: misspelt, or not known at all. */
function reportUnknownName(setting: Setting, side: Side): Finding {
  const { name, value } = setting;
  const resembling = findResembling(name);
  if (!resembling) return reportSetting('option/unknown', side, setting, { option: name, value });
  const { right, differs } = resembling;
  if (differs === 'letters')
    return reportSetting('option/misspelt', side, setting, { what: 'option', written: name, right });
  return reportSetting('option/wrong-case', side, setting, { what: 'option', written: name, right, option: name });
}

/** A value that is none of the predefined ones; the values that current packs refuse are judged with the protocols. */
function reportUnknownValue({ values, refused = [] }: OptionFacts, setting: Setting, side: Side): Finding[] {
  const { name: option, value } = setting;
  if (!values || value === '' || values.includes(value) || refused.includes(value)) return [];
  const right = [...values, ...refused].find((each) => each.toLowerCase() === value.toLowerCase());
  return right === undefined
    ? [reportSetting('option/unknown-value', side, setting, { option, value, allowed: values })]
    : [reportSetting('option/wrong-case', side, setting, { what: 'value', written: value, right, option })];
}

/** The same name more than once at one level; which counts is not documented. */
function reportRepeated(settings: readonly Setting[], level: string, side: Side): Finding[] {
  const names = new Set(settings.map(({ name }) => name));
  return [...names].flatMap((name) => {
    const same = settings.filter((setting) => setting.name === name);
    const last = same.at(-1);
    if (!last || same.length < 2) return [];
    const values = same.map(({ value }) => value);
    const params = { option: last.name, value: last.value, values, level };
    return [reportSetting('option/repeated', side, last, params, new Set(values).size === 1 ? 'warning' : undefined)];
  });
}

/** Old and new names of one option: the new name wins (SIP Endpoint SDK). */
function reportAliases({ name }: OptionFacts, settings: readonly Setting[], side: Side): Finding[] {
  const own = settings.findLast((setting) => setting.name === name);
  const alias = settings.findLast((setting) => setting.name !== name);
  if (!alias) return [];
  if (!own) return [reportSetting('option/legacy-alias', side, alias, { alias: alias.name, name })];
  const params = { alias: alias.name, aliasValue: alias.value, name, value: own.value };
  return [reportSetting('option/alias-and-name', side, alias, params)];
}

/** Resolves the settings of a level; the findings are of each setting's name and value. */
export function resolveLevel(level: Level, side: Side): ResolvedLevel {
  const options = new Map<OptionName, Setting>();
  const findings: Finding[] = [];
  const unread: { setting: Setting; meant: OptionName }[] = [];
  const known = new Map<OptionFacts, Setting[]>();
  for (const setting of level.settings) {
    const { name, value } = setting;
    const facts = findOption(name);
    if (!facts) {
      // Transport parameters of an XML document or a flag: only INI files hold them in a line of their own.
      if (name !== transportOption) findings.push(reportUnknownName(setting, side));
      const meant = findOption(findResembling(name)?.right ?? '');
      if (meant) unread.push({ setting, meant: meant.name });
    } else if (!facts.evaluated) {
      findings.push(reportSetting('option/not-evaluated', side, setting, { option: name, value }));
    } else {
      const alike = known.get(facts);
      if (alike) alike.push(setting);
      else known.set(facts, [setting]);
    }
  }
  for (const [facts, settings] of known) {
    const set = settings.filter(({ value }) => value !== '');
    const inForce = set.findLast(({ name }) => name === facts.name) ?? set.at(-1);
    findings.push(...reportRepeated(settings, level.name, side), ...reportAliases(facts, set, side));
    if (!inForce) continue;
    findings.push(...reportUnknownValue(facts, inForce, side));
    options.set(facts.name, inForce);
  }
  return { level, options, unread, findings };
}
