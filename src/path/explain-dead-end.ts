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

/** The cause first, then what came near, then what is wrong with the certificates of the path anyway. */
export function explainDeadEnd(
  certificates: readonly Certificate[],
  deadEnd: DeadEnd,
  inputs: PathInputs,
): readonly Finding[] {
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
  certificates.forEach((certificate, position) => {
    const role = position === 0 ? 'end-entity' : 'ca';
    const about = reportAbout(certificate, findings);
    checkValidity(certificate, inputs.at, about);
    checkForm({ certificate, role, issuer: certificates[position + 1], inputs, report: about });
  });
  return sortBySeverity(findings);
}
