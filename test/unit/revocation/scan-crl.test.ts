import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../../src/der/values.js';
import { MalformedInputError } from '../../../src/finding/malformed-input.js';
import { scanCRL } from '../../../src/revocation/scan-crl.js';
import { startTally, type ListedCertificate } from '../../../src/revocation/entry-tally.js';
import { scanEntries } from '../../../src/revocation/scan-entries.js';
import { wantSerials } from '../../../src/revocation/wanted-serials.js';
import { parseCRL, type WholeCRL } from '../../../src/x509/crl.js';
import { reasonCode } from '../../../src/x509/extensions/crl-entry-extensions.js';
import { formatName } from '../../../src/x509/name.js';
import { concat, enumerated, integer, sequence, time, tlv } from '../../support/der.js';
import { makeCertificateIssuer, makeExtension } from '../../support/extensions.js';
import { makeGeneralNames } from '../../support/names.js';
import { asCRL } from '../../support/parsed.js';
import {
  largeCRLSerialNumber,
  makeCRL,
  makeKeyPair,
  makeLargeCRL,
  type KeyPair,
  type RevokedEntry,
} from '../../support/pki.js';

let key: KeyPair;
beforeAll(() => {
  key = makeKeyPair();
});

function crlWith(entries: readonly RevokedEntry[]): WholeCRL {
  return asCRL(makeCRL({ issuer: 'CN=Issuing CA 1', issuerKey: key, entries }));
}

/** The CRL with the bytes of its entries replaced; its signature is then of no use. */
function crlOfEntries(...entries: Uint8Array[]): WholeCRL {
  const der = makeCRL({ issuer: 'CN=Issuing CA 1', issuerKey: key, entries: [{ serialNumber: 1 }] });
  const crl = parseCRL(der);
  const source = concat(...entries);
  const whole = tlv(0x30, source);
  const revokedCertificates = {
    source: whole,
    tag: 0x30,
    start: 0,
    contentStart: whole.length - source.length,
    end: whole.length,
  };
  return { ...crl, tbsCertList: { ...crl.tbsCertList, revokedCertificates } };
}

const serial = (...octets: number[]): Uint8Array => Uint8Array.from(octets);
const date = new Date('2025-06-01');
const plainEntry = (number: number): Uint8Array => sequence(integer(number), time(date));

function issuerOf({ certificateIssuer }: ListedCertificate): string | undefined {
  return certificateIssuer?.map((name) => (name.type === 'directoryName' ? formatName(name.value) : name.type)).join();
}

function damageOf(crl: WholeCRL): MalformedInputError {
  try {
    scanCRL(crl, []);
  } catch (error) {
    if (error instanceof MalformedInputError) return error;
    throw error;
  }
  throw new Error('the scan found nothing wrong');
}

describe('scanCRL', () => {
  it('counts the entries and finds those of the serials it was given', () => {
    const crl = crlWith([{ serialNumber: 5 }, { serialNumber: 0x1234, reason: 'keyCompromise' }, { serialNumber: 7 }]);
    const scan = scanCRL(crl, [serial(0x12, 0x34), serial(9)]);
    expect(scan.entries).toBe(3);
    expect([...scan.found.keys()]).toEqual(['1234']);
    const [entry] = scan.found.get('1234') ?? [];
    expect(entry?.crlEntryExtensions.get(reasonCode)).toBe('keyCompromise');
    expect(entry?.revocationDate).toEqual(date);
  });

  it('finds nothing in a CRL without entries', () => {
    expect(scanCRL(crlWith([]), [serial(1)])).toEqual({
      entries: 0,
      found: new Map(),
      criticalExtension: undefined,
      certificateIssuerAt: undefined,
    });
  });

  it('returns every entry of a serial that stands twice, in order', () => {
    const crl = crlWith([
      { serialNumber: 5, reason: 'certificateHold' },
      { serialNumber: 6 },
      { serialNumber: 5, reason: 'removeFromCRL' },
    ]);
    const entries = scanCRL(crl, [serial(5)]).found.get('05') ?? [];
    expect(entries.map((entry) => entry.crlEntryExtensions.get(reasonCode))).toEqual([
      'certificateHold',
      'removeFromCRL',
    ]);
  });

  it('tells serials apart that end in the same two octets', () => {
    const crl = crlWith([{ serialNumber: 0x11abcd }, { serialNumber: 0x22abcd }]);
    expect([...scanCRL(crl, [serial(0x22, 0xab, 0xcd)]).found.keys()]).toEqual(['22abcd']);
  });

  it.each([
    ['of one octet', serial(0x05)],
    ['of one octet that is zero', serial(0x00)],
    ['that is negative', serial(0x8f)],
    ['of twenty octets', serial(...Array<number>(20).fill(0x77))],
    ['with a leading zero for its sign', serial(0x00, 0xff, 0x01)],
  ])('finds a serial %s', (_, wanted) => {
    const crl = crlWith([{ serialNumber: 0x0105 }, { serialNumber: wanted }, { serialNumber: 0x1234 }]);
    expect([...scanCRL(crl, [wanted]).found.keys()]).toEqual([toHex(wanted)]);
  });

  it('reads an entry of more than 127 octets', () => {
    const long = makeExtension('1.2.3.4', tlv(0x04, new Uint8Array(300)));
    const crl = crlWith([{ serialNumber: 1, extensions: [long] }, { serialNumber: 2 }]);
    const scan = scanCRL(crl, [serial(1), serial(2)]);
    expect([scan.entries, scan.found.size]).toEqual([2, 2]);
  });

  it('reads dates as GeneralizedTime', () => {
    const crl = crlWith([{ serialNumber: 1, revocationDate: new Date('2050-02-01') }]);
    expect(scanCRL(crl, [serial(1)]).found.get('01')?.[0]?.revocationDate).toEqual(new Date('2050-02-01'));
  });

  it('notices a critical extension in any entry, also of serials nobody asked about', () => {
    const critical = makeExtension('1.2.3.4', enumerated(1), true);
    const crl = crlWith([{ serialNumber: 1 }, { serialNumber: 2, reason: 'superseded', extensions: [critical] }]);
    const { criticalExtension } = scanCRL(crl, [serial(1)]);
    expect(criticalExtension?.extnID).toBe('1.2.3.4');
    expect(toHex(crl.der.subarray(criticalExtension?.offset, (criticalExtension?.offset ?? 0) + 7))).toBe(
      toHex(critical.subarray(0, 7)),
    );
  });

  it('takes an explicit critical FALSE for not critical', () => {
    const extension = sequence(tlv(0x06, Uint8Array.of(0x2a, 0x03)), tlv(0x01, Uint8Array.of(0)), tlv(0x04, serial()));
    const crl = crlWith([{ serialNumber: 1, extensions: [extension] }]);
    expect(scanCRL(crl, []).criticalExtension).toBeUndefined();
  });

  it('notices certificateIssuer, the mark of an indirect CRL, whether critical or not', () => {
    const crl = crlWith([{ serialNumber: 1 }, { serialNumber: 2, certificateIssuer: ['dirName:CN=Other CA'] }]);
    const scan = scanCRL(crl, []);
    expect(scan.certificateIssuerAt).toBeGreaterThan(0);
    expect(scan.criticalExtension).toBeUndefined();
    const careless = makeExtension('2.5.29.29', sequence());
    expect(scanCRL(crlWith([{ serialNumber: 2, extensions: [careless] }]), []).certificateIssuerAt).toBeDefined();
  });

  it('gives every entry the issuer that was named last, be it entries back', () => {
    const crl = crlWith([
      { serialNumber: 1 },
      { serialNumber: 2, certificateIssuer: ['dirName:CN=CA 6'] },
      { serialNumber: 3, reason: 'superseded' },
      { serialNumber: 4, certificateIssuer: ['dirName:CN=CA 7'] },
      { serialNumber: 2 },
    ]);
    const { found } = scanCRL(
      crl,
      [1, 2, 3, 4].map((number) => serial(number)),
    );
    const issuers = (hex: string): (string | undefined)[] => (found.get(hex) ?? []).map(issuerOf);
    expect(['01', '02', '03', '04'].map(issuers)).toEqual([
      [undefined],
      ['CN=CA 6', 'CN=CA 7'],
      ['CN=CA 6'],
      ['CN=CA 7'],
    ]);
  });

  it('a certificateIssuer that names nobody is damage, but only where the entry is wanted', () => {
    const entries = [{ serialNumber: 1, certificateIssuer: ['URI:http://ca.example.com/'] }, { serialNumber: 2 }];
    expect(scanCRL(crlWith(entries), []).entries).toBe(2);
    expect(() => scanCRL(crlWith(entries), [serial(2)])).toThrow('certificateIssuer: no directory name');
    const odd = crlWith([{ serialNumber: 1, extensions: [makeExtension('2.5.29.29', integer(1))] }]);
    expect(() => scanCRL(odd, [serial(1)])).toThrow(MalformedInputError);
  });

  it('two certificateIssuer extensions in one entry are damage', () => {
    const another = makeExtension('2.5.29.29', makeGeneralNames(['dirName:CN=CA 7']), true);
    const crl = crlWith([{ serialNumber: 1, certificateIssuer: ['dirName:CN=CA 6'], extensions: [another] }]);
    expect(damageOf(crl).code).toBe('der/bad-value');
  });

  it.each([1, 100, 5000])('finds %i wanted serials among 20,000, and none of as many others', (count) => {
    const crl = parseCRL(makeLargeCRL({ subject: 'CN=Issuing CA 1', key }, 20_000));
    const positions = Array.from({ length: count }, (_, number) => Math.floor((number * 20_000) / count));
    const wanted = positions.map(largeCRLSerialNumber);
    const others = positions.map((position) => largeCRLSerialNumber(20_000 + position));
    expect([...scanCRL(crl, [...others, ...wanted]).found.keys()]).toEqual(wanted.map(toHex));
  });

  it('scans 200,000 entries for hits and misses', () => {
    const count = 200_000;
    const crl = parseCRL(makeLargeCRL({ subject: 'CN=Issuing CA 1', key }, count));
    const wanted = [0, 1, 99_999, count - 1].map(largeCRLSerialNumber);
    const missed = [largeCRLSerialNumber(count), serial(1), serial()];
    const scan = scanCRL(crl, [...wanted, ...missed]);
    expect(scan.entries).toBe(count);
    expect([...scan.found.keys()]).toEqual(wanted.map(toHex));
    expect(scan.found.get(toHex(largeCRLSerialNumber(0)))?.[0]?.crlEntryExtensions.get(reasonCode)).toBe(
      'keyCompromise',
    );
  });
});

describe('scanCRL on damaged entries', () => {
  const good = plainEntry(0x55);

  it.each([
    ['no SEQUENCE', tlv(0x31, integer(1), time(date)), 'der/unexpected-tag', 0],
    ['no INTEGER first', sequence(time(date), integer(1)), 'der/unexpected-tag', 2],
    ['a serial number without content', sequence(tlv(0x02), time(date)), 'der/bad-value', 2],
    ['a padded serial number', sequence(tlv(0x02, serial(0, 1)), time(date)), 'der/bad-value', 2],
    ['no date', sequence(integer(1)), 'der/truncated', 5],
    ['a date of another type', sequence(integer(1), tlv(0x04, serial(1))), 'der/bad-value', 5],
    ['a date without seconds', sequence(integer(1), tlv(0x17, Buffer.from('2506010000Z'))), 'der/bad-value', 5],
    ['a date without Z', sequence(integer(1), tlv(0x17, Buffer.from('2506010000000'))), 'der/bad-value', 5],
    ['extensions that are no SEQUENCE', sequence(integer(1), time(date), integer(1)), 'der/unexpected-tag', 20],
    ['empty extensions', sequence(integer(1), time(date), sequence()), 'der/truncated', 22],
    [
      'bytes after the extensions',
      sequence(integer(1), time(date), sequence(makeExtension('1.2.3', serial(5, 0))), serial(5, 0)),
      'der/trailing-data',
      32,
    ],
    [
      'an extension without value',
      sequence(integer(1), time(date), sequence(sequence(tlv(0x06, serial(0x2a))))),
      'der/truncated',
      27,
    ],
    [
      'a BOOLEAN that is neither',
      sequence(integer(1), time(date), sequence(sequence(tlv(0x06, serial(0x2a)), tlv(0x01, serial(1)), tlv(0x04)))),
      'der/bad-value',
      27,
    ],
    [
      'a length not in its shortest form',
      Uint8Array.from([0x30, 0x81, good.length - 2, ...good.subarray(2)]),
      'der/length-not-minimal',
      1,
    ],
    ['an indefinite length', Uint8Array.from([0x30, 0x80, ...good.subarray(2), 0, 0]), 'der/indefinite-length', 1],
  ])('%s is told with its offset', (_, damaged, code, offset) => {
    const before = concat(good, good);
    const crl = crlOfEntries(before, damaged, good);
    const error = damageOf(crl);
    const start = crl.tbsCertList.revokedCertificates?.contentStart ?? 0;
    expect([error.code, error.offset - start - before.length]).toEqual([code, offset]);
  });

  it('an entry that is cut off is told, whatever was found before', () => {
    const crl = crlOfEntries(good, good.subarray(0, 10));
    const start = crl.tbsCertList.revokedCertificates?.contentStart ?? 0;
    expect([damageOf(crl).code, damageOf(crl).offset]).toEqual(['der/truncated', start + good.length]);
  });

  it('a wanted entry with a date that no calendar has is told', () => {
    const crl = crlOfEntries(sequence(integer(1), tlv(0x17, Buffer.from('251301000000Z'))));
    expect(() => scanCRL(crl, [serial(1)])).toThrow(MalformedInputError);
    expect(scanCRL(crl, [serial(2)]).entries).toBe(1);
  });

  it('the error names the file the CRL came from', () => {
    const crl = { ...crlOfEntries(tlv(0x31)), origin: { file: 'damaged.crl' } };
    expect(damageOf(crl).origin?.file).toBe('damaged.crl');
  });
});

describe('scanEntries', () => {
  it('can be fed block by block, carrying the unfinished entry over', () => {
    const entries = concat(...[300, 1, 70000, 2, 0x1234].map(plainEntry));
    const wanted = wantSerials([serial(0x12, 0x34), serial(1)]);
    for (let size = 1; size <= entries.length; size++) {
      const tally = startTally();
      let held = new Uint8Array();
      for (let at = 0; at < entries.length; at += size) {
        held = Uint8Array.from(concat(held, entries.subarray(at, at + size)));
        held = held.slice(scanEntries(held, 0, held.length, wanted, tally));
      }
      expect([held.length, tally.entries, [...tally.found.keys()]]).toEqual([0, 5, ['01', '1234']]);
    }
  });

  it('carries the issuer of an indirect CRL over from block to block', () => {
    const entry = (number: number, issuer: string): Uint8Array =>
      sequence(integer(number), time(date), sequence(makeCertificateIssuer([`dirName:CN=${issuer}`])));
    const entries = concat(
      plainEntry(1),
      entry(2, 'CA 6'),
      plainEntry(1),
      plainEntry(3),
      entry(1, 'CA 7'),
      plainEntry(1),
    );
    for (let size = 1; size <= entries.length; size++) {
      const tally = startTally();
      const block = new Uint8Array(entries.length);
      let filled = 0;
      for (let at = 0; at < entries.length; at += size) {
        const more = entries.subarray(at, at + size);
        block.set(more, filled);
        filled += more.length;
        const stopped = scanEntries(block, 0, filled, wantSerials([serial(1)]), tally);
        block.copyWithin(0, stopped, filled);
        filled -= stopped;
      }
      expect((tally.found.get('01') ?? []).map(issuerOf)).toEqual([undefined, 'CN=CA 6', 'CN=CA 7', 'CN=CA 7']);
    }
  });
});
