/** The findings about one arranged chain: what is missing and what came near, dates, and links that verifiers refuse. */
import { findWeakness } from '../crypto/strength.js';
import { toHex } from '../der/values.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';
import { authorityInfoAccess } from '../x509/extensions/information-access.js';
import { keyUsage } from '../x509/extensions/key-usage.js';
import { subjectKeyIdentifier } from '../x509/extensions/subject-key-identifier.js';
import { formatName, shortName } from '../x509/name.js';
import { nameCertificate } from '../x509/naming.js';
import { findPathLengthFaults, maySignCertificates, type AssessedPath } from './assess-path.js';
import { isCA } from './find-leaves.js';
import type { IssuerCandidate } from './issuer-index.js';
import type { Pile } from './pile.js';

const caIssuers = '1.3.6.1.5.5.7.48.2';

/** Where the issuer's certificate is published (RFC 5280 4.2.2.1). */
export function issuerURLs(certificate: Certificate): string[] {
  const descriptions = certificate.tbsCertificate.extensions.get(authorityInfoAccess) ?? [];
  return descriptions.flatMap(({ accessMethod, accessLocation }) =>
    accessMethod === caIssuers && accessLocation.type === 'uniformResourceIdentifier' ? [accessLocation.value] : [],
  );
}

function hexOrNone(identifier: Uint8Array | undefined): string {
  return identifier ? toHex(identifier) : 'none';
}

function authorityKey(certificate: Certificate): Uint8Array | undefined {
  return certificate.tbsCertificate.extensions.get(authorityKeyIdentifier)?.keyIdentifier;
}

function ownKey(certificate: Certificate): Uint8Array | undefined {
  return certificate.tbsCertificate.extensions.get(subjectKeyIdentifier);
}

/** A certificate whose issuer is not in the pile, with every certificate that only bears the issuer's name. */
export function explainMissingIssuer(certificate: Certificate, pile: Pile): Finding[] {
  const candidates = pile.index.findIssuers(certificate).filter((candidate) => candidate.certificate !== certificate);
  // What OpenSSL does: a name that fits is tried unless the key identifier speaks against it; then the signature fails.
  const tried = candidates.filter(({ keyIdentifier }) => keyIdentifier !== 'mismatch');
  if (tried.length > 0) return tried.map((candidate) => explainBadSignature(certificate, candidate));
  const wanted = authorityKey(certificate);
  const missing = createFinding(
    'chain/missing-issuer',
    subjectOf(certificate),
    {
      issuer: formatName(certificate.tbsCertificate.issuer) || '(empty name)',
      keyIdentifier: wanted && toHex(wanted),
      urls: issuerURLs(certificate),
    },
    { origin: certificate.origin },
  );
  return [missing, ...candidates.map((candidate) => explainNearMiss(certificate, candidate))];
}

function explainBadSignature(
  certificate: Certificate,
  { certificate: candidate, signature }: IssuerCandidate,
): Finding {
  const issuer = nameCertificate(candidate);
  const place = { origin: certificate.origin };
  if (signature.outcome === 'unsupported') {
    const params = { issuer, reason: signature.reason };
    return createFinding('chain/signature-not-checked', subjectOf(certificate), params, place);
  }
  return createFinding('chain/bad-signature', subjectOf(certificate), { issuer }, place);
}

function explainNearMiss(certificate: Certificate, { certificate: candidate }: IssuerCandidate): Finding {
  const [wanted, found] = [hexOrNone(authorityKey(certificate)), hexOrNone(ownKey(candidate))];
  const reason = `the key ${wanted} is wanted, this one has ${found}`;
  const params = { wanted: shortName(certificate.tbsCertificate.subject), reason };
  return createFinding('chain/near-miss', subjectOf(candidate), params, { origin: candidate.origin });
}

/** Dates of one certificate at an instant (RFC 5280 6.1.3 step (a)(2)). */
export function explainValidity(certificate: Certificate, at: Date): Finding[] {
  const { notBefore, notAfter } = certificate.tbsCertificate.validity;
  const instant = at.toISOString();
  const place = { origin: certificate.origin };
  if (at > notAfter) {
    const params = { notAfter: notAfter.toISOString(), at: instant };
    return [createFinding('certificate/expired', subjectOf(certificate), params, place)];
  }
  if (at < notBefore) {
    const params = { notBefore: notBefore.toISOString(), at: instant };
    return [createFinding('certificate/not-yet-valid', subjectOf(certificate), params, place)];
  }
  return [];
}

/** What verifiers would hold against the step from one certificate to its issuer, although the names fit. */
function explainLink(issuedCertificate: Certificate, link: IssuerCandidate, pile: Pile): Finding[] {
  const { certificate: issuer, signature, keyIdentifier } = link;
  const issued = shortName(issuedCertificate.tbsCertificate.subject);
  const place = { origin: issuer.origin };
  const findings: Finding[] = [];
  if (signature.outcome === 'unsupported') {
    const params = { issuer: shortName(issuer.tbsCertificate.subject), reason: signature.reason };
    const at = { origin: issuedCertificate.origin };
    findings.push(createFinding('chain/signature-not-checked', subjectOf(issuedCertificate), params, at));
  }
  if (keyIdentifier === 'mismatch') {
    const params = { issued, wanted: hexOrNone(authorityKey(issuedCertificate)), found: hexOrNone(ownKey(issuer)) };
    findings.push(createFinding('chain/key-identifier-mismatch', subjectOf(issuer), params, place));
  }
  if (!isCA(issuer, pile)) {
    const constraints = issuer.tbsCertificate.extensions.get(basicConstraints);
    const reason = constraints ? 'its basic constraints say cA FALSE' : 'it has no basic constraints';
    findings.push(createFinding('chain/issuer-is-no-ca', subjectOf(issuer), { issued, reason }, place));
  } else if (!maySignCertificates(issuer)) {
    const usages = [...(issuer.tbsCertificate.extensions.get(keyUsage) ?? [])];
    findings.push(createFinding('chain/issuer-may-not-sign', subjectOf(issuer), { issued, keyUsage: usages }, place));
  }
  return findings;
}

/** RFC 5280 6.1.4 steps (l) and (m). */
function explainPathLength(path: AssessedPath): Finding[] {
  return findPathLengthFaults(path.certificates).map(({ certificate, allowed, found }) =>
    createFinding('chain/path-too-long', subjectOf(certificate), { allowed, found }, { origin: certificate.origin }),
  );
}

/** Everything that will make the path fail, from the end entity upward. */
export function explainPath(path: AssessedPath, pile: Pile, at: Date): Finding[] {
  const findings = path.certificates.flatMap((certificate, position) => {
    const link = path.links[position];
    return [
      ...explainValidity(certificate, at),
      ...findWeakness(certificate),
      ...(link ? explainLink(certificate, link, pile) : []),
    ];
  });
  findings.push(...explainPathLength(path));
  const last = path.certificates.at(-1);
  if (!last) return findings;
  if (!path.complete) findings.push(...explainMissingIssuer(last, pile));
  else if (!path.trusted) {
    findings.push(createFinding('chain/root-not-trusted', subjectOf(last), {}, { origin: last.origin }));
  }
  return findings;
}
