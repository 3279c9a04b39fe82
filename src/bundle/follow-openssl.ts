/**
 * The one path that OpenSSL takes from a peer's certificate upward, as `X509_verify_cert` of 3.0.19 was seen to take it.
 *
 * OpenSSL does not search: at each step it takes one issuer, by name and key identifier, never by signature, and never
 * comes back. The bundle comes first; once it has given an issuer, the peer's certificates are not looked at again. So a
 * stale or false certificate in the bundle spoils chains that a search would find sound. `test/unit/bundle` holds this
 * against `openssl verify -CAfile`. Not modelled: X509_V_FLAG_PARTIAL_CHAIN, trust settings of TRUSTED CERTIFICATE
 * blocks. Path lengths are for `judge-peer.ts`; purposes, names and revocation for nobody here.
 */
import { isValidAt, expiry } from '../chain/assess-path.js';
import { isSelfIssued, matchAuthority, type IssuerCandidate, type IssuerIndex } from '../chain/issuer-index.js';
import { describePublicKey } from '../crypto/public-key.js';
import { signatureAlgorithmName } from '../crypto/signature.js';
import { equalCertificates, type Certificate } from '../x509/certificate.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';

export interface TrustStore {
  readonly index: IssuerIndex;
  /** Where each certificate stands, from 0: of two that fit alike OpenSSL takes the first. */
  readonly positions: ReadonlyMap<Certificate, number>;
}

export interface FollowedPath {
  /** The peer's certificate first. */
  readonly certificates: readonly Certificate[];
  /** The step from each certificate but the last to the next. */
  readonly links: readonly (IssuerCandidate & { readonly from: 'bundle' | 'peer' })[];
  /** It ends in a self-signed certificate of the bundle. */
  readonly anchored: boolean;
}

/** OpenSSL builds no longer chains: its default depth. */
const deepest = 100;

/** Self-signed to OpenSSL: by name and key identifier; the signature is not checked. */
function looksSelfSigned(certificate: Certificate): boolean {
  const authority = certificate.tbsCertificate.extensions.get(authorityKeyIdentifier);
  return isSelfIssued(certificate) && matchAuthority(authority, certificate) !== 'mismatch';
}

/** OpenSSL passes over a namesake whose key is of another kind than the signature. */
function isKeyOfSignature({ signatureAlgorithm }: Certificate, issuer: Certificate): boolean {
  const name = signatureAlgorithmName(signatureAlgorithm).toLowerCase();
  const { type } = describePublicKey(issuer.tbsCertificate.subjectPublicKeyInfo);
  if (name === 'rsassapss') return type === 'RSA' || type === 'RSA-PSS';
  if (name.endsWith('withrsaencryption')) return type === 'RSA';
  if (name.startsWith('ecdsa-')) return type === 'EC';
  if (name.startsWith('dsa-')) return type === 'DSA';
  return !name.startsWith('ed') || name === type.toLowerCase();
}

/** The first that fits and is valid, else the one that fits and ended last. */
function pickIssuer(certificate: Certificate, store: TrustStore, at: Date): IssuerCandidate | undefined {
  const place = (link: IssuerCandidate): number => store.positions.get(link.certificate) ?? 0;
  const fitting = store.index
    .findIssuers(certificate)
    .filter((link) => link.keyIdentifier !== 'mismatch' && store.positions.has(link.certificate))
    .filter((link) => isKeyOfSignature(certificate, link.certificate))
    .sort((a, b) => place(a) - place(b));
  const valid = fitting.find((link) => isValidAt(link.certificate, at));
  if (valid) return valid;
  return fitting.reduce<IssuerCandidate | undefined>(
    (latest, link) => (!latest || expiry(link.certificate) > expiry(latest.certificate) ? link : latest),
    undefined,
  );
}

/** Follows OpenSSL from `leaf` upward; `sent` are the peer's certificates, the leaf among them or not. */
export function followOpenSSL(leaf: Certificate, bundle: TrustStore, sent: TrustStore, at: Date): FollowedPath {
  const certificates = [leaf];
  const links: FollowedPath['links'][number][] = [];
  let fromPeer = true;
  for (let last = leaf; certificates.length <= deepest;) {
    const trusted = pickIssuer(last, bundle, at);
    if (looksSelfSigned(last)) {
      const anchor = trusted?.certificate;
      const inBundle = !fromPeer || (anchor !== undefined && equalCertificates(anchor, last));
      return { certificates, links, anchored: inBundle };
    }
    if (trusted) fromPeer = false;
    const link = trusted ?? (fromPeer ? pickIssuer(last, sent, at) : undefined);
    if (!link || certificates.includes(link.certificate)) break;
    links.push({ ...link, from: trusted ? 'bundle' : 'peer' });
    certificates.push(link.certificate);
    last = link.certificate;
  }
  return { certificates, links, anchored: false };
}
