/** The wording of the area `form`. */
import type { formCatalogue } from '../../finding/form.js';
import type { Wording } from './words.js';

const reissue = 'public verifiers refuse such certificates: have it issued anew by a CA that follows the rules';

export const formWording: Wording<typeof formCatalogue> = {
  'form/version': ({ version }) => ({
    message: `is an X.509 version ${version} certificate, version 3 is expected`,
    hint: reissue,
  }),
  'form/serial-number': ({ serialNumber, fault }) => ({
    message:
      fault === 'too-long'
        ? `has a serial number of more than 20 octets: ${serialNumber}`
        : `has a serial number that is ${fault}: ${serialNumber}; a positive one is expected`,
    hint: reissue,
  }),
  'form/issuer-empty': () => ({ message: 'names no issuer', hint: reissue }),
  'form/subject-empty': () => ({
    message: 'is a CA without a name',
    hint: 'have the CA certificate issued with a subject',
  }),
  'form/issuer-encoding': ({ issuer }) => ({
    message: `writes the name of its issuer ${issuer} with other octets than the issuer's own certificate does`,
    hint: 'strict verifiers compare names octet for octet: have it issued with the exact name',
  }),
  'form/time-encoding': ({ field, instant, wanted }) => ({
    message: `writes ${field} (${instant}) in the wrong type, ${wanted} is expected`,
    hint: reissue,
  }),
  'form/unique-identifier': ({ field }) => ({ message: `has an ${field}, which is not used any more`, hint: reissue }),
  'form/key-not-allowed': ({ key, allowed }) => ({
    message: `has a key that public CAs may not certify: ${key}; allowed are ${allowed}`,
    hint: 'make a new key and have the certificate issued for it',
  }),
  'form/signature-algorithm-not-allowed': ({ algorithm, allowed }) => ({
    message: `is signed with ${algorithm}, which public CAs may not use; allowed are ${allowed}`,
    hint: reissue,
  }),
  'form/extension-missing': ({ extension, role }) => ({
    message: `has no ${extension}, which ${role} must have`,
    hint: reissue,
  }),
  'form/extension-not-allowed': ({ extension, role }) => ({
    message: `has the extension ${extension}, which ${role} must not have`,
    hint: reissue,
  }),
  'form/extension-critical': ({ extension }) => ({
    message: `has ${extension} marked critical, which it must not be`,
    hint: 'verifiers that do not know the extension would refuse the certificate: have it issued anew',
  }),
  'form/extension-not-critical': ({ extension }) => ({
    message: `has ${extension} not marked critical, as it should be`,
    hint: 'verifiers that do not know the extension would not notice what it forbids: have it issued anew',
  }),
  'form/authority-key-identifier-missing': () => ({
    message: 'does not say by key identifier which key signed it',
    hint: 'have it issued with an authority key identifier',
  }),
  'form/authority-key-identifier-fields': ({ fields }) => ({
    message: `names its issuer's key also by ${fields.join(' and ')}; the key identifier alone is expected`,
    hint: reissue,
  }),
  'form/subject-key-identifier-missing': () => ({
    message: 'is a CA without a subject key identifier',
    hint: 'have the CA certificate issued with one',
  }),
  'form/key-identifiers-differ': ({ authority, subject }) => ({
    message: `is self-signed, but names the key ${authority} as its issuer's and ${subject} as its own`,
    hint: 'have the root made anew with equal key identifiers',
  }),
  'form/key-usage-contradicts-ca': ({ cA, keyCertSign }) => ({
    message: `its basic constraints say ${cA ? 'CA' : 'no CA'}, its key usage ${keyCertSign ? 'has' : 'lacks'} keyCertSign`,
    hint: 'verifiers differ on such certificates: have it issued anew',
  }),
  'form/path-length-without-ca': ({ pathLenConstraint }) => ({
    message: `has a path length constraint of ${pathLenConstraint} but may not sign certificates`,
    hint: reissue,
  }),
  'form/end-entity-is-ca': ({ reason }) => ({
    message: `stands as the end entity but is a CA: ${reason}`,
    hint: 'use a certificate that was issued for the server or client, not the one of a CA',
  }),
  'form/name-constraints-empty': () => ({ message: 'has name constraints that constrain nothing', hint: reissue }),
  'form/name-constraint-syntax': ({ subtree }) => ({
    message: `has the name constraint ${subtree}, which is not written as RFC 5280 says`,
    hint: 'verifiers read it differently: have the CA certificate issued anew',
  }),
  'form/name-form-not-allowed': ({ name }) => ({
    message: `bears the alternative name ${name}; public server certificates may have DNS names and IP addresses only`,
    hint: reissue,
  }),
  'form/dns-name-malformed': ({ name, fault }) => ({
    message: `bears the DNS name ${name}, which is no host name: ${fault}`,
    hint: 'have it issued for a host name of letters, digits and hyphens; a wildcard is a whole first label',
  }),
  'form/ip-address-malformed': ({ name }) => ({
    message: `bears an IP address that is neither 4 nor 16 octets long: ${name}`,
    hint: 'have it issued with a plain address',
  }),
  'form/wildcard-too-wide': ({ name, suffix }) => ({
    message: `bears the wildcard ${name}, which covers every customer of ${suffix || 'the whole DNS'}`,
    hint: 'have it issued for names inside one registered domain',
  }),
  'form/common-name-not-in-san': ({ commonName, names }) => ({
    message: `has the common name ${commonName}, which is not, letter by letter, among its alternative names: ${names.join(', ') || 'none'}`,
    hint: 'have it issued with a common name from the list, or without one',
  }),
  'form/purpose-not-allowed': ({ purpose }) => ({
    message: `has the extended key usage ${purpose}, which public TLS certificates must not have`,
    hint: reissue,
  }),
};
