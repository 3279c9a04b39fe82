/** Finds whose key signed a CRL, among all certificates that bear the name of its issuer (RFC 5280 6.3.3 steps (f), (g)). */
import { matchAuthority } from '../chain/issuer-index.js';
import { equalCertificates, type Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { formatName, type Name } from '../x509/name.js';
import type { SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import { toHex } from '../der/values.js';
import { authenticateCRL } from './authenticate-crl.js';
import type { CRLEvidence } from './crl-evidence.js';
import type { CRLRelation } from './match-scope.js';
import { nameCertificate } from '../x509/naming.js';
import { makeObjection, type Objection, type ObjectionCode } from './objection.js';

/** Why a certificate whose key signed a CRL may not speak for the CRL's issuer. */
export type SignerProblem =
  /** No certificate of the path signed it. */
  | 'issued-by-others'
  | 'outside-validity'
  | 'critical-extension'
  /** The `validateSigner` of the caller found no valid path to the trust anchor. */
  | 'path-refused'
  | 'revoked'
  | 'status-unknown'
  /** Its status hangs on a CRL that it signed itself. */
  | 'circular'
  | 'too-many-signers';

export type SignerAssessment =
  /** `onPath`: it stands above the certificate that is asked about, and so is somebody else's business. */
  { readonly accepted: true; readonly onPath: boolean } | { readonly accepted: false; readonly problem: SignerProblem };

/** Who may sign CRLs: the certificates at hand, and which of them hold. */
export interface SignerAuthority {
  /** Every certificate with that subject, those of the path first. */
  findCandidates(subject: Name): readonly Certificate[];
  /** The key with inherited DSA parameters; undefined where these are not there. */
  keyOf(certificate: Certificate): SubjectPublicKeyInfo | undefined;
  /** RFC 5280 6.3.3 step (f), but for the key usage. */
  assess(signer: Certificate): SignerAssessment;
}

export interface FoundSigner {
  /** The certificate whose key made the signature, also where it may not speak for the issuer. */
  readonly signer: Certificate | undefined;
  /** True when the signer was accepted. */
  readonly genuine: boolean;
  /** True where the certificate that is asked about signed the CRL itself, on its issuer's behalf. */
  readonly vouchesForItself: boolean;
  /** True when the signer is on the path of the certificate that is asked about. */
  readonly onPath: boolean;
  readonly objection: Objection | undefined;
}

/**
 * Keys that are tried on one CRL, the likeliest first. Real CAs have a handful of keys under one name; without a bound a
 * pile of certificates in one name would cost a signature over the whole CRL each.
 */
const mostCandidates = 16;

/** The more a refusal says, the higher it stands: of several that of the highest is told. */
const tellingOrder: readonly ObjectionCode[] = [
  'signer-not-accepted',
  'issuer-may-not-sign',
  'signature-not-checked',
  'bad-signature',
  'wrong-key',
];

export function findSigner(
  crl: CertificateList,
  certificate: Certificate,
  relation: CRLRelation,
  authority: SignerAuthority,
  evidence: CRLEvidence,
): FoundSigner {
  const refused: FoundSigner[] = [];
  const candidates = rankCandidates(crl, authority);
  for (const candidate of candidates.slice(0, mostCandidates)) {
    const found = tryCandidate(crl, candidate, certificate, relation, authority, evidence);
    if (found.genuine) return found;
    refused.push(found);
  }
  if (candidates.length > mostCandidates && refused.every(({ signer }) => !signer)) {
    const reason = `more than ${mostCandidates} certificates bear the name of its issuer`;
    return refuse(makeObjection('signature-not-checked', { reason }));
  }
  const rank = ({ objection }: FoundSigner): number => (objection ? tellingOrder.indexOf(objection.code) : -1);
  return refused.sort((a, b) => rank(a) - rank(b))[0] ?? refuse(describeMissingSigner(crl));
}

const keyIdentifierRank = { match: 0, absent: 1, mismatch: 2 };

function rankCandidates({ tbsCertList }: CertificateList, authority: SignerAuthority): readonly Certificate[] {
  const identifier = tbsCertList.crlExtensions.get(authorityKeyIdentifier);
  const rank = (candidate: Certificate): number => keyIdentifierRank[matchAuthority(identifier, candidate)];
  return authority.findCandidates(tbsCertList.issuer).toSorted((a, b) => rank(a) - rank(b));
}

function tryCandidate(
  crl: CertificateList,
  candidate: Certificate,
  certificate: Certificate,
  relation: CRLRelation,
  authority: SignerAuthority,
  evidence: CRLEvidence,
): FoundSigner {
  const key = authority.keyOf(candidate);
  const check = key
    ? evidence.checkSignature(crl, key)
    : { outcome: 'unsupported' as const, reason: 'the DSA parameters that the key inherits are not there' };
  const { genuine, objection } = authenticateCRL(crl, candidate, check);
  if (!genuine) return refuse(objection, check.outcome === 'valid' ? candidate : undefined);
  // The issuer left the status of this certificate to the certificate's own key (cRLIssuer), so the CRL is what there is.
  // The same name with another key is another matter: there the issuer itself is to be asked.
  if (relation === 'delegated' && equalCertificates(candidate, certificate)) {
    return { signer: candidate, genuine, vouchesForItself: true, onPath: false, objection };
  }
  const assessment = authority.assess(candidate);
  if (assessment.accepted) {
    return { signer: candidate, genuine, vouchesForItself: false, onPath: assessment.onPath, objection };
  }
  const params = { signer: nameCertificate(candidate), problem: assessment.problem };
  return refuse(makeObjection('signer-not-accepted', params), candidate);
}

function refuse(objection: Objection | undefined, signer?: Certificate): FoundSigner {
  return { signer, genuine: false, vouchesForItself: false, onPath: false, objection };
}

function describeMissingSigner({ tbsCertList }: CertificateList): Objection {
  const keyIdentifier = tbsCertList.crlExtensions.get(authorityKeyIdentifier)?.keyIdentifier;
  const params = { issuer: formatName(tbsCertList.issuer), keyIdentifier: keyIdentifier && toHex(keyIdentifier) };
  return makeObjection('signer-missing', params);
}
