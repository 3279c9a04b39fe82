/** One peculiarity of OpenSSL 3.0 each, held against the installed program where there is one. */
import { describe, expect, it } from 'vitest';
import { validatePath } from '../../../../src/path/validate-path.js';
import {
  bitString,
  boolean,
  ia5String,
  integer,
  nullValue,
  oid,
  retag,
  sequence,
  tlv,
  utf8String,
} from '../../../support/der.js';
import {
  makeBasicConstraints,
  makeCertificatePolicies,
  makeExtension,
  makeExtKeyUsage,
  makeKeyUsage,
} from '../../../support/extensions.js';
import { asCertificate } from '../../../support/parsed.js';
import { makeChain, makeKeyPair, type CertificateOptions } from '../../../support/pki.js';
import {
  predictedAt as at,
  predictErrors,
  predictionReason,
  type Setting,
} from '../../../support/security-pack-prediction.js';

const extension = (id: string, value: Uint8Array, critical = false): Partial<CertificateOptions> => ({
  extensions: [makeExtension(id, value, critical)],
});
const criticalNull = (id: string): Partial<CertificateOptions> => extension(id, nullValue(), true);
const without = { extKeyUsage: undefined as never, keyUsage: [] };
const ownKey = makeKeyPair('p256', 'own');
const server = { purpose: 'serverAuth' } as const;
describe(`the security-pack profile answers as openssl verify${predictionReason}`, () => {
  it.each<[string, Setting, readonly number[]]>([
    ['a good chain', { overrides: [] }, []],
    ['the second of notAfter is too late', { overrides: [{ notAfter: at }] }, [10]],
    ['the second of notBefore is not too early', { overrides: [{ notBefore: at }] }, []],
    [
      'an expired certificate does not stop it, one not yet valid does',
      { overrides: [{ notBefore: new Date('2031-01-01') }, { notAfter: new Date('2029-01-01') }] },
      [10, 9],
    ],
    ['the signature of a root is not checked', { overrides: [{}, {}, { signature: 'broken' }] }, []],
    ['a signature of a CA is', { overrides: [{}, { signature: 'broken' }] }, [7]],
    [
      'two algorithms are a bad signature',
      { overrides: [{ tbsSignatureAlgorithm: sequence(oid('1.2.840.10045.4.3.3')) }] },
      [7],
    ],
    ['an untrusted root', { overrides: [], trusted: [], pool: [1, 2] }, [19]],
    [
      'a self-signed end entity does not stop it',
      {
        overrides: [
          {
            notAfter: new Date('2029-01-01'),
            issuer: 'CN=leaf.example.com,O=Fly Example Ltd',
            key: ownKey,
            issuerKey: ownKey,
            aki: false,
          },
        ],
      },
      [18, 10],
    ],
    ['a missing intermediate', { overrides: [], pool: [] }, [20]],
    ['a trusted intermediate without its root', { overrides: [], trusted: [1], pool: [] }, [2]],
    ['a trusted end entity that is not self-signed', { overrides: [], trusted: [0], pool: [] }, [20]],
    [
      'trusted CAs that have signed each other, and no root',
      {
        overrides: [
          {},
          { subject: 'CN=Issuing', key: ownKey },
          { subject: 'CN=Cross', issuer: 'CN=Issuing', issuerKey: ownKey, aki: true },
        ],
        trusted: [1, 2],
        pool: [],
      },
      [22],
    ],
    ['more certificates than allowed', { overrides: [], options: { maxIntermediates: 0 } }, [22]],
    [
      'no CA, and no purpose then',
      { overrides: [{}, { ca: false, keyUsage: ['keyCertSign'] }], options: server },
      [79, 26],
    ],
    ['a CA that may not sign is no CA', { overrides: [{}, { keyUsage: ['cRLSign'] }] }, [79, 32]],
    [
      'a CA without basic constraints but with keyCertSign is one at the top only',
      {
        overrides: [
          {},
          { ca: undefined as never, keyUsage: ['keyCertSign'] },
          { ca: undefined as never, keyUsage: ['keyCertSign'] },
        ],
      },
      [79],
    ],
    ['a root of version 1 is a CA', { overrides: [{}, {}, { version: 1 }] }, []],
    ['an intermediate of version 1 is none', { overrides: [{}, { version: 1 }] }, [79]],
    ['path length', { overrides: [{}, {}, {}, { pathLen: 0 }] }, [25]],
    ['a purpose that is missing', { overrides: [{ extKeyUsage: ['clientAuth'] }], options: server }, [26]],
    ['anyExtendedKeyUsage is not enough', { overrides: [{ extKeyUsage: ['any'] }], options: server }, [26]],
    ['nor for a CA', { overrides: [{}, { extKeyUsage: ['any'] }], options: server }, [26]],
    ['nor for the root', { overrides: [{}, {}, { extKeyUsage: ['clientAuth'] }], options: server }, [26]],
    [
      'server-gated cryptography is for servers',
      { overrides: [{ extKeyUsage: ['2.16.840.1.113730.4.1'] }], options: server },
      [],
    ],
    [
      'but not for clients',
      { overrides: [{ extKeyUsage: ['2.16.840.1.113730.4.1'] }], options: { purpose: 'clientAuth' } },
      [26],
    ],
    ['keyEncipherment serves a server', { overrides: [{ keyUsage: ['keyEncipherment'] }], options: server }, []],
    ['but no client', { overrides: [{ keyUsage: ['keyEncipherment'] }], options: { purpose: 'clientAuth' } }, [26]],
    [
      'an empty extended key usage',
      { overrides: [{ ...without, ...extension('2.5.29.37', sequence()) }], options: server },
      [26],
    ],
    [
      "Netscape's type for clients",
      {
        overrides: [{ ...without, ...extension('2.16.840.1.113730.1.1', bitString(Uint8Array.of(0x80), 7)) }],
        options: server,
      },
      [26],
    ],
    [
      'a critical key identifier is not supported',
      { overrides: [{ ski: false, ...extension('2.5.29.14', tlv(4, Uint8Array.of(1)), true) }] },
      [34],
    ],
    [
      'nor is a critical issuer alternative name',
      { overrides: [extension('2.5.29.18', sequence(retag(0x82, ia5String('a'))), true)] },
      [34],
    ],
    [
      'nor critical information access',
      {
        overrides: [
          extension(
            '1.3.6.1.5.5.7.1.1',
            sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), retag(0x86, ia5String('http://a')))),
            true,
          ),
        ],
      },
      [34],
    ],
    ['an unknown critical extension', { overrides: [criticalNull('1.2.3.4')] }, [34]],
    [
      'a malformed extension that it reads',
      { overrides: [{ san: undefined as never, ...extension('2.5.29.17', utf8String('x')) }] },
      [20],
    ],
    [
      'a malformed extension that it does not read',
      { overrides: [extension('1.3.6.1.5.5.7.1.1', utf8String('x'))] },
      [],
    ],
    ['an extension that stands twice', { overrides: [{ extensions: [makeExtKeyUsage(['serverAuth'])] }] }, [20]],
    [
      'an unknown extension that stands twice',
      { overrides: [{ extensions: [makeExtension('1.2.3', nullValue()), makeExtension('1.2.3', nullValue())] }] },
      [],
    ],
    ['a key usage without bits', { overrides: [{ keyUsage: [], extensions: [makeKeyUsage([])] }] }, [20]],
    [
      'basic constraints of a malformed CA',
      {
        overrides: [
          {},
          { ca: undefined as never, keyUsage: ['keyCertSign'], extensions: [makeBasicConstraints(true, -1)] },
        ],
      },
      [20],
    ],
    ['a foreign authority key identifier', { overrides: [{ aki: Uint8Array.of(1) }] }, [20]],
    ['a foreign serial number', { overrides: [{ aki: { authorityCertSerialNumber: 1 } }] }, [20]],
    [
      'the name of another issuer of the issuer',
      { overrides: [{ aki: { authorityCertIssuer: ['dirName:CN=Else'] } }] },
      [20],
    ],
    [
      'the first of two names of the issuer counts',
      { overrides: [{ aki: { authorityCertIssuer: ['dirName:CN=Root CA,O=Fly Example Ltd', 'dirName:CN=Else'] } }] },
      [],
    ],
    ['a curve that is spelled out', { overrides: [{ key: explicitKey() }] }, [94]],
    ['a name of another case', { overrides: [{ issuer: 'CN=ISSUING  ca 1,O=fly example LTD' }] }, []],
    ['a name whose umlaut differs in case', { overrides: [{ issuer: 'CN=ä' }, { subject: 'CN=Ä' }] }, [20]],
    [
      'policies are not looked at unasked',
      { overrides: [{}, extension('2.5.29.36', sequence(retag(0x80, integer(0))), true)] },
      [],
    ],
    [
      'an explicit policy without any that is accepted',
      { overrides: [policies('1.2.3'), policies('1.2.3')], options: { requireExplicitPolicy: true } },
      [43],
    ],
    [
      'an explicit policy where any is accepted',
      {
        overrides: [policies('1.2.3'), policies('1.2.3')],
        options: { requireExplicitPolicy: true, initialPolicySet: ['2.5.29.32.0'] },
      },
      [],
    ],
    [
      'policy constraints that say nothing',
      { overrides: [{}, extension('2.5.29.36', sequence(), true)], options: { initialPolicySet: ['1.2.3'] } },
      [42],
    ],
    [
      'a policy that stands twice',
      { overrides: [policies('1.2.3', '1.2.3')], options: { initialPolicySet: ['1.2.3'] } },
      [42],
    ],
    [
      'a proxy certificate',
      {
        overrides: [
          {
            san: undefined as never,
            ...extension('1.3.6.1.5.5.7.1.14', sequence(sequence(oid('1.3.6.1.5.5.7.21.1'))), true),
          },
        ],
      },
      [40],
    ],
  ])('%s', (_, setting, expected) => {
    expect(predictErrors(setting)).toEqual(expected);
  });
});

function policies(...asserted: string[]): Partial<CertificateOptions> {
  return { extensions: [makeCertificatePolicies(asserted)] };
}

/** A key on P-256 whose parameters are written out (X9.62), as `openssl ecparam -param_enc explicit` does. */
function explicitKey(): ReturnType<typeof makeKeyPair> {
  const key = makeKeyPair('p256', 'explicit');
  const spki = key.publicKey.export({ type: 'spki', format: 'der' });
  const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
  const prime = 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff';
  const parameters = sequence(
    integer(1),
    sequence(oid('1.2.840.10045.1.1'), integer(BigInt(`0x${prime}`))),
    sequence(
      tlv(4, hex('ffffffff00000001000000000000000000000000fffffffffffffffffffffffc')),
      tlv(4, hex('5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b')),
    ),
    tlv(
      4,
      hex(
        '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
      ),
    ),
    integer(BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')),
    integer(1),
  );
  return { ...key, spki: sequence(sequence(oid('1.2.840.10045.2.1'), parameters), bitString(spki.subarray(-65))) };
}

it('says in words what it leaves unchecked by OpenSSL but others refuse', () => {
  const chain = makeChain(2, (position) => (position === 0 ? extension('1.3.6.1.5.5.7.1.1', boolean(true)) : {}));
  const [target, root] = chain.map(({ certificate }) => asCertificate(certificate));
  if (!target || !root) throw new Error('no chain');
  const result = validatePath(
    { certificate: target, pool: [] },
    { at, profile: 'security-pack', trustAnchors: [root] },
  );
  expect(result).toMatchObject({
    ok: true,
    findings: [{ code: 'certificate/malformed-extension', severity: 'warning' }],
  });
});
