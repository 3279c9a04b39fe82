/**
 * Decides which certificates may sign CRLs for one certification path (RFC 5280 6.3.3 step (f)).
 *
 * Those on the path are taken as they are: whether they hold is asked about them in their own right. Any other must have a
 * path of its own to the same anchor and be good by the same CRLs, and that question may lead to further signers. A signer
 * whose status would hang on itself is refused, whatever the detour: so no two keys can vouch for each other, and what has
 * been accepted rests on the trust anchor in the end. The alternative, to accept nobody whose own CRL has another signer
 * (OpenSSL 3.0 does so), would refuse CAs that keep a key for CRLs alone.
 */
import { IssuerIndex } from '../chain/issuer-index.js';
import { removeDuplicates, separateMalformed } from '../chain/pile.js';
import { equalNames, nameKey } from '../names/distinguished-name.js';
import { equalCertificates, type Certificate } from '../x509/certificate.js';
import { groupBy } from '../x509/group-by.js';
import { wantsInheritedParameters, type SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import type { CRLEvidence } from './crl-evidence.js';
import type { CRLPile } from './crl-pile.js';
import type { SignerAssessment, SignerAuthority, SignerProblem } from './find-signer.js';
import { judgeRevocation, type JudgedSigner, type RevocationVerdict } from './judge-revocation.js';
import { validateByPath, type SignerPath, type ValidateSigner } from './validate-signer.js';

/**
 * Signers that are judged for one path. Real CAs need one or two; the bound ends what a pile of certificates that all sign
 * each other's CRLs would start.
 */
const mostJudgements = 100;

/** Certificates that may have signed CRLs, each once, by the key of their subject. */
export type SignerPool = ReadonlyMap<string, readonly Certificate[]>;

/** @param signers the extensions of all must be well-formed. */
export function poolSigners(signers: readonly Certificate[]): SignerPool {
  return groupBy(removeDuplicates(signers).unique, ({ tbsCertificate }) => nameKey(tbsCertificate.subject));
}

export interface CourtOptions {
  /** From the issuer of the certificate that is asked about up to the trust anchor. */
  readonly path: readonly Certificate[];
  readonly pool: SignerPool;
  readonly validateSigner?: ValidateSigner | undefined;
  /** `not-revoked` accepts a signer whose status nobody knows. */
  readonly signerStatus: 'good' | 'not-revoked';
  readonly at: Date;
}

export class SignerCourt {
  private readonly paths = new Map<Certificate, SignerPath>();
  private readonly settled = new Map<Certificate, SignerAssessment>();
  private readonly pending = new Set<Certificate>();
  private readonly records = new Map<Certificate, JudgedSigner>();
  private judgements = 0;

  constructor(
    private readonly options: CourtOptions,
    private readonly pile: CRLPile,
    private readonly evidence: CRLEvidence,
  ) {}

  /** What was found out about signers that are not on the path: those of the CRLs in a verdict, and those behind them. */
  recordsBehind(verdict: RevocationVerdict): readonly JudgedSigner[] {
    const records = new Set<JudgedSigner>();
    const collect = ({ considered }: RevocationVerdict): void => {
      for (const { signer } of considered) {
        const record = signer && this.records.get(signer);
        if (!record || records.has(record)) continue;
        records.add(record);
        record.verdicts.forEach(collect);
      }
    };
    collect(verdict);
    return [...records];
  }

  /** @param path from the issuer of the certificate that is asked about up to the trust anchor. */
  authorityFor(path: readonly Certificate[]): SignerAuthority {
    const isOnPath = (certificate: Certificate): boolean => path.some((above) => equalCertificates(above, certificate));
    return {
      findCandidates: (subject) => {
        const onPath = path.filter(({ tbsCertificate }) => equalNames(tbsCertificate.subject, subject));
        const others = this.options.pool.get(nameKey(subject)) ?? [];
        return [...onPath, ...others.filter((certificate) => !isOnPath(certificate))];
      },
      keyOf: (certificate) => this.keyOf(certificate, path),
      assess: (signer) => (isOnPath(signer) ? { accepted: true, onPath: true } : this.assess(signer)),
    };
  }

  // RFC 5280 6.1.4 step (e): the parameters that a DSA key leaves out are those of its issuer's key.
  private keyOf(certificate: Certificate, path: readonly Certificate[]): SubjectPublicKeyInfo | undefined {
    const key = certificate.tbsCertificate.subjectPublicKeyInfo;
    if (!wantsInheritedParameters(key)) return key;
    return new IssuerIndex([...path, ...[...this.options.pool.values()].flat()]).keyOf(certificate);
  }

  private assess(signer: Certificate): SignerAssessment {
    const known = this.settled.get(signer);
    if (known) return known;
    if (this.pending.has(signer)) return refuse('circular');
    const path = this.pathOf(signer);
    if (path.ok && ++this.judgements > mostJudgements) return refuse('too-many-signers');
    this.pending.add(signer);
    const verdicts = path.ok ? this.judgePath([signer, ...path.issuers]) : [];
    this.pending.delete(signer);
    const assessment = path.ok ? this.weigh(verdicts) : refuse(path.problem);
    this.records.set(signer, { certificate: signer, assessment, verdicts, findings: path.ok ? [] : path.findings });
    // Within the question about another signer that one cannot be counted on: the answer may differ elsewhere.
    if (this.pending.size === 0) this.settled.set(signer, assessment);
    return assessment;
  }

  private pathOf(signer: Certificate): SignerPath {
    let path = this.paths.get(signer);
    if (!path) {
      const { path: above, at, validateSigner } = this.options;
      path = validateSigner ? validateSigner(signer) : validateByPath(signer, above, at);
      const findings = path.ok ? separateMalformed(path.issuers).findings : [];
      if (findings.length > 0) path = { ok: false, problem: 'path-refused', findings };
      this.paths.set(signer, path);
    }
    return path;
  }

  // RFC 5280 6.1.3 step (a)(3), for every certificate of the signer's path that the question did not bring along
  private judgePath(certificates: readonly Certificate[]): RevocationVerdict[] {
    const { path, at } = this.options;
    return certificates.flatMap((certificate, position) => {
      const above = certificates.slice(position + 1);
      const [issuer] = above;
      if (!issuer || path.some((known) => equalCertificates(known, certificate))) return [];
      const authority = this.authorityFor([...above, ...path]);
      return [judgeRevocation({ certificate, issuer, at, authority }, this.pile, this.evidence)];
    });
  }

  private weigh(verdicts: readonly RevocationVerdict[]): SignerAssessment {
    if (verdicts.some(({ status }) => status === 'revoked')) return refuse('revoked');
    if (this.options.signerStatus === 'good' && verdicts.some(({ status }) => status === 'unknown')) {
      return refuse('status-unknown');
    }
    return { accepted: true, onPath: false };
  }
}

function refuse(problem: SignerProblem): SignerAssessment {
  return { accepted: false, problem };
}
