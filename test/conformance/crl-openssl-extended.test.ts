/**
 * RFC 5280 6.3.3 held against `openssl verify -crl_check_all -extended_crl -use_deltas`, which reads indirect CRLs, CRLs for
 * some reasons, other signers and deltas. First single situations with the numbers that OpenSSL gives, each departure with
 * its reason; then random ones: whatever is good must be OK there, or a warning must say that it is not, and whatever is OK
 * there and not good here must have a CRL that lists the certificate or contradicts the RFC.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePem } from '../../src/pem/encode.js';
import { checkCertificates, type CheckCertificatesResult } from '../../src/revocation/check-certificates.js';
import type { RevocationStatus } from '../../src/revocation/judge-revocation.js';
import { makeCRLDistributionPoints, type DistributionPointInput } from '../support/extensions.js';
import { openssl, runOpenSSL, verifyErrors } from '../support/openssl.js';
import { asCRL, asCertificate } from '../support/parsed.js';
import { issueCertificate, makeCRL, type CRLOptions, type Holder, type RevokedEntry } from '../support/pki.js';
import { makeScratch, type Scratch } from '../support/scratch.js';

const at = new Date('2026-11-21T12:00:00Z');
const serialNumber = 77;
const point = 'URI:http://crl.example.com/1.crl';
const second = 'URI:http://crl.example.com/2.crl';
const delegation: DistributionPointInput = { cRLIssuer: ['dirName:CN=CRL Issuer'] };

const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
const ca = issueCertificate(root, { subject: 'CN=CA', ca: true, serialNumber: 500 });
const rekeyed = issueCertificate(root, { subject: 'CN=CA', ca: true, serialNumber: 501 });
const crlIssuer = issueCertificate(root, { subject: 'CN=CRL Issuer', keyUsage: ['cRLSign'], serialNumber: 502 });
const ownIssuer = issueCertificate(ca, {
  subject: 'CN=CRL Issuer',
  keyUsage: ['cRLSign'],
  serialNumber: 503,
  distributionPoints: [delegation],
});

/** A leaf whose CRL may have deltas: OpenSSL looks for none without freshestCRL. */
const issue = (...distributionPoints: DistributionPointInput[]): Holder =>
  issueCertificate(ca, {
    subject: 'CN=leaf',
    serialNumber,
    ...(distributionPoints.length > 0 && { distributionPoints }),
    extensions: [makeCRLDistributionPoints(['URI:http://crl.example.com/delta.crl'], '2.5.29.46')],
  });

interface Made {
  readonly by: Holder;
  readonly options?: Partial<CRLOptions>;
}

function makeAll(crls: readonly Made[]): Uint8Array[] {
  return crls.map(({ by, options }) => makeCRL({ issuer: by.subject, issuerKey: by.key, ...options }));
}

const certificates = (...holders: Holder[]): string =>
  holders.map(({ certificate }) => encodePem('CERTIFICATE', certificate)).join('');

const extended = ['-extended_crl', '-use_deltas'];

/** The errors; none where OpenSSL is content. */
function askOpenSSL(
  scratch: Scratch,
  flags: readonly string[],
  leaf: Holder,
  others: readonly Holder[],
  crls: readonly Uint8Array[],
): number[] {
  const run = runOpenSSL([
    'verify',
    ...['-crl_check_all', ...flags, '-attime', String(at.getTime() / 1000)],
    ...['-CAfile', scratch.write('root.pem', certificates(root))],
    ...['-untrusted', scratch.write('untrusted.pem', certificates(ca, ...others))],
    ...['-CRLfile', scratch.write('crl.pem', crls.map((der) => encodePem('X509 CRL', der)).join(''))],
    scratch.write('leaf.pem', certificates(leaf)),
  ]);
  const errors = verifyErrors(run);
  expect(run.status === 0).toBe(errors.length === 0);
  return errors;
}

function judge(leaf: Holder, others: readonly Holder[], crls: readonly Uint8Array[]): CheckCertificatesResult {
  return checkCertificates({
    certificates: [leaf, ca, root].map(({ certificate }) => asCertificate(certificate)),
    issuers: others.map(({ certificate }) => asCertificate(certificate)),
    crls: crls.map((der) => asCRL(der)),
    at,
    scope: 'chain',
  });
}

interface Situation {
  readonly name: string;
  readonly leaf?: Holder;
  readonly others?: readonly Holder[];
  /** Beside the CRL of the root. */
  readonly crls: readonly Made[];
  readonly status: RevocationStatus;
  readonly errors: readonly number[];
  /** Why one is content and the other is not. */
  readonly departure?: string;
}

const indirect = (...entries: RevokedEntry[]): Partial<CRLOptions> => ({
  issuingDistributionPoint: { indirectCRL: true },
  entries,
});
const of = (name: string): Pick<RevokedEntry, 'certificateIssuer'> => ({ certificateIssuer: [`dirName:CN=${name}`] });
const some = (onlySomeReasons: number[], entries: RevokedEntry[] = []): Partial<CRLOptions> => ({
  issuingDistributionPoint: { onlySomeReasons },
  entries,
});
const held: RevokedEntry[] = [{ serialNumber, reason: 'certificateHold' }];
const lifted: RevokedEntry[] = [{ serialNumber, reason: 'removeFromCRL' }];
const delta = (options: Partial<CRLOptions> = {}): Made => ({
  by: ca,
  options: { deltaCRLIndicator: 1, crlNumber: 2, thisUpdate: new Date('2026-09-01'), ...options },
});
const stale = { nextUpdate: new Date('2026-11-01') };
const delegated = issue(delegation);

const situations: readonly Situation[] = [
  { name: 'an indirect CRL of the issuer', crls: [{ by: ca, options: indirect() }], status: 'good', errors: [] },
  {
    name: 'an indirect CRL of a cRLIssuer',
    leaf: delegated,
    others: [crlIssuer],
    crls: [{ by: crlIssuer, options: indirect() }],
    status: 'good',
    errors: [],
  },
  {
    name: 'an entry with its certificateIssuer',
    leaf: delegated,
    others: [crlIssuer],
    crls: [{ by: crlIssuer, options: indirect({ serialNumber, ...of('CA') }) }],
    status: 'revoked',
    errors: [23],
  },
  {
    name: 'a certificateIssuer carried over',
    leaf: delegated,
    others: [crlIssuer],
    crls: [
      { by: crlIssuer, options: indirect({ serialNumber: 3, ...of('CA') }, { serialNumber: 4 }, { serialNumber }) },
    ],
    status: 'revoked',
    errors: [23],
  },
  {
    name: 'the serial number under another issuer',
    leaf: delegated,
    others: [crlIssuer],
    crls: [{ by: crlIssuer, options: indirect({ serialNumber, ...of('Other') }) }],
    status: 'good',
    errors: [],
  },
  {
    name: 'a cRLIssuer whose CRL is not indirect',
    leaf: delegated,
    others: [crlIssuer],
    crls: [{ by: crlIssuer }],
    status: 'unknown',
    errors: [3],
  },
  {
    name: 'a cRLIssuer whose certificate is not here',
    leaf: delegated,
    crls: [{ by: crlIssuer, options: indirect() }],
    status: 'unknown',
    errors: [3],
  },
  {
    name: 'a cRLIssuer that vouches for itself',
    leaf: delegated,
    others: [ownIssuer],
    crls: [{ by: ownIssuer, options: indirect() }],
    status: 'good',
    errors: [54],
    departure: 'NIST PKITS 4.14.30 accepts it; OpenSSL never follows such circles',
  },
  { name: 'another key of the issuer', others: [rekeyed], crls: [{ by: rekeyed }], status: 'good', errors: [] },
  {
    name: 'another key of the issuer that lists it',
    others: [rekeyed],
    crls: [{ by: rekeyed, options: { entries: [{ serialNumber }] } }],
    status: 'revoked',
    errors: [23],
  },
  {
    name: 'another key of the issuer without its certificate',
    crls: [{ by: rekeyed }],
    status: 'unknown',
    errors: [3],
  },
  {
    name: 'some reasons and the others',
    crls: [
      { by: ca, options: some([1, 2, 3]) },
      { by: ca, options: some([4, 5, 6, 7, 8]) },
    ],
    status: 'good',
    errors: [],
  },
  {
    name: 'some reasons and not all others',
    crls: [
      { by: ca, options: some([1, 2, 3]) },
      { by: ca, options: some([4, 5, 6, 7]) },
    ],
    status: 'unknown',
    errors: [3],
  },
  {
    name: 'listed for one of some reasons',
    crls: [
      { by: ca, options: some([1, 2, 3]) },
      { by: ca, options: some([4, 5, 6, 7, 8], [{ serialNumber, reason: 'superseded' }]) },
    ],
    status: 'revoked',
    errors: [23],
  },
  {
    name: 'distribution points with some reasons each',
    leaf: issue({ fullName: [point], reasons: [1, 2, 3] }, { fullName: [second], reasons: [4, 5, 6, 7, 8] }),
    crls: [point, second].map((name) => ({ by: ca, options: { issuingDistributionPoint: { fullName: [name] } } })),
    status: 'good',
    errors: [],
  },
  {
    name: 'relative names on both sides',
    leaf: issue({ nameRelativeToCRLIssuer: 'CN=CRL 1' }),
    crls: [{ by: ca, options: { issuingDistributionPoint: { nameRelativeToCRLIssuer: 'CN=CRL 1' } } }],
    status: 'good',
    errors: [],
  },
  { name: 'a delta that says nothing', crls: [{ by: ca }, delta()], status: 'good', errors: [] },
  { name: 'a delta that lists it', crls: [{ by: ca }, delta({ entries: held })], status: 'revoked', errors: [23] },
  {
    name: 'a delta that lifts a hold',
    crls: [{ by: ca, options: { entries: held } }, delta({ entries: lifted })],
    status: 'good',
    errors: [],
  },
  {
    name: 'a delta that lifts what is no hold',
    crls: [{ by: ca, options: { entries: [{ serialNumber, reason: 'keyCompromise' }] } }, delta({ entries: lifted })],
    status: 'revoked',
    errors: [],
    departure: 'RFC 5280 5.3.1 lets deltas lift holds and what has expired, nothing else',
  },
  {
    name: 'a delta to a newer base',
    crls: [{ by: ca, options: { entries: held } }, delta({ deltaCRLIndicator: 2, crlNumber: 3, entries: lifted })],
    status: 'revoked',
    errors: [23],
  },
  { name: 'a delta alone', crls: [delta()], status: 'unknown', errors: [3] },
  {
    name: 'a stale complete CRL with a current delta',
    crls: [{ by: ca, options: stale }, delta()],
    status: 'good',
    errors: [],
  },
  {
    name: 'a stale delta that says nothing',
    crls: [{ by: ca }, delta(stale)],
    status: 'good',
    errors: [],
  },
];

describe(`extended CRLs and openssl verify${openssl.skipReason}`, () => {
  it.skipIf(!openssl.installed).each(situations)('$name: $status, errors $errors', (situation) => {
    const { leaf = issue(), others = [], crls, status, errors, departure } = situation;
    const made = makeAll([{ by: root }, ...crls]);
    expect([...new Set(askOpenSSL(makeScratch(), extended, leaf, others, made))]).toEqual(errors);
    const [verdict] = judge(leaf, others, made).checked;
    expect(verdict?.status).toBe(status);
    expect(departure !== undefined).toBe((status === 'good') !== (errors.length === 0));
  });
});

/** What an issuer, its other key and a CRL issuer may put out about the leaf. */
const anyCRL = fc.record({
  by: fc.constantFrom(ca, ca, ca, rekeyed, crlIssuer),
  entries: fc.constantFrom<RevokedEntry[]>(
    ...Array.from({ length: 12 }, () => []),
    [{ serialNumber }],
    held,
    lifted,
    [{ serialNumber: 3, ...of('CA') }, { serialNumber }],
    [{ serialNumber, ...of('Other') }],
  ),
  crlNumber: fc.integer({ min: 1, max: 4 }),
  deltaCRLIndicator: fc.constantFrom(undefined, undefined, undefined, undefined, 1, 2, 3),
  day: fc.integer({ min: 1, max: 9 }),
  nextUpdate: fc.constantFrom(new Date('2026-11-01'), new Date('2045-01-01'), new Date('2045-01-01')),
  scope: fc.constantFrom(
    undefined,
    undefined,
    undefined,
    undefined,
    { onlySomeReasons: [1, 2, 3] },
    { onlySomeReasons: [4, 5, 6, 7, 8] },
    { indirectCRL: true },
    { indirectCRL: true },
    { fullName: [point] },
    { fullName: [second] },
    { onlyContainsUserCerts: true },
    { onlyContainsCACerts: true },
  ),
});
type AnyCRL = typeof anyCRL extends fc.Arbitrary<infer T> ? T : never;

function describeMade({ by, deltaCRLIndicator, day, scope, ...options }: AnyCRL): Made {
  return {
    by,
    options: {
      ...options,
      thisUpdate: new Date(Date.UTC(2026, 5, day)),
      ...(deltaCRLIndicator !== undefined && { deltaCRLIndicator }),
      ...(scope && { issuingDistributionPoint: scope }),
    },
  };
}

/** What warns that OpenSSL is not content with a good certificate: even with extended support, or without. */
const warnings = ['crl/signer-vouches-for-itself', 'crl/issuer-as-distribution-point', 'crl/later-distribution-points'];
const warningsWithout = [...warnings, 'crl/extended-support-needed'];

describe(`random CRLs and openssl verify${openssl.skipReason}`, () => {
  const leaves = [
    issue({ fullName: [point] }),
    issue({ fullName: [point], reasons: [1, 2, 3] }, { fullName: [second], reasons: [4, 5, 6, 7, 8] }),
    issue({ fullName: [point] }, delegation),
  ];
  const others = [rekeyed, crlIssuer];
  const cases = fc.record({
    leaf: fc.constantFrom(...leaves),
    crls: fc.array(anyCRL, { minLength: 1, maxLength: 3 }),
  });

  it.skipIf(!openssl.installed)('400 cases: the same verdict, or a reason', { timeout: 300_000 }, () => {
    const scratch = makeScratch();
    const tally = { both: 0, neither: 0, stricter: 0, warned: 0 };
    for (const { leaf, crls } of fc.sample(cases, { seed: 5280, numRuns: 400 })) {
      const made = makeAll([{ by: root }, ...crls.map(describeMade)]);
      const errors = askOpenSSL(scratch, extended, leaf, others, made);
      const { checked, findings } = judge(leaf, others, made);
      const [verdict] = checked;
      const considered = verdict?.considered.slice(1) ?? [];
      if (verdict?.status === 'good') {
        const codes = findings.map(({ code }) => code);
        const isWarned = codes.some((code) => warnings.includes(code));
        expect({ crls, errors, isWarned }).toMatchObject(errors.length > 0 ? { isWarned: true } : {});
        const plainErrors = askOpenSSL(scratch, [], leaf, others, made);
        const isWarnedOfPlain = codes.some((code) => warningsWithout.includes(code));
        expect({ crls, plainErrors, isWarnedOfPlain }).toMatchObject(
          plainErrors.length > 0 ? { isWarnedOfPlain: true } : {},
        );
        tally[errors.length > 0 ? 'warned' : 'both']++;
      } else if (errors.length > 0) tally.neither++;
      else {
        // OpenSSL picks one CRL for each reason and does not read the others; nor does it mind what breaks RFC 5280 5.3.
        const isListed = considered.some(({ entry }) => entry);
        const isBroken = considered.some(({ outcome }) => ['malformed', 'indirect'].includes(outcome));
        const isDelta = considered.some(({ outcome }) => outcome === 'delta');
        expect({ crls, isExplained: isListed || isBroken || isDelta }).toMatchObject({ isExplained: true });
        tally.stricter++;
      }
    }
    console.log(`random CRLs: ${JSON.stringify(tally)}`);
    expect(tally.both).toBeGreaterThan(40);
  });
});
