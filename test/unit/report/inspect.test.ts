/** The JSON of `inspect`: every field, which keys belong where, and nothing of a private key. */
import { describe, expect, test } from 'vitest';
import { toHex } from '../../../src/der/values.js';
import { explainMalformations } from '../../../src/report/inspection.js';
import { viewObject } from '../../../src/report/json/inspect.js';
import {
  bitString,
  explicit,
  fromHex,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  set,
} from '../../support/der.js';
import { makeKeyUsage } from '../../support/extensions.js';
import { inspectMade, inspectedAt, type MadeObject } from '../../support/inspected.js';
import { exportPKCS8 } from '../../support/keys.js';
import { makeName } from '../../support/names.js';
import {
  issueCertificate,
  makeCRL,
  makeCertificate,
  makeChain,
  makeKeyPair,
  type CertificateOptions,
} from '../../support/pki.js';

const key = makeKeyPair('p256', 'inspect');

const view = (...made: readonly MadeObject[]): Record<string, unknown>[] =>
  inspectMade(made).map((inspected) => viewObject(inspected, inspectedAt) as Record<string, unknown>);

const viewCertificate = (options: Partial<CertificateOptions> = {}): Record<string, unknown> =>
  view({ kind: 'certificate', der: makeCertificate({ subject: 'CN=a', key, ...options }) })[0] ?? {};

describe('a certificate', () => {
  test('shows every field', () => {
    const issuer = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
    const { certificate: der } = issueCertificate(issuer, {
      subject: 'C=DE,O=Fly+OU=Voice,CN=sip1.example.com',
      key,
      serialNumber: 255,
      notBefore: new Date('2025-01-01'),
      notAfter: new Date('2026-12-01'),
    });
    const [shown] = view({ kind: 'certificate', der, label: 'CERTIFICATE' });
    expect(shown).toMatchObject({
      kind: 'certificate',
      origin: { file: 'made.pem', line: 1, index: 1 },
      container: 'pem',
      label: 'CERTIFICATE',
      size: der.length,
      version: 3,
      subject: expect.stringContaining('CN=sip1.example.com') as string,
      issuer: 'CN=Root',
      serialNumber: 'ff',
      notBefore: '2025-01-01T00:00:00.000Z',
      notAfter: '2026-12-01T00:00:00.000Z',
      validity: 'valid',
      daysLeft: 10,
      publicKey: {
        type: 'EC',
        bits: 256,
        curve: 'prime256v1',
        algorithm: { oid: '1.2.840.10045.2.1', name: 'ecPublicKey' },
        spki: toHex(key.spki),
      },
      signatureAlgorithm: { oid: '1.2.840.10045.4.3.2', name: 'ecdsa-with-SHA256' },
      tbsSignatureAlgorithm: { oid: '1.2.840.10045.4.3.2' },
      signatureValue: { unusedBits: 0 },
      selfIssued: false,
      malformed: [],
      weaknesses: [],
      privateKeys: [],
    });
    expect(shown?.thumbprint).toMatch(/^([0-9A-F]{2} ){19}[0-9A-F]{2}$/);
    const { rdnSequence } = shown?.subjectName as { rdnSequence: unknown[][] };
    expect(rdnSequence.map((rdn) => rdn.length)).toEqual([1, 2, 1]);
    expect(rdnSequence[0]).toEqual([{ type: { oid: '2.5.4.6', name: 'C' }, value: 'DE' }]);
    expect(shown).not.toHaveProperty('ownSignature');
  });

  test('shows values of names that are no strings', () => {
    const subject = [[{ type: '1.2.3', value: octetString(fromHex('00ff')) }]];
    expect(viewCertificate({ subject, issuer: 'CN=I' }).subjectName).toEqual({
      text: '1.2.3=#040200ff',
      rdnSequence: [[{ type: { oid: '1.2.3' }, hex: '00ff' }]],
    });
  });

  test.each([
    ['2026-12-21', '2027-01-01', 'not-yet-valid', 41],
    ['2025-01-01', '2026-11-21', 'valid', 0],
    ['2025-01-01', '2026-11-20T23:59:59Z', 'expired', -1],
    ['2026-11-21', '2026-11-22', 'valid', 1],
  ])('from %s to %s is %s with %i days left', (notBefore, notAfter, validity, daysLeft) => {
    const shown = viewCertificate({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) });
    expect(shown).toMatchObject({ validity, daysLeft });
  });

  test('that is self-issued says whether its own key signed it', () => {
    expect(viewCertificate()).toMatchObject({ selfIssued: true, ownSignature: { outcome: 'valid' } });
    expect(viewCertificate({ signature: 'broken' })).toMatchObject({ ownSignature: { outcome: 'invalid' } });
    expect(viewCertificate({ signatureAlgorithm: sequence(oid('1.2.3')) })).toMatchObject({
      ownSignature: { outcome: 'unsupported', reason: 'unknown signature algorithm 1.2.3' },
      signatureAlgorithm: { oid: '1.2.3' },
    });
  });

  test('that is weak says so', () => {
    const issuer = issueCertificate(undefined, { subject: 'CN=Root' });
    const { certificate: der } = issueCertificate(issuer, {
      subject: 'CN=a',
      key: makeKeyPair('rsa1024', 'inspect'),
      hash: 'sha1',
    });
    const [shown] = view({ kind: 'certificate', der });
    expect(shown?.weaknesses).toEqual(['certificate/weak-key', 'certificate/weak-signature']);
  });

  test('names its private key by place', () => {
    const der = makeCertificate({ subject: 'CN=a', key });
    const [certificate, , own] = view(
      { kind: 'certificate', der },
      { kind: 'private-key', der: exportPKCS8(makeKeyPair('p256')), key: { encoding: 'pkcs8', encrypted: false } },
      { kind: 'private-key', der: exportPKCS8(key), key: { encoding: 'pkcs8', encrypted: false } },
    );
    expect(certificate?.privateKeys).toEqual([{ file: 'made.pem', line: 201, index: 3 }]);
    expect(own?.certificates).toMatchObject([{ subject: 'CN=a', origin: { line: 1 } }]);
  });
});

describe('a CRL', () => {
  test('shows every field and the number of its entries', () => {
    const der = makeCRL({
      issuer: 'CN=CA',
      issuerKey: key,
      crlNumber: 2n ** 70n,
      thisUpdate: new Date('2026-11-01'),
      nextUpdate: new Date('2026-11-20'),
      entries: [{ serialNumber: 1 }, { serialNumber: 2 }],
      deltaCRLIndicator: 5,
      issuingDistributionPoint: { fullName: ['URI:http://a'], onlyContainsCACerts: true, onlySomeReasons: [1] },
    });
    const [shown] = view({ kind: 'crl', der });
    expect(shown).toMatchObject({
      kind: 'crl',
      issuer: 'CN=CA',
      version: 2,
      thisUpdate: '2026-11-01T00:00:00.000Z',
      nextUpdate: '2026-11-20T00:00:00.000Z',
      validity: 'expired',
      daysLeft: -1,
      entries: 2,
      size: der.length,
      signatureAlgorithm: { name: 'ecdsa-with-SHA256' },
    });
    const extensions = shown?.extensions as { name: string; value: unknown }[];
    expect(Object.fromEntries(extensions.map(({ name, value }) => [name, value]))).toMatchObject({
      cRLNumber: (2n ** 70n).toString(),
      deltaCRLIndicator: '5',
      issuingDistributionPoint: {
        distributionPoint: { fullName: [{ value: 'http://a' }] },
        onlyContainsCACerts: true,
        onlyContainsUserCerts: false,
        onlySomeReasons: ['keyCompromise'],
        indirectCRL: false,
      },
    });
  });

  test('may have no next update', () => {
    const [shown] = view({ kind: 'crl', der: makeCRL({ issuer: 'CN=CA', issuerKey: key, nextUpdate: null }) });
    expect(shown).not.toHaveProperty('nextUpdate');
    expect(shown).not.toHaveProperty('validity');
  });

  test('with a damaged entry says where', () => {
    const der = makeCRL({ issuer: 'CN=CA', issuerKey: key, entries: [{ serialNumber: new Uint8Array(0) }] });
    const inspected = inspectMade([{ kind: 'crl', der }]);
    const [shown] = inspected.map((object) => viewObject(object, inspectedAt));
    expect(shown).not.toHaveProperty('entries');
    expect(shown).toMatchObject({ malformed: [{ code: 'der/bad-value' }] });
    expect(explainMalformations(inspected).map(({ code }) => code)).toEqual(['crl/malformed']);
  });
});

describe('keys and requests', () => {
  test('a private key shows its public half and nothing of its secret', () => {
    const rsa = makeKeyPair('rsa2048', 'inspect');
    const der = exportPKCS8(rsa);
    const [shown] = view({ kind: 'private-key', der, key: { encoding: 'pkcs8', encrypted: false } });
    expect(shown).toMatchObject({
      encoding: 'pkcs8',
      encrypted: false,
      publicKey: { type: 'RSA', bits: 2048, spki: toHex(rsa.spki) },
      certificates: [],
    });
    const { d = '', p = '', q = '' } = rsa.privateKey.export({ format: 'jwk' });
    const printed = JSON.stringify(shown);
    for (const secret of [d, p, q]) {
      expect(secret.length).toBeGreaterThan(100);
      expect(printed).not.toContain(Buffer.from(secret, 'base64url').toString('hex').slice(2, 40));
    }
  });

  test('an encrypted private key is described, not opened', () => {
    const [shown] = view({
      kind: 'private-key',
      der: sequence(sequence(oid('1.2.3')), octetString()),
      key: { encoding: 'encrypted-pkcs8', encrypted: true },
    });
    expect(shown).toMatchObject({ encoding: 'encrypted-pkcs8', encrypted: true, certificates: [] });
    expect(shown).not.toHaveProperty('publicKey');
  });

  test('a private key that was opened on the way says so; one that cannot be read has no public half', () => {
    const details = { encoding: 'pkcs8', encrypted: false, wasEncrypted: true } as const;
    expect(view({ kind: 'private-key', der: exportPKCS8(key), key: details })[0]).toMatchObject({ wasEncrypted: true });
    expect(view({ kind: 'private-key', der: sequence(), key: details })[0]).not.toHaveProperty('publicKey');
  });

  test('a public key finds its certificate, PKCS#1 too', () => {
    const rsa = makeKeyPair('rsa2048', 'inspect');
    const pkcs1 = rsa.publicKey.export({ type: 'pkcs1', format: 'der' });
    const [, spki, rsaKey] = view(
      { kind: 'certificate', der: makeCertificate({ subject: 'CN=a', key: rsa }) },
      { kind: 'public-key', der: rsa.spki, label: 'PUBLIC KEY' },
      { kind: 'public-key', der: pkcs1, label: 'RSA PUBLIC KEY' },
    );
    for (const shown of [spki, rsaKey]) {
      expect(shown).toMatchObject({ publicKey: { spki: toHex(rsa.spki) }, certificates: [{ subject: 'CN=a' }] });
    }
  });

  test('a public key that is none says so', () => {
    const inspected = inspectMade([{ kind: 'public-key', der: nullValue() }]);
    expect(inspected.map((object) => viewObject(object, inspectedAt))).toMatchObject([
      { malformed: [{ code: 'der/unexpected-tag', offset: 0 }], certificates: [] },
    ]);
    expect(explainMalformations(inspected)).toMatchObject([
      { code: 'der/unexpected-tag', origin: { file: 'made.pem', line: 1 }, subject: { name: 'public-key' } },
    ]);
  });

  test('a request shows what it asks for and the certificate that answers it', () => {
    const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
    const attribute = sequence(oid('1.2.840.113549.1.9.14'), set(sequence(makeKeyUsage(['keyAgreement']))));
    const info = sequence(integer(0), makeName('CN=sip1'), key.spki, explicit(0, attribute));
    const [, shown] = view(
      { kind: 'certificate', der: makeCertificate({ subject: 'CN=a', key }) },
      { kind: 'certification-request', der: sequence(info, algorithm, bitString(fromHex('00'))) },
    );
    expect(shown).toMatchObject({
      subject: 'CN=sip1',
      version: 1,
      publicKey: { type: 'EC' },
      attributes: [{ oid: '1.2.840.113549.1.9.14', name: 'extensionRequest' }],
      extensions: [{ name: 'keyUsage', value: ['keyAgreement'] }],
      ownSignature: { outcome: 'invalid' },
      certificates: [{ subject: 'CN=a' }],
    });
    expect(view({ kind: 'certification-request', der: sequence() })).toMatchObject([
      { malformed: [{ code: 'der/truncated' }], certificates: [] },
    ]);
  });
});

test('objects keep the order of the files, whatever they are', () => {
  const chain = makeChain(2).map(({ certificate: der }): MadeObject => ({ kind: 'certificate', der }));
  const crl: MadeObject = { kind: 'crl', der: makeCRL({ issuer: 'CN=CA', issuerKey: key }) };
  const secret: MadeObject = {
    kind: 'private-key',
    der: exportPKCS8(key),
    key: { encoding: 'pkcs8', encrypted: false },
  };
  const kinds = view(secret, ...chain, crl, secret).map(({ kind }) => kind);
  expect(kinds).toEqual(['private-key', 'certificate', 'certificate', 'crl', 'private-key']);
});
