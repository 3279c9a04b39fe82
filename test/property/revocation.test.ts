/**
 * What must come out the same: reasons split over any CRLs, a delta with its base and the full CRL made from both, and any
 * order of the same CRLs.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRevocation, type RevocationResult } from '../../src/revocation/check-revocation.js';
import type { Certificate } from '../../src/x509/certificate.js';
import type { WholeCRL } from '../../src/x509/crl.js';
import type { CRLReasonName } from '../support/extensions.js';
import { asCertificate } from '../support/parsed.js';
import { issueCertificate, type CRLOptions, type RevokedEntry } from '../support/pki.js';
import { at, ca, check, crl, issue, issuer, leaf, renewed, serialNumber } from '../support/revocation.js';

/** By their bits in ReasonFlags, from 1. */
const reasons = [
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const satisfies readonly CRLReasonName[];
const bits = reasons.map((_, position) => position + 1);

const said = ({ status, reason, revokedAt }: RevocationResult): object => ({ status, reason, revokedAt });

describe('reasons', () => {
  /** Each reason goes into one to three of up to five CRLs. */
  const split = fc.array(fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1, maxLength: 3 }), {
    minLength: bits.length,
    maxLength: bits.length,
  });
  const partsOf = (homes: readonly (readonly number[])[]): number[][] =>
    [0, 1, 2, 3, 4]
      .map((part) => bits.filter((_, position) => homes[position]?.includes(part)))
      .filter((part) => part.length > 0);

  test('split over CRLs in any way say what one CRL for all of them says', () => {
    fc.assert(
      fc.property(split, fc.option(fc.constantFrom(...reasons), { nil: undefined }), (homes, reason) => {
        const entries: RevokedEntry[] = reason ? [{ serialNumber, reason }] : [];
        const bit = reason ? reasons.indexOf(reason) + 1 : 0;
        const parts = partsOf(homes).map((onlySomeReasons) =>
          crl({
            issuingDistributionPoint: { onlySomeReasons },
            entries: onlySomeReasons.includes(bit) ? entries : [{ serialNumber: 3 }],
          }),
        );
        expect(said(check(parts))).toEqual(said(check([crl({ entries })])));
      }),
      { numRuns: 150 },
    );
  });

  test('split over distribution points of the certificate, too', () => {
    fc.assert(
      fc.property(split, fc.boolean(), (homes, listed) => {
        const parts = partsOf(homes);
        const points = parts.map((_, position) => [`URI:http://crl.example.com/${position}.crl`]);
        const certificate = issue({
          distributionPoints: parts.map((part, position) => ({ fullName: points[position] ?? [], reasons: part })),
        });
        const crls = points.map((fullName, position) =>
          crl({
            issuingDistributionPoint: { fullName },
            entries: listed && position === 0 ? [{ serialNumber }] : [],
          }),
        );
        expect(check(crls, certificate).status).toBe(listed ? 'revoked' : 'good');
        // One is missing: whatever it alone covered is open.
        const alone = parts[0]?.some((bit) => !parts.slice(1).flat().includes(bit));
        expect(check(crls.slice(1), certificate).status).toBe(alone ? 'unknown' : 'good');
      }),
      { numRuns: 100 },
    );
  });

  test('that nobody covers leave the status unknown', () => {
    const some = fc.uniqueArray(fc.constantFrom(...bits), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 4 }), (parts) => {
        const crls = parts.map((onlySomeReasons, position) =>
          crl({ issuingDistributionPoint: { onlySomeReasons }, crlNumber: position }),
        );
        const covered = new Set(parts.flat()).size === bits.length;
        expect(check(crls).status).toBe(covered ? 'good' : 'unknown');
      }),
      { numRuns: 150 },
    );
  });
});

/** One certificate over time: undefined while it is not revoked. State n is what the CRL with number n says. */
type History = readonly (CRLReasonName | undefined)[];
const history: fc.Arbitrary<History> = fc
  .array(fc.constantFrom('hold', 'release', 'revoke', 'nothing', 'nothing'), { minLength: 3, maxLength: 8 })
  .map((steps) => {
    const states: (CRLReasonName | undefined)[] = [undefined];
    for (const step of steps) {
      const last = states.at(-1);
      const isFinal = last !== undefined && last !== 'certificateHold';
      if (isFinal || step === 'nothing') states.push(last);
      else states.push({ hold: 'certificateHold' as const, release: undefined, revoke: 'superseded' as const }[step]);
    }
    return states;
  });

const entryOf = (reason: CRLReasonName | undefined): RevokedEntry[] => (reason ? [{ serialNumber, reason }] : []);
const full = (states: History, number: number, options: Partial<CRLOptions> = {}): WholeCRL =>
  crl({ crlNumber: number, entries: entryOf(states[number]), ...options });

/** RFC 5280 5.2.4: what changed since the base, were it forth and back; and what was on hold since and is not any more. */
function delta(states: History, base: number, number: number): WholeCRL {
  const now = states[number];
  const before = states.slice(base, number);
  const hasChanged = before.some((reason) => reason !== now);
  const lifted = before.includes('certificateHold') ? ('removeFromCRL' as const) : undefined;
  const entries = entryOf(hasChanged ? (now ?? lifted) : undefined);
  const thisUpdate = new Date(Date.UTC(2026, 0, 1 + number));
  return crl({ deltaCRLIndicator: base, crlNumber: number, entries, thisUpdate });
}

/** Numbers in order: the base of the delta, the complete CRL that it is applied to, the delta. */
const numbers = fc.tuple(history, fc.nat(), fc.nat(), fc.nat()).map(([states, a, b, c]) => {
  const [base = 0, complete = 0, last = 0] = [a, b, c].map((each) => each % states.length).sort((x, y) => x - y);
  return { states, base, complete, last };
});

describe('deltas', () => {
  const changed = numbers.filter(({ complete, last }) => complete < last);

  test('with any complete CRL since their base say what the full CRL of their number says', () => {
    fc.assert(
      fc.property(changed, fc.boolean(), ({ states, base, complete, last }, isStale) => {
        const stale = isStale ? { nextUpdate: new Date('2026-03-01') } : {};
        const combined = check([full(states, complete, stale), delta(states, base, last)]);
        expect(said(combined)).toEqual(said(check([full(states, last)])));
      }),
      { numRuns: 300 },
    );
  });

  test('one upon another say what the full CRL of the last one says', () => {
    fc.assert(
      fc.property(changed, fc.nat(), ({ states, base, complete, last }, middle) => {
        const between = complete + 1 + (middle % (last - complete));
        const crls = [
          full(states, complete),
          delta(states, base, between),
          delta(states, complete, last),
          delta(states, between, last),
        ];
        expect(said(check(crls))).toEqual(said(check([full(states, last)])));
      }),
      { numRuns: 300 },
    );
  });

  test('whose base is newer than the complete CRL never clear anything', () => {
    fc.assert(
      fc.property(
        numbers.filter(({ base, last }) => base > 0 && base < last),
        ({ states, base, last }) => {
          const older = full(states, base - 1, { nextUpdate: new Date('2026-01-15') });
          expect(check([older, delta(states, base, last)]).status).not.toBe('good');
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** Anything that an issuer with two keys may have put out. */
const anyCRL = fc.record({
  entries: fc.constantFrom<RevokedEntry[]>(
    [],
    [{ serialNumber }],
    [{ serialNumber, reason: 'certificateHold' }],
    [{ serialNumber, reason: 'removeFromCRL' }],
  ),
  crlNumber: fc.integer({ min: 1, max: 5 }),
  deltaCRLIndicator: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  day: fc.integer({ min: 1, max: 9 }),
  nextUpdate: fc.constantFrom(new Date('2026-11-01'), new Date('2045-01-01'), null),
  scope: fc.constantFrom(
    undefined,
    { onlySomeReasons: [1, 2, 3] },
    { onlySomeReasons: [4, 5, 6, 7, 8] },
    { indirectCRL: true },
  ),
  isRekeyed: fc.boolean(),
  isBroken: fc.nat({ max: 9 }).map((each) => each === 0),
});

/** What one key has put out, with numbers that collide. */
const anyOfOneSeries = anyCRL.map(({ crlNumber, deltaCRLIndicator, day, ...others }) => ({
  ...others,
  crlNumber: 1 + (crlNumber % 3),
  deltaCRLIndicator: deltaCRLIndicator === undefined ? undefined : 1 + (deltaCRLIndicator % 2),
  day: 1 + (day % 2),
  scope: undefined,
  isRekeyed: false,
  isBroken: false,
}));

const rekeyed = issueCertificate(ca, { subject: ca.subject, key: renewed.key, ca: true, serialNumber: 0x66 });
const signers: readonly Certificate[] = [asCertificate(rekeyed.certificate, 'rekeyed.pem')];

const make = ({
  deltaCRLIndicator,
  day,
  scope,
  isRekeyed,
  isBroken,
  ...options
}: typeof anyCRL extends fc.Arbitrary<infer T> ? T : never): WholeCRL =>
  crl({
    ...options,
    thisUpdate: new Date(Date.UTC(2026, 5, day)),
    ...(deltaCRLIndicator !== undefined && { deltaCRLIndicator }),
    ...(scope && { issuingDistributionPoint: scope }),
    ...(isRekeyed && { issuerKey: renewed.key }),
    ...(isBroken && { signature: 'broken' as const }),
  });

const judge = (crls: readonly WholeCRL[]): RevocationResult =>
  checkRevocation({ certificate: leaf, issuer, crls, at, signers, signerStatus: 'not-revoked' });

describe('several CRLs', () => {
  test.each([
    ['of any kind', anyCRL, 300],
    ['of one series', anyOfOneSeries, 1500],
  ])('%s say the same in any order', (_, crl, numRuns) => {
    fc.assert(
      fc.property(
        fc.array(crl, { minLength: 2, maxLength: 5 }),
        fc.infiniteStream(fc.double({ noNaN: true })),
        (some, chance) => {
          const crls = some.map(make);
          const keys = crls.map(() => chance.next().value as number);
          const shuffled = crls.toSorted((a, b) => (keys[crls.indexOf(a)] ?? 0) - (keys[crls.indexOf(b)] ?? 0));
          expect(judge(shuffled).status).toBe(judge(crls).status);
        },
      ),
      { numRuns },
    );
  });

  test('never say good without an error-free account of every one of them, nor anything else without an error', () => {
    fc.assert(
      fc.property(fc.array(anyCRL, { maxLength: 5 }), (some) => {
        const crls = some.map(make);
        const { status, considered, findings } = judge(crls);
        expect(considered.map((item) => item.crl)).toEqual(crls);
        expect(findings.some(({ severity }) => severity === 'error')).toBe(status !== 'good');
        if (status === 'good') expect(considered.some(({ outcome }) => outcome === 'used')).toBe(true);
        if (status === 'unknown') expect(considered.some(({ outcome }) => outcome === 'used')).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('never say good where a current complete CRL that nothing outdoes lists the certificate for good', () => {
    const listing = crl({ crlNumber: 9, thisUpdate: new Date('2026-09-01'), entries: [{ serialNumber }] });
    fc.assert(
      fc.property(fc.array(anyCRL, { maxLength: 4 }), fc.nat({ max: 4 }), (some, place) => {
        expect(judge(some.map(make).toSpliced(place, 0, listing)).status).toBe('revoked');
      }),
      { numRuns: 200 },
    );
  });
});
