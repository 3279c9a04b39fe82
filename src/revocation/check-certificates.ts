/**
 * Says for a pile of certificates which are revoked: finds the issuer of each among everything given, then asks every
 * CRL about all of them at once.
 */
import { assessPath, comparePaths } from '../chain/assess-path.js';
import { explainMissingIssuer, explainValidity } from '../chain/explain-chain.js';
import type { OnProgress } from '../chain/issuer-index.js';
import { findLeaves } from '../chain/find-leaves.js';
import { findPaths } from '../chain/find-paths.js';
import { buildPile, separateMalformed, type Pile } from '../chain/pile.js';
import { createFinding } from '../finding/catalogue.js';
import { isOk, type Finding } from '../finding/finding.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { maySignCRLs } from './authenticate-crl.js';
import { makeUnjudged, RevocationJudge, type RevocationTarget } from './check-revocation.js';
import { explainVerdicts } from './explain-revocation.js';
import type { RevocationVerdict } from './judge-revocation.js';
import { nameCertificate } from '../x509/naming.js';

export interface CheckCertificatesInput {
  readonly certificates: readonly Certificate[];
  /** Certificates to find issuers among; they are checked only where they stand above a certificate that was given. */
  readonly issuers?: readonly Certificate[] | undefined;
  readonly crls: readonly CertificateList[];
  readonly at: Date;
  /** `leaf`: the end entities alone. `chain`: also the CAs given and those above, but for self-signed roots. */
  readonly scope: 'leaf' | 'chain';
  /** In milliseconds; see `CheckRevocationInput`. */
  readonly warnBefore?: number | undefined;
  /** Told of how many certificates the signature has been looked into. */
  readonly onProgress?: OnProgress | undefined;
}

export interface NotChecked {
  readonly certificate: Certificate;
  /** `root`: nobody revokes a root but who trusts it. `scope`: a CA, and only end entities were asked about. */
  readonly reason: 'root' | 'scope';
}

export interface CheckCertificatesResult {
  /** True when no finding is an error; every certificate checked is then good. */
  readonly ok: boolean;
  /** Those given first, in the order given, then the CAs above them. */
  readonly checked: readonly RevocationVerdict[];
  readonly notChecked: readonly NotChecked[];
  readonly findings: readonly Finding[];
}

/**
 * Says which certificates are revoked (RFC 5280 6.3.3); see `checkRevocation` for the rules and for what is not handled.
 *
 * Among several certificates of the issuer's name the one whose key made the signature is taken. All certificates given
 * may have signed CRLs; where one that did is not on the path itself, its own status is asked too, in `leaf` scope only
 * that it is not revoked. Certificates whose issuer is not there, or with an extension that cannot be read, come out
 * `unknown`. The paths are not validated: that is `verify`'s business.
 */
export function checkCertificates(input: CheckCertificatesInput): CheckCertificatesResult {
  const { certificates, issuers, crls, at, scope, warnBefore, onProgress } = input;
  const pile = buildPile(certificates, { pool: issuers, onProgress });
  const chosen = chooseTargets(pile, scope, at);
  const roots = scope === 'chain' ? chosen.notChecked.map(({ certificate }) => certificate) : [];
  const signers = [...pile.certificates, ...separateMalformed(issuers ?? []).wellFormed];
  const asked = [...chosen.targets, ...roots];
  const signerStatus = scope === 'chain' ? 'good' : 'not-revoked';
  const judge = new RevocationJudge({ crls, at, signers, signerStatus, expected: asked });
  const judged = new Map(
    judge.judge(findPathsUpward(asked, pile, at)).map((verdict) => [verdict.certificate, verdict]),
  );
  // A root that its own CRL lists is the one thing that a CRL can say of a root; OpenSSL 3.0 heeds it with -crl_check_all.
  const revokedRoots = roots.filter((certificate) => judged.get(certificate)?.status === 'revoked');
  const targets = [...chosen.targets, ...revokedRoots];
  const notChecked = chosen.notChecked.filter(({ certificate }) => !revokedRoots.includes(certificate));
  const verdicts = targets.map(
    (certificate) => judged.get(certificate) ?? makeUnjudged(certificate, 'issuer-certificate-missing'),
  );
  const findings = [
    ...explainPile(pile, certificates.length),
    ...explainVerdicts(verdicts, { at, warnBefore }),
    ...verdicts.flatMap(({ certificate, issuer }) => (issuer ? [] : explainNearMisses(certificate, pile))),
    ...targets.flatMap((certificate) => explainDates(certificate, at)),
  ];
  if (verdicts.length === 0 && pile.malformed.length === 0 && certificates.length > 0) {
    findings.push(createFinding('crl/nothing-checked', { kind: 'chain', name: 'the input' }, {}));
  }
  const checked = [
    ...verdicts,
    ...pile.malformed.map((certificate) => makeUnjudged(certificate, 'certificate-malformed')),
  ];
  return { ok: isOk(findings), checked, notChecked, findings };
}

function chooseTargets(
  pile: Pile,
  scope: 'leaf' | 'chain',
  at: Date,
): { targets: readonly Certificate[]; notChecked: NotChecked[] } {
  const isRoot = (certificate: Certificate): boolean => pile.index.isSelfSigned(certificate);
  if (scope === 'leaf') {
    const targets = findLeaves(pile).filter((certificate) => !isRoot(certificate));
    const isTarget = new Set(targets);
    const others = pile.certificates.filter((certificate) => !isTarget.has(certificate));
    return {
      targets,
      notChecked: others.map((certificate) => ({ certificate, reason: isRoot(certificate) ? 'root' : 'scope' })),
    };
  }
  const all = new Set(pile.certificates);
  for (const certificate of pile.certificates) for (const above of climb(certificate, pile, at)) all.add(above);
  const everyone = [...all];
  return {
    targets: everyone.filter((certificate) => !isRoot(certificate)),
    notChecked: everyone.filter(isRoot).map((certificate) => ({ certificate, reason: 'root' })),
  };
}

/** The certificates whose issuer is there, each with what stands above it. */
function findPathsUpward(certificates: readonly Certificate[], pile: Pile, at: Date): RevocationTarget[] {
  const paths = new Map<Certificate, readonly Certificate[]>();
  return certificates.flatMap((certificate) => {
    const issuer = findIssuer(certificate, pile);
    if (!issuer) return [];
    const issuerPath = paths.get(issuer) ?? climb(issuer, pile, at).slice(1);
    paths.set(issuer, issuerPath);
    return [{ certificate, issuer, issuerPath }];
  });
}

/** The certificates of the best path upward. */
function climb(certificate: Certificate, pile: Pile, at: Date): readonly Certificate[] {
  const paths = findPaths(certificate, pile.index).paths.map((path) => assessPath(path, pile, { at }));
  return paths.sort(comparePaths)[0]?.certificates ?? [];
}

/**
 * A certificate whose key signed this one; its name alone is not enough. Of several for one key, as after a renewal, one
 * that may sign CRLs.
 */
function findIssuer(certificate: Certificate, pile: Pile): Certificate | undefined {
  const issuers = pile.index.findUsableIssuers(certificate).filter(({ signature }) => signature.outcome === 'valid');
  return (issuers.find((issuer) => maySignCRLs(issuer.certificate)) ?? issuers[0])?.certificate;
}

function explainPile(pile: Pile, given: number): Finding[] {
  const nothing = given === 0 ? [createFinding('chain/no-certificates', { kind: 'chain', name: 'the input' }, {})] : [];
  const duplicates = pile.duplicates.map(({ certificate, first }) =>
    createFinding(
      'chain/duplicate',
      subjectOf(certificate),
      { first: nameCertificate(first) },
      { origin: certificate.origin },
    ),
  );
  return [...nothing, ...pile.findings, ...duplicates];
}

function explainNearMisses(certificate: Certificate, pile: Pile): Finding[] {
  return explainMissingIssuer(certificate, pile).filter(({ code }) => code === 'chain/near-miss');
}

// RFC 5280 3.3: an entry may leave the CRL once the certificate has expired, so a good status says little then.
function explainDates(certificate: Certificate, at: Date): Finding[] {
  return explainValidity(certificate, at).map((finding) => ({ ...finding, severity: 'warning' }));
}
