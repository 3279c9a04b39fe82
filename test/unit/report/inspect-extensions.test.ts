/** The extensions in the JSON of `inspect`: each decoded, the unknown ones as OID and hexadecimal, the malformed ones said. */
import { describe, expect, test } from 'vitest';
import { toHex } from '../../../src/der/values.js';
import { explainMalformations } from '../../../src/report/inspection.js';
import { viewObject } from '../../../src/report/json/inspect.js';
import {
  explicit,
  fromHex,
  ia5String,
  implicit,
  integer,
  namedBits,
  nullValue,
  octetString,
  oid,
  retag,
  sequence,
  set,
  utf8String,
} from '../../support/der.js';
import {
  makeAuthorityKeyIdentifier,
  makeCRLDistributionPoints,
  makeCertificatePolicies,
  makeExtension,
  makeIssuerAltName,
  makeKeyUsage,
} from '../../support/extensions.js';
import { inspectMade, inspectedAt } from '../../support/inspected.js';
import { makeGeneralName } from '../../support/names.js';
import { makeCertificate, makeKeyPair } from '../../support/pki.js';

const key = makeKeyPair('p256', 'inspect');

/** The one extension with this OID, of a certificate that has it. */
function viewExtension(extension: Uint8Array, extnID: string): unknown {
  const der = makeCertificate({ subject: 'CN=a', key, ski: false, extensions: [extension] });
  const [shown] = inspectMade([{ kind: 'certificate', der }]).map((object) => viewObject(object, inspectedAt));
  const { extensions } = shown as { extensions: { oid: string }[] };
  return extensions.find((view) => view.oid === extnID);
}

describe('extensions', () => {
  test.each<[string, string, Uint8Array, unknown]>([
    ['keyUsage', '2.5.29.15', makeKeyUsage(['digitalSignature', 'cRLSign']), ['digitalSignature', 'cRLSign']],
    [
      'extKeyUsage',
      '2.5.29.37',
      makeExtension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.2.3'))),
      [{ oid: '1.3.6.1.5.5.7.3.1', name: 'serverAuth' }, { oid: '1.2.3' }],
    ],
    ['basicConstraints', '2.5.29.19', makeExtension('2.5.29.19', sequence()), { cA: false }],
    ['subjectKeyIdentifier', '2.5.29.14', makeExtension('2.5.29.14', octetString(fromHex('aabb'))), 'aabb'],
    [
      'authorityKeyIdentifier',
      '2.5.29.35',
      makeAuthorityKeyIdentifier({
        keyIdentifier: fromHex('aa'),
        authorityCertIssuer: ['dirName:CN=Root'],
        authorityCertSerialNumber: 255,
      }),
      {
        keyIdentifier: 'aa',
        authorityCertIssuer: [{ type: 'directoryName', value: 'CN=Root' }],
        authorityCertSerialNumber: '00ff',
      },
    ],
    [
      'subjectAltName',
      '2.5.29.17',
      makeExtension(
        '2.5.29.17',
        sequence(
          ...['a.example.com', 'IP:192.0.2.1', 'IP:2001:db8::1', 'email:a@b', 'URI:sip:a', 'RID:1.2.3', 'UPN:a@b'].map(
            makeGeneralName,
          ),
          explicit(0, oid('1.2.3'), explicit(0, nullValue())),
          explicit(3, nullValue()),
          implicit(7, fromHex('010203')),
        ),
      ),
      [
        { type: 'dNSName', value: 'a.example.com' },
        { type: 'iPAddress', value: '192.0.2.1' },
        { type: 'iPAddress', value: '2001:db8::1' },
        { type: 'rfc822Name', value: 'a@b' },
        { type: 'uniformResourceIdentifier', value: 'sip:a' },
        { type: 'registeredID', value: '1.2.3' },
        {
          type: 'otherName',
          typeID: { oid: '1.3.6.1.4.1.311.20.2.3', name: 'userPrincipalName' },
          hex: toHex(utf8String('a@b')),
          value: 'a@b',
        },
        { type: 'otherName', typeID: { oid: '1.2.3' }, hex: '0500' },
        { type: 'x400Address', value: '#a3020500' },
        { type: 'iPAddress', value: '#010203' },
      ],
    ],
    ['issuerAltName', '2.5.29.18', makeIssuerAltName(['a']), [{ type: 'dNSName', value: 'a' }]],
    [
      'nameConstraints',
      '2.5.29.30',
      makeExtension(
        '2.5.29.30',
        sequence(
          explicit(
            0,
            sequence(makeGeneralName('IP:10.0.0.0/8')),
            sequence(makeGeneralName('IP:10.0.0.0/255.0.255.0')),
            sequence(makeGeneralName('IP:2001:db8::/32')),
          ),
          explicit(1, sequence(makeGeneralName('b'), retag(0x80, integer(1)), retag(0x81, integer(2)))),
        ),
      ),
      {
        permittedSubtrees: ['10.0.0.0/8', '10.0.0.0/255.0.255.0', '2001:db8::/32'].map((value) => ({
          base: { type: 'iPAddress', value },
          minimum: 0,
        })),
        excludedSubtrees: [{ base: { type: 'dNSName', value: 'b' }, minimum: 1, maximum: 2 }],
      },
    ],
    [
      'certificatePolicies',
      '2.5.29.32',
      makeCertificatePolicies(['2.5.29.32.0', '1.2.3'], 'http://cps'),
      [
        {
          policyIdentifier: { oid: '2.5.29.32.0', name: 'anyPolicy' },
          policyQualifiers: toHex(sequence(sequence(oid('1.3.6.1.5.5.7.2.1'), ia5String('http://cps')))),
        },
        { policyIdentifier: { oid: '1.2.3' } },
      ],
    ],
    [
      'policyMappings',
      '2.5.29.33',
      makeExtension('2.5.29.33', sequence(sequence(oid('1.2.3'), oid('1.2.4')))),
      [{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' }],
    ],
    [
      'policyConstraints',
      '2.5.29.36',
      makeExtension('2.5.29.36', sequence(retag(0x80, integer(0)))),
      { requireExplicitPolicy: 0 },
    ],
    ['inhibitAnyPolicy', '2.5.29.54', makeExtension('2.5.29.54', integer(2)), 2],
    [
      'cRLDistributionPoints',
      '2.5.29.31',
      makeExtension(
        '2.5.29.31',
        sequence(
          sequence(
            explicit(0, explicit(1, sequence(oid('2.5.4.3'), utf8String('part 1')))),
            retag(0x81, namedBits([1])),
            explicit(2, makeGeneralName('dirName:CN=CRL')),
          ),
          sequence(explicit(0, explicit(0, makeGeneralName('URI:http://a')))),
        ),
      ),
      [
        {
          distributionPoint: { nameRelativeToCRLIssuer: 'CN=part 1' },
          reasons: ['keyCompromise'],
          cRLIssuer: [{ type: 'directoryName', value: 'CN=CRL' }],
        },
        { distributionPoint: { fullName: [{ type: 'uniformResourceIdentifier', value: 'http://a' }] } },
      ],
    ],
    [
      'freshestCRL',
      '2.5.29.46',
      makeCRLDistributionPoints(['URI:http://d'], '2.5.29.46'),
      [{ distributionPoint: { fullName: [{ type: 'uniformResourceIdentifier', value: 'http://d' }] } }],
    ],
    [
      'authorityInfoAccess',
      '1.3.6.1.5.5.7.1.1',
      makeExtension(
        '1.3.6.1.5.5.7.1.1',
        sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), makeGeneralName('URI:http://o'))),
      ),
      [
        {
          accessMethod: { oid: '1.3.6.1.5.5.7.48.1', name: 'ocsp' },
          accessLocation: { type: 'uniformResourceIdentifier', value: 'http://o' },
        },
      ],
    ],
    [
      'subjectInfoAccess',
      '1.3.6.1.5.5.7.1.11',
      makeExtension('1.3.6.1.5.5.7.1.11', sequence(sequence(oid('1.2.3'), makeGeneralName('a')))),
      [{ accessMethod: { oid: '1.2.3' }, accessLocation: { type: 'dNSName', value: 'a' } }],
    ],
    [
      'subjectDirectoryAttributes',
      '2.5.29.9',
      makeExtension('2.5.29.9', sequence(sequence(oid('2.5.4.3'), set(utf8String('a'))))),
      [{ type: { oid: '2.5.4.3', name: 'CN' }, values: toHex(set(utf8String('a'))) }],
    ],
  ])('%s is decoded', (name, extnID, extension, value) => {
    expect(JSON.parse(JSON.stringify(viewExtension(extension, extnID)))).toMatchObject({ oid: extnID, name, value });
    expect(viewExtension(extension, extnID)).not.toHaveProperty('hex');
  });

  test('that are unknown come as OID and hexadecimal, with a name where they have one', () => {
    expect(viewExtension(makeExtension('1.2.3.4', fromHex('0401ff'), true), '1.2.3.4')).toEqual({
      oid: '1.2.3.4',
      critical: true,
      hex: '0401ff',
    });
    expect(viewExtension(makeExtension('1.3.6.1.5.5.7.1.24', sequence()), '1.3.6.1.5.5.7.1.24')).toEqual({
      oid: '1.3.6.1.5.5.7.1.24',
      name: 'tlsFeature',
      critical: false,
      hex: '3000',
    });
  });

  test('that are malformed or stand twice say so, and become findings', () => {
    const malformed = makeExtension('2.5.29.19', nullValue());
    const usage = makeKeyUsage(['cRLSign']);
    const der = makeCertificate({ subject: 'CN=a', key, ski: false, extensions: [malformed, usage, usage] });
    const inspected = inspectMade([{ kind: 'certificate', der }]);
    const [shown] = inspected.map((object) => viewObject(object, inspectedAt) as Record<string, unknown>);
    const offset = Buffer.from(der).indexOf(nullValue());
    expect(shown?.extensions).toMatchObject([
      { name: 'basicConstraints', hex: '0500', malformed: { offset } },
      { name: 'keyUsage', value: ['cRLSign'] },
      { name: 'keyUsage', hex: toHex(namedBits([6])) },
    ]);
    expect(shown?.malformed).toMatchObject([
      { code: 'der/bad-value', detail: 'keyUsage stands more than once' },
      { code: 'der/unexpected-tag', offset },
    ]);
    const findings = explainMalformations(inspected);
    expect(findings.map(({ code, origin }) => [code, origin?.line])).toEqual([
      ['certificate/malformed-extension', 1],
      ['certificate/malformed-extension', 1],
    ]);
  });
});
