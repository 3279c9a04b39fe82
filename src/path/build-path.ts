/**
 * Searches the paths from one certificate up to the trust anchors (RFC 4158). Depth first and lazily: the next path is
 * looked for only when the last one was refused. Names say where to go, key identifiers which way first, and a signature
 * decides whether the step is real; each costs something, and the budget ends the search. `IssuerIndex` is not used: it
 * checks every signature under a name at once, which is right for a pile of files and wrong for a stranger's pool.
 *
 * Where no certificate made the signature, the likeliest of those with the right name is followed nevertheless: the path
 * is refused for that signature, which explains more than a missing issuer would.
 */
import { entityKey } from '../chain/find-paths.js';
import { isSelfIssued, matchAuthority, type KeyIdentifierMatch } from '../chain/issuer-index.js';
import type { Certificate } from '../x509/certificate.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import type { Name } from '../x509/name.js';
import { measureDistances } from './anchor-distance.js';
import type { CertificatePool } from './certificate-pool.js';
import type { LedgerCheck, SignatureLedger } from './signature-ledger.js';

/** A certificate that bears the name of the issuer that was looked for. */
export interface Link {
  readonly certificate: Certificate;
  readonly isAnchor: boolean;
  readonly keyIdentifier: KeyIdentifierMatch;
}

/** A link that was not followed, and what its key has to do with the signature. */
export interface RefusedLink extends Link {
  readonly signature: LedgerCheck;
}

/** Why a path leads nowhere: no issuer, only issuers that stand on the path already, an untrusted root, or too long. */
export type DeadEnd =
  | { readonly reason: 'no-issuer'; readonly nearMisses: readonly RefusedLink[] }
  | { readonly reason: 'loop' | 'untrusted-root' | 'too-long' };

export interface BuiltPath {
  /** End entity first, the anchor not among them unless it is the end entity itself. */
  readonly certificates: readonly Certificate[];
  readonly anchor: Certificate | undefined;
  /** Set where there is no anchor. */
  readonly deadEnd: DeadEnd | undefined;
}

/** What every search through the same certificates is given. */
export interface SearchInputs {
  readonly anchors: CertificatePool;
  readonly intermediates: CertificatePool;
  readonly at: Date;
  readonly distanceOf: (name: Name) => number;
}

interface SearchContext {
  readonly inputs: SearchInputs;
  readonly ledger: SignatureLedger;
  /** Where each certificate leads: in a mesh the search comes by thousands of times. */
  readonly links: Map<Certificate, readonly EntityLink[]>;
}

interface EntityLink extends Link {
  /** The CA that it leads to, see `entityKey`; an anchor ends the path, and has none. */
  readonly entity: string;
}

export function prepareSearch(anchors: CertificatePool, intermediates: CertificatePool, at: Date): SearchInputs {
  return { anchors, intermediates, at, distanceOf: measureDistances(anchors, intermediates) };
}

/** Every path in turn, the likeliest first; ends early when the budget is spent. */
export function* buildPaths(target: Certificate, inputs: SearchInputs, ledger: SignatureLedger): Generator<BuiltPath> {
  const anchor = inputs.anchors.find(target);
  if (anchor && isSelfIssued(anchor)) yield { certificates: [target], anchor, deadEnd: undefined };
  yield* climb([target], undefined, { inputs, ledger, links: new Map() });
}

/** @param known the CAs on the path; undefined for a path of one certificate, which most end at and need not know. */
function* climb(
  certificates: readonly Certificate[],
  known: ReadonlySet<string> | undefined,
  context: SearchContext,
): Generator<BuiltPath> {
  const { budget } = context.ledger;
  const last = certificates.at(-1);
  if (!last || !budget.spend('nodes')) return;
  if (certificates.length > budget.limits.pathLength) {
    yield { certificates, anchor: undefined, deadEnd: { reason: 'too-long' } };
    return;
  }
  let entities = known;
  const refused: (RefusedLink & EntityLink)[] = [];
  let followed = false;
  let loops = false;
  const links = context.links.get(last) ?? findLinks(last, context);
  context.links.set(last, links);
  for (const link of links) {
    if (!link.isAnchor) entities ??= new Set([entityKey(last)]);
    if (entities?.has(link.entity)) {
      loops = true;
      continue;
    }
    const signature = context.ledger.check(last, link.certificate.tbsCertificate.subjectPublicKeyInfo);
    if (signature.outcome === 'unpaid') return;
    if (signature.outcome === 'valid' || (signature.outcome === 'unsupported' && link.keyIdentifier !== 'mismatch')) {
      followed = true;
      yield* follow(certificates, entities, link, context);
    } else refused.push({ ...link, signature });
    if (budget.exceeded) return;
  }
  if (followed) return;
  const broken = refused.find(({ keyIdentifier }) => keyIdentifier !== 'mismatch');
  if (isOwnIssuer(last, context)) {
    yield { certificates, anchor: undefined, deadEnd: { reason: 'untrusted-root' } };
  } else if (broken) yield* follow(certificates, entities, broken, context);
  else if (loops) yield { certificates, anchor: undefined, deadEnd: { reason: 'loop' } };
  else yield { certificates, anchor: undefined, deadEnd: { reason: 'no-issuer', nearMisses: refused } };
}

function* follow(
  certificates: readonly Certificate[],
  entities: ReadonlySet<string> | undefined,
  { certificate, isAnchor, entity }: EntityLink,
  context: SearchContext,
): Generator<BuiltPath> {
  if (isAnchor) yield { certificates, anchor: certificate, deadEnd: undefined };
  else yield* climb([...certificates, certificate], new Set([...(entities ?? []), entity]), context);
}

/** Signed with its own key, as far as that can be told. */
function isOwnIssuer(certificate: Certificate, { ledger }: SearchContext): boolean {
  return (
    isSelfIssued(certificate) &&
    matchAuthority(certificate.tbsCertificate.extensions.get(authorityKeyIdentifier), certificate) !== 'mismatch' &&
    ledger.check(certificate, certificate.tbsCertificate.subjectPublicKeyInfo).outcome === 'valid'
  );
}

const keyIdentifierRank = { match: 0, absent: 1, mismatch: 2 };

/** Whoever bears the issuer's name: anchors first, then the named key, then valid ones, then the shortest way to an anchor. */
function findLinks(
  certificate: Certificate,
  { inputs: { anchors, intermediates, at, distanceOf } }: SearchContext,
): readonly EntityLink[] {
  const { issuer, extensions } = certificate.tbsCertificate;
  const authority = extensions.get(authorityKeyIdentifier);
  const trusted = anchors.findBySubject(issuer);
  const others = intermediates.findBySubject(issuer).filter((candidate) => !anchors.find(candidate));
  const several = trusted.length + others.length > 1;
  const describe = (isAnchor: boolean) => (candidate: Certificate) => ({
    certificate: candidate,
    isAnchor,
    entity: isAnchor ? '' : entityKey(candidate),
    keyIdentifier: matchAuthority(authority, candidate),
    isValid: isValid(candidate, at),
    distance: several ? distanceOf(candidate.tbsCertificate.issuer) : 0,
  });
  const links = [...trusted.map(describe(true)), ...others.map(describe(false))];
  if (!several) return links;
  return links.sort(
    (a, b) =>
      Number(b.isAnchor) - Number(a.isAnchor) ||
      keyIdentifierRank[a.keyIdentifier] - keyIdentifierRank[b.keyIdentifier] ||
      Number(b.isValid) - Number(a.isValid) ||
      compareDistances(a.distance, b.distance) ||
      expiry(b.certificate) - expiry(a.certificate),
  );
}

/** Two infinities are equal, which their difference is not. */
function compareDistances(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function isValid({ tbsCertificate: { validity } }: Certificate, at: Date): boolean {
  return validity.notBefore <= at && at <= validity.notAfter;
}

function expiry({ tbsCertificate }: Certificate): number {
  return tbsCertificate.validity.notAfter.getTime();
}
