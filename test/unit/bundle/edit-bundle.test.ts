import { describe, expect, it } from 'vitest';
import { addToBundle, removeFromBundle, type BundleEdit } from '../../../src/bundle/edit-bundle.js';
import { fingerprint, formatThumbprint } from '../../../src/crypto/fingerprint.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import { asCertificates } from '../../support/parsed.js';
import { issueCertificate, type Holder } from '../../support/pki.js';

const at = new Date('2026-11-21T00:00:00Z');
const expired = { notBefore: new Date('2025-01-01'), notAfter: new Date('2026-01-01') };
const ca = (issuer: Holder | undefined, subject: string, options: object = {}): Holder =>
  issueCertificate(issuer, { subject, ca: true, ...options });

const root = ca(undefined, 'CN=Root CA');
const other = ca(undefined, 'CN=Other Root');
const issuing = ca(root, 'CN=Issuing CA');
const old = ca(undefined, 'CN=Old Root', expired);
const server = issueCertificate(issuing, { subject: 'CN=server' });

const place = ({ origin }: Certificate): string => `${origin?.file ?? ''}:${origin?.index ?? 0}`;
const view = ({ ok, added, removed, leftOut, findings }: BundleEdit): object => ({
  ok,
  added: added.map(place),
  removed: removed.map(place),
  leftOut: leftOut.map(({ certificate, reason }) => `${reason} ${place(certificate)}`),
  findings: findings.map(({ code, severity, subject }) => `${severity} ${code} ${subject.name}`),
});
const nothing = { ok: true, added: [], removed: [], leftOut: [], findings: [] };

describe('addToBundle', () => {
  const add = (
    existing: readonly Holder[],
    candidates: readonly Holder[],
    options: Partial<Parameters<typeof addToBundle>[2]> = {},
  ): object => view(addToBundle(asCertificates(existing, 'ca'), asCertificates(candidates, 'new'), { at, ...options }));

  it('adds CAs in the order given', () => {
    expect(add([root], [other, issuing])).toEqual({ ...nothing, added: ['new:1', 'new:2'] });
  });

  it('leaves out what is there already, what is no CA and what has expired', () => {
    expect(add([root, issuing], [root, server, old, other])).toEqual({
      ...nothing,
      added: ['new:4'],
      leftOut: ['duplicate new:1', 'not-a-ca new:2', 'expired new:3'],
      findings: [
        'info bundle/duplicate CN=Root CA',
        'warning bundle/not-a-ca CN=server',
        'warning bundle/expired-left-out CN=Old Root',
      ],
    });
  });

  it('leaves alone what stands there, and says what is wrong with it', () => {
    expect(add([old, root, root, server], [other])).toEqual({
      ...nothing,
      added: ['new:1'],
      findings: [
        'info bundle/duplicate CN=Root CA',
        'warning bundle/not-a-ca CN=server',
        'warning certificate/expired CN=Old Root',
      ],
    });
  });

  it('takes out what has expired where that is asked for', () => {
    expect(add([old, root], [other], { expired: 'drop' })).toEqual({
      ...nothing,
      added: ['new:1'],
      removed: ['ca:1'],
      findings: ['warning bundle/expired-left-out CN=Old Root'],
    });
  });

  it.each([
    ['there', [old, root], [other]],
    ['to be added', [root], [other, old]],
  ])('fails on what has expired %s where that is asked for', (_, existing, candidates) => {
    expect(add(existing, candidates, { expired: 'fail' })).toMatchObject({
      ok: false,
      findings: ['error certificate/expired CN=Old Root'],
    });
  });

  it('adds what has expired and what is no CA where that is asked for', () => {
    expect(add([root, issuing], [old, server], { expired: 'keep', nonCA: 'allow' })).toMatchObject({
      ok: true,
      added: ['new:1', 'new:2'],
    });
  });

  it('finds the root of a new intermediate among those that are there', () => {
    expect(add([root], [issuing])).toEqual({ ...nothing, added: ['new:1'] });
    expect(add([other], [issuing])).toMatchObject({ findings: ['warning bundle/missing-root CN=Issuing CA'] });
  });

  it('warns of a new key under a name that is there', () => {
    expect(add([root], [ca(undefined, 'CN=Root CA')])).toMatchObject({
      added: ['new:1'],
      findings: ['warning bundle/same-name-other-key CN=Root CA'],
    });
  });

  it('may have nothing to add, which is no error', () => {
    expect(add([root], [root])).toMatchObject({ ok: true, added: [], leftOut: ['duplicate new:1'] });
  });
});

describe('removeFromBundle', () => {
  const remove = (
    existing: readonly Holder[],
    selectors: readonly (string | readonly Holder[])[],
    several?: 'deny' | 'allow',
  ): object => {
    const asked = selectors.map((selector) =>
      typeof selector === 'string'
        ? ({ kind: 'text', text: selector } as const)
        : ({ kind: 'file', file: 'gone.pem', certificates: asCertificates(selector, 'gone.pem') } as const),
    );
    return view(removeFromBundle(asCertificates(existing, 'ca'), asked, { name: 'ca.pem', several }));
  };

  it.each<[string, string]>([
    ['its position', '#2'],
    ['a part of its subject', 'other'],
    ['its SHA-1 thumbprint as Windows shows it', formatThumbprint(fingerprint(other.certificate, 'sha1'))],
    ['its SHA-256 fingerprint', fingerprint(other.certificate, 'sha256')],
  ])('removes one certificate by %s', (_, selector) => {
    expect(remove([root, other], [selector])).toEqual({ ...nothing, removed: ['ca:2'] });
  });

  it('removes the certificates of a file, every copy of them', () => {
    expect(remove([other, root, other, old], [[other, old]])).toEqual({
      ...nothing,
      removed: ['ca:1', 'ca:3', 'ca:4'],
    });
  });

  it('removes nothing twice', () => {
    expect(remove([root, other], ['#2', 'other', [other]])).toEqual({ ...nothing, removed: ['ca:2'] });
  });

  it('mentions a certificate of a file that is not there', () => {
    expect(remove([root, other], [[other, old]])).toEqual({
      ...nothing,
      removed: ['ca:2'],
      findings: ['warning bundle/not-in-bundle CN=Old Root'],
    });
  });

  it.each<[string, string | readonly Holder[], string]>([
    ['text', 'nobody', 'nobody'],
    ['a position', '#9', '#9'],
    ['a thumbprint', 'ab'.repeat(20), 'ab'.repeat(20)],
    ['a file', [old], 'gone.pem'],
  ])('fails where %s hits nothing', (_, selector, name) => {
    expect(remove([root, other], [selector])).toMatchObject({
      ok: false,
      removed: [],
      findings: expect.arrayContaining([`error bundle/selector-hits-nothing ${name}`]) as unknown,
    });
  });

  it('names several that a text hits, and removes them only where that is allowed', () => {
    expect(remove([root, other, issuing], ['root'])).toEqual({
      ...nothing,
      ok: false,
      findings: ['error bundle/selector-ambiguous root'],
    });
    expect(remove([root, other, ca(undefined, 'CN=Third')], ['root'], 'allow')).toEqual({
      ...nothing,
      removed: ['ca:1', 'ca:2'],
    });
  });

  it('takes copies of one certificate for one', () => {
    expect(remove([root, other, other], ['other'])).toEqual({ ...nothing, removed: ['ca:2', 'ca:3'] });
  });

  it('fails where nothing would stay', () => {
    expect(remove([root], ['#1'])).toMatchObject({ ok: false, findings: ['error bundle/empty ca.pem'] });
  });

  it('warns of an intermediate that loses its root', () => {
    expect(remove([root, issuing, other], ['#1'])).toEqual({
      ...nothing,
      removed: ['ca:1'],
      findings: ['warning bundle/missing-root CN=Issuing CA'],
    });
  });
});
