/**
 * The finding that says why one name of the certificate did not match although it comes near the host.
 *
 * The verifier's reason chooses the explainer, the resemblance of name and host what it says: so one set of explainers
 * serves every profile, and a name that has nothing to do with the host says nothing.
 */
import { createFinding } from '../finding/catalogue.js';
import type { Finding, Origin, Subject } from '../finding/finding.js';
import { findHostNameFault, toALabels } from '../names/dns-name.js';
import type { HostAdvice } from './advice.js';
import { findResemblance, type Resemblance } from './resemblance.js';
import { readUriHost } from './uri-host.js';
import type { Consideration, HostProfile, HostReason } from './verdict.js';

/** What every finding about one host tells. */
export interface Inquiry {
  readonly profile: HostProfile;
  readonly host: string;
  readonly advice: HostAdvice;
  readonly subject: Subject;
  readonly origin: Origin | undefined;
  /** The kinds of subjectAltName entries that the certificate has. */
  readonly kinds: readonly string[];
}

/** A dNSName in UTF-8, against RFC 5280, as its writer meant it; anything else as it stands. */
export function readableName({ source, value }: Pick<Consideration, 'source' | 'value'>): string {
  if (source === 'commonName' || !/^[\0-\xff]*[\x80-\xff]/.test(value)) return value;
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}

function paramsOf(inquiry: Inquiry, considered: Consideration) {
  const { profile, host, advice } = inquiry;
  const { connectWith, askFor } = advice;
  return { profile, host, connectWith, askFor, source: considered.source, name: considered.value, more: 0 };
}

const isSame = (resemblance: Resemblance | undefined): boolean => resemblance === 'same' || resemblance === 'case';

/** A name that was compared: what keeps it apart from the host. */
function explainDifference(inquiry: Inquiry, considered: Consideration, near: Resemblance | undefined) {
  const { subject, origin } = inquiry;
  const params = paramsOf(inquiry, considered);
  const place = { origin };
  switch (near) {
    case 'trailing-dot': {
      const assumed = inquiry.profile.startsWith('security-pack');
      return createFinding('host/trailing-dot', subject, { ...params, matched: false, assumed }, place);
    }
    case 'blanks':
      return createFinding('host/blanks-around-name', subject, params, place);
    case 'u-labels': {
      const aLabels = toALabels(inquiry.host) ?? '';
      return createFinding('host/u-labels', subject, { ...params, matched: false, aLabels }, place);
    }
    case 'short-host':
      return createFinding('host/short-target', subject, params, place);
    case 'short-name':
      return createFinding('host/short-name', subject, params, place);
    case 'underscore':
      return createFinding('host/underscore', subject, params, place);
    case 'one-letter':
      return createFinding('host/one-letter', subject, params, place);
    case 'parent-domain':
      return createFinding('host/parent-domain', subject, params, place);
    case 'wildcard-depth':
      return createFinding('host/wildcard-depth', subject, params, place);
    case 'same':
    case 'case':
    case 'wildcard':
    case undefined:
      return undefined;
  }
}

function explainIgnoredCommonName(inquiry: Inquiry, considered: Consideration, near: Resemblance | undefined) {
  const acceptsWildcard = inquiry.profile === 'openssl' || inquiry.profile === 'java' || inquiry.profile === 'node';
  if (!isSame(near) && !(near === 'wildcard' && acceptsWildcard)) return undefined;
  const { reason, assumed = false } = considered;
  const params = { ...paramsOf(inquiry, considered), kinds: inquiry.kinds, reason, assumed };
  return createFinding('host/common-name-ignored', inquiry.subject, params, { origin: inquiry.origin });
}

/** An entry of a kind that is not compared, but that speaks of this very host. */
function explainOtherKind(inquiry: Inquiry, considered: Consideration) {
  const { subject, origin, host } = inquiry;
  const params = paramsOf(inquiry, considered);
  if (considered.source === 'uri' && isSame(findResemblance(host, readUriHost(considered.value)?.host ?? ''))) {
    return createFinding('host/uri-not-compared', subject, { ...params, reason: considered.reason }, { origin });
  }
  const domain = considered.value.slice(considered.value.lastIndexOf('@') + 1);
  if (considered.source === 'email' && isSame(findResemblance(host, domain))) {
    return createFinding('host/email-not-compared', subject, params, { origin });
  }
  return undefined;
}

function explainWildcard(inquiry: Inquiry, considered: Consideration, near: Resemblance | undefined) {
  const { subject, origin } = inquiry;
  if (near !== 'wildcard') return explainDifference(inquiry, considered, near);
  const params = { ...paramsOf(inquiry, considered), form: considered.reason !== 'wildcard-not-accepted' };
  return createFinding('host/wildcard-not-accepted', subject, params, { origin });
}

type Explainer = (inquiry: Inquiry, considered: Consideration, near: Resemblance | undefined) => Finding | undefined;

function explainRefusedName(inquiry: Inquiry, considered: Consideration, near: Resemblance | undefined) {
  if (!isSame(near)) return explainDifference(inquiry, considered, near);
  const fault = findHostNameFault(considered.value) ?? 'other-character';
  const params = { ...paramsOf(inquiry, considered), fault };
  return createFinding('host/name-refused', inquiry.subject, params, { origin: inquiry.origin });
}

/** Says the code always. */
const say =
  (code: 'host/nul-in-name' | 'host/undecodable-name' | 'host/san-unreadable'): Explainer =>
  (inquiry, considered) =>
    createFinding(code, inquiry.subject, paramsOf(inquiry, considered), { origin: inquiry.origin });

/** Says the code where the name is the host but for its case. */
const sayWhenSame =
  (code: 'host/dns-name-ignored' | 'host/address-as-name'): Explainer =>
  (inquiry, considered, near) =>
    isSame(near)
      ? createFinding(code, inquiry.subject, paramsOf(inquiry, considered), { origin: inquiry.origin })
      : undefined;

/** Reasons that are not here belong to the target or to a match, or tell nothing about this host. */
const explainers: Partial<Readonly<Record<HostReason, Explainer>>> = {
  'contains-nul': say('host/nul-in-name'),
  undecodable: say('host/undecodable-name'),
  'san-unreadable': say('host/san-unreadable'),
  'case-differs': (inquiry, considered) => {
    const params = { ...paramsOf(inquiry, considered), matched: false };
    return createFinding('host/case-differs', inquiry.subject, params, { origin: inquiry.origin });
  },
  'wildcard-not-accepted': explainWildcard,
  'wildcard-form-not-accepted': explainWildcard,
  'wildcard-over-public-suffix': explainWildcard,
  'wildcard-does-not-cover': explainWildcard,
  'san-present': explainIgnoredCommonName,
  'dns-san-present': explainIgnoredCommonName,
  'common-name-never-compared': explainIgnoredCommonName,
  'not-the-last-common-name': explainIgnoredCommonName,
  'sip-domain-present': sayWhenSame('host/dns-name-ignored'),
  'name-not-compared-with-address': sayWhenSame('host/address-as-name'),
  'not-a-host-name': explainRefusedName,
  'kind-not-compared': explainOtherKind,
  'uri-of-another-scheme': explainOtherKind,
  'sip-uri-with-user': explainOtherKind,
  'different-name': explainDifference,
};

/** The finding for one name that did not match, or undefined when it has nothing to do with the host. */
export function explainMismatch(inquiry: Inquiry, considered: Consideration): Finding | undefined {
  const near = findResemblance(inquiry.host, readableName(considered));
  return explainers[considered.reason]?.(inquiry, considered, near);
}
