/**
 * Whether a CRL covers a certificate (RFC 5280 6.3.3 step (b)(2)): user or CA certificates, distribution points.
 *
 * Names of distribution points are compared whole; `nameRelativeToCRLIssuer` is not put together yet, and a CRL that
 * hangs on one covers nothing.
 */
import { equalBytes, toHex } from '../der/values.js';
import { equalNames } from '../names/distinguished-name.js';
import type { Certificate } from '../x509/certificate.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';
import { issuingDistributionPoint, type IssuingDistributionPoint } from '../x509/extensions/crl-extensions.js';
import {
  cRLDistributionPoints,
  type DistributionPoint,
  type DistributionPointName,
} from '../x509/extensions/distribution-points.js';
import type { GeneralName, GeneralNames } from '../x509/general-name.js';
import { formatName } from '../x509/name.js';
import type { TBSCertList } from '../x509/crl.js';
import { makeObjection, type Objection } from './objection.js';

/** The same for two CRLs of one issuer that cover the same certificates; meant as a key. */
export function scopeKey({ crlExtensions }: TBSCertList): string {
  const extension = crlExtensions.find(issuingDistributionPoint.extnID);
  return extension ? toHex(extension.extnValue) : '';
}

/** What keeps the CRL from covering the certificate, or undefined when it does, for all reasons. */
export function findScopeObjection({ crlExtensions }: TBSCertList, certificate: Certificate): Objection | undefined {
  const scope = crlExtensions.get(issuingDistributionPoint);
  if (!scope) return undefined;
  const isCA = certificate.tbsCertificate.extensions.get(basicConstraints)?.cA ?? false;
  // RFC 5280 6.3.3 steps (b)(2)(ii), (iii) and (iv)
  if (scope.onlyContainsAttributeCerts) return outOfScope('attribute-certificates');
  if (scope.onlyContainsUserCerts && isCA) return outOfScope('user-certificates');
  if (scope.onlyContainsCACerts && !isCA) return outOfScope('ca-certificates');
  return matchDistributionPoint(scope, certificate);
}

function outOfScope(scope: 'user-certificates' | 'ca-certificates' | 'attribute-certificates'): Objection {
  return makeObjection('out-of-scope', { scope, points: [] });
}

// RFC 5280 6.3.3 steps (b)(2)(i) and (d)
function matchDistributionPoint(scope: IssuingDistributionPoint, certificate: Certificate): Objection | undefined {
  const { distributionPoint, onlySomeReasons } = scope;
  const partial = (reasons: Iterable<string>): Objection => makeObjection('partial-reasons', { reasons: [...reasons] });
  const points = certificate.tbsCertificate.extensions.get(cRLDistributionPoints) ?? [];
  if (!distributionPoint) return onlySomeReasons && partial(onlySomeReasons);
  // A distribution point with cRLIssuer wants an indirect CRL.
  const own = points.filter(({ cRLIssuer }) => !cRLIssuer);
  const matching = own.filter((point) => namesMeet(distributionPoint, point));
  const whole = matching.find(({ reasons }) => !reasons);
  if (whole) return onlySomeReasons && partial(onlySomeReasons);
  const [first] = matching;
  if (first) return partial(first.reasons ?? []);
  if (isRelative(distributionPoint) || own.some(({ distributionPoint: name }) => name && isRelative(name))) {
    return makeObjection('relative-distribution-point', {});
  }
  // Deviation: RFC 5280 6.3.3 would also take a distribution point that is the issuer's own name; OpenSSL 3.0 does not.
  return makeObjection('out-of-scope', {
    scope: 'distribution-point',
    points: distributionPoint.fullName.map(formatGeneralName),
  });
}

function isRelative(
  name: DistributionPointName,
): name is Extract<DistributionPointName, { nameRelativeToCRLIssuer: unknown }> {
  return 'nameRelativeToCRLIssuer' in name;
}

function namesMeet(name: DistributionPointName, { distributionPoint: other }: DistributionPoint): boolean {
  if (!other || isRelative(name) || isRelative(other)) return false;
  return name.fullName.some((a) => other.fullName.some((b) => equalGeneralNames(a, b)));
}

function equalGeneralNames(a: GeneralName, b: GeneralName): boolean {
  if (a.type === 'directoryName') return b.type === 'directoryName' && equalNames(a.value, b.value);
  if (a.type !== b.type) return false;
  if (a.type === 'otherName' && b.type === 'otherName' && a.typeID !== b.typeID) return false;
  if (typeof a.value === 'string' || typeof b.value === 'string') return a.value === b.value;
  return equalBytes(a.value, b.value);
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
    distributionPoint && !isRelative(distributionPoint) ? distributionPoint.fullName : [],
  );
  return names.flatMap((name) => (name.type === 'uniformResourceIdentifier' ? [name.value] : []));
}
