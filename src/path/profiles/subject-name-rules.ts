/** The alternative names of an end entity as RFC 5280 4.2.1.6 wants them written. */
import { findHostNameFault } from '../../names/dns-name.js';
import { formatGeneralName } from '../../names/name-constraints.js';
import { subjectAltName } from '../../x509/extensions/alternative-names.js';
import { isEmptyName } from '../../x509/name.js';
import { describeRole, type Examination } from './examination.js';

export function checkSubjectNames({ certificate, role, report }: Examination): void {
  if (role !== 'end-entity') return;
  const { subject, extensions } = certificate.tbsCertificate;
  const names = extensions.get(subjectAltName);
  // RFC 5280 4.1.2.6: a name must stand somewhere.
  if (!names && isEmptyName(subject)) {
    report('form/extension-missing', { extension: subjectAltName.name, role: describeRole(role) });
  }
  for (const name of names ?? []) {
    if (name.type === 'dNSName') {
      const fault = findNameFault(name.value);
      if (fault !== undefined) report('form/dns-name-malformed', { name: name.value, fault });
    }
    if (name.type === 'iPAddress' && name.value.length !== 4 && name.value.length !== 16) {
      report('form/ip-address-malformed', { name: formatGeneralName(name) });
    }
  }
}

/** The preferred name syntax; a wildcard may stand for the whole first label, as RFC 9525 2 has it, also alone. */
function findNameFault(name: string): string | undefined {
  if (name === '*') return undefined;
  return findHostNameFault(name.startsWith('*.') ? name.slice(2) : name);
}
