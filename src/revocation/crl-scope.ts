/** Names in scopes: what a CRL is about, where a certificate's CRLs are, and how such names are told apart. */
import { toHex } from '../der/values.js';
import { nameKey } from '../names/distinguished-name.js';
import type { Certificate } from '../x509/certificate.js';
import type { TBSCertList } from '../x509/crl.js';
import { issuingDistributionPoint } from '../x509/extensions/crl-extensions.js';
import { cRLDistributionPoints, type DistributionPointName } from '../x509/extensions/distribution-points.js';
import type { GeneralName, GeneralNames } from '../x509/general-name.js';
import { formatName, type Name, type RDNSequence } from '../x509/name.js';

/** The same for two CRLs of one issuer that cover the same certificates; meant as a key. */
export function scopeKey({ crlExtensions }: TBSCertList): string {
  const extension = crlExtensions.find(issuingDistributionPoint.extnID);
  return extension ? toHex(extension.extnValue) : '';
}

/** One name of a distribution point. */
export interface PointName {
  /** The same for names that are the same; not for people. */
  readonly key: string;
  readonly text: string;
}

function directoryPointName(name: RDNSequence): PointName {
  return { key: `directoryName ${nameKey(name)}`, text: formatName(name) };
}

/** Directory names compare as RFC 5280 7.1 asks, all others octet for octet. */
export function pointNameOf(name: GeneralName): PointName {
  if (name.type === 'directoryName') return directoryPointName(name.value);
  const type = name.type === 'otherName' ? `otherName ${name.typeID}` : name.type;
  const value = typeof name.value === 'string' ? name.value : toHex(name.value);
  return { key: `${type} ${value}`, text: formatGeneralName(name) };
}

/**
 * All names of a distribution point (RFC 5280 4.2.1.13 and 5.2.5); a relative one is put below `base`.
 *
 * @param base the issuer of the CRL; undefined where nobody can tell who that is, and then a relative name is no name.
 */
export function pointNamesOf(name: DistributionPointName, base: Name | undefined): readonly PointName[] {
  if ('fullName' in name) return name.fullName.map(pointNameOf);
  if (!base) return [];
  return [directoryPointName({ rdnSequence: [...base.rdnSequence, name.nameRelativeToCRLIssuer] })];
}

/** A distribution point as people write it. */
export function formatGeneralName(name: GeneralName): string {
  if (name.type === 'directoryName') return formatName(name.value);
  return typeof name.value === 'string' ? name.value : `${name.type} ${toHex(name.value)}`;
}

/** Who issues the CRLs of a certificate, where it names somebody else than its issuer. */
export function indirectCRLIssuers(certificate: Certificate): string[] {
  const points = certificate.tbsCertificate.extensions.get(cRLDistributionPoints) ?? [];
  return points.flatMap(({ cRLIssuer }) => cRLIssuer?.map(formatGeneralName) ?? []);
}

/** Where a certificate says that its CRLs are published. */
export function distributionPointURLs(certificate: Certificate): string[] {
  const points = certificate.tbsCertificate.extensions.get(cRLDistributionPoints) ?? [];
  const names: GeneralNames = points.flatMap(({ distributionPoint }) =>
    distributionPoint && 'fullName' in distributionPoint ? distributionPoint.fullName : [],
  );
  return names.flatMap((name) => (name.type === 'uniformResourceIdentifier' ? [name.value] : []));
}
