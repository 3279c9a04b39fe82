/** From what the sources of one side say to the options that are in force, with the checks of the options themselves. */
import { withSetting } from '../../finding/finding.js';
import { checkLevel, checkMandatory, checkTransport } from './check-levels.js';
import { checkCiphers, checkVersions, readProtocols } from './check-protocols.js';
import { checkSIP } from './check-sip.js';
import { checkForm, checkNameCheck, checkNames, checkPaths } from './check-values.js';
import { chooseLevel, findAnywhere } from './choose-level.js';
import type { SideConfiguration, SideOptions } from '../configuration.js';
import type { Platform, SettingsSource, Side } from '../setting.js';
import type { SideUnderCheck } from './side-under-check.js';

export interface SettleSideOptions {
  readonly side: Side;
  readonly platform: Platform;
  /** `8.5.100.23`; undefined where it is not known. */
  readonly packVersion?: string | undefined;
}

function readOptions({ options, chosen }: SideUnderCheck): SideOptions {
  const mutualSetting = findAnywhere(chosen, 'tls-mutual');
  const nameCheckSetting = options.get('tls-target-name-check');
  const protocolSetting = options.get('sec-protocol');
  return {
    certificate: options.get('certificate'),
    certificateKey: options.get('certificate-key'),
    trustedCA: options.get('trusted-ca'),
    tlsCRL: options.get('tls-crl'),
    tlsTargetName: options.get('tls-target-name'),
    mutual: mutualSetting?.value === '1',
    mutualSetting,
    nameCheck: nameCheckSetting?.value === 'host' ? 'host' : 'no',
    nameCheckSetting,
    protocols: readProtocols(protocolSetting),
    protocolSetting,
    cipherList: options.get('cipher-list'),
    ciphersuites: options.get('ciphersuites'),
  };
}

function nameApplication(sources: readonly SettingsSource[]): SettingsSource['application'] {
  const applications = new Set(sources.map(({ application }) => application));
  if (applications.has('endpoint')) return 'endpoint';
  return applications.has('sip-proxy') ? 'sip-proxy' : 'any';
}

/**
 * Settles the options of one side.
 *
 * @param sources what the readers gave; several are merged level by level, flags replace options of the level in force.
 * @returns the options of the one level in force, and a check for each thing that can be said of options alone: form,
 * names and values, level, mandatory set, transport parameters, paths and thumbprints, name check, protocols and
 * ciphers, SIP settings. Not checked: the files that they name, and the other side (`checkTogether`).
 */
export function settleSide(
  sources: readonly SettingsSource[],
  { side, platform, packVersion }: SettleSideOptions,
): Omit<SideConfiguration, 'files'> {
  const chosen = chooseLevel(sources, side);
  const sourceFindings = sources
    .flatMap(({ findings }) => findings)
    .map((finding) => {
      const { subject, origin } = finding;
      return subject.kind === 'option' && origin
        ? withSetting(finding, { side, option: subject.name, origin })
        : finding;
    });
  const checked: SideUnderCheck = {
    side,
    platform,
    packVersion,
    application: nameApplication(sources),
    chosen,
    options: chosen.inForce?.options ?? new Map(),
    sip: sources.flatMap(({ sip }) => sip),
    sourceFindings,
  };
  return {
    side,
    platform,
    packVersion,
    application: checked.application,
    options: readOptions(checked),
    settings: [chosen.inForce, ...chosen.others].flatMap((level) => level?.level.settings ?? []),
    sip: checked.sip,
    checks: [
      checkForm(checked),
      checkNames(checked),
      checkLevel(checked),
      checkMandatory(checked),
      checkTransport(checked),
      checkPaths(checked),
      ...checkNameCheck(checked),
      checkVersions(checked),
      checkCiphers(checked),
      ...checkSIP(checked),
    ],
  };
}
