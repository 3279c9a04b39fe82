/**
 * Name constraints as OpenSSL 3.0 reads them. It compares ends of strings and never asks whether a name or a constraint is
 * well-formed, so that `.example.com` passes as a name and a wildcard as any other label. Observed on 3.0.19.
 */
import { foldCase } from '../../names/dns-name.js';
import { formatGeneralName } from '../../names/name-constraints.js';
import { isSameForm } from '../../names/name-constraint-matching.js';
import { Tag } from '../../der/tag.js';
import type { GeneralSubtree, NameConstraints } from '../../x509/extensions/name-constraints.js';
import type { GeneralName } from '../../x509/general-name.js';
import { attributeValues, commonNameType, emailAddressType, isEmptyName, shortName } from '../../x509/name.js';
import type { OpensslChain } from './build-chain.js';
import type { OpensslCertificate } from './openssl-certificate.js';
import { opensslNameKey } from './openssl-names.js';
import type { Transcript } from './transcript.js';

type Match = 'inside' | 'outside' | 'bad-name' | 'unsupported';

/** Names times subtrees that OpenSSL compares before it gives up (NAME_CHECK_MAX). */
const nameCheckLimit = 2 ** 20;

export function checkNames({ certificates }: OpensslChain, transcript: Transcript): void {
  for (let depth = certificates.length - 1; depth >= 0; depth--) {
    const view = certificates[depth];
    if (!view || (depth > 0 && view.selfIssued)) continue;
    for (let above = certificates.length - 1; above > depth; above--) {
      const authority = certificates[above];
      if (authority?.nameConstraints) checkAgainst(view, depth, authority, authority.nameConstraints, transcript);
    }
  }
}

function checkAgainst(
  view: OpensslCertificate,
  depth: number,
  authority: OpensslCertificate,
  constraints: NameConstraints,
  transcript: Transcript,
): void {
  const { certificate, subjectAltName } = view;
  const { permittedSubtrees = [], excludedSubtrees = [] } = constraints;
  const entries = certificate.tbsCertificate.subject.rdnSequence.flat().length + subjectAltName.length;
  const subtrees = permittedSubtrees.length + excludedSubtrees.length;
  if (entries * subtrees > nameCheckLimit) {
    transcript.say(certificate, 'path/too-many-names', { names: entries, subtrees });
    return;
  }
  const by = shortName(authority.certificate.tbsCertificate.subject);
  for (const name of namesOf(view, depth === 0)) {
    if (!checkName(name, constraints, by, view, transcript)) return;
  }
}

type Candidate = GeneralName | { readonly type: 'bad-name'; readonly value: string };

/** Subject, its e-mail addresses, the alternative names, and of an end entity without dNSName its host-like common names. */
function namesOf({ certificate, subjectAltName }: OpensslCertificate, isLast: boolean): readonly Candidate[] {
  const { subject } = certificate.tbsCertificate;
  const readsCommonName = isLast && !subjectAltName.some(({ type }) => type === 'dNSName');
  return [
    ...(isEmptyName(subject) ? [] : [{ type: 'directoryName', value: subject } as const]),
    ...attributeValues(subject, emailAddressType).map(({ tag, value = '' }) =>
      tag === Tag.ia5String ? ({ type: 'rfc822Name', value } as const) : ({ type: 'bad-name', value } as const),
    ),
    ...subjectAltName,
    ...(readsCommonName ? attributeValues(subject, commonNameType) : []).flatMap(({ value = '' }) =>
      isHostLike(value) ? [{ type: 'dNSName', value } as const] : [],
    ),
  ];
}

/** Two labels or more of letters, digits, inner hyphens and underscores. */
function isHostLike(text: string): boolean {
  return /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)+$/i.test(text);
}

/** Says what OpenSSL finds wrong with a name; false where there is something. */
function checkName(
  name: Candidate,
  { permittedSubtrees = [], excludedSubtrees = [] }: NameConstraints,
  by: string,
  { certificate }: OpensslCertificate,
  transcript: Transcript,
): boolean {
  if (name.type === 'bad-name') {
    transcript.say(certificate, 'path/constrained-name-malformed', { name: name.value, by });
    return false;
  }
  const permitted = permittedSubtrees.filter(({ base }) => isSameForm(name, base));
  const excluded = excludedSubtrees.filter(({ base }) => isSameForm(name, base));
  const verdict = findRefusal(name, permitted, 'permitted') ?? findRefusal(name, excluded, 'excluded');
  if (!verdict) return true;
  const about = { name: formatGeneralName(name), by };
  const subtree = verdict.subtree ? formatGeneralName(verdict.subtree.base) : '';
  switch (verdict.outcome) {
    case 'distance':
      transcript.say(certificate, 'path/name-constraint-distance', { ...about, subtree });
      break;
    case 'bad-name':
      transcript.say(certificate, 'path/constrained-name-malformed', about);
      break;
    case 'unsupported':
      transcript.say(certificate, 'path/name-form-unsupported', about);
      break;
    case 'inside':
      transcript.say(certificate, 'path/name-excluded', { ...about, excluded: subtree });
      break;
    case 'outside': {
      const bases = permitted.map(({ base }) => formatGeneralName(base));
      transcript.say(certificate, 'path/name-not-permitted', { ...about, permitted: bases });
    }
  }
  return false;
}

interface Refusal {
  readonly outcome: Match | 'distance';
  readonly subtree?: GeneralSubtree;
}

/** Goes through subtrees of the name's form in their order; once one permits it, the others are looked at for distances only. */
function findRefusal(
  name: GeneralName,
  subtrees: readonly GeneralSubtree[],
  rule: 'permitted' | 'excluded',
): Refusal | undefined {
  let isPermitted = rule === 'excluded' || subtrees.length === 0;
  for (const subtree of subtrees) {
    if (subtree.minimum !== 0 || subtree.maximum !== undefined) return { outcome: 'distance', subtree };
    if (rule === 'permitted' && isPermitted) continue;
    const outcome = matchName(name, subtree.base);
    if (outcome === 'inside' && rule === 'permitted') isPermitted = true;
    else if (outcome !== 'outside') return { outcome, subtree };
  }
  return isPermitted ? undefined : { outcome: 'outside' };
}

function matchName(name: GeneralName, base: GeneralName): Match {
  if (name.type === 'directoryName' && base.type === name.type) {
    return opensslNameKey(name.value).startsWith(opensslNameKey(base.value)) ? 'inside' : 'outside';
  }
  if (name.type === 'dNSName' && base.type === name.type) return matchEnd(foldCase(name.value), foldCase(base.value));
  if (name.type === 'rfc822Name' && base.type === name.type) return matchMailbox(name.value, base.value);
  if (name.type === 'uniformResourceIdentifier' && base.type === name.type) return matchURI(name.value, base.value);
  if (name.type === 'iPAddress' && base.type === name.type) return matchAddress(name.value, base.value);
  return 'unsupported';
}

/** The name ends with the base, at a dot. */
function matchEnd(name: string, base: string): Match {
  if (base === '' || name === base) return 'inside';
  return name.endsWith(base) && (base.startsWith('.') || name.at(-base.length - 1) === '.') ? 'inside' : 'outside';
}

function matchHost(host: string, base: string): Match {
  if (base.startsWith('.')) return host.length > base.length && host.endsWith(base) ? 'inside' : 'outside';
  return host === base ? 'inside' : 'outside';
}

function matchMailbox(name: string, base: string): Match {
  const at = name.lastIndexOf('@');
  if (at < 0) return 'bad-name';
  const baseAt = base.lastIndexOf('@');
  // A domain is compared with the end of the whole address.
  if (baseAt < 0 && base.startsWith('.')) return matchHost(foldCase(name), foldCase(base));
  if (baseAt > 0 && name.slice(0, at) !== base.slice(0, baseAt)) return 'outside';
  return foldCase(name.slice(at + 1)) === foldCase(base.slice(baseAt + 1)) ? 'inside' : 'outside';
}

function matchURI(name: string, base: string): Match {
  const [, rest] = /^[^:]*:\/\/(.*)$/s.exec(name) ?? [];
  if (rest === undefined) return 'bad-name';
  // The host ends at the first colon, else at the first slash: a user name or a query would be taken for part of it.
  const colon = rest.indexOf(':');
  const slash = rest.indexOf('/');
  const end = colon >= 0 ? colon : slash >= 0 ? slash : rest.length;
  return end === 0 ? 'bad-name' : matchHost(foldCase(rest.slice(0, end)), foldCase(base));
}

/** Any mask will do. */
function matchAddress(name: Uint8Array, base: Uint8Array): Match {
  if (name.length !== 4 && name.length !== 16) return 'bad-name';
  if (base.length !== 8 && base.length !== 32) return 'bad-name';
  if (base.length !== name.length * 2) return 'outside';
  const differs = name.some((octet, at) => ((octet ^ (base[at] ?? 0)) & (base[name.length + at] ?? 0)) !== 0);
  return differs ? 'outside' : 'inside';
}
