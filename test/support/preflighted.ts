/** A pre-flight of a made configuration, and what its checks say in a form that tests can compare. */
import { preflight, type PreflightResult } from '../../src/security-pack/preflight.js';
import type { Check } from '../../src/security-pack/check.js';
import type { Side } from '../../src/security-pack/setting.js';
import { makeConfiguration, soundConfiguration, type ConfigurationInput, type SideInput } from './configuration.js';
import { makePKI, type SoundPKI } from './configuration.js';
import { makeScratch } from './scratch.js';

export const preflightAt = new Date('2026-11-21T00:00:00Z');

/** To be called inside a test. */
export async function runPreflight(input: ConfigurationInput, at = preflightAt): Promise<PreflightResult> {
  return preflight(await makeConfiguration(makeScratch(), input), { at });
}

export interface SideChanges {
  readonly server?: SideInput | undefined;
  readonly client?: SideInput | undefined;
}

/** The sound configuration with options of its sides changed. */
export function changeSound(changes: (pki: SoundPKI) => SideChanges, pki = makePKI()): ConfigurationInput {
  const sound = soundConfiguration(pki);
  const { server, client } = changes(pki);
  return { ...sound, server: { ...sound.server, ...server }, client: { ...sound.client, ...client } };
}

export function findCheck({ checks }: PreflightResult, side: Side, name: string): Check {
  const found = checks.filter((check) => check.side === side && check.name === name);
  const [check] = found;
  if (!check || found.length > 1) throw new Error(`${found.length} checks ${name} of the ${side}`);
  return check;
}

/** `error certificate/expired CN=Issuing CA [server certificate]`. */
export const tellFindings = ({ findings }: Pick<Check, 'findings'>): string[] =>
  findings.map(({ severity, code, subject, setting }) => {
    const option = setting ? ` [${setting.side} ${setting.option}]` : '';
    return `${severity} ${code} ${subject.name.replace(/^.*[/]/, '')}${option}`;
  });

/** Outcome and findings of one check. */
export async function judge(
  input: ConfigurationInput,
  side: Side,
  name: string,
): Promise<{ readonly outcome: Check['outcome']; readonly findings: readonly string[] }> {
  const check = findCheck(await runPreflight(input), side, name);
  return { outcome: check.outcome, findings: tellFindings(check) };
}

export const passed = { outcome: 'passed', findings: [] } as const;
export const failed = (...findings: readonly string[]): object => ({ outcome: 'failed', findings });
export const warned = (...findings: readonly string[]): object => ({ outcome: 'warned', findings });
