/** `sec-protocol`, `cipher-list` and `ciphersuites` of one side. */
import { selectsCipher } from '../../crypto/cipher-list.js';
import type { Finding } from '../../finding/finding.js';
import { concludeCheck, type Check } from '../check.js';
import type { ProtocolRange } from '../configuration.js';
import { knownCiphersuites } from './option-table.js';
import { reportSetting } from './report-setting.js';
import type { Setting } from '../setting.js';
import type { SideUnderCheck } from './side-under-check.js';

/** Without `sec-protocol`: the highest from TLS 1.2 up. */
const defaultRange: ProtocolRange = { min: 'TLSv1.2', max: 'TLSv1.3' };

const ranges: ReadonlyMap<string, ProtocolRange> = new Map([
  ['SSLv23', { min: 'TLSv1.1', max: 'TLSv1.3' }],
  ['TLSv1', { min: 'TLSv1', max: 'TLSv1' }],
  ['TLSv11', { min: 'TLSv1.1', max: 'TLSv1.1' }],
  ['TLSv12', { min: 'TLSv1.2', max: 'TLSv1.2' }],
  ['TLSv13', { min: 'TLSv1.3', max: 'TLSv1.3' }],
]);
const refusedProtocols = ['SSLv3', 'TLSv1', 'TLSv11'];

/** The versions of a side; what `sec-protocol` says that is no version leaves the default. */
export function readProtocols(setting: Setting | undefined): ProtocolRange {
  return ranges.get(setting?.value ?? '') ?? defaultRange;
}

/** The versions that this side accepts. */
export function checkVersions({ side, options }: SideUnderCheck): Check {
  const setting = options.get('sec-protocol');
  const value = setting?.value ?? '';
  const findings: Finding[] = [];
  if (setting && refusedProtocols.includes(value)) {
    findings.push(reportSetting('option/protocol-refused', side, setting, { value }));
  }
  if (setting && value === 'SSLv23') findings.push(reportSetting('option/protocol-legacy', side, setting, { value }));
  const { min, max } = readProtocols(setting);
  return concludeCheck({ name: 'protocol/versions', side, params: { min, max, written: setting?.value }, findings });
}

/** The suites that `ciphersuites` names; those that TLS 1.3 does not have are left out. */
export function readCiphersuites(value: string): { readonly known: string[]; readonly unknown: string[] } {
  const names = value.split(':').filter((name) => name !== '');
  const isKnown = (name: string): boolean => knownCiphersuites.some((suite) => suite === name);
  return { known: names.filter(isKnown), unknown: names.filter((name) => !isKnown(name)) };
}

/** The cipher options: whether they select anything, and whether they are about the versions in use. */
export function checkCiphers({ side, options }: SideUnderCheck): Check {
  const [list, suites] = [options.get('cipher-list'), options.get('ciphersuites')];
  const { min, max } = readProtocols(options.get('sec-protocol'));
  const findings: Finding[] = [];
  if (list && !selectsCipher(list.value)) {
    findings.push(reportSetting('option/cipher-list-empty', side, list, { value: list.value }));
  }
  if (suites) {
    const { unknown } = readCiphersuites(suites.value);
    const params = { unknown, known: knownCiphersuites };
    if (unknown.length > 0) findings.push(reportSetting('option/ciphersuites-unknown', side, suites, params));
  }
  if (list && !suites && min === 'TLSv1.3') {
    const params = { option: list.name, value: list.value, protocol: min, instead: 'ciphersuites' };
    findings.push(reportSetting('option/ciphers-without-effect', side, list, params));
  }
  if (suites && max !== 'TLSv1.3') {
    const params = { option: suites.name, value: suites.value, protocol: max, instead: 'cipher-list' };
    findings.push(reportSetting('option/ciphers-without-effect', side, suites, params));
  }
  const params = { cipherList: list?.value, ciphersuites: suites?.value };
  return concludeCheck({ name: 'protocol/ciphers', side, params, findings });
}
