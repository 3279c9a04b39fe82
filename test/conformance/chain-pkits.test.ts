/** The path of every valid PKITS case, shuffled, comes back in the order of the manifest. */
import { describe, expect, it } from 'vitest';
import { orderChain } from '../../src/chain/order-chain.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { conformance, pkitsCases, readConformanceFile } from '../support/conformance.js';

const at = new Date('2026-11-21T00:00:00Z');
const cases = pkitsCases().filter(({ expected }) => expected);

/** Every rotation, forward and backward: each certificate stands at each place once. */
function orders<T>(items: readonly T[]): T[][] {
  const rotations = items.map((_, first) => [...items.slice(first), ...items.slice(0, first)]);
  return [...rotations, ...rotations.map((order) => order.toReversed())];
}

describe(`chain on NIST PKITS${conformance.reason}`, () => {
  it.skipIf(!conformance.available)('knows the valid cases', () => {
    expect(cases.length).toBeGreaterThan(100);
  });

  it.each(cases)('$id $name is arranged as its manifest says', ({ path }) => {
    const certificates = path.map((file) => parseCertificate(readConformanceFile(`pkits/certs/${file}`), { file }));
    const expected = path.toReversed();
    for (const order of orders(certificates)) {
      const { chain, leftOut } = orderChain(order, { at });
      expect(chain.map(({ origin }) => origin?.file)).toEqual(expected);
      expect(leftOut).toEqual([]);
    }
  });
});
