/** The scan against a naive walk over decoded entries, and a revoked certificate against every damage of its CRL. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/der/values.js';
import { MalformedInputError } from '../../src/finding/malformed-input.js';
import { scanCRL } from '../../src/revocation/scan-crl.js';
import { parseCRL } from '../../src/x509/crl.js';
import { revokedCertificates } from '../../src/x509/crl-entry.js';
import { certificateIssuer } from '../../src/x509/extensions/crl-entry-extensions.js';
import { makeExtension } from '../support/extensions.js';
import { makeCRL, makeLargeCRL, largeCRLSerialNumber, type RevokedEntry } from '../support/pki.js';
import { at, ca, check, crl, leaf, listed } from '../support/revocation.js';

/** Few values, so that serials meet: of one to three octets, and such as share their last two. */
const serialNumber = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 0, max: 3 }).map((high) => high * 0x10000 + 0xabcd),
  fc.uint8Array({ minLength: 19, maxLength: 19 }).map((octets) => Uint8Array.from([0x11, ...octets])),
);

const entry: fc.Arbitrary<RevokedEntry> = fc.record(
  {
    serialNumber,
    revocationDate: fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
    reason: fc.constantFrom('keyCompromise', 'superseded', 'certificateHold'),
    invalidityDate: fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
    certificateIssuer: fc.constantFrom(['dirName:CN=CA 6'], ['dirName:CN=CA 7'], ['DNS:ca7', 'dirName:CN=CA 7']),
    extensions: fc.array(
      fc
        .tuple(fc.uint8Array({ maxLength: 200 }), fc.boolean())
        .map(([value, critical]) => makeExtension('1.2.3.4', value, critical)),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['serialNumber'] },
);

function withoutMilliseconds({ revocationDate, invalidityDate, ...rest }: RevokedEntry): RevokedEntry {
  const cut = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);
  return {
    ...rest,
    ...(revocationDate instanceof Date && { revocationDate: cut(revocationDate) }),
    ...(invalidityDate && { invalidityDate: cut(invalidityDate) }),
  };
}

describe('scanCRL', () => {
  test('finds exactly what a naive walk over all entries finds', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 40 }),
        fc.array(serialNumber, { maxLength: 5 }),
        (entries, strangers) => {
          const options = { issuer: ca.subject, issuerKey: ca.key, entries: entries.map(withoutMilliseconds) };
          const parsed = parseCRL(makeCRL(options));
          const all = [...revokedCertificates(parsed)];
          const probes = parseCRL(makeCRL({ ...options, entries: strangers.map((each) => ({ serialNumber: each })) }));
          const wanted = [...all.filter((_, position) => position % 3 === 0), ...revokedCertificates(probes)].map(
            ({ userCertificate }) => userCertificate,
          );
          const hexes = new Set(wanted.map(toHex));
          // Read once more: what was decoded is kept, and would differ from what the scan gives.
          const named = [...revokedCertificates(parsed)].map((each) => each.crlEntryExtensions.get(certificateIssuer));
          const expected = all
            .map((each, position) => ({ ...each, certificateIssuer: named.slice(0, position + 1).findLast(Boolean) }))
            .filter(({ userCertificate }) => hexes.has(toHex(userCertificate)));
          const scan = scanCRL(parsed, wanted);
          expect(scan.entries).toBe(all.length);
          expect([...scan.found.values()].flat().length).toBe(expected.length);
          for (const [serial, found] of scan.found) {
            expect(found).toEqual(expected.filter(({ userCertificate }) => toHex(userCertificate) === serial));
          }
          const firstCritical = all
            .flatMap((each) => each.crlEntryExtensions.list)
            .find(({ critical, extnID }) => critical && extnID !== certificateIssuer.extnID);
          expect(scan.criticalExtension?.extnID).toBe(firstCritical?.extnID);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('says of damaged entries what a naive walk would refuse, or finds as many of them', () => {
    const der = makeLargeCRL({ subject: ca.subject, key: ca.key }, 20);
    const { contentStart = 0, end = 0 } = parseCRL(der).tbsCertList.revokedCertificates ?? {};
    fc.assert(
      fc.property(fc.integer({ min: contentStart, max: end - 1 }), fc.integer({ min: 1, max: 255 }), (offset, mask) => {
        const damaged = parseCRL(
          Uint8Array.from(der, (octet, position) => (position === offset ? octet ^ mask : octet)),
        );
        let walked: number | undefined;
        try {
          // Whom an entry is of, the scan has to know: a flipped bit makes a reason code a certificateIssuer.
          const issuers = [...revokedCertificates(damaged)].map((entry) =>
            entry.crlEntryExtensions.get(certificateIssuer),
          );
          walked = issuers.length;
        } catch (error) {
          if (!(error instanceof MalformedInputError)) throw error;
        }
        let scanned: number | undefined;
        try {
          scanned = scanCRL(damaged, [largeCRLSerialNumber(3)]).entries;
        } catch (error) {
          if (!(error instanceof MalformedInputError)) throw error;
        }
        if (scanned === undefined) expect(walked).toBeUndefined();
        // The scan leaves alone what only matters for an entry that was asked for: calendars and OIDs.
        else expect(walked ?? scanned).toBe(scanned);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('checkRevocation of a revoked certificate', () => {
  const revoking = crl({ entries: [{ serialNumber: 1 }, listed, { serialNumber: 2, reason: 'superseded' }] });

  function statusWith(der: Uint8Array): string {
    try {
      return check([parseCRL(der)]).status;
    } catch (error) {
      if (error instanceof MalformedInputError) return 'malformed';
      throw error;
    }
  }

  test('says revoked while the CRL is whole', () => {
    expect(statusWith(revoking.der)).toBe('revoked');
  });

  test('never says good, whichever bit of the CRL is flipped', () => {
    const flipped = Uint8Array.from(revoking.der);
    for (let offset = 0; offset < flipped.length; offset++) {
      for (let bit = 0; bit < 8; bit++) {
        flipped[offset] = (revoking.der[offset] ?? 0) ^ (1 << bit);
        expect(statusWith(flipped)).not.toBe('good');
      }
      flipped[offset] = revoking.der[offset] ?? 0;
    }
  });

  test('never says good, wherever the CRL is cut off or lengthened', () => {
    for (let length = 0; length < revoking.der.length; length++) {
      expect(statusWith(revoking.der.subarray(0, length))).toBe('malformed');
    }
    expect(statusWith(Uint8Array.from([...revoking.der, 0]))).toBe('malformed');
  });

  test('never says good, whichever byte is replaced, lost or doubled', () => {
    const offset = fc.integer({ min: 0, max: revoking.der.length - 1 });
    fc.assert(
      fc.property(offset, fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1, 2), (place, octet, width) => {
        const inserted = width === 0 ? [] : width === 1 ? [octet] : [octet, octet];
        const before = revoking.der.subarray(0, place);
        const damaged = Uint8Array.from([...before, ...inserted, ...revoking.der.subarray(place + 1)]);
        expect(statusWith(damaged)).not.toBe('good');
      }),
      { numRuns: 1500 },
    );
  });

  test('never says good, whatever CRLs stand beside one that lists it for good and is the newest', () => {
    const other = fc.record({
      crlNumber: fc.integer({ min: 1, max: 9 }),
      thisUpdate: fc.constantFrom(new Date('2025-07-01'), new Date('2026-01-01')),
      nextUpdate: fc.constantFrom(new Date('2026-02-01'), new Date('2045-01-01'), null),
      issuingDistributionPoint: fc.constantFrom({}, { onlyContainsUserCerts: true }, { indirectCRL: true }),
      signature: fc.constantFrom('broken' as const, undefined),
    });
    const newest = crl({ entries: [listed], crlNumber: 10, thisUpdate: new Date('2026-06-01') });
    fc.assert(
      fc.property(fc.array(other, { maxLength: 4 }), fc.nat({ max: 4 }), (others, place) => {
        const crls = others.map(({ signature, ...options }) => crl({ ...options, ...(signature && { signature }) }));
        const status = check(crls.toSpliced(place, 0, newest), leaf, at).status;
        expect(status).toBe('revoked');
      }),
      { numRuns: 150 },
    );
  });
});
