/** The names by which people know object identifiers: those that certwright decodes, and others that are met in files. */
import { signatureAlgorithmName } from '../crypto/signature.js';
import { accessMethodNames } from '../x509/extensions/information-access.js';
import { keyPurposeNames } from '../x509/extensions/key-usage.js';
import { certificateExtensions, crlEntryExtensions, crlExtensions } from '../x509/extensions/known-extensions.js';
import { attributeTypeName } from '../x509/name.js';

const extensionNames = new Map(
  [...certificateExtensions, ...crlExtensions, ...crlEntryExtensions].map(({ extnID, name }) => [extnID, name]),
);

/** Grouped by the arcs that assign them; names as the standards write them. */
const otherNames: Readonly<Record<string, string>> = {
  // PKCS#1, #5, #7, #9, #12
  '1.2.840.113549.1.1.1': 'rsaEncryption',
  '1.2.840.113549.1.1.7': 'id-RSAES-OAEP',
  '1.2.840.113549.1.1.8': 'id-mgf1',
  '1.2.840.113549.1.5.12': 'PBKDF2',
  '1.2.840.113549.1.5.13': 'PBES2',
  '1.2.840.113549.1.7.1': 'data',
  '1.2.840.113549.1.7.2': 'signedData',
  '1.2.840.113549.1.9.3': 'contentType',
  '1.2.840.113549.1.9.7': 'challengePassword',
  '1.2.840.113549.1.9.14': 'extensionRequest',
  '1.2.840.113549.1.9.15': 'smimeCapabilities',
  '1.2.840.113549.1.9.20': 'friendlyName',
  '1.2.840.113549.1.9.21': 'localKeyID',
  '1.2.840.113549.2.5': 'md5',
  '1.2.840.113549.2.7': 'hmacWithSHA1',
  '1.2.840.113549.2.9': 'hmacWithSHA256',
  // X9.57, X9.62, SEC, Brainpool, RFC 8410
  '1.2.840.10040.4.1': 'dsa',
  '1.2.840.10045.2.1': 'ecPublicKey',
  '1.2.840.10045.3.1.1': 'prime192v1',
  '1.2.840.10045.3.1.7': 'prime256v1',
  '1.3.132.0.10': 'secp256k1',
  '1.3.132.0.33': 'secp224r1',
  '1.3.132.0.34': 'secp384r1',
  '1.3.132.0.35': 'secp521r1',
  '1.3.36.3.3.2.8.1.1.7': 'brainpoolP256r1',
  '1.3.36.3.3.2.8.1.1.11': 'brainpoolP384r1',
  '1.3.36.3.3.2.8.1.1.13': 'brainpoolP512r1',
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  // NIST
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.1.2': 'aes128-CBC',
  '2.16.840.1.101.3.4.1.42': 'aes256-CBC',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
  // PKIX
  '1.3.6.1.5.5.7.1.3': 'qcStatements',
  '1.3.6.1.5.5.7.1.24': 'tlsFeature',
  '1.3.6.1.5.5.7.2.1': 'cps',
  '1.3.6.1.5.5.7.2.2': 'userNotice',
  '1.3.6.1.5.5.7.3.5': 'ipsecEndSystem',
  '1.3.6.1.5.5.7.3.6': 'ipsecTunnel',
  '1.3.6.1.5.5.7.3.7': 'ipsecUser',
  '1.3.6.1.5.5.7.3.17': 'ipsecIKE',
  '1.3.6.1.5.5.7.8.5': 'xmppAddr',
  '1.3.6.1.5.5.7.8.7': 'dnsSRV',
  '1.3.6.1.5.5.7.8.9': 'smtpUTF8Mailbox',
  '1.3.6.1.5.5.7.48.1.5': 'ocspNoCheck',
  '1.3.6.1.5.2.3.5': 'kerberosKDC',
  // Policies of X.509 and of the CA/Browser Forum
  '2.5.29.32.0': 'anyPolicy',
  '2.23.140.1.1': 'extendedValidation',
  '2.23.140.1.2.1': 'domainValidated',
  '2.23.140.1.2.2': 'organizationValidated',
  '2.23.140.1.2.3': 'individualValidated',
  '2.23.140.1.4.1': 'codeSigningRequirements',
  // Certificate Transparency
  '1.3.6.1.4.1.11129.2.4.2': 'signedCertificateTimestamps',
  '1.3.6.1.4.1.11129.2.4.3': 'precertificatePoison',
  // Microsoft
  '1.3.6.1.4.1.311.10.3.4': 'encryptingFileSystem',
  '1.3.6.1.4.1.311.10.3.12': 'documentSigning',
  '1.3.6.1.4.1.311.20.2': 'certificateTemplateName',
  '1.3.6.1.4.1.311.20.2.3': 'userPrincipalName',
  '1.3.6.1.4.1.311.21.1': 'caVersion',
  '1.3.6.1.4.1.311.21.2': 'previousCertHash',
  '1.3.6.1.4.1.311.21.4': 'crlNextPublish',
  '1.3.6.1.4.1.311.21.7': 'certificateTemplate',
  '1.3.6.1.4.1.311.21.10': 'applicationPolicies',
  '1.3.6.1.4.1.311.25.1': 'ntdsReplication',
  '1.3.6.1.4.1.311.25.2': 'ntdsSecurity',
  // Netscape
  '2.16.840.1.113730.1.1': 'netscapeCertType',
  '2.16.840.1.113730.1.13': 'netscapeComment',
  '2.16.840.1.113730.4.1': 'netscapeServerGatedCrypto',
};

/** The name of a dotted OID, or undefined where certwright knows none. */
export function nameOID(oid: string): string | undefined {
  const algorithm = signatureAlgorithmName({ algorithm: oid });
  return (
    extensionNames.get(oid) ??
    keyPurposeNames[oid] ??
    accessMethodNames[oid] ??
    attributeTypeName(oid) ??
    (algorithm === oid ? otherNames[oid] : algorithm)
  );
}

/** `serverAuth`, or the dotted OID where it has no name. */
export function showOID(oid: string): string {
  return nameOID(oid) ?? oid;
}
