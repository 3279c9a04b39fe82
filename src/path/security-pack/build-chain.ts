/**
 * The chain that OpenSSL 3.0 builds, with X509_V_FLAG_TRUSTED_FIRST as is its default: one chain, hardly any way back, no
 * signature checked on the way. From the end entity upward an issuer is looked for among the trusted certificates, then
 * among the others; the first trusted one ends the use of the others. What OpenSSL calls alternative chains is left out:
 * where trusted certificates come first, it looks for them a second time and finds no more. Observed on 3.0.19.
 */
import { removeDuplicates } from '../../chain/pile.js';
import { equalCertificates, type Certificate } from '../../x509/certificate.js';
import { isInTime, isLikelyIssuer, viewAsOpenssl, type OpensslCertificate } from './openssl-certificate.js';
import { opensslNameKey } from './openssl-names.js';

export interface OpensslChain {
  /** End entity first; the trusted certificates last. */
  readonly certificates: readonly OpensslCertificate[];
  /** How many at its beginning are not trusted. */
  readonly untrusted: number;
  /** A self-signed trusted certificate was reached. */
  readonly trusted: boolean;
  /** The limit of certificates was passed before that. */
  readonly tooLong: boolean;
  /** The issuer of the last one stands on the chain already: among the trusted, OpenSSL goes round until it is too long. */
  readonly loops: boolean;
}

export interface OpensslStore {
  readonly trusted: ReadonlyMap<string, readonly OpensslCertificate[]>;
  readonly untrusted: ReadonlyMap<string, readonly OpensslCertificate[]>;
}

/** Certificates by subject as OpenSSL compares it, each once, in the order given. */
function indexBySubject(certificates: readonly Certificate[]): Map<string, OpensslCertificate[]> {
  const bySubject = new Map<string, OpensslCertificate[]>();
  for (const certificate of removeDuplicates(certificates).unique) {
    const key = opensslNameKey(certificate.tbsCertificate.subject);
    const views = bySubject.get(key);
    if (views) views.push(viewAsOpenssl(certificate));
    else bySubject.set(key, [viewAsOpenssl(certificate)]);
  }
  return bySubject;
}

/** The certificates that OpenSSL may use: the anchors, and whatever comes with those that are verified. */
export function indexStore(trusted: readonly Certificate[], untrusted: readonly Certificate[]): OpensslStore {
  return { trusted: indexBySubject(trusted), untrusted: indexBySubject(untrusted) };
}

function isSame(a: OpensslCertificate, b: OpensslCertificate): boolean {
  return a === b || equalCertificates(a.certificate, b.certificate);
}

class ChainBuilder {
  private readonly chain: OpensslCertificate[];
  private untrusted = 1;
  private trusted = false;
  private loops = false;

  constructor(
    target: OpensslCertificate,
    private readonly store: OpensslStore,
    private readonly at: Date,
    private readonly limit: number,
  ) {
    this.chain = [target];
  }

  /** The first issuer that is valid now, else the one that was valid longest. */
  private findIssuer(
    subject: OpensslCertificate,
    pool: OpensslStore['trusted'],
    mayRepeat: boolean,
  ): OpensslCertificate | undefined {
    let best: OpensslCertificate | undefined;
    for (const issuer of pool.get(opensslNameKey(subject.certificate.tbsCertificate.issuer)) ?? []) {
      if (!isLikelyIssuer(subject, issuer)) continue;
      if (!mayRepeat && this.chain.some((member) => isSame(member, issuer))) continue;
      if (isInTime(issuer, this.at)) return issuer;
      if (!best || expiry(issuer) > expiry(best)) best = issuer;
    }
    return best;
  }

  /** A self-issued end entity may be its own issuer; nothing else of the others may stand on the chain twice. */
  private mayRepeat(subject: OpensslCertificate): boolean {
    return subject.selfIssued && this.chain.length === 1;
  }

  private get tooLong(): boolean {
    return this.chain.length > this.limit;
  }

  /** Goes on with a trusted issuer. False where there is none, or where the road ends. */
  private climbTrusted(current: OpensslCertificate): boolean {
    if (this.tooLong) return false;
    const issuer = this.findIssuer(current, this.store.trusted, true);
    if (!issuer) return false;
    if (current.selfSigned) {
      // A self-signed certificate from outside must be the trusted one itself, not merely its namesake.
      if (!isSame(current, issuer)) return false;
      this.chain.pop();
      this.untrusted--;
    } else if (this.chain.some((member) => isSame(member, issuer))) {
      this.loops = true;
      return false;
    }
    this.chain.push(issuer);
    this.trusted = issuer.selfSigned;
    return true;
  }

  private climbUntrusted(current: OpensslCertificate): boolean {
    if (current.selfSigned || this.loops || this.tooLong || this.untrusted < this.chain.length) return false;
    const issuer = this.findIssuer(current, this.store.untrusted, this.mayRepeat(current));
    if (!issuer) return false;
    this.chain.push(issuer);
    this.untrusted++;
    return true;
  }

  build(): OpensslChain {
    for (let last = this.chain.at(-1); last && !this.trusted; last = this.chain.at(-1)) {
      if (!this.climbTrusted(last) && !this.climbUntrusted(last)) break;
    }
    return {
      certificates: this.chain,
      untrusted: this.untrusted,
      trusted: this.trusted,
      tooLong: !this.trusted && this.tooLong,
      loops: this.loops,
    };
  }
}

function expiry({ certificate }: OpensslCertificate): number {
  return certificate.tbsCertificate.validity.notAfter.getTime();
}

/** @param depth as `-verify_depth`: certificates that may stand between the end entity and the root. */
export function buildOpensslChain(target: Certificate, store: OpensslStore, at: Date, depth: number): OpensslChain {
  return new ChainBuilder(viewAsOpenssl(target), store, at, depth + 1).build();
}
