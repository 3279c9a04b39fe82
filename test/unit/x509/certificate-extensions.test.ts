/** Every extension of RFC 5280 4.2: as it should be, and malformed, with the offset from the start of its value. */
import { describe, expect, test } from 'vitest';
import { DerReader } from '../../../src/der/reader.js';
import { toHex } from '../../../src/der/values.js';
import { readExtensions, type ExtensionType } from '../../../src/x509/extensions.js';
import { issuerAltName, subjectAltName } from '../../../src/x509/extensions/alternative-names.js';
import { authorityKeyIdentifier } from '../../../src/x509/extensions/authority-key-identifier.js';
import { basicConstraints } from '../../../src/x509/extensions/basic-constraints.js';
import { cRLDistributionPoints, freshestCRL } from '../../../src/x509/extensions/distribution-points.js';
import {
  accessMethodNames,
  authorityInfoAccess,
  subjectInfoAccess,
} from '../../../src/x509/extensions/information-access.js';
import { extKeyUsage, keyPurposeNames, keyUsage } from '../../../src/x509/extensions/key-usage.js';
import { nameConstraints } from '../../../src/x509/extensions/name-constraints.js';
import {
  certificatePolicies,
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
} from '../../../src/x509/extensions/policies.js';
import { subjectDirectoryAttributes } from '../../../src/x509/extensions/subject-directory-attributes.js';
import { subjectKeyIdentifier } from '../../../src/x509/extensions/subject-key-identifier.js';
import {
  bitString,
  boolean,
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
  makeAuthorityInfoAccess,
  makeAuthorityKeyIdentifier,
  makeBasicConstraints,
  makeCRLDistributionPoints,
  makeCertificatePolicies,
  makeExtKeyUsage,
  makeIssuerAltName,
  makeKeyUsage,
  makeNameConstraints,
  makeSubjectAltName,
  makeSubjectKeyIdentifier,
} from '../../support/extensions.js';
import { catchMalformed } from '../../support/malformed.js';
import { makeGeneralName, makeGeneralNames, makeName } from '../../support/names.js';

/** Decodes a whole Extension, which must bear the OID of the type. */
function decode<T>(type: ExtensionType<T>, extension: Uint8Array): T {
  const value = readExtensions(new DerReader(sequence(extension))).get(type);
  if (value === undefined) throw new Error(`the extension is not a ${type.name}`);
  return value;
}

const dnsNames = (names: readonly { type: string; value?: unknown }[]): unknown[] => names.map(({ value }) => value);

describe('basicConstraints', () => {
  test('of a CA, with and without a path length', () => {
    expect(decode(basicConstraints, makeBasicConstraints(true))).toEqual({ cA: true, pathLenConstraint: undefined });
    expect(decode(basicConstraints, makeBasicConstraints(true, 0))).toEqual({ cA: true, pathLenConstraint: 0 });
    expect(decode(basicConstraints, makeBasicConstraints(true, 300))).toEqual({ cA: true, pathLenConstraint: 300 });
  });

  test('of an end entity, empty or written out', () => {
    expect(decode(basicConstraints, makeBasicConstraints(false)).cA).toBe(false);
    expect(basicConstraints.decode(sequence(boolean(false)))).toEqual({ cA: false, pathLenConstraint: undefined });
    expect(basicConstraints.decode(sequence(integer(1)))).toEqual({ cA: false, pathLenConstraint: 1 });
  });
});

describe('keyUsage', () => {
  test.each([
    [['digitalSignature']],
    [['keyCertSign', 'cRLSign']],
    [['encipherOnly']],
    [['decipherOnly']],
    [
      [
        'digitalSignature',
        'nonRepudiation',
        'keyEncipherment',
        'dataEncipherment',
        'keyAgreement',
        'keyCertSign',
        'cRLSign',
        'encipherOnly',
        'decipherOnly',
      ],
    ],
  ] as const)('reads %s', (usages) => {
    expect([...decode(keyUsage, makeKeyUsage(usages))]).toEqual([...usages]);
  });

  test('may be empty, and passes over bits that have no name', () => {
    expect(keyUsage.decode(bitString(new Uint8Array(0))).size).toBe(0);
    expect([...keyUsage.decode(namedBits([0, 9, 20]))]).toEqual(['digitalSignature']);
  });

  test('of a million octets costs no time to speak of', () => {
    const start = performance.now();
    expect(keyUsage.decode(bitString(new Uint8Array(4_000_000).fill(0xff))).size).toBe(9);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('extKeyUsage', () => {
  test('gives dotted OIDs, known or not', () => {
    const purposes = decode(extKeyUsage, makeExtKeyUsage(['serverAuth', 'clientAuth', '1.2.3.4', 'any']));
    expect(purposes.map((purpose) => keyPurposeNames[purpose] ?? purpose)).toEqual([
      'serverAuth',
      'clientAuth',
      '1.2.3.4',
      'anyExtendedKeyUsage',
    ]);
  });
});

describe('alternative names', () => {
  test('of the subject and of the issuer', () => {
    const names = ['a.example.com', '*.example.com'];
    expect(dnsNames(decode(subjectAltName, makeSubjectAltName(names)))).toEqual(names);
    expect(dnsNames(decode(issuerAltName, makeIssuerAltName(names)))).toEqual(names);
  });
});

describe('subjectKeyIdentifier', () => {
  test('is of any length', () => {
    for (const length of [0, 1, 20, 64]) {
      expect(decode(subjectKeyIdentifier, makeSubjectKeyIdentifier(new Uint8Array(length)))).toHaveLength(length);
    }
  });
});

describe('authorityKeyIdentifier', () => {
  test('with all three parts', () => {
    const { keyIdentifier, authorityCertIssuer, authorityCertSerialNumber } = decode(
      authorityKeyIdentifier,
      makeAuthorityKeyIdentifier({
        keyIdentifier: fromHex('aabb'),
        authorityCertIssuer: ['dirName:CN=Root'],
        authorityCertSerialNumber: 255,
      }),
    );
    expect(toHex(keyIdentifier ?? fromHex(''))).toBe('aabb');
    expect(authorityCertIssuer).toMatchObject([{ type: 'directoryName' }]);
    expect(toHex(authorityCertSerialNumber ?? fromHex(''))).toBe('00ff');
  });

  test('with none', () => {
    expect(decode(authorityKeyIdentifier, makeAuthorityKeyIdentifier({}))).toEqual({
      keyIdentifier: undefined,
      authorityCertIssuer: undefined,
      authorityCertSerialNumber: undefined,
    });
  });
});

describe('nameConstraints', () => {
  test('with permitted and excluded subtrees', () => {
    const { permittedSubtrees, excludedSubtrees } = decode(
      nameConstraints,
      makeNameConstraints({ permitted: ['example.com', 'IP:10.0.0.0/8'], excluded: ['dirName:C=XX'] }),
    );
    expect(permittedSubtrees).toMatchObject([
      { base: { type: 'dNSName', value: 'example.com' }, minimum: 0, maximum: undefined },
      { base: { type: 'iPAddress' } },
    ]);
    expect(excludedSubtrees).toMatchObject([{ base: { type: 'directoryName' } }]);
  });

  test('with one of them, or none', () => {
    expect(decode(nameConstraints, makeNameConstraints({ excluded: ['a'] })).permittedSubtrees).toBeUndefined();
    expect(nameConstraints.decode(sequence())).toEqual({ permittedSubtrees: undefined, excludedSubtrees: undefined });
  });

  test('with distances, which nobody should use', () => {
    const subtree = sequence(makeGeneralName('example.com'), retag(0x80, integer(1)), retag(0x81, integer(300)));
    expect(nameConstraints.decode(sequence(explicit(0, subtree))).permittedSubtrees).toMatchObject([
      { minimum: 1, maximum: 300 },
    ]);
  });
});

describe('distribution points', () => {
  test('with a full name', () => {
    const points = decode(cRLDistributionPoints, makeCRLDistributionPoints(['URI:http://a/1.crl', 'URI:ldap://b/2']));
    expect(points).toMatchObject([
      { distributionPoint: { fullName: [{ value: 'http://a/1.crl' }] }, reasons: undefined, cRLIssuer: undefined },
      { distributionPoint: { fullName: [{ value: 'ldap://b/2' }] } },
    ]);
  });

  test('of the freshest CRL', () => {
    expect(decode(freshestCRL, makeCRLDistributionPoints(['URI:http://a/d.crl'], '2.5.29.46'))).toHaveLength(1);
  });

  test('with a relative name, reasons and a CRL issuer', () => {
    const rdn = sequence(oid('2.5.4.3'), utf8String('part 1'));
    const point = sequence(
      explicit(0, explicit(1, rdn)),
      retag(0x81, namedBits([1, 2, 8])),
      explicit(2, makeGeneralName('dirName:CN=CRL issuer')),
    );
    expect(cRLDistributionPoints.decode(sequence(point))).toMatchObject([
      {
        distributionPoint: { nameRelativeToCRLIssuer: [{ type: '2.5.4.3', value: 'part 1' }] },
        reasons: new Set(['keyCompromise', 'cACompromise', 'aACompromise']),
        cRLIssuer: [{ type: 'directoryName' }],
      },
    ]);
  });

  test('that are empty are read: what that means is for whoever looks for a CRL', () => {
    expect(cRLDistributionPoints.decode(sequence(sequence()))).toEqual([
      { distributionPoint: undefined, reasons: undefined, cRLIssuer: undefined },
    ]);
  });
});

describe('information access', () => {
  test('of the authority', () => {
    const descriptions = decode(
      authorityInfoAccess,
      makeAuthorityInfoAccess({ caIssuers: ['http://a/ca.cer'], ocsp: ['http://ocsp'] }),
    );
    expect(
      descriptions.map(({ accessMethod, accessLocation }) => [accessMethodNames[accessMethod], accessLocation.value]),
    ).toEqual([
      ['caIssuers', 'http://a/ca.cer'],
      ['ocsp', 'http://ocsp'],
    ]);
  });

  test('of the subject', () => {
    const value = sequence(sequence(oid('1.3.6.1.5.5.7.48.5'), makeGeneralName('URI:http://repository')));
    expect(subjectInfoAccess.decode(value)).toMatchObject([{ accessMethod: '1.3.6.1.5.5.7.48.5' }]);
  });
});

describe('policies', () => {
  test('with and without qualifiers', () => {
    const policies = decode(certificatePolicies, makeCertificatePolicies(['2.5.29.32.0', '1.2.3'], 'http://cps'));
    expect(policies.map(({ policyIdentifier }) => policyIdentifier)).toEqual(['2.5.29.32.0', '1.2.3']);
    expect(Buffer.from(policies[0]?.policyQualifiers ?? []).includes('http://cps')).toBe(true);
    expect(policies[1]?.policyQualifiers).toBeUndefined();
  });

  test('mapped', () => {
    expect(policyMappings.decode(sequence(sequence(oid('1.2.3'), oid('1.2.4'))))).toEqual([
      { issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' },
    ]);
  });

  test('constrained', () => {
    expect(policyConstraints.decode(sequence(retag(0x80, integer(0)), retag(0x81, integer(7))))).toEqual({
      requireExplicitPolicy: 0,
      inhibitPolicyMapping: 7,
    });
    expect(policyConstraints.decode(sequence())).toEqual({
      requireExplicitPolicy: undefined,
      inhibitPolicyMapping: undefined,
    });
  });

  test('inhibited', () => {
    expect(inhibitAnyPolicy.decode(integer(3))).toBe(3);
  });
});

describe('subjectDirectoryAttributes', () => {
  test('keep their values in DER', () => {
    const values = set(ia5String('19700101000000Z'));
    const [attribute] = subjectDirectoryAttributes.decode(sequence(sequence(oid('1.3.6.1.5.5.7.9.1'), values)));
    expect(attribute?.type).toBe('1.3.6.1.5.5.7.9.1');
    expect(toHex(attribute?.values ?? fromHex(''))).toBe(toHex(values));
  });
});

const subtreeOf = (...fields: readonly Uint8Array[]): Uint8Array => sequence(explicit(0, sequence(...fields)));
const pointOf = (...fields: readonly Uint8Array[]): Uint8Array => sequence(sequence(...fields));
const dns = makeGeneralName('a');

type MalformedRow = [ExtensionType<unknown>, string, Uint8Array, string, number];

describe('a malformed value', () => {
  const rows: readonly MalformedRow[] = [
    [basicConstraints, 'another type', octetString(), 'der/unexpected-tag', 0],
    [basicConstraints, 'a bad BOOLEAN', sequence(fromHex('010101')), 'der/bad-value', 2],
    [basicConstraints, 'a negative path length', sequence(boolean(true), integer(-1)), 'der/bad-value', 5],
    [basicConstraints, 'a path length of 2^31', sequence(boolean(true), integer(2 ** 31)), 'der/bad-value', 5],
    [basicConstraints, 'the fields in the wrong order', sequence(integer(1), boolean(true)), 'der/trailing-data', 5],
    [basicConstraints, 'something behind it', Buffer.concat([sequence(), nullValue()]), 'der/trailing-data', 2],
    [basicConstraints, 'nothing', new Uint8Array(0), 'der/truncated', 0],
    [keyUsage, 'an OCTET STRING', octetString(), 'der/unexpected-tag', 0],
    [keyUsage, 'no count of unused bits', fromHex('0300'), 'der/bad-value', 0],
    [keyUsage, 'unused bits that are set', fromHex('03020501'), 'der/bad-value', 0],
    [extKeyUsage, 'no purpose', sequence(), 'der/truncated', 2],
    [extKeyUsage, 'a purpose that is no OID', sequence(oid('1.2'), nullValue()), 'der/unexpected-tag', 5],
    [extKeyUsage, 'an OID that ends early', sequence(fromHex('06018f')), 'der/bad-value', 2],
    [subjectAltName, 'no name', sequence(), 'der/truncated', 2],
    [subjectAltName, 'a name of an unknown form', sequence(implicit(9)), 'der/unexpected-tag', 2],
    [issuerAltName, 'a name that is cut off', fromHex('3003820261'), 'der/truncated', 2],
    [subjectKeyIdentifier, 'a SEQUENCE', sequence(), 'der/unexpected-tag', 0],
    [subjectKeyIdentifier, 'bytes behind it', fromHex('040000'), 'der/trailing-data', 2],
    [authorityKeyIdentifier, 'an OCTET STRING', octetString(), 'der/unexpected-tag', 0],
    [authorityKeyIdentifier, 'an unknown field', sequence(implicit(3)), 'der/trailing-data', 2],
    [authorityKeyIdentifier, 'an empty serial number', sequence(implicit(2)), 'der/bad-value', 2],
    [authorityKeyIdentifier, 'an issuer without a name', sequence(explicit(1)), 'der/truncated', 4],
    [nameConstraints, 'an empty list of subtrees', sequence(explicit(0)), 'der/truncated', 4],
    [nameConstraints, 'a subtree without a base', subtreeOf(), 'der/truncated', 6],
    [nameConstraints, 'a negative minimum', subtreeOf(dns, retag(0x80, integer(-1))), 'der/bad-value', 9],
    [nameConstraints, 'a fourth field', subtreeOf(dns, nullValue()), 'der/trailing-data', 9],
    [nameConstraints, 'a third list', sequence(explicit(2, sequence(dns))), 'der/trailing-data', 2],
    [cRLDistributionPoints, 'no point', sequence(), 'der/truncated', 2],
    [cRLDistributionPoints, 'a point that is no SEQUENCE', sequence(nullValue()), 'der/unexpected-tag', 2],
    [cRLDistributionPoints, 'a name without a form', pointOf(explicit(0)), 'der/truncated', 6],
    [cRLDistributionPoints, 'a name of an unknown form', pointOf(explicit(0, explicit(2))), 'der/unexpected-tag', 6],
    [cRLDistributionPoints, 'two forms', pointOf(explicit(0, explicit(0, dns), nullValue())), 'der/trailing-data', 11],
    [cRLDistributionPoints, 'a full name without a name', pointOf(explicit(0, explicit(0))), 'der/truncated', 8],
    [
      cRLDistributionPoints,
      'a relative name without an attribute',
      pointOf(explicit(0, explicit(1))),
      'der/truncated',
      8,
    ],
    [cRLDistributionPoints, 'reasons without unused bits', pointOf(implicit(1)), 'der/bad-value', 4],
    [cRLDistributionPoints, 'a CRL issuer without a name', pointOf(explicit(2)), 'der/truncated', 6],
    [freshestCRL, 'an unknown field', pointOf(explicit(3)), 'der/trailing-data', 4],
    [authorityInfoAccess, 'no description', sequence(), 'der/truncated', 2],
    [authorityInfoAccess, 'a method without a location', pointOf(oid('1.2')), 'der/truncated', 7],
    [authorityInfoAccess, 'a third field', pointOf(oid('1.2'), dns, nullValue()), 'der/trailing-data', 10],
    [subjectInfoAccess, 'a location without a method', pointOf(dns), 'der/unexpected-tag', 4],
    [certificatePolicies, 'no policy', sequence(), 'der/truncated', 2],
    [certificatePolicies, 'a policy without its OID', pointOf(), 'der/truncated', 4],
    [
      certificatePolicies,
      'a field after the qualifiers',
      pointOf(oid('1.2'), sequence(), nullValue()),
      'der/trailing-data',
      9,
    ],
    [policyMappings, 'no mapping', sequence(), 'der/truncated', 2],
    [policyMappings, 'half a mapping', pointOf(oid('1.2')), 'der/truncated', 7],
    [policyMappings, 'three OIDs', pointOf(oid('1.2'), oid('1.2'), oid('1.2')), 'der/trailing-data', 10],
    [policyConstraints, 'a negative count', sequence(retag(0x80, integer(-1))), 'der/bad-value', 2],
    [policyConstraints, 'an unknown field', sequence(implicit(2)), 'der/trailing-data', 2],
    [inhibitAnyPolicy, 'a negative count', integer(-1), 'der/bad-value', 0],
    [inhibitAnyPolicy, 'a SEQUENCE', sequence(), 'der/unexpected-tag', 0],
    [subjectDirectoryAttributes, 'no attribute', sequence(), 'der/truncated', 2],
    [subjectDirectoryAttributes, 'an attribute without values', pointOf(oid('1.2')), 'der/truncated', 7],
    [subjectDirectoryAttributes, 'values that are no SET', pointOf(oid('1.2'), sequence()), 'der/unexpected-tag', 7],
    [subjectDirectoryAttributes, 'a third field', pointOf(oid('1.2'), set(), nullValue()), 'der/trailing-data', 9],
  ];

  test.each(rows.map(([type, ...row]) => [type.name, ...row, type] as const))(
    'of %s with %s is refused',
    (_, __, value, code, offset, type) => {
      expect(catchMalformed(() => type.decode(value))).toMatchObject({ code, offset });
    },
  );
});

test('names in an extension are checked with it, not later', () => {
  const value = makeGeneralNames([explicit(4, sequence(nullValue()))]);
  expect(catchMalformed(() => subjectAltName.decode(value))).toMatchObject({ code: 'der/unexpected-tag', offset: 6 });
  expect(subjectAltName.decode(makeGeneralNames([explicit(4, makeName('CN=a'))]))).toHaveLength(1);
});
