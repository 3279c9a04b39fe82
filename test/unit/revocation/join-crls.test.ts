import { beforeAll, describe, expect, it } from 'vitest';
import { joinCRLs, type JoinCRLsResult } from '../../../src/revocation/join-crls.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import type { WholeCRL } from '../../../src/x509/crl.js';
import { tlv } from '../../support/der.js';
import { makeExtension } from '../../support/extensions.js';
import { asCRL, asCertificate } from '../../support/parsed.js';
import { issueCertificate, makeCRL, type CRLOptions, type Holder } from '../../support/pki.js';

const at = new Date('2026-11-21');
let root: Holder;
let ca: Holder;
let chain: Certificate[];

beforeAll(() => {
  root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
  ca = issueCertificate(root, { subject: 'CN=Issuing', ca: true });
  const leaf = issueCertificate(ca, { subject: 'CN=leaf', serialNumber: 7 });
  chain = [leaf, ca, root].map(({ certificate, subject }) =>
    asCertificate(certificate, subject === root.subject ? 'root.pem' : 'chain.pem'),
  );
});

const crl = (holder: Holder, file: string, options: Partial<CRLOptions> = {}): WholeCRL =>
  asCRL(makeCRL({ issuer: holder.subject, issuerKey: holder.key, ...options }), file);
const kept = (result: JoinCRLsResult): (string | undefined)[] => result.kept.map(({ origin }) => origin?.file);
const leftOut = (result: JoinCRLsResult): (string | undefined)[][] =>
  result.leftOut.map((item) => [item.crl.origin?.file, item.reason, item.instead?.origin?.file]);
const said = ({ findings }: JoinCRLsResult): string[][] =>
  findings.map(({ code, severity, origin, subject }) => [code, severity, origin?.file ?? subject.name]);

describe('joinCRLs', () => {
  it('keeps one CRL of each issuer, in the order given', () => {
    const result = joinCRLs([crl(ca, 'ca'), crl(root, 'root')], { at, for: chain });
    expect([kept(result), leftOut(result), said(result)]).toEqual([['ca', 'root'], [], []]);
    expect(result.ok).toBe(true);
  });

  it('leaves out what is superseded, and names what is kept instead', () => {
    const result = joinCRLs([crl(ca, 'old', { crlNumber: 41 }), crl(root, 'root'), crl(ca, 'new', { crlNumber: 42 })], {
      at,
      for: chain,
    });
    expect([kept(result), leftOut(result)]).toEqual([['root', 'new'], [['old', 'superseded', 'new']]]);
    expect(said(result)).toEqual([['crl/superseded', 'info', 'old']]);
  });

  it('names the newest for each that is superseded', () => {
    const crls = [1, 2, 3].map((crlNumber) => crl(ca, `number ${crlNumber}`, { crlNumber }));
    expect(leftOut(joinCRLs(crls, { at }))).toEqual([
      ['number 1', 'superseded', 'number 3'],
      ['number 2', 'superseded', 'number 3'],
    ]);
  });

  it('leaves out a duplicate', () => {
    const first = crl(ca, 'first');
    const result = joinCRLs([first, asCRL(first.der, 'second'), crl(root, 'root')], { at, for: chain });
    expect([kept(result), leftOut(result)]).toEqual([['first', 'root'], [['second', 'duplicate', 'first']]]);
  });

  it('leaves out what cannot be read, entries included, for OpenSSL would refuse the whole file', () => {
    const bad = [
      crl(ca, 'extension', { extensions: [makeExtension('2.5.29.46', tlv(0x05))] }),
      crl(ca, 'entry', { entries: [{ serialNumber: 3, revocationDate: tlv(0x04, Uint8Array.of(1)) }] }),
    ];
    const result = joinCRLs([...bad, crl(ca, 'ca'), crl(root, 'root')], { at, for: chain });
    expect(leftOut(result)).toEqual([
      ['extension', 'malformed', undefined],
      ['entry', 'malformed', undefined],
    ]);
    expect([kept(result), result.ok]).toEqual([['ca', 'root'], false]);
  });

  it('leaves out what the CA did not sign, and does not let it supersede', () => {
    const forged = crl(ca, 'forged', { crlNumber: 99, signature: 'broken' });
    const result = joinCRLs([forged, crl(ca, 'ca'), crl(root, 'root')], { at, for: chain });
    expect([kept(result), leftOut(result)]).toEqual([['ca', 'root'], [['forged', 'bad-signature', undefined]]]);
    expect(said(result)).toEqual([['crl/bad-signature', 'error', 'forged']]);
  });

  it('without a chain it says that signatures were not checked', () => {
    expect(said(joinCRLs([crl(ca, 'ca')], { at }))).toEqual([['crl/not-verified', 'info', 'the CRLs']]);
  });

  it('names the CA of the chain that has no CRL', () => {
    const result = joinCRLs([crl(ca, 'ca')], { at, for: chain });
    expect(said(result)).toEqual([['crl/missing', 'error', 'root.pem']]);
    expect(result.findings[0]?.params.certificates).toEqual(['CN=Issuing']);
  });

  it('keeps CRLs of one name and two keys', () => {
    const renewed = issueCertificate(root, { subject: 'CN=Issuing', ca: true });
    const result = joinCRLs([crl(ca, 'ca'), crl(renewed, 'renewed', { crlNumber: 9 }), crl(root, 'root')], {
      at,
      for: chain,
    });
    expect([kept(result), result.ok]).toEqual([['ca', 'renewed', 'root'], true]);
  });

  it('keeps CRLs of one issuer and two scopes', () => {
    const users = crl(ca, 'users', { issuingDistributionPoint: { onlyContainsUserCerts: true }, crlNumber: 9 });
    expect(kept(joinCRLs([crl(ca, 'all'), users], { at }))).toEqual(['all', 'users']);
  });

  it('keeps a delta beside its base, with a warning', () => {
    const delta = crl(ca, 'delta', { deltaCRLIndicator: 1, crlNumber: 2 });
    const result = joinCRLs([crl(ca, 'base'), delta], { at });
    expect(kept(result)).toEqual(['base', 'delta']);
    expect(said(result)).toContainEqual(['crl/delta', 'warning', 'delta']);
  });

  it('keeps the current CRL beside a newer one that is not valid yet', () => {
    const next = crl(ca, 'next', { crlNumber: 2, thisUpdate: new Date('2044-01-01') });
    const result = joinCRLs([crl(ca, 'now'), next], { at });
    expect(kept(result)).toEqual(['now', 'next']);
    expect(said(result)).toContainEqual(['crl/not-yet-valid', 'warning', 'next']);
  });

  it('keeps a stale CRL, as an error said once, also where it is of no CA of the chain', () => {
    const other = issueCertificate(undefined, { subject: 'CN=Other', ca: true });
    const nextUpdate = new Date('2026-01-01');
    const crls = [crl(ca, 'ca', { nextUpdate }), crl(root, 'root'), crl(other, 'other', { nextUpdate })];
    const result = joinCRLs(crls, { at, for: chain });
    expect(kept(result)).toEqual(['ca', 'root', 'other']);
    expect(said(result)).toEqual([
      ['crl/stale', 'error', 'ca'],
      ['crl/unrelated', 'info', 'other'],
      ['crl/stale', 'error', 'other'],
    ]);
  });

  it('keeps a current CRL although a newer one is stale', () => {
    const stale = crl(ca, 'stale', { crlNumber: 9, nextUpdate: new Date('2026-01-01') });
    expect(kept(joinCRLs([crl(ca, 'current'), stale], { at }))).toEqual(['current', 'stale']);
  });

  it('warns of CRLs that end soon', () => {
    const ending = crl(ca, 'ending', { nextUpdate: new Date('2026-11-22') });
    const result = joinCRLs([ending, crl(root, 'root')], { at, for: chain, warnBefore: 7 * 86_400_000 });
    expect(said(result)).toEqual([['crl/expires-soon', 'warning', 'ending']]);
  });

  it('says when the chain holds a revoked certificate', () => {
    const crls = [crl(ca, 'ca', { entries: [{ serialNumber: 7 }] }), crl(root, 'root')];
    expect(said(joinCRLs(crls, { at, for: chain }))).toEqual([['crl/revoked', 'error', 'chain.pem']]);
  });

  it('a chain certificate that cannot be read is told, not thrown', () => {
    const odd = issueCertificate(ca, { subject: 'CN=odd', extensions: [makeExtension('2.5.29.31', tlv(0x05))] });
    const result = joinCRLs([crl(ca, 'ca')], { at, for: [asCertificate(odd.certificate, 'odd')] });
    expect(said(result)).toContainEqual(['certificate/malformed-extension', 'error', 'odd']);
  });

  it('nothing to join is an error', () => {
    expect(said(joinCRLs([], { at }))).toEqual([['crl/none', 'error', 'the input']]);
  });
});
