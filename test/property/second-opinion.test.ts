/** Certificates made at random, read by certwright and by @peculiar/x509: both must see the same. */
import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CertificatePolicyExtension,
  ExtendedKeyUsageExtension,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
} from '@peculiar/x509';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/der/values.js';
import { formatIPAddress } from '../../src/names/ip-address.js';
import { formatSerialNumber, parseCertificate } from '../../src/x509/certificate.js';
import { subjectAltName } from '../../src/x509/extensions/alternative-names.js';
import { authorityKeyIdentifier } from '../../src/x509/extensions/authority-key-identifier.js';
import { basicConstraints } from '../../src/x509/extensions/basic-constraints.js';
import { extKeyUsage, keyUsage } from '../../src/x509/extensions/key-usage.js';
import { certificatePolicies } from '../../src/x509/extensions/policies.js';
import { subjectKeyIdentifier } from '../../src/x509/extensions/subject-key-identifier.js';
import type { GeneralName } from '../../src/x509/general-name.js';
import { makeCertificate, makeKeyPair, type CertificateOptions } from '../support/pki.js';
import type { KeyUsageName } from '../support/extensions.js';

const key = makeKeyPair('p256', 'second opinion');

/** In the order of the bits, which is that of @peculiar/x509's flags. */
const usages: readonly KeyUsageName[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

const word = fc.stringMatching(/^[a-zA-Z0-9äß€ ,+="<>;#-]{1,20}$/).filter((text) => text.trim() === text);
const label = fc.stringMatching(/^[a-z0-9]{1,10}$/);
const seconds = (min: string, max: string): fc.Arbitrary<Date> =>
  fc
    .date({ min: new Date(min), max: new Date(max), noInvalidDate: true })
    .map((date) => new Date(Math.floor(date.getTime() / 1_000) * 1_000));
const generalName = fc.oneof(
  label.map((text) => `DNS:${text}.example.com`),
  label.map((text) => `email:${text}@example.com`),
  label.map((text) => `URI:sip:${text}.example.com`),
  fc.ipV4().map((address) => `IP:${address}`),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((octets) => `IP:${formatIPAddress(octets) ?? ''}`),
);

const options: fc.Arbitrary<CertificateOptions> = fc.record(
  {
    subject: fc.tuple(word, word).map(([cn, o]) => [[{ type: 'O', value: o }], [{ type: 'CN', value: cn }]]),
    key: fc.constant(key),
    serialNumber: fc.bigInt(0n, 2n ** 159n),
    notBefore: seconds('1950-01-01', '2060-01-01'),
    notAfter: seconds('1950-01-01', '9999-12-31'),
    ca: fc.boolean(),
    pathLen: fc.nat(100),
    keyUsage: fc.subarray([...usages], { minLength: 1 }),
    extKeyUsage: fc.subarray(['serverAuth', 'clientAuth', '1.2.3.4'], { minLength: 1 }),
    san: fc.array(generalName, { minLength: 1, maxLength: 5 }),
    aki: fc.uint8Array({ minLength: 1, maxLength: 20 }),
    ski: fc.uint8Array({ minLength: 1, maxLength: 20 }),
    certificatePolicies: fc.subarray(['2.5.29.32.0', '1.2.3.4.5'], { minLength: 1 }),
  },
  { requiredKeys: ['subject', 'key'] },
);

const peculiarTypes: Readonly<Record<string, string>> = {
  dNSName: 'dns',
  rfc822Name: 'email',
  uniformResourceIdentifier: 'url',
  iPAddress: 'ip',
};

/** An address as both sides can be compared: @peculiar/x509 prints IPv6 in a spelling of its own. */
const asPair = (name: GeneralName): string[] => [
  peculiarTypes[name.type] ?? name.type,
  name.type === 'iPAddress'
    ? toHex(name.value)
    : String('value' in name && typeof name.value === 'string' && name.value),
];

const hexOf = (address: string): string => {
  const [head = '', tail] = address.split('::');
  if (!address.includes(':'))
    return address
      .split('.')
      .map((part) => Number(part).toString(16).padStart(2, '0'))
      .join('');
  const groups = (part: string): string[] =>
    part
      .split(':')
      .filter(Boolean)
      .map((group) => group.padStart(4, '0'));
  const after = groups(tail ?? '');
  return [...groups(head), ...Array<string>(8 - groups(head).length - after.length).fill('0000'), ...after].join('');
};

describe('@peculiar/x509', () => {
  test('sees the same in every certificate', () => {
    fc.assert(
      fc.property(options, (chosen) => {
        const der = makeCertificate(chosen);
        const { tbsCertificate } = parseCertificate(der);
        const { extensions, subject, validity } = tbsCertificate;
        const peer = new X509Certificate(der);
        // The other one drops the octet that keeps the number positive.
        expect(formatSerialNumber(tbsCertificate.serialNumber)).toBe(peer.serialNumber.replace(/^00(?=[89a-f])/, ''));
        expect(validity.notBefore).toEqual(peer.notBefore);
        expect(validity.notAfter).toEqual(peer.notAfter);
        expect(subject.rdnSequence.flat().map(({ value }) => value)).toEqual([
          ...peer.subjectName.getField('O'),
          ...peer.subjectName.getField('CN'),
        ]);
        expect(extensions.list.map(({ extnID, critical }) => [extnID, critical])).toEqual(
          peer.extensions.map(({ type, critical }) => [type, critical]),
        );
        const constraints = peer.getExtension(BasicConstraintsExtension);
        expect(extensions.get(basicConstraints)?.cA).toBe(constraints?.ca);
        expect(extensions.get(basicConstraints)?.pathLenConstraint).toBe(constraints?.pathLength);
        const flags = peer.getExtension(KeyUsagesExtension)?.usages ?? 0;
        const peerUsages = usages.filter((_, bit) => (flags & (1 << bit)) !== 0);
        expect([...(extensions.get(keyUsage) ?? [])]).toEqual(peerUsages);
        expect(extensions.get(extKeyUsage)).toEqual(peer.getExtension(ExtendedKeyUsageExtension)?.usages);
        expect(extensions.get(certificatePolicies)?.map(({ policyIdentifier }) => policyIdentifier)).toEqual(
          peer.getExtension(CertificatePolicyExtension)?.policies,
        );
        expect(toHex(extensions.get(subjectKeyIdentifier) ?? new Uint8Array(0))).toBe(
          peer.getExtension(SubjectKeyIdentifierExtension)?.keyId ?? '',
        );
        expect(toHex(extensions.get(authorityKeyIdentifier)?.keyIdentifier ?? new Uint8Array(0))).toBe(
          peer.getExtension(AuthorityKeyIdentifierExtension)?.keyId ?? '',
        );
        expect(extensions.get(subjectAltName)?.map(asPair)).toEqual(
          peer
            .getExtension(SubjectAlternativeNameExtension)
            ?.names.items.map(({ type, value }) => [type, type === 'ip' ? hexOf(value) : value]),
        );
      }),
      { numRuns: 150 },
    );
  });
});
