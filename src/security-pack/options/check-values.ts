/** What the options' names and values are: spelling, paths, thumbprints, and the name check. */
import { parseThumbprint } from '../../crypto/fingerprint.js';
import { createFinding } from '../../finding/catalogue.js';
import type { Finding } from '../../finding/finding.js';
import { concludeCheck, type Check } from '../check.js';
import { findResembling, firstPackWithTargetName, optionTable, sipNames } from './option-table.js';
import { reportSetting } from './report-setting.js';
import type { Platform, Setting, Side, SIPSetting } from '../setting.js';
import type { SideUnderCheck } from './side-under-check.js';

/** The form of the sources; what was left out as no option. */
export function checkForm({ side, sourceFindings, chosen }: SideUnderCheck): Check {
  const inTransport = ({ code }: Finding): boolean => code === 'option/blanks-in-transport';
  const { inForce, others } = chosen;
  const levels = (inForce ? [inForce, ...others] : others).map(({ level }) => level);
  const count = levels.reduce((sum, { settings }) => sum + settings.length, 0);
  const findings = sourceFindings.filter((finding) => !inTransport(finding));
  return concludeCheck({
    name: 'options/form',
    side,
    params: { options: count, levels: levels.map(({ name }) => name) },
    findings,
  });
}

/** A SIP setting that is none: in another case, misspelt, or something else. */
function reportSIPName(setting: SIPSetting, side: Side): Finding[] {
  const { name, value } = setting;
  if (sipNames.includes(name)) return [];
  const resembling = findResembling(name, sipNames);
  if (!resembling) return [reportSetting('option/unknown', side, setting, { option: name, value })];
  const { right, differs } = resembling;
  const params = { what: 'option', written: name, right } as const;
  return differs === 'case'
    ? [reportSetting('option/wrong-case', side, setting, { ...params, option: name })]
    : [reportSetting('option/misspelt', side, setting, params)];
}

/** Names and predefined values of every level, in force or not. */
export function checkNames({ side, chosen, sip }: SideUnderCheck): Check {
  const { inForce, others } = chosen;
  const findings = [
    ...(inForce ? [inForce, ...others] : others).flatMap((level) => level.findings),
    ...sip.flatMap((setting) => reportSIPName(setting, side)),
  ];
  return concludeCheck({ name: 'options/known', side, params: {}, findings });
}

/** Absolute on its platform: a drive or a share on Windows. */
function isAbsolute(path: string, platform: Platform): boolean {
  return platform === 'unix' ? path.startsWith('/') : /^(?:[A-Za-z]:[\\/]|\\\\|\/\/)/.test(path);
}

/** What a pasted thumbprint has beside its digits, in words. */
function listCleaned(value: string): string[] {
  const invisible = new Set(
    Array.from(
      value.matchAll(/\p{Cf}/gu),
      ([character]) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    ),
  );
  return [...invisible, ...(value.includes(':') ? ['colons'] : []), ...(value.includes('-') ? ['dashes'] : [])];
}

const looksLikePath = (value: string): boolean => /[\\/]|\.(?:pem|cer|crt|der|p12|pfx|p7b|key)$/i.test(value);

function judgeThumbprint(setting: Setting, side: Side): Finding[] {
  const { value } = setting;
  if (looksLikePath(value)) return [reportSetting('option/path-on-windows', side, setting, { value })];
  const thumbprint = parseThumbprint(value);
  if (thumbprint?.algorithm !== 'sha1') {
    const digits = value.match(/[0-9a-f]/gi)?.length ?? 0;
    const other = Array.from(new Set(value.match(/[^0-9a-f\s:\-\p{Cf}]/giu) ?? [])).join('');
    return [reportSetting('option/thumbprint-malformed', side, setting, { value, digits, other })];
  }
  const removed = listCleaned(value);
  if (removed.length === 0) return [];
  return [reportSetting('option/thumbprint-cleaned', side, setting, { thumbprint: thumbprint.hex, removed })];
}

function judgePath(setting: Setting, holds: 'path' | 'paths', { side, platform }: SideUnderCheck): Finding[] {
  const listed = setting.value.split(',').map((path) => path.trim());
  // A comma may be part of a path; two full paths are a list.
  if (holds === 'path' && listed.length > 1 && listed.every((path) => isAbsolute(path, platform))) {
    const { name: option, value } = setting;
    return [reportSetting('option/not-a-list', side, setting, { option, value, paths: listed })];
  }
  // A path of the command line is of this machine, and starts from where the command runs.
  if (setting.source === 'flag') return [];
  const { name: option, value } = setting;
  const paths = holds === 'paths' ? listed : [value];
  return paths
    .filter((path) => path !== '' && !isAbsolute(path, platform))
    .map((path) => reportSetting('option/relative-path', side, setting, { option, value, path }));
}

/** Paths and thumbprints as far as their text tells. */
export function checkPaths(checked: SideUnderCheck): Check {
  const { side, platform, application, options } = checked;
  const isStore = platform === 'windows' && application !== 'endpoint';
  const findings = optionTable.flatMap(({ name, holds }) => {
    const setting = options.get(name);
    if (!setting || !holds) return [];
    const { value } = setting;
    if (name === 'certificate') {
      if (isStore) return judgeThumbprint(setting, side);
      if (parseThumbprint(value)) {
        // On Windows an endpoint takes either (SIP Endpoint SDK).
        if (platform === 'windows') return judgeThumbprint(setting, side);
        return [reportSetting('option/thumbprint-on-unix', side, setting, { value })];
      }
    }
    if (name === 'certificate-key' && isStore) {
      return [reportSetting('option/key-on-windows', side, setting, { value })];
    }
    return judgePath(setting, holds, checked);
  });
  const set = optionTable.filter(({ name, holds }) => holds && options.has(name)).map(({ name }) => name);
  return concludeCheck({ name: 'options/paths', side, params: { options: set }, findings });
}

/** Compares dotted numbers part by part; a missing part counts as 0. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version.split('.').map(Number), than.split('.').map(Number)];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Whether this pack heeds `tls-target-name`: only that of UNIX, and only from 8.5.100.23. */
export function heedsTargetName({ platform, packVersion }: Pick<SideUnderCheck, 'platform' | 'packVersion'>): boolean {
  return platform === 'unix' && !(packVersion !== undefined && isOlder(packVersion, firstPackWithTargetName));
}

function judgeTargetName(setting: Setting, { side, platform, packVersion }: SideUnderCheck): Finding[] {
  const host = setting.value;
  if (platform === 'windows') return [reportSetting('option/target-name-on-windows', side, setting, { host })];
  if (packVersion !== undefined && !isOlder(packVersion, firstPackWithTargetName)) return [];
  const params = { host, packVersion, needed: firstPackWithTargetName };
  const severity = packVersion === undefined ? 'info' : undefined;
  return [reportSetting('option/target-name-too-new', side, setting, params, severity)];
}

/** Stands at the option, or at the file of the level in force where the option is not set. */
function reportNameCheckOff(check: Setting | undefined, { side, chosen }: SideUnderCheck): Finding {
  const params = { written: check !== undefined };
  if (check) return reportSetting('option/name-check-off', side, check, params);
  const file = chosen.inForce?.level.settings[0]?.origin.file;
  const origin = file === undefined ? undefined : { file };
  return createFinding('option/name-check-off', { kind: 'option', name: 'tls-target-name-check' }, params, { origin });
}

/** The name check of a client; on a server the options about it have no effect. */
export function checkNameCheck(checked: SideUnderCheck): Check[] {
  const { side, options } = checked;
  const check = options.get('tls-target-name-check');
  const target = options.get('tls-target-name');
  if (side === 'server') {
    const findings = [check, target].flatMap((setting) => {
      if (!setting) return [];
      const { name: option, value } = setting;
      return [reportSetting('option/client-only', side, setting, { option, value })];
    });
    return findings.length > 0 ? [concludeCheck({ name: 'name/check-on', side, params: {}, findings })] : [];
  }
  const isOn = check?.value === 'host';
  const findings = target ? judgeTargetName(target, checked) : [];
  if (!isOn) findings.unshift(reportNameCheckOff(check, checked));
  const params = { nameCheck: isOn ? 'host' : 'no', targetName: target?.value };
  return [concludeCheck({ name: 'name/check-on', side, params, findings })];
}
