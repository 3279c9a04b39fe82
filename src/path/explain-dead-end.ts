/** The findings about a path that does not reach a trust anchor. */
import { issuerURLs } from '../chain/explain-chain.js';
import { toHex } from '../der/values.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { subjectKeyIdentifier } from '../x509/extensions/subject-key-identifier.js';
import { formatName, isEmptyName, shortName } from '../x509/name.js';
import type { DeadEnd, RefusedLink } from './build-path.js';
import type { PathInputs } from './path-inputs.js';
import { checkValidity } from './process-certificate.js';
import { checkForm } from './profiles/check-form.js';
import type { Role } from './profiles/examination.js';
import { reportAbout, sortBySeverity } from './report-finding.js';

function authorityKey({ tbsCertificate }: Certificate): string | undefined {
  const identifier = tbsCertificate.extensions.get(authorityKeyIdentifier)?.keyIdentifier;
  return identifier && toHex(identifier);
}

function explainNearMiss(wanted: Certificate, { certificate, keyIdentifier, signature }: RefusedLink): Finding {
  const own = certificate.tbsCertificate.extensions.get(subjectKeyIdentifier);
  const keys =
    keyIdentifier === 'mismatch'
      ? ` (key ${authorityKey(wanted) ?? 'none'} is wanted, this one is ${own ? toHex(own) : 'none'})`
      : '';
  const reason = signature.outcome === 'unsupported' ? signature.reason : `another key made the signature${keys}`;
  const params = { wanted: shortName(wanted.tbsCertificate.subject), reason };
  return createFinding('chain/near-miss', subjectOf(certificate), params, { origin: certificate.origin });
}

/** Explains the dead ends of one search, of which a mesh has hundreds over the same certificates. */
export class DeadEndExplainer {
  /** What is wrong with a CA anyway, below each of its issuers. */
  private readonly known = new Map<Certificate, Map<Certificate | undefined, readonly Finding[]>>();

  constructor(private readonly inputs: PathInputs) {}

  /** The cause first, then what came near, then what is wrong with the certificates of the path anyway. */
  explain(certificates: readonly Certificate[], deadEnd: DeadEnd): readonly Finding[] {
    const anyway = certificates.flatMap((certificate, position) => {
      const issuer = certificates[position + 1];
      return position === 0
        ? examineForm(certificate, 'end-entity', issuer, this.inputs)
        : this.examineCA(certificate, issuer);
    });
    return sortBySeverity([...explainCause(certificates, deadEnd, this.inputs), ...anyway]);
  }

  private examineCA(certificate: Certificate, issuer: Certificate | undefined): readonly Finding[] {
    const byIssuer = this.known.get(certificate) ?? new Map<Certificate | undefined, readonly Finding[]>();
    const findings = byIssuer.get(issuer) ?? examineForm(certificate, 'ca', issuer, this.inputs);
    this.known.set(certificate, byIssuer.set(issuer, findings));
    return findings;
  }
}

function examineForm(
  certificate: Certificate,
  role: Role,
  issuer: Certificate | undefined,
  inputs: PathInputs,
): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reportAbout(certificate, findings);
  checkValidity(certificate, inputs.at, report);
  checkForm({ certificate, role, issuer, inputs, report });
  return findings;
}

function explainCause(certificates: readonly Certificate[], deadEnd: DeadEnd, inputs: PathInputs): readonly Finding[] {
  const last = certificates.at(-1);
  if (!last) return [];
  const findings: Finding[] = [];
  const report = reportAbout(last, findings);
  const issuer = formatName(last.tbsCertificate.issuer) || '(empty name)';
  if (inputs.trustAnchors.length === 0) report('path/no-trust-anchors', {});
  switch (deadEnd.reason) {
    case 'untrusted-root':
      report(certificates.length === 1 ? 'path/self-signed-end-entity' : 'chain/root-not-trusted', {});
      break;
    case 'loop':
      report('path/loop', { issuer });
      break;
    case 'too-long':
      report('path/budget-exceeded', { budget: 'pathLength', limit: inputs.limits.pathLength });
      break;
    case 'no-issuer':
      if (isEmptyName(last.tbsCertificate.issuer)) report('form/issuer-empty', {});
      report('chain/missing-issuer', { issuer, keyIdentifier: authorityKey(last), urls: issuerURLs(last) });
      findings.push(...deadEnd.nearMisses.map((link) => explainNearMiss(last, link)));
  }
  return findings;
}
