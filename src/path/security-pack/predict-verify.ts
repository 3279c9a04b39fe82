/**
 * Predicts what OpenSSL 3.0 answers: the same chain, the same checks in the same order, the same error numbers. What the
 * Security Pack does rests on it. A model, not a validator: where OpenSSL is more lenient than RFC 5280, so is this.
 * Observed on 3.0.19 with `openssl verify`. Not modelled: security levels above 0 (weak keys and signatures are warnings
 * here), RFC 3779, proxy certificates, trust settings of TRUSTED CERTIFICATE blocks, partial chains.
 */
import { issuerURLs } from '../../chain/explain-chain.js';
import { separateMalformed } from '../../chain/pile.js';
import { isOk, type Finding } from '../../finding/finding.js';
import { toHex } from '../../der/values.js';
import type { Certificate } from '../../x509/certificate.js';
import { formatName } from '../../x509/name.js';
import type { PathInputs } from '../path-inputs.js';
import { checkStrength } from '../profiles/check-strength.js';
import { explainBudget, type PathVerdict } from '../process-path.js';
import { sortBySeverity } from '../report-finding.js';
import type { SignatureLedger } from '../signature-ledger.js';
import { buildOpensslChain, type OpensslChain, type OpensslStore } from './build-chain.js';
import { checkChain } from './check-chain.js';
import { checkNames } from './check-names.js';
import { checkPolicy } from './check-policy.js';
import { Transcript } from './transcript.js';
import { verifySignatures } from './verify-signatures.js';

/** As X509_VERIFY_PARAM's default depth. */
const defaultDepth = 100;

export interface Prediction extends PathVerdict {
  /** The chain that OpenSSL builds, end entity first. */
  readonly path: readonly Certificate[];
  readonly anchor: Certificate | undefined;
}

/** The first error among the findings bears the number that `openssl verify` gives first. */
export function predictVerify(
  target: Certificate,
  store: OpensslStore,
  inputs: PathInputs,
  ledger: SignatureLedger,
): Prediction {
  const chain = buildOpensslChain(target, store, inputs.at, inputs.maxIntermediates ?? defaultDepth);
  const transcript = new Transcript();
  if (!chain.trusted) explainChain(chain, inputs, transcript);
  if (!transcript.stopped) checkChain(chain, inputs.purpose, transcript);
  const path = chain.certificates.map(({ certificate }) => certificate);
  // CRLs come before the signatures and dates of the certificates.
  if (!transcript.stopped) transcript.sayAll(inputs.examine(path));
  if (!transcript.stopped) verifySignatures(chain, inputs.at, ledger, transcript);
  if (!transcript.stopped) checkNames(chain, transcript);
  const policies = inputs.policiesAsked ? checkPolicy(chain, inputs, transcript) : [];
  transcript.add(explainBudget(ledger.budget, target));
  transcript.add(passOver(path));
  transcript.add(path.flatMap((certificate) => checkStrength(certificate, inputs.profile)));
  const findings = sortBySeverity(transcript.findings);
  return { ok: isOk(findings), findings, policies, path, anchor: chain.trusted ? path.at(-1) : undefined };
}

/** Why the chain ends where it does. */
function explainChain(
  { certificates, untrusted, tooLong, loops }: OpensslChain,
  inputs: PathInputs,
  transcript: Transcript,
): void {
  const last = certificates.at(-1);
  if (!last) return;
  const { certificate } = last;
  const issuer = formatName(certificate.tbsCertificate.issuer) || '(empty name)';
  if (tooLong) {
    const maximum = inputs.maxIntermediates ?? defaultDepth;
    transcript.say(certificate, 'path/too-many-intermediates', { maximum, intermediates: certificates.length - 1 });
  } else if (loops) {
    transcript.say(certificate, 'path/trusted-loop', { issuer });
  } else if (last.selfSigned) {
    transcript.say(
      certificate,
      certificates.length === 1 ? 'path/self-signed-end-entity' : 'chain/root-not-trusted',
      {},
    );
  } else if (untrusted < certificates.length) {
    transcript.say(certificate, 'path/anchor-not-self-signed', { issuer });
  } else if (last.fault !== undefined) {
    transcript.say(certificate, 'path/extension-unreadable', { detail: last.fault });
  } else {
    const keyIdentifier = last.authorityKeyIdentifier?.keyIdentifier;
    const params = {
      issuer,
      keyIdentifier: keyIdentifier && toHex(keyIdentifier),
      urls: separateMalformed([certificate]).findings.length > 0 ? [] : issuerURLs(certificate),
    };
    transcript.say(certificate, 'chain/missing-issuer', params);
  }
}

/** Extensions that nobody can read but OpenSSL does not look at: others will refuse the certificate. */
function passOver(path: readonly Certificate[]): readonly Finding[] {
  return separateMalformed(path).findings.map((finding) => ({ ...finding, severity: 'warning' as const }));
}
