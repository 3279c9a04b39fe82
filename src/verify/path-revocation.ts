/** The revocation of the certificates on a path (RFC 5280 6.1.3 step (a)(3)), each asked about once in a whole search. */
import { IssuerIndex } from '../chain/issuer-index.js';
import { removeDuplicates, separateMalformed } from '../chain/pile.js';
import type { Finding } from '../finding/finding.js';
import { judgeAll, makeUnjudged } from '../revocation/check-revocation.js';
import type { RevocationQuestion } from '../revocation/consider-crl.js';
import { explainVerdicts } from '../revocation/explain-revocation.js';
import type { RevocationVerdict } from '../revocation/judge-revocation.js';
import { equalCertificates, type Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';

/** `leaf`: the end entity alone. `chain`: every certificate of the path but the trust anchor. */
export type RevocationScope = 'off' | 'leaf' | 'chain';

/** CAs above an anchor that are looked at; a chain of CAs has two or three. */
const longestExtension = 8;

export interface RevocationInputs {
  readonly crls: readonly CertificateList[];
  readonly scope: RevocationScope;
  readonly trustAnchors: readonly Certificate[];
  /** Whole seconds. */
  readonly at: Date;
  /** Self-signed anchors are asked about as well, with CRLs of their own, as `openssl verify -crl_check_all` does. */
  readonly rootsToo: boolean;
}

export class PathRevocation {
  private readonly known = new Map<Certificate, Map<Certificate, RevocationVerdict>>();
  private readonly anchorIndex: IssuerIndex;

  constructor(private readonly inputs: RevocationInputs) {
    this.anchorIndex = new IssuerIndex(separateMalformed(removeDuplicates(inputs.trustAnchors).unique).wellFormed);
  }

  /**
   * One verdict for each certificate that the scope asks about, end entity first.
   *
   * A self-signed anchor is not asked about: nobody revokes it but whoever trusts it. An intermediate CA among the anchors
   * is, where its issuer is among them too: a `trusted-ca` that holds whole chains does not mean to excuse revoked CAs.
   *
   * @param path end entity first, anchor last; each issued by the next. Where an extension of one cannot be read, every
   * status is unknown: which of them may sign a CRL hangs on their extensions.
   */
  judge(path: readonly Certificate[]): readonly RevocationVerdict[] {
    if (this.inputs.scope === 'off') return [];
    if (separateMalformed(path).malformed.length > 0) {
      return path.slice(0, 1).map((certificate) => makeUnjudged(certificate, 'certificate-malformed'));
    }
    const questions = this.ask(path);
    this.answer(questions.filter(({ certificate, issuer }) => !this.known.get(certificate)?.has(issuer)));
    return questions.flatMap(({ certificate, issuer }) => this.known.get(certificate)?.get(issuer) ?? []);
  }

  private ask(path: readonly Certificate[]): readonly RevocationQuestion[] {
    const { scope, at } = this.inputs;
    const whole = this.extend(path);
    const asked = scope === 'leaf' ? whole.slice(0, 1) : whole;
    return asked.flatMap((certificate, position) => {
      const issuer = whole[position + 1];
      if (issuer) return [{ certificate, issuer, at }];
      const isOwnIssuer = this.inputs.rootsToo && this.anchorIndex.isSelfSigned(certificate);
      return isOwnIssuer ? [{ certificate, issuer: certificate, at }] : [];
    });
  }

  /** The path with the anchors above its own. */
  private extend(path: readonly Certificate[]): readonly Certificate[] {
    const whole = [...path];
    for (let last = whole.at(-1); last && whole.length <= path.length + longestExtension;) {
      const links = this.anchorIndex.findIssuers(last);
      const above = links.find(({ signature }) => signature.outcome === 'valid')?.certificate;
      if (!above || whole.some((certificate) => equalCertificates(certificate, above))) break;
      whole.push(above);
      last = above;
    }
    return whole;
  }

  /** The same in findings; whatever is not `good` has an error. */
  examine(path: readonly Certificate[]): readonly Finding[] {
    if (this.inputs.scope === 'off') return [];
    const { findings: malformed } = separateMalformed(path);
    return malformed.length > 0 ? malformed : explainVerdicts(this.judge(path), { at: this.inputs.at });
  }

  private answer(questions: readonly RevocationQuestion[]): void {
    if (questions.length === 0) return;
    judgeAll(questions, this.inputs.crls).forEach((verdict, position) => {
      const question = questions[position];
      if (!question) return;
      const byIssuer = this.known.get(question.certificate) ?? new Map<Certificate, RevocationVerdict>();
      this.known.set(question.certificate, byIssuer.set(question.issuer, verdict));
    });
  }
}
