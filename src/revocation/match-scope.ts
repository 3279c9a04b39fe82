/**
 * Whether a CRL is about a certificate, and for which reasons (RFC 5280 6.3.3 steps (b) and (d)).
 *
 * The RFC walks the certificate's distribution points and looks for a CRL at each; here the CRL is at hand and the points
 * are looked for that lead to it. What comes out is the same and does not hang on the order: the reasons of all points
 * that match, the one that the RFC assumes for the issuer's own CRLs included.
 */
import { equalNames } from '../names/distinguished-name.js';
import type { Certificate } from '../x509/certificate.js';
import type { TBSCertList } from '../x509/crl.js';
import { issuerAltName } from '../x509/extensions/alternative-names.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';
import { issuingDistributionPoint } from '../x509/extensions/crl-extensions.js';
import {
  cRLDistributionPoints,
  type DistributionPoint,
  type ReasonFlags,
} from '../x509/extensions/distribution-points.js';
import type { GeneralNames } from '../x509/general-name.js';
import type { Name } from '../x509/name.js';
import { pointNameOf, pointNamesOf, type PointName } from './crl-scope.js';
import { makeObjection, type Objection } from './objection.js';
import { allReasons, intersectReasons, uniteReasons } from './reasons.js';

/**
 * Why a CRL may speak about a certificate: `own` bears the name of the certificate's issuer, `delegated` that of somebody
 * whom the certificate names as its cRLIssuer; `none` may not.
 */
export type CRLRelation = 'own' | 'delegated' | 'none';

/** RFC 5280 6.3.3 step (b)(1), the names alone; no extension of the CRL is looked at. */
export function relateIssuers({ issuer }: TBSCertList, certificate: Certificate): CRLRelation {
  if (equalNames(issuer, certificate.tbsCertificate.issuer)) return 'own';
  const isNamed = pointsOf(certificate).some(({ cRLIssuer }) => cRLIssuer && includesName(cRLIssuer, issuer));
  return isNamed ? 'delegated' : 'none';
}

/** Whose CRLs may have a relation to the certificate: its issuer, and whom its distribution points name as cRLIssuer. */
export function namesOfCRLIssuers(certificate: Certificate): readonly Name[] {
  const delegated = pointsOf(certificate).flatMap(({ cRLIssuer }) => (cRLIssuer ? directoryNames(cRLIssuer) : []));
  return [certificate.tbsCertificate.issuer, ...delegated];
}

export type ScopeMatch =
  | { readonly covers: false; readonly objection: Objection }
  | {
      readonly covers: true;
      /** RFC 5280 6.3.3 step (d): the interim reasons mask, over all points that lead to the CRL. */
      readonly reasons: ReasonFlags;
      /** True where only the name of the certificate's issuer, taken for a distribution point, leads to the CRL. */
      readonly byIssuerName: boolean;
      /** True where the first point that leads to the CRL has not all of these reasons: OpenSSL 3.0 sees no further. */
      readonly byLaterPoints: boolean;
    };

/** Whether the scope of a CRL, which must not be of relation `none`, covers the certificate. */
export function matchScope(tbsCertList: TBSCertList, certificate: Certificate, relation: CRLRelation): ScopeMatch {
  const scope = tbsCertList.crlExtensions.get(issuingDistributionPoint);
  // RFC 5280 6.3.3 step (b)(1)
  if (relation === 'delegated' && !scope?.indirectCRL) return refuse(makeObjection('not-indirect', {}));
  const isCA = certificate.tbsCertificate.extensions.get(basicConstraints)?.cA ?? false;
  // RFC 5280 6.3.3 steps (b)(2)(ii), (iii) and (iv)
  if (scope?.onlyContainsAttributeCerts) return refuse(outOfScope('attribute-certificates'));
  if (scope?.onlyContainsUserCerts && isCA) return refuse(outOfScope('user-certificates'));
  if (scope?.onlyContainsCACerts && !isCA) return refuse(outOfScope('ca-certificates'));
  return matchPoints(tbsCertList, certificate, relation);
}

function refuse(objection: Objection): ScopeMatch {
  return { covers: false, objection };
}

function outOfScope(scope: 'user-certificates' | 'ca-certificates' | 'attribute-certificates'): Objection {
  return makeObjection('out-of-scope', { scope, points: [] });
}

/** A distribution point of a certificate as far as it matters to CRLs. */
interface Point {
  readonly names: readonly PointName[];
  readonly reasons: ReasonFlags | undefined;
  readonly cRLIssuer: GeneralNames | undefined;
}

function matchPoints(tbsCertList: TBSCertList, certificate: Certificate, relation: CRLRelation): ScopeMatch {
  const scope = tbsCertList.crlExtensions.get(issuingDistributionPoint);
  const { own, assumed } = nameOwnPoints(certificate);
  const points = own
    // RFC 5280 6.3.3 step (b)(1)
    .filter(({ cRLIssuer }) =>
      cRLIssuer ? scope?.indirectCRL === true && includesName(cRLIssuer, tbsCertList.issuer) : relation === 'own',
    );
  if (relation === 'own') points.push(assumed);
  const wanted = nameWantedPoint(tbsCertList);
  // RFC 5280 6.3.3 step (b)(2)(i)
  const matching = wanted ? points.filter(({ names }) => haveCommon(names, wanted.names)) : points;
  if (wanted && matching.length === 0) return refuse(explainLeftToOthers(own, wanted.names) ?? wanted.missed);
  // RFC 5280 6.3.3 step (d)
  const masks = matching.map((point) => intersectReasons(point.reasons, scope?.onlySomeReasons));
  const reasons = uniteReasons(masks);
  const byIssuerName = wanted !== undefined && matching.every((point) => point === assumed);
  return { covers: true, reasons, byIssuerName, byLaterPoints: masks[0]?.size !== reasons.size };
}

function haveCommon(names: readonly PointName[], others: readonly PointName[]): boolean {
  return names.some(({ key }) => others.some((other) => other.key === key));
}

function explainLeftToOthers(own: readonly Point[], wanted: readonly PointName[]): Objection | undefined {
  const point = own.find(({ cRLIssuer, names }) => cRLIssuer && haveCommon(names, wanted));
  if (!point?.cRLIssuer) return undefined;
  const points = point.cRLIssuer.map((name) => pointNameOf(name).text);
  return makeObjection('out-of-scope', { scope: 'left-to-others', points });
}

interface WantedPoint {
  /** What its issuingDistributionPoint names. */
  readonly names: readonly PointName[];
  /** What is to be said where a certificate has none of them. */
  readonly missed: Objection;
}

/** Of each CRL, asked for again with every certificate. */
const wantedPoints = new WeakMap<TBSCertList, WantedPoint>();

/** Undefined where the CRL is not for a distribution point. */
function nameWantedPoint(tbsCertList: TBSCertList): WantedPoint | undefined {
  const known = wantedPoints.get(tbsCertList);
  if (known) return known;
  const name = tbsCertList.crlExtensions.get(issuingDistributionPoint)?.distributionPoint;
  if (!name) return undefined;
  const names = pointNamesOf(name, tbsCertList.issuer);
  const points = names.map(({ text }) => text);
  const wanted = { names, missed: makeObjection('out-of-scope', { scope: 'distribution-point', points }) };
  wantedPoints.set(tbsCertList, wanted);
  return wanted;
}

interface OwnPoints {
  readonly own: readonly Point[];
  /** Not in the certificate: RFC 5280 6.3.3 assumes it. */
  readonly assumed: Point;
}

/** Of each certificate, asked for again with every CRL. */
const ownPoints = new WeakMap<Certificate, OwnPoints>();

function nameOwnPoints(certificate: Certificate): OwnPoints {
  let points = ownPoints.get(certificate);
  if (!points) {
    const own = pointsOf(certificate).map((point): Point => {
      const { reasons, cRLIssuer } = point;
      return { names: namesOf(point, certificate), reasons, cRLIssuer };
    });
    points = { own, assumed: assumePoint(certificate) };
    ownPoints.set(certificate, points);
  }
  return points;
}

function pointsOf({ tbsCertificate }: Certificate): readonly DistributionPoint[] {
  return tbsCertificate.extensions.get(cRLDistributionPoints) ?? [];
}

function directoryNames(names: GeneralNames): readonly Name[] {
  return names.flatMap((name) => (name.type === 'directoryName' ? [name.value] : []));
}

function includesName(names: GeneralNames, wanted: Name): boolean {
  return directoryNames(names).some((name) => equalNames(name, wanted));
}

/** The names that an issuingDistributionPoint may match: those of the point, or where it has none, its CRL issuers. */
function namesOf({ distributionPoint, cRLIssuer }: DistributionPoint, certificate: Certificate): readonly PointName[] {
  if (!distributionPoint) return cRLIssuer?.map(pointNameOf) ?? [];
  // RFC 5280 4.2.1.13: relative to the CRL issuer, of whom there must be one only.
  const issuers = cRLIssuer ? directoryNames(cRLIssuer) : [certificate.tbsCertificate.issuer];
  return pointNamesOf(distributionPoint, issuers.length === 1 ? issuers[0] : undefined);
}

/** RFC 5280 6.3.3, last paragraph: for CRLs of the certificate's issuer that stand in none of its distribution points. */
function assumePoint({ tbsCertificate: { issuer, extensions } }: Certificate): Point {
  const names = [
    pointNameOf({ type: 'directoryName', value: issuer }),
    ...(extensions.get(issuerAltName) ?? []).map(pointNameOf),
  ];
  return { names, reasons: allReasons, cRLIssuer: undefined };
}
