/** Says whether one certificate is revoked, from the CRLs at hand. */
import { separateMalformed } from '../chain/pile.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { equalNames } from '../names/distinguished-name.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { certificateExtensions, findMalformedExtensions } from '../x509/extensions/known-extensions.js';
import { CRLEvidence } from './crl-evidence.js';
import { CRLPile } from './crl-pile.js';
import { explainVerdicts } from './explain-revocation.js';
import { judgeRevocation, type RevocationVerdict } from './judge-revocation.js';
import { poolSigners, SignerCourt, type SignerPool } from './signer-court.js';
import type { ValidateSigner } from './validate-signer.js';

/** Who may have signed the CRLs besides the issuer of the certificate (RFC 5280 6.3.3 step (f)). */
export interface SignerOptions {
  /** Certificates among which the signer of a CRL is looked for; they may be of any kind and in any order. */
  readonly signers?: readonly Certificate[] | undefined;
  /**
   * Finds the path of a signer that is not on the path of the certificate, and says why it has none. Without it a signer
   * must be issued by a certificate of that path itself: see `validateByPath`.
   */
  readonly validateSigner?: ValidateSigner | undefined;
  /**
   * What is asked of the status of such a signer: `good`, unless given. `not-revoked` accepts one whose status nobody
   * knows, as OpenSSL does where it checks end entities alone.
   */
  readonly signerStatus?: 'good' | 'not-revoked' | undefined;
}

export interface CheckRevocationInput extends SignerOptions {
  readonly certificate: Certificate;
  /** Whose key signed the certificate. */
  readonly issuer: Certificate;
  /** The certificates above `issuer`, its own issuer first and the trust anchor last; they may sign CRLs, too. */
  readonly issuerPath?: readonly Certificate[] | undefined;
  readonly at: Date;
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
 * @returns `unknown` unless CRLs that can be used cover the certificate for every reason; every CRL comes back in
 * `considered` with what became of it, every signer from outside the path in `signers`. Whatever is not `good` has at
 * least one finding of severity error. Codes: those of the area `crl`, and `certificate/malformed-extension`. Never throws
 * for what certificates or CRLs say.
 *
 * A certificate that a stale CRL lists is revoked, with `crl/stale` beside it as a warning (OpenSSL 3.0 gives error 12
 * first, then 23). Delta CRLs that are given are used. Where OpenSSL 3.0 would not be content with the CRLs that a `good`
 * rests on, a warning says so. Not checked: that `issuer` signed `certificate`, the path of `issuer`, and the status of
 * the certificates above it.
 */
export function checkRevocation(input: CheckRevocationInput): RevocationResult {
  const { certificate, issuer, issuerPath = [], at, crls, warnBefore } = input;
  const malformed = [certificate, issuer, ...issuerPath].flatMap(explainMalformedExtensions);
  if (malformed.length > 0) return { ...makeUnjudged(certificate, 'certificate-malformed'), findings: malformed };
  const isIssuer = equalNames(certificate.tbsCertificate.issuer, issuer.tbsCertificate.subject);
  const { wellFormed: signers, findings: unreadable } = separateMalformed(input.signers ?? []);
  const targets = isIssuer ? [{ certificate, issuer, issuerPath }] : [];
  const judge = new RevocationJudge({ crls, at, signers, signerStatus: input.signerStatus, expected: [certificate] });
  const [judged] = judge.judge(targets, input.validateSigner);
  const verdict = judged ?? makeUnjudged(certificate, 'issuer-certificate-missing');
  const aside = unreadable.map((finding) => ({ ...finding, severity: 'warning' as const }));
  return { ...verdict, findings: [...explainVerdicts([verdict], { at, warnBefore }), ...aside] };
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

/** A certificate to be judged; nothing about it may be malformed. */
export interface RevocationTarget {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** As in `CheckRevocationInput`. */
  readonly issuerPath: readonly Certificate[];
}

export interface RevocationJudgeOptions extends Pick<SignerOptions, 'signerStatus'> {
  readonly crls: readonly CertificateList[];
  readonly at: Date;
  /** The extensions of all must be well-formed. */
  readonly signers: readonly Certificate[];
  /** What will be asked about, as far as it is known: each CRL is looked through once for all of them. */
  readonly expected: readonly Certificate[];
}

/** Judges certificates by the same CRLs, which are prepared once. */
export class RevocationJudge {
  private readonly pile: CRLPile;
  readonly evidence: CRLEvidence;
  private readonly pool: SignerPool;

  constructor(private readonly options: RevocationJudgeOptions) {
    const { crls, signers, expected } = options;
    this.pile = new CRLPile(crls);
    this.evidence = new CRLEvidence([...expected, ...signers]);
    this.pool = poolSigners(signers);
  }

  judge(
    targets: readonly RevocationTarget[],
    validateSigner?: SignerOptions['validateSigner'],
  ): readonly RevocationVerdict[] {
    const { pile, evidence, pool } = this;
    const { at, signerStatus = 'good' } = this.options;
    const courts = new Map<Certificate, SignerCourt>();
    return targets.map(({ certificate, issuer, issuerPath }) => {
      const path = [issuer, ...issuerPath];
      const court =
        courts.get(issuer) ?? new SignerCourt({ path, pool, validateSigner, signerStatus, at }, pile, evidence);
      courts.set(issuer, court);
      const question = { certificate, issuer, at, authority: court.authorityFor(path) };
      const verdict = judgeRevocation(question, pile, evidence);
      const asked = court.recordsBehind(verdict);
      return { ...verdict, ...(asked.length > 0 && { signers: asked }) };
    });
  }
}
