/**
 * Predicts what `openssl verify -crl_check` and `-crl_check_all` say of CRLs: each certificate of the chain from the end
 * entity up, the root included, with the best CRL of its issuer, or the best for it that there is. Without extended CRL
 * support, as programs are that do not ask for it: no indirect CRLs, none for some reasons only, and a delta is taken for
 * a complete CRL. A model, not a validator; observed on 3.0.19.
 */
import { toHex } from '../der/values.js';
import { createFinding, type FindingCode, type ParamsOf } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { matchesAuthority, viewAsOpenssl, type OpensslCertificate } from '../path/security-pack/openssl-certificate.js';
import { opensslNameKey } from '../path/security-pack/openssl-names.js';
import type { CRLEvidence } from '../revocation/crl-evidence.js';
import { isDelta, reasonOf } from '../revocation/consider-crl.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { subjectOfCRL, type CertificateList } from '../x509/crl.js';
import type { RevokedCertificate } from '../x509/crl-entry.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { deltaCRLIndicator, issuingDistributionPoint } from '../x509/extensions/crl-extensions.js';
import { nameCertificate } from '../x509/naming.js';
import { formatName, shortName } from '../x509/name.js';
import { everyReason, explainScope, matchPoints } from './predict-scope.js';

export interface PredictionInputs {
  readonly crls: readonly CertificateList[];
  readonly at: Date;
  readonly evidence: CRLEvidence;
}

/** A CRL of the issuer's name with a key identifier that fits. */
interface Candidate {
  readonly crl: CertificateList;
  /** Whose key is tried: the next certificate of the chain, or one above it with the name of the CRL's issuer. */
  readonly issuer: OpensslCertificate;
  /** Which counts more is as OpenSSL weighs it (CRL_SCORE_…). */
  readonly score: number;
  /** Covered by this CRL and those before it; undefined where its scope is another. */
  readonly reasons: number | undefined;
}

const weights = { noCritical: 0x100, scope: 0x80, time: 0x40, issuerName: 0x20, nextCertificate: 0x18, samePath: 0x08 };

/** @param chain end entity first, root last. @param asked how many of its certificates from the end entity on. */
export function predictRevocation(
  chain: readonly Certificate[],
  asked: number,
  inputs: PredictionInputs,
): readonly Finding[] {
  const views = chain.map(viewAsOpenssl);
  for (let position = 0; position < asked; position++) {
    const findings = predictOne(views, position, inputs);
    if (findings.length > 0) return findings;
  }
  return [];
}

/** The errors about one certificate, in OpenSSL's order; the first one is what counts. */
function predictOne(chain: readonly OpensslCertificate[], position: number, inputs: PredictionInputs): Finding[] {
  const view = chain[position];
  if (!view || view.isProxy) return [];
  const { certificate } = view;
  const issuer = chain[position + 1]?.certificate ?? certificate;
  for (let reasons = 0; reasons !== everyReason;) {
    const best = chooseCRL(chain, position, reasons, inputs);
    if (!best) return [sayMissing(certificate, issuer)];
    const findings = [...checkCRL(best, view, inputs), ...lookUp(best.crl, certificate, inputs)];
    if (findings.length > 0) return findings;
    if (best.reasons === undefined || best.reasons === reasons) return [sayMissing(certificate, issuer)];
    reasons = best.reasons;
  }
  return [];
}

/** The highest score; of equal ones the newest, and of equally new ones the first. */
function chooseCRL(
  chain: readonly OpensslCertificate[],
  position: number,
  reasons: number,
  { crls, at }: PredictionInputs,
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const crl of crls) {
    const candidate = weighCRL(crl, chain, position, reasons, at);
    if (!candidate || (best && candidate.score < best.score)) continue;
    const isNewer =
      !best || candidate.score > best.score || crl.tbsCertList.thisUpdate > best.crl.tbsCertList.thisUpdate;
    if (isNewer) best = candidate;
  }
  return best;
}

function weighCRL(
  crl: CertificateList,
  chain: readonly OpensslCertificate[],
  position: number,
  covered: number,
  at: Date,
): Candidate | undefined {
  const view = chain[position];
  const { tbsCertList } = crl;
  const idp = readOf(() => tbsCertList.crlExtensions.get(issuingDistributionPoint));
  if (!view || idp === 'unreadable' || idp?.indirectCRL || idp?.onlySomeReasons) return undefined;
  const flags = [idp?.onlyContainsUserCerts, idp?.onlyContainsCACerts, idp?.onlyContainsAttributeCerts];
  if (flags.filter(Boolean).length > 1) return undefined;
  if (opensslNameKey(tbsCertList.issuer) !== opensslNameKey(view.certificate.tbsCertificate.issuer)) return undefined;
  const signer = findSigner(crl, chain, position);
  if (!signer) return undefined;
  const reasons = matchPoints(view, crl, idp);
  if (reasons !== undefined && (reasons & ~covered) === 0) return undefined;
  const score =
    weights.issuerName +
    signer.weight +
    (findCriticalExtension(crl) === undefined ? weights.noCritical : 0) +
    (isCurrent(crl, at) ? weights.time : 0) +
    (reasons === undefined ? 0 : weights.scope);
  return { crl, issuer: signer.issuer, score, reasons: reasons === undefined ? undefined : covered | reasons };
}

function readOf<T>(read: () => T): T | 'unreadable' {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedInputError) return 'unreadable';
    throw error;
  }
}

/** The next certificate whatever its name, since it issued the one in question; else one above it of the CRL issuer's name. */
function findSigner(
  crl: CertificateList,
  chain: readonly OpensslCertificate[],
  position: number,
): { readonly issuer: OpensslCertificate; readonly weight: number } | undefined {
  const authority = readOf(() => crl.tbsCertList.crlExtensions.get(authorityKeyIdentifier));
  if (authority === 'unreadable') return undefined;
  const fits = (issuer: OpensslCertificate): boolean =>
    matchesAuthority({ authorityKeyIdentifier: authority }, issuer.certificate, issuer);
  const first = Math.min(position + 1, chain.length - 1);
  const next = chain[first];
  if (next && fits(next)) return { issuer: next, weight: weights.nextCertificate };
  const name = opensslNameKey(crl.tbsCertList.issuer);
  const above = chain
    .slice(first + 1)
    .find((each) => opensslNameKey(each.certificate.tbsCertificate.subject) === name && fits(each));
  return above && { issuer: above, weight: weights.samePath };
}

/** OpenSSL takes the very instant of nextUpdate for too late. */
function isCurrent({ tbsCertList: { thisUpdate, nextUpdate } }: CertificateList, at: Date): boolean {
  return thisUpdate <= at && (nextUpdate === undefined || nextUpdate > at);
}

const processedExtensions: ReadonlySet<string> = new Set([
  issuingDistributionPoint.extnID,
  authorityKeyIdentifier.extnID,
  deltaCRLIndicator.extnID,
]);

function findCriticalExtension({ tbsCertList }: CertificateList): { extnID: string; offset: number } | undefined {
  return tbsCertList.crlExtensions.list.find(({ critical, extnID }) => critical && !processedExtensions.has(extnID));
}

function say<Code extends FindingCode>(crl: CertificateList, code: Code, params: ParamsOf<Code>): Finding {
  return createFinding(code, subjectOfCRL(crl), params, { origin: crl.origin });
}

/** About the issuer, as everywhere. */
function sayMissing(certificate: Certificate, issuer: Certificate): Finding {
  const params = {
    issuer: formatName(certificate.tbsCertificate.issuer) || '(empty name)',
    certificates: [nameCertificate(certificate)],
    urls: [],
    cRLIssuers: [],
  };
  return createFinding('crl/missing', subjectOf(issuer), params, { origin: issuer.origin });
}

function checkCRL(
  { crl, issuer, reasons }: Candidate,
  view: OpensslCertificate,
  { at, evidence }: PredictionInputs,
): Finding[] {
  const { certificate } = view;
  const certificates = [nameCertificate(certificate)];
  const { subject, subjectPublicKeyInfo } = issuer.certificate.tbsCertificate;
  const { thisUpdate, nextUpdate } = crl.tbsCertList;
  const instant = at.toISOString();
  const findings: Finding[] = [];
  // OpenSSL asks this of complete CRLs only, and takes a delta for one that has passed.
  const isAsked = !isDelta(crl);
  if (isAsked && issuer.keyUsage && !issuer.keyUsage.has('cRLSign')) {
    const params = { certificates, issuer: formatName(subject), keyUsage: [...issuer.keyUsage] };
    findings.push(say(crl, 'crl/issuer-may-not-sign', params));
  }
  if (isAsked && reasons === undefined) {
    const idp = crl.tbsCertList.crlExtensions.get(issuingDistributionPoint);
    findings.push(say(crl, 'crl/out-of-scope', { certificates, ...explainScope(view, crl, idp) }));
  }
  if (thisUpdate > at) {
    findings.push(say(crl, 'crl/not-yet-valid', { certificates, thisUpdate: thisUpdate.toISOString(), at: instant }));
  }
  if (nextUpdate !== undefined && nextUpdate <= at) {
    findings.push(say(crl, 'crl/stale', { certificates, nextUpdate: nextUpdate.toISOString(), at: instant }));
  }
  if (evidence.checkSignature(crl, subjectPublicKeyInfo).outcome !== 'valid') {
    findings.push(say(crl, 'crl/bad-signature', { certificates, reason: 'does-not-verify' }));
  }
  return findings;
}

/** An unknown critical extension, in the CRL or in any entry, comes before what the entries say. */
function lookUp(crl: CertificateList, certificate: Certificate, { evidence }: PredictionInputs): Finding[] {
  const scan = evidence.scan(crl, certificate);
  if (scan instanceof MalformedInputError) return [scan.toFinding(subjectOfCRL(crl))];
  const certificates = [nameCertificate(certificate)];
  const critical = findCriticalExtension(crl);
  if (critical) {
    const { extnID, offset } = critical;
    return [say(crl, 'crl/unhandled-critical-extension', { certificates, extnID, where: 'crl', offset })];
  }
  if (scan.criticalExtension) {
    const params = { certificates, ...scan.criticalExtension, where: 'entry' as const };
    return [say(crl, 'crl/unhandled-critical-extension', params)];
  }
  const { serialNumber, issuer } = certificate.tbsCertificate;
  const entry = scan.found
    .get(toHex(serialNumber))
    ?.find(({ certificateIssuer }) =>
      certificateIssuer
        ? certificateIssuer.some(
            (name) => name.type === 'directoryName' && opensslNameKey(name.value) === opensslNameKey(issuer),
          )
        : true,
    );
  return entry && reasonOf(entry) !== 'removeFromCRL' ? [sayRevoked(crl, certificate, entry)] : [];
}

function sayRevoked(crl: CertificateList, certificate: Certificate, entry: RevokedCertificate): Finding {
  const params = {
    revokedAt: entry.revocationDate.toISOString(),
    reason: reasonOf(entry),
    crl: shortName(crl.tbsCertList.issuer),
  };
  return createFinding('crl/revoked', subjectOf(certificate), params, { origin: certificate.origin });
}
