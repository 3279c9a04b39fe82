/**
 * The revocation of the certificates on a path (RFC 5280 6.1.3 step (a)(3) and 6.3), for every path that a search comes
 * upon. Who may have signed a CRL hangs on the path, so a verdict is kept for a certificate together with all above it;
 * paths that end alike share theirs.
 */
import { isValidAt, maySignCertificates } from '../chain/assess-path.js';
import { IssuerIndex } from '../chain/issuer-index.js';
import { explainMalformed } from '../chain/pile.js';
import type { Finding } from '../finding/finding.js';
import type { Limits } from '../path/budget.js';
import { CertificatePool } from '../path/certificate-pool.js';
import { validatePath } from '../path/validate-path.js';
import { makeUnjudged, RevocationJudge, type RevocationTarget } from '../revocation/check-revocation.js';
import { explainVerdicts } from '../revocation/explain-revocation.js';
import type { RevocationVerdict } from '../revocation/judge-revocation.js';
import type { SignerPath } from '../revocation/validate-signer.js';
import { equalCertificates, type Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { basicConstraints } from '../x509/extensions/basic-constraints.js';
import { predictRevocation } from './predict-revocation.js';

/** `leaf`: the end entity alone. `chain`: every certificate of the path. */
export type RevocationScope = 'off' | 'leaf' | 'chain';

/** CAs above an anchor that are looked at; a chain of CAs has two or three. */
const longestExtension = 8;

export interface RevocationInputs {
  readonly crls: readonly CertificateList[];
  readonly scope: RevocationScope;
  readonly trustAnchors: readonly Certificate[];
  /** Signers of CRLs are looked for here too. */
  readonly intermediates: readonly Certificate[];
  /** What will be asked about, as far as it is known: each CRL is looked through once for all of them. */
  readonly expected?: readonly Certificate[] | undefined;
  /** Whole seconds. */
  readonly at: Date;
  readonly limits?: Partial<Limits> | undefined;
  /**
   * `openssl` predicts `openssl verify -crl_check` and `-crl_check_all`: a root needs a CRL of its own, and CRLs that
   * OpenSSL 3.0 does not evaluate do not count.
   */
  readonly rules: 'rfc5280' | 'openssl';
}

/** Believed where a certificate does not say the contrary, as of anchors (src/path/process-path.ts). */
function mayBeCA(certificate: Certificate): boolean {
  const isDenied = certificate.tbsCertificate.extensions.get(basicConstraints)?.cA === false;
  return !isDenied && maySignCertificates(certificate);
}

export class PathRevocation {
  private readonly known = new Map<string, RevocationVerdict>();
  private readonly numbers = new Map<Certificate, number>();
  private index: IssuerIndex | undefined;
  private prepared: RevocationJudge | undefined;

  constructor(private readonly inputs: RevocationInputs) {}

  private get anchorIndex(): IssuerIndex {
    return (this.index ??= new IssuerIndex(CertificatePool.of(this.inputs.trustAnchors).certificates));
  }

  private get crlJudge(): RevocationJudge {
    if (this.prepared) return this.prepared;
    const { crls, at, scope, trustAnchors, intermediates, expected = [] } = this.inputs;
    const signers = [trustAnchors, intermediates].flatMap((pool) => CertificatePool.of(pool).certificates);
    const signerStatus = scope === 'chain' ? 'good' : 'not-revoked';
    this.prepared = new RevocationJudge({ crls, at, signers, signerStatus, expected });
    return this.prepared;
  }

  /**
   * One verdict for each certificate that the scope asks about, end entity first.
   *
   * A self-signed anchor is mentioned only where its own CRL lists it: else nobody revokes it but whoever trusts it. An
   * intermediate CA among the anchors is asked about where its issuer is among them too: a `trusted-ca` that holds whole
   * chains does not mean to excuse revoked CAs.
   *
   * @param path end entity first, anchor last; each issued by the next. Where an extension of one cannot be read, every
   * status is unknown: which of them may sign a CRL hangs on their extensions.
   */
  judge(path: readonly Certificate[]): readonly RevocationVerdict[] {
    const { scope, rules } = this.inputs;
    if (scope === 'off') return [];
    if (path.some((certificate) => explainMalformed(certificate).length > 0)) {
      return path.slice(0, 1).map((certificate) => makeUnjudged(certificate, 'certificate-malformed'));
    }
    const targets = this.chooseTargets(path);
    const unknown = targets.filter((target) => !this.known.has(this.keyOf(target)));
    this.answer(unknown, path);
    return targets.flatMap((target) => {
      const verdict = this.known.get(this.keyOf(target));
      const isRoot = target.certificate === target.issuer;
      return verdict && (!isRoot || rules === 'openssl' || verdict.status === 'revoked') ? [verdict] : [];
    });
  }

  /** The same in findings; whatever is not `good` has an error. */
  examine(path: readonly Certificate[]): readonly Finding[] {
    const { scope, at, rules } = this.inputs;
    if (scope === 'off') return [];
    const malformed = path.flatMap(explainMalformed);
    const findings = malformed.length > 0 ? malformed : explainVerdicts(this.judge(path), { at });
    return rules === 'openssl' ? this.predict(path, findings) : findings;
  }

  /** What OpenSSL says; what RFC 5280 says beside it decides nothing. */
  private predict(path: readonly Certificate[], findings: readonly Finding[]): readonly Finding[] {
    const { crls, at, scope } = this.inputs;
    const { evidence } = this.crlJudge;
    const said = predictRevocation(path, scope === 'leaf' ? 1 : path.length, { crls, at, evidence });
    const codes = new Set(said.map(({ code, subject }) => `${code} ${subject.name}`));
    return [
      ...said,
      ...findings
        .filter(({ code, subject }) => !codes.has(`${code} ${subject.name}`))
        .map((finding) => (finding.severity === 'error' ? { ...finding, severity: 'warning' as const } : finding)),
    ];
  }

  private chooseTargets(path: readonly Certificate[]): readonly RevocationTarget[] {
    const whole = this.extend(path);
    const asked = this.inputs.scope === 'leaf' ? whole.slice(0, 1) : whole;
    return asked.flatMap((certificate, position) => {
      const [issuer, ...issuerPath] = whole.slice(position + 1);
      if (issuer) return [{ certificate, issuer, issuerPath }];
      return this.anchorIndex.isSelfSigned(certificate) ? [{ certificate, issuer: certificate, issuerPath: [] }] : [];
    });
  }

  /** The path with the anchors above its own. */
  private extend(path: readonly Certificate[]): readonly Certificate[] {
    const whole = [...path];
    for (let last = whole.at(-1); last && whole.length <= path.length + longestExtension;) {
      // Of the same key a trusted-ca may hold an older root: nobody is above either.
      if (this.anchorIndex.isSelfSigned(last)) break;
      const above = this.findAbove(last);
      if (!above || whole.some((certificate) => equalCertificates(certificate, above))) break;
      whole.push(above);
      last = above;
    }
    return whole;
  }

  /** The anchor that made an anchor's signature: one that may be a CA, and of several with the same key one that is valid. */
  private findAbove(certificate: Certificate): Certificate | undefined {
    const makers = this.anchorIndex
      .findUsableIssuers(certificate)
      .filter(({ signature }) => signature.outcome === 'valid')
      .map((link) => link.certificate)
      .filter(mayBeCA);
    return makers.find((maker) => isValidAt(maker, this.inputs.at)) ?? makers[0];
  }

  /** The certificate with everything above it. */
  private keyOf({ certificate, issuer, issuerPath }: RevocationTarget): string {
    return [certificate, issuer, ...issuerPath].map((each) => this.numberOf(each)).join(' ');
  }

  private numberOf(certificate: Certificate): number {
    const number = this.numbers.get(certificate) ?? this.numbers.size;
    this.numbers.set(certificate, number);
    return number;
  }

  private answer(targets: readonly RevocationTarget[], path: readonly Certificate[]): void {
    if (targets.length === 0) return;
    const anchors = this.extend(path).slice(path.length - 1);
    const verdicts = this.crlJudge.judge(targets, (signer) => this.validateSigner(signer, anchors));
    targets.forEach((target, position) => {
      const verdict = verdicts[position];
      if (verdict) this.known.set(this.keyOf(target), verdict);
    });
  }

  /** RFC 5280 6.3.3 step (f): a path to the anchor of the certificate that is asked about. */
  private validateSigner(signer: Certificate, anchors: readonly Certificate[]): SignerPath {
    const { at, limits, intermediates } = this.inputs;
    // Always by RFC 5280: what the web asks of servers' certificates is not asked of a CRL signer's.
    const result = validatePath({ certificate: signer, pool: intermediates }, { trustAnchors: anchors, at, limits });
    const issuers = result.path.slice(1);
    if (result.ok && issuers.length > 0) return { ok: true, issuers };
    return { ok: false, problem: 'path-refused', findings: result.findings };
  }
}
