/** The wording of the area `bundle`. */
import type { bundleCatalogue, PeerFault } from '../../finding/bundle.js';
import { formatDay, formatInstant } from '../instant.js';
import type { Wording } from './words.js';

function list(items: readonly string[]): string {
  return items.join('; ');
}

const treatments = { 'left-out': '; left out', kept: '; kept, as --non-ca allow asks', found: '' } as const;

const faults: Readonly<Record<PeerFault, (about: string) => string>> = {
  'issuer-missing': (about) => `neither the bundle nor the peer has the issuer ${about}`,
  'issuer-ignored': (about) => `OpenSSL takes ${about} from the bundle and then ignores the issuer that the peer sends`,
  'root-not-in-bundle': (about) => `its root ${about} is not in the bundle`,
  'not-valid': (about) => `${about} is not valid at this time`,
  'bad-signature': (about) => `the signature of ${about} was not made by the issuer that OpenSSL takes`,
  'issuer-is-no-ca': (about) => `${about} is no CA that may sign certificates`,
  'path-too-long': (about) => `${about} allows fewer CAs below it than there are`,
  'signature-not-checked': (about) => `the signature of ${about} cannot be checked`,
};

const advice: Readonly<Record<PeerFault, string>> = {
  'issuer-missing':
    'have the peer send its whole chain, and put its root into the bundle: certwright bundle add BUNDLE ROOT',
  'issuer-ignored': 'put the whole chain into the bundle, or its root alone',
  'root-not-in-bundle':
    'if you trust this CA, put its root into the bundle: certwright bundle add BUNDLE ROOT; compare the thumbprint with what the CA publishes first',
  'not-valid': 'renew it on the side that holds it, or check another instant with --at',
  'bad-signature': 'find the certificate that really signed it: certwright chain names near misses',
  'issuer-is-no-ca': 'have the chain issued anew by a real CA',
  'path-too-long': 'have the CA issue the end entity itself, or have its certificate issued anew with a longer path',
  'signature-not-checked': 'use a certificate with an algorithm that OpenSSL knows',
};

export const bundleWording: Wording<typeof bundleCatalogue> = {
  'bundle/duplicate': ({ first, treatment }, { subject }) => ({
    message: `is the same ${subject.kind === 'crl' ? 'CRL' : 'certificate'} as ${first}${treatments[treatment]}`,
  }),
  'bundle/not-a-ca': ({ reason, selfSigned, treatment }) => ({
    message: `is not a CA: ${reason}${treatments[treatment]}`,
    hint: selfSigned
      ? 'a self-signed certificate in trusted-ca makes OpenSSL trust this one peer and nothing else; where that is meant, --non-ca allow keeps it'
      : 'trusted-ca is for CAs: put in the root that stands above it (certwright chain shows which one that is)',
  }),
  'bundle/expired-left-out': ({ notAfter, at, successor }) => ({
    message: `expired ${formatInstant(notAfter)}, checked at ${formatInstant(at)}; left out${successor === undefined ? '' : `: ${successor} is the same CA and valid`}`,
    hint:
      successor === undefined
        ? `put in the renewed certificate; --expired keep leaves it in, --at ${formatDay(notAfter)} judges by another day`
        : 'nothing is lost: the other has the same name and key',
  }),
  'bundle/empty': ({ leftOut, removed }) => {
    const message = 'no certificate would be in it, so nothing was written';
    if (removed > 0)
      return { message, hint: 'a trusted-ca without CAs trusts nobody: delete the file if that is meant' };
    if (leftOut === 0) return { message, hint: 'name a file or directory that holds CA certificates' };
    return {
      message: `${message}: all ${leftOut} were left out`,
      hint: 'each is named with its reason; --expired keep and --non-ca allow let more in',
    };
  },
  'bundle/missing-root': ({ issuer, keyIdentifier, through, nearMisses }) => ({
    message: [
      `is an intermediate whose root is not in the bundle: ${issuer} is missing`,
      ...(keyIdentifier === undefined ? [] : [` (key identifier ${keyIdentifier})`]),
      ...(through.length > 0 ? [`, above ${list(through)}`] : []),
      ...(nearMisses.length > 0 ? [`; ${list(nearMisses)}`] : []),
    ].join(''),
    hint: 'OpenSSL wants the self-signed root: an intermediate alone is of no use in trusted-ca; add its root',
  }),
  'bundle/no-root': () => ({
    message: 'holds no self-signed root, so no chain can end in it',
    hint: 'OpenSSL wants the self-signed root: add the roots of the peers',
  }),
  'bundle/same-name-other-key': ({ other }) => ({
    message: `has the name of ${other} but another key`,
    hint: 'a CA that was set up anew under its old name, or an impostor: compare the thumbprints with what the CA publishes, and remove the one that no peer needs',
  }),
  'bundle/same-key-new-validity': ({ notAfter, other, otherNotAfter }) => ({
    message: `is the same CA as ${other}, issued again: this one ends ${formatDay(notAfter)}, that one ${formatDay(otherNotAfter)}`,
    hint: 'one of the two is enough: remove the one that ends first, once every peer has the newer chain',
  }),
  'bundle/cross-sign': ({ issuer, other, otherIssuer }) => ({
    message: `is the same CA as ${other}, signed by ${issuer}; that one is signed by ${otherIssuer}`,
  }),
  'bundle/holds-private-key': () => ({
    message: 'a private key stands in the bundle',
    hint: 'everyone who may read trusted-ca can read it: move it to a file of its own that only its owner reads, and consider it known',
  }),
  'bundle/holds-crl': () => ({
    message: 'a CRL stands in the bundle',
    hint: 'the Security Pack takes CRLs from tls-crl: move it there',
  }),
  'bundle/not-pem': ({ container }) => ({
    message: `is ${container}, not PEM: OpenSSL reads no trusted CA from it`,
    hint: 'certwright bundle FILE -o trusted-ca.pem writes its CAs as PEM',
  }),
  'bundle/peer-not-trusted': ({ fault, about, bundle }) => ({
    message: `would not be trusted with ${bundle}: ${faults[fault](about)}`,
    hint: advice[fault],
  }),
  'bundle/stale-issuer-preferred': ({ issued, notAfter }) => ({
    message: `expired ${formatDay(notAfter)}, yet OpenSSL takes it as the issuer of ${issued}: it prefers the bundle to the valid one that the peer sends`,
    hint: 'take the expired certificate out of the bundle, or put the renewed one in beside it',
  }),
  'bundle/impostor-preferred': ({ issued }) => ({
    message: `did not sign ${issued}, yet OpenSSL takes it for the issuer: it looks by name, and in the bundle first`,
    hint: 'take the certificate with the wrong key out of the bundle',
  }),
  'bundle/peer-intermediate-ignored': ({ issued }) => ({
    message: `OpenSSL ignores it: it takes ${issued} from the bundle, and from there on looks in the bundle only`,
    hint: `put this certificate into the bundle too, or take ${issued} out of it`,
  }),
  'bundle/selector-hits-nothing': ({ selector }) => ({
    message: `no certificate of the bundle answers to ${selector}`,
    hint: 'a selector is a file of certificates, a position (#2), a SHA-1 or SHA-256 thumbprint, or a part of the subject; certwright bundle list shows them',
  }),
  'bundle/selector-ambiguous': ({ selector, hits }) => ({
    message: `${selector} answers to ${hits.length} certificates: ${list(hits)}`,
    hint: 'use the thumbprint or the position (#2), or --all to remove every one of them',
  }),
  'bundle/not-in-bundle': ({ bundle }) => ({ message: `is not in ${bundle}, so it was not removed` }),
  'bundle/text-kept': ({ text }) => ({
    message: `the text above the removed certificate was kept: "${text}"`,
    hint: 'delete it by hand if it was about that certificate',
  }),
  'bundle/blocks-rewritten': ({ count, forms }) => ({
    message: `${count} block${count === 1 ? ' was' : 's were'} written anew because OpenSSL would not read ${count === 1 ? 'it' : 'them'}: ${forms.join(', ')}`,
  }),
  'bundle/differs': ({ other, added, removed, renewed, replaced }) => ({
    message: `differs from ${other}: ${added} added, ${removed} removed, ${renewed} renewed, ${replaced} replaced`,
  }),
  'bundle/name-without-hash': ({ detail }) => ({
    message: `OpenSSL cannot read its name, so it has no place in a hashed directory: ${detail}`,
    hint: 'have the certificate issued anew with its name as UTF8String',
  }),
  'bundle/directory-holds-others': ({ files, more }) => ({
    message: `the directory holds other files than those of a hashed directory: ${list(files)}${more > 0 ? ` and ${more} more` : ''}; nothing was written`,
    hint: 'name a new or empty directory: what lies in a hashed directory is trusted, so nothing old may stay in it',
  }),
  'bundle/no-system-store': ({ tried }) => ({
    message: `this system has no file of trusted CAs where certwright looks: ${list(tried)}`,
    hint: 'name the file itself, or set SSL_CERT_FILE; --mozilla takes the roots that come with Node',
  }),
};
