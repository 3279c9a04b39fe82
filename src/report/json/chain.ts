/** The `result` of `certwright chain --json`. */
import type { AssessedPath } from '../../chain/assess-path.js';
import type { ChainResult } from '../../chain/order-chain.js';
import { encodeCertificates } from '../certificates-pem.js';
import { summarizeCertificate } from './certificate.js';

function viewPath({ certificates, complete, trusted, sound, validNow, endsFirst }: AssessedPath): object {
  return {
    certificates: certificates.map(summarizeCertificate),
    complete,
    trusted,
    sound,
    validNow,
    endsFirst: summarizeCertificate(endsFirst),
  };
}

/** One chain: members end entity first, what was left out and why, every path, and the PEM. */
export function viewChain({ ok, leaf, chain, positions, completed, leftOut, paths }: ChainResult): object {
  return {
    ok,
    leaf: leaf ? summarizeCertificate(leaf) : null,
    chain: chain.map((certificate, index) => ({
      ...summarizeCertificate(certificate),
      position: positions[index] ?? 0,
      completed: completed.includes(certificate),
    })),
    leftOut: leftOut.map(({ certificate, reason }) => ({ ...summarizeCertificate(certificate), reason })),
    paths: paths.map(viewPath),
    pem: encodeCertificates(chain),
  };
}
