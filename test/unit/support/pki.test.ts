/** Holds the certificates and CRLs that the tests make against node:crypto and openssl. */
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bmpString, fromHex, integer, namedBits, oid, toPEM } from '../../support/der.js';
import { makeIssuerAltName } from '../../support/extensions.js';
import { exportPKCS8 } from '../../support/keys.js';
import type { KeyKind } from '../../support/keys.js';
import { makeAddress } from '../../support/names.js';
import { openssl, runOpenSSL, verifyErrors } from '../../support/openssl.js';
import {
  issueCertificate,
  largeCRLSerialNumber,
  makeCRL,
  makeChain,
  makeKeyPair,
  makeLargeCRL,
} from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('the DER writer', () => {
  test.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [256, '02020100'],
    [-1, '0201ff'],
    [-128, '020180'],
    [-129, '0202ff7f'],
  ])('writes INTEGER %i in the fewest octets', (value, expected) => {
    expect(hex(integer(value))).toBe(expected);
  });

  test('writes OIDs with arcs of several octets', () => {
    expect(hex(oid('1.2.840.113549.1.1.11'))).toBe('06092a864886f70d01010b');
    expect(hex(oid('2.999.3'))).toBe('0603883703');
  });

  test('removes the trailing zero bits of a named bit list', () => {
    expect(hex(namedBits([5, 6]))).toBe('03020106');
    expect(hex(namedBits([8]))).toBe('0303070080');
    expect(hex(namedBits([]))).toBe('030100');
  });

  test('writes addresses with their masks', () => {
    expect(hex(makeAddress('10.1.0.0/9'))).toBe('0a010000ff800000');
    expect(hex(makeAddress('10.0.0.0/255.0.0.0'))).toBe('0a000000ff000000');
    expect(hex(makeAddress('2001:db8::1'))).toBe('20010db8000000000000000000000001');
  });

  test('writes PEM of 64 columns', () => {
    expect(toPEM(fromHex('00'.repeat(49))).split('\n')[1]).toHaveLength(64);
  });
});

describe('made certificates', () => {
  test.each<KeyKind>(['rsa1024', 'rsa2048', 'p256', 'p384', 'p521', 'ed25519', 'ed448'])(
    'signed by a key of the kind %s verify with node:crypto',
    (kind) => {
      const issuer = issueCertificate(undefined, { subject: 'CN=R', ca: true, key: makeKeyPair(kind, 'issuer') });
      const { certificate } = issueCertificate(issuer, { subject: 'CN=leaf' });
      expect(new X509Certificate(certificate).verify(issuer.key.publicKey)).toBe(true);
      expect(new X509Certificate(certificate).checkIssued(new X509Certificate(issuer.certificate))).toBe(true);
    },
  );

  test('with a broken signature do not verify', () => {
    const issuer = issueCertificate(undefined, { subject: 'CN=R', ca: true });
    const { certificate } = issueCertificate(issuer, { subject: 'CN=leaf', signature: 'broken' });
    expect(new X509Certificate(certificate).verify(issuer.key.publicKey)).toBe(false);
  });

  test('carry the names and usages that were asked for', () => {
    const { certificate } = issueCertificate(undefined, {
      subject: [[{ type: 'CN', value: bmpString('Größe') }], [{ type: 'O', value: 'Fly, Example' }]],
      san: [
        'a.example.com',
        'IP:2001:db8::1',
        'email:x@example.com',
        'URI:sip:fly.example.com',
        'dirName:CN=x',
        'RID:1.2.3',
      ],
      extensions: [makeIssuerAltName(['URI:http://ca.example.com'])],
      extKeyUsage: ['serverAuth', '1.2.3.4'],
    });
    const parsed = new X509Certificate(certificate);
    expect(parsed.subject).toBe('CN=Größe\nO=Fly\\, Example');
    expect(parsed.subjectAltName).toBe(
      'DNS:a.example.com, IP Address:2001:DB8:0:0:0:0:0:1, email:x@example.com, URI:sip:fly.example.com, DirName:CN=x, Registered ID:1.2.3',
    );
    expect(parsed.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.2.3.4']);
  });

  test('keep their dates on both sides of 2050', () => {
    const { certificate } = issueCertificate(undefined, {
      subject: 'CN=x',
      notBefore: new Date('2049-12-31T23:59:59Z'),
      notAfter: new Date('2050-01-01T00:00:00Z'),
    });
    const { validFrom, validTo } = new X509Certificate(certificate);
    expect([validFrom, validTo]).toEqual(['Dec 31 23:59:59 2049 GMT', 'Jan  1 00:00:00 2050 GMT']);
  });

  test('come as chains, the end entity first', () => {
    const chain = makeChain(5).map(({ certificate }) => new X509Certificate(certificate));
    expect(chain).toHaveLength(5);
    for (const [position, certificate] of chain.entries()) {
      const issuer = chain[position + 1] ?? certificate;
      expect(certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)).toBe(true);
    }
  });

  test('with a label share their key', () => {
    expect(makeKeyPair('p256', 'same')).toBe(makeKeyPair('p256', 'same'));
    expect(hex(exportPKCS8(makeKeyPair()))).not.toBe(hex(exportPKCS8(makeKeyPair())));
  });
});

describe.skipIf(!openssl.installed)(`made objects under openssl${openssl.skipReason}`, () => {
  test.each<[string, object]>([
    ['sha384', { hash: 'sha384' }],
    ['RSASSA-PSS', { pss: true }],
  ])('a signature with %s verifies', (_, choice) => {
    const { write } = makeScratch();
    const root = issueCertificate(undefined, {
      subject: 'CN=R',
      ca: true,
      key: makeKeyPair('rsa2048', 'issuer'),
      ...choice,
    });
    const { certificate } = issueCertificate(root, { subject: 'CN=leaf', ...choice });
    const ca = write('ca.pem', toPEM(root.certificate));
    expect(runOpenSSL(['verify', '-x509_strict', '-CAfile', ca, write('leaf.pem', toPEM(certificate))]).status).toBe(0);
  });

  test('a chain and its CRLs pass, a revoked one gives error 23', () => {
    const { write } = makeScratch();
    const [leaf, issuing, root] = makeChain(3);
    if (!leaf || !issuing || !root) throw new Error('chain too short');
    const check = (entries: Parameters<typeof makeCRL>[0]['entries']): number[] => {
      const crls = [
        makeCRL({ issuer: issuing.subject, issuerKey: issuing.key, entries: entries ?? [] }),
        makeCRL({ issuer: root.subject, issuerKey: root.key }),
      ];
      const files = [
        ['-CAfile', write('root.pem', toPEM(root.certificate))],
        ['-untrusted', write('issuing.pem', toPEM(issuing.certificate))],
        ['-CRLfile', write('crls.pem', crls.map((crl) => toPEM(crl, 'X509 CRL')).join(''))],
      ];
      return verifyErrors(
        runOpenSSL([
          'verify',
          '-crl_check_all',
          '-x509_strict',
          ...files.flat(),
          write('leaf.pem', toPEM(leaf.certificate)),
        ]),
      );
    };
    const serialNumber = BigInt(`0x${new X509Certificate(leaf.certificate).serialNumber}`);
    expect(check([{ serialNumber: 5 }])).toEqual([]);
    expect(check([{ serialNumber, reason: 'keyCompromise', invalidityDate: new Date('2025-05-01') }])).toEqual([23]);
  });

  test('a CRL of 200,000 entries is read whole and names the serial numbers it says', () => {
    const { write } = makeScratch();
    const root = issueCertificate(undefined, { subject: 'CN=R', ca: true });
    const crl = write('large.crl', makeLargeCRL(root, 200_000));
    const ca = write('ca.pem', toPEM(root.certificate));
    expect(runOpenSSL(['crl', '-in', crl, '-inform', 'DER', '-noout', '-CAfile', ca]).stderr).toContain('verify OK');
    const last = issueCertificate(root, { subject: 'CN=last', serialNumber: largeCRLSerialNumber(199_999) });
    const pem = write('crl.pem', runOpenSSL(['crl', '-in', crl, '-inform', 'DER']).stdout);
    const verify = ['verify', '-crl_check', '-CAfile', ca, '-CRLfile', pem, write('last.pem', toPEM(last.certificate))];
    expect(verifyErrors(runOpenSSL(verify))).toEqual([23]);
  });
});
