/** Which extensions must and must not be critical, and the key identifiers (RFC 5280 4.2.1). */
import { isSelfIssued } from '../../chain/issuer-index.js';
import { equalBytes, toHex } from '../../der/values.js';
import type { Severity } from '../../finding/finding.js';
import { subjectAltName } from '../../x509/extensions/alternative-names.js';
import { authorityKeyIdentifier } from '../../x509/extensions/authority-key-identifier.js';
import { basicConstraints } from '../../x509/extensions/basic-constraints.js';
import { freshestCRL } from '../../x509/extensions/distribution-points.js';
import { authorityInfoAccess, subjectInfoAccess } from '../../x509/extensions/information-access.js';
import { extKeyUsage, keyUsage } from '../../x509/extensions/key-usage.js';
import { nameConstraints } from '../../x509/extensions/name-constraints.js';
import { inhibitAnyPolicy, policyConstraints } from '../../x509/extensions/policies.js';
import { subjectDirectoryAttributes } from '../../x509/extensions/subject-directory-attributes.js';
import { subjectKeyIdentifier } from '../../x509/extensions/subject-key-identifier.js';
import { isEmptyName } from '../../x509/name.js';
import type { Profile } from '../path-inputs.js';
import type { Examination } from './examination.js';

/** RFC 5280: "conforming CAs MUST mark this extension as non-critical". */
const neverCritical = [
  authorityKeyIdentifier,
  subjectKeyIdentifier,
  subjectDirectoryAttributes,
  freshestCRL,
  authorityInfoAccess,
  subjectInfoAccess,
];

/** RFC 5280: "conforming CAs MUST mark this extension as critical". */
const alwaysCritical = [
  // A verifier that does not know the extension would accept names that the CA meant to forbid. Deviation: Baseline
  // Requirements 7.1.2.10.8 allows just that for the sake of old software.
  { type: nameConstraints, severity: { rfc5280: 'error', webpki: 'warning' } },
  // RFC 3280 left these to the CA, and its certificates are still about.
  { type: policyConstraints, severity: { rfc5280: 'warning', webpki: 'error' } },
  { type: inhibitAnyPolicy, severity: { rfc5280: 'warning', webpki: 'error' } },
  // RFC 5280 4.2.1.3 says SHOULD.
  { type: keyUsage, severity: { rfc5280: 'info', webpki: 'warning' } },
] as const satisfies readonly { readonly type: object; readonly severity: Readonly<Record<string, Severity>> }[];

function profileOf(profile: Profile): 'rfc5280' | 'webpki' {
  return profile === 'webpki' ? 'webpki' : 'rfc5280';
}

export function checkCriticality({ certificate, inputs, report }: Examination): void {
  const { extensions, subject } = certificate.tbsCertificate;
  const profile = profileOf(inputs.profile);
  for (const { extnID, name } of neverCritical) {
    if (extensions.find(extnID)?.critical) report('form/extension-critical', { extension: name });
  }
  for (const { type, severity } of alwaysCritical) {
    if (extensions.find(type.extnID)?.critical !== false) continue;
    report('form/extension-not-critical', { extension: type.name }, severity[profile]);
  }
  // RFC 5280 4.2.1.9: in CA certificates.
  if (extensions.get(basicConstraints)?.cA && !extensions.find(basicConstraints.extnID)?.critical) {
    report('form/extension-not-critical', { extension: basicConstraints.name });
  }
  // RFC 5280 4.2.1.6: critical where it is the only name.
  const isCritical = extensions.find(subjectAltName.extnID)?.critical;
  if (isCritical === false && isEmptyName(subject)) {
    report('form/extension-not-critical', { extension: subjectAltName.name });
  }
  if (profile !== 'webpki') return;
  // Baseline Requirements 7.1.2.7.12 and 7.1.2.7.10.
  if (isCritical && !isEmptyName(subject)) report('form/extension-critical', { extension: subjectAltName.name });
  if (extensions.find(extKeyUsage.extnID)?.critical) report('form/extension-critical', { extension: extKeyUsage.name });
}

/** RFC 5280 4.2.1.1 and 4.2.1.2; Baseline Requirements 7.1.2.1.3 and 7.1.2.11.1. */
export function checkKeyIdentifiers({ certificate, role, inputs, report }: Examination): void {
  const { extensions } = certificate.tbsCertificate;
  const authority = extensions.get(authorityKeyIdentifier);
  const own = extensions.get(subjectKeyIdentifier);
  // They only help the search; section 6 can do without.
  const severity = profileOf(inputs.profile) === 'webpki' ? 'error' : 'info';
  if (role !== 'end-entity' && !own) report('form/subject-key-identifier-missing', {}, severity);
  const selfIssued = isSelfIssued(certificate);
  if (!authority?.keyIdentifier && (authority ?? !selfIssued)) {
    report('form/authority-key-identifier-missing', {}, severity);
  }
  if (inputs.profile !== 'webpki' || !authority) return;
  const { keyIdentifier, authorityCertIssuer, authorityCertSerialNumber } = authority;
  const fields = [
    ...(authorityCertIssuer ? ['authorityCertIssuer'] : []),
    ...(authorityCertSerialNumber ? ['authorityCertSerialNumber'] : []),
  ];
  if (fields.length > 0) report('form/authority-key-identifier-fields', { fields });
  if (role === 'root' && keyIdentifier && own && !equalBytes(keyIdentifier, own)) {
    report('form/key-identifiers-differ', { authority: toHex(keyIdentifier), subject: toHex(own) });
  }
}
