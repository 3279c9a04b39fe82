/** Says whether one certificate is revoked, from the CRLs at hand. */
import { equalBytes } from '../der/values.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { equalNames } from '../names/distinguished-name.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { certificateExtensions, findMalformedExtensions } from '../x509/extensions/known-extensions.js';
import type { RevocationQuestion } from './consider-crl.js';
import { CRLEvidence } from './crl-evidence.js';
import { explainVerdicts } from './explain-revocation.js';
import { judgeRevocation, type JudgedCRL, type RevocationVerdict } from './judge-revocation.js';

export interface CheckRevocationInput extends RevocationQuestion {
  readonly crls: readonly CertificateList[];
  /** Warns where the CRL that a status rests on has no longer than this to live, in milliseconds. */
  readonly warnBefore?: number | undefined;
}

export interface RevocationResult extends RevocationVerdict {
  readonly findings: readonly Finding[];
}

/**
 * Says whether a certificate is revoked (RFC 5280 6.3.3).
 *
 * @param input parsed objects; `issuer` is the certificate whose key signed `certificate`, `at` the instant to judge by.
 * A CRL is current from thisUpdate to nextUpdate, both included; one without nextUpdate never ends, with a warning.
 * @returns `unknown` unless a CRL that can be used covers the certificate; every CRL comes back in `considered` with what
 * became of it. Whatever is not `good` has at least one finding of severity error. Codes: those of the area `crl`, and
 * `certificate/malformed-extension`. Never throws for what certificates or CRLs say.
 *
 * A certificate that a stale CRL lists is revoked, with `crl/stale` beside it as a warning (OpenSSL 3.0 gives error 12
 * first, then 23). Not handled yet, and so never `good`: delta and indirect CRLs, CRLs for some reasons only,
 * distribution points relative to the issuer's name, CRLs that the CA signs with another key than its certificates.
 * Not checked: that `issuer` signed `certificate`, and the path of `issuer` itself.
 */
export function checkRevocation(input: CheckRevocationInput): RevocationResult {
  const { certificate, issuer, at, crls, warnBefore } = input;
  const malformed = [certificate, issuer].flatMap(explainMalformedExtensions);
  if (malformed.length > 0) return { ...makeUnjudged(certificate, 'certificate-malformed'), findings: malformed };
  const isIssuer = equalNames(certificate.tbsCertificate.issuer, issuer.tbsCertificate.subject);
  const [judged] = isIssuer ? judgeAll([{ certificate, issuer, at }], crls) : [];
  const verdict = judged ?? makeUnjudged(certificate, 'issuer-certificate-missing');
  return { ...verdict, findings: explainVerdicts([verdict], { at, warnBefore }) };
}

/** A verdict where nothing could be judged. */
export function makeUnjudged(
  certificate: Certificate,
  obstacle: NonNullable<RevocationVerdict['obstacle']>,
): RevocationVerdict {
  return { certificate, status: 'unknown', obstacle, listedIn: [], considered: [] };
}

function explainMalformedExtensions(certificate: Certificate): Finding[] {
  const errors = findMalformedExtensions(certificate.tbsCertificate.extensions, certificateExtensions);
  return errors.map(({ offset, detail }) =>
    createFinding(
      'certificate/malformed-extension',
      subjectOf(certificate),
      { offset, detail },
      { origin: certificate.origin },
    ),
  );
}

/** Judges all questions with one look at each CRL. */
export function judgeAll(
  questions: readonly RevocationQuestion[],
  crls: readonly CertificateList[],
): RevocationVerdict[] {
  const { unique, repeated } = removeDuplicateCRLs(crls);
  const evidence = new CRLEvidence(questions.map(({ certificate }) => certificate));
  return questions.map((question) => {
    const verdict = judgeRevocation(question, unique, evidence);
    const judged = new Map(verdict.considered.map((item) => [item.crl, item]));
    const considered = crls.flatMap((crl, position): JudgedCRL[] => {
      const instead = repeated.get(position);
      const item = judged.get(crl);
      return instead ? [{ crl, outcome: 'duplicate', instead }] : item ? [item] : [];
    });
    return { ...verdict, considered };
  });
}

/** The first of each CRL; and, by position among those given, which one each of the others repeats. */
export function removeDuplicateCRLs(crls: readonly CertificateList[]): {
  unique: CertificateList[];
  repeated: ReadonlyMap<number, CertificateList>;
} {
  const unique: CertificateList[] = [];
  const repeated = new Map<number, CertificateList>();
  crls.forEach((crl, position) => {
    const known = unique.find(({ der }) => equalBytes(der, crl.der));
    if (known) repeated.set(position, known);
    else unique.push(crl);
  });
  return { unique, repeated };
}
