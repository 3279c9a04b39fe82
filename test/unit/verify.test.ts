/** Where path, revocation and host meet; what each finds by itself is tested in its own room. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyCertificate, type VerifyCertificateInput } from '../../src/verify.js';
import { asCRL, asCertificate } from '../support/parsed.js';
import { issueCertificate, makeCRL, makeKeyPair, type CRLOptions, type Holder } from '../support/pki.js';

const at = new Date('2026-11-21T12:00:00Z');
const rootA = issueCertificate(undefined, { subject: 'CN=Root A', ca: true });
const rootB = issueCertificate(undefined, { subject: 'CN=Root B', ca: true });
const caKey = makeKeyPair();
const issuing = { subject: 'CN=Issuing', ca: true, key: caKey } as const;
// The one under root A lasts longer, and so is tried first.
const caUnderA = issueCertificate(rootA, { ...issuing, serialNumber: 11, notAfter: new Date('2044-01-01') });
const caUnderB = issueCertificate(rootB, { ...issuing, serialNumber: 12, notAfter: new Date('2040-01-01') });
const leaf = issueCertificate(caUnderA, {
  subject: 'CN=sip1.example.com',
  serialNumber: 101,
  san: ['sip1.example.com'],
  keyUsage: ['digitalSignature'],
});

const certificate = ({ certificate: der }: Holder, file: string) => asCertificate(der, file);
const crl = (holder: Holder, file: string, options: Partial<CRLOptions> = {}) =>
  asCRL(makeCRL({ issuer: holder.subject, issuerKey: holder.key, ...options }), file);
const revoking = (serialNumber: number): Partial<CRLOptions> => ({
  entries: [{ serialNumber, reason: 'keyCompromise' }],
});

const parsedLeaf = certificate(leaf, 'leaf.pem');
const underA = certificate(caUnderA, 'under-a.pem');
const underB = certificate(caUnderB, 'under-b.pem');
const [anchorA, anchorB] = [certificate(rootA, 'root-a.pem'), certificate(rootB, 'root-b.pem')];
const crls = [crl(caUnderA, 'issuing.crl'), crl(rootA, 'a.crl'), crl(rootB, 'b.crl')];

function verify(options: Partial<VerifyCertificateInput> = {}) {
  return verifyCertificate({
    certificate: parsedLeaf,
    intermediates: [underA],
    trustAnchors: [anchorA],
    at,
    ...options,
  });
}

const errors = ({ findings }: ReturnType<typeof verify>): string[] =>
  findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, origin, subject }) => `${code} ${origin?.file ?? subject.name}`);

describe('verifyCertificate', () => {
  it('gives the path, end entity first, with its policies', () => {
    const result = verify();
    expect(result.ok).toBe(true);
    expect(result.path).toEqual([parsedLeaf, underA, anchorA]);
    expect(result.policies).toEqual([]);
    expect(result.candidates).toHaveLength(1);
  });

  it('takes DER and parsed objects alike', () => {
    const result = verify({
      certificate: leaf.certificate,
      intermediates: [caUnderA.certificate],
      trustAnchors: [rootA.certificate],
      crls: crls.map(({ der }) => der),
    });
    expect(errors(result)).toEqual([]);
    expect(result.ok).toBe(true);
    expect(result.path.map(({ der }) => Buffer.from(der).equals(leaf.certificate))).toEqual([true, false, false]);
  });

  it('judges by whole seconds: the last second of a validity and of a CRL belongs to it', () => {
    const end = new Date('2026-11-21T12:00:00Z');
    const lasting = certificate(issueCertificate(caUnderA, { subject: 'CN=a', notAfter: end }), 'lasting.pem');
    const ending = [crl(caUnderA, 'issuing.crl', { nextUpdate: end }), crl(rootA, 'a.crl')];
    const now = new Date('2026-11-21T12:00:00.900Z');
    expect(errors(verify({ certificate: lasting, crls: ending, at: now }))).toEqual([]);
    const next = new Date('2026-11-21T12:00:01Z');
    expect(errors(verify({ certificate: lasting, crls: ending, at: next }))).toEqual([
      'certificate/expired lasting.pem',
      'crl/stale issuing.crl',
    ]);
  });
});

describe('revocation within the search', () => {
  const both = { intermediates: [underA, underB], trustAnchors: [anchorA, anchorB] };

  it('a path with a revoked CA is passed over where another path holds', () => {
    const result = verify({
      ...both,
      crls: [crls[0], crl(rootA, 'a.crl', revoking(11)), crls[2]].filter((each) => !!each),
    });
    expect(result.ok).toBe(true);
    expect(result.path).toEqual([parsedLeaf, underB, anchorB]);
    expect(result.candidates.map(({ ok, path }) => [ok, path[1]])).toEqual([
      [true, underB],
      [false, underA],
    ]);
    expect(result.candidates[1]?.findings[0]).toMatchObject({ code: 'crl/revoked', origin: { file: 'under-a.pem' } });
    expect(errors(result)).toEqual([]);
  });

  it('without CRLs that path would have been taken', () => {
    expect(verify(both).path).toEqual([parsedLeaf, underA, anchorA]);
  });

  it('where every path has a revoked CA the certificate is refused, and each path says for which', () => {
    const lists = [crl(caUnderA, 'issuing.crl'), crl(rootA, 'a.crl', revoking(11)), crl(rootB, 'b.crl', revoking(12))];
    const result = verify({ ...both, crls: lists });
    expect(result.ok).toBe(false);
    expect(result.candidates.map(({ findings }) => findings[0]?.origin?.file).sort()).toEqual([
      'under-a.pem',
      'under-b.pem',
    ]);
    expect(result.findings[0]).toMatchObject({ code: 'crl/revoked', opensslError: 23 });
  });

  it('is off without CRLs, and of the whole chain with them', () => {
    expect(verify().revocation).toEqual({ scope: 'off', checked: [] });
    const { scope, checked } = verify({ crls }).revocation;
    expect(scope).toBe('chain');
    expect(checked.map(({ certificate: about, status }) => [about, status])).toEqual([
      [parsedLeaf, 'good'],
      [underA, 'good'],
    ]);
  });

  it('that is asked for without any CRL is an error, never ok', () => {
    const result = verify({ revocation: 'leaf' });
    expect(result.ok).toBe(false);
    expect(errors(result)).toEqual(['crl/missing under-a.pem']);
  });

  it('of the leaf alone needs no CRL of the root', () => {
    const own = [crl(caUnderA, 'issuing.crl')];
    expect(verify({ crls: own, revocation: 'leaf' }).ok).toBe(true);
    expect(errors(verify({ crls: own }))).toEqual(['crl/missing root-a.pem']);
  });

  it('of the leaf alone passes over a revoked CA, as it says', () => {
    const lists = [crl(caUnderA, 'issuing.crl'), crl(rootA, 'a.crl', revoking(11))];
    expect(verify({ crls: lists, revocation: 'leaf' }).ok).toBe(true);
    expect(errors(verify({ crls: lists }))).toEqual(['crl/revoked under-a.pem']);
  });

  it('turned off, CRLs say nothing', () => {
    const result = verify({ crls: [crl(caUnderA, 'issuing.crl', revoking(101))], revocation: 'off' });
    expect(result.ok).toBe(true);
    expect(result.revocation.checked).toEqual([]);
  });

  it('is told of a path that is refused anyway', () => {
    const old = certificate(
      issueCertificate(caUnderA, { subject: 'CN=old', serialNumber: 102, notAfter: new Date('2026-01-01') }),
      'old.pem',
    );
    const lists = [crl(caUnderA, 'issuing.crl', revoking(102)), crl(rootA, 'a.crl')];
    expect(errors(verify({ certificate: old, crls: lists }))).toEqual([
      'certificate/expired old.pem',
      'crl/revoked old.pem',
    ]);
  });

  it('of an intermediate among the anchors counts where its issuer is among them too', () => {
    const lists = [crl(caUnderA, 'issuing.crl'), crl(rootA, 'a.crl', revoking(11))];
    const whole = verify({ intermediates: [], trustAnchors: [underA, anchorA], crls: lists });
    expect(errors(whole)).toEqual(['crl/revoked under-a.pem']);
    // Trusted by itself it is nobody's business.
    expect(verify({ intermediates: [], trustAnchors: [underA], crls: lists }).ok).toBe(true);
  });

  it("of a root is nobody's business because an older one of its key is trusted too", () => {
    const { subject, key } = rootA;
    const older = issueCertificate(undefined, { subject, key, ca: true, keyUsage: ['keyCertSign'] });
    const anchors = [certificate(older, 'older.pem'), anchorA];
    const lists = [crl(caUnderA, 'issuing.crl'), crl(rootA, 'a.crl')];
    for (const trustAnchors of [anchors, anchors.toReversed()]) {
      const result = verify({ intermediates: [underA], trustAnchors, crls: lists });
      expect([result.ok, result.revocation.checked.length]).toEqual([true, 2]);
    }
  });

  it('of an intermediate among the anchors is not asked of what cannot be its CA', () => {
    const { subject, key } = rootA;
    const noCA = certificate(issueCertificate(undefined, { subject, key, ca: false }), 'no-ca.pem');
    const lists = [crl(caUnderA, 'issuing.crl')];
    expect(verify({ intermediates: [], trustAnchors: [underA, noCA], crls: lists }).ok).toBe(true);
    expect(errors(verify({ intermediates: [], trustAnchors: [underA, noCA, anchorA], crls: lists }))).toEqual([
      'crl/missing root-a.pem',
    ]);
  });

  it('under security-pack the root needs a CRL of its own, as openssl verify -crl_check_all wants it', () => {
    const lists = [crl(caUnderA, 'issuing.crl'), crl(rootA, 'a.crl')];
    const result = verify({ profile: 'security-pack', crls: lists });
    expect(result.revocation.checked.map(({ certificate: about }) => about)).toEqual([parsedLeaf, underA, anchorA]);
    expect(result.ok).toBe(true);
    expect(errors(verify({ profile: 'security-pack', crls: lists.slice(0, 1) }))).toEqual(['crl/missing root-a.pem']);
  });
});

describe('the host', () => {
  it('that matches comes back with the name that matched', () => {
    const { ok, host } = verify({ host: 'sip1.example.com' });
    expect(ok).toBe(true);
    expect(host?.verdict?.considered[0]).toMatchObject({ value: 'sip1.example.com', outcome: 'match' });
  });

  it('that does not match refuses a path that is fine', () => {
    const result = verify({ host: 'sip9.example.com' });
    expect(result.ok).toBe(false);
    expect(result.candidates[0]?.ok).toBe(true);
    expect(errors(result)).toEqual(['host/one-letter leaf.pem']);
  });

  it('is judged by the rules asked for', () => {
    const wild = issueCertificate(caUnderA, {
      subject: 'CN=w',
      san: ['*.example.com'],
      keyUsage: ['digitalSignature'],
    });
    const options = { certificate: certificate(wild, 'wild.pem'), host: 'sip1.example.com' };
    expect(errors(verify(options))).toEqual(['host/wildcard-not-accepted wild.pem']);
    expect(verify({ ...options, hostProfile: 'rfc9525' }).ok).toBe(true);
  });
});

describe('what cannot be read', () => {
  const garbage = Uint8Array.of(0x30, 0x03, 0x02, 0x01);

  it('an end entity that is none is refused without an exception', () => {
    const result = verify({ certificate: garbage });
    expect(result).toMatchObject({ ok: false, certificate: undefined, path: [], candidates: [] });
    expect(result.findings).toEqual([
      expect.objectContaining({ severity: 'error', subject: { kind: 'certificate', name: 'certificate 1' } }),
    ]);
  });

  it('is a warning beside a verdict that is good without it, and an error beside another', () => {
    const beside = { intermediates: [underA.der, garbage], crls: [...crls, garbage] };
    const good = verify(beside);
    expect(good.ok).toBe(true);
    const unreadable = good.findings.filter(({ code }) => code.startsWith('der/'));
    expect(unreadable.map(({ severity, subject }) => [severity, subject.name])).toEqual([
      ['warning', 'intermediate 2'],
      ['warning', 'CRL 4'],
    ]);
    expect(errors(verify({ intermediates: [garbage] })).at(-1)).toMatch(/^der\/.* intermediate 1$/);
  });

  it('whatever byte of whatever object is another one, there is a verdict and no exception', () => {
    const flip = (der: Uint8Array, position: number, bits: number): Uint8Array => {
      const copy = Uint8Array.from(der);
      copy[position % copy.length] = (copy[position % copy.length] ?? 0) ^ bits;
      return copy;
    };
    const whole = [leaf.certificate, caUnderA.certificate, rootA.certificate, ...crls.map(({ der }) => der)];
    fc.assert(
      fc.property(fc.nat(5), fc.nat(), fc.integer({ min: 1, max: 255 }), (which, position, bits) => {
        const [target, ca, anchor, ...lists] = whole.map((der, index) =>
          index === which ? flip(der, position, bits) : der,
        );
        if (!target || !ca || !anchor) throw new Error('six objects');
        const profiles = ['rfc5280', 'webpki', 'security-pack'] as const;
        for (const profile of profiles) {
          const { ok, findings } = verify({
            certificate: target,
            intermediates: [ca],
            trustAnchors: [anchor],
            crls: lists,
            profile,
          });
          expect(ok).toBe(!findings.some(({ severity }) => severity === 'error'));
          // Every object but the CRL of root B, which is of no use here, is signed; a root's signature is not looked at.
          if (which < 2 || which === 3 || which === 4) expect(ok).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });
});
