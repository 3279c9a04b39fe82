import { describe, expect, it } from 'vitest';
import { diffBundles, isSameBundle, type BundleDiff } from '../../../src/bundle/diff-bundles.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import { asCertificates } from '../../support/parsed.js';
import { issueCertificate } from '../../support/pki.js';

const make = (...args: Parameters<typeof issueCertificate>): ReturnType<typeof issueCertificate> =>
  issueCertificate(...args);
const root = make(undefined, { subject: 'CN=Root CA', ca: true });
const other = make(undefined, { subject: 'CN=Other Root', ca: true });
const third = make(undefined, { subject: 'CN=Third Root', ca: true });
const renewed = make(undefined, { subject: 'CN=ROOT CA', ca: true, key: root.key, notAfter: new Date('2050-01-01') });
const replaced = make(undefined, { subject: 'CN=Root CA', ca: true });
const cross = make(other, { ...root, ca: true });

const place = ({ origin }: Certificate): string => `${origin?.file ?? ''}:${origin?.index ?? 0}`;

/** The diff of two bundles, certificates as `a:1`, `b:2`. */
function diff(a: Parameters<typeof asCertificates>[0], b: Parameters<typeof asCertificates>[0]): object {
  const result: BundleDiff = diffBundles(asCertificates(a, 'a'), asCertificates(b, 'b'));
  const pairs = (list: BundleDiff['renewed']): string[] =>
    list.map(({ before, after }) => `${place(before)} ${place(after)}`);
  return {
    same: isSameBundle(result),
    added: result.added.map(place),
    removed: result.removed.map(place),
    renewed: pairs(result.renewed),
    replaced: pairs(result.replaced),
    unchanged: result.unchanged.map(place),
  };
}

const nothing = { same: true, added: [], removed: [], renewed: [], replaced: [], unchanged: [] };

describe('diffBundles', () => {
  it('finds two empty bundles the same', () => {
    expect(diff([], [])).toEqual(nothing);
  });

  it('does not mind the order or duplicates', () => {
    expect(diff([root, other, root], [other, root])).toEqual({ ...nothing, unchanged: ['a:1', 'a:2'] });
  });

  it('tells what was added and removed', () => {
    expect(diff([root, other], [root, third])).toEqual({
      ...nothing,
      same: false,
      added: ['b:2'],
      removed: ['a:2'],
      unchanged: ['a:1'],
    });
  });

  it('takes the same name and key in another certificate for renewed', () => {
    expect(diff([root], [renewed])).toEqual({ ...nothing, same: false, renewed: ['a:1 b:1'] });
  });

  it('takes the same name with another key for replaced', () => {
    expect(diff([root], [replaced])).toEqual({ ...nothing, same: false, replaced: ['a:1 b:1'] });
  });

  it('takes a second key beside the first for added', () => {
    expect(diff([root], [root, replaced])).toEqual({ ...nothing, same: false, added: ['b:2'], unchanged: ['a:1'] });
  });

  it('pairs a renewed root with the root, not with its cross-sign', () => {
    expect(diff([cross, root], [renewed])).toEqual({
      ...nothing,
      same: false,
      removed: ['a:1'],
      renewed: ['a:2 b:1'],
    });
  });

  it('pairs a root with its cross-sign where there is nothing closer', () => {
    expect(diff([root], [cross])).toEqual({ ...nothing, same: false, renewed: ['a:1 b:1'] });
  });

  it('prefers the renewal to the replacement', () => {
    expect(diff([root], [replaced, renewed])).toEqual({
      ...nothing,
      same: false,
      added: ['b:1'],
      renewed: ['a:1 b:2'],
    });
  });

  it('is turned around by turning the bundles around', () => {
    const there = diffBundles(asCertificates([root, other, cross]), asCertificates([renewed, third]));
    const back = diffBundles(asCertificates([renewed, third]), asCertificates([root, other, cross]));
    expect(back.added.map(({ der }) => der)).toEqual(there.removed.map(({ der }) => der));
    expect(back.renewed.map(({ before }) => before.der)).toEqual(there.renewed.map(({ after }) => after.der));
  });
});
