/** How a server sends its chain: order, what is missing, what is too much. Whether it would be accepted is not asked here. */
import { orderChain, type ChainResult } from '../chain/order-chain.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { equalBytes } from '../der/values.js';
import { shortName } from '../x509/name.js';
import { equalCertificates, subjectOf, type Certificate } from '../x509/certificate.js';

export interface SentQuestion {
  /** As sent; the first is the server's own. */
  readonly sent: readonly Certificate[];
  /** What the client has at hand beside it. */
  readonly trusted: readonly Certificate[];
  readonly at: Date;
}

function isSelfIssued({ tbsCertificate }: Certificate): boolean {
  return equalBytes(tbsCertificate.subject.bytes, tbsCertificate.issuer.bytes);
}

/** The certificates in the way of the chain: twice, or of another chain. */
function explainLeftOut({ leftOut }: ChainResult, { sent }: SentQuestion): Finding[] {
  return leftOut.flatMap(({ certificate, reason }) => {
    const place = { origin: certificate.origin };
    if (reason === 'duplicate') {
      const first = sent.findIndex((each) => equalCertificates(each, certificate)) + 1;
      return [createFinding('connect/duplicate-sent', subjectOf(certificate), { first }, place)];
    }
    if (reason === 'root-omitted' || reason === 'malformed') return [];
    return [createFinding('connect/unrelated-sent', subjectOf(certificate), {}, place)];
  });
}

/** Findings `connect/…` about the chain; none for one that is in order and goes up to below the root. */
export function judgeSent(question: SentQuestion): readonly Finding[] {
  const { sent, trusted, at } = question;
  if (sent.length === 0) return [];
  const result = orderChain(sent, { at, leaf: '#1', issuers: trusted, trusted });
  const { leaf, chain, positions, completed } = result;
  const findings: Finding[] = [];
  const given = positions.filter((position) => position > 0);
  if (leaf && given.some((position, index) => index > 0 && position < (given[index - 1] ?? 0))) {
    const params = { order: given.map(String) };
    findings.push(createFinding('connect/wrong-order', subjectOf(leaf), params, { origin: leaf.origin }));
  }
  for (const certificate of completed.filter((each) => !isSelfIssued(each))) {
    const place = { origin: certificate.origin };
    findings.push(createFinding('connect/issuer-not-sent', subjectOf(certificate), {}, place));
  }
  const last = chain.at(-1);
  if (last && !isSelfIssued(last)) {
    const issuer = shortName(last.tbsCertificate.issuer);
    findings.push(createFinding('connect/issuer-unknown', subjectOf(last), { issuer }, { origin: last.origin }));
  }
  if (last && chain.length > 1 && isSelfIssued(last) && !completed.includes(last)) {
    findings.push(createFinding('connect/root-sent', subjectOf(last), {}, { origin: last.origin }));
  }
  return [...findings, ...explainLeftOut(result, question)];
}
