/** Whether the certificates already stand as `orderChain` would put them. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { subjectOf } from '../x509/certificate.js';
import { shortName } from '../x509/name.js';
import type { ChainResult } from './order-chain.js';

/** No finding where the input holds this chain, in this order, and nothing else. */
export function checkArrangement({ leaf, chain, positions, completed, leftOut }: ChainResult): Finding[] {
  if (!leaf) return [];
  const reasons: string[] = [];
  if (completed.length > 0) {
    const names = completed.map(({ tbsCertificate }) => shortName(tbsCertificate.subject));
    reasons.push(`${names.join(', ')} is not in the file`);
  }
  if (leftOut.length > 0) reasons.push(`${leftOut.length} of its certificates do not belong there`);
  const given = positions.filter((position) => position > 0);
  const names = chain.map(({ tbsCertificate }) => shortName(tbsCertificate.subject));
  if (given.some((position, index) => index > 0 && position < (given[index - 1] ?? 0))) {
    reasons.push(`the order should be ${names.join(', ')}`);
  }
  return reasons.map((reason) => {
    const origin = leaf.origin && { file: leaf.origin.file };
    return createFinding('chain/not-arranged', { kind: 'chain', name: subjectOf(leaf).name }, { reason }, { origin });
  });
}
