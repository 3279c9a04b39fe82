/** What the Baseline Requirements ask of a subscriber's certificate (7.1.2.7). */
import type { Severity } from '../../finding/finding.js';
import { equalIgnoringCase, toALabels } from '../../names/dns-name.js';
import { formatIPAddress } from '../../names/ip-address.js';
import { formatGeneralName } from '../../names/name-constraints.js';
import type { Certificate } from '../../x509/certificate.js';
import { subjectAltName } from '../../x509/extensions/alternative-names.js';
import { basicConstraints } from '../../x509/extensions/basic-constraints.js';
import { extKeyUsage, keyUsage } from '../../x509/extensions/key-usage.js';
import type { GeneralNames } from '../../x509/general-name.js';
import { attributeValues, commonNameType } from '../../x509/name.js';
import { anyExtendedKeyUsage, namePurposes } from '../purposes.js';
import { describeRole, type Examination } from './examination.js';

export function checkEndEntity(examination: Examination): void {
  if (examination.role !== 'end-entity') return;
  checkNotCA(examination);
  checkPurposes(examination);
  checkAlternativeNames(examination);
}

/** Baseline Requirements 7.1.2.7.8 and 7.1.2.7.11. */
function checkNotCA({ certificate, report }: Examination): void {
  const { extensions } = certificate.tbsCertificate;
  if (extensions.get(basicConstraints)?.cA) {
    report('form/end-entity-is-ca', { reason: 'its basic constraints say cA TRUE' });
  }
  for (const usage of ['keyCertSign', 'cRLSign'] as const) {
    if (extensions.get(keyUsage)?.has(usage)) {
      report('form/end-entity-is-ca', { reason: `its key usage has ${usage}` });
    }
  }
}

/** Baseline Requirements 7.1.2.7.10: anyExtendedKeyUsage, codeSigning, timeStamping, OCSPSigning, precertificate signing. */
const forbiddenPurposes = [
  anyExtendedKeyUsage,
  '1.3.6.1.5.5.7.3.3',
  '1.3.6.1.5.5.7.3.8',
  '1.3.6.1.5.5.7.3.9',
  '1.3.6.1.4.1.11129.2.4.4',
];

function checkPurposes({ certificate, role, report }: Examination): void {
  const purposes = certificate.tbsCertificate.extensions.get(extKeyUsage);
  if (!purposes) report('form/extension-missing', { extension: extKeyUsage.name, role: describeRole(role) });
  for (const purpose of purposes?.filter((oid) => forbiddenPurposes.includes(oid)) ?? []) {
    report('form/purpose-not-allowed', { purpose: namePurposes([purpose])[0] ?? purpose });
  }
}

/** Baseline Requirements 7.1.2.7.12. A certificate for clients alone may name whom it likes. */
function checkAlternativeNames({ certificate, role, inputs, report }: Examination): void {
  const names = certificate.tbsCertificate.extensions.get(subjectAltName);
  if (!names) report('form/extension-missing', { extension: subjectAltName.name, role: describeRole(role) });
  if (!names || inputs.purpose === 'clientAuth') return;
  for (const name of names) {
    if (name.type !== 'dNSName' && name.type !== 'iPAddress') {
      // No TLS client takes such a name for a server's: it says nothing, so it decides nothing.
      report('form/name-form-not-allowed', { name: formatGeneralName(name) }, 'warning');
    }
    if (name.type === 'dNSName') {
      const suffix = findWideSuffix(name.value, inputs.isPublicSuffix);
      if (suffix !== undefined) report('form/wildcard-too-wide', { name: name.value, suffix });
    }
  }
  for (const { commonName, severity } of findStrayCommonNames(certificate, names)) {
    report('form/common-name-not-in-san', { commonName, names: names.map(formatGeneralName) }, severity);
  }
}

/**
 * Baseline Requirements 3.2.2.6: the public suffix right below which a wildcard stands, where it does. One label is one
 * always; longer ones are known only where the caller brings the Public Suffix List.
 */
function findWideSuffix(name: string, isPublicSuffix: Examination['inputs']['isPublicSuffix']): string | undefined {
  if (name === '*') return '';
  if (!name.startsWith('*.')) return undefined;
  const suffix = name.slice(2);
  return !suffix.includes('.') || isPublicSuffix?.(suffix) ? suffix : undefined;
}

/** An address in any spelling: decimal or hexadecimal parts, with or without leading zeros, or with colons. */
const addressLike = /^(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}$|^[^.]*:.*$/i;

/**
 * Baseline Requirements 7.1.4.3: a common name is a letter-by-letter copy of one of the alternative names. Deviation: one
 * that is in none of them, but names no other domain either, is a warning; no TLS client looks at it, and real
 * certificates have such names. It is refused where it writes a name of the list differently, an address, or a domain
 * that has nothing to do with those of the list.
 */
function findStrayCommonNames(
  { tbsCertificate }: Certificate,
  names: GeneralNames,
): readonly { readonly commonName: string; readonly severity: Severity }[] {
  const domains = names.flatMap((name) => (name.type === 'dNSName' ? [name.value] : []));
  const publicDomains = domains.filter(isPublicName);
  const addresses = names.flatMap((name) => (name.type === 'iPAddress' ? [formatIPAddress(name.value)] : []));
  return attributeValues(tbsCertificate.subject, commonNameType).flatMap(({ value: commonName = '' }) => {
    if (domains.includes(commonName) || addresses.includes(commonName)) return [];
    const misleads =
      addressLike.test(commonName) ||
      domains.some((domain) => equalIgnoringCase(domain, toALabels(commonName) ?? commonName)) ||
      (publicDomains.length > 0 && isPublicName(commonName) && !publicDomains.some((name) => isKin(name, commonName)));
    return [{ commonName, severity: misleads ? 'error' : 'warning' }];
  });
}

/** More than one label: a name that can stand in the public DNS, which `localhost` does not. */
function isPublicName(name: string): boolean {
  return name.includes('.');
}

/** One is a domain above the other, or both are below the same wildcard. */
function isKin(a: string, b: string): boolean {
  const [first, second] = [a, b].map((name) => name.replace(/^\*\./, '').toLowerCase());
  return first === second || `${first}`.endsWith(`.${second}`) || `${second}`.endsWith(`.${first}`);
}
