/** What certwright reads of real certificates, field by field, against node:crypto: NIST PKITS and the system's own roots. */
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../src/crypto/fingerprint.js';
import { importPublicKey } from '../../src/crypto/public-key.js';
import { checkSignature } from '../../src/crypto/signature.js';
import { toHex } from '../../src/der/values.js';
import { formatIPAddress } from '../../src/names/ip-address.js';
import { parseCertificate, type Certificate } from '../../src/x509/certificate.js';
import { subjectAltName } from '../../src/x509/extensions/alternative-names.js';
import { basicConstraints } from '../../src/x509/extensions/basic-constraints.js';
import { extKeyUsage, keyUsage } from '../../src/x509/extensions/key-usage.js';
import { certificateExtensions, findMalformedExtensions } from '../../src/x509/extensions/known-extensions.js';
import type { GeneralName } from '../../src/x509/general-name.js';
import { formatRelativeDistinguishedName, type Name } from '../../src/x509/name.js';
import { conformance, readConformanceFile, listConformanceFiles } from '../support/conformance.js';

const systemFolder = '/etc/ssl/certs';
const hasSystemFolder = existsSync(systemFolder);
const systemReason = hasSystemFolder ? '' : ` (skipped: no ${systemFolder} here)`;

/** Every certificate of the system's folder, read by node:crypto. */
function systemCertificates(): X509Certificate[] {
  const files = readdirSync(systemFolder).map((entry) => join(systemFolder, entry));
  return files
    .filter((file) => statSync(file).isFile())
    .flatMap((file) => {
      const text = readFileSync(file, 'latin1');
      const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
      return blocks.map((block) => new X509Certificate(block));
    });
}

/** One RDN a line, in the order of the encoding, as Node prints names; its hexadecimal digits are upper-case. */
const nodeName = (name: Name): string =>
  name.rdnSequence
    .map(formatRelativeDistinguishedName)
    .map((rdn) => rdn.replaceAll('+', ' + ').replace(/\\([0-9a-f]{2})/g, (escape) => escape.toUpperCase()))
    .join('\n');

/** Two's complement; Node writes a sign. */
function nodeSerialNumber(serialNumber: Uint8Array): string {
  const value = BigInt.asIntN(serialNumber.length * 8, BigInt(`0x${toHex(serialNumber)}`));
  if (value === 0n) return '0';
  const digits = (value < 0n ? -value : value).toString(16).toUpperCase();
  return `${value < 0n ? '-' : ''}${digits.padStart(digits.length + (digits.length % 2), '0')}`;
}

/** As Node prints a name whose text needs no quotes; undefined where it prints something else. */
function nodeAltName(name: GeneralName): string | undefined {
  if (name.type === 'dNSName') return `DNS:${name.value}`;
  if (name.type === 'rfc822Name') return `email:${name.value}`;
  if (name.type === 'uniformResourceIdentifier') return `URI:${name.value}`;
  if (name.type === 'iPAddress' && name.value.length === 4) return `IP Address:${formatIPAddress(name.value) ?? ''}`;
  return undefined;
}

function isCA({ tbsCertificate: { extensions } }: Certificate): boolean {
  const mayCertify = extensions.get(keyUsage)?.has('keyCertSign') ?? true;
  return mayCertify && extensions.get(basicConstraints)?.cA === true;
}

function compare(der: Uint8Array, peer: X509Certificate): void {
  const certificate = parseCertificate(der);
  const { subject, issuer, serialNumber, validity, extensions, subjectPublicKeyInfo } = certificate.tbsCertificate;
  expect(nodeName(subject)).toBe(peer.subject || '');
  expect(nodeName(issuer)).toBe(peer.issuer || '');
  expect(nodeSerialNumber(serialNumber)).toBe(peer.serialNumber);
  expect(validity.notBefore.getTime()).toBe(Date.parse(peer.validFrom));
  expect(validity.notAfter.getTime()).toBe(Date.parse(peer.validTo));
  expect(isCA(certificate)).toBe(peer.ca);
  expect(extensions.get(extKeyUsage)).toEqual(peer.keyUsage);
  const names = extensions.get(subjectAltName)?.map(nodeAltName);
  if (names?.every((name) => name !== undefined)) expect(names.join(', ')).toBe(peer.subjectAltName);
  else if (!names) expect(peer.subjectAltName).toBeUndefined();
  expect(fingerprint(der, 'sha256')).toBe(peer.fingerprint256.replaceAll(':', '').toLowerCase());
  expect(findMalformedExtensions(extensions, certificateExtensions)).toEqual([]);
  const key = importPublicKey(subjectPublicKeyInfo);
  // Node throws for a DSA key without parameters of its own (PKITS 4.1.5).
  if (key) {
    expect(key.equals(peer.publicKey)).toBe(true);
    const { bytes } = certificate.tbsCertificate;
    const check = checkSignature(
      bytes,
      certificate.signatureAlgorithm,
      certificate.signatureValue,
      subjectPublicKeyInfo,
    );
    expect(check.outcome === 'valid').toBe(peer.verify(peer.publicKey));
  }
}

describe(`the certificates of NIST PKITS${conformance.reason}`, () => {
  const files = listConformanceFiles('pkits/certs');

  test.skipIf(!conformance.available)('are all there', () => {
    expect(files.length).toBeGreaterThan(400);
  });

  test.each(files)('%s reads as node:crypto reads it', (file) => {
    const der = readConformanceFile(`pkits/certs/${file}`);
    compare(der, new X509Certificate(der));
  });
});

describe(`the certificates of ${systemFolder}${systemReason}`, () => {
  test.skipIf(!hasSystemFolder)('read as node:crypto reads them', () => {
    const certificates = systemCertificates();
    expect(certificates.length).toBeGreaterThan(0);
    for (const peer of certificates) compare(new Uint8Array(peer.raw), peer);
  });
});
