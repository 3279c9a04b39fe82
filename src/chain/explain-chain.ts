/** The findings about one arranged chain: what is missing and what came near, dates, and links that verifiers refuse. */
import { findWeakness } from '../crypto/strength.js';
import { equalBytes, toHex } from '../der/values.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { formatSerialNumber, subjectOf, type Certificate } from '../x509/certificate.js';
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

function authorityKey(certificate: Certificate): Uint8Array | undefined {
  return certificate.tbsCertificate.extensions.get(authorityKeyIdentifier)?.keyIdentifier;
}

function ownKey(certificate: Certificate): Uint8Array | undefined {
  return certificate.tbsCertificate.extensions.get(subjectKeyIdentifier);
}

interface Mismatch {
  /** What the authority key identifier names the issuer by, as far as it differs. */
  readonly by: 'key' | 'certificate';
  readonly wanted: string;
  readonly found: string;
}

/** Why an authority key identifier does not name a certificate: other keys, else another issuer or serial number of it. */
function describeMismatch(issued: Certificate, issuer: Certificate): Mismatch {
  const authority = issued.tbsCertificate.extensions.get(authorityKeyIdentifier);
  const [wanted, found] = [authority?.keyIdentifier, ownKey(issuer)];
  if (wanted && found && !equalBytes(wanted, found)) return { by: 'key', wanted: toHex(wanted), found: toHex(found) };
  const serial = authority?.authorityCertSerialNumber;
  const names = authority?.authorityCertIssuer?.filter((name) => name.type === 'directoryName') ?? [];
  const describe = (serialNumber: Uint8Array | undefined, name: string): string => {
    const number = serialNumber ? `serial number ${formatSerialNumber(serialNumber)}` : 'a certificate';
    return name === '' ? number : `${number} of ${name}`;
  };
  const own = issuer.tbsCertificate;
  return {
    by: 'certificate',
    wanted: describe(serial, names.map(({ value }) => formatName(value)).join(' or ')),
    found: describe(serial && own.serialNumber, names.length > 0 ? formatName(own.issuer) : ''),
  };
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
  const { by, wanted, found } = describeMismatch(certificate, candidate);
  const reason =
    by === 'key' ? `the key ${wanted} is wanted, this one has ${found}` : `${wanted} is wanted, not ${found}`;
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

/**
 * Observed on OpenSSL 3.0.19: the last certificate of a chain passes for a CA without basic constraints, if its key usage
 * has keyCertSign; an intermediate does not (error 79). Java 17 refuses such a root in TLS, RFC 5280 6.1 leaves it open.
 */
function explainNoCA(issuer: Certificate, issued: string, pile: Pile): Finding {
  const { extensions } = issuer.tbsCertificate;
  const isTolerated =
    !extensions.get(basicConstraints) &&
    extensions.get(keyUsage)?.has('keyCertSign') === true &&
    pile.index.isSelfSigned(issuer);
  const reason = isTolerated
    ? 'it has no basic constraints; OpenSSL goes by keyCertSign in its key usage, others refuse it'
    : extensions.get(basicConstraints)
      ? 'its basic constraints say cA FALSE'
      : 'it has no basic constraints';
  const place = { origin: issuer.origin };
  const finding = createFinding('chain/issuer-is-no-ca', subjectOf(issuer), { issued, reason }, place);
  return isTolerated ? { ...finding, severity: 'warning' } : finding;
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
    const { wanted, found } = describeMismatch(issuedCertificate, issuer);
    const params = { issued, wanted, found };
    findings.push(createFinding('chain/key-identifier-mismatch', subjectOf(issuer), params, place));
  }
  if (!isCA(issuer, pile)) {
    findings.push(explainNoCA(issuer, issued, pile));
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
