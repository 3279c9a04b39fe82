import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/finding/finding.js';
import {
  checkCertificates,
  type CheckCertificatesInput,
  type CheckCertificatesResult,
} from '../../../src/revocation/check-certificates.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import type { WholeCRL } from '../../../src/x509/crl.js';
import { shortName } from '../../../src/x509/name.js';
import { tlv } from '../../support/der.js';
import { makeExtension } from '../../support/extensions.js';
import { asCRL, asCertificate } from '../../support/parsed.js';
import { issueCertificate, makeCRL, type CRLOptions, type Holder } from '../../support/pki.js';

const at = new Date('2026-11-21');
let root: Holder;
let ca: Holder;
let leaves: Holder[];

beforeAll(() => {
  root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
  ca = issueCertificate(root, { subject: 'CN=Issuing', ca: true, serialNumber: 500 });
  leaves = [101, 102].map((serialNumber) => issueCertificate(ca, { subject: `CN=leaf ${serialNumber}`, serialNumber }));
});

const parse = (holder: Holder): Certificate => asCertificate(holder.certificate);
const crlOf = (holder: Holder, options: Partial<CRLOptions> = {}, file = 'test.crl'): WholeCRL =>
  asCRL(makeCRL({ issuer: holder.subject, issuerKey: holder.key, ...options }), file);

function check(input: Partial<CheckCertificatesInput> & { holders: readonly Holder[] }): CheckCertificatesResult {
  const { holders, ...rest } = input;
  return checkCertificates({ certificates: holders.map(parse), crls: [], at, scope: 'chain', ...rest });
}

const nameOf = ({ tbsCertificate }: Certificate): string => shortName(tbsCertificate.subject);
const statuses = ({ checked }: CheckCertificatesResult): Record<string, string> =>
  Object.fromEntries(checked.map(({ certificate, status }) => [nameOf(certificate), status]));
const errors = (findings: readonly Finding[]): [string, string][] =>
  findings.filter(({ severity }) => severity === 'error').map(({ code, subject }) => [code, subject.name]);

describe('checkCertificates', () => {
  it('checks every certificate of a chain but the root, each against the CRL of its issuer', () => {
    const crls = [crlOf(root), crlOf(ca, { entries: [{ serialNumber: 102 }] })];
    const result = check({ holders: [...leaves, ca, root], crls });
    expect(statuses(result)).toEqual({ 'CN=leaf 101': 'good', 'CN=leaf 102': 'revoked', 'CN=Issuing': 'good' });
    expect(result.notChecked.map(({ certificate, reason }) => [nameOf(certificate), reason])).toEqual([
      ['CN=Root', 'root'],
    ]);
    expect([result.ok, errors(result.findings)]).toEqual([false, [['crl/revoked', 'CN=leaf 102']]]);
  });

  it('lets no certificate suffer from the damaged entry of another', () => {
    const damaged = [{ serialNumber: 102, revocationDate: tlv(0x17, Buffer.from('251301000000Z')) }];
    const crls = [crlOf(root), crlOf(ca, { entries: damaged })];
    const both = check({ holders: [...leaves, ca, root], crls });
    expect(statuses(both)).toEqual({ 'CN=leaf 101': 'good', 'CN=leaf 102': 'unknown', 'CN=Issuing': 'good' });
    expect(both.ok).toBe(false);
    expect(errors(both.findings)).toEqual([['crl/malformed', 'CN=Issuing']]);
  });

  it('says for every certificate what became of every CRL', () => {
    const result = check({ holders: [...leaves, ca, root], crls: [crlOf(root), crlOf(ca)] });
    expect(result.checked.map(({ considered }) => considered.map(({ outcome }) => outcome))).toEqual([
      ['other-issuer', 'used'],
      ['other-issuer', 'used'],
      ['used', 'other-issuer'],
    ]);
    expect(result.ok).toBe(true);
  });

  it('a revoked CA is found in chain scope although only the leaf was given', () => {
    const crls = [crlOf(root, { entries: [{ serialNumber: 500 }] }), crlOf(ca)];
    const holders = leaves.slice(0, 1);
    const issuers = [ca, root].map(parse);
    expect(statuses(check({ holders, issuers, crls }))).toEqual({ 'CN=leaf 101': 'good', 'CN=Issuing': 'revoked' });
    expect(statuses(check({ holders, issuers, crls, scope: 'leaf' }))).toEqual({ 'CN=leaf 101': 'good' });
  });

  it('leaf scope names the CAs that it leaves unchecked', () => {
    const result = check({ holders: [...leaves, ca, root], crls: [crlOf(ca)], scope: 'leaf' });
    expect(statuses(result)).toEqual({ 'CN=leaf 101': 'good', 'CN=leaf 102': 'good' });
    expect(result.notChecked.map(({ certificate, reason }) => [nameOf(certificate), reason])).toEqual([
      ['CN=Issuing', 'scope'],
      ['CN=Root', 'root'],
    ]);
  });

  it('an issuer that is not there leaves the status unknown and is named', () => {
    const result = check({ holders: leaves.slice(0, 1), crls: [crlOf(ca)] });
    expect(statuses(result)).toEqual({ 'CN=leaf 101': 'unknown' });
    expect(errors(result.findings)).toEqual([['crl/issuer-certificate-missing', 'CN=leaf 101']]);
    expect(result.findings[0]?.params).toMatchObject({ issuer: 'CN=Issuing', urls: [] });
  });

  it('an issuer certificate of the right name and another key is a near miss, not the issuer', () => {
    const impostor = issueCertificate(root, { subject: 'CN=Issuing', ca: true });
    const result = check({ holders: leaves.slice(0, 1), issuers: [parse(impostor)], crls: [crlOf(impostor)] });
    expect(statuses(result)['CN=leaf 101']).toBe('unknown');
    expect(result.findings.find(({ code }) => code === 'chain/near-miss')?.subject.name).toBe('CN=Issuing');
  });

  it('among issuers of one name the one whose key signed is taken, and others are no signers of its CRLs', () => {
    const stranger = issueCertificate(undefined, { subject: 'CN=Other root', ca: true });
    const impostor = issueCertificate(stranger, { subject: 'CN=Issuing', ca: true });
    const issuers = [impostor, ca, root, stranger].map(parse);
    const crls = [crlOf(impostor, { entries: [{ serialNumber: 101 }] }), crlOf(ca), crlOf(root)];
    const result = check({ holders: leaves.slice(0, 1), issuers, crls });
    expect(statuses(result)).toEqual({ 'CN=leaf 101': 'good', 'CN=Issuing': 'good' });
    expect(result.checked[0]?.considered[0]).toMatchObject({
      outcome: 'signer-not-accepted',
      objection: { params: { problem: 'issued-by-others' } },
    });
  });

  it('a CRL that the issuer signed with its other key counts, if the status of that key is known', () => {
    const rekeyed = issueCertificate(root, { subject: 'CN=Issuing', ca: true, serialNumber: 501 });
    const holders = [...leaves.slice(0, 1), ca, root];
    const issuers = [parse(rekeyed)];
    const own = crlOf(rekeyed, {}, 'rekeyed.crl');
    const good = check({ holders, issuers, crls: [own, crlOf(root)] });
    expect(statuses(good)).toEqual({ 'CN=leaf 101': 'good', 'CN=Issuing': 'good' });
    expect(good.checked[0]?.signers?.map(({ certificate }) => certificate.origin)).toEqual([issuers[0]?.origin]);
    const revoked = check({ holders, issuers, crls: [own, crlOf(root, { entries: [{ serialNumber: 501 }] })] });
    expect(statuses(revoked)['CN=leaf 101']).toBe('unknown');
    expect(errors(revoked.findings)).toEqual([
      ['crl/revoked', 'CN=Issuing'],
      ['crl/signer-not-accepted', 'CN=Issuing'],
    ]);
  });

  it('leaf scope accepts a signer of whom nobody knows whether it is revoked, but not one that is', () => {
    const rekeyed = issueCertificate(root, { subject: 'CN=Issuing', ca: true, serialNumber: 501 });
    const leaf = leaves.slice(0, 1);
    const issuers = [ca, root, rekeyed].map(parse);
    const statusWith = (...crls: WholeCRL[]): string | undefined =>
      statuses(check({ holders: leaf, issuers, crls: [crlOf(rekeyed), ...crls], scope: 'leaf' }))['CN=leaf 101'];
    expect(statusWith()).toBe('good');
    expect(statusWith(crlOf(root, { entries: [{ serialNumber: 501 }] }))).toBe('unknown');
  });

  it('a fault of one CRL is one finding, however many certificates it fails', () => {
    const crls = [crlOf(ca, { nextUpdate: new Date('2026-01-01') }, 'stale.crl'), crlOf(root)];
    const result = check({ holders: [...leaves, ca, root], crls });
    const [stale, ...others] = result.findings;
    expect([stale?.code, stale?.origin?.file, stale?.severity]).toEqual(['crl/stale', 'stale.crl', 'error']);
    expect(stale?.params.certificates).toEqual(['CN=leaf 101', 'CN=leaf 102']);
    expect(others).toEqual([]);
  });

  it('a CRL that serves one certificate and is not for another is no fault', () => {
    const users = crlOf(root, { issuingDistributionPoint: { onlyContainsUserCerts: true } }, 'users.crl');
    const cas = crlOf(root, { issuingDistributionPoint: { onlyContainsCACerts: true } }, 'cas.crl');
    const direct = issueCertificate(root, { subject: 'CN=direct' });
    const result = check({ holders: [direct, ca, root], crls: [users, cas] });
    expect(statuses(result)).toEqual({ 'CN=direct': 'good', 'CN=Issuing': 'good' });
    expect(result.findings).toEqual([]);
  });

  it('an issuer without a CRL is named once, with all it leaves without a status', () => {
    const result = check({ holders: [...leaves, ca, root], crls: [crlOf(root)] });
    expect(errors(result.findings)).toEqual([['crl/missing', 'CN=Issuing']]);
    expect(result.findings[0]?.params.certificates).toEqual(['CN=leaf 101', 'CN=leaf 102']);
  });

  it('a certificate given twice is checked once and named', () => {
    const [first] = leaves;
    const holders = first ? [first, first] : [];
    const result = check({ holders, issuers: [ca, root].map(parse), crls: [crlOf(ca), crlOf(root)] });
    expect(result.checked.map(({ certificate }) => nameOf(certificate))).toEqual(['CN=leaf 101', 'CN=Issuing']);
    expect(result.findings.map(({ code }) => code)).toEqual(['chain/duplicate']);
  });

  it('a certificate with a malformed extension is unknown, the others are checked', () => {
    const odd = issueCertificate(ca, { subject: 'CN=odd', extensions: [makeExtension('2.5.29.31', tlv(0x05))] });
    const result = check({ holders: [odd, ...leaves, ca, root], crls: [crlOf(ca), crlOf(root)] });
    expect(statuses(result)).toEqual({
      'CN=leaf 101': 'good',
      'CN=leaf 102': 'good',
      'CN=Issuing': 'good',
      'CN=odd': 'unknown',
    });
    expect(errors(result.findings)).toEqual([['certificate/malformed-extension', 'CN=odd']]);
  });

  it('an issuer that cannot be read is told, for without it nothing can be checked', () => {
    const extensions = [makeExtension('2.5.29.31', tlv(0x05))];
    const odd = issueCertificate(root, { subject: 'CN=Issuing', key: ca.key, ca: true, extensions });
    const result = check({ holders: leaves.slice(0, 1), issuers: [parse(odd)], crls: [crlOf(ca)] });
    expect(result.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'warning certificate/malformed-extension',
      'error crl/issuer-certificate-missing',
    ]);
  });

  it('a good certificate that has expired is warned of, for CRLs forget the expired', () => {
    const expired = issueCertificate(ca, { subject: 'CN=expired', notAfter: new Date('2026-01-01') });
    const result = check({ holders: [expired], issuers: [parse(ca)], crls: [crlOf(ca)], scope: 'leaf' });
    expect(statuses(result)).toEqual({ 'CN=expired': 'good' });
    expect(result.findings.map(({ code, severity }) => [code, severity])).toEqual([['certificate/expired', 'warning']]);
    expect(result.ok).toBe(true);
  });

  it('no certificates are no verdict', () => {
    const result = check({ holders: [], crls: [crlOf(ca)] });
    expect([result.ok, errors(result.findings)]).toEqual([false, [['chain/no-certificates', 'the input']]]);
  });

  it('a root alone has nothing that could be checked, which is not fine', () => {
    const result = check({ holders: [root], crls: [crlOf(root)] });
    expect([result.checked, result.notChecked.length, result.ok]).toEqual([[], 1, false]);
    expect(errors(result.findings)).toEqual([['crl/nothing-checked', 'the input']]);
  });

  it('a root that its own CRL lists is revoked, as OpenSSL has it', () => {
    const listing = crlOf(root, { entries: [{ serialNumber: 1 }, { serialNumber: 900 }] });
    const marked = issueCertificate(undefined, { subject: 'CN=Root', key: root.key, ca: true, serialNumber: 900 });
    const result = check({ holders: [...leaves, ca, marked], crls: [listing, crlOf(ca)] });
    expect(statuses(result)).toMatchObject({ 'CN=Issuing': 'good', 'CN=Root': 'revoked' });
    expect([result.ok, result.notChecked]).toEqual([false, []]);
  });

  it('of two certificates for one key the one that may sign CRLs is taken', () => {
    const old = issueCertificate(root, { subject: 'CN=Issuing', key: ca.key, ca: true, keyUsage: ['keyCertSign'] });
    const issuers = [old, ca, root].map(parse);
    const result = check({ holders: leaves.slice(0, 1), issuers, crls: [crlOf(ca)], scope: 'leaf' });
    expect(statuses(result)).toEqual({ 'CN=leaf 101': 'good' });
  });

  it('a cross-signed CA is checked on the path that is taken', () => {
    const other = issueCertificate(undefined, { subject: 'CN=Other root', ca: true, notAfter: new Date('2026-12-01') });
    const cross = issueCertificate(other, { subject: 'CN=Root', key: root.key, ca: true });
    const issuers = [ca, cross, root, other].map(parse);
    const result = check({ holders: leaves.slice(0, 1), issuers, crls: [crlOf(ca), crlOf(root)] });
    expect(statuses(result)).toEqual({ 'CN=leaf 101': 'good', 'CN=Issuing': 'good' });
    expect(result.notChecked.map(({ certificate }) => nameOf(certificate))).toEqual(['CN=Root']);
  });
});
