/**
 * Finds the certificates that issued another. The name is the key of the index, the key identifiers are hints, and the
 * signature is the fact; each signature is checked once at most against one key, when somebody asks.
 *
 * The hints say where to look first among CAs of one name, and a self-issued certificate at its own key. A signature has
 * one maker: once a key has made it, no other is tried. Only where no key that is hinted at did, all of the name are.
 */
import { checkSignature, type SignatureCheck } from '../crypto/signature.js';
import { equalBytes } from '../der/values.js';
import { equalNames, nameKey } from '../names/distinguished-name.js';
import type { Certificate } from '../x509/certificate.js';
import { authorityKeyIdentifier, type AuthorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { subjectKeyIdentifier } from '../x509/extensions/subject-key-identifier.js';
import {
  spkiKey,
  wantsInheritedParameters,
  withInheritedParameters,
  type SubjectPublicKeyInfo,
} from '../x509/subject-public-key-info.js';
import { Namesakes } from './namesakes.js';

export type KeyIdentifierMatch = 'match' | 'mismatch' | 'absent';

/** A certificate whose subject is the issuer that was looked for. */
export interface IssuerCandidate {
  readonly certificate: Certificate;
  /** Whether the authority key identifier names this certificate. */
  readonly keyIdentifier: KeyIdentifierMatch;
  /** Whether its key made the signature. */
  readonly signature: SignatureCheck;
}

/** Compares what an AuthorityKeyIdentifier says with one certificate (RFC 5280 4.2.1.1); each part that is there must agree. */
export function matchAuthority(authority: AuthorityKeyIdentifier | undefined, issuer: Certificate): KeyIdentifierMatch {
  if (!authority) return 'absent';
  const { keyIdentifier, authorityCertIssuer, authorityCertSerialNumber } = authority;
  const verdicts: boolean[] = [];
  const own = issuer.tbsCertificate.extensions.get(subjectKeyIdentifier);
  if (keyIdentifier && own) verdicts.push(equalBytes(keyIdentifier, own));
  if (authorityCertSerialNumber) {
    verdicts.push(equalBytes(authorityCertSerialNumber, issuer.tbsCertificate.serialNumber));
  }
  const directoryNames = authorityCertIssuer?.filter((name) => name.type === 'directoryName') ?? [];
  if (directoryNames.length > 0) {
    verdicts.push(directoryNames.some((name) => equalNames(name.value, issuer.tbsCertificate.issuer)));
  }
  if (verdicts.length === 0) return 'absent';
  return verdicts.every(Boolean) ? 'match' : 'mismatch';
}

/** Subject and issuer are the same name (RFC 5280 3.2: self-issued). */
export function isSelfIssued(certificate: Certificate): boolean {
  return equalNames(certificate.tbsCertificate.subject, certificate.tbsCertificate.issuer);
}

/** `done` of `total` certificates. */
export type OnProgress = (done: number, total: number) => void;

export interface IssuerIndexOptions {
  /** Asks OpenSSL; for tests that count. */
  readonly check?: typeof checkSignature;
  /** Told of how many certificates the signature has been looked into. */
  readonly onProgress?: OnProgress | undefined;
}

export class IssuerIndex {
  private readonly bySubject = new Map<string, Namesakes>();
  private readonly usable = new Map<Certificate, readonly IssuerCandidate[]>();
  private readonly issuers = new Map<Certificate, readonly IssuerCandidate[]>();
  private readonly selfSigned = new Map<Certificate, boolean>();
  /** What was found out of the signature of each certificate, by the key. */
  private readonly checks = new Map<Certificate, Map<string, SignatureCheck>>();
  private readonly check: typeof checkSignature;
  private readonly onProgress: OnProgress | undefined;
  private readonly asked = new Set<Certificate>();
  private size = 0;

  /**
   * The extensions of every certificate must be well-formed: see `findMalformedExtensions`.
   */
  constructor(certificates: Iterable<Certificate>, { check = checkSignature, onProgress }: IssuerIndexOptions = {}) {
    this.check = check;
    this.onProgress = onProgress;
    for (const certificate of certificates) {
      this.size++;
      const key = nameKey(certificate.tbsCertificate.subject);
      const namesakes = this.bySubject.get(key) ?? new Namesakes();
      namesakes.add(certificate);
      this.bySubject.set(key, namesakes);
    }
  }

  /** Those that have the key that made the signature; where none is known to have, those of `findIssuers` that are `isUsable`. */
  findUsableIssuers(certificate: Certificate): readonly IssuerCandidate[] {
    let usable = this.usable.get(certificate);
    if (!usable) {
      usable = this.searchUsableIssuers(certificate);
      this.usable.set(certificate, usable);
      this.reportAsked(certificate);
    }
    return usable;
  }

  /** That its signature has been looked into. */
  private reportAsked(certificate: Certificate): void {
    if (!this.onProgress || this.asked.has(certificate)) return;
    this.asked.add(certificate);
    this.onProgress(this.asked.size, this.size);
  }

  private searchUsableIssuers(certificate: Certificate): readonly IssuerCandidate[] {
    const namesakes = this.namesakesOfIssuer(certificate);
    if (!namesakes) return [];
    const { all } = namesakes;
    const named = namesakes.findNamed(certificate.tbsCertificate.extensions.get(authorityKeyIdentifier));
    const own = all.length > 1 && isSelfIssued(certificate) ? namesakes.findByKey(certificate) : [];
    const isMaker = (issuer: Certificate): boolean => this.checkIssuer(certificate, issuer).outcome === 'valid';
    const maker = own.find(isMaker) ?? named.find(isMaker) ?? (named === all ? undefined : all.find(isMaker));
    const possible = maker && all.length > 1 ? namesakes.findByKey(maker) : named;
    return possible
      .map((issuer) => this.describe(certificate, issuer))
      .filter(isUsable)
      .sort((a, b) => rank(a) - rank(b));
  }

  /** Every certificate of the pool whose subject is this certificate's issuer: those that signed it first. */
  findIssuers(certificate: Certificate): readonly IssuerCandidate[] {
    let candidates = this.issuers.get(certificate);
    if (!candidates) {
      const all = this.namesakesOfIssuer(certificate)?.all ?? [];
      candidates = all.map((issuer) => this.describe(certificate, issuer)).sort((a, b) => rank(a) - rank(b));
      this.issuers.set(certificate, candidates);
    }
    return candidates;
  }

  private namesakesOfIssuer(certificate: Certificate): Namesakes | undefined {
    return this.bySubject.get(nameKey(certificate.tbsCertificate.issuer));
  }

  private describe(certificate: Certificate, issuer: Certificate): IssuerCandidate {
    const authority = certificate.tbsCertificate.extensions.get(authorityKeyIdentifier);
    const keyIdentifier = matchAuthority(authority, issuer);
    return { certificate: issuer, keyIdentifier, signature: this.checkIssuer(certificate, issuer) };
  }

  /** The certificate's key; a DSA key that leaves its parameters out gets those of its issuer, or is undefined. */
  keyOf(certificate: Certificate): SubjectPublicKeyInfo | undefined {
    return this.completeKey(certificate, new Set());
  }

  /** Whether the issuer's key made the certificate's signature; DSA parameters are taken from further up where left out. */
  private checkIssuer(certificate: Certificate, issuer: Certificate): SignatureCheck {
    const key = this.keyOf(issuer);
    if (!key) return { outcome: 'unsupported', reason: 'the DSA parameters that the key inherits are not there' };
    const known = this.checks.get(certificate) ?? new Map<string, SignatureCheck>();
    this.checks.set(certificate, known);
    const identity = spkiKey(key);
    let check = known.get(identity);
    if (!check) {
      const { tbsCertificate, signatureAlgorithm, signatureValue } = certificate;
      check = this.check(tbsCertificate.bytes, signatureAlgorithm, signatureValue, key);
      known.set(identity, check);
    }
    return check;
  }

  // RFC 5280 6.1.4 step (e): parameters that a key leaves out are those of its issuer's key.
  private completeKey(certificate: Certificate, visited: Set<Certificate>): SubjectPublicKeyInfo | undefined {
    const key = certificate.tbsCertificate.subjectPublicKeyInfo;
    if (!wantsInheritedParameters(key)) return key;
    visited.add(certificate);
    for (const issuer of this.namesakesOfIssuer(certificate)?.all ?? []) {
      if (visited.has(issuer)) continue;
      const issuerKey = this.completeKey(issuer, visited);
      const completed = issuerKey && withInheritedParameters(key, issuerKey);
      if (completed) return completed;
    }
    return undefined;
  }

  /** True when the certificate is signed with its own key: a root, for whoever trusts it. */
  isSelfSigned(certificate: Certificate): boolean {
    let known = this.selfSigned.get(certificate);
    if (known === undefined) {
      const selfIssued = isSelfIssued(certificate);
      known = selfIssued && this.checkIssuer(certificate, certificate).outcome === 'valid';
      this.selfSigned.set(certificate, known);
      if (selfIssued) this.reportAsked(certificate);
    }
    return known;
  }
}

/** A link that may be followed: the key made the signature, or nobody can tell and nothing speaks against it. */
export function isUsable({ signature, keyIdentifier }: IssuerCandidate): boolean {
  return signature.outcome === 'valid' || (signature.outcome === 'unsupported' && keyIdentifier !== 'mismatch');
}

function rank({ signature, keyIdentifier }: IssuerCandidate): number {
  return (
    { valid: 0, unsupported: 10, invalid: 20 }[signature.outcome] + { match: 0, absent: 1, mismatch: 2 }[keyIdentifier]
  );
}
