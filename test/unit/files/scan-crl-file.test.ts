import { createReadStream } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../../src/der/values.js';
import { scanCRL } from '../../../src/files/scan-crl-file.js';
import { encodePem, encodePemBytes } from '../../../src/pem/encode.js';
import { reasonCode } from '../../../src/x509/extensions/crl-entry-extensions.js';
import { isWhole } from '../../../src/x509/crl.js';
import { largeCRLSerialNumber, makeCRL, makeLargeCRL } from '../../support/pki.js';
import { ca } from '../../support/revocation.js';
import { makeScratch } from '../../support/scratch.js';

const count = 110_000;
const large = makeLargeCRL(ca, count);
const wanted = [0, 70_000, count - 1].map(largeCRLSerialNumber);
const small = makeCRL({ issuer: ca.subject, issuerKey: ca.key, entries: [{ serialNumber: 7 }] });

describe('scanCRL of a file', () => {
  test.each(['PEM', 'DER', 'a stream'])(
    'finds entries in a CRL of 4 MB and more as %s, and does not keep it',
    async (form) => {
      const scratch = makeScratch();
      const path = scratch.write('large', form === 'DER' ? large : encodePemBytes('X509 CRL', large));
      const source = form === 'a stream' ? createReadStream(path) : path;
      const { crls, findings } = await scanCRL(source, [...wanted, largeCRLSerialNumber(count)]);
      expect(findings).toEqual([]);
      expect(crls.map(({ crl, scan }) => [isWhole(crl), crl.size, scan.entries])).toEqual([
        [false, large.length, count],
      ]);
      const found = crls[0]?.scan.found ?? new Map();
      expect([...found.keys()]).toEqual(wanted.map(toHex));
      expect(crls[0]?.scan.found.get(toHex(largeCRLSerialNumber(0)))?.[0]?.crlEntryExtensions.get(reasonCode)).toBe(
        'keyCompromise',
      );
    },
  );

  test('small ones beside it are scanned too, in order', async () => {
    const scratch = makeScratch();
    const text = Buffer.concat([Buffer.from(encodePem('X509 CRL', small)), encodePemBytes('X509 CRL', large)]);
    const { crls } = await scanCRL(scratch.write('both.pem', text), [Uint8Array.of(7), ...wanted]);
    expect(crls.map(({ crl, scan }) => [isWhole(crl), scan.found.size, crl.origin?.line])).toEqual([
      [true, 1, 1],
      [false, 3, encodePem('X509 CRL', small).split('\n').length],
    ]);
  });

  test('a damaged entry is a finding with its place, and the CRL is not among the results', async () => {
    const scratch = makeScratch();
    const damaged = Uint8Array.from(large);
    const at = large.length - 400;
    const entry = Buffer.from(damaged.buffer).indexOf(Uint8Array.of(0x30, 0x28, 0x02, 0x09), at);
    damaged[entry + 2] = 0x04;
    const path = scratch.write('damaged.der', damaged);
    const { crls, findings } = await scanCRL(path, wanted);
    expect(crls).toEqual([]);
    expect(findings).toMatchObject([
      { code: 'der/unexpected-tag', params: { offset: entry + 2 }, origin: { file: path, index: 1 } },
    ]);
  });

  test('a file that is not there is a finding', async () => {
    const { crls, findings } = await scanCRL('/nowhere/a.crl', wanted);
    expect([crls, findings.map(({ code }) => code)]).toEqual([[], ['input/not-found']]);
  });
});
