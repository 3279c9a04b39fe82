/** Which reasons a CRL covers for a certificate as OpenSSL 3.0 compares distribution points. Observed on 3.0.19. */
import { toHex } from '../der/values.js';
import type { ParamsOf } from '../finding/catalogue.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { opensslNameKey } from '../path/security-pack/openssl-names.js';
import type { OpensslCertificate } from '../path/security-pack/openssl-certificate.js';
import { formatGeneralName } from '../names/name-constraints.js';
import { pointNamesOf } from '../revocation/crl-scope.js';
import type { CertificateList } from '../x509/crl.js';
import type { IssuingDistributionPoint } from '../x509/extensions/crl-extensions.js';
import {
  cRLDistributionPoints,
  type DistributionPoint,
  type DistributionPointName,
  type ReasonFlag,
  type ReasonFlags,
} from '../x509/extensions/distribution-points.js';
import type { GeneralName } from '../x509/general-name.js';
import type { Name } from '../x509/name.js';

const reasonFlags: readonly ReasonFlag[] = [
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
];

/** One bit for each reason; `unused` has none. */
export const everyReason = 2 ** reasonFlags.length - 1;

function maskReasons(reasons: ReasonFlags | undefined): number {
  if (!reasons) return everyReason;
  return reasonFlags.reduce((mask, reason, bit) => (reasons.has(reason) ? mask | (1 << bit) : mask), 0);
}

/** The reasons that a CRL of the certificate's issuer covers; undefined where it is about other certificates. */
export function matchPoints(
  { certificate, basicConstraints }: OpensslCertificate,
  crl: CertificateList,
  idp: IssuingDistributionPoint | undefined,
): number | undefined {
  if (idp?.onlyContainsAttributeCerts) return undefined;
  const isCA = basicConstraints?.cA ?? false;
  if (isCA ? idp?.onlyContainsUserCerts : idp?.onlyContainsCACerts) return undefined;
  const { issuer } = crl.tbsCertList;
  for (const point of pointsOf(certificate)) {
    const leftTo = point.cRLIssuer;
    if (leftTo && !leftTo.some((name) => isNamed(name, issuer))) continue;
    const pointIssuer = leftTo?.find(({ type }) => type === 'directoryName');
    const base = pointIssuer?.type === 'directoryName' ? pointIssuer.value : certificate.tbsCertificate.issuer;
    if (isSamePoint(point.distributionPoint, base, idp?.distributionPoint, issuer)) return maskReasons(point.reasons);
  }
  return idp?.distributionPoint === undefined ? everyReason : undefined;
}

/** Which certificates the CRL is about, where `matchPoints` says that this one is not among them. */
export function explainScope(
  { basicConstraints }: OpensslCertificate,
  crl: CertificateList,
  idp: IssuingDistributionPoint | undefined,
): Pick<ParamsOf<'crl/out-of-scope'>, 'scope' | 'points'> {
  if (idp?.onlyContainsAttributeCerts) return { scope: 'attribute-certificates', points: [] };
  if (basicConstraints?.cA && idp?.onlyContainsUserCerts) return { scope: 'user-certificates', points: [] };
  if (!basicConstraints?.cA && idp?.onlyContainsCACerts) return { scope: 'ca-certificates', points: [] };
  const names = idp?.distributionPoint ? pointNamesOf(idp.distributionPoint, crl.tbsCertList.issuer) : [];
  return { scope: 'distribution-point', points: names.map(({ text }) => text) };
}

function pointsOf({ tbsCertificate }: OpensslCertificate['certificate']): readonly DistributionPoint[] {
  try {
    return tbsCertificate.extensions.get(cRLDistributionPoints) ?? [];
  } catch (error) {
    if (error instanceof MalformedInputError) return [];
    throw error;
  }
}

function isNamed(name: GeneralName, wanted: Name): boolean {
  return name.type === 'directoryName' && opensslNameKey(name.value) === opensslNameKey(wanted);
}

/** Where one of the two is absent they agree; else one name has to be on both sides. */
function isSamePoint(
  a: DistributionPointName | undefined,
  baseOfA: Name,
  b: DistributionPointName | undefined,
  baseOfB: Name,
): boolean {
  if (!a || !b) return true;
  const others = new Set(namesOf(b, baseOfB));
  return namesOf(a, baseOfA).some((name) => others.has(name));
}

function namesOf(point: DistributionPointName, base: Name): string[] {
  if ('fullName' in point) return point.fullName.map(identifyName);
  const whole = { ...base, rdnSequence: [...base.rdnSequence, point.nameRelativeToCRLIssuer] };
  return [`directoryName ${opensslNameKey(whole)}`];
}

function identifyName(name: GeneralName): string {
  if (name.type === 'directoryName') return `directoryName ${opensslNameKey(name.value)}`;
  return name.type === 'iPAddress' ? `iPAddress ${toHex(name.value)}` : `${name.type} ${formatGeneralName(name)}`;
}
