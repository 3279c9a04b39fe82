/**
 * `certwright`'s status held against `openssl verify -crl_check`: good must be OK there, and each finding with an OpenSSL
 * number must be the number that OpenSSL gives. Where OpenSSL is content and certwright is not, the row says why.
 */
import { describe, expect, it } from 'vitest';
import { encodePem } from '../../src/pem/encode.js';
import { checkCertificates } from '../../src/revocation/check-certificates.js';
import { checkRevocation } from '../../src/revocation/check-revocation.js';
import type { RevocationStatus } from '../../src/revocation/judge-revocation.js';
import { integer, tlv } from '../support/der.js';
import { makeExtension, makeIssuingDistributionPoint } from '../support/extensions.js';
import { openssl, runOpenSSL, verifyErrors } from '../support/openssl.js';
import { asCRL, asCertificate } from '../support/parsed.js';
import {
  issueCertificate,
  makeCRL,
  makeChain,
  type CRLOptions,
  type CertificateOptions,
  type RevokedEntry,
} from '../support/pki.js';
import { makeScratch } from '../support/scratch.js';

const at = new Date('2026-11-21T12:00:00Z');
const serialNumber = 77;
const listed: RevokedEntry[] = [{ serialNumber, reason: 'keyCompromise' }];
const critical = (oid: string, value: Uint8Array): Uint8Array => makeExtension(oid, value, true);

interface Situation {
  readonly name: string;
  readonly crls: readonly Partial<CRLOptions>[];
  readonly certificate?: Partial<CertificateOptions>;
  readonly issuer?: Partial<CertificateOptions>;
  readonly signedByAnother?: boolean;
  readonly status: RevocationStatus;
  /** What OpenSSL says; nothing where it is content. Where certwright is content too, a warning has the number. */
  readonly errors: readonly number[];
  /** Why certwright is stricter, where OpenSSL is content. */
  readonly departure?: string;
}

const point = 'URI:http://crl.example.com/1.crl';
const scope = (issuingDistributionPoint: CRLOptions['issuingDistributionPoint']): Partial<CRLOptions> =>
  issuingDistributionPoint ? { issuingDistributionPoint } : {};

const situations: readonly Situation[] = [
  { name: 'a current CRL without the certificate', crls: [{}], status: 'good', errors: [] },
  { name: 'a CRL that lists it', crls: [{ entries: listed }], status: 'revoked', errors: [23] },
  {
    name: 'a hold',
    crls: [{ entries: [{ serialNumber, reason: 'certificateHold' }] }],
    status: 'revoked',
    errors: [23],
  },
  {
    name: 'a reason that nobody knows',
    crls: [{ entries: [{ serialNumber, reason: 7 }] }],
    status: 'revoked',
    errors: [23],
  },
  { name: 'no CRL of the issuer', crls: [{ issuer: 'CN=Other' }], status: 'unknown', errors: [3] },
  { name: 'another key of that name', crls: [{}], signedByAnother: true, status: 'unknown', errors: [3] },
  {
    name: 'another key without key identifier',
    crls: [{ aki: false }],
    signedByAnother: true,
    status: 'unknown',
    errors: [8],
  },
  { name: 'a key identifier of another key', crls: [{ aki: Uint8Array.of(1) }], status: 'unknown', errors: [3] },
  { name: 'no key identifier', crls: [{ aki: false }], status: 'good', errors: [] },
  { name: 'a damaged signature', crls: [{ signature: 'broken' }], status: 'unknown', errors: [8] },
  { name: 'a stale CRL', crls: [{ nextUpdate: new Date('2026-11-01') }], status: 'unknown', errors: [12] },
  {
    name: 'a stale CRL that lists it',
    crls: [{ nextUpdate: new Date('2026-11-01'), entries: listed }],
    status: 'revoked',
    errors: [12, 23],
  },
  { name: 'a CRL from the future', crls: [{ thisUpdate: new Date('2044-01-01') }], status: 'unknown', errors: [11] },
  { name: 'no nextUpdate', crls: [{ nextUpdate: null }], status: 'good', errors: [] },
  { name: 'version 1', crls: [{ version: 1 }], status: 'good', errors: [] },
  {
    name: 'an issuer without cRLSign',
    issuer: { keyUsage: ['keyCertSign'] },
    crls: [{}],
    status: 'unknown',
    errors: [35],
  },
  {
    name: 'an unknown critical extension',
    crls: [{ extensions: [critical('1.2.3.4', tlv(5))] }],
    status: 'unknown',
    errors: [36],
  },
  {
    name: 'a critical CRL number',
    crls: [{ crlNumber: null, extensions: [critical('2.5.29.20', integer(1))] }],
    status: 'unknown',
    errors: [36],
  },
  {
    name: 'an unknown critical extension in an entry',
    crls: [{ entries: [{ serialNumber: 3, extensions: [critical('1.2.3.4', tlv(5))] }] }],
    status: 'unknown',
    errors: [36],
  },
  {
    name: 'a critical reason code',
    crls: [{ entries: [{ serialNumber: 3, extensions: [critical('2.5.29.21', tlv(10, Uint8Array.of(1)))] }] }],
    status: 'unknown',
    errors: [36],
  },
  { name: 'CA certificates only', crls: [scope({ onlyContainsCACerts: true })], status: 'unknown', errors: [44] },
  { name: 'user certificates only', crls: [scope({ onlyContainsUserCerts: true })], status: 'good', errors: [] },
  {
    name: 'user certificates only, for a CA',
    certificate: { ca: true },
    crls: [scope({ onlyContainsUserCerts: true })],
    status: 'unknown',
    errors: [44],
  },
  {
    name: 'attribute certificates only',
    crls: [scope({ onlyContainsAttributeCerts: true })],
    status: 'unknown',
    errors: [44],
  },
  {
    name: 'a distribution point that it names',
    certificate: { crlDistributionPoints: [point] },
    crls: [scope({ fullName: [point] })],
    status: 'good',
    errors: [],
  },
  {
    name: 'a distribution point that it does not name',
    crls: [scope({ fullName: [point] })],
    status: 'unknown',
    errors: [44],
  },
  {
    name: 'the issuer as distribution point',
    crls: [scope({ fullName: ['dirName:CN=Issuing CA'] })],
    status: 'good',
    errors: [44],
  },
  { name: 'some reasons only', crls: [scope({ onlySomeReasons: [1] })], status: 'unknown', errors: [3] },
  {
    name: 'some reasons and the others',
    crls: [scope({ onlySomeReasons: [1, 2, 3] }), scope({ onlySomeReasons: [4, 5, 6, 7, 8] })],
    status: 'good',
    errors: [3],
  },
  { name: 'an indirect CRL', crls: [scope({ indirectCRL: true })], status: 'good', errors: [3] },
  { name: 'an indirect CRL beside a plain one', crls: [scope({ indirectCRL: true }), {}], status: 'good', errors: [] },
  {
    name: 'one CRL for two distribution points, each for some reasons',
    certificate: {
      distributionPoints: [
        { fullName: [point], reasons: [1, 2, 3] },
        { fullName: ['URI:http://2'], reasons: [4, 5, 6, 7, 8] },
      ],
    },
    crls: [{}],
    status: 'good',
    errors: [3],
  },
  {
    name: 'a CRL for each of two distribution points',
    certificate: {
      distributionPoints: [
        { fullName: [point], reasons: [1, 2, 3] },
        { fullName: ['URI:http://2'], reasons: [4, 5, 6, 7, 8] },
      ],
    },
    crls: [scope({ fullName: [point] }), scope({ fullName: ['URI:http://2'] })],
    status: 'good',
    errors: [],
  },
  {
    name: 'a relative distribution point',
    certificate: { distributionPoints: [{ fullName: ['dirName:CN=Issuing CA,CN=CRL 1'] }] },
    crls: [scope({ nameRelativeToCRLIssuer: 'CN=CRL 1' })],
    status: 'good',
    errors: [],
  },
  {
    name: 'the newest of two',
    crls: [{ entries: listed }, { crlNumber: 2, thisUpdate: new Date('2026-09-01') }],
    status: 'good',
    errors: [],
  },
  {
    name: 'a delta alone',
    crls: [{ deltaCRLIndicator: 1, crlNumber: 2 }],
    status: 'unknown',
    errors: [],
    departure: 'OpenSSL takes a delta for a complete CRL unless told -extended_crl',
  },
  {
    name: 'removeFromCRL in a complete CRL',
    crls: [{ entries: [{ serialNumber, reason: 'removeFromCRL' }] }],
    status: 'unknown',
    errors: [],
    departure: 'RFC 5280 5.3.1 allows the reason in deltas only',
  },
  {
    name: 'two scopes in one CRL',
    crls: [
      {
        extensions: [
          makeIssuingDistributionPoint({ onlyContainsCACerts: true }),
          makeIssuingDistributionPoint({ onlyContainsCACerts: true }),
        ],
      },
    ],
    status: 'unknown',
    errors: [],
    departure: 'OpenSSL heeds neither of two scopes; RFC 5280 4.2 forbids the second',
  },
  {
    name: 'an entry of another issuer in a CRL that is not indirect',
    crls: [{ entries: [{ serialNumber: 3, certificateIssuer: ['dirName:CN=Other'] }] }],
    status: 'unknown',
    errors: [],
    departure: 'RFC 5280 5.3.3 allows certificateIssuer in indirect CRLs only',
  },
  {
    name: 'two signature algorithms',
    crls: [{ tbsSignatureAlgorithm: Uint8Array.from([0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3]) }],
    status: 'unknown',
    errors: [],
    departure: 'RFC 5280 5.1.1.2 wants them equal; OpenSSL compares them in certificates only',
  },
  {
    name: 'a higher number with an earlier date that lists it',
    crls: [
      { crlNumber: 5, entries: listed },
      { crlNumber: 2, thisUpdate: new Date('2026-09-01') },
    ],
    status: 'revoked',
    errors: [],
    departure: 'the CRL number decides (RFC 5280 5.2.3); OpenSSL looks at the dates',
  },
];

describe(`one certificate and openssl verify -crl_check${openssl.skipReason}`, () => {
  it.skipIf(!openssl.installed).each(situations)('$name: $status, errors $errors', (situation) => {
    const {
      crls,
      certificate = {},
      issuer: issuerOptions = {},
      signedByAnother,
      status,
      errors,
      departure,
    } = situation;
    const ca = issueCertificate(undefined, { subject: 'CN=Issuing CA', ca: true, ...issuerOptions });
    const another = issueCertificate(undefined, { subject: 'CN=Issuing CA', ca: true });
    const leaf = issueCertificate(ca, { subject: 'CN=leaf', serialNumber, ...certificate });
    const issuerKey = signedByAnother ? another.key : ca.key;
    const made = crls.map((options) => makeCRL({ issuer: ca.subject, issuerKey, ...options }));

    const scratch = makeScratch();
    const run = runOpenSSL([
      'verify',
      ...['-crl_check', '-attime', String(at.getTime() / 1000)],
      ...['-CAfile', scratch.write('ca.pem', encodePem('CERTIFICATE', ca.certificate))],
      ...['-CRLfile', scratch.write('crl.pem', made.map((der) => encodePem('X509 CRL', der)).join(''))],
      scratch.write('leaf.pem', encodePem('CERTIFICATE', leaf.certificate)),
    ]);
    expect([run.status === 0, verifyErrors(run)]).toEqual([errors.length === 0, errors]);

    const result = checkRevocation({
      certificate: asCertificate(leaf.certificate),
      issuer: asCertificate(ca.certificate),
      crls: made.map((der) => asCRL(der)),
      at,
    });
    expect(result.status).toBe(status);
    if (errors.length === 0) expect(departure !== undefined).toBe(status !== 'good');
    else {
      const numbers = result.findings.flatMap(({ opensslError, code }) =>
        code === 'crl/unrelated' ? [] : [opensslError],
      );
      expect([...new Set(numbers)].sort()).toEqual([...errors].sort());
    }
  });
});

describe(`a chain and openssl verify -crl_check_all${openssl.skipReason}`, () => {
  const rows: readonly (readonly [string, (position: number) => Partial<CRLOptions> | undefined, number])[] = [
    ['a CRL of every CA', () => ({}), 0],
    ['no CRL of the root', (position) => (position === 2 ? undefined : {}), 3],
    ['no CRL of the intermediate', (position) => (position === 1 ? undefined : {}), 3],
    ['a stale CRL of the root', (position) => (position === 2 ? { nextUpdate: new Date('2026-01-01') } : {}), 12],
    ['a root that its own CRL lists', (position) => (position === 2 ? { entries: [{ serialNumber: 902 }] } : {}), 23],
    ['a revoked intermediate', (position) => (position === 2 ? { entries: [{ serialNumber: 901 }] } : {}), 23],
  ];

  it.skipIf(!openssl.installed).each(rows)('%s', (_, optionsOf, error) => {
    const chain = makeChain(3, (position) => ({ serialNumber: 900 + position }));
    const crls = chain.flatMap(({ subject, key }, position) => {
      const options = position === 0 ? undefined : optionsOf(position);
      return options ? [makeCRL({ issuer: subject, issuerKey: key, ...options })] : [];
    });
    const pem = chain.map(({ certificate }) => encodePem('CERTIFICATE', certificate));
    const scratch = makeScratch();
    const run = runOpenSSL([
      'verify',
      ...['-crl_check_all', '-attime', String(at.getTime() / 1000)],
      ...['-CAfile', scratch.write('root.pem', pem[2] ?? '')],
      ...['-untrusted', scratch.write('ca.pem', pem[1] ?? '')],
      ...['-CRLfile', scratch.write('crl.pem', crls.map((der) => encodePem('X509 CRL', der)).join(''))],
      scratch.write('leaf.pem', pem[0] ?? ''),
    ]);
    const certificates = chain.map(({ certificate }) => asCertificate(certificate));
    const result = checkCertificates({ certificates, crls: crls.map((der) => asCRL(der)), at, scope: 'chain' });
    expect(result.ok).toBe(error === 0);
    expect(run.status === 0).toBe(error === 0);
    expect(verifyErrors(run).slice(0, 1)).toEqual(error === 0 ? [] : [error]);
    const numbers = result.findings
      .filter(({ severity }) => severity === 'error')
      .map(({ opensslError }) => opensslError);
    expect(numbers).toEqual(error === 0 ? [] : [error]);
  });
});
