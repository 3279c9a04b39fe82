/**
 * Keys, certificates and CRLs for the samples, made with @peculiar/x509.
 *
 * @typedef {{ subject: import('@peculiar/x509').JsonName, keys: CryptoKeyPair, certificate: import('@peculiar/x509').X509Certificate }} Holder
 * @typedef {import('node:crypto').webcrypto.CryptoKeyPair} CryptoKeyPair
 */
import 'reflect-metadata';
import { Buffer } from 'node:buffer';
import { KeyObject, X509Certificate, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

const rsa = (modulusLength, hash = 'SHA-256') => ({
  name: 'RSASSA-PKCS1-v1_5',
  hash,
  modulusLength,
  publicExponent: Uint8Array.of(1, 0, 1),
});
const algorithms = {
  rsa2048: rsa(2048),
  rsa1024: rsa(1024),
  p256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
};

/** @param {keyof typeof algorithms} kind @returns {Promise<CryptoKeyPair>} */
export const makeKeys = (kind = 'rsa2048') => webcrypto.subtle.generateKey(algorithms[kind], true, ['sign', 'verify']);

/** The holder's name, as every sample has it: GB, Fly Example Ltd and a common name. */
const makeName = (commonName) => [{ C: ['GB'] }, { O: ['Fly Example Ltd'] }, { CN: [commonName] }];

/** The private key, for a signature with another hash than the one it was made for (RSA only). */
async function privateKeyFor(hash, { privateKey }) {
  if (privateKey.algorithm.name === 'ECDSA' || privateKey.algorithm.hash.name === hash) return privateKey;
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  return webcrypto.subtle.importKey('pkcs8', pkcs8, { name: privateKey.algorithm.name, hash }, false, ['sign']);
}

const caUsages = x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign;
const purposeOIDs = { serverAuth: x509.ExtendedKeyUsage.serverAuth, clientAuth: x509.ExtendedKeyUsage.clientAuth };

async function makeExtensions({ ca, pathLen, purposes, names, file }, keys, issuer) {
  const isRSA = keys.publicKey.algorithm.name !== 'ECDSA';
  const leafUsages = x509.KeyUsageFlags.digitalSignature | (isRSA ? x509.KeyUsageFlags.keyEncipherment : 0);
  const extensions = [
    new x509.BasicConstraintsExtension(ca, pathLen, true),
    new x509.KeyUsagesExtension(ca ? caUsages : leafUsages, true),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
  ];
  if (issuer) extensions.push(await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey));
  if (purposes) extensions.push(new x509.ExtendedKeyUsageExtension(purposes.map((purpose) => purposeOIDs[purpose])));
  if (names) extensions.push(new x509.SubjectAlternativeNameExtension(names));
  if (file) {
    const url = `http://pki.fly.example.com/${file}`;
    extensions.push(new x509.CRLDistributionPointsExtension([`${url}.crl`]));
    extensions.push(new x509.AuthorityInfoAccessExtension({ caIssuers: [`${url}.cer`] }));
  }
  return extensions;
}

/**
 * Makes a certificate issued by `issuer`, self-signed without one.
 *
 * @param {Holder | undefined} issuer
 * @param {{ commonName: string, serialNumber: string, keys?: CryptoKeyPair, notBefore?: string, notAfter?: string, ca?: boolean,
 *   pathLen?: number, purposes?: string[], names?: { type: string, value: string }[], hash?: string }} options
 *   `serialNumber` in hexadecimal; the dates as ISO 8601
 * @returns {Promise<Holder>}
 */
export async function issue(issuer, options) {
  const { commonName, ca = false, notBefore = '2025-02-01', notAfter = '2045-01-31', hash = 'SHA-256' } = options;
  const keys = options.keys ?? (await makeKeys());
  const subject = makeName(commonName);
  const signer = issuer ?? { subject, keys };
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: options.serialNumber,
    subject,
    issuer: signer.subject,
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    signingAlgorithm: { name: signer.keys.privateKey.algorithm.name, hash },
    publicKey: keys.publicKey,
    signingKey: await privateKeyFor(hash, signer.keys),
    extensions: await makeExtensions({ ...options, ca, file: issuer?.file }, keys, issuer),
  });
  return { subject, keys, certificate, file: options.file };
}

/** The extension of a CRL that gives the number, `2.5.29.27` with a base number makes it a delta CRL. */
export const makeNumber = (number, type = '2.5.29.20') =>
  new x509.Extension(type, type === '2.5.29.27', Uint8Array.of(0x02, 0x01, number));

/** Any extension, its value in hexadecimal. */
export const makeExtension = (type, critical, hex) => new x509.Extension(type, critical, Buffer.from(hex, 'hex'));

/**
 * @param {Holder} issuer
 * @param {{ number?: number, thisUpdate?: string, nextUpdate?: string, entries?: import('@peculiar/x509').X509CrlEntryParams[],
 *   extensions?: import('@peculiar/x509').Extension[], signer?: Holder }} options
 *   `signer` signs in the issuer's name
 * @returns {Promise<Uint8Array>} DER
 */
export async function makeCRL(issuer, options = {}) {
  const { number = 2, thisUpdate = '2025-07-01', nextUpdate = '2045-01-31', entries = [], signer = issuer } = options;
  const crl = await x509.X509CrlGenerator.create({
    issuer: issuer.subject,
    thisUpdate: new Date(thisUpdate),
    nextUpdate: new Date(nextUpdate),
    entries,
    signingAlgorithm: { name: signer.keys.privateKey.algorithm.name, hash: 'SHA-256' },
    signingKey: signer.keys.privateKey,
    extensions: [
      await x509.AuthorityKeyIdentifierExtension.create(signer.keys.publicKey),
      makeNumber(number),
      ...(options.extensions ?? []),
    ],
  });
  return new Uint8Array(crl.rawData);
}

/** PEM with LF and 64 columns. */
export function toPEM(der, label = 'CERTIFICATE') {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g);
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** @param {Holder[]} holders */
export const certificatesPEM = (...holders) => holders.map(({ certificate }) => toPEM(certificate.rawData)).join('');

export const crlsPEM = (...crls) => crls.map((crl) => toPEM(crl, 'X509 CRL')).join('');

/** The private key as PEM: PKCS#8 unless told otherwise. */
export const keyPEM = ({ keys }, options = { type: 'pkcs8' }) =>
  KeyObject.from(keys.privateKey).export({ format: 'pem', ...options });

export const publicKeyPEM = ({ keys }) => KeyObject.from(keys.publicKey).export({ format: 'pem', type: 'spki' });

/** The SHA-1 thumbprint of a certificate as the Windows certificate manager shows it: `89 A0 C1 …`. */
export const readThumbprint = (pem) => new X509Certificate(pem).fingerprint.replaceAll(':', ' ');

/** A PKCS#10 request for this holder. */
export async function requestPEM({ certificate, keys }) {
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: certificate.subject,
    keys,
    signingAlgorithm: { name: keys.privateKey.algorithm.name, hash: 'SHA-256' },
  });
  return toPEM(request.rawData, 'CERTIFICATE REQUEST');
}
