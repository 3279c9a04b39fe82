/** The wording of the area `crl`. */
import type { ParamsOf } from '../../finding/catalogue.js';
import type { crlCatalogue } from '../../finding/crl.js';
import type { CRLOutcome } from '../../revocation/judged-crl.js';
import { formatDay, formatInstant, formatSpan } from '../instant.js';
import { describeOutcome } from './crl-outcomes.js';
import type { Wording } from './words.js';

/** Names of certificates that one line still bears. */
const mostNames = 4;

function list(names: readonly string[]): string {
  const more = names.length - mostNames;
  return more > 0 ? `${names.slice(0, mostNames).join(', ')} and ${more} more` : names.join(', ');
}

/** What a fault of a CRL means for the certificates that were asked about. */
function leaving(certificates: readonly string[]): string {
  return certificates.length > 0 ? `; the status of ${list(certificates)} is unknown` : '';
}

function ago(instant: string, at: string): string {
  return formatSpan(new Date(at).getTime() - new Date(instant).getTime());
}

/** Where to get a CRL, as far as the certificates say it. */
function whereToGet(urls: readonly string[]): string {
  return urls.length > 0 ? `it is published at ${urls.join(' and ')}` : 'ask the CA for it';
}

const numbered = (number: string | undefined, thisUpdate: string): string =>
  `${number === undefined ? 'no number' : `number ${number}`} of ${formatInstant(thisUpdate)}`;

function describeScope(scope: ParamsOf<'crl/out-of-scope'>['scope'], points: readonly string[]): string {
  switch (scope) {
    case 'user-certificates':
      return 'is about end-entity certificates only';
    case 'ca-certificates':
      return 'is about CA certificates only';
    case 'attribute-certificates':
      return 'is about attribute certificates only';
    case 'distribution-point':
      return `covers only certificates with the distribution point ${list(points)}`;
    case 'left-to-others':
      return `has a distribution point that certificates leave to ${list(points)} (cRLIssuer)`;
  }
}

/** Why a delta CRL does not go with the complete CRLs that are here. */
const misfits: Readonly<Record<NonNullable<ParamsOf<'crl/delta'>['misfit']>, string>> = {
  'no-complete-crl': 'no complete CRL of the issuer is here that could be used',
  'other-scope': 'the complete CRL has another scope',
  'other-key-identifier': 'the complete CRL names another key',
  'other-key': 'the complete CRL is signed with another key',
  'not-numbered': 'it or the complete CRL has no number',
  'not-newer': 'it is no newer than the complete CRL, which cannot be used',
  'complete-crl-too-old': 'the complete CRL is older than that',
};

/** Why somebody who signed a CRL may not speak for its issuer. */
const signerProblems: Readonly<Record<ParamsOf<'crl/signer-not-accepted'>['problem'], string>> = {
  'issued-by-others': 'no certificate of the path issued it',
  'outside-validity': 'it has expired or is not valid yet',
  'critical-extension': 'it has a critical extension that is not understood',
  'path-refused': 'it has no valid path to the same trust anchor',
  revoked: 'it is revoked',
  'status-unknown': 'nobody knows whether it is revoked',
  circular: 'whether it is revoked hangs on CRLs that it signed itself',
  'too-many-signers': 'too many certificates sign CRLs about each other',
};

const signerHints: Partial<Record<ParamsOf<'crl/signer-not-accepted'>['problem'], string>> = {
  'outside-validity': 'get the CRL anew: the CA has a newer certificate for signing CRLs',
  revoked: 'get the CRL anew from the CA, signed with a key that is not revoked',
  'status-unknown': 'add the current CRL that covers the certificate of the signer',
};

const extendedFeatures: Readonly<Record<ParamsOf<'crl/extended-support-needed'>['features'][number], string>> = {
  indirect: 'it is an indirect CRL',
  'partial-reasons': 'it is for some reasons only',
  'signer-outside-path': 'who signed it is not on the path of the certificate',
};

export const crlWording: Wording<typeof crlCatalogue> = {
  'crl/revoked': ({ revokedAt, reason, invalidityDate, crl }) => ({
    message:
      `was revoked on ${formatInstant(revokedAt)}, ${reason === undefined ? 'no reason given' : `reason ${reason}`}` +
      `${invalidityDate === undefined ? '' : `, invalid since ${formatInstant(invalidityDate)}`}, says the CRL of ${crl}`,
    hint:
      reason === 'certificateHold'
        ? 'it is on hold: the CA may release it, until then every verifier that reads CRLs refuses it'
        : 'replace it with a newly issued certificate; with a compromised key, make a new key first',
  }),
  'crl/issuer-certificate-missing': ({ issuer, keyIdentifier, urls }) => ({
    message: `the certificate of its issuer is not here, so no CRL can be checked: ${issuer}${
      keyIdentifier === undefined ? '' : `, key identifier ${keyIdentifier}`
    }`,
    hint:
      urls.length > 0
        ? `it is published at ${urls.join(' and ')}; give it with --issuers`
        : 'give the certificate of the CA with --issuers',
  }),
  'crl/listed-in-unusable': ({ crl, revokedAt, problem }) => ({
    message: `is listed as revoked on ${formatInstant(revokedAt)} in the CRL of ${crl}, which gives no status: it ${describeOutcome(problem as CRLOutcome)}`,
    hint: 'take it for revoked until the CA says otherwise',
  }),
  'crl/missing': ({ issuer, certificates, urls, cRLIssuers }) => ({
    message:
      `no CRL of ${issuer} is here` +
      `${cRLIssuers.length > 0 ? `, and the certificates leave their CRLs to ${list(cRLIssuers)}` : ''}${leaving(certificates)}`,
    hint:
      cRLIssuers.length > 0
        ? 'add the CRL that they issue, and with --issuers the certificate of who signs it'
        : `${whereToGet(urls)}; add it to the CRLs: for OpenSSL a missing CRL is as bad as a revoked certificate`,
  }),
  'crl/wrong-key': ({ wanted, found, certificates }) => ({
    message: `is signed with another key of that name: the issuer's key is ${wanted}, the CRL names ${found}${leaving(certificates)}`,
    hint: 'the CA was probably renewed with a new key: get the CRL that its other key signed, or check that the issuer is the right one',
  }),
  'crl/key-identifier-mismatch': ({ wanted, found, certificates }) => ({
    message: `is signed with the issuer's key but names another: the issuer's is ${wanted}, the CRL names ${found}${leaving(certificates)}`,
    hint: 'OpenSSL passes over such a CRL and says that there is none: the CA has to correct one of the two',
  }),
  'crl/bad-signature': ({ reason, certificates }) => ({
    message: `${
      reason === 'algorithms-differ'
        ? 'names two different signature algorithms, within and beside the signed part'
        : 'has a signature that the key of its issuer did not make'
    }${leaving(certificates)}`,
    hint: 'the file is damaged or not from this CA: get it anew; leave it out even where a good one stands beside it, for OpenSSL may pick this one',
  }),
  'crl/signature-not-checked': ({ reason, certificates }) => ({
    message: `has a signature that could not be checked: ${reason}${leaving(certificates)}`,
    hint: 'OpenSSL cannot check it either: ask the CA for a CRL with a common signature algorithm',
  }),
  'crl/issuer-may-not-sign': ({ issuer, keyUsage, certificates }) => ({
    message: `is signed by ${issuer}, whose key usage lacks cRLSign (it has ${keyUsage.join(', ') || 'none'})${leaving(certificates)}`,
    hint: 'have the CA certificate issued anew with cRLSign, or get the CRL from the key that the CA uses for CRLs',
  }),
  'crl/malformed': ({ offset, detail, certificates }) => ({
    message: `is damaged at byte ${offset}: ${detail}${leaving(certificates)}`,
    hint: 'get it anew from the CA',
  }),
  'crl/unhandled-critical-extension': ({ extnID, where, offset, certificates }) => ({
    message: `has a critical extension that may not be passed over, ${extnID}, ${
      where === 'entry' ? 'in an entry' : 'in its header'
    } at byte ${offset}${leaving(certificates)}`,
    hint: 'verifiers must not use such a CRL for any certificate: ask the CA for one without this extension',
  }),
  'crl/signer-missing': ({ issuer, keyIdentifier, certificates }) => ({
    message: `is issued by ${issuer}, whose certificate is not here${
      keyIdentifier === undefined ? '' : ` (key identifier ${keyIdentifier})`
    }${leaving(certificates)}`,
    hint: 'give the certificate of who signs the CRLs with --issuers',
  }),
  'crl/signer-not-accepted': ({ signer, problem, certificates }) => ({
    message: `is signed by ${signer}, who may not speak for its issuer: ${signerProblems[problem]}${leaving(certificates)}`,
    hint:
      signerHints[problem] ??
      'check that the signer is the right one, and give the whole path up to the same trust anchor',
  }),
  'crl/delta': ({ base, misfit, certificates }) => ({
    message: `is a delta CRL, it tells only what has changed since number ${base}${
      misfit === undefined ? '' : `, and ${misfits[misfit]}`
    }${leaving(certificates)}`,
    hint: `keep the complete CRL beside it, number ${base} or newer; OpenSSL takes a delta for a complete CRL unless told -extended_crl`,
  }),
  'crl/indirect': ({ certificates }) => ({
    message: `has entries for certificates of other issuers, but does not say that it is an indirect CRL${leaving(certificates)}`,
    hint: 'the CA has to set indirectCRL in it: such a CRL contradicts itself',
  }),
  'crl/not-indirect': ({ certificates }) => ({
    message: `is named by a certificate of another issuer (cRLIssuer), but is no indirect CRL${leaving(certificates)}`,
    hint: 'it says nothing about certificates of others: ask the CA for the indirect CRL',
  }),
  'crl/partial-reasons': ({ reasons, missing, certificates }) => ({
    message: `lists only what is revoked for ${reasons.join(', ') || 'no reason at all'}${leaving(certificates)}`,
    hint:
      missing.length > 0
        ? `add the CRL for the other reasons, too: nothing here covers ${missing.join(', ')}`
        : 'the CA has another CRL for the other reasons',
  }),
  'crl/out-of-scope': ({ scope, points, certificates }) => ({
    message: `${describeScope(scope, points)}${leaving(certificates)}`,
    hint:
      scope === 'left-to-others'
        ? 'add the CRL that they issue, and with --issuers the certificate of who signs it'
        : 'the CA has another CRL for these: add it, too',
  }),
  'crl/not-yet-valid': ({ thisUpdate, at, certificates }) => ({
    message: `is not valid before ${formatInstant(thisUpdate)}, checked at ${formatInstant(at)}${leaving(certificates)}`,
    hint: `check the clock of this machine, or keep the CRL before this one until then; --at ${formatDay(thisUpdate)} checks another instant`,
  }),
  'crl/stale': ({ nextUpdate, at, certificates }) => ({
    message: `is stale since ${formatInstant(nextUpdate)}, by ${ago(nextUpdate, at)} at ${formatInstant(at)}${leaving(certificates)}`,
    hint: 'get the current CRL from the CA, and find out why the update did not come',
  }),
  'crl/expires-soon': ({ nextUpdate, at }) => ({
    message: `is to be replaced by ${formatInstant(nextUpdate)}, in ${ago(nextUpdate, at)}`,
    hint: 'get the next CRL in time: from then on every certificate of this issuer is refused',
  }),
  'crl/extended-support-needed': ({ certificates, features }) => ({
    message: `is the reason that ${list(certificates)} ${certificates.length > 1 ? 'are' : 'is'} good, but OpenSSL passes over it: ${features
      .map((feature) => extendedFeatures[feature])
      .join(', ')}`,
    hint: 'OpenSSL reads such CRLs with -extended_crl only, and says otherwise that there is none: ask the CA for a plain CRL where that cannot be set',
  }),
  'crl/signer-vouches-for-itself': ({ certificates }) => ({
    message: `is signed by the certificate that it clears, ${list(certificates)}, as its issuer wants it`,
    hint: 'were that key stolen, nobody could tell: have its status put on a CRL of its issuer; OpenSSL refuses such CRLs',
  }),
  'crl/issuer-as-distribution-point': ({ certificates }) => ({
    message: `has its issuer's name for a distribution point, and ${list(certificates)} ${
      certificates.length > 1 ? 'name' : 'names'
    } no such point: RFC 5280 takes it, OpenSSL does not`,
    hint: 'ask the CA for a CRL without distribution point, or for certificates that name it',
  }),
  'crl/later-distribution-points': ({ certificates }) => ({
    message: `covers all reasons only by several distribution points of ${list(certificates)}; OpenSSL looks at the first alone and finds no CRL for the rest`,
    hint: 'ask the CA for certificates whose distribution point is for all reasons',
  }),
  'crl/no-next-update': () => ({
    message: 'does not say when the next one comes, so it never goes stale',
    hint: 'RFC 5280 wants the date: ask the CA; until then nobody can tell whether this CRL is still current',
  }),
  'crl/superseded': ({ by, number, thisUpdate, newerNumber, newerThisUpdate }) => ({
    message: `${numbered(number, thisUpdate)} is superseded by ${by}, ${numbered(newerNumber, newerThisUpdate)}`,
  }),
  'crl/duplicate': ({ first }) => ({ message: `is the same CRL as that of ${first}` }),
  'crl/unrelated': () => ({ message: 'is of no issuer of these certificates' }),
  'crl/none': () => ({
    message: 'holds no CRL',
    hint: 'name a file with the CRL of each CA, as PEM (X509 CRL) or DER',
  }),
  'crl/nothing-checked': () => ({
    message: 'holds no certificate that a CRL could speak of: all are self-signed',
    hint: 'name the certificates that these CAs have issued',
  }),
  'crl/not-verified': () => ({
    message: 'their signatures were not checked, for no CA certificates were given',
    hint: 'name the chain that the file is for with --for',
  }),
};
