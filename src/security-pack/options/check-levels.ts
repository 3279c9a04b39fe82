/** Where options stand: the level in force, what stands at others, transport parameters, and what must be there. */
import { createFinding } from '../../finding/catalogue.js';
import type { Finding } from '../../finding/finding.js';
import { concludeCheck, type Check } from '../check.js';
import { findAnywhere } from './choose-level.js';
import type { OptionName } from './option-table.js';
import { formatPlace, reportSetting } from './report-setting.js';
import type { ResolvedLevel } from './resolve-level.js';
import type { Level, Setting } from '../setting.js';
import { nameRole, type SideUnderCheck } from './side-under-check.js';

/** What this side cannot do without (Security Deployment Guide; SIP Endpoint SDK for endpoints). */
function listMandatory({ side, platform, application }: SideUnderCheck): OptionName[] {
  if (application === 'endpoint') return ['trusted-ca'];
  if (platform === 'windows') return side === 'server' ? ['certificate'] : [];
  return side === 'server' ? ['certificate', 'certificate-key', 'trusted-ca'] : ['trusted-ca'];
}

/** `certificate` without `certificate-key` or the other way round; on Windows the key is in the store. */
function findLoneHalf({ platform, application, options }: SideUnderCheck): OptionName[] {
  if (platform === 'windows' && application !== 'endpoint') return [];
  const pair: OptionName[] = ['certificate', 'certificate-key'];
  const missing = pair.filter((name) => !options.has(name));
  return missing.length === 1 ? missing : [];
}

/** A level that is not in force: its options never complete those of the one that is. */
function judgeOther(other: ResolvedLevel, inForce: ResolvedLevel, checked: SideUnderCheck): Finding[] {
  const missing = [...other.options].filter(([name]) => !inForce.options.has(name) && isMaterialName(name));
  const shared = [...other.options].filter(([name]) => inForce.options.has(name) && isMaterialName(name));
  const first = missing[0] ?? shared[0];
  if (!first) return [];
  const needed = new Set<OptionName>([...listMandatory(checked), ...findLoneHalf(checked)]);
  const params = { level: inForce.level.name, other: other.level.name, options: missing.map(([name]) => name) };
  // An alternative set is overridden; what the level in force needs, or has nothing in common with, was meant to complete it.
  const isSplit = missing.some(([name]) => needed.has(name)) || shared.length === 0;
  const code = isSplit ? 'option/split-over-levels' : 'option/level-overridden';
  return [reportSetting(code, checked.side, first[1], params)];
}

function isMaterialName(name: OptionName): boolean {
  return name !== 'tls' && name !== 'tls-mutual';
}

/** Which level is in force, and what stands elsewhere. */
export function checkLevel(checked: SideUnderCheck): Check {
  const { side, chosen } = checked;
  const { inForce, others } = chosen;
  const findings = [...chosen.findings];
  if (inForce) {
    findings.push(...others.flatMap((other) => judgeOther(other, inForce, checked)));
    const { kind, name: level, settings } = inForce.level;
    const [first] = settings;
    if (kind === 'host' && first) {
      findings.push(reportSetting('option/certificate-source', side, first, { level }));
      findings.push(reportSetting('option/restart-needed', side, first, { level }));
    }
  }
  const params = { level: inForce?.level.name, options: [...checked.options.keys()].filter(isMaterialName) };
  return concludeCheck({ name: 'options/level', side, params, findings });
}

/** What stands somewhere for an option that is missing, and does not count there. */
function listUnread(option: OptionName, { chosen, sourceFindings }: SideUnderCheck): string[] {
  const { inForce, others } = chosen;
  const meant = (inForce ? [inForce, ...others] : others)
    .flatMap(({ unread }) => unread)
    .filter((each) => each.meant === option)
    .map(({ setting }) => `${setting.name} (${formatPlace(setting.origin)})`);
  const elsewhere = others.flatMap(({ level, options }) => {
    const setting = options.get(option);
    return setting ? [`${setting.name} of ${level.name} (${formatPlace(setting.origin)})`] : [];
  });
  // Whole sections are unread where their names are not the known ones.
  const sections = sourceFindings
    .filter(
      ({ code, params }) => !inForce && /^option\/(?:wrong-case|misspelt)$/.test(code) && params.what === 'section',
    )
    .map(({ subject, origin }) => subject.name + (origin ? ` (${formatPlace(origin)})` : ''));
  return [...meant, ...elsewhere, ...sections];
}

/** Whether the level in force has the options that role and platform ask for. */
export function checkMandatory(checked: SideUnderCheck): Check {
  const { side, options, chosen, sourceFindings } = checked;
  const mandatory = listMandatory(checked);
  const level = chosen.inForce?.level;
  const file = level?.settings[0]?.origin.file ?? sourceFindings[0]?.origin?.file;
  const origin = file === undefined ? undefined : { file };
  const findings = mandatory
    .filter((option) => !options.has(option))
    .map((option) => {
      const params = { option, role: nameRole(checked), level: level?.name, unread: listUnread(option, checked) };
      return createFinding('option/mandatory-missing', { kind: 'option', name: option }, params, { origin });
    });
  for (const lacks of findLoneHalf(checked)) {
    const there = options.get(lacks === 'certificate' ? 'certificate-key' : 'certificate');
    if (!there || mandatory.includes(lacks)) continue;
    const params = { option: there.name, lacks, level: level?.name ?? '' };
    findings.push(reportSetting('option/pair-incomplete', side, there, params));
  }
  const lacks = (['certificate', 'certificate-key'] as const).filter((name) => !options.has(name));
  if (checked.application === 'endpoint' && lacks.length === 2) {
    const subject = { kind: 'option', name: 'certificate' } as const;
    findings.push(createFinding('option/endpoint-incoming', subject, { lacks }, { origin }));
  }
  const params = { role: nameRole(checked), mandatory };
  return concludeCheck({ name: 'options/mandatory', side, params, findings });
}

/** `tls` counts in the parameters of a port or connection only. */
const standsAtConnection = ({ source }: Setting, { kind }: Level): boolean =>
  source === 'flag' || source === 'transport' || kind === 'connection';

/** tls-mutual with another value at another level: transport parameters and [security] may both hold it. */
function judgeMutual({ side, chosen: { inForce, others } }: SideUnderCheck, mutual: Setting): Finding[] {
  const all = [...(inForce ? [inForce] : []), ...others].flatMap(({ level, options }) => {
    const setting = options.get('tls-mutual');
    return setting ? [{ setting, level: level.name }] : [];
  });
  const differing = all.filter(({ setting }) => setting.value !== mutual.value);
  if (differing.length === 0) return [];
  const { value } = mutual;
  const values = [...differing.map(({ setting }) => setting.value), value];
  const taken = all.find(({ setting }) => setting === mutual)?.level ?? 'the flags';
  const level = [...differing.map((each) => each.level), taken].join(' and ');
  return [reportSetting('option/repeated', side, mutual, { option: mutual.name, value, values, level }, 'warning')];
}

/** Transport parameters: tls=1 at the port, tls-mutual at the server. */
export function checkTransport(checked: SideUnderCheck): Check {
  const { side, chosen, sourceFindings } = checked;
  const findings = sourceFindings.filter(({ code }) => code === 'option/blanks-in-transport');
  const tls = findAnywhere(chosen, 'tls', standsAtConnection);
  const misplaced = findAnywhere(chosen, 'tls', (setting, level) => !standsAtConnection(setting, level));
  const mutual = findAnywhere(chosen, 'tls-mutual');
  const levels = [...(chosen.inForce ? [chosen.inForce] : []), ...chosen.others].map((each) => each.level);
  const connection = levels.find(({ kind }) => kind === 'connection');
  const parameter = levels.flatMap(({ settings }) => settings).find(({ source }) => source === 'transport');
  if (tls) {
    const level = connection?.name ?? 'transport parameters';
    if (tls.value !== '1') findings.push(reportSetting('option/tls-not-set', side, tls, { value: tls.value, level }));
  } else if (side === 'server' && (connection ?? parameter ?? findings[0])) {
    const level = connection?.name ?? 'transport parameters';
    const beside = connection?.settings[0] ?? parameter;
    const origin = beside?.origin ?? findings[0]?.origin;
    findings.push(
      beside
        ? reportSetting('option/tls-not-set', side, { ...beside, name: 'tls' }, { level })
        : createFinding('option/tls-not-set', { kind: 'option', name: 'tls' }, { level }, { origin }),
    );
  }
  if (misplaced && !tls) {
    const level = levels.find(({ settings }) => settings.includes(misplaced))?.name ?? '';
    findings.push(reportSetting('option/tls-misplaced', side, misplaced, { value: misplaced.value, level }));
  }
  const isNotSeen = side === 'server' && !tls && !misplaced && findings.length === 0;
  if (isNotSeen) findings.push(createFinding('option/transport-not-seen', { kind: 'option', name: 'tls' }, {}));
  if (side === 'server' && mutual) findings.push(...judgeMutual(checked, mutual));
  if (side === 'client' && mutual) {
    findings.push(reportSetting('option/mutual-on-client', side, mutual, { value: mutual.value }));
  }
  const params = { role: side, tls: tls?.value === '1', mutual: mutual?.value === '1' };
  const check = concludeCheck({ name: 'options/transport', side, params, findings });
  // A SIP proxy has its TLS port in a setting of its own; of every other server it is left open whether TLS is on at all.
  return isNotSeen && check.outcome === 'passed' && checked.application !== 'sip-proxy'
    ? { ...check, outcome: 'not-made' }
    : check;
}
