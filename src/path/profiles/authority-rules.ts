/** What makes a CA a CA, and what only a CA may have (RFC 5280 4.2.1.3, 4.2.1.9 and 4.2.1.10). */
import { isWellFormedBase } from '../../names/name-constraint-matching.js';
import { formatGeneralName } from '../../names/name-constraints.js';
import { basicConstraints } from '../../x509/extensions/basic-constraints.js';
import { extKeyUsage, keyUsage } from '../../x509/extensions/key-usage.js';
import { nameConstraints } from '../../x509/extensions/name-constraints.js';
import { describeRole, severityForOldRoots, type Examination } from './examination.js';

export function checkAuthority(examination: Examination): void {
  checkConstraints(examination);
  checkNameConstraints(examination);
  if (examination.inputs.profile === 'webpki' && examination.role !== 'end-entity') checkPublicCA(examination);
}

/** Basic constraints and key usage must tell the same story. */
function checkConstraints({ certificate, report }: Examination): void {
  const { extensions } = certificate.tbsCertificate;
  const constraints = extensions.get(basicConstraints);
  const usages = extensions.get(keyUsage);
  const cA = constraints?.cA ?? false;
  const maySign = usages?.has('keyCertSign') ?? true;
  // RFC 5280 4.2.1.3: keyCertSign only with cA.
  if (!cA && usages?.has('keyCertSign')) report('form/key-usage-contradicts-ca', { cA, keyCertSign: true });
  const pathLenConstraint = constraints?.pathLenConstraint;
  if (pathLenConstraint !== undefined && (!cA || !maySign)) {
    report('form/path-length-without-ca', { pathLenConstraint });
  }
}

function checkNameConstraints({ certificate, role, report }: Examination): void {
  const { extensions } = certificate.tbsCertificate;
  const constraints = extensions.get(nameConstraints);
  if (!constraints) return;
  const { permittedSubtrees = [], excludedSubtrees = [] } = constraints;
  // RFC 5280 4.2.1.10: in CA certificates only, and never empty.
  if (!extensions.get(basicConstraints)?.cA) {
    report('form/extension-not-allowed', { extension: nameConstraints.name, role: describeRole(role) });
  }
  if (permittedSubtrees.length + excludedSubtrees.length === 0) report('form/name-constraints-empty', {});
  for (const { base } of [...permittedSubtrees, ...excludedSubtrees]) {
    if (!isWellFormedBase(base)) report('form/name-constraint-syntax', { subtree: formatGeneralName(base) });
  }
}

/** Baseline Requirements 7.1.2.1.2 (roots) and 7.1.2.6 (subordinate CAs). */
function checkPublicCA({ certificate, role, report }: Examination): void {
  const { extensions } = certificate.tbsCertificate;
  if (!extensions.has(basicConstraints)) {
    report('form/extension-missing', { extension: basicConstraints.name, role: describeRole(role) });
  }
  if (!extensions.has(keyUsage)) {
    const params = { extension: keyUsage.name, role: describeRole(role) };
    report('form/extension-missing', params, severityForOldRoots(role));
  }
  if (role === 'root' && extensions.has(extKeyUsage)) {
    report('form/extension-not-allowed', { extension: extKeyUsage.name, role: describeRole(role) });
  }
}
