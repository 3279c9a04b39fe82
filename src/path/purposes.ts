/** Whether a certificate may be used for what it is wanted for: extKeyUsage and keyUsage (RFC 5280 4.2.1.3 and 4.2.1.12). */
import type { Certificate } from '../x509/certificate.js';
import { extKeyUsage, keyPurposeNames, keyUsage, type KeyUsageBit } from '../x509/extensions/key-usage.js';
import type { Purpose } from './path-inputs.js';
import type { Report } from './report-finding.js';

export const anyExtendedKeyUsage = '2.5.29.37.0';

export interface TLSPurpose {
  readonly name: 'serverAuth' | 'clientAuth';
  /** KeyPurposeId. */
  readonly oid: string;
  /** Any one of these bits is enough: RFC 5280 4.2.1.12 says which are consistent with the purpose. */
  readonly keyUsages: readonly KeyUsageBit[];
}

const serverAuth: TLSPurpose = {
  name: 'serverAuth',
  oid: '1.3.6.1.5.5.7.3.1',
  keyUsages: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
};
const clientAuth: TLSPurpose = {
  name: 'clientAuth',
  oid: '1.3.6.1.5.5.7.3.2',
  keyUsages: ['digitalSignature', 'keyAgreement'],
};
const purposes: Readonly<Record<Purpose, readonly TLSPurpose[]>> = {
  serverAuth: [serverAuth],
  clientAuth: [clientAuth],
  both: [serverAuth, clientAuth],
  any: [],
};

/** What `purpose` asks for, one by one. */
export function purposesOf(purpose: Purpose): readonly TLSPurpose[] {
  return purposes[purpose];
}

/** Names of the purposes that an extKeyUsage lists; the dotted OID where there is none. */
export function namePurposes(oids: readonly string[]): string[] {
  return oids.map((oid) => keyPurposeNames[oid] ?? oid);
}

function allows(listed: readonly string[], wanted: TLSPurpose): boolean {
  return listed.includes(wanted.oid) || listed.includes(anyExtendedKeyUsage);
}

/** The last certificate of the path (RFC 5280 4.2.1.12); one without the extension is not restricted. */
export function checkEndEntityPurpose(certificate: Certificate, purpose: Purpose, report: Report): void {
  const { extensions } = certificate.tbsCertificate;
  const listed = extensions.get(extKeyUsage);
  const usages = extensions.get(keyUsage);
  for (const wanted of purposesOf(purpose)) {
    if (listed && !allows(listed, wanted)) {
      report('path/wrong-purpose', { purpose: wanted.name, found: namePurposes(listed) });
    }
    if (usages && !wanted.keyUsages.some((usage) => usages.has(usage))) {
      report('path/key-usage-unfit', { purpose: wanted.name, wanted: wanted.keyUsages, found: [...usages] });
    }
  }
}

/**
 * A CA whose own extKeyUsage leaves the purpose out. Deviation: RFC 5280 gives the extension no meaning for what a CA
 * issues; OpenSSL, the browsers and the Baseline Requirements all do.
 */
export function checkCAPurpose(certificate: Certificate, purpose: Purpose, report: Report): void {
  const listed = certificate.tbsCertificate.extensions.get(extKeyUsage);
  if (!listed) return;
  for (const wanted of purposesOf(purpose)) {
    if (!allows(listed, wanted)) {
      report('path/ca-purpose-missing', { purpose: wanted.name, found: namePurposes(listed) });
    }
  }
}
