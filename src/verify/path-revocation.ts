/** The revocation of the certificates on a path (RFC 5280 6.1.3 step (a)(3)), each asked about once in a whole search. */
import type { Finding } from '../finding/finding.js';
import { judgeAll } from '../revocation/check-revocation.js';
import type { RevocationQuestion } from '../revocation/consider-crl.js';
import { explainVerdicts } from '../revocation/explain-revocation.js';
import type { RevocationVerdict } from '../revocation/judge-revocation.js';
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';

/** `leaf`: the end entity alone. `chain`: every certificate of the path but the trust anchor. */
export type RevocationScope = 'off' | 'leaf' | 'chain';

export class PathRevocation {
  private readonly known = new Map<Certificate, Map<Certificate, RevocationVerdict>>();

  constructor(
    private readonly crls: readonly CertificateList[],
    private readonly scope: RevocationScope,
    private readonly at: Date,
  ) {}

  /**
   * One verdict for each certificate that the scope asks about, end entity first.
   *
   * @param path end entity first, anchor last; each must be well-formed, and issued by the next. The anchor is never asked
   * about: nobody revokes it but whoever trusts it. Deviation: `openssl verify -crl_check_all` wants a CRL for the root too.
   */
  judge(path: readonly Certificate[]): readonly RevocationVerdict[] {
    if (this.scope === 'off') return [];
    const asked = path.slice(0, this.scope === 'leaf' ? 1 : -1);
    const questions = asked.flatMap((certificate, position) => {
      const issuer = path[position + 1];
      return issuer ? [{ certificate, issuer, at: this.at }] : [];
    });
    this.answer(questions.filter(({ certificate, issuer }) => !this.known.get(certificate)?.has(issuer)));
    return questions.flatMap(({ certificate, issuer }) => this.known.get(certificate)?.get(issuer) ?? []);
  }

  /** The same in findings; whatever is not `good` has an error. */
  examine(path: readonly Certificate[]): readonly Finding[] {
    return explainVerdicts(this.judge(path), { at: this.at });
  }

  private answer(questions: readonly RevocationQuestion[]): void {
    if (questions.length === 0) return;
    judgeAll(questions, this.crls).forEach((verdict, position) => {
      const question = questions[position];
      if (!question) return;
      const byIssuer = this.known.get(question.certificate) ?? new Map<Certificate, RevocationVerdict>();
      this.known.set(question.certificate, byIssuer.set(question.issuer, verdict));
    });
  }
}
