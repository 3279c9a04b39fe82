/** The wording of the area `path`. */
import type { pathCatalogue } from '../../finding/path.js';
import type { Wording } from './words.js';

function list(items: readonly string[]): string {
  return items.join(', ') || 'none';
}

const budgets: Readonly<Record<string, string>> = {
  signatureChecks: 'signature checks',
  nodes: 'steps of the search',
  nameComparisons: 'comparisons of names with name constraints',
  pathLength: 'certificates on one path',
};

const renewCA = 'ask the CA for a certificate that it issued under the right constraints';

export const pathWording: Wording<typeof pathCatalogue> = {
  'path/budget-exceeded': ({ budget, limit }) => ({
    message: `the search stopped after ${limit} ${budgets[budget] ?? budget}; no path was accepted until then`,
    hint: 'leave out certificates that do not belong to this chain; an ordinary chain needs a handful of steps',
  }),
  'path/loop': ({ issuer }) => ({
    message: `every certificate that could have issued it (${issuer}) stands below it already: the path runs in a circle`,
    hint: 'add the certificate that a root issued for this CA',
  }),
  'path/self-signed-end-entity': () => ({
    message: 'is signed with its own key and is not among the trusted certificates',
    hint: 'have it issued by a CA, or add this very certificate to the trusted-ca of the other side',
  }),
  'path/anchor-not-self-signed': ({ issuer }) => ({
    message: `is trusted but not self-signed, and the certificate of its issuer ${issuer} is not trusted`,
    hint: 'OpenSSL and public verifiers go on up to a root: add the root certificate to the trusted-ca',
  }),
  'path/no-trust-anchors': () => ({
    message: 'no trusted certificate was given, so nothing can be trusted',
    hint: 'give the roots with --trusted-ca',
  }),
  'path/empty': () => ({ message: 'no certificate to validate', hint: 'name a file that holds the certificate' }),
  'path/signature-invalid': ({ issuer }) => ({
    message: `bears a signature that the key of ${issuer} did not make`,
    hint: 'the certificate was changed after it was signed, or another CA with the same name and another key issued it',
  }),
  'path/algorithm-mismatch': ({ inner, outer }) => ({
    message: `names two signature algorithms: ${inner} inside the signed part, ${outer} outside`,
    hint: 'the certificate was tampered with or made by faulty software: have it issued anew',
  }),
  'path/explicit-curve': () => ({
    message: 'has an elliptic curve key that spells out its curve instead of naming it',
    hint: 'such keys can be forged to look like another (CVE-2020-0601): make a key on a named curve',
  }),
  'path/issuer-name-mismatch': ({ issuer, expected }) => ({
    message: `says that ${issuer} issued it, but the next certificate of the path is ${expected}`,
    hint: 'put the certificates in order, or find the one whose subject is this issuer',
  }),
  'path/name-not-permitted': ({ name, permitted, by }) => ({
    message: `bears the name ${name}, but ${by} permits only ${list(permitted)}`,
    hint: 'the CA may not issue for this name: ask for a name inside its constraints or go to another CA',
  }),
  'path/name-excluded': ({ name, excluded, by }) => ({
    message: `bears the name ${name}, which ${by} excludes with ${excluded}`,
    hint: 'the CA may not issue for this name: ask for a name outside what is excluded or go to another CA',
  }),
  'path/name-constraint-distance': ({ name, subtree, by }) => ({
    message: `bears the name ${name}, for which ${by} sets a distance (minimum or maximum) on ${subtree}; nobody evaluates such constraints`,
    hint: renewCA,
  }),
  'path/name-form-unsupported': ({ name, by }) => ({
    message: `bears a name of the form ${name}, which ${by} constrains; no rule says how to compare such names`,
    hint: 'leave names of this form out of the certificate',
  }),
  'path/name-constraint-malformed': ({ name, subtree, by }) => ({
    message: `bears the name ${name}, which cannot be held against the malformed constraint ${subtree} of ${by}`,
    hint: renewCA,
  }),
  'path/constrained-name-malformed': ({ name, by }) => ({
    message: `bears the malformed name ${name}, which cannot be held against the name constraints of ${by}`,
    hint: 'have it issued anew with a well-formed name',
  }),
  'path/no-valid-policy': ({ requiredBy, policies }) => ({
    message: `no certificate policy is left on the path here, and ${requiredBy} requires one; this certificate asserts ${list(policies)}`,
    hint: 'certificates of one path must share a policy: ask the CA which one, or do not require an explicit policy',
  }),
  'path/any-policy-mapped': ({ issuerDomainPolicy, subjectDomainPolicy }) => ({
    message: `maps the policy ${issuerDomainPolicy} to ${subjectDomainPolicy}; anyPolicy may stand on neither side`,
    hint: renewCA,
  }),
  'path/path-length-exceeded': ({ pathLenConstraint, by, intermediates }) => ({
    message: `is intermediate number ${intermediates} below ${by}, which allows ${pathLenConstraint}`,
    hint: 'the CA may not have sub-CAs this deep: use an intermediate that stands closer to the root',
  }),
  'path/too-many-intermediates': ({ maximum, intermediates }) => ({
    message: `is intermediate number ${intermediates} of the path, ${maximum} are allowed`,
    hint: 'allow more with --max-depth, or use a shorter chain',
  }),
  'path/unknown-critical-extension': ({ extension }) => ({
    message: `has a critical extension that certwright does not know: ${extension}`,
    hint: 'who does not know a critical extension must refuse the certificate: have it issued without it, or not critical',
  }),
  'path/trusted-loop': ({ issuer }) => ({
    message: `its issuer (${issuer}) stands below it already: these trusted CAs have signed each other, and OpenSSL goes round until the chain is too long`,
    hint: 'add a self-signed root of one of them to trusted-ca',
  }),
  'path/extension-unreadable': ({ detail }) => ({
    message: `has extensions that OpenSSL cannot read, so it finds no issuer for it: ${detail}`,
    hint: 'have it issued anew; what OpenSSL says, "unable to get local issuer certificate", is misleading here',
  }),
  'path/policy-extension-invalid': ({ detail }) => ({
    message: `has a policy extension that OpenSSL refuses: ${detail}`,
    hint: renewCA,
  }),
  'path/proxy-certificate': () => ({
    message: 'is a proxy certificate, which OpenSSL does not accept unless told to',
    hint: 'use an ordinary certificate',
  }),
  'path/too-many-names': ({ names, subtrees }) => ({
    message: `bears ${names} names to be held against ${subtrees} name constraints; OpenSSL gives up above a million comparisons`,
    hint: 'use certificates with fewer names',
  }),
  'path/policy-not-acceptable': ({ requiredBy, policies, accepted }) => ({
    message: `the path is valid for the policies ${list(policies)}, none of which is among those accepted (${list(accepted)}); ${requiredBy} requires one`,
    hint: 'accept one of these policies with --policy, or use a certificate with the right policy',
  }),
  'path/wrong-purpose': ({ purpose, found }) => ({
    message: `may not be used for ${purpose}: its extended key usage allows ${list(found)}`,
    hint: 'have it issued with both serverAuth and clientAuth where one certificate serves both roles',
  }),
  'path/ca-purpose-missing': ({ purpose, found }) => ({
    message: `is a CA for ${list(found)} only, so what it issues is not accepted for ${purpose}`,
    hint: 'use an intermediate whose extended key usage covers this purpose, or has none',
  }),
  'path/key-usage-unfit': ({ purpose, wanted, found }) => ({
    message: `its key usage does not serve ${purpose}: ${list(wanted)} wanted (one of them), ${list(found)} found`,
    hint: 'have it issued with digitalSignature, and keyEncipherment for RSA',
  }),
};
